"""Ruling lines go on below the strokes of seals and pens: what has colour is left out, and the lines with it."""

import cv2
import numpy as np

from extract.ocr.picture import Pixels

_GAP_IN = 0.08  # strokes of seals that cross a line aslant


def bridged(pixels: Pixels, coloured: Pixels, dpi: float) -> Pixels:
    """Return a page on which gaps in horizontal dark lines are dark where there is nothing but colour in them."""
    if not coloured.any():
        return pixels
    without_gaps = cv2.morphologyEx(pixels, cv2.MORPH_OPEN, np.ones((1, round(_GAP_IN * dpi)), np.uint8))
    near = cv2.dilate(coloured, np.ones((3, 3), np.uint8))
    return np.asarray(np.where(near > 0, without_gaps, pixels), dtype=np.uint8)
