"""Short lines and bars that rule nothing: a digit may be drawn with them, as a 1 that is a line or a 0 that is a box.

Ruling lines meet others, or go on as dashes. What stands free of them and is no larger than type is a mark.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from operator import itemgetter

from extract.pages.rules import THIN_PT, Segment
from extract.pages.text import Char

_SHORTEST, _LONGEST = 3.0, 14.0
_LARGEST = 30.0
_MOST_LINES = 3000  # a page of the form has a few hundred; more are a drawing, and each may be near every other
_MEETS = 2.0  # points between a line and one that it ends at; a stroke of type keeps more room
_DASH_GAP = 4.0
_SQUARE = _LONGEST + _DASH_GAP  # lines near each other begin in the same square of the page or in adjoining ones
_UNDER = 0.5  # type sizes between a figure and the line below it


def is_short(box: Sequence[float]) -> bool:
    """Tell whether a figure may be a stroke, or a letter of several."""
    return _SHORTEST <= max(box[2] - box[0], box[3] - box[1]) <= _LONGEST


def without_strokes(
    segments: list[Segment], short: Set[Segment], chars: Sequence[Char]
) -> tuple[list[Segment], list[Segment]]:
    """Return the lines that rule something, and the boxes of those that do not, one for each drawing. What underlines text
    is no stroke.

    ``short`` has the lines that were drawn as no part of a longer or larger figure.
    """
    if len(segments) > _MOST_LINES:
        return segments, []
    long = _Long([line for line in segments if line not in short])
    loose = [line for line in segments if line in short and not all(map(long.meets, _ends(line)))]
    free = [
        group
        for group in _groups(loose)
        if _is_small(group) and not any(map(long.meets, group)) and not _underlines(group, chars)
    ]
    if not free:
        return segments, []
    ruling_nothing = {line for group in free for line in group}
    return [line for line in segments if line not in ruling_nothing], [_covering(group) for group in free]


def _covering(lines: Sequence[Segment]) -> Segment:
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
    """The lines that are no strokes, across and down the page, each in order."""

    def __init__(self, lines: Sequence[Segment]) -> None:
        self._across = sorted((line for line in lines if _height(line) <= THIN_PT), key=itemgetter(1))
        self._down = sorted(line for line in lines if _height(line) > THIN_PT)
        self._tops, self._lefts = [line[1] for line in self._across], [line[0] for line in self._down]

    def meets(self, line: Segment) -> bool:
        """Tell whether one of them runs to a short line, or through it, or goes on where it ends."""
        across = self._across[
            bisect_left(self._tops, line[1] - THIN_PT - _MEETS) : bisect_right(self._tops, line[3] + _MEETS)
        ]
        down = self._down[
            bisect_left(self._lefts, line[0] - THIN_PT - _MEETS) : bisect_right(self._lefts, line[2] + _MEETS)
        ]
        return any(_is_near(line, other) for other in across) or any(_is_near(line, other) for other in down)


def _groups(lines: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Yield lines with those near them, as the dashes of a line and the sides of a box are."""
    squares: dict[tuple[int, int], list[Segment]] = {}
    for line in lines:
        squares.setdefault(_square(line), []).append(line)
    for inside in squares.values():
        while inside:
            group = [inside.pop()]
            for member in group:
                group += _taken_near(member, squares)
            yield group


def _square(line: Segment) -> tuple[int, int]:
    return int(line[0] // _SQUARE), int(line[1] // _SQUARE)


def _taken_near(line: Segment, squares: Mapping[tuple[int, int], list[Segment]]) -> Iterator[Segment]:
    """Take the lines near a line out of its square and those around it, and yield them."""
    x, y = _square(line)
    for place in ((column, row) for column in (x - 1, x, x + 1) for row in (y - 1, y, y + 1)):
        inside = squares.get(place)
        if inside:
            near = [other for other in inside if _is_near(line, other)]
            inside[:] = [other for other in inside if not _is_near(line, other)] if near else inside
            yield from near


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
    box = _covering(group)
    return _width(box) <= _LARGEST and _height(box) <= _LARGEST


def _underlines(group: Sequence[Segment], chars: Sequence[Char]) -> bool:
    left, top, right, bottom = _covering(group)
    if bottom - top > THIN_PT:
        return False
    middle = (left + right) / 2
    return any(
        char[1] - 1 < middle < char[3] + 1 and char[2] < bottom and top < char[4] + _UNDER * (char[4] - char[2])
        for char in chars
    )
