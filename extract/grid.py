"""Merged cells to a rectangle of positions, placed as a browser places them.

Rule: HTML Living Standard, 4.9.12 "Forming a table", with two differences: cells never overlap (a browser lets a wide
cell run over a tall one), and rows or columns in which no cell begins are left out, since nothing is printed there.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from extract.errors import TooBigError
from extract.limits import MAX_GRID_CELLS, MAX_SPAN
from extract.model import Grid, GridCell

_KEPT_LAYOUTS = 128
_KEPT_CELLS = 2_000
"""Cells of the largest table whose layout is kept; the form has 300."""


class RawCell(NamedTuple):
    """A cell as the source states it, before it has a column. A ``row_span`` of 0 reaches to the last row."""

    text: str
    at: str
    row_span: int = 1
    column_span: int = 1


Spans = tuple[tuple[tuple[int, int], ...], ...]
"""Row span and column span of each cell, row by row."""


def build(rows: Iterable[Iterable[RawCell]], at: str) -> Grid:
    """Place the cells of a table given row by row.

    Spans are cut where the table ends or another cell stands. A blank cell is a cell; a position that no cell of
    the source covers stays empty. Raises ``TooBigError`` past ``MAX_GRID_CELLS``.
    """
    stated = [list(row) for row in rows]
    spans = tuple(tuple((cell.row_span, cell.column_span) for cell in row) for row in stated)
    cells = [cell for row in stated for cell in row]
    return filled(spans, [cell.text for cell in cells], [cell.at for cell in cells], at)


def filled(spans: Spans, texts: Sequence[str], ats: Sequence[str], at: str) -> Grid:
    """Place cells as ``build`` does, given their spans, and their texts and places in the source in reading order."""
    layout = _kept_layout(spans) if len(texts) <= _KEPT_CELLS else _layout(spans)
    return Grid(
        layout.height, layout.width, cells_of(layout.rows, layout.columns, texts, ats, layout.depths, layout.widths), at
    )


def cells_of(
    rows: Iterable[int],
    columns: Iterable[int],
    texts: Iterable[str],
    ats: Iterable[str],
    depths: Iterable[int],
    widths: Iterable[int],
) -> tuple[GridCell, ...]:
    """Return cells given each of their fields; twice as fast as calling the class for each, and they are the most
    numerous records of a document."""
    return tuple(map(_CELL, zip(rows, columns, texts, ats, depths, widths, strict=True)))


_CELL: Callable[[tuple[int, int, str, str, int, int]], GridCell] = partial(tuple.__new__, GridCell)


class _Layout(NamedTuple):
    """The size of a grid; row, column, height and width of each cell."""

    height: int
    width: int
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    depths: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()


def _layout(spans: Spans) -> _Layout:
    placed, height = _place(spans)
    return _dense(placed, height)


_kept_layout = lru_cache(maxsize=_KEPT_LAYOUTS)(_layout)
"""Most reports print the same few tables."""


_Placed = tuple[int, int, int, int]
"""Row, column, height and width of a cell."""


def _place(rows: Spans) -> tuple[list[_Placed], int]:
    """Give each cell its row and column; row spans still may reach below the table."""
    placed: list[_Placed] = []
    taken_until: list[int] = []  # for each column, the first row that no earlier cell covers
    for row, cells in enumerate(rows):
        column = 0
        for row_span, column_span in cells:
            column = _next_free(taken_until, column, row)
            width = _free_width(taken_until, column, row, _span(column_span, 1)) if column_span != 1 else 1
            depth = _span(row_span, MAX_GRID_CELLS) if row_span != 1 else 1
            taken_until.extend([0] * (column + width - len(taken_until)))
            taken_until[column : column + width] = [row + depth] * width
            placed.append((row, column, depth, width))
            column += width
            _check_budget(column)
        _check_budget(len(placed))
    return placed, len(rows)


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


def _dense(placed: Sequence[_Placed], height: int) -> _Layout:
    """Cut spans to the table and renumber the rows and columns in which a cell begins."""
    rows = sorted({row for row, *_ in placed})
    columns = sorted({column for _, column, *_ in placed})
    _check_budget(len(rows) * len(columns))
    number_of_row = {row: number for number, row in enumerate(rows)}
    number_of_column = {column: number for number, column in enumerate(columns)}

    def renumbered(cell: _Placed) -> _Placed:
        row, column = number_of_row[cell[0]], number_of_column[cell[1]]
        depth = 1 if cell[2] == 1 else bisect_left(rows, min(cell[0] + cell[2], height)) - row
        width = 1 if cell[3] == 1 else bisect_left(columns, cell[1] + cell[3]) - column
        return row, column, depth, width

    return _Layout(len(rows), len(columns), *zip(*map(renumbered, placed), strict=True))
