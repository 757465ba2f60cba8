"""Zeros of a page that look alike: a few of them are read, and stand for the others.

Most cells of the form hold 0, drawn by the same type. The rings least like the usual one are the hardest to read; where
even these are 0 with certainty, so are those that look more like it.
"""

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.marks import InkLine, Sheet
from extract.ocr.shapes import is_zero

_SAMPLE = 4
_FEW = 2 * _SAMPLE
_TINY = 1e-6  # an even surface has no shape
_WIDTH, _HEIGHT = 16, 24  # pixels in which rings are compared
_LIKE = 0.9
"""Least correlation with the usual ring. Zeros of clean scans have 0.93 and more, of worn ones mostly; no other digit has
more than 0.7."""


def spokesmen(lines: Sequence[InkLine], sheet: Sheet) -> Mapping[int, Sequence[int]]:
    """Return for lines that are one ring like the usual one which lines are to be read in their place."""
    rings = [
        number for number, line in enumerate(lines) if line.certain and is_zero(line.marks, sheet.ink, sheet.digit)
    ]
    if len(rings) < _FEW:
        return {}
    shapes = np.stack([_shape(lines[number], sheet) for number in rings])
    likeness = shapes @ _unit(np.median(shapes, axis=0))
    order = [rings[at] for at in np.argsort(likeness) if likeness[at] >= _LIKE]
    return dict.fromkeys(order[_SAMPLE:], order[:_SAMPLE])


def _shape(line: InkLine, sheet: Sheet) -> NDArray[np.float32]:
    """Return the grey values of a ring in one size, as a vector of length 1 without its mean."""
    left, top, right, bottom = line.box
    pixels = cv2.resize(sheet.pixels[top:bottom, left:right], (_WIDTH, _HEIGHT), interpolation=cv2.INTER_AREA)
    return _unit(np.asarray(pixels, dtype=np.float32).ravel())


def _unit(values: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = values - values.mean()
    return np.asarray(centred / max(float(np.linalg.norm(centred)), _TINY), dtype=np.float32)
