"""Which row the pieces of broken figures belong to, in the requests table without ruling lines.

It is taken as certain where only one way of giving out the pieces between rows makes figures of all of them, unless a
row then does not add up, or where with one way all rows add up and with every other way a row does not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from extract.pages.unruled.pieces import Cells, adds_up, cells_in, whole, widest
from extract.pages.unruled.rows import Row, Span

_MOST_WAYS = 64
"""Ways of giving out the pieces that are followed at once; more are as good as nobody knowing."""

_Gap = Sequence[Cells | None]


@dataclass(frozen=True, slots=True)
class Mended:
    """The rows that got pieces, by their number, and the gaps whose pieces are all given out."""

    rows: Mapping[int, Cells]
    gaps: frozenset[int]


NOTHING = Mended({}, frozenset())


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of giving out pieces: the rows so far, the pieces left over for the next one, and what the sums say."""

    rows: tuple[Cells, ...]
    left: _Gap
    holds: bool = True
    fails: bool = False


def mended(rows: Sequence[Row], gaps: Sequence[Sequence[Row]], columns: Sequence[Span]) -> Mended:
    """Return what becomes of rows and of the pieces that stand between them.

    ``gaps`` has one element more than ``rows``: the lines above the first one, between each two, and below the last one.
    """
    pieces = [[cells_in(line, columns) for line in gap] for gap in gaps]
    if not any(pieces):
        return NOTHING
    own = [cells_in(row, columns) for row in rows]
    widths = widest([*own, *(line for gap in pieces for line in gap)], len(columns))
    found: dict[int, Cells] = {}
    done: set[int] = set()
    for gap in _runs(pieces):
        first = max(gap[0] - 1, 0)
        way = _only_way(own[first : gap[-1] + 1], [pieces[number] for number in gap], widths, opens=gap[0] == 0)
        if way is not None:
            found.update(enumerate(way, first))
            done.update(gap)
    return Mended(found, frozenset(done))


def _runs(gaps: Sequence[_Gap]) -> Iterator[Sequence[int]]:
    """Yield the numbers of gaps with pieces that follow each other."""
    for filled, group in groupby(range(len(gaps)), key=lambda number: bool(gaps[number])):
        if filled:
            yield list(group)


def _only_way(
    rows: Sequence[Cells | None], gaps: Sequence[_Gap], widths: Sequence[float], *, opens: bool
) -> Sequence[Cells] | None:
    """Return the rows with the pieces that are certainly theirs; ``opens``: the first gap is above the first row."""
    ways = [_Way((), gaps[0] if opens else ())]
    below = [*(gaps[1:] if opens else gaps), ()]
    for row, gap in zip(rows, below, strict=False):
        ways = [longer for way in ways for longer in _longer(way, row, gap, widths)]
        if len(ways) > _MOST_WAYS:
            return None
    ways = [way for way in ways if not way.left]
    possible = [way for way in ways if not way.fails]
    return possible[0].rows if len(possible) == 1 and (len(ways) == 1 or possible[0].holds) else None


def _longer(way: _Way, row: Cells | None, gap: _Gap, widths: Sequence[float]) -> Iterator[_Way]:
    """Yield the ways that go on with a row, which takes what is left above it and some of what stands below it."""
    for taken in range(len(gap) + 1):
        lines = [*way.left, row, *gap[:taken]]
        cells = whole(lines, widths)
        if cells is not None:
            sums = adds_up(cells, len(widths)) if len(lines) > 1 else True
            yield _Way((*way.rows, cells), gap[taken:], way.holds and sums is True, way.fails or sums is False)
