"""Ruling lines of a page that is a picture, found by their length and straightness; and the page set straight by them."""

from collections.abc import Iterator, Sequence
from math import atan2, degrees

import cv2
import numpy as np

from extract.ocr.picture import Picture, PixelBox, Pixels
from extract.pages.lines import Segment

_LEAST_SLANT, _MOST_SLANT = 0.05, 8.0  # degrees
_ACROSS_IN, _DOWN_IN = 0.3, 0.13
"""Least length of a line: shorter than the narrowest column and the lowest row of a table."""

_CERTAIN_ACROSS_IN, _CERTAIN_DOWN_IN = 1.0, 0.35
"""Length from which a line is one wherever it ends: longer than strokes of type of 25 points, and than long dashes."""

_PIECE_IN = 0.5
"""Lines are cut into pieces of this length, so that one that is bent or a little slanted stays thin."""

_REACH_IN = 0.02
_EDGE = 0.15  # of the lower side of a box of text: so near its edges a line may pass
_THROUGH = 0.97  # of the length of a box of text: strokes are shorter
_SMOOTH_IN = 0.004
_ALONG_IN = 0.04
_BLOCK_IN = 0.2
_DARKER, _GRAINS = 12, 7
"""Grey values, and multiples of the paper's grain, by which ink is darker than the paper around it."""

_POINTS = 72


def ink_of(pixels: Pixels, dpi: float) -> Pixels:
    """Return 255 where there is ink and 0 where there is paper, whatever the light and the grain of the paper."""
    return _darker(cv2.GaussianBlur(pixels, (0, 0), _SMOOTH_IN * dpi), dpi)


def _darker(smooth: object, dpi: float) -> Pixels:
    """Return 255 where a smoothed page is darker than the paper around."""
    grey = np.asarray(smooth, dtype=np.uint8)
    light = cv2.blur(grey, (int(_BLOCK_IN * dpi) | 1,) * 2)
    # Most of a page is paper: how much its grey values differ is the grain, and ink is darker than that.
    grain = float(np.median(cv2.absdiff(light, grey)))
    return np.where(cv2.subtract(light, grey) > max(_DARKER, _GRAINS * grain), 255, 0).astype(np.uint8)


def straightened(picture: Picture) -> Picture:
    """Turn a page by the few degrees that its horizontal lines are off."""
    slant = _slant(picture)
    if not _LEAST_SLANT <= abs(slant) <= _MOST_SLANT:
        return picture
    height, width = picture.pixels.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), slant, 1)
    turned = cv2.warpAffine(picture.pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    return Picture(np.asarray(turned, dtype=np.uint8), picture.dpi)


def _slant(picture: Picture) -> float:
    """Return the middle angle of the long lines, in degrees; 0 without lines."""
    length = int(_ACROSS_IN * picture.dpi)
    marks = _lines(picture.pixels, (), picture.dpi, _ACROSS_IN / 2)
    found = cv2.HoughLinesP(marks, 1, np.pi / 1800, length, minLineLength=4 * length, maxLineGap=length // 4)
    if found is None:
        return 0.0
    angles = [degrees(atan2(int(y1) - int(y0), int(x1) - int(x0))) for x0, y0, x1, y1 in found.reshape(-1, 4)]
    return float(np.median([angle for angle in angles if abs(angle) <= _MOST_SLANT] or [0.0]))


def rulings(picture: Picture, texts: Sequence[PixelBox]) -> tuple[list[Segment], Pixels]:
    """Return the ruling lines of a straight page, in points, and a mask of the pixels they cover.

    What does not pass through one of the boxes in which text was found is a stroke there. A short vertical line counts
    where it ends on horizontal ones, a short horizontal line where it begins or ends on a vertical one.
    """
    dpi = picture.dpi
    reach = 2 * max(1, int(_REACH_IN * dpi)) + 1
    turned = [(top, left, bottom, right) for left, top, right, bottom in texts]
    across = _lines(picture.pixels, texts, dpi, _ACROSS_IN)
    down = _lines(_across(picture.pixels), turned, dpi, _DOWN_IN)
    down = _kept(down, _CERTAIN_DOWN_IN * dpi, _near(_across(across), reach), 2)
    across = _kept(across, _CERTAIN_ACROSS_IN * dpi, _near(_across(down), reach), 1)
    segments = [*_pieces(across, dpi), *(_turned(piece) for piece in _pieces(down, dpi))]
    return segments, np.asarray(cv2.bitwise_or(across, _across(down)), dtype=np.uint8)


def _lines(pixels: Pixels, texts: Sequence[PixelBox], dpi: float, least_in: float) -> Pixels:
    """Return the horizontal lines of at least some length, smoothed along their direction, strokes of text left out."""
    smooth = int(_ALONG_IN * dpi) | 1
    ink = _darker(cv2.blur(pixels, (smooth, 1)), dpi)
    # A line that jitters by a pixel is thickened before it is asked to be straight.
    ink = np.asarray(cv2.dilate(ink, np.ones((3, 1), np.uint8)), dtype=np.uint8)
    lines = _long(ink, least_in * dpi)
    for left, top, right, bottom in texts:
        edge = int(_EDGE * min(right - left, bottom - top))
        inside = lines[top + edge : bottom - edge, left:right]
        inside[inside.mean(axis=1) < _THROUGH * 255] = 0
    return _long(lines, least_in * dpi)


def _long(ink: Pixels, length: float) -> Pixels:
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, int(length)), np.uint8)), dtype=np.uint8)


def _across(pixels: Pixels) -> Pixels:
    """Turn columns into rows, so that vertical lines can be treated as horizontal ones; twice is back."""
    return np.ascontiguousarray(pixels.T)


def _near(lines: Pixels, reach: int) -> Pixels:
    return np.asarray(cv2.dilate(lines, np.ones((reach, reach), np.uint8)), dtype=np.uint8)


def _kept(lines: Pixels, certain: float, near: Pixels, ends: int) -> Pixels:
    """Keep the horizontal lines that are long, or enough ends of which lie on others; ``near`` is set around these."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    kept = np.zeros(count, dtype=np.uint8)
    for number, (left, top, width, height, _) in enumerate(boxes[1:].tolist(), 1):
        around = near[top : top + height, left : left + width]
        met = int(around[:, 0].any()) + int(around[:, -1].any())
        kept[number] = 255 if width >= certain or met >= ends else 0
    return np.asarray(kept[labels], dtype=np.uint8)


def _pieces(across: Pixels, dpi: float) -> Iterator[Segment]:
    """Yield the pieces of horizontal lines, in points; each lies in the middle of its pixels."""
    step, scale = max(1, int(_PIECE_IN * dpi)), _POINTS / dpi
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(across, connectivity=8)
    for number, (left, top, width, height, _) in enumerate(boxes[1:].tolist(), 1):
        own = labels[top : top + height, left : left + width] == number
        for start in range(0, width, step):
            rows = np.flatnonzero(own[:, start : start + step].any(axis=1))
            if rows.size:
                y = float(top + rows.mean() + 0.5) * scale
                yield Segment((left + start) * scale, y, (left + min(start + step, width)) * scale, y)


def _turned(piece: Segment) -> Segment:
    return Segment(piece.top, piece.x0, piece.bottom, piece.x1)
