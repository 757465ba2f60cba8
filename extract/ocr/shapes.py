"""Shapes of marks, told by geometry alone: how many digits a line can have, a zero's ring, a slash, a bar.

Recognition and shape are two witnesses that err in different ways: a network takes a slash or the rest of a ruling line
for 1 with a high score, geometry never does.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extract.ocr.components import components
from extract.ocr.marks import Digit, Mark, around
from extract.ocr.picture import Pixels, paper_of

_SAME_DIGIT = 0.4  # of the narrower of two marks above each other
_LOWEST, _HIGHEST = 0.72, 1.35  # of the usual height of digits
_INNER = 0.35  # of its height: a point in a ring
_POINT = 0.5  # of a digit's width: that of a comma or a point beside it
_RING_LOW, _RING_WIDTHS = 0.45, (0.35, 0.95)
_RING_OFF = 0.12  # of the height: how far a ring's hole is from its middle
_FLAT, _LONG = 0.3, 0.4
FULL = 0.6  # of a bar's box is ink
_LOW, _LEVEL = 0.35, 0.55
"""Height of a minus in digits, and its share of its box: of printed ones it is 0.69 and more, of slanted strokes 0.3."""

_SLANT = 0.17
_STROKE = 0.4  # of the height: no row of a slash is wider
_UPRIGHT, _FOOT = 0.14, 0.8
_BAR = 0.08  # of the height


def digits(marks: Sequence[Mark], digit: float) -> list[tuple[Mark, ...]]:
    """Return the marks as high as digits, left to right; strokes above each other are one."""
    return [group for group in _groups(marks) if _height(group) >= _LOWEST * digit]


def _groups(marks: Sequence[Mark]) -> list[tuple[Mark, ...]]:
    groups: list[list[Mark]] = []
    for mark in sorted(marks):
        if groups and _shared(around(groups[-1])[0::2], (mark.left, mark.right)):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return [tuple(group) for group in groups]


def _shared(span: Sequence[int], other: tuple[int, int]) -> bool:
    narrower = min(span[1] - span[0], other[1] - other[0])
    return min(span[1], other[1]) - max(span[0], other[0]) > _SAME_DIGIT * narrower


def _height(group: Sequence[Mark]) -> int:
    _, top, _, bottom = around(group)
    return bottom - top


def could_be(count: int, marks: Sequence[Mark], digit: Digit, points: int = 0) -> bool:
    """Tell whether a line's marks can be that many digits, by their height and their width; digits may touch.

    ``points`` among them may touch them too: those that have no mark of their own are wider by half a digit.
    """
    found = digits(marks, digit.height)
    sizes = [around(group) for group in found]
    widths = [right - left for left, _, right, _ in sizes]
    if any(bottom - top > _HIGHEST * digit.height for _, top, _, bottom in sizes):
        return False
    touching = points - (len(_groups(marks)) - len(found))
    return _count(widths, digit) == count or (
        touching > 0 and any(_count(less, digit) == count for less in _less(widths, touching * _POINT * digit.width))
    )


def _count(widths: Sequence[float], digit: Digit) -> int:
    return sum(max(1, round(width / digit.width)) for width in widths)


def _less(widths: Sequence[float], points: float) -> Iterator[list[float]]:
    """Yield widths without that of the points which touch one of them."""
    for number, width in enumerate(widths):
        yield [*widths[:number], width - points, *widths[number + 1 :]]


def joined(marks: Sequence[Mark], traces: Pixels) -> list[Mark]:
    """Return marks as they are where fainter ink counts too: of thin type beside bold words 0 is but two arcs."""
    left, top, right, bottom = around(marks)
    return _pieces(left, top, traces[top:bottom, left:right])


def _pieces(left: int, top: int, ink: Pixels) -> list[Mark]:
    """Return all that is connected on a piece of a page, also what is too small for a mark."""
    return [
        Mark(left + x, top + y, left + x + width, top + y + height, area)
        for x, y, width, height, area in components(ink).boxes[1:]
    ]


def is_zero(marks: Sequence[Mark], ink: Pixels, digit: Digit) -> bool:
    """Tell whether the marks are one upright ring: no other digit has a single hole of half its height in its middle."""
    if len(marks) != 1 or not could_be(1, marks, digit):
        return False
    mark = marks[0]
    if not _RING_WIDTHS[0] <= mark.width / mark.height <= _RING_WIDTHS[1]:
        return False
    holes = _holes(ink[mark.top : mark.bottom, mark.left : mark.right])
    if len(holes) != 1:
        return False
    left, top, width, height = holes[0]
    off_x, off_y = abs(left + width / 2 - mark.width / 2), abs(top + height / 2 - mark.height / 2)
    return height >= _RING_LOW * mark.height and max(off_x, off_y) <= _RING_OFF * mark.height


def is_pointed_zero(marks: Sequence[Mark], pixels: Pixels, digit: Digit) -> bool:
    """Tell whether the marks are a zero's ring with a point in its middle, as type of one width has it: no 8, no 6.

    The blur of small type joins the point to the ring: what is darker than the middle between paper and ink tells them
    apart, and the bar of an 8 as dark as the rest of it.
    """
    left, top, right, bottom = around(marks)
    piece = pixels[top:bottom, left:right]
    dark = (piece < (paper_of(piece) + piece.min()) / 2).astype(np.uint8)
    pieces = _pieces(0, 0, dark)
    if len(pieces) != 2:
        return False
    ring, point = sorted(pieces, key=lambda mark: -mark.height)
    off_x, off_y = (abs(ring[side] + ring[side + 2] - point[side] - point[side + 2]) / 2 for side in (0, 1))
    is_inside = max(off_x, off_y) <= _RING_OFF * ring.height and point.height <= _INNER * ring.height
    return is_inside and point.width < ring.width / 2 and is_zero([ring], dark, digit)


def _holes(ink: Pixels) -> list[tuple[int, int, int, int]]:
    """Return the boxes of the pieces of paper that ink encloses."""
    paper = cv2.copyMakeBorder(
        np.where(ink > 0, 0, 255).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(255,)
    )
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    outside = int(labels[0, 0])
    return [
        (left - 1, top - 1, width, height)
        for number, (left, top, width, height, _) in enumerate(boxes.tolist())
        if number not in (0, outside)
    ]


def is_bar(marks: Sequence[Mark], digit: float) -> bool:
    """Tell whether the marks are one or two level strokes of a dash."""
    left, top, right, bottom = around(marks)
    flat = bottom - top <= _FLAT * min(right - left, digit)
    area = sum(mark.area for mark in marks)
    full = area >= FULL * sum(mark.width * mark.height for mark in marks)
    return flat and full and right - left >= _LONG * digit


def is_level(mark: Mark, digit: float) -> bool:
    """Tell whether a mark before a number is a dash: low, and level, so that it fills its box."""
    return mark.height <= _LOW * digit and mark.area >= _LEVEL * mark.width * mark.height


def is_slash(marks: Sequence[Mark], ink: Pixels, digit: float) -> bool:
    """Tell whether the marks are one thin stroke that rises from left to right."""
    if len(marks) != 1 or marks[0].height < _LOWEST * digit:
        return False
    lefts, rights = _edges(marks[0], ink)
    if not lefts.size or max(rights - lefts) > _STROKE * marks[0].height or _has_bar(marks[0], ink):
        return False
    return _rise(lefts + rights) / 2 >= _SLANT * marks[0].height


def _has_bar(mark: Mark, ink: Pixels) -> bool:
    """Tell whether ink of a stroke's top reaches further left than the stroke below it: the bar of a 7."""
    quarter = mark.height // 4
    top = ink[mark.top : mark.top + quarter + 1, mark.left : mark.right] > 0
    reach = np.flatnonzero(top.any(axis=0))
    below = np.flatnonzero(top[-1])
    return bool(below.size) and int(below[0] - reach[0]) > _BAR * mark.height


def is_upright(marks: Sequence[Mark], ink: Pixels) -> bool:
    """Tell whether a narrow digit stands upright: the right edge of 1 does not move, that of a stroke does.

    The foot that 1 has in some type is left out: its rows are as wide as the whole digit, which those of no stroke are.
    """
    mark = max(marks, key=lambda mark: mark.height)
    lefts, rights = _edges(mark, ink)
    post = rights[rights - lefts <= max(_FOOT * mark.width, _STROKE * mark.height)]
    return bool(post.size) and abs(_rise(post)) <= _UPRIGHT * mark.height


def _edges(mark: Mark, ink: Pixels) -> tuple[np.ndarray, np.ndarray]:
    """Return where ink begins and ends in each row of a mark, its first and last eighth left out."""
    edge = mark.height // 8
    rows = ink[mark.top + edge : mark.bottom - edge, mark.left : mark.right] > 0
    rows = rows[rows.any(axis=1)]
    return rows.argmax(axis=1), rows.shape[1] - rows[:, ::-1].argmax(axis=1)


def _rise(places: np.ndarray) -> float:
    """Return how far places move to the right from the lowest row to the highest, along the straight line through them."""
    if places.size < 2:
        return 0.0
    slope = np.polyfit(np.arange(places.size), places, 1)[0]
    return float(-slope * (places.size - 1))
