"""Ruling lines cut where they are followed beyond their table's rows into the stroke of a character that stands in line.

A column's line ends at the head that spans it and its neighbours. In tables whose rows are hardly higher than their text a
stroke of that head (行, 复), two pixels from the line's end and at the same place across, looks like the line running on.
"""

import cv2
import numpy as np

from extract.ocr.components import components
from extract.ocr.joints import Line, met, strokes_beside, within
from extract.ocr.picture import Pixels

_AMONG_STROKES = 0.1
"""Share of the piece's length along which others stand beside it: of 行 it was 0.24 and more, of 许 0.15, of ruling lines 0.04
at most."""

_OPEN = 2  # reaches of paper in line with the end of a stroke: between it and the row's edge
_NEAR, _OF_CHARACTER = 4, 0.5
"""Reaches around a stroke that are looked at, and the share of its length along which the rest of a character stands there."""

_NO_TEXT = 2  # lengths from which no line is one of strokes
_ENDS = 2
_EDGE = 5  # pixels: ruling lines with their blur
_Limits = tuple[float, float, float]
"""Least shares of a line's length along which strokes stand beside it, those of the lines that cross it left out: at the side
with less and at that with more, or at one side alone."""

_OPEN_ENDED: _Limits = (0.03, 0.2, 0.1)
_OF_ROW: _Limits = (0.03, 0.2, 0.25)
_LOOSE: _Limits = (0.05, 0.1, 0.25)
_LONG_OPEN_ENDED: _Limits = (0.1, 0.2, 0.4)
_OF_ROWS: _Limits = (0.04, 0.3, 2.0)
"""Limits for a short line that meets a single other, for one that fills a single row, for long ones that meet no other and a
single one, and for one that fills several rows. Beside ruling lines it was 0.04 at most, but 0.18 where text fills their cells."""


def apart_from(ink: Pixels, crossing: Pixels) -> Pixels:
    """Return ink without the vertical lines: where they cross horizontal ones, they are no strokes beside them."""
    return np.asarray(cv2.subtract(ink, cv2.dilate(crossing, np.ones((_EDGE, _EDGE), np.uint8))), dtype=np.uint8)


def cut_at_heads(lines: Pixels, crossing: Pixels, pixels: Pixels, ink: Pixels, most: float, reach: int) -> Pixels:
    """Cut horizontal lines at their first and last crossings where only a stroke of a character follows.

    It is shorter than ``most``, between paper at both of its ends, and ends amid a row or stands among other strokes: ruling
    lines that are broken at their joints go on to the next line, and have paper beside them.
    """
    cut = lines.copy()
    labels, boxes = components(lines)
    for number, (left, top, width, height, _) in enumerate(boxes[1:].tolist(), 1):
        own = labels[top : top + height, left : left + width] == number
        crossed = np.flatnonzero((crossing[top : top + height, left : left + width] > 0).any(axis=0))
        for start, end in _beyond(crossed, width, reach):
            rows = np.flatnonzero(own[:, start:end].any(axis=1))
            piece: Line = (left + start, top + int(rows[0]), end - start, int(rows[-1] - rows[0]) + 1)
            if (
                end - start < most
                and not met(piece, crossing, pixels, reach)
                and (
                    strokes_beside(ink, piece)[1] >= _AMONG_STROKES
                    or _is_stroke(piece, crossing, ink, reach, start > 0)
                )
            ):
                cut[top : top + height, left + start : left + end][own[:, start:end]] = 0
    return cut


def _is_stroke(piece: Line, crossing: Pixels, ink: Pixels, reach: int, is_last: bool) -> bool:
    """Tell whether a piece ends amid a row, with no line there that crosses it, and more of a character stands near it."""
    left, top, width, height = piece
    end, far = left + width if is_last else left, _NEAR * reach
    beside = slice(max(0, end - _OPEN * reach), end + _OPEN * reach)
    if crossing[max(0, top - 1) : top + height + 1, beside].any():
        return False
    sides = (slice(max(0, top - far), max(0, top - 1)), slice(top + height + 1, top + height + far))
    return max(float(ink[side, left : left + width].any(axis=0).mean()) for side in sides) >= _OF_CHARACTER


def _beyond(crossed: np.ndarray[tuple[int], np.dtype[np.intp]], width: int, reach: int) -> list[tuple[int, int]]:
    """Return where a line begins and ends that is left before its first crossing and behind its last.

    A crossing within reach of the line's own end is the one that the piece would run on to, not the one it begins at.
    """
    inner = crossed[(crossed >= 2 * reach) & (crossed < width - 2 * reach)]
    return [(0, int(inner[0])), (int(inner[-1]) + 1, width)] if inner.size else []


def without_strokes(lines: Pixels, crossing: Pixels, pixels: Pixels, ink: Pixels, most: float, reach: int) -> Pixels:
    """Leave out horizontal lines that are strokes of characters, from one crossing line to the next.

    In rows no higher than their text those begin and end where ruling lines do, but other strokes of their characters stand
    at both their sides. One that meets nothing is a ruling line only when it is long.
    """
    found = components(lines)
    kept = np.ones(len(found.boxes), dtype=np.bool_)
    for number, (left, top, width, height, _) in enumerate(found.boxes[1:].tolist(), 1):
        if width < _NO_TEXT * most:
            line = within((left, top, width, height), crossing, reach)
            ends = met(line, crossing, pixels, reach)
            limits = _limits(ends, width < most, not _inside(line, crossing, reach).any())
            kept[number] = (ends > 0 or width >= most) and not _is_among_strokes(strokes_beside(ink, line), limits)
    return found.only(kept)


def _limits(ends: int, is_short: bool, is_row: bool) -> _Limits:
    if ends < _ENDS:
        return _OPEN_ENDED if is_short else _LONG_OPEN_ENDED if ends else _LOOSE
    return _OF_ROW if is_row else _OF_ROWS


def _inside(line: Line, crossing: Pixels, reach: int) -> Pixels:
    """Return what crosses a line between its ends."""
    left, top, width, height = line
    return crossing[top : top + height, left + 2 * reach : left + width - 2 * reach]


def _is_among_strokes(beside: tuple[float, float], limits: _Limits) -> bool:
    (less, more), (least, most, alone) = beside, limits
    return more >= alone or (less >= least and more >= most)
