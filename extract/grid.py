"""Merged cells to a rectangle of positions, placed as a browser places them.

Rule: HTML Living Standard, 4.9.12 "Forming a table", with two differences: cells never overlap (a browser lets a wide
cell run over a tall one), and rows or columns in which no cell begins are left out, since nothing is printed there.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.errors import TooBigError
from extract.limits import MAX_GRID_CELLS, MAX_SPAN
from extract.model import Grid, GridCell


class RawCell(NamedTuple):
    """A cell as the source states it, before it has a column. A ``row_span`` of 0 reaches to the last row."""

    text: str
    at: str
    row_span: int = 1
    column_span: int = 1


def build(rows: Iterable[Iterable[RawCell]], at: str) -> Grid:
    """Place the cells of a table given row by row.

    Spans are cut where the table ends or another cell stands. A blank cell is a cell; a position that no cell of
    the source covers stays empty. Raises ``TooBigError`` past ``MAX_GRID_CELLS``.
    """
    placed, height = _place(rows)
    return _dense(placed, height, at)


def _place(rows: Iterable[Iterable[RawCell]]) -> tuple[list[GridCell], int]:
    """Give each cell its row and column; row spans still may reach below the table."""
    placed: list[GridCell] = []
    taken_until: list[int] = []  # for each column, the first row that no earlier cell covers
    height = 0
    for row, cells in enumerate(rows):
        height = row + 1
        column = 0
        for raw in cells:
            column = _next_free(taken_until, column, row)
            width = _free_width(taken_until, column, row, _span(raw.column_span, 1)) if raw.column_span != 1 else 1
            depth = _span(raw.row_span, MAX_GRID_CELLS) if raw.row_span != 1 else 1
            taken_until.extend([0] * (column + width - len(taken_until)))
            taken_until[column : column + width] = [row + depth] * width
            placed.append(GridCell(row, column, raw.text, raw.at, depth, width))
            column += width
            _check_budget(column)
        _check_budget(len(placed))
    return placed, height


def _span(stated: int, when_zero: int) -> int:
    return when_zero if stated == 0 else max(1, min(stated, MAX_SPAN))


def _next_free(taken_until: Sequence[int], column: int, row: int) -> int:
    while column < len(taken_until) and taken_until[column] > row:
        column += 1
    return column


def _free_width(taken_until: Sequence[int], column: int, row: int, wanted: int) -> int:
    for width in range(1, wanted):
        if column + width < len(taken_until) and taken_until[column + width] > row:
            return width
    return wanted


def _check_budget(positions: int) -> None:
    if positions > MAX_GRID_CELLS:
        raise TooBigError(f"table has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} positions")


def _dense(placed: Sequence[GridCell], height: int, at: str) -> Grid:
    """Cut spans to the table and renumber the rows and columns in which a cell begins."""
    rows = sorted({cell.row for cell in placed})
    columns = sorted({cell.column for cell in placed})
    _check_budget(len(rows) * len(columns))
    number_of_row = {row: number for number, row in enumerate(rows)}
    number_of_column = {column: number for number, column in enumerate(columns)}

    def renumbered(cell: GridCell) -> GridCell:
        row, column = number_of_row[cell.row], number_of_column[cell.column]
        depth = 1 if cell.row_span == 1 else bisect_left(rows, min(cell.row + cell.row_span, height)) - row
        width = 1 if cell.column_span == 1 else bisect_left(columns, cell.column + cell.column_span) - column
        return GridCell(row, column, cell.text, cell.at, depth, width)

    return Grid(len(rows), len(columns), tuple(map(renumbered, placed)), at)
