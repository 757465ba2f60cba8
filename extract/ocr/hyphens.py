"""Hyphens that stand for nothing: lone short level strokes that the network takes for a dash.

It does so with little certainty where type is small: a hyphen of 7 points is five pixels long and three high. Dirt can look
like one, but not many times over.
"""

from collections.abc import Sequence

import numpy as np

from extract.ocr.marks import InkLine, Mark
from extract.ocr.network import Sign
from extract.ocr.shapes import FULL

_DASHES = frozenset("-–—−－一_")
_LONG, _FLAT, _LOW = 0.25, 0.45, 0.2
"""Least length of a hyphen in digits, its greatest height as a share of its length and in digits: that of common type is a
third of a digit long."""

_STOUT_FLAT, _STOUT_LOW = 0.62, 0.25  # of one that is read with certainty, or is one of many
_MANY, _UNLIKE = 8, 1  # alike, and pixels by which they differ
_CERTAIN = 0.8


def hyphens(lines: Sequence[InkLine], read: Sequence[Sequence[Sign]], digits: Sequence[float]) -> set[int]:
    """Return the numbers of the lines that are a hyphen; ``digits`` are the heights of the digits around each."""
    dashes = {
        number: line.marks[0]
        for number, (line, signs) in enumerate(zip(lines, read, strict=True))
        if len(line.marks) == 1 and len(signs) == 1 and signs[0].text in _DASHES
    }
    stout = [number for number, mark in dashes.items() if _is_stroke(mark, digits[number], _STOUT_FLAT, _STOUT_LOW)]
    many = _alike([dashes[number] for number in stout])
    return {
        number
        for number in stout
        if _is_stroke(dashes[number], digits[number], _FLAT, _LOW)
        or read[number][0].score >= _CERTAIN
        or dashes[number] in many
    }


def _is_stroke(mark: Mark, digit: float, flat: float, low: float) -> bool:
    is_low = mark.height <= min(flat * mark.width, low * digit)
    return is_low and mark.width >= _LONG * digit and mark.area >= FULL * mark.width * mark.height


def _alike(marks: Sequence[Mark]) -> set[Mark]:
    """Return the marks of the usual size, where there are many of them."""
    if len(marks) < _MANY:
        return set()
    width, height = (float(np.median(sizes)) for sizes in zip(*((m.width, m.height) for m in marks), strict=True))
    usual = [mark for mark in marks if max(abs(mark.width - width), abs(mark.height - height)) <= _UNLIKE]
    return set(usual) if len(usual) >= _MANY else set()
