"""Ruling lines that are dashed or dotted: small pieces of ink in a row, none of them higher than a line is thick."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import Pixels

_THICK_IN, _DASH_IN, _GAP_IN, _END_IN = 0.022, 0.07, 0.15, 0.05
"""Greatest thickness of a line, length of a dash (the figure 1 in the smallest type is longer: no column of ones is taken
for a line), gap between two, over the crossing with another line too, and what a corner takes of a line."""

_SHORTEST_IN = 0.3
_MANY = 8  # dashes of one row: no line of text has as many strokes that thin at one height

Components = NDArray[np.int32]


def dashed(ink: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """Return the horizontal and the vertical dashed lines of a page, their gaps filled; 255 where one is."""
    _, found, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    labels = np.asarray(found, dtype=np.int32)
    left, top, width, height = np.asarray(boxes, dtype=np.int32).T[:4]
    thick, long = round(_THICK_IN * dpi), round(_DASH_IN * dpi)
    level = (height <= thick) & (width <= long)
    upright = (width <= thick) & (height <= long)
    across = _lines(labels, level & _is_in_row(top + height // 2, level), (1, 0), dpi)
    return across, _lines(labels, upright & _is_in_row(left + width // 2, upright), (0, 1), dpi)


def _is_in_row(places: Components, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell of which pieces there are many at one height, a pixel more or less."""
    counts = np.bincount(places[chosen] + 1, minlength=int(places.max()) + 3)
    return np.asarray((counts[places] + counts[places + 1] + counts[places + 2]) >= _MANY)


def _lines(labels: Components, chosen: NDArray[np.bool_], way: tuple[int, int], dpi: float) -> Pixels:
    chosen[0] = False  # the paper
    if not chosen.any():
        return np.zeros(labels.shape, dtype=np.uint8)
    pieces = np.where(chosen, 255, 0).astype(np.uint8).take(labels)
    closed = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, _along(way, _GAP_IN * dpi))
    lines = cv2.morphologyEx(closed, cv2.MORPH_OPEN, _along(way, _SHORTEST_IN * dpi))
    return np.asarray(cv2.dilate(lines, _along(way, 2 * _END_IN * dpi)), dtype=np.uint8)


def _along(way: tuple[int, int], length: float) -> Pixels:
    across, down = (1 + round(share * length) for share in way)
    return np.ones((down, across), dtype=np.uint8)
