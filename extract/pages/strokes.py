"""Short lines and bars that rule nothing: a digit may be drawn with them, as a 1 that is a line or a 0 that is a box.

Ruling lines meet others, or go on as dashes. What stands free of them and is no larger than type is a mark.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from extract.pages.rules import THIN_PT, Segment
from extract.pages.text import Char

_SHORTEST, _LONGEST = 3.0, 20.0
_LARGEST = 30.0
_MEETS = 1.5  # points between a line and one that it ends at; a stroke of type keeps more room
_DASH_GAP = 4.0
_SQUARE = _LONGEST + _DASH_GAP  # lines near each other begin in the same square of the page or in adjoining ones
_UNDER = 0.5  # type sizes between a figure and the line below it


def strokes(segments: Sequence[Segment], chars: Sequence[Char]) -> list[list[Segment]]:
    """Return the lines that rule nothing, those of one drawing together. What underlines text is none."""
    short = [line for line in segments if _SHORTEST <= max(_width(line), _height(line)) <= _LONGEST]
    if not short:
        return []
    long = _Long([line for line in segments if max(_width(line), _height(line)) > _LONGEST])
    loose = [line for line in short if not all(map(long.meets, _ends(line)))]
    return [
        group
        for group in _groups(loose)
        if _is_small(group) and not any(map(long.meets, group)) and not _underlines(group, chars)
    ]


def covering(lines: Sequence[Segment]) -> Segment:
    """Return the box that covers some lines."""
    lefts, tops, rights, bottoms = zip(*lines, strict=True)
    return Segment(min(lefts), min(tops), max(rights), max(bottoms))


def _width(line: Segment) -> float:
    return line[2] - line[0]


def _height(line: Segment) -> float:
    return line[3] - line[1]


def _ends(line: Segment) -> tuple[Segment, Segment]:
    x0, top, x1, bottom = line
    if x1 - x0 > bottom - top:
        return Segment(x0, top, x0, bottom), Segment(x1, top, x1, bottom)
    return Segment(x0, top, x1, top), Segment(x0, bottom, x1, bottom)


class _Long:
    """The lines that are too long for strokes, across and down the page, each in order."""

    def __init__(self, lines: Sequence[Segment]) -> None:
        self._across = sorted((line for line in lines if _height(line) <= THIN_PT), key=itemgetter(1))
        self._down = sorted(line for line in lines if _height(line) > THIN_PT)
        self._tops, self._lefts = [line[1] for line in self._across], [line[0] for line in self._down]

    def meets(self, line: Segment) -> bool:
        """Tell whether one of them runs to a short line, or through it."""
        left, top, right, bottom = line[0] - _MEETS, line[1] - _MEETS, line[2] + _MEETS, line[3] + _MEETS
        near = self._across[bisect_left(self._tops, top - THIN_PT) : bisect_right(self._tops, bottom)]
        if any(other[0] <= right and left <= other[2] for other in near):
            return True
        near = self._down[bisect_left(self._lefts, left - THIN_PT) : bisect_right(self._lefts, right)]
        return any(other[1] <= bottom and top <= other[3] for other in near)


def _groups(lines: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Yield lines with those near them, as the dashes of a line and the sides of a box are."""
    squares: dict[tuple[int, int], list[Segment]] = {}
    for line in lines:
        squares.setdefault(_square(line), []).append(line)
    taken: set[Segment] = set()
    for line in lines:
        if line not in taken:
            taken.add(line)
            group = [line]
            for member in group:
                near = [other for other in _around_square(squares, member) if other not in taken]
                found = [other for other in near if _is_near(member, other)]
                taken.update(found)
                group += found
            yield group


def _square(line: Segment) -> tuple[int, int]:
    return int(line[0] // _SQUARE), int(line[1] // _SQUARE)


def _around_square(squares: Mapping[tuple[int, int], Sequence[Segment]], line: Segment) -> Iterator[Segment]:
    x, y = _square(line)
    for column in (x - 1, x, x + 1):
        for row in (y - 1, y, y + 1):
            yield from squares.get((column, row), ())


def _is_near(line: Segment, other: Segment) -> bool:
    lies, other_lies = _width(line) > _height(line), _width(other) > _height(other)
    along = _DASH_GAP if lies == other_lies else _MEETS
    across, down = (along, _MEETS) if lies else (_MEETS, along)
    return (
        other[0] - across <= line[2]
        and line[0] - across <= other[2]
        and other[1] - down <= line[3]
        and line[1] - down <= other[3]
    )


def _is_small(group: Sequence[Segment]) -> bool:
    box = covering(group)
    return _width(box) <= _LARGEST and _height(box) <= _LARGEST


def _underlines(group: Sequence[Segment], chars: Sequence[Char]) -> bool:
    left, top, right, bottom = covering(group)
    if bottom - top > THIN_PT:
        return False
    middle = (left + right) / 2
    return any(
        char[1] - 1 < middle < char[3] + 1 and char[2] < bottom and top < char[4] + _UNDER * (char[4] - char[2])
        for char in chars
    )
