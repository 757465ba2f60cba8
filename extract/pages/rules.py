"""Ruling lines of a page: the pieces an engine draws, joined to straight lines.

Borders are drawn cell by cell, as dashes, or as rows of dots, and a little off each other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeVar

THIN_PT = 3.0
"""Thickest rectangle taken for a line; borders are 0.5 to 2.25 points, the lowest line of type is 7."""

_SAME_RULE = 2.5  # positions of pieces of one line
_DASH_GAP = 4.0
_SHORTEST = 6.0
_DOT_PT = 1.6  # browsers draw dotted borders as squares; one of 2 pixels has 1.5 points
_SAME_LINE_PT = 0.3
_FEWEST_DOTS = 4
_START = itemgetter(1)


class Segment(NamedTuple):
    """A straight horizontal or vertical piece of a ruling line, as the box it covers."""

    x0: float
    top: float
    x1: float
    bottom: float


class Rule(NamedTuple):
    """A straight line across or down the page: its height (or its distance from the left), and its ends, in points."""

    at: float
    start: float
    end: float


_Placed = TypeVar("_Placed", bound=tuple[float, float, float])
_Piece = tuple[float, float, float]
"""A rule before it is one: the pieces of a page are many, and most of them are drawn twice."""


def split(segments: Iterable[Segment]) -> tuple[list[Rule], list[Rule]]:
    """Return the lines across and the lines down a page, pieces joined."""
    across: list[_Piece] = []
    down: list[_Piece] = []
    for x0, top, x1, bottom in _with_dots_joined(list(segments)):
        width, height = x1 - x0, bottom - top
        if height <= THIN_PT and width >= height:
            across.append(((top + bottom) / 2, x0, x1))
        if width <= THIN_PT and height >= width:
            down.append(((x0 + x1) / 2, top, bottom))
    return _merged(across), _merged(down)


def _merged(pieces: list[_Piece]) -> list[Rule]:
    """Join collinear pieces (borders drawn cell by cell, dashes) and drop what is too short to be a border."""
    pieces.sort()
    merged = []
    for cluster in clusters(pieces, _SAME_RULE):
        at = sum([piece[0] for piece in cluster]) / len(cluster)
        cluster.sort(key=_START)
        (_, start, end), *others = cluster
        for _, first, last in others:
            if first > end + _DASH_GAP:
                merged.append(Rule(at, start, end))
                start, end = first, last
            elif last > end:
                end = last
        merged.append(Rule(at, start, end))
    return [rule for rule in merged if rule[2] - rule[1] >= _SHORTEST]


def clusters(pieces: Sequence[_Placed], tolerance: float) -> list[list[_Placed]]:
    """Group ordered lines that are nearly at the same place."""
    clusters: list[list[_Placed]] = []
    last = float("-inf")
    for piece in pieces:
        if piece[0] - last > tolerance:
            clusters.append([])
        clusters[-1].append(piece)
        last = piece[0]
    return clusters


def _with_dots_joined(segments: list[Segment]) -> Sequence[Segment]:
    """Return the segments with rows and columns of dots as one each; a dot by itself lies in no direction."""
    dots = [piece for piece in segments if piece[2] - piece[0] <= _DOT_PT and piece[3] - piece[1] <= _DOT_PT]
    if len(dots) < _FEWEST_DOTS:
        return segments
    lines = [piece for piece in segments if not _is_dot(piece)]
    rows, columns = _level(dots, itemgetter(1)), _level(dots, itemgetter(0))
    across = (run for row in rows for run in _runs(sorted(row), _goes_on_across))
    down = (run for column in columns for run in _runs(sorted(column, key=itemgetter(1)), _goes_on_down))
    return [*lines, *across, *down]


def _level(dots: list[Segment], place: Callable[[Segment], float]) -> Iterator[list[Segment]]:
    """Yield the dots that lie at one place across or down the page; to round their places would part some of them."""
    level: list[Segment] = []
    for dot in sorted(dots, key=place):
        if level and place(dot) - place(level[-1]) > _SAME_LINE_PT:
            yield level
            level = []
        level.append(dot)
    yield level


def _is_dot(piece: Segment) -> bool:
    return piece.x1 - piece.x0 <= _DOT_PT and piece.bottom - piece.top <= _DOT_PT


def _goes_on_across(dot: Segment, following: Segment) -> bool:
    return following.x0 - dot.x1 <= _DASH_GAP


def _goes_on_down(dot: Segment, following: Segment) -> bool:
    return following.top - dot.bottom <= _DASH_GAP


def _runs(dots: Sequence[Segment], goes_on: Callable[[Segment, Segment], bool]) -> Iterator[Segment]:
    run = [dots[0]]
    for dot in dots[1:]:
        if not goes_on(run[-1], dot):
            yield from _line(run)
            run = []
        run.append(dot)
    yield from _line(run)


def _line(run: Sequence[Segment]) -> Iterator[Segment]:
    if len(run) >= _FEWEST_DOTS:
        yield Segment(run[0].x0, run[0].top, run[-1].x1, run[-1].bottom)
