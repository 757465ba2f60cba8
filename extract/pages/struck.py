"""Figures with a line through them: struck out by a hand or by tracked changes, they are nobody's figures."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.pages.lines import PageContent
from extract.pages.rules import THIN_PT, Segment
from extract.pages.text import Char
from extract.text import LOST

_SHORTEST_PT = 3.0
_OFF_MIDDLE = 0.22  # type sizes; what underlines a figure, or rules its cell, is further off
_REACH_PT = 4.0


def without_struck(page: PageContent) -> PageContent:
    """Return a page on which struck digits cannot be read; words stay as they are."""
    if not page.segments:
        return page
    struck = set(_struck(page))
    if not struck:
        return page
    chars = [char._replace(text=LOST) if place in struck else char for place, char in enumerate(page.chars)]
    return replace(page, chars=chars)


def _struck(page: PageContent) -> Iterator[int]:
    digits = sorted(((char[2] + char[4]) / 2, place) for place, char in enumerate(page.chars) if char[0].isdecimal())
    for line in page.segments:
        if line.bottom - line.top > THIN_PT or line.x1 - line.x0 < _SHORTEST_PT:
            continue
        at = (line.top + line.bottom) / 2
        near = digits[bisect_left(digits, (at - _REACH_PT,)) : bisect_right(digits, (at + _REACH_PT,))]
        found = [place for _, place in near if _runs_through(line, page.chars[place])]
        if found and _ends_with_text(line, page.chars):
            yield from found


def _runs_through(line: Segment, char: Char) -> bool:
    off = abs((char.top + char.bottom) / 2 - (line.top + line.bottom) / 2)
    return line.x0 < (char.x0 + char.x1) / 2 < line.x1 and off < _OFF_MIDDLE * (char.bottom - char.top)


def _ends_with_text(line: Segment, chars: Sequence[Char]) -> bool:
    """Tell whether a line is as long as the words it runs through; a longer one rules a cell that overflows."""
    through = [char for char in chars if _runs_through(line, char)]
    size = max(char.bottom - char.top for char in through)
    left, right = min(char.x0 for char in through), max(char.x1 for char in through)
    return left - size < line.x0 and line.x1 < right + size
