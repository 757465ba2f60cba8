"""Cells between column edges to a grid: edges that nearly meet, cells merged downwards, columns in which a cell begins.

How the cells of a table lie does not depend on their words, only on how far to the right any are printed; reports of one
form lie alike, so the layout is kept.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count, islice, pairwise
from operator import eq, lt
from typing import NamedTuple

from extract.errors import TooBigError
from extract.grid import cells_of
from extract.limits import MAX_GRID_CELLS
from extract.model import Grid
from extract.office.printed import Edges, PrintedTable

_SLIVER_TWIPS = 60  # converters leave columns of 1 mm where edges of two rows nearly meet (measured: < 60)
_KEPT = 128
_KEPT_CELLS = 2_000
"""Cells of the largest table whose layout is kept; the form has 300."""


class _Box(NamedTuple):
    """What of a cell matters for its place; ``number`` counts the cells of a table."""

    left: int
    right: int
    is_continued: bool
    number: int


class _Place(NamedTuple):
    """A cell, those merged downwards once: its row, its number in the row from 1, and how many rows it covers."""

    box: _Box
    top: int
    number: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """The cells of a table of some rows, and where each ends. One that is kept is equal to none but itself."""

    rows: int
    cells: tuple[_Place, ...]
    rights: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Evened:
    """A table without slivers: the numbers of the cells in ``places``, and of those that went with the slivers."""

    places: _Places
    numbers: tuple[int, ...]
    lost: tuple[int, ...]


class _Layout(NamedTuple):
    """The size of a grid; of each cell its number among the places, its place as stated, and its place in the grid."""

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
    is_kept = len(table.texts) <= _KEPT_CELLS
    evened = (_kept_evened if is_kept else _evened)(table.edges)
    if any(table.texts[cell] for cell in evened.lost):
        evened = _placed(table.edges, table.edges)
    texts = [table.texts[cell] for cell in evened.numbers]
    used = max(compress(evened.places.rights, texts), default=0)
    layout = (_kept_layout if is_kept else _layout)(evened.places, used)
    if len(layout.numbers) < len(texts):
        texts = [texts[cell] for cell in layout.numbers]
    ats: Iterable[str] = (_stated_places if is_kept else _named)(number, layout.stated)
    if table.ats:
        stated = [table.ats[evened.numbers[cell]] for cell in layout.numbers]
        ats = [said or at for said, at in zip(stated, ats, strict=True)]
    placed = cells_of(layout.rows, layout.columns, texts, ats, layout.depths, layout.widths)
    return Grid(layout.height, layout.width, placed, f"table {number}")


def _named(number: int, stated: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(f"table {number} row {row} cell {place}" for row, place in stated)


_stated_places = lru_cache(maxsize=_KEPT)(_named)


def _evened(edges: Edges) -> _Evened:
    """Move edges that nearly meet onto each other."""
    sides = sorted({*edges.lefts, *edges.rights})
    if not any(after - before < _SLIVER_TWIPS for before, after in pairwise(sides)):
        return _placed(edges, edges)
    moved: dict[int, int] = {}
    place = sides[0]
    for side in sides:
        if side - place >= _SLIVER_TWIPS:
            place = side
        moved[side] = place
    lefts, rights = (tuple(map(moved.__getitem__, side)) for side in (edges.lefts, edges.rights))
    return _placed(edges._replace(lefts=lefts, rights=rights), edges)


_kept_evened = lru_cache(maxsize=_KEPT)(_evened)


def _placed(edges: Edges, before: Edges) -> _Evened:
    """Place the cells that have a width, now that their edges are no longer those ``before``."""
    shown = list(map(lt, edges.lefts, edges.rights))
    lost = () if edges is before else tuple(compress(count(), map(eq, edges.lefts, edges.rights)))
    numbers = tuple(compress(count(), shown))
    if len(numbers) < len(shown):
        edges = _compressed(edges, shown)
    # Converters put slivers in another place each time; without them, tables of one form lie alike.
    places = (_kept_places if len(numbers) <= _KEPT_CELLS else _places)(edges)
    return _Evened(places, tuple([numbers[cell.box.number] for cell in places.cells]), lost)


def _compressed(edges: Edges, shown: Sequence[bool]) -> Edges:
    """Return the edges of some cells of a table."""
    cells = iter(shown)
    counts = tuple([sum(islice(cells, number)) for number in edges.counts])
    lefts, rights = (tuple(compress(side, shown)) for side in (edges.lefts, edges.rights))
    return Edges(counts, lefts, rights, tuple(compress(edges.continued, shown)))


def _layout(places: _Places, used: int) -> _Layout:
    """Number the rows and columns in which a cell begins, but not those right of all that is ``used``."""
    cells = [(number, cell) for number, cell in enumerate(places.cells) if cell.box.left < used]
    tops = sorted({cell.top for _, cell in cells})
    lefts = sorted({cell.box.left for _, cell in cells})
    if len(tops) * len(lefts) > MAX_GRID_CELLS:
        raise TooBigError(f"table has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} positions")
    row_of = [bisect_left(tops, row) for row in range(places.rows + 1)]
    found = []
    for number, cell in cells:
        row, column = row_of[cell.top], bisect_left(lefts, cell.box.left)
        depth, width = row_of[cell.top + cell.height] - row, bisect_left(lefts, cell.box.right) - column
        found.append((number, (cell.top + 1, cell.number), row, column, depth, width))
    return _Layout(len(tops), len(lefts), *zip(*found, strict=True))


_kept_layout = lru_cache(maxsize=_KEPT)(_layout)


def _places(edges: Edges) -> _Places:
    """Join the cells that are merged downwards."""
    boxes = map(_Box, *edges[1:], range(len(edges.lefts)))
    rows = [list(islice(boxes, number)) for number in edges.counts]
    placed: list[tuple[_Box, int, int]] = []
    heights: list[int] = []
    anchors: list[int] = []
    for top, row in enumerate(rows):
        goes_on = top > 0 and any(box.is_continued for box in row)
        above = _by_edges(rows[top - 1], anchors) if goes_on else {}
        anchors = []
        for number, box in enumerate(row, 1):
            anchor = above.get((box.left, box.right)) if box.is_continued else None
            if anchor is None:
                anchor = len(placed)
                placed.append((box, top, number))
                heights.append(1)
            else:
                heights[anchor] += 1
            anchors.append(anchor)
    cells = tuple([_Place(*cell, height) for cell, height in zip(placed, heights, strict=True)])
    return _Places(len(rows), cells, tuple([cell.box.right for cell in cells]))


_kept_places = lru_cache(maxsize=_KEPT)(_places)


def _by_edges(row: Sequence[_Box], anchors: Sequence[int]) -> dict[tuple[int, int], int]:
    return {(box.left, box.right): anchor for box, anchor in zip(row, anchors, strict=True)}
