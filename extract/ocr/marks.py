"""Ink in the cells of tables: every mark, cut at the cell's sides, and the lines of figures that marks stand in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from extract.ocr.components import components
from extract.ocr.picture import PixelBox, Pixels

_SHORT = 1 << 15  # cells that 16 bits number
_RIM_IN = 0.015
"""Along a cell's sides ruling lines leave their edges: ink there is not looked at."""

_SPECK_IN = 0.025
_SPECK_PIXELS = 8
_POINT_PIXELS, _POINT_SHARE, _POINT_OFF = 4, 0.4, 0.35
"""Least ink of a decimal point or comma, which small type prints no larger than a speck; of the height of the digits at
both its sides: how high it is at most, and how far its foot is from theirs."""

_LEAST_SHARE = 0.5  # of the lower of two marks on one line
_TALL = 0.55  # of a digit's height: less is a point, a comma, a dash or dirt
_SMALL = 0.4
_SIGN_HEIGHTS = (0.25, 0.8)  # of a number: where the middle of its sign is
_BEFORE = 0.9  # digit heights between a sign and its number
_THIN_IN = 0.02
_TRACE = 0.2  # of a digit's height
_APART = 0.3
_DIGITS_OF_MOST, _SAME_HEIGHT = 3, 0.15
_UNITS = 1.2  # times a digit's height: characters of the same type are higher
_USUAL_WIDTH, _WIDTHS = 0.57, (0.45, 0.8)  # of a digit's height
_NEAR_TEXT_IN, _LARGEST_SPECK_IN, _MANY_SPECKS = 0.08, 0.12, 6
_CHARACTER, _DIGIT = 1.7, 1.1  # digit heights: how high a character of the same type is, and a digit at most
_COMPACT = 3.6  # digit heights: the width of five digits


class Mark(NamedTuple):
    """A connected piece of ink in a cell: its box, the number of its pixels, whether it ends at the cell's side."""

    left: int
    top: int
    right: int
    bottom: int
    area: int
    at_side: bool = False

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class InkLine:
    """Marks of one cell on one line, and the cell's inside. ``certain`` is False where a stroke comes in from outside.

    Specks beside the marks are in none of them; ``signed``: something small stands where a minus would.
    """

    cell: int
    inside: PixelBox
    marks: tuple[Mark, ...]
    certain: bool = True
    signed: bool = False

    @property
    def box(self) -> PixelBox:
        """The box around the marks."""
        return around(self.marks)


def around(boxes: Sequence[Mark] | Sequence[PixelBox]) -> PixelBox:
    """Return the box around marks, or around other boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


class Digit(NamedTuple):
    """Height and width of a digit in pixels, as usual on a page."""

    height: float
    width: float


Rows = tuple[int, int]
"""The first and the last row of pixels of a table."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page without its ruling lines: grey values, ink, pixels an inch, the usual digit.

    ``dirty``: specks are strewn over it; ``pale``: its print is hardly darker than its paper; ``traces``: what may be ink;
    ``tables``: the rows that each of its tables takes, from top to bottom; ``dots``: what was painted over, on white.
    """

    pixels: Pixels
    ink: Pixels
    dpi: float
    digit: Digit
    dirty: bool = False
    pale: bool = False
    traces: Pixels | None = None
    tables: Sequence[Rows] = ()
    dots: Pixels | None = None


def rim_of(dpi: float) -> int:
    """Return how many pixels along a cell's sides are not looked at."""
    return max(1, round(_RIM_IN * dpi))


def marks_of_cells(cells: Sequence[PixelBox], ink: Pixels, dpi: float) -> list[list[Mark]]:
    """Return the marks of each cell that are larger than the finest dirt."""
    owner = np.full(ink.shape, -1, dtype=np.int16 if len(cells) < _SHORT else np.int32)
    inside = np.zeros_like(ink)
    rim, speck = rim_of(dpi), int(_SPECK_IN * dpi)
    for cell, (left, top, right, bottom) in enumerate(cells):
        window = slice(top + rim, bottom - rim), slice(left + rim, right - rim)
        owner[window] = cell
        inside[window] = ink[window]
    boxes = components(inside).boxes
    marks: list[list[Mark]] = [[] for _ in cells]
    specks: list[list[Mark]] = [[] for _ in cells]
    for left, top, width, height, area in boxes[1:].tolist():
        cell = int(owner[top + height // 2, left + width // 2])
        if cell >= 0 and area >= _POINT_PIXELS:
            found = marks if area >= _SPECK_PIXELS and max(width, height) >= speck else specks
            found[cell].append(_mark((left, top, left + width, top + height), area, cells[cell], rim))
    return [[*large, *_points(large, small)] for large, small in zip(marks, specks, strict=True)]


def _points(marks: Sequence[Mark], specks: Sequence[Mark]) -> Iterator[Mark]:
    """Yield the specks that may be decimal points: painted over, they would make 7.5 a 75."""
    for speck in specks:
        beside = [mark for mark in marks if _stands_beside(speck, mark)]
        if min((mark.left for mark in beside), default=speck.left) < speck.left < max(mark.left for mark in beside):
            yield speck


def _stands_beside(speck: Mark, mark: Mark) -> bool:
    """Tell whether a speck stands at the foot of a mark, no further from it than that is high."""
    is_at_foot = abs(speck.bottom - mark.bottom) <= _POINT_OFF * mark.height
    return is_at_foot and speck.height <= _POINT_SHARE * mark.height and _gap(speck, mark) <= mark.height


def _mark(box: PixelBox, area: int, cell: PixelBox, rim: int) -> Mark:
    left, top, right, bottom = box
    low = left <= cell[0] + rim or top <= cell[1] + rim
    return Mark(*box, area, low or right >= cell[2] - rim or bottom >= cell[3] - rim)


def usual_digit(marks: Sequence[Sequence[Mark]], least: float, most: float) -> Digit:
    """Return the size of the highest mark of cells with few marks: that of a digit, as most cells hold 0.

    ``least`` and ``most`` are the limits of its height. Units (件, 次) are higher than the figures beside them.
    """
    tallest = [max(cell, key=lambda mark: mark.height) for cell in marks if 0 < len(cell) <= _DIGITS_OF_MOST]
    heights = np.array([mark.height for mark in tallest if least <= mark.height <= most])
    low = heights[heights <= _UNITS * np.percentile(heights, 25)] if heights.size else heights
    height = float(np.median(low)) if low.size else (least + most) / 2
    widths = [mark.width / height for mark in tallest if abs(mark.height - height) <= _SAME_HEIGHT * height]
    share = float(np.median(widths)) if widths else _USUAL_WIDTH
    return Digit(height, height * min(max(share, _WIDTHS[0]), _WIDTHS[1]))


def is_compact(marks: Sequence[Mark], digit: float) -> bool:
    """Tell whether marks have the size of one short number, sign or word."""
    left, top, right, bottom = around(marks)
    return right - left <= _COMPACT * digit and bottom - top <= 2 * digit


def lines(cell: int, inside: PixelBox, marks: Sequence[Mark], sheet: Sheet) -> Iterator[InkLine]:
    """Yield a cell's lines from top to bottom, what a ruling line left beside them taken away."""
    digit = sheet.digit.height
    inner = [mark for mark in marks if not _is_remnant(mark, marks, digit, sheet.dpi)]
    groups: list[list[Mark]] = []
    for mark in sorted(inner, key=lambda mark: -mark.height):
        group = next((group for group in groups if _on_line(mark, group[0])), None)
        if group is None:
            groups.append([mark])
        else:
            group.append(mark)
    for group in _whole(sorted(groups, key=lambda group: around(group)[1]), digit):
        yield _line(cell, inside, sorted(group), digit)


def _whole(groups: Sequence[list[Mark]], digit: float) -> Iterator[list[Mark]]:
    """Join the strokes of a character that touch no other of its strokes (万, 元, 个) to what stands below them.

    Below what is as high as a digit only a stroke that reaches up into it (个) is of the same character. What is no
    higher than a digit together are pieces of digits: in black and white thin strokes fall apart.
    """
    waiting: list[Mark] = []
    for group in groups:
        if waiting and not _goes_on(around(waiting), around(group), digit):
            yield waiting
            waiting = []
        waiting = [*waiting, *group]
    if waiting:
        yield waiting


def _goes_on(above: PixelBox, below: PixelBox, digit: float) -> bool:
    high = below[3] - above[1]
    is_low = above[3] - above[1] < _TALL * digit
    return high <= _DIGIT * digit or (high <= _CHARACTER * digit and (is_low or below[1] < above[3]))


def _is_remnant(mark: Mark, marks: Sequence[Mark], digit: float, dpi: float) -> bool:
    """Tell the edge of a ruling line, thin and along the cell's side, from ink that comes into the cell."""
    if not mark.at_side or min(mark.width, mark.height) > _THIN_IN * dpi:
        return False
    return all(other.at_side or _gap(mark, other) > _APART * digit for other in marks)


def _gap(mark: Mark, other: Mark) -> int:
    across = max(mark.left, other.left) - min(mark.right, other.right)
    down = max(mark.top, other.top) - min(mark.bottom, other.bottom)
    return max(across, down)


def _on_line(mark: Mark, other: Mark) -> bool:
    shared = min(mark.bottom, other.bottom) - max(mark.top, other.top)
    return shared >= _LEAST_SHARE * min(mark.height, other.height)


def _line(cell: int, inside: PixelBox, marks: Sequence[Mark], digit: float) -> InkLine:
    """Leave out specks that say nothing."""
    certain = not any(mark.at_side for mark in marks)
    tall = [mark for mark in marks if mark.height >= _TALL * digit]
    if not tall:
        return InkLine(cell, inside, tuple(marks), certain)
    box = around(tall)
    kept = [mark for mark in marks if mark in tall or _belongs(mark, box, digit)]
    return InkLine(cell, inside, tuple(kept), certain, any(_is_sign(mark, box, digit) for mark in kept))


def _belongs(mark: Mark, box: PixelBox, digit: float) -> bool:
    """Tell points between digits and a sign before them from specks, which say nothing."""
    if box[0] < mark.right and mark.left < box[2]:
        return True
    return max(mark.width, mark.height) > _SMALL * digit or _is_sign(mark, box, digit)


def _is_sign(mark: Mark, box: PixelBox, digit: float) -> bool:
    """Tell whether a small mark stands where the sign of a number would."""
    middle = (mark.top + mark.bottom - 2 * box[1]) / (2 * (box[3] - box[1]))
    low, high = _SIGN_HEIGHTS
    return mark.right <= box[0] + 1 and box[0] - mark.right < _BEFORE * digit and low <= middle <= high


def with_traces(marks: Sequence[Sequence[Mark]], traces: Sequence[Sequence[Mark]], digit: Digit) -> set[int]:
    """Return the cells in which something larger than a speck is printed too faintly to be a mark.

    ``traces`` are the marks of the same cells that a lower limit of darkness gives.
    """
    return {
        cell
        for cell, (sure, possible) in enumerate(zip(marks, traces, strict=True))
        if any(
            not mark.at_side
            and max(mark.width, mark.height) >= _TRACE * digit.height
            and all(_gap(mark, other) > 0 for other in sure)
            for mark in possible
        )
    }


def is_dirty(ink: Pixels, taken: Sequence[PixelBox], dpi: float) -> bool:
    """Tell whether the paper is strewn with specks, by those that stand outside tables and lines of text."""
    free, room = ink.copy(), round(_NEAR_TEXT_IN * dpi)
    for left, top, right, bottom in taken:
        free[max(0, top - room) : bottom + room, max(0, left - room) : right + room] = 0
    sizes = components(free).longest[1:]
    return int(((sizes >= _SPECK_IN * dpi) & (sizes <= _LARGEST_SPECK_IN * dpi)).sum()) >= _MANY_SPECKS
