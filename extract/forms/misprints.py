"""Labels of the statistics table that a report misprints by a single sign."""

from extract.forms.entries import TABLE
from extract.labels import RowLabel, Vocabulary, body, without_hint

_SHORTEST_MISPRINT = 8
# A label with one of these signs more or less is another label: 非专职, 逾期, 不同意.
_TURNS = frozenset("不非未无否逾拒")


def misprint(text: str, words: Vocabulary) -> RowLabel | None:
    """Return the one row whose label a text misses by a single sign."""
    printed = body(without_hint(text))
    if len(printed) < _SHORTEST_MISPRINT:
        return None
    near = (label for label in words.rows if words.known(label, (TABLE,)) and _is_slip(printed, label))
    meant = {name: label for label in near for name in words.known(label, (TABLE,))}
    return RowLabel(*name, "resembling", meant[name]) if len(meant) == 1 and (name := next(iter(meant))) else None


def _is_slip(printed: str, label: str) -> bool:
    """Say whether two texts differ by one sign that is wrong, lost or added, and does not turn the meaning."""
    shorter, longer = sorted((printed, label), key=len)
    start = next((place for place, sign in enumerate(shorter) if sign != longer[place]), len(shorter))
    gap = len(longer) - len(shorter)
    same_end = shorter[start + 1 - gap :] == longer[start + 1 :]
    changed = {longer[start : start + 1], shorter[start : start + 1 - gap]}
    return gap <= 1 and same_end and _TURNS.isdisjoint(changed)
