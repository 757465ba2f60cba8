"""Blank cells that merged labels leave behind them: one for each further column that the label of a row spans.

Some programs write a merged cell as its text and empty cells (markdownify: ``二、上年结转… | | | 34 | 24``). The form says over how
many columns each label of the requests table goes, so these cells are told from the blank ones of the applicants.
"""

from collections.abc import Sequence
from functools import cache

from extract.forms.flattened.rows import Line
from extract.labels import RowLabel, templates

_TABLE = "requests"
_FEWEST_WHOLE = 2
_MOST_ALIKE = 0.9

Labelled = Sequence[tuple[Line, RowLabel]]


def behind_merged_labels(labelled: Labelled, width: int) -> dict[int, int | None]:
    """Return the blank cells of its label before the values of each row (by its index) that has just these and a cell for
    each column; nothing where the rows do not show that labels leave any.

    Nearly all rows have as many cells, and those with a merged label that print a figure for each column begin behind it.
    """
    found: dict[int, int | None] = {
        line.index: _beyond(label)
        for line, label in labelled
        if line.complete and len(line.values) == _beyond(label) + width
    }
    whole = [(line, label) for line, label in labelled if len(line.filled) == width and _beyond(label)]
    begin = [line.values.index(line.filled[0]) == _beyond(label) for line, label in whole]
    is_shown = len(begin) >= _FEWEST_WHOLE and sum(begin) >= _MOST_ALIKE * len(begin)
    return found if is_shown and len(found) >= _MOST_ALIKE * len(labelled) else {}


def _beyond(label: RowLabel) -> int:
    """Return how many columns a label spans beside its first: of three, one is a group's, and one that of all results."""
    return _spans().get(label.row, 0)


@cache
def _spans() -> dict[str, int]:
    rows = [row for form in templates() for table in form.tables if table.name == _TABLE for row in table.rows]
    results = next(row.group for row in rows if row.group)
    return {row.name: 2 if not row.group else 1 if row.group == results else 0 for row in rows}
