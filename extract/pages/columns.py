"""Prose set in two columns: read one column after the other, where the gutter between them is certain.

Tables have been taken out before. Of what is left, only long runs of full lines of words on both sides are columns:
rows of a table whose lines were not recognised stay as they are printed.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.pages.text import Char, TextLine, is_wide, text_lines

_FEWEST_LINES = 5  # in each column
_LEAST_GUTTER = 1.2  # type sizes
_WORDS = 8  # ideographs a line of a column has at least, on average
_FULL = 0.6  # share of a column's lines that reach its edge: text that was broken because its lines were full
_EDGE = 2.2  # type sizes; a sign that may not begin a line leaves two places free
_MIDDLE = (0.35, 0.65)
"""Shares of the width of the text between which the gutter lies."""

_HOLE = 1.5  # type sizes between lines: more is left free beside a heading, and the text begins anew below it
_STEP_PT = 3.0
_DIGITS = 0.2
"""Most digits a column of prose has, as a share of its characters."""


def in_columns(lines: Sequence[TextLine]) -> Iterator[tuple[TextLine, int]]:
    """Yield the lines between two tables in the order in which they are read, each with its column: 0 across the page,
    1 and 2 for the left and the right one."""
    gutter = _gutter(lines)
    if gutter is None:
        yield from ((line, 0) for line in lines)
        return
    run: list[TextLine] = []
    for line in (*lines, None):
        if line is not None and not _crosses(line, gutter):
            run.append(line)
            continue
        yield from _parted(run, gutter)
        run = []
        if line is not None:
            yield line, 0


def _gutter(lines: Sequence[TextLine]) -> float | None:
    """Return the place in the middle of the text that most lines leave free, if enough have words on both sides of it."""
    if len(lines) < _FEWEST_LINES:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    start, end = (left + share * (right - left) for share in _MIDDLE)
    places = [start + step * _STEP_PT for step in range(int((end - start) / _STEP_PT) + 1)]
    free = [sum(not _crosses(line, place) for line in lines) for place in places]
    most = max(free)
    if most < _FEWEST_LINES:
        return None
    best = [place for place, count in zip(places, free, strict=True) if count == most]
    return best[len(best) // 2]


def _crosses(line: TextLine, place: float) -> bool:
    """Tell whether a line has no gap as wide as a gutter around a place between its ends."""
    if not line.x0 < place < line.x1:
        return False
    at = bisect_left(line.chars, place, key=_start)
    before, behind = line.chars[at - 1], line.chars[min(at, len(line.chars) - 1)]
    return before.x1 > place or behind.x0 - before.x1 < _LEAST_GUTTER * line.size


def _start(char: Char) -> float:
    return char.x0


def _parted(run: Sequence[TextLine], gutter: float) -> Iterator[tuple[TextLine, int]]:
    """Yield the lines of a run that no line crosses: column by column, if both are prose."""
    halves = [[line for whole in run for line in _half(whole, gutter, side)] for side in (False, True)]
    if all(map(_is_prose, halves)):
        yield from ((line, column) for column, half in enumerate(halves, 1) for line in half)
    else:
        yield from ((line, 0) for line in run)


def _half(line: TextLine, gutter: float, right: bool) -> list[TextLine]:
    return text_lines(char for char in line.chars if (char.x0 > gutter) == right)


def _is_prose(lines: Sequence[TextLine]) -> bool:
    """Tell whether lines are broken where they are full, follow each other, and hold sentences rather than figures."""
    if len(lines) < _FEWEST_LINES:
        return False
    text = "".join(line.text for line in lines)
    edge = max(line.x1 for line in lines)
    full = sum(edge - line.x1 < _EDGE * line.size for line in lines)
    return (
        sum(map(is_wide, text)) >= _WORDS * len(lines)
        and full >= _FULL * len(lines)
        and sum(map(str.isdecimal, text)) <= _DIGITS * len(text)
        and "。" in text
        and all(low.top - high.bottom < _HOLE * low.size for high, low in pairwise(lines))
    )
