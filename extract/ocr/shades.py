"""Even grey grounds with black print on them, as heads of tables have: they are made paper.

The edge of a grey ground beside white paper is darker than what is around it, as print is: along the sides of its cells it
would be ink. Only grounds that were filled by a program are even; of the grain and the light of photographs nothing is known.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.components import components
from extract.ocr.picture import Picture, Pixels, percentile

_PAPER_SHARE, _BRIGHTEST, _DARKEST = 80, 0.94, 0.45
"""Percentile of paper; of its brightness: that of the palest ground, and of one on which black print is legible."""

_SPREAD, _AWAY, _MOST = 3, 10, 3
"""Grey values by which a ground differs from its own, by which others do, and how many grounds a page has."""

_LEAST, _PEAK = 0.003, 4.0
"""Least share of a page that has a ground's grey value, and how much more of it than of those a little brighter or darker:
where light falls off there is as much of the next ones."""

_SOLID_IN, _PRINT_IN, _DENSE_IN, _AMONG = 0.045, 0.08, 0.5, 0.2
"""Less is a stroke; gaps that print leaves in a ground, and where it is dense, with that share of the ground's grey in them."""

_WIDE_IN, _HIGH_IN = 0.3, 0.1  # of a ground without what is printed on it
_LINE_IN, _LINED, _SIDES = 0.03, 0.5, 3
"""Where lines are, beside a ground; the share of a side that has one, and the sides."""

_WHITE, _EDGE = 255, 3


def without_shades(picture: Picture) -> Picture:
    """Lift even grey grounds to the white of paper, and what is printed on them with them."""
    grey = np.minimum(picture.pixels, picture.black)
    grounds = _grounds(grey)
    if not grounds:
        return picture
    pixels, black = picture.pixels, picture.black
    for ground in grounds:
        on_it = _filled(grey, ground, picture.dpi)
        lifted = np.minimum(np.arange(_WHITE + 1) * _WHITE // ground, _WHITE).astype(np.uint8)
        pixels, black = (np.where(on_it, lifted[channel], channel) for channel in (pixels, black))
    return replace(picture, pixels=pixels, black=black)


def _grounds(grey: Pixels) -> list[int]:
    """Return the grey values between ink and paper that many pixels have, and few those beside them."""
    counts = cv2.calcHist([grey], [0], None, [_WHITE + 1], [0, _WHITE + 1]).ravel()
    near = np.convolve(counts, np.ones(2 * _SPREAD + 1), mode="same")
    paper, found = percentile(grey, _PAPER_SHARE), list[int]()
    for value in range(round(_DARKEST * paper), round(_BRIGHTEST * paper)):
        beside = max(near[value - _AWAY], near[min(_WHITE, value + _AWAY)])
        is_usual = counts[value] == counts[value - _AWAY : value + _AWAY + 1].max()
        if is_usual and near[value] >= max(_LEAST * grey.size, _PEAK * beside):
            found.append(value)
    return found[:_MOST]


def _filled(grey: Pixels, ground: int, dpi: float) -> NDArray[np.bool_]:
    """Tell where cells are filled with a grey value, what is printed on it and the edges included.

    Between the strokes of dense print there is still the grey of the ground; in a white cell between two grey ones is none.
    """
    solid = cv2.morphologyEx(_like(grey, ground, _SPREAD), cv2.MORPH_OPEN, _square(_SOLID_IN * dpi))
    cells = _of_cells(np.asarray(solid, dtype=np.uint8), grey < ground - _AWAY, dpi)
    near, far = (cv2.morphologyEx(cells, cv2.MORPH_CLOSE, _square(inches * dpi)) for inches in (_PRINT_IN, _DENSE_IN))
    among = cv2.blur(_like(grey, ground, _AWAY), (round(_PRINT_IN * dpi) | 1,) * 2)
    whole = np.where((np.asarray(among) >= _AMONG * _WHITE) & (np.asarray(far) > 0), _WHITE, near).astype(np.uint8)
    return np.asarray(cv2.dilate(whole, np.ones((_EDGE, _EDGE), np.uint8))) > 0


def _of_cells(solid: Pixels, darker: NDArray[np.bool_], dpi: float) -> Pixels:
    """Leave out what is no larger than a stroke of large type, and what has no lines around it.

    Grey titles are print, and a grey bar on white paper may cover a figure.
    """
    found = components(solid)
    near = max(1, round(_LINE_IN * dpi))
    chosen = [
        width >= _WIDE_IN * dpi and height >= _HIGH_IN * dpi and _lined((left, top, width, height), darker, near)
        for left, top, width, height, _ in found.boxes.tolist()
    ]
    return found.only(np.array(chosen, dtype=np.bool_))


def _lined(box: tuple[int, int, int, int], darker: NDArray[np.bool_], near: int) -> bool:
    """Tell whether lines run along most sides of a box."""
    left, top, width, height = box
    right, bottom = left + width, top + height
    across = (darker[max(0, top - near) : top, left:right], darker[bottom : bottom + near, left:right])
    down = (darker[top:bottom, max(0, left - near) : left].T, darker[top:bottom, right : right + near].T)
    return sum(bool(side.size) and float(side.any(axis=0).mean()) >= _LINED for side in (*across, *down)) >= _SIDES


def _like(grey: Pixels, ground: int, spread: int) -> Pixels:
    return np.asarray(cv2.inRange(grey, (ground - spread,), (ground + spread,)), dtype=np.uint8)


def _square(side: float) -> Pixels:
    return np.ones((max(1, round(side)),) * 2, dtype=np.uint8)
