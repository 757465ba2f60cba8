"""The characters of a page as PDFium finds them, each in the box that every engine gives it."""

import ctypes
from collections.abc import Callable
from functools import lru_cache
from math import copysign
from typing import Any

import pypdfium2.raw as api
from pdfminer.utils import Matrix, Rect, apply_matrix_pt, apply_matrix_rect, mult_matrix

from extract.errors import TooBigError
from extract.limits import MAX_TEXT_CHARACTERS
from extract.pages.text import DESCENT, Char
from extract.pdf.ink import UNREADABLE, Ink, clean
from extract.pdf.pdfium.calls import Address, address, function
from extract.pdf.shown import is_sign

_CHARACTER = "address number"
_SLANT = 0.05
_EQUAL = 0.001
_SPACES = frozenset(map(ord, "\t\n\r "))
_HYPHENS = frozenset((0x2, 0xFFFE))
"""What PDFium makes of a hyphen at the end of a line."""

_UNMAPPED = (UNREADABLE, is_sign(UNREADABLE))
_Place = tuple[int | None, float, float]
"""Quarter turns of a line of text (``None``: slanted) and the edges, across its direction, of its character boxes."""


Signs = list[tuple[int, Address]]
"""Places, among the characters of a page, of the signs of numbers, and the text objects they are part of."""


def add_text(page: Any, to_ink: Matrix, ink: Ink) -> Signs:
    """Add the characters of an open text page, and return which are signs of numbers. ``to_ink`` leads from its space to
    points from the top left corner.

    Raises ``TooBigError`` past ``MAX_TEXT_CHARACTERS``.
    """
    count = api.FPDFText_CountChars(page)
    if count > MAX_TEXT_CHARACTERS:
        raise TooBigError(f"more than MAX_TEXT_CHARACTERS ({MAX_TEXT_CHARACTERS}) on one page")
    text = address(page)
    lines, signs = _Lines(text, to_ink), []
    code_of, is_generated, is_unmapped, object_of, get_box = _functions()
    loose = api.FS_RECTF()
    to_loose = ctypes.byref(loose)
    for index in range(count):
        code = code_of(text, index)
        if code in _SPACES and is_generated(text, index) == 1:
            continue
        get_box(text, index, to_loose)
        box = (loose.left, loose.bottom, loose.right, loose.top)
        turn, start, end = lines.place(index, box)
        # Of a glyph without a meaning PDFium gives the number in its font, which may look like any character.
        sign, is_of_number = _UNMAPPED if is_unmapped(text, index) else _meaning(code)
        if turn is None:
            ink.lean([Char(sign, *apply_matrix_rect(to_ink, box))])
            continue
        if is_of_number:
            signs.append((len(ink.chars), object_of(text, index)))
        ink.chars.append(_char(sign, box, to_ink, turn % 2 == 1, start, end))
        ink.lie(len(ink.chars) - 1, turn)
    return signs


@lru_cache(maxsize=16_384)
def _meaning(code: int) -> tuple[str, bool]:
    """Return the character of a code, and whether it can be part of a number."""
    sign = "-" if code in _HYPHENS else clean(chr(code))
    return sign, is_sign(sign)


def _functions() -> tuple[Callable[..., int], ...]:
    """Return the functions that are asked for each character: its code, whether it is none of the text's own, whether its
    meaning is unknown, its text object, its box."""
    return (
        function("FPDFText_GetUnicode", _CHARACTER),
        function("FPDFText_IsGenerated", _CHARACTER),
        function("FPDFText_HasUnicodeMapError", _CHARACTER),
        function("FPDFText_GetTextObject", _CHARACTER, "address"),
        function("FPDFText_GetLooseCharBox", f"{_CHARACTER} place"),
    )


def _char(text: str, box: Rect, to_ink: Matrix, upright: bool, start: float, end: float) -> Char:
    a, b, c, d, e, f = to_ink
    left, low, right, high = box
    # PDFium does not scale the boxes of fonts written downwards: they are squares, and of any size.
    square = abs((right - left) - (high - low)) <= _EQUAL * (high - low)
    length = end - start if square else None
    if upright:
        y0, y1 = _along(b * left + d * low + f, b * right + d * high + f, length)
        return Char(text, start, y0, end, y1)
    x0, x1 = _along(a * left + c * low + e, a * right + c * high + e, length)
    return Char(text, x0, start, x1, end)


def _along(first: float, last: float, length: float | None) -> tuple[float, float]:
    """Return the edges of a character box along its line, in order."""
    if length is not None:
        last = first + (length if last > first else -length)
    return (first, last) if first < last else (last, first)


class _Lines:
    """Places of the lines of text. Asking PDFium for each character takes twice the time of all the rest."""

    def __init__(self, text: Address, to_ink: Matrix) -> None:
        self._text, self._to_ink = text, to_ink
        self._object_of = function("FPDFText_GetTextObject", _CHARACTER, "address")
        self._x, self._y, self._matrix = ctypes.c_double(), ctypes.c_double(), api.FS_MATRIX()
        self._heights = (0.0, 0.0)
        self._object, self._low, self._reach = 0, 0.0, -1.0
        self._place: _Place = (None, 0.0, 0.0)

    def place(self, index: int, box: Rect) -> _Place:
        """Return the place of the line that a character with this loose box stands on.

        Between the same two heights, or as part of one text object near its first character's height (text written
        downwards is one object too), it is the line of the character before.
        """
        heights = (box[1], box[3])
        if heights != self._heights:
            self._heights = heights
            drawn = self._object_of(self._text, index)
            if drawn != self._object or abs(box[1] - self._low) > self._reach:
                self._place = self._line(index)
                self._object, self._low, self._reach = drawn, box[1], (self._place[2] - self._place[1]) / 2
        return self._place

    def _line(self, index: int) -> _Place:
        """Return how a character's line lies: the boxes are built on its baseline as for every other engine.

        Letters rise to the left of their reading direction, whatever the matrix says: they are never printed mirrored.
        """
        x, y, m = self._x, self._y, self._matrix
        function("FPDFText_GetCharOrigin", f"{_CHARACTER} place place")(
            self._text, index, ctypes.byref(x), ctypes.byref(y)
        )
        function("FPDFText_GetMatrix", f"{_CHARACTER} place")(self._text, index, ctypes.byref(m))
        size = function("FPDFText_GetFontSize", _CHARACTER, "size")(self._text, index)
        # A negative size turns the letters on their heads, as a matrix does.
        way, size = copysign(1, size), abs(size)
        a, b, c, d, _, _ = mult_matrix((m.a * way, m.b * way, m.c * way, m.d * way, 0, 0), self._to_ink)
        left, top = apply_matrix_pt(self._to_ink, (x.value, y.value))
        if abs(b) <= _SLANT * abs(a):
            return (0 if a > 0 else 2, *_across(top, -copysign(d * size, a)))
        if abs(a) <= _SLANT * abs(b):
            return (1 if b < 0 else 3, *_across(left, copysign(c * size, b)))
        return None, 0.0, 0.0


def _across(baseline: float, up: float) -> tuple[float, float]:
    """Return the edges of character boxes; ``up`` is the type size with the sign of the way the letters rise."""
    bottom, top = baseline - DESCENT * up, baseline + (1 - DESCENT) * up
    return min(bottom, top), max(bottom, top)
