"""Boxes drawn around a figure, as writers mark one and annotations cover one: they rule nothing, and part no cell.

The sides of a cell lie on those of its neighbours, or go on in them. A box with a side that does neither, small, amid ruling
lines and without words, is none. Where it holds nothing at all, something else was hidden there or drawn.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice, takewhile
from math import inf
from operator import attrgetter
from typing import NamedTuple

from extract.pages.lines import Box, PageContent
from extract.pages.rules import THIN_PT, Segment
from extract.pages.text import Char

_WIDEST, _HIGHEST, _LOWEST = 120.0, 30.0, 4.0  # points, of a box around figures
_SAME = 1.0  # points between two drawings of one line, and between a line and one that it ends at
_GOES_ON = 4.0  # points between dashes, or the sides of cells that stand apart
_BESIDE, _ABOVE = 160.0, 40.0  # the ruling lines that a box stands amid are no further away
_CORNER = THIN_PT + _SAME / 2  # from the end of a side to the corner of its box, at most
_MOST_LINES = 3000  # a page of the form has a few hundred; more are a drawing

_AT = attrgetter("at")


class _Line(NamedTuple):
    """A straight line: its height (or its distance from the left), its ends, and what was drawn."""

    at: float
    start: float
    end: float
    drawn: Segment


def without_frames(page: PageContent) -> PageContent:
    """Return a page without the boxes around its figures; those that hold nothing are marks."""
    if not any(_is_low(piece) for piece in page.segments) or len(page.segments) > _MOST_LINES:
        return page
    across, down = _lines(page.segments)
    sides = {box: own for box, own in _boxes(across, down) if _is_loose(box, across, down)}
    framing = {line.drawn for own in sides.values() for line in own}
    ruling = [piece for piece in page.segments if piece not in framing]
    frames = {box: _inside(box, page.chars) for box in sides if _stands_amid(box, ruling)}
    kept = {box: held for box, held in frames.items() if not any(char.text.isalpha() for char in held)}
    if not kept:
        return page
    gone = {line.drawn for box in kept for line in sides[box]}
    marks = [box for box, held in kept.items() if not any(char.text.strip() for char in held)]
    segments = [piece for piece in page.segments if piece not in gone]
    return replace(page, segments=segments, marks=[*page.marks, *marks])


def _is_low(piece: Segment) -> bool:
    return _LOWEST <= piece.bottom - piece.top <= _HIGHEST and piece.x1 - piece.x0 <= THIN_PT


def _lines(segments: Sequence[Segment]) -> tuple[list[_Line], list[_Line]]:
    """Return the lines across a page and down it, each in order."""
    across, down = [], []
    for piece in segments:
        x0, top, x1, bottom = piece
        if bottom - top <= THIN_PT and x1 - x0 >= bottom - top:
            across.append(_Line((top + bottom) / 2, x0, x1, piece))
        elif x1 - x0 <= THIN_PT:
            down.append(_Line((x0 + x1) / 2, top, bottom, piece))
    return sorted(across), sorted(down)


def _boxes(across: Sequence[_Line], down: Sequence[_Line]) -> Iterator[tuple[Box, list[_Line]]]:
    """Yield the small boxes of which all four sides are drawn from corner to corner, with their sides, where one of them may
    be loose."""
    low = [line for line in down if _is_low(line.drawn)]
    short = [line for line in across if line.end - line.start <= _WIDEST]
    alone = [line.at for line in _alone(short, across)]
    for left in low:
        if not (_has_near(alone, left.start) or _has_near(alone, left.end)):
            continue
        top = [line for line in _near(short, left.start, _SAME) if abs(line.start - left.at) <= THIN_PT]
        bottom = list(_near(short, left.end, _SAME)) if top else []
        for upper in top:
            right = [line for line in _near(low, upper.end, THIN_PT) if _alike(line, left)]
            lower = [line for line in bottom if _alike(line, upper)]
            if right and lower:
                yield (left.at, upper.at, right[0].at, lower[0].at), [left, *right, *top, *lower]


def _alone(short: Sequence[_Line], across: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the short lines that no other goes on from, whichever box they are a side of: of a ruled table there is none, and
    its boxes need no search."""
    for at, own in groupby(short, key=_AT):
        level = list(_near(across, at, _SAME))
        for line in own:
            before, after = line.start - _CORNER - THIN_PT / 2, line.end + _CORNER + THIN_PT / 2
            until, since = line.start + _CORNER - _GOES_ON, line.end - _CORNER + _GOES_ON
            if not any(
                (other.start < before and other.end > until) or (other.end > after and other.start < since)
                for other in level
            ):
                yield line


def _has_near(places: Sequence[float], at: float) -> bool:
    """Tell whether there is a line at a place; they are in order."""
    after = bisect_left(places, at - _SAME)
    return after < len(places) and places[after] <= at + _SAME


def _near(lines: Sequence[_Line], at: float, reach: float) -> Iterator[_Line]:
    """Yield the lines at a place; they are in order."""
    for line in lines[bisect_left(lines, (at - reach,)) :]:
        if line.at > at + reach:
            return
        yield line


def _alike(line: _Line, other: _Line) -> bool:
    return abs(line.start - other.start) <= _SAME and abs(line.end - other.end) <= _SAME


def _is_loose(box: Box, across: Sequence[_Line], down: Sequence[_Line]) -> bool:
    """Tell whether no other line lies on the upper side of a box, goes on from it or ends at it; or on the lower one: the
    text that a box is drawn around may stand right below a ruling line."""
    x0, top, x1, bottom = box
    return any(
        not any(_goes_on(line, x0, x1) for line in _near(across, side, _SAME)) and not _is_met(box, side, down)
        for side in (top, bottom)
    )


def _is_met(box: Box, side: float, down: Sequence[_Line]) -> bool:
    """Tell whether a line down the page ends at a side of a box, or crosses it."""
    x0, top, x1, bottom = box
    beside = takewhile(lambda line: line.at < x1 + _SAME, islice(down, bisect_right(down, (x0 - _SAME, inf)), None))
    return any(line.start - _SAME < side < line.end + _SAME and not _is_within(line, top, bottom) for line in beside)


def _goes_on(line: _Line, start: float, end: float) -> bool:
    return not _is_within(line, start, end) and line.start < end + _GOES_ON and line.end > start - _GOES_ON


def _is_within(line: _Line, start: float, end: float) -> bool:
    """Tell whether a line is a side itself, or less: drawn in its place a second time, or inside the box."""
    return line.start >= start - THIN_PT / 2 and line.end <= end + THIN_PT / 2


def _stands_amid(box: Box, ruling: Sequence[Segment]) -> bool:
    """Tell whether there are ruling lines on all four sides of a box."""
    x0, top, x1, bottom = box
    level = [piece for piece in ruling if piece.x0 < x1 and piece.x1 > x0 and piece.bottom - piece.top <= THIN_PT]
    upright = [
        piece for piece in ruling if piece.top < bottom and piece.bottom > top and piece.x1 - piece.x0 <= THIN_PT
    ]
    return (
        any(top - _ABOVE < piece.top < top + _SAME for piece in level)
        and any(bottom - _SAME < piece.bottom < bottom + _ABOVE for piece in level)
        and any(x0 - _BESIDE < piece.x0 < x0 for piece in upright)
        and any(x1 < piece.x1 < x1 + _BESIDE for piece in upright)
    )


def _inside(box: Box, chars: Sequence[Char]) -> list[Char]:
    x0, top, x1, bottom = box
    return [
        char
        for char in chars
        if x0 - _SAME < (char[1] + char[3]) / 2 < x1 + _SAME and top < (char[2] + char[4]) / 2 < bottom
    ]
