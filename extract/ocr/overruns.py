"""Ruling lines cut where they are followed beyond their table's rows into the stroke of a character that stands in line.

A column's line ends at the head that spans it and its neighbours. In tables whose rows are hardly higher than their text a
stroke of that head (行, 复), two pixels from the line's end and at the same place across, looks like the line running on.
"""

import numpy as np

from extract.ocr.components import components
from extract.ocr.joints import Line, met, strokes_beside
from extract.ocr.picture import Pixels

_AMONG_STROKES = 0.2
"""Share of the piece's length along which others stand beside it: of 行 it was 0.24 and more, of ruling lines 0.13 at most."""

_OPEN = 2  # reaches of paper in line with the end of a stroke: between it and the row's edge
_NEAR, _OF_CHARACTER = 4, 0.5
"""Reaches around a stroke that are looked at, and the share of its length along which the rest of a character stands there."""


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
