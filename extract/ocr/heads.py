"""Ruling lines of dark grounds that cannot be seen, being of the ground's own colour: the columns below go on through it.

A column's side is drawn up from the body of the table to where text stands in its way: that is the head of several
columns. Lines of text that stand further apart than those of one cell are of two cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extract.ocr.picture import PixelBox, Pixels
from extract.pages.rules import Segment

_POINTS = 72
_NEAR_IN = 0.04  # how far from its edge a line ends on a ground
_SIDE_IN = 0.06  # closer to the side of a ground there is no column
_RIM_IN = 0.03
_BESIDE_IN = 0.02
"""What is free at both sides of a column's side: more than between two characters, less than between two labels."""

_AROUND_IN = 0.2  # where the labels stand that a line below the head of several columns must not touch
_LOWEST_IN = 0.05  # of a line of text
_APART = 0.55  # of its height: between the lines of one cell is less
_INNER = 0.5  # of a ground's height: longer lines inside it are those of its columns

Run = tuple[int, int]
"""The first row with ink, and the first one below without."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A side of a column on a ground: where it stands, how far up it reaches, where what stops it begins."""

    x: int
    top: int
    over: int | None


def lines_of(ground: PixelBox, segments: Sequence[Segment], ink: Pixels, dpi: float) -> Iterator[Segment]:
    """Yield the lines of a ground's cells, in points; none where the ground has lines of its own."""
    scale = dpi / _POINTS
    upright = [segment for segment in segments if segment.x0 == segment.x1]
    if any(_is_inside(line, ground, dpi) for line in upright):
        return
    xs = _ending(upright, ground, ground[3], dpi) or _ending(upright, ground, ground[1], dpi)
    sides = [_side(x, ground, ink, dpi) for x in xs]
    for side in sides:
        yield Segment(side.x / scale, side.top / scale, side.x / scale, ground[3] / scale)
    for y, left, right in {*_below(ground, sides), *_between(ground, xs, ink, dpi)}:
        yield Segment(left / scale, y / scale, right / scale, y / scale)


def _is_inside(line: Segment, ground: PixelBox, dpi: float) -> bool:
    scale, (_, top, _, bottom) = dpi / _POINTS, ground
    shared = min(line.bottom * scale, bottom) - max(line.top * scale, top)
    return _is_between(line.x0 * scale, ground, dpi) and shared > _INNER * (bottom - top)


def _is_between(x: float, ground: PixelBox, dpi: float) -> bool:
    return ground[0] + _SIDE_IN * dpi < x < ground[2] - _SIDE_IN * dpi


def _ending(lines: Sequence[Segment], ground: PixelBox, edge: int, dpi: float) -> list[int]:
    """Return where lines between a ground's sides come to its upper or its lower edge from outside."""
    scale = dpi / _POINTS
    xs = sorted(
        round(line.x0 * scale)
        for line in lines
        if _is_between(line.x0 * scale, ground, dpi)
        and min(abs(line.top * scale - edge), abs(line.bottom * scale - edge)) <= _NEAR_IN * dpi
    )
    return [x for number, x in enumerate(xs) if not number or x - xs[number - 1] >= _SIDE_IN * dpi]


def _side(x: int, ground: PixelBox, ink: Pixels, dpi: float) -> _Side:
    """Return a side, stopped by the lowest text in its way."""
    beside = round(_BESIDE_IN * dpi)
    in_way = list(_lines(ground, (x - beside, x + beside), ink, dpi))
    if not in_way:
        return _Side(x, ground[1], None)
    over, end = in_way[-1]
    near = round(_AROUND_IN * dpi)
    below = [start for start, _ in _lines(ground, (x - near, x + near), ink, dpi) if start >= end]
    return _Side(x, (end + min(below, default=end + 2 * beside)) // 2, over)


def _lines(ground: PixelBox, span: tuple[int, int], ink: Pixels, dpi: float) -> list[Run]:
    """Return the lines of text that stand in some columns of a ground; strokes above each other are of one."""
    rim = round(_RIM_IN * dpi)
    top, bottom = ground[1] + rim, ground[3] - rim
    columns = slice(max(span[0], ground[0] + rim), min(span[1], ground[2] - rim))
    printed = np.asarray(ink[top:bottom, columns].any(axis=1))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], printed.astype(np.int8), [0])))).tolist()
    lines: list[Run] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if lines and top + start - lines[-1][1] < _BESIDE_IN * dpi:
            lines[-1] = (lines[-1][0], top + end)
        else:
            lines.append((top + start, top + end))
    return lines


def _below(ground: PixelBox, sides: Sequence[_Side]) -> Iterator[tuple[int, int, int]]:
    """Yield a line below each text that stops sides: its height, and the sides beside it that go on past it."""
    for side in sides:
        if side.over is not None:
            passing = [ground[0], *(other.x for other in sides if other.top <= side.over), ground[2]]
            yield side.top, max(x for x in passing if x < side.x), min(x for x in passing if x > side.x)


def _between(ground: PixelBox, xs: Sequence[int], ink: Pixels, dpi: float) -> Iterator[tuple[int, int, int]]:
    """Yield lines between those lines of text of a column that stand too far apart for one cell."""
    for left, right in pairwise([ground[0], *xs, ground[2]]):
        high = [line for line in _lines(ground, (left, right), ink, dpi) if line[1] - line[0] >= _LOWEST_IN * dpi]
        for above, below in pairwise(high):
            if below[0] - above[1] > _APART * min(above[1] - above[0], below[1] - below[0]):
                yield (above[1] + below[0]) // 2, left, right
