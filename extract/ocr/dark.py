"""Cells that are printed white on dark, as the heads of tables in brochures are: turned to black on white.

What is dark and filled all over is a cell's ground when something brighter is printed on it. Its edges are ruling lines:
a line of the ground's own colour cannot be seen on it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.components import components
from extract.ocr.picture import Picture, PixelBox, Pixels, percentile

_SEEN_DPI = 100
"""Resolution at which dark grounds are looked for: their smallest pieces, between characters, are still some pixels wide."""

_DARK = 0.75  # of the brightness of paper: a ground that black print is legible on is brighter
_SOLID_IN, _PIECE_IN, _JOINED_IN = 0.045, 0.09, 0.1
"""Least thickness and length of a piece that is dark all over, which strokes of bold type are not; greatest gap between two
of one ground."""

_WIDE_IN, _HIGH_IN = 0.3, 0.13
_FILLED = 0.5
"""Least share of a ground's box that is dark: characters and white ruling lines take the rest."""

_RIM_IN = 0.02
_BRIGHTER, _LEAST_INK, _MOST_INK, _OTHER_INK = 50, 0.004, 0.4, 0.25
"""Grey values by which print is brighter than its ground; least and greatest share of the ground that it takes, and greatest
share, of what is printed there, that may be darker than the ground: of a picture it is more."""

_LINE_DARKER, _LINE_IN = 25, 0.15
"""Grey values by which a line is darker than its ground, and its least length: black lines are drawn through blue heads."""

_PAPER_SHARE, _WHITE, _BLACK = 80, 255, 0
_EDGE = 2  # pixels


@dataclass(frozen=True, slots=True)
class Lightened:
    """A page on which dark grounds are paper, and their boxes."""

    picture: Picture
    grounds: Sequence[PixelBox]


def lightened(picture: Picture) -> Lightened:
    """Turn print on dark grounds to black on white, in all channels, with ruling lines around each ground."""
    grey = np.minimum(picture.pixels, picture.black)
    grounds = [box for box in _filled(grey, picture.dpi) if _is_ground(_inner(grey, box, picture.dpi), picture.dpi)]
    if not grounds:
        return Lightened(picture, ())
    pixels, black = picture.pixels.copy(), picture.black.copy()
    for left, top, right, bottom in grounds:
        turned = _turned(grey[top:bottom, left:right], picture.dpi)
        pixels[top:bottom, left:right] = black[top:bottom, left:right] = turned
    return Lightened(replace(picture, pixels=pixels, black=black), grounds)


def _filled(grey: Pixels, dpi: float) -> Iterator[PixelBox]:
    """Yield the boxes that are mostly dark."""
    scale = min(1.0, _SEEN_DPI / dpi)
    small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    seen = scale * dpi
    dark = np.asarray(small < _DARK * percentile(small, _PAPER_SHARE), dtype=np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, _square(_SOLID_IN * seen))
    joined = cv2.morphologyEx(_large(solid, _PIECE_IN * seen), cv2.MORPH_CLOSE, _square(_JOINED_IN * seen))
    for left, top, width, height, _ in components(np.asarray(joined, dtype=np.uint8)).boxes[1:].tolist():
        is_large = width >= _WIDE_IN * seen and height >= _HIGH_IN * seen
        if is_large and dark[top : top + height, left : left + width].mean() >= _FILLED:
            yield _exact(grey, [round(side / scale) for side in (left, top, left + width, top + height)], dpi)


def _large(solid: object, least: float) -> Pixels:
    """Leave out the pieces that are no longer than a stroke."""
    found = components(np.asarray(solid, dtype=np.uint8))
    return found.only(found.longest >= least)


def _square(side: float) -> Pixels:
    return np.ones((max(1, round(side)),) * 2, dtype=np.uint8)


def _exact(grey: Pixels, rough: Sequence[int], dpi: float) -> PixelBox:
    """Return a box that was found on a coarse picture with the edges it has on the fine one."""
    room, (height, width) = round(3 * dpi / _SEEN_DPI), grey.shape
    left, top = (max(0, side - room) for side in rough[:2])
    right, bottom = min(width, rough[2] + room), min(height, rough[3] + room)
    dark = grey[top:bottom, left:right] < _DARK * percentile(grey[top:bottom, left:right], 100)
    columns, rows = np.flatnonzero(dark.mean(axis=0) >= _FILLED), np.flatnonzero(dark.mean(axis=1) >= _FILLED)
    if not columns.size or not rows.size:
        return (left, top, right, bottom)
    return (left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1)


def _inner(grey: Pixels, box: PixelBox, dpi: float) -> Pixels:
    left, top, right, bottom = box
    rim = round(_RIM_IN * dpi)
    return grey[top + rim : bottom - rim, left + rim : right - rim]


def _is_ground(inside: Pixels, dpi: float) -> bool:
    """Tell whether something is printed on a dark box that is brighter than it, and little but lines that is darker."""
    if not inside.size:
        return False
    ground = percentile(inside, 50)
    bright = _strokes(inside > ground + _BRIGHTER, dpi)
    dark = float(((inside < ground - _BRIGHTER) & (_darker_lines(inside, dpi) == 0)).mean())
    return _LEAST_INK <= bright <= _MOST_INK and dark <= _OTHER_INK * bright


def _strokes(bright: NDArray[np.bool_], dpi: float) -> float:
    """Return what share of a box is bright and no wider than a stroke: white cells beside a grey head are no print on it."""
    found = bright.astype(np.uint8)
    cells = cv2.morphologyEx(found, cv2.MORPH_OPEN, _square(_SOLID_IN * dpi))
    return float(np.asarray(cv2.subtract(found, cells), dtype=np.uint8).mean())


def _darker_lines(grey: Pixels, dpi: float) -> Pixels:
    """Return 255 where a line runs that is darker than the ground it is drawn on."""
    dark = np.where(grey < percentile(grey, 50) - _LINE_DARKER, _WHITE, 0).astype(np.uint8)
    long = max(1, round(_LINE_IN * dpi))
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    return np.asarray(cv2.bitwise_or(across, down), dtype=np.uint8)


def _turned(grey: Pixels, dpi: float) -> Pixels:
    """Return what is printed on a dark ground as black on white, with its lines, and lines at its edges."""
    ground, print_ = percentile(grey, 50), percentile(grey, 100)
    share = (grey.astype(np.float32) - ground) / max(1.0, print_ - ground)
    turned = np.asarray(_WHITE - _WHITE * share.clip(0, 1), dtype=np.uint8)
    turned[_darker_lines(grey, dpi) > 0] = _BLACK
    cv2.rectangle(turned, (0, 0), (turned.shape[1] - 1, turned.shape[0] - 1), (_BLACK,), _EDGE)
    return turned
