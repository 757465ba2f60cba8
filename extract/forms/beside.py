"""Columns that stand beside the form's own: running numbers before its labels, remarks behind its figures."""

from extract.forms.canvas import Canvas
from extract.labels import key

HEADERS = frozenset(("序号", "编号", "代码", "指标代码", "备注", "说明", "备注说明"))
"""Headers of such columns."""


def columns_beside(canvas: Canvas, row: int) -> frozenset[int]:
    """Return the grid columns that have such a header in a row or above it, and no other header below that one."""
    return frozenset(column for column in range(canvas.grid.columns) if _is_beside(canvas, row, column))


def _is_beside(canvas: Canvas, row: int, column: int) -> bool:
    return any(key(cell.text) in HEADERS for cell in canvas.above(row + 1, column))
