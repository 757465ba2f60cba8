"""Pages whose print is hardly darker than their paper: there what is left of a 5 may be a 3 to every look at its grey values.

Such figures are looked at once more in black and white, where the network goes by their outline alone.
"""

import cv2
import numpy as np

from extract.ocr.picture import Pixels

_PALE = 64
"""Grey values by which the middle pixel of ink is darker than paper, below which print is pale: of worn scans it is 90."""

_LIGHT, _SAMPLE, _PAPER = 41, 3, 75
_SMOOTH = 0.8  # pixels


def is_pale(pixels: Pixels, ink: Pixels) -> bool:
    """Tell whether a page's print is pale. ``ink`` is set where print is."""
    printed = ink[::_SAMPLE] > 0
    if not printed.any():
        return False
    paper = cv2.dilate(cv2.blur(pixels, (_LIGHT, _LIGHT)), np.ones((_LIGHT, _LIGHT), np.uint8))[::_SAMPLE]
    return float(np.median(cv2.subtract(paper, np.ascontiguousarray(pixels[::_SAMPLE]))[printed])) < _PALE


def in_black(strip: Pixels) -> Pixels:
    """Return a strip in black and white, parted where its ink and its paper are furthest from each other."""
    smooth = cv2.GaussianBlur(strip, (0, 0), _SMOOTH)
    return np.asarray(cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1], dtype=np.uint8)
