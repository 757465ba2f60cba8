"""By how much a page without ruling lines is turned: its lines of text lie on rows of ink with paper between them."""

from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import Pixels

_DPI = 75
"""Resolution at which it is measured: a line of text is then nine rows of pixels high."""

_MOST, _STEP, _FINE = 4.0, 0.25, 0.05  # degrees
_CLEARER = 1.05
"""How much more uneven rows of ink are along the text than across: of pages without text they are even in any direction."""


def slant_of_text(ink: Pixels, dpi: float) -> float:
    """Return the angle of a page's text in degrees, 0 where none is clearer than that of the page."""
    scale = _DPI / dpi
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(small)
    unevenness = partial(_unevenness, ys, xs - small.shape[1] / 2)
    coarse = max(np.arange(-_MOST, _MOST + _STEP, _STEP).tolist(), key=unevenness)
    fine = np.arange(coarse - _STEP, coarse + _STEP, _FINE).tolist()
    best = max(fine, key=unevenness)
    return best if unevenness(best) > _CLEARER * unevenness(0.0) else 0.0


def _unevenness(ys: NDArray[np.intp], xs: NDArray[np.float64], angle: float) -> float:
    """Return how much the ink of rows at an angle differs from that of their neighbours."""
    rows = np.round(ys - xs * np.tan(np.radians(angle))).astype(np.intp)
    counts = np.bincount(rows - rows.min()) if rows.size else np.zeros(1)
    return float(np.square(np.diff(counts)).sum())
