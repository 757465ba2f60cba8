"""Print with coloured edges, as screens show it (ClearType): a third of a pixel to the left is red, to the right blue.

Screenshots of tables are pasted into many pages. Colours are what covers print or marks it; such edges are print itself.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import Pixels, is_coloured

_SOME = 0.001
"""Share of a picture that coloured edges take at least, where its print has them: of a table of zeros it was 0.01."""

_MOST = 0.5  # of the colour in such a picture
_ACROSS = (3, 1)


def without_fringes(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a picture (blue, green, red) with grey print where edges of opposite colours make grey together."""
    colour = is_coloured(colours)
    found = cv2.countNonZero(colour)
    if found <= _SOME * colour.size:
        return colours
    lasting = cv2.dilate(is_coloured(cv2.blur(colours, _ACROSS)), np.ones((3, 3), np.uint8))
    if cv2.countNonZero(cv2.subtract(colour, lasting)) <= _MOST * found:
        return colours
    grey: Pixels = np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    return np.asarray(np.where(lasting[:, :, None] > 0, colours, grey[:, :, None]), dtype=np.uint8)
