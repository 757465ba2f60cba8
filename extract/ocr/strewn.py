"""Paper strewn with dots no larger than a pixel, as cheap scanners and thresholds leave them: they are painted over.

A dot beside a figure may be a trace of another one, so that no cell with one was read. Nothing that is printed has as
little ink, and a decimal point twice as much; where thin strokes fall apart into dots, these stand close together, and
lines of dots stand in one row or column.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import Picture, Pixels, percentile

_DARKER, _FAINTER = 60, 40
"""Grey values by which a dot is darker than all around it: a single pixel, and one that a drawing made smaller blurred."""

_INK = 2.0  # pixels of the usual darkness of ink: a blurred dot has no more
_STROKES = 75  # percentile of the darkness of ink
_PAPER = 0.7  # of the brightness of the page's paper: what is around a dot is no darker
_LEAST = 0.0002  # of the pixels of a page: fewer are no dirt that is everywhere
_BAND, _BANDS_APART = 64, 256  # rows that are counted first
_GAP, _LONG_IN = 3, 0.13  # pixels that hold a light dot; length from which a stroke is a line's, longer than a digit's
_BLOCK_IN = 0.12
_MOST_NEAR, _NEAR_TIMES = 3, 3.0
_MOST_IN_LINE, _LINE_TIMES = 10, 6.0
"""How many dots, and how many times as many as usual, may stand close together, or in one row or column, by chance."""

_PIXEL = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.uint8)
_BLOT = np.pad(np.zeros((3, 3), np.uint8), 1, constant_values=1)
_BLOCK = np.ones((3, 3), np.uint8)


def without_dots(picture: Picture) -> Picture:
    """Return a page without the dots that are strewn over it; a page without such as it is."""
    pixels = picture.pixels
    usual, paper = percentile(255 - pixels, _STROKES, above=_DARKER), _PAPER * percentile(pixels, 50)
    bands = [pixels[top : top + _BAND] for top in range(0, len(pixels), _BANDS_APART)]
    found = sum(np.count_nonzero(single | blurred) for single, blurred in (_dots(band, usual, paper) for band in bands))
    if found < _LEAST * sum(band.size for band in bands):
        return picture
    single, blurred = _dots(pixels, usual, paper)
    free = ~_is_printed(single | blurred, picture.dpi)
    single, blurred = single & free, blurred & free
    clean, black = (_painted(one, single, blurred) for one in (pixels, picture.black))
    dots = np.where(clean > pixels, pixels, 255).astype(np.uint8)
    long = round(_LONG_IN * picture.dpi)
    return replace(picture, pixels=_with_whole_lines(clean, long), black=_with_whole_lines(black, long), dots=dots)


def _dots(pixels: Pixels, usual: float, paper: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return where single dark pixels are, and where the middles of dots that blur has spread over three by three."""
    near, far = cv2.erode(pixels, _PIXEL), cv2.erode(pixels, _BLOT)
    single = (cv2.subtract(near, pixels) > _DARKER) & (near >= paper)
    blurred = (cv2.subtract(far, pixels) > _FAINTER) & (pixels <= near) & (far >= paper)
    sums = cv2.boxFilter(pixels, cv2.CV_16S, (3, 3), normalize=False)
    blurred &= _BLOCK.size * far.astype(np.int16) - sums <= _INK * usual
    return single, blurred


def _painted(pixels: Pixels, single: NDArray[np.bool_], blurred: NDArray[np.bool_]) -> Pixels:
    """Return a page with dots as dark as the darkest around them."""
    clean = np.where(single, cv2.erode(pixels, _PIXEL), pixels)
    around = cv2.dilate(np.where(blurred, cv2.erode(pixels, _BLOT), 0).astype(np.uint8), _BLOCK)
    return np.asarray(np.maximum(clean, around), dtype=np.uint8)


def _with_whole_lines(pixels: Pixels, long: int) -> Pixels:
    """Return a page with the ruling lines whole that light dots interrupt, of which such paper has as many."""
    for along in ((1, 0), (0, 1)):
        gap, line = (np.ones([1 + (length - 1) * one for one in along], np.uint8) for length in (_GAP, long))
        closed = cv2.morphologyEx(pixels, cv2.MORPH_OPEN, gap)
        pixels = np.minimum(pixels, cv2.morphologyEx(closed, cv2.MORPH_CLOSE, line))
    return pixels


def _is_printed(dots: NDArray[np.bool_], dpi: float) -> NDArray[np.bool_]:
    """Tell where more dots stand close together, or in one row or column, than chance brings there."""
    side = round(_BLOCK_IN * dpi) | 1
    near = cv2.boxFilter(dots.astype(np.float32), -1, (side, side), normalize=False)
    crowded = near > _MOST_NEAR + _NEAR_TIMES * dots.mean() * side * side
    rows, columns = (
        counts > _MOST_IN_LINE + _LINE_TIMES * counts.mean() for counts in (dots.sum(axis=1), dots.sum(axis=0))
    )
    return np.asarray(crowded | rows[:, np.newaxis] | columns[np.newaxis, :], dtype=np.bool_)
