"""Columns that stand beside the form's own: running numbers before its labels, remarks and last year's behind its figures."""

from itertools import takewhile

from extract.forms.canvas import Canvas, is_text
from extract.labels import key
from extract.model import GridCell
from extract.text import compact

HEADERS = frozenset(("序号", "编号", "代码", "指标代码", "备注", "说明", "备注说明"))
"""Headers of such columns that no other column has."""


def columns_beside(canvas: Canvas, header: range, own: frozenset[int] = frozenset()) -> frozenset[int]:
    """Return the grid columns that are none of the form's, given the rows of its header and its columns.

    They have one of ``HEADERS`` anywhere above, or words of their own in the header, behind all columns of the form.
    """
    last = max(own, default=canvas.grid.columns)
    return frozenset(
        column
        for column in range(canvas.grid.columns)
        if column not in own and _is_beside(canvas, header, column, column > last)
    )


def _is_beside(canvas: Canvas, header: range, column: int, is_behind: bool) -> bool:
    above = canvas.above(header.stop, column)
    if any(key(cell.text) in HEADERS for cell in above):
        return True
    headers = takewhile(lambda cell: cell.row >= header.start, above) if is_behind else ()
    return any(is_text(cell) and _begins(canvas, cell, column) for cell in headers)


def _begins(canvas: Canvas, cell: GridCell, column: int) -> bool:
    """Say whether a header begins in a column: a title stands above all of them, or is copied to each."""
    before = canvas.positions.get((cell.row, column - 1))
    return cell.column == column and (before is None or compact(before.text) != compact(cell.text))
