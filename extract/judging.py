"""Equations of the form judged on cells: shared by the checks."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from extract.ledger import Entry, Ledger, Sides, ledger_of
from extract.model import Finding, FormCell, State
from extract.sums import Addend, Equation
from extract.templates import Template
from extract.text import exact, plain

_NOTHING: Set[State] = frozenset(("blank", "mark"))


@dataclass(frozen=True)
class Figures:
    """The cells of a reading, and their sums worked out once for all checks; ``known`` is their ledger, if it is known."""

    cells: tuple[FormCell, ...]
    known: Ledger | None = None

    @cached_property
    def values(self) -> list[Addend | None]:
        """The value of each cell, and ``None`` at the end for cells that are not printed."""
        values = [cell.value for cell in self.cells]
        return [*[exact(value) if isinstance(value, float) else value for value in values], None]

    @cached_property
    def certain(self) -> list[Addend | None]:
        """The least that each cell stands for, as in ``values``: nothing where the form was left blank or prints a mark."""
        printed = zip(self.cells, self.values[:-1], strict=True)
        return [*[0 if cell.state in _NOTHING else value for cell, value in printed], None]

    def ledger(self, template: Template) -> Ledger:
        """Return where the members of the form's sums stand."""
        if template not in self._ledgers:
            is_known = self.known is not None and self.known.template is template
            self._ledgers[template] = self.known if self.known and is_known else ledger_of(self.cells, template)
        return self._ledgers[template]

    def sums(self, template: Template) -> list[tuple[Entry, Sides | None]]:
        """Return the sums of the form that have a printed row, with what both sides add up to where all is printed."""
        if template not in self._sums:
            self._sums[template] = [(entry, entry.sides(self.values)) for entry in self.ledger(template).entries]
        return self._sums[template]

    def sums_of(self, rule: str, template: Template) -> list[tuple[Entry, Sides | None]]:
        """Return the sums that a rule of the form speaks of, as in ``sums``."""
        if template not in self._by_rule:
            rules: dict[str, list[tuple[Entry, Sides | None]]] = {}
            for found in self.sums(template):
                rules.setdefault(found[0].equation.rule, []).append(found)
            self._by_rule[template] = rules
        return self._by_rule[template].get(rule, [])

    def impossible(self, template: Template) -> list[tuple[Equation, Sides]]:
        """Return the sums that cannot be judged, and cannot hold whatever is missing from them, with what they add up to."""
        if template not in self._impossible:
            gaps = [entry for entry, sides in self.sums(template) if sides is None]
            found = [(entry.equation, _contradiction(*entry.members(self.certain))) for entry in gaps]
            self._impossible[template] = [(equation, sides) for equation, sides in found if sides is not None]
        return self._impossible[template]

    @cached_property
    def _impossible(self) -> dict[Template, list[tuple[Equation, Sides]]]:
        return {}

    @cached_property
    def _by_rule(self) -> dict[Template, dict[str, list[tuple[Entry, Sides | None]]]]:
        return {}

    @cached_property
    def _ledgers(self) -> dict[Template, Ledger]:
        return {}

    @cached_property
    def _sums(self) -> dict[Template, list[tuple[Entry, Sides | None]]]:
        return {}


def judge_rule(rule: str, figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield one finding for every place in which a sum rule of the template applies.

    ``expected`` is the sum of the parts, ``actual`` the printed whole; a member that is not a reported number makes
    the place NOT_ASSESSABLE. Rows that the document does not print at all are left out.
    """
    return (_verdict(entry.equation, sides) for entry, sides in figures.sums_of(rule, template))


def judge_blanks(figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield a finding for every sum that cannot be judged, and cannot hold whatever is missing from it.

    Blank cells and marks are taken for nothing; a cell that is absent or could not be read may be any count, so it
    only matters where the other side is printed whole and already exceeded.
    """
    for equation, sides in figures.impossible(template):
        detail = f"{equation.rule}: the printed numbers do not add up, whatever the gaps stand for"
        where = dict(equation.where)
        yield Finding("blank_sum", "NOT_ASSESSABLE", where, plain(sides[0]), plain(sides[1]), detail=detail)


def _contradiction(parts: Sequence[Addend | None], whole: Sequence[Addend | None]) -> Sides | None:
    """Return what both sides add up to without their unreadable cells, if no counts in those can make them equal."""
    left: Addend = sum(filter(None, parts))
    right: Addend = sum(filter(None, whole))
    if left == right or (left < right and None in parts) or (left > right and None in whole):
        return None
    return left, right


def _verdict(equation: Equation, sides: Sides | None) -> Finding:
    if sides is None:
        return Finding(equation.rule, "NOT_ASSESSABLE", dict(equation.where))
    left, right = sides
    return Finding(equation.rule, "PASS" if left == right else "FAIL", dict(equation.where), plain(left), plain(right))
