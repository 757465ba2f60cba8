"""Figures in a page's text that nobody sees on it: as pale as their ground, outside the edges their producer lets them be
drawn within, or below something that was drawn later.

Only the signs of numbers are judged. A word that is cut off or hidden is still the word that the row is about.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from extract.errors import TooBigError
from extract.pages.lines import Box
from extract.pages.text import Char

Colour = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)

_LEAST_CONTRAST = 0.12
"""Difference of the colours below which type on paper is not seen; the palest grey that people print with has 0.2."""

MAX_MEETINGS = 5_000_000
"""Most times that a sign of a number lies on an area, on one page; a page of the form has a few thousand."""

_WIDEST_FIGURE_PT, _HIGHEST_FIGURE_PT = 120.0, 30.0  # what is printed on a larger area is no correction of one figure
_NUMBER_SIGNS = frozenset(".．,，-－−")
_PLAIN = (BLACK, 1.0, None)
_LAYER = 0.8  # of the signs of a page: a scan may have a page number of its own


MOSTLY = 0.5
"""Opacity from which an area has its colour, and not that of what lies below."""


class Tint(NamedTuple):
    """What an area is filled with: its colour (``None``: many, or unknown), and whether all that was below is hidden."""

    colour: Colour | None = None
    covers: bool = False


UNTOLD = Tint()


class Run(NamedTuple):
    """Characters painted together: their places in the page's list, the order in which they were painted, their colour
    (``None``: it cannot be told), how opaque they are (0 to 1), and the box outside of which they are cut off."""

    start: int
    stop: int
    order: int
    colour: Colour | None = BLACK
    alpha: float = 1.0
    clip: Box | None = None


class Ground(NamedTuple):
    """An area painted at once: where, when, with what."""

    box: Box
    order: int
    tint: Tint


class Unseen(NamedTuple):
    """Places of signs that nobody sees: ``gone`` are those of a figure with another one printed over what covers it."""

    lost: Set[int] = frozenset()
    gone: Set[int] = frozenset()


def not_shown(chars: Sequence[Char], hidden: Sequence[range]) -> Set[int]:
    """Return the signs among characters that are laid invisibly on a page. Where nearly all signs are, they are the text
    layer of a scan, and none is returned."""
    if not hidden:
        return frozenset()
    found = {place for places in hidden for place in places if is_sign(chars[place].text)}
    return found if len(found) <= _LAYER * sum(is_sign(char.text) for char in chars) else frozenset()


def turned_otherwise(chars: Sequence[Char], turned: Sequence[tuple[range, int]], usual: int) -> Set[int]:
    """Return the signs that stand otherwise than most characters of their page: a 6 on its head is a 9."""
    ways = [0] * len(chars)
    for places, turn in turned:
        ways[places.start : places.stop] = [turn] * len(places)
    return {place for place, way in enumerate(ways) if way != usual and is_sign(chars[place].text)}


def common(old: Box | None, new: Box) -> Box:
    """Return what lies in both of two boxes."""
    if old is None:
        return new
    return (max(old[0], new[0]), max(old[1], new[1]), min(old[2], new[2]), min(old[3], new[3]))


_Sign = tuple[float, int, Run]
"""A sign of a number: the height of its middle, its place and its run."""


def unseen(chars: Sequence[Char], runs: Sequence[Run], grounds: Sequence[Ground]) -> Unseen:
    """Return the signs of numbers that are not seen for their own colour or clip, or below one of the grounds.

    Raises ``TooBigError`` past ``MAX_MEETINGS``.
    """
    if not grounds and all(run[3:] == _PLAIN for run in runs):
        return Unseen()
    signs = _signs(chars, runs)
    lost = set(_outside(chars, signs))
    gone: set[int] = set()
    under: dict[int, Colour | None] = {}
    for ground, below, above in _meetings(grounds, chars, signs):
        under.update(dict.fromkeys(above, ground.tint.colour))
        if ground.tint.covers:
            (gone if above and _is_small(ground.box) else lost).update(below)
    lost.update(place for _, place, run in signs if _is_pale(run, under.get(place)))
    return Unseen(lost, gone)


def below_pictures(chars: Sequence[Char], runs: Sequence[Run], pictures: Sequence[Ground]) -> Set[int]:
    """Return the signs hidden by pictures. Where nearly all are, they are the text layer of a scan, and none is returned."""
    if not pictures:
        return frozenset()
    signs = _signs(chars, runs)
    found = {place for _, below, _ in _meetings(pictures, chars, signs) for place in below}
    return found if len(found) <= _LAYER * len(signs) else frozenset()


def is_sign(text: str) -> bool:
    """Tell whether a character can be part of a number."""
    return text.isdecimal() or text in _NUMBER_SIGNS


def _signs(chars: Sequence[Char], runs: Sequence[Run]) -> list[_Sign]:
    found = []
    for run in runs:
        for place in range(run.start, run.stop):
            text, _, top, _, bottom = chars[place]
            if is_sign(text):
                found.append(((top + bottom) / 2, place, run))
    found.sort()
    return found


def _outside(chars: Sequence[Char], signs: Sequence[_Sign]) -> Iterator[int]:
    for y, place, run in signs:
        if run.clip is not None:
            left, top, right, bottom = run.clip
            if not (left < (chars[place].x0 + chars[place].x1) / 2 < right and top < y < bottom):
                yield place


def _meetings(
    grounds: Sequence[Ground], chars: Sequence[Char], signs: Sequence[_Sign]
) -> Iterator[tuple[Ground, list[int], list[int]]]:
    """Yield each area with the places of the signs in it that were painted before it, and after."""
    met = 0
    for ground in grounds:
        left, top, right, bottom = ground.box
        near = signs[bisect_left(signs, (top,)) : bisect_right(signs, (bottom,))]
        met += len(near)
        if met > MAX_MEETINGS:
            raise TooBigError(f"more than MAX_MEETINGS ({MAX_MEETINGS}) figures on areas of one page")
        inside = [(place, run) for _, place, run in near if left < (chars[place].x0 + chars[place].x1) / 2 < right]
        below = [place for place, run in inside if run.order < ground.order]
        yield ground, below, [place for place, run in inside if run.order >= ground.order]


def _is_small(box: Box) -> bool:
    return box[2] - box[0] <= _WIDEST_FIGURE_PT and box[3] - box[1] <= _HIGHEST_FIGURE_PT


def is_paper(colour: Colour | None) -> bool:
    """Tell whether a colour is not seen on white paper."""
    return colour is not None and _contrast(colour, WHITE) < _LEAST_CONTRAST


def _is_pale(run: Run, ground: Colour | None) -> bool:
    # A run that is not opaque at all is not seen in any colour.
    contrast = 1.0 if run.colour is None else _contrast(run.colour, ground or WHITE)
    return contrast * run.alpha < _LEAST_CONTRAST


def _contrast(colour: Colour, ground: Colour) -> float:
    return max(abs(ink - paper) for ink, paper in zip(colour, ground, strict=True))
