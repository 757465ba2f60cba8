"""Cells between column edges to a grid: edges that nearly meet, cells merged downwards, columns in which a cell begins.

How the cells of a table lie does not depend on their words, only on which of them have any; reports of one form lie
alike, so the layout is kept.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, count, islice, pairwise
from operator import eq, lt
from typing import NamedTuple

from extract.errors import TooBigError
from extract.grid import cells_of
from extract.limits import MAX_GRID_CELLS
from extract.model import Grid
from extract.office.printed import PrintedTable

_SLIVER_TWIPS = 60  # converters leave columns of 1 mm where edges of two rows nearly meet (measured: < 60)
_KEPT = 128
_KEPT_CELLS = 2_000
"""Cells of the largest table whose layout is kept; the form has 300."""


class _Box(NamedTuple):
    """What of a cell matters for its place; ``number`` counts the cells of a table."""

    left: int
    right: int
    is_continued: bool
    has_text: bool
    number: int


_Boxes = Sequence[Sequence[_Box]]


class _Outline(NamedTuple):
    """Where the cells of a table lie, and which of them have text."""

    counts: tuple[int, ...]
    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    continued: tuple[bool, ...]
    printed: tuple[bool, ...]


class _Layout(NamedTuple):
    """The size of a grid; of each cell its number, its place as stated, and its place in the grid."""

    height: int
    width: int
    numbers: tuple[int, ...] = ()
    stated: tuple[tuple[int, int], ...] = ()
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    depths: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()


def grid_of(table: PrintedTable, number: int) -> Grid:
    """Return the grid of a table, the ``number``-th of its document. Raises ``TooBigError`` past ``MAX_GRID_CELLS``."""
    outline = _Outline(*table.edges, tuple(map(bool, table.texts)))
    is_kept = len(table.texts) <= _KEPT_CELLS
    layout = _kept_layout(outline) if is_kept else _layout(outline)
    texts = [table.texts[place] for place in layout.numbers]
    ats: Iterable[str] = _places(number, layout.stated) if is_kept else _named(number, layout.stated)
    if table.ats:
        ats = [table.ats[place] or at for place, at in zip(layout.numbers, ats, strict=True)]
    placed = cells_of(layout.rows, layout.columns, texts, ats, layout.depths, layout.widths)
    return Grid(layout.height, layout.width, placed, f"table {number}")


def _named(number: int, stated: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(f"table {number} row {row} cell {place}" for row, place in stated)


_places = lru_cache(maxsize=_KEPT)(_named)


def _layout(outline: _Outline) -> _Layout:
    evened = _without_slivers(outline)
    shown = list(map(lt, evened.lefts, evened.rights))
    if all(shown):
        return _laid_out(evened)
    # Converters put slivers in another place each time; without them, tables of one form lie alike.
    numbers = list(compress(count(), shown))
    cells = iter(shown)
    counts = tuple([sum(islice(cells, number)) for number in evened.counts])
    lefts, rights = (tuple(compress(side, shown)) for side in (evened.lefts, evened.rights))
    continued, printed = (tuple(compress(marks, shown)) for marks in (evened.continued, evened.printed))
    lay_out = _kept_laid_out if len(shown) <= _KEPT_CELLS else _laid_out
    laid = lay_out(_Outline(counts, lefts, rights, continued, printed))
    return laid._replace(numbers=tuple([numbers[number] for number in laid.numbers]))


_kept_layout = lru_cache(maxsize=_KEPT)(_layout)


def _without_slivers(outline: _Outline) -> _Outline:
    """Move edges that nearly meet onto each other, unless that would hide a printed cell."""
    edges = sorted({*outline.lefts, *outline.rights})
    if not any(after - before < _SLIVER_TWIPS for before, after in pairwise(edges)):
        return outline
    moved: dict[int, int] = {}
    place = edges[0]
    for edge in edges:
        if edge - place >= _SLIVER_TWIPS:
            place = edge
        moved[edge] = place
    lefts, rights = (tuple([moved[edge] for edge in side]) for side in (outline.lefts, outline.rights))
    hides = any(compress(outline.printed, map(eq, lefts, rights)))
    return outline if hides else outline._replace(lefts=lefts, rights=rights)


_Placed = tuple[int, int, _Box]
"""The row of a cell, its number in the row from 1, and the cell."""


def _laid_out(outline: _Outline) -> _Layout:
    """Place cells by their edges, join those merged downwards, and number the columns in which a cell begins."""
    boxes = map(_Box, *outline[1:], range(len(outline.lefts)))
    rows = [list(islice(boxes, number)) for number in outline.counts]
    placed, heights = _placed(rows)
    used = max((cell.right for _, _, cell in placed if cell.has_text), default=0)
    tops = sorted({top for top, _, cell in placed if cell.left < used})
    lefts = sorted({cell.left for _, _, cell in placed if cell.left < used})
    if len(tops) * len(lefts) > MAX_GRID_CELLS:
        raise TooBigError(f"table has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} positions")
    row_of = [bisect_left(tops, row) for row in range(len(rows) + 1)]
    cells = []
    for (top, place, cell), height in zip(placed, heights, strict=True):
        if cell.left < used:
            row, column = row_of[top], bisect_left(lefts, cell.left)
            depth, width = row_of[top + height] - row, bisect_left(lefts, cell.right) - column
            cells.append((cell.number, (top + 1, place), row, column, depth, width))
    return _Layout(len(tops), len(lefts), *zip(*cells, strict=True))


_kept_laid_out = lru_cache(maxsize=_KEPT)(_laid_out)


def _placed(rows: _Boxes) -> tuple[list[_Placed], list[int]]:
    """Return the cells, those merged downwards once, and how many rows each covers."""
    placed: list[_Placed] = []
    heights: list[int] = []
    anchors: list[int] = []
    for top, row in enumerate(rows):
        goes_on = top > 0 and any(cell.is_continued for cell in row)
        above = _by_edges(rows[top - 1], anchors) if goes_on else {}
        anchors = []
        for place, cell in enumerate(row, 1):
            anchor = above.get((cell.left, cell.right)) if cell.is_continued else None
            if anchor is None:
                anchor = len(placed)
                placed.append((top, place, cell))
                heights.append(1)
            else:
                heights[anchor] += 1
            anchors.append(anchor)
    return placed, heights


def _by_edges(row: Sequence[_Box], anchors: Sequence[int]) -> dict[tuple[int, int], int]:
    return {(cell.left, cell.right): anchor for cell, anchor in zip(row, anchors, strict=True)}
