"""Conditional formats of a sheet that can hide figures, strike them out or print them otherwise.

Which cells they change is only worked out for comparisons with a number; any other rule is taken to change all its cells.
"""

from collections.abc import Callable, Iterable, MutableMapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from extract.errors import TooBigError
from extract.office.excel.sheets import Area, Place
from extract.office.unseen import is_figure, set_apart

MAX_RULES = 200
"""Most areas of a sheet with conditional formats that can hide figures; every cell is looked for in each."""


class HidingRule(NamedTuple):
    """The areas of a rule, and the comparison with a number that decides, if there is one."""

    areas: Sequence[Area]
    holds: Callable[[Decimal, Decimal], bool] | None = None
    limit: Decimal = Decimal(0)

    def changes(self, place: Place, text: str) -> bool:
        """Say whether it may change what a cell prints."""
        row, column = place
        if not any(area.top <= row <= area.bottom and area.left <= column <= area.right for area in self.areas):
            return False
        stored = number_of(text)
        return self.holds is None or stored is None or self.holds(stored, self.limit)


def apply_rules(rules: Iterable[HidingRule], texts: MutableMapping[Place, str]) -> None:
    """Set those figures of a sheet apart that its rules may hide. Raises ``TooBigError`` past ``MAX_RULES``."""
    found = list(rules)
    if sum(len(rule.areas) for rule in found) > MAX_RULES:
        raise TooBigError(f"sheet has more than MAX_RULES = {MAX_RULES} areas with rules that hide")
    for place, text in texts.items() if found else ():
        if is_figure(text) and any(rule.changes(place, text) for rule in found):
            texts[place] = set_apart(text)


def number_of(text: str) -> Decimal | None:
    """Return the number that a text is, or ``None``."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
