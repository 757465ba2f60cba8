"""What pdfminer.six draws, collected as characters, ruling lines and picture boxes; no layout analysis."""

from collections.abc import Sequence, Set
from typing import Any

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFType3Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import MATRIX_IDENTITY, Matrix, PathSegment, Rect, apply_matrix_pt, apply_matrix_rect, mult_matrix

from extract.errors import TooBigError
from extract.limits import MAX_TEXT_CHARACTERS
from extract.pages.lines import Box
from extract.pages.text import DESCENT, Char
from extract.pdf.brush import Brush
from extract.pdf.fonts import Fonts, doubled
from extract.pdf.geometry import Point, are_apart, around, scale
from extract.pdf.ink import MAX_FORMS, UNREADABLE, Ink, clean
from extract.pdf.legible import is_legible, is_squeezed, lose
from extract.pdf.shown import is_sign

_SLANT = 0.05
_INVISIBLE_MODES = (3, 7)  # ISO 32000-1, table 106: neither fill nor stroke text
_USUAL_TYPE_PT = 9.0

_MASKS = ("SMask", "Mask", "ImageMask", "SM", "IM")
"""Entries of pictures that what lies below shines through, inline ones with their short names."""

Glyph = tuple[str, float]
"""Text and advance width of a character code, the width in units of the type size."""


class InkDevice(PDFTextDevice):
    """Collects the ink of one page after the other; take it from ``ink`` when the page has been processed."""

    def __init__(self, manager: Fonts, layers: Set[int] = frozenset()) -> None:
        """``layers``: object numbers of the layers that are not shown. While ``muted`` is more than 0, nothing is."""
        super().__init__(manager)
        self.ink, self.brush, self.layers, self.muted = Ink(), Brush(), layers, 0
        self._figures = 0
        self._origin: Point = (0.0, 0.0)
        self.to_page: Matrix = MATRIX_IDENTITY
        self._fonts = manager
        self._glyphs: dict[PDFFont, dict[int, Glyph]] = {}
        self._strings: list[tuple[Ink, range, PDFFont]] = []

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start a page: what lies outside its crop box is not printed. ``to_page`` then leads from its own space to it."""
        left, low, right, high = apply_matrix_rect(ctm, page.cropbox)
        self.ink, self.brush, self.muted = Ink(right - left, high - low), Brush(), 0
        self._figures = 0
        self._origin = (left, high)
        self.to_page = ctm

    def end_page(self, page: PDFPage) -> None:
        """End a page: its annotations are drawn afresh."""
        del page
        self.brush, self.muted = Brush(), 0

    def unread(self, box: Rect) -> None:
        """Put a character that nobody can read in the middle of a box in the page's own space."""
        x0, y0, x1, y1 = self._box(*apply_matrix_rect(self.to_page, box))
        x, y, half = (x0 + x1) / 2, (y0 + y1) / 2, min(y1 - y0, _USUAL_TYPE_PT) / 2
        self.ink.chars.append(Char(UNREADABLE, x - half / 2, y - half, x + half / 2, y + half))

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Count a form or picture. Raises ``TooBigError`` past ``MAX_FORMS``."""
        del name, bbox, matrix
        self._figures += 1
        if self._figures > MAX_FORMS:
            raise TooBigError(f"more than MAX_FORMS ({MAX_FORMS}) forms on one page")

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Keep the box of a picture."""
        del name
        assert self.ctm is not None
        if not self.muted:
            clear = any(resolve1(stream.get(mask)) for mask in _MASKS) or self.brush.alpha < 1 or self.brush.mixed
            self.ink.picture(self._box(*apply_matrix_rect(self.ctm, (0, 0, 1, 1))), covers=not clear)

    def clip(self, points: Sequence[Point]) -> None:
        """Draw nothing outside the box around some points."""
        self.brush = self.brush.within(around([self._point(point) for point in points]))

    def cut_to(self, box: Any, matrix: Any, ctm: Matrix) -> None:
        """Draw nothing outside the box of a form, which its matrix and then a page's place."""
        corners, own = _numbers(box), _numbers(matrix)
        if len(corners) != 4:
            return
        way = mult_matrix((own[0], own[1], own[2], own[3], own[4], own[5]), ctm) if len(own) == 6 else ctm
        left, low, right, high = apply_matrix_rect(way, (corners[0], corners[1], corners[2], corners[3]))
        self.brush = self.brush.within(self._box(left, low, right, high))

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Keep stroked straight lines, and filled rectangles that are thin enough to be lines."""
        del graphicstate, evenodd
        if self.muted:
            return
        self.ink.painted(len(path))
        figures = [([self._point(point) for point in figure], straight) for figure, straight in _figures(path)]
        if fill:
            tint = self.brush.tint(whole=len(figures) == 1 or are_apart(figures))
            for points, straight in figures:
                self.ink.fill(points, straight, ruling=not stroke, tint=tint)
        if stroke:
            assert self.ctm is not None
            width, tint = self.brush.width * scale(self.ctm), self.brush.line_tint()
            for points, straight in figures:
                self.ink.stroke(points, straight, width, tint)

    def shade(self) -> None:
        """Fill all within the clip with a shading."""
        if not self.muted:
            self.ink.shade(self.brush.clip, covers=self.brush.tint(whole=True).covers)

    def _point(self, point: Point) -> Point:
        assert self.ctm is not None
        x, y = apply_matrix_pt(self.ctm, point)
        return (x - self._origin[0], self._origin[1] - y)

    def _box(self, left: float, low: float, right: float, high: float) -> Box:
        return (left - self._origin[0], self._origin[1] - high, right - self._origin[0], self._origin[1] - low)

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """Place the characters of one string; the text position moves as PDF 32000-1, 9.4.4 says."""
        del ncs, graphicstate
        assert self.ctm is not None
        assert textstate.font is not None
        before = len(self.ink.chars)
        matrix, turn = _straightened(mult_matrix(textstate.matrix, self.ctm))
        place = self._place_down if textstate.font.is_vertical() else self._place_across
        textstate.linematrix = place(textstate, seq, matrix)
        added = len(self.ink.chars) - before
        if turn is None or self.muted:
            if not self.muted:
                self.ink.lean(self.ink.chars[before:])
            del self.ink.chars[before:]
        else:
            # A negative size or scale writes backwards: the letters stand on their heads.
            self.ink.lie(before, turn if textstate.fontsize * textstate.scaling >= 0 else (turn + 2) % 4)
            self._painted(textstate, before)
            self._strings.append((self.ink, range(before, before + added), textstate.font))
            if not is_legible(textstate, matrix):
                lose(self.ink.chars, range(before, before + added), is_sign)
        if before + added > MAX_TEXT_CHARACTERS:
            raise TooBigError(f"more than MAX_TEXT_CHARACTERS ({MAX_TEXT_CHARACTERS}) on one page")

    def _painted(self, state: PDFTextState, start: int) -> None:
        """Note how the characters from a place on were painted."""
        if state.render in _INVISIBLE_MODES:
            self.ink.hide(start)
        self.ink.run(start, *self.brush.of_text(state.render), self.brush.clip)

    def _place_across(self, state: PDFTextState, seq: PDFTextSeq, matrix: Matrix) -> Point:
        font = state.font
        assert font is not None
        a, b, c, d, e, f = matrix
        e, f = e - self._origin[0], self._origin[1] - f
        x, y = state.linematrix
        scaling = state.scaling * 0.01
        # Letters are never printed mirrored: where the matrix mirrors, the glyphs of a drawn font are drawn upside down.
        low, high = _extent(font, state.fontsize if a * d >= b * c else -state.fontsize, y + state.rise)
        low_x, low_y, high_x, high_y = c * low + e, f - d * low, c * high + e, f - d * high
        width_unit, kern_unit = state.fontsize * scaling, -0.001 * state.fontsize * scaling
        char_space = state.charspace * scaling
        word_space = 0 if font.is_multibyte() else state.wordspace * scaling
        glyphs, chars = self._glyphs.setdefault(font, {}), self.ink.chars
        for item in seq:
            if isinstance(item, (int, float)):
                x += item * kern_unit
                continue
            for cid in font.decode(item):
                text, width = glyphs.get(cid) or self._glyph(font, cid)
                end = x + width * width_unit
                chars.append(_char(text, a * x + low_x, low_y - b * x, a * end + high_x, high_y - b * end))
                x = end + char_space + (word_space if cid == 32 else 0)
        return (x, y)

    def _place_down(self, state: PDFTextState, seq: PDFTextSeq, matrix: Matrix) -> Point:
        font, size = state.font, state.fontsize
        assert font is not None
        x, y = state.linematrix
        for item in seq:
            if isinstance(item, (int, float)):
                y -= item * 0.001 * size
                continue
            for cid in font.decode(item):
                text, width = self._glyph(font, cid)
                left, top = _vertical_origin(font, cid, size)
                left, top = x - left, y + state.rise + top
                start = self._in_page(matrix, (left, top + width * size))
                end = self._in_page(matrix, (left + size, top))
                self.ink.chars.append(_char(text, *start, *end))
                y += width * size + state.charspace + (state.wordspace if cid == 32 else 0)
        return (x, y)

    def _in_page(self, matrix: Matrix, point: Point) -> Point:
        x, y = apply_matrix_pt(matrix, point)
        return (x - self._origin[0], self._origin[1] - y)

    def _glyph(self, font: PDFFont, cid: int) -> Glyph:
        try:
            text = clean(font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            text = UNREADABLE
        width = font.char_width(cid)
        if self._fonts.is_doubtful(font, cid, text) or is_squeezed(font, text, width):
            text = UNREADABLE
        glyph = self._glyphs.setdefault(font, {})[cid] = (text, width)
        return glyph

    def doubt_doubled(self) -> None:
        """Make unreadable, on all pages, the figures that a font prints by two codes."""
        texts = {font: doubled(font, (text for text, _ in glyphs.values())) for font, glyphs in self._glyphs.items()}
        for ink, places, font in self._strings if any(texts.values()) else ():
            lose(ink.chars, places, texts[font].__contains__)


def _figures(path: Sequence[PathSegment]) -> list[tuple[list[Point], list[bool]]]:
    """Split a path into figures: their corner points, and which of the steps between them are straight."""
    figures: list[tuple[list[Point], list[bool]]] = []
    for step in path:
        if step[0] == "h" and not figures:
            continue
        if step[0] == "m" or not figures:
            figures.append(([_last_point(step)], []))
            continue
        points, straight = figures[-1]
        points.append(points[0] if step[0] == "h" else _last_point(step))
        straight.append(step[0] in "lh")
    return figures


def _numbers(values: Any) -> list[float]:
    found = [resolve1(value) for value in resolve1(values) or ()]
    return [float(value) for value in found if isinstance(value, (int, float))]


def _last_point(step: PathSegment) -> Point:
    numbers = [float(number) for number in step[1:]]
    return (numbers[-2], numbers[-1])


def _straightened(matrix: Matrix) -> tuple[Matrix, int | None]:
    """Return a text matrix without italic shear, and its quarter turns; ``None`` for text at another angle."""
    a, b, c, d, e, f = matrix
    if abs(b) <= _SLANT * abs(a):
        return (a, 0.0, 0.0, d, e, f), 0 if a > 0 else 2
    if abs(a) <= _SLANT * abs(b):
        return (0.0, b, c, 0.0, e, f), 1 if b > 0 else 3
    return matrix, None


def _extent(font: PDFFont, size: float, baseline: float) -> tuple[float, float]:
    """Return the heights between which a character box lies: the same share of the type size in every font."""
    if isinstance(font, PDFType3Font):
        size *= _em(font)
    return baseline - DESCENT * size, baseline + (1 - DESCENT) * size


def _em(font: PDFType3Font) -> float:
    """Return the type size of a font of drawn glyphs in units of its nominal one.

    Its matrix may turn the glyphs upside down for the text they are drawn in (Chromium): that says how they are stored.
    """
    em = abs(font.vscale) * 1000
    if not 0.2 < em < 5:
        widths = [width for width in font.widths.values() if isinstance(width, (int, float))]
        em = max(widths, default=0) * abs(font.hscale) or 1.0
    return em


def _vertical_origin(font: PDFFont, cid: int, size: float) -> Point:
    shift = font.char_disp(cid)
    across, down = shift if isinstance(shift, tuple) else (None, 880.0)
    return (size * 0.5 if across is None else across * size * 0.001, (1000 - down) * size * 0.001)


def _char(text: str, x0: float, y0: float, x1: float, y1: float) -> Char:
    if x0 > x1:
        x0, x1 = x1, x0
    if y0 > y1:
        y0, y1 = y1, y0
    return Char(text, x0, y0, x1, y1)
