"""Ruling lines of a page that is a picture, found by their length and straightness; and the page set straight by them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import atan2, degrees

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.bridges import bridged
from extract.ocr.components import components
from extract.ocr.dashes import dashed
from extract.ocr.joints import is_of_text, met, within
from extract.ocr.overruns import apart_from, cut_at_heads, without_strokes
from extract.ocr.picture import Picture, Pixels, coloured, percentile
from extract.ocr.slant import slant_of_text
from extract.pages.rules import Segment

_LEAST_SLANT, _MOST_SLANT = 0.05, 8.0  # degrees
_ACROSS_IN, _DOWN_IN = 0.3, 0.13
"""Least length of a line: shorter than the narrowest column and the lowest row of a table."""

_CERTAIN_ACROSS_IN, _CERTAIN_DOWN_IN = 1.0, 0.35
"""Length from which a line is one wherever it ends: longer than strokes of type of 25 points, and than long dashes."""

_SLANT_DPI = 120
"""Resolution at which the turn of a page is measured: its lines are long enough to tell a twentieth of a degree."""

_LONG_IN = 1.2  # lines that tell how a page is turned
_NEVER = 3
_PIECE_IN = 0.5
"""Lines are cut into pieces of this length, so that one that is bent or a little slanted stays thin."""

_REACH_IN = 0.02
_SOLID, _FAINTER, _FAINT = 0.85, 2, 0.18
"""Least share of ink along a line, by a limit of darkness (multiples of the grain) that faint lines pass: a row of
characters, smoothed, is a line too, but half of it is paper."""

_NO_TEXT = 2  # certain lengths from which no line is one of strokes

_SMOOTH_IN = 0.004
_ALONG_IN, _ALONG_A_GRAIN_IN = 0.04, 0.006
_BLOCK_IN = 0.2
_DARKER, _GRAINS = 12, 7
"""Grey values, and multiples of the paper's grain, by which ink is darker than the paper around it."""

_EVEN, _THIN_IN = 4, 0.02
"""Grain up to which paper is taken from beside a line, and half the height of what counts as one there."""

_INK, _TRACE, _GRAINS_OF_TRACES = 0.4, 0.2, 5
_STROKES = 75  # percentile of the darkness of ink

_POINTS = 72


@dataclass(frozen=True, slots=True)
class _Page:
    """Grey values with dashed lines filled, ink, and how far from its end a line may meet another."""

    pixels: Pixels
    ink: Pixels
    reach: int

    def across(self) -> "_Page":
        return _Page(_across(self.pixels), _across(self.ink), self.reach)


def ink_of(pixels: Pixels, dpi: float) -> Pixels:
    """Return 255 where there is ink and 0 where there is paper, whatever the light and the grain of the paper.

    The blur around a stroke is paper, or digits would grow together: ink has a share of the usual darkness of strokes.
    """
    return _ink(*_darkness(_smooth(pixels, dpi), dpi), _GRAINS, _INK)


def ink_and_traces(pixels: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """Return what ``ink_of`` does, and 255 also where there may be ink: what is so faint is not read, but no paper either."""
    darkness, grain = _darkness(_smooth(pixels, dpi), dpi)
    return _ink(darkness, grain, _GRAINS, _INK), _ink(darkness, grain, _GRAINS_OF_TRACES, _TRACE)


def _smooth(pixels: Pixels, dpi: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), _SMOOTH_IN * dpi), dtype=np.uint8)


def _ink(darkness: Pixels, grain: float, grains: float, share: float) -> Pixels:
    least = max(_DARKER, grains * grain)
    return _above(darkness, max(least, share * _usual(darkness, least)))


def _usual(darkness: Pixels, least: float) -> float:
    return percentile(darkness, _STROKES, above=least)


def _above(values: object, least: float) -> Pixels:
    """Return 255 where values exceed a limit and 0 elsewhere."""
    return np.asarray(cv2.threshold(np.asarray(values, dtype=np.uint8), least, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _darkness(smooth: object, dpi: float) -> tuple[Pixels, float]:
    """Return by how much a smoothed page is darker than the paper around, and the grain of the paper."""
    grey = np.asarray(smooth, dtype=np.uint8)
    block = (int(_BLOCK_IN * dpi) | 1,) * 2
    middle = cv2.blur(grey, block)
    # Most of a page is paper: how much its grey values differ is the grain, and ink is darker than that.
    grain = percentile(cv2.absdiff(middle, grey), 50)
    # Where text stands close, the middle is darker than paper; ink left out, it is not.
    light = cv2.blur(np.maximum(grey, middle), block)
    return np.asarray(cv2.subtract(light, grey), dtype=np.uint8), grain


def straightened(picture: Picture) -> Picture:
    """Turn a page by the few degrees that its horizontal lines are off, or without any its text."""
    slant = _slant(picture)
    if slant is None:
        slant = slant_of_text(ink_of(picture.black, picture.dpi), picture.dpi)
    if not _LEAST_SLANT <= abs(slant) <= _MOST_SLANT:
        return picture
    return picture.with_each(partial(_turned_by, angle=slant))


def _turned_by(pixels: Pixels, angle: float) -> Pixels:
    height, width = pixels.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    turned = cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    return np.asarray(turned, dtype=np.uint8)


def _slant(picture: Picture) -> float | None:
    """Return the middle angle of the long lines, in degrees; nothing without lines."""
    scale = min(1.0, _SLANT_DPI / picture.dpi)
    small = cv2.resize(picture.black, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dpi = scale * picture.dpi
    lines = _lines(np.asarray(small, dtype=np.uint8), dpi, _ACROSS_IN / 2)
    labels, boxes = components(lines)
    least = _LONG_IN * dpi
    angles = [
        _angle(labels[top : top + height, left : left + width] == number)
        for number, (left, top, width, height, _) in enumerate(boxes.tolist())
        if number and width >= least
    ]
    slight = [angle for angle in angles if abs(angle) <= _MOST_SLANT]
    return float(np.median(slight)) if slight else None


def _angle(line: NDArray[np.bool_]) -> float:
    """Return the angle of a line by the middles of its pixels in its first and its last quarter."""
    quarter = line.shape[1] // 4
    (first, x0), (last, x1) = (
        (float(rows.mean()), float(columns.mean()))
        for rows, columns in (np.nonzero(line[:, :quarter]), np.nonzero(line[:, -quarter:]))
    )
    return degrees(atan2(last - first, x1 + line.shape[1] - quarter - x0))


def rulings(picture: Picture) -> tuple[list[Segment], Pixels]:
    """Return the ruling lines of a straight page, in points, and a mask of the pixels they cover.

    A short vertical line counts where it ends on long horizontal ones, a short horizontal line where it begins or ends on
    a vertical one; neither is crossed by strokes. Lines that together are no larger than a character are its strokes.
    """
    dpi, ink = picture.dpi, ink_of(picture.black, picture.dpi)
    level, upright = dashed(ink, dpi)
    colour = coloured(picture)
    rows, columns = bridged(picture.black, colour, dpi), bridged(_across(picture.black), _across(colour), dpi)
    across = np.maximum(_lines(rows, dpi, _ACROSS_IN), level)
    down = np.maximum(_lines(columns, dpi, _DOWN_IN), _across(upright))
    # Strokes of characters meet each other too: only long lines vouch for short ones.
    page = _Page(np.minimum(picture.black, 255 - np.maximum(level, upright)), ink, max(1, int(_REACH_IN * dpi)))
    sides = _kept(across, _CERTAIN_ACROSS_IN * dpi, across, _NEVER, page)
    down = _kept(down, _CERTAIN_DOWN_IN * dpi, _across(sides), 2, page.across())
    crossed, beside = _across(sides), apart_from(_across(ink), _across(sides))
    for mended in (cut_at_heads, without_strokes):
        down = mended(down, crossed, _across(page.pixels), beside, _CERTAIN_DOWN_IN * dpi, page.reach)
    across = _kept(across, _CERTAIN_ACROSS_IN * dpi, _across(down), 1, page)
    large = _large(np.asarray(cv2.bitwise_or(across, _across(down)), dtype=np.uint8), _CERTAIN_ACROSS_IN * dpi)
    across, down = np.minimum(across, large), np.minimum(down, _across(large))
    segments = [*_pieces(across, dpi), *(_turned(piece) for piece in _pieces(down, dpi))]
    return segments, large


def _large(lines: Pixels, least: float) -> Pixels:
    """Leave out lines that cross only others near them: strokes of large type."""
    found = components(np.asarray(cv2.dilate(lines, np.ones((3, 3), np.uint8)), dtype=np.uint8))
    return np.minimum(found.only(found.longest >= least), lines)


def _lines(pixels: Pixels, dpi: float, least_in: float) -> Pixels:
    """Return the horizontal lines of at least some length, smoothed along their direction as the paper's grain demands."""
    grain = percentile(cv2.absdiff(cv2.blur(pixels, (int(_BLOCK_IN * dpi) | 1,) * 2), pixels), 50)
    smooth, length = int(min(_ALONG_IN, _ALONG_A_GRAIN_IN * grain) * dpi) | 1, int(least_in * dpi)
    paper = _beside(pixels, dpi) if grain <= _EVEN else np.zeros_like(pixels)
    # A line that jitters by a pixel is thickened before it is asked to be straight.
    lines = _long(_thick(_above(*_of_lines(cv2.blur(pixels, (smooth, 1)), paper, dpi, _GRAINS))), length)
    darkness, least = _of_lines(_smooth(pixels, dpi), paper, dpi, _FAINTER)
    faint = _above(darkness, max(least, _FAINT * _usual(darkness, least)))
    solid = _above(cv2.blur(_thick(faint), (length, 1)), _SOLID * 255)
    return _long(np.minimum(lines, cv2.dilate(solid, np.ones((1, length), np.uint8))), length)


def _beside(pixels: Pixels, dpi: float) -> Pixels:
    """Return the paper above and below thin horizontal lines: text near them makes all that is around darker."""
    high = 2 * round(_THIN_IN * dpi) + 1
    return np.asarray(cv2.morphologyEx(pixels, cv2.MORPH_CLOSE, np.ones((high, 1), np.uint8)), dtype=np.uint8)


def _of_lines(smooth: object, paper: Pixels, dpi: float, grains: float) -> tuple[Pixels, float]:
    """Return darkness as ``_darkness`` does, that of thin lines as seen from the paper beside them, and what is not grain."""
    darkness, grain = _darkness(smooth, dpi)
    thin = cv2.subtract(paper, np.asarray(smooth, dtype=np.uint8))
    return np.maximum(darkness, np.asarray(thin, dtype=np.uint8)), max(_DARKER, grains * grain)


def _thick(ink: Pixels) -> Pixels:
    return np.asarray(cv2.dilate(ink, np.ones((3, 1), np.uint8)), dtype=np.uint8)


def _long(ink: Pixels, length: float) -> Pixels:
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, int(length)), np.uint8)), dtype=np.uint8)


def _across(pixels: Pixels) -> Pixels:
    """Turn columns into rows, so that vertical lines can be treated as horizontal ones; twice is back."""
    return np.asarray(cv2.transpose(pixels), dtype=np.uint8)


def _kept(lines: Pixels, certain: float, crossing: Pixels, ends: int, page: _Page) -> Pixels:
    """Keep the horizontal lines that are long, or enough ends of which run on to vertical ones."""
    found = components(lines)
    kept = np.zeros(len(found.boxes), dtype=np.bool_)
    for number, (left, top, width, height, _) in enumerate(found.boxes[1:].tolist(), 1):
        line = (left, top, width, height)
        ended = (
            0
            if width >= _NO_TEXT * certain
            else met(within(line, crossing, page.reach), crossing, page.pixels, page.reach)
        )
        is_long = width >= certain or ended >= ends
        kept[number] = is_long and (width >= _NO_TEXT * certain or not is_of_text(page.ink, line, ended))
    return found.only(kept)


def _pieces(across: Pixels, dpi: float) -> Iterator[Segment]:
    """Yield the pieces of horizontal lines, in points; each lies in the middle of its pixels."""
    step, scale = max(1, int(_PIECE_IN * dpi)), _POINTS / dpi
    labels, boxes = components(across)
    for number, (left, top, width, height, _) in enumerate(boxes[1:].tolist(), 1):
        own = labels[top : top + height, left : left + width] == number
        for start in range(0, width, step):
            rows = np.flatnonzero(own[:, start : start + step].any(axis=1))
            if rows.size:
                y = float(top + rows.mean() + 0.5) * scale
                yield Segment((left + start) * scale, y, (left + min(start + step, width)) * scale, y)


def _turned(piece: Segment) -> Segment:
    return Segment(piece.top, piece.x0, piece.bottom, piece.x1)
