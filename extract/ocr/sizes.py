"""How large the digits of a page are, and those of a table that is printed in other type than the rest of it.

What is much lower than a digit is no digit: beside a table of 12 points the figures of one of 8 would be none.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from extract.ocr.marks import Digit, InkLine, Rows, Sheet
from extract.ocr.picture import PixelBox

_ENOUGH, _NARROW, _LONG = 4, "1", 3
"""Numbers that tell the size of all digits; the digit that is narrower than others; digits from which a number with it
tells the size too."""

_APART_IN = 0.1  # between two tables; between the rows of one there is a ruling line
_ALIKE, _OTHER = 0.15, 0.08
"""Share by which the heights of digits of one type differ at most, and those of a table in another type at least: beside one
of 9 points, the digits of one of 10.5 that touch each other are too wide for as many as they are."""


@dataclass(frozen=True, slots=True)
class _Number:
    """Height of a number, and the room that each of its digits takes."""

    height: int
    pitch: float


def sizes(lines: Sequence[InkLine], certain: Sequence[str], sheet: Sheet) -> list[Digit]:
    """Return the size of a digit around each line; ``certain`` is what was read of it with certainty.

    Before anything is read, the size of units (件, 次) may be taken for it. One number never vouches for itself: some must
    tell the size, and the middle of them does. Those of a table in type of its own have to agree.
    """
    told = [
        _Number(line.box[3] - line.box[1], _pitch(line, text)) if text.isdigit() and _tells_size(text) else None
        for line, text in zip(lines, certain, strict=True)
    ]
    usual = _middle([one for one in told if one]) or sheet.digit
    found = [usual] * len(lines)
    for table in _tables(lines, sheet.tables):
        own = _own([one for number in table if (one := told[number])], usual)
        for number in table if own else ():
            found[number] = own or usual
    return found


def tables(cells: Sequence[PixelBox], dpi: float) -> list[Rows]:
    """Return the rows of a page that each of its tables takes.

    Rows of figures are no measure: in section two their heads stand between them.
    """
    found: list[Rows] = []
    for top, bottom in sorted((cell[1], cell[3]) for cell in cells):
        if found and top <= found[-1][1] + _APART_IN * dpi:
            found[-1] = (found[-1][0], max(found[-1][1], bottom))
        else:
            found.append((top, bottom))
    return found


def _tables(lines: Sequence[InkLine], rows: Sequence[Rows]) -> Collection[Sequence[int]]:
    """Return the numbers of the lines of each table."""
    tops, found = [top for top, _ in rows], dict[int, list[int]]()
    for number, line in enumerate(lines):
        found.setdefault(bisect_right(tops, line.inside[1]), []).append(number)
    return found.values()


def _own(numbers: Sequence[_Number], usual: Digit) -> Digit | None:
    """Return the size of the digits of a table where its numbers agree on another one than the page's."""
    own = _middle(numbers)
    if own is None or abs(own.height - usual.height) <= _OTHER * usual.height:
        return None
    agree = all(abs(number.height - own.height) <= _ALIKE * own.height for number in numbers)
    return own if agree else None


def _middle(numbers: Sequence[_Number]) -> Digit | None:
    if len(numbers) < _ENOUGH:
        return None
    return Digit(*(float(np.median(values)) for values in zip(*((n.height, n.pitch) for n in numbers), strict=True)))


def _tells_size(digits: str) -> bool:
    return _NARROW not in digits or len(digits) >= _LONG


def _pitch(line: InkLine, digits: str) -> float:
    """Return how wide a digit is; among digits that stand apart, the narrow 1 takes as much room as others."""
    left, _, right, _ = line.box
    return (right - left if _NARROW in digits else sum(mark.width for mark in line.marks)) / len(digits)
