"""Figures of a path on a page: the boxes around them, and which of them are boxes themselves."""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from pdfminer.utils import Matrix

from extract.pages.lines import Box
from extract.pages.rules import Segment

Point = tuple[float, float]

FEWEST_POINTS = 3
"""Fewer make no outline."""

_MOST_OF_BOX = 6
_MOST_PARTS = 20  # figures of one path that are compared with each other


def has_slope(points: Sequence[Point]) -> bool:
    """Tell whether any step runs along neither edge of the page."""
    return any(not (-1 <= x1 - x0 <= 1 or -1 <= y1 - y0 <= 1) for (x0, y0), (x1, y1) in pairwise(points))


def thickness(box: Box) -> float:
    """Return the shorter side of a box."""
    return min(box[2] - box[0], box[3] - box[1])


def is_box(points: Sequence[Point], straight: Sequence[bool]) -> bool:
    """Tell whether a figure is a rectangle along the page."""
    # A closed figure ends where it began, once or twice, as engines count.
    if not (FEWEST_POINTS < len(points) <= _MOST_OF_BOX and all(straight)) or has_slope(points):
        return False
    left, top, right, bottom = around(points)
    return all(x - left < 1 or right - x < 1 for x, _ in points) and all(
        y - top < 1 or bottom - y < 1 for _, y in points
    )


def widened(line: Segment, half: float) -> Box:
    """Return the box of a line across or down the page that reaches so far to both sides."""
    if line.x1 - line.x0 > line.bottom - line.top:
        return (line.x0, line.top - half, line.x1, line.bottom + half)
    return (line.x0 - half, line.top, line.x1 + half, line.bottom)


def are_apart(figures: Sequence[tuple[Sequence[Point], Sequence[bool]]]) -> bool:
    """Tell whether no figure of a path may be a hole in another one."""
    if len(figures) > _MOST_PARTS:
        return False
    boxes = [around(points) for points, _ in figures]
    return not any(
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        for place, one in enumerate(boxes)
        for other in boxes[:place]
    )


def scale(matrix: Matrix) -> float:
    """Return how much wider a matrix makes lines, on average of all directions."""
    a, b, c, d, _, _ = matrix
    return sqrt(abs(a * d - b * c))


def around(points: Sequence[Point]) -> Box:
    """Return the box that covers some points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))
