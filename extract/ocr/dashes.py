"""Ruling lines that are dashed or dotted: small pieces of ink in a row, none of them higher than a line is thick."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.components import components
from extract.ocr.picture import Pixels

_THICK_IN, _DASH_IN, _GAP_IN, _END_IN = 0.022, 0.07, 0.15, 0.05
"""Greatest thickness of a line, length of a dash (the figure 1 in the smallest type is longer: no column of ones is taken
for a line), gap between two, over the crossing with another line too, and what a corner takes of a line."""

_SHORTEST_IN = 0.3
_MANY = 6  # dashes of one row: hardly a line of text has as many strokes that thin at one height
_INKED, _CROSSED, _BESIDE = 0.35, 0.2, 5
"""Least share of a line that its dashes fill; greatest share of it beside which there is ink, that of the lines which
cross it; pixels looked at on both sides."""

_LONG_GAP_IN, _OPEN = 0.06, 0.5
"""Gaps that are longer than most between dashes, and the greatest share of a line that they take: of a column of ones in
type of 8 points, or of what a scan leaves of other figures there, it is 0.52 and more."""

_FEWEST, _CERTAIN_IN = 3, 1.0
"""Dashed lines that a table has, short ones: of fewer each may be strokes of two labels of the same words."""


def dashed(ink: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """Return the horizontal and the vertical dashed lines of a page, their gaps filled; 255 where one is."""
    found = components(ink)
    left, top, width, height = found.boxes.T[:4]
    thick, long = round(_THICK_IN * dpi), round(_DASH_IN * dpi)
    level = (height <= thick) & (width <= long)
    upright = (width <= thick) & (height <= long)
    across = _lines(found.only(level & _is_in_row(top + height // 2, level)), ink, dpi)
    columns = cv2.transpose(found.only(upright & _is_in_row(left + width // 2, upright)))
    down = _lines(np.asarray(columns, dtype=np.uint8), ink.T, dpi)
    ends = _along(2 * _END_IN * dpi)
    long_across, long_down = (np.asarray(cv2.dilate(lines, ends), dtype=np.uint8) for lines in (across, down))
    reach = round(_END_IN * dpi)
    return (
        _up_to(long_down.T, across, long_across, reach),
        np.ascontiguousarray(_up_to(long_across.T, down, long_down, reach).T),
    )


def _up_to(crossing: Pixels, lines: Pixels, longer: Pixels, reach: int) -> Pixels:
    """Return horizontal lines with longer ends that reach no further than the last line that crosses them there.

    What sticks out of a table would be a row or a column of it.
    """
    cut = np.asarray(longer, dtype=np.uint8)
    ends = components(np.asarray(cv2.subtract(cut, lines), dtype=np.uint8)).boxes[1:, :4].tolist()
    for left, top, width, height in ends:
        rows, right = slice(max(0, top - 1), top + height + 1), left + width
        is_first = bool(lines[rows, right : right + 1].any())
        window = (left, right + reach) if is_first else (max(0, left - reach), right)
        places = np.flatnonzero(crossing[rows, slice(*window)].any(axis=0)) + window[0]
        if places.size:
            out = slice(left, int(places[0])) if is_first else slice(int(places[-1]) + 1, right)
            cut[top : top + height, out] = 0
    return cut


def _is_in_row(places: NDArray[np.int32], chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell of which pieces there are many at one height, a pixel more or less."""
    counts = np.bincount(places[chosen] + 1, minlength=int(places.max()) + 3)
    return np.asarray((counts[places] + counts[places + 1] + counts[places + 2]) >= _MANY)


def _lines(pieces: Pixels, ink: Pixels, dpi: float) -> Pixels:
    """Return the horizontal lines that pieces make."""
    if not cv2.countNonZero(pieces):
        return pieces
    closed = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, _along(_GAP_IN * dpi))
    long = np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, _along(_SHORTEST_IN * dpi)), dtype=np.uint8)
    boxes = components(long).boxes[1:, :4].tolist()
    return _certain(long, [box for box in boxes if _is_drawn(box, pieces, ink, dpi)], dpi)


def _certain(long: Pixels, drawn: Sequence[Sequence[int]], dpi: float) -> Pixels:
    """Return those of the lines that are drawn: all of many, else the longest."""
    lines = np.zeros_like(long)
    for left, top, width, height in drawn:
        if len(drawn) >= _FEWEST or width >= _CERTAIN_IN * dpi:
            lines[top : top + height, left : left + width] = long[top : top + height, left : left + width]
    return lines


def _is_drawn(line: Sequence[int], pieces: Pixels, ink: Pixels, dpi: float) -> bool:
    """Tell a line from strokes of text that stand in a row: dashes fill half of it, and paper is beside them."""
    left, top, width, height = line
    span = slice(left, left + width)
    dashes = pieces[top : top + height, span].max(axis=0, keepdims=True)
    if _open(dashes, dpi) > _OPEN:
        return False
    return bool((dashes > 0).mean() >= _INKED) and _is_free(line, ink)


def _is_free(line: Sequence[int], ink: Pixels) -> bool:
    """Tell whether paper is above and below a line."""
    left, top, width, height = line
    span = slice(left, left + width)
    above = ink[max(0, top - _BESIDE) : max(0, top - 1), span].any(axis=0).mean()
    below = ink[top + height + 1 : top + height + _BESIDE, span].any(axis=0).mean()
    return bool(max(above, below) <= _CROSSED)


def _open(dashes: Pixels, dpi: float) -> float:
    """Return the share of a line that long gaps between its dashes take."""
    closed = cv2.morphologyEx(dashes, cv2.MORPH_CLOSE, _along(_LONG_GAP_IN * dpi), borderValue=(0,))
    return 1 - cv2.countNonZero(closed) / dashes.size


def _along(length: float) -> Pixels:
    return np.ones((1, 1 + round(length)), dtype=np.uint8)
