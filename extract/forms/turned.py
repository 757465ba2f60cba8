"""Tables printed on their side.

Of the requests table the applicants are then the rows, and the form's rows stand side by side above them. Of the review
table the results stand one below the other, each with its figures beside it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from extract.forms.canvas import Canvas, is_blank, is_text
from extract.labels import Vocabulary
from extract.model import Grid, GridCell
from extract.templates._shared import APPLICANTS, OUTCOMES

_TABLE = "requests"
_FEWEST_LABELS = 5
_REVIEW = "review"
_TOLD_APART = frozenset(column.name for column in APPLICANTS[:5])
_RESULTS = frozenset(column.name for column in OUTCOMES)
_GROUP_ROWS = 2
"""Rows of group labels (三、本年度办理结果, （三）不予公开) above that of the labels."""


class Upright(NamedTuple):
    """A table set upright, and the rows of the grid that it was made of."""

    canvas: Canvas
    rows: range


def set_upright(canvas: Canvas, words: Vocabulary) -> Upright | None:
    """Return the table with its rows and columns exchanged, or ``None`` where none is printed on its side."""
    header = next((row for row in range(canvas.grid.rows) if _is_of_labels(canvas, words, row)), None)
    if header is None:
        return None
    named = dict(_applicants(canvas, words, header))
    if not _TOLD_APART.issubset(named.values()):
        return None
    rows = range(max(header - _GROUP_ROWS, 0), max(named) + 1)
    return Upright(_upright(canvas, rows), rows)


def review_upright(canvas: Canvas, words: Vocabulary) -> Canvas | None:
    """Return a review table with its rows and columns exchanged, or ``None`` where no column has all of the results."""
    results: dict[int, set[str]] = {}
    named: set[int] = set()
    for row, cells in enumerate(canvas.words):
        for cell in cells:
            if (name := words.column(cell.text, _REVIEW)) is not None:
                results.setdefault(cell.column, set()).add(name)
                named.add(row)
            elif words.row(cell.text, (_REVIEW,)):
                named.add(row)
    if not any(map(_RESULTS.issubset, results.values())):
        return None
    return _upright(canvas, range(min(named), max(named) + 1))


def _upright(canvas: Canvas, rows: range) -> Canvas:
    cells = tuple(sorted(_turned(canvas, rows), key=lambda cell: (cell.row, cell.column)))
    return Canvas(Grid(canvas.grid.columns, len(rows), cells, canvas.grid.at))


def _is_of_labels(canvas: Canvas, words: Vocabulary, row: int) -> bool:
    cells = canvas.words[row]
    if len(cells) < _FEWEST_LABELS:
        return False
    return len({label.row for cell in cells if (label := words.row(cell.text, (_TABLE,)))}) >= _FEWEST_LABELS


def _applicants(canvas: Canvas, words: Vocabulary, header: int) -> Iterator[tuple[int, str]]:
    """Yield the rows below the labels that begin with an applicant, up to the first of others."""
    for row in range(header + 1, canvas.grid.rows):
        texts = [cell.text for cell in canvas.rows[row] if is_text(cell)]
        names = [name for text in texts if (name := words.column(text, _TABLE)) is not None]
        if names:
            yield row, names[-1]
        elif not all(map(is_blank, canvas.rows[row])):
            return


def _turned(canvas: Canvas, rows: range) -> Iterator[GridCell]:
    for cell in canvas.grid.cells:
        if cell.row in rows:
            depth = min(cell.row_span, rows.stop - cell.row)
            yield GridCell(cell.column, cell.row - rows.start, cell.text, cell.at, cell.column_span, depth)
