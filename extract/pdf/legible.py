"""Figures of a PDF that are printed so that nobody can make them out."""

from collections.abc import Callable, Iterable
from math import hypot

from pdfminer.pdffont import PDFFont, PDFType3Font
from pdfminer.pdfinterp import PDFTextState
from pdfminer.utils import Matrix

from extract.pages.text import Char
from extract.pdf.ink import UNREADABLE

TINY_PT = 2.0
"""Nothing that is meant to be read is smaller than four points."""

THIN = 0.33
"""Width of a square character, of its height, at which figures become strokes."""


_NARROWEST = 0.15
"""Width of a figure, of its type size, below which the next one lies on it; the narrowest fonts have 0.25."""


def is_legible(state: PDFTextState, matrix: Matrix) -> bool:
    """Tell whether figures can be made out in a text: not mirrored, tiny or squeezed. Drawn fonts bring sizes and a way to
    rise of their own."""
    if isinstance(state.font, PDFType3Font):
        return True
    a, b, c, d, _, _ = matrix
    high = hypot(c, d) * abs(state.fontsize)
    wide = hypot(a, b) * abs(state.fontsize) * state.scaling * 0.01
    return (a * d - b * c) * state.scaling > 0 and high >= TINY_PT and abs(wide) > high * THIN


def is_squeezed(font: PDFFont, text: str, width: float) -> bool:
    """Tell whether the figures of a code have no room beside each other: more than one in it, or next to no width."""
    if not any(map(str.isdecimal, text)):
        return False
    return len(text) > 1 or (abs(width) < _NARROWEST and not isinstance(font, PDFType3Font))


def lose(chars: list[Char], places: Iterable[int], is_lost: Callable[[str], bool]) -> None:
    """Make some characters, by their text, unreadable."""
    for place in places:
        if is_lost(chars[place].text):
            chars[place] = chars[place]._replace(text=UNREADABLE)
