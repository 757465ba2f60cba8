"""A minus that touches its number: in black and white nothing is left of the paper between the hyphen of -8 and the digit."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from extract.ocr.marks import InkLine, Mark, Sheet, lines
from extract.ocr.picture import PixelBox

_WIDER = 1.25  # times a digit's width: less is no digit with a minus
_LONG, _LOW, _FULL = 0.3, 0.25, 0.6
"""Least length and greatest height of a minus in heights of a digit, and the least share of its box that is ink."""

_FIRST = 2  # columns from the left: the end of a bar may be round
_HEIGHTS = (
    0.3,
    0.75,
)  # of the number: where the middle of its minus is; higher are the bars of 5 and 7, lower is that of 2


def signed_lines(cell: int, inside: PixelBox, marks: Sequence[Mark], sheet: Sheet) -> Iterator[InkLine]:
    """Yield a cell's lines as ``extract.ocr.marks.lines`` does, a minus that touches its number apart from it."""
    return lines(cell, inside, with_own_signs(marks, sheet), sheet)


def with_own_signs(marks: Sequence[Mark], sheet: Sheet) -> list[Mark]:
    """Return the marks of a cell with the minus that the first of them begins with as a mark of its own."""
    first = min(marks, key=lambda mark: mark.left, default=None)
    if first is None or first.width <= _WIDER * sheet.digit.width:
        return list(marks)
    return [part for mark in marks for part in (_parts(mark, sheet) if mark is first else (mark,))]


def _parts(mark: Mark, sheet: Sheet) -> tuple[Mark, ...]:
    ink = sheet.ink[mark.top : mark.bottom, mark.left : mark.right] > 0
    end = _end_of_bar(ink)
    rows = np.flatnonzero(ink[:, :end].any(axis=1))
    top, bottom, area = int(rows[0]), int(rows[-1]) + 1, int(np.count_nonzero(ink[:, :end]))
    is_long = end >= _LONG * sheet.digit.height and bottom - top <= _LOW * sheet.digit.height
    is_bar = is_long and area >= _FULL * end * (bottom - top)
    if not (is_bar and _HEIGHTS[0] <= (top + bottom) / (2 * mark.height) <= _HEIGHTS[1]):
        return (mark,)
    minus = Mark(mark.left, mark.top + top, mark.left + end, mark.top + bottom, area, mark.at_side)
    return (minus, mark._replace(left=mark.left + end, area=mark.area - area))


def _end_of_bar(ink: NDArray[np.bool_]) -> int:
    """Return how many columns from the left have ink in the same rows, but for one above and one below."""
    tops, bottoms = ink.argmax(axis=0), len(ink) - ink[::-1].argmax(axis=0)
    first = min(_FIRST, len(tops) - 1)
    is_off = (abs(tops - tops[first]) > 1) | (abs(bottoms - bottoms[first]) > 1)
    is_off[: first + 1] = False
    return int(is_off.argmax()) if is_off.any() else len(tops)
