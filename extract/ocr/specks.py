"""Specks beside figures: dirt mostly, but in black and white thin strokes fall apart, and a 4 without its specks is a 1."""

import cv2
import numpy as np

from extract.ocr.marks import InkLine, Sheet
from extract.ocr.picture import PixelBox, Pixels, paper_of

_WHITE = 255
_MARGIN = 0.5  # of the height: paper around what is read


def has_specks(line: InkLine, sheet: Sheet) -> bool:
    """Tell whether ink that is none of a line's marks stands so close that it could be of its digits.

    So could dots that were painted over: of the upright stroke of a 5 one may be left, without which it is a 3.
    """
    left, top, right, bottom = _near(line, sheet)
    if sheet.dots is not None and sheet.dots[top:bottom, left:right].min() < _WHITE:
        return True
    free = sheet.ink[top:bottom, left:right].copy()
    for mark in line.marks:
        free[max(0, mark.top - top) : mark.bottom - top, max(0, mark.left - left) : mark.right - left] = 0
    return bool(free.any())


def with_specks(line: InkLine, sheet: Sheet) -> Pixels:
    """Return a line as it is printed, its specks not painted over, with paper around."""
    left, top, right, bottom = _near(line, sheet)
    pixels = sheet.pixels[top:bottom, left:right]
    if sheet.dots is not None:
        pixels = np.minimum(pixels, sheet.dots[top:bottom, left:right])
    room, paper = round(_MARGIN * (bottom - top)), int(paper_of(pixels))
    framed = cv2.copyMakeBorder(pixels, room, room, room, room, cv2.BORDER_CONSTANT, value=(paper,))
    return np.asarray(framed, dtype=np.uint8)


def _near(line: InkLine, sheet: Sheet) -> PixelBox:
    """Return the box around a line with room for a digit at both its sides, inside its cell."""
    left, top, right, bottom = line.box
    room, inside = round(sheet.digit.width), line.inside
    return max(inside[0], left - room), max(0, top - 1), min(inside[2], right + room), bottom + 1
