"""What pdfminer.six draws, collected as characters, ruling lines and picture boxes; no layout analysis."""

import zlib
from collections.abc import Callable, Sequence
from functools import cache

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFType3Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, stream_value
from pdfminer.utils import MATRIX_IDENTITY, Matrix, PathSegment, Rect, apply_matrix_pt, apply_matrix_rect, mult_matrix

from extract.errors import CorruptError, TooBigError
from extract.limits import MAX_DOCUMENT_BYTES, MAX_TEXT_CHARACTERS
from extract.pages.lines import Box
from extract.pages.text import DESCENT, Char
from extract.pdf.ink import MAX_FORMS, UNREADABLE, Ink, Point, clean
from extract.pdf.tokens import operations

_SLANT = 0.05
_INVISIBLE_MODE = 3
_CHECKSUM_BYTES = 4
_USUAL_TYPE_PT = 9.0

_DRAWING = "q Q cm m l c v y h re S s f F f* B B* b b* n BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ ' \" Do EI"
"""Operators that place marks; the others set colours, patterns, marked content."""

Glyph = tuple[str, float]
"""Text and advance width of a character code, the width in units of the type size."""


class Interpreter(PDFPageInterpreter):
    """The page interpreter, which refuses damaged content instead of drawing what is left of it."""

    def execute(self, streams: Sequence[object]) -> None:
        """Draw content streams. Raises ``CorruptError`` for damage, ``TooBigError`` for a bomb."""
        whole = [stream_value(stream) for stream in streams]
        for stream in whole:
            _check_whole(stream)
        self.stream_ids.clear()
        # A form that draws itself, at whatever depth, is drawn once.
        parts = [stream for stream in whole if stream.objid not in {None, *self.parent_stream_ids}]
        self.stream_ids.update(stream.objid for stream in parts if stream.objid is not None)
        drawn = _operators()
        for name, operands in operations(b"\n".join(stream.get_data() for stream in parts)):
            operator = drawn.get(name)
            if operator is not None and len(operands) >= operator[1]:
                operator[0](self, *operands[len(operands) - operator[1] :])


@cache
def _operators() -> dict[bytes, tuple[Callable[..., None], int]]:
    """Return the operators that draw or move, each with the interpreter's method and its number of operands."""
    found: dict[bytes, tuple[Callable[..., None], int]] = {}
    for name in _DRAWING.split():
        method = getattr(PDFPageInterpreter, "do_" + name.replace("*", "_a").replace("'", "_q").replace('"', "_w"))
        found[name.encode("ascii")] = (method, method.__code__.co_argcount - 1)
    return found


def _check_whole(stream: PDFStream) -> None:
    # pdfminer reads damaged streams as far as they go, or as empty: a table would lose its rows without a word.
    raw = stream.get_rawdata()
    filters = stream.get_filters()
    if not raw or not filters or filters[0][0] not in LITERALS_FLATE_DECODE:
        return
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        raw = stream.decipher(stream.objid, stream.genno, raw, stream.attrs)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        plain = inflater.decompress(raw[2:], MAX_DOCUMENT_BYTES)
    except zlib.error as error:
        raise CorruptError("a content stream is damaged") from error
    if inflater.unconsumed_tail:
        raise TooBigError(f"a content stream unpacks to more than MAX_DOCUMENT_BYTES ({MAX_DOCUMENT_BYTES})")
    checksum = inflater.unused_data[:_CHECKSUM_BYTES]
    if not inflater.eof or (len(checksum) == _CHECKSUM_BYTES and int.from_bytes(checksum) != zlib.adler32(plain)):
        raise CorruptError("a content stream is cut short or fails its checksum")


class InkDevice(PDFTextDevice):
    """Collects the ink of one page after the other; take it from ``ink`` when the page has been processed."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.ink = Ink()
        self._figures = 0
        self._origin: Point = (0.0, 0.0)
        self.to_page: Matrix = MATRIX_IDENTITY
        self._glyphs: dict[PDFFont, dict[int, Glyph]] = {}

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start a page: what lies outside its crop box is not printed. ``to_page`` then leads from its own space to it."""
        left, low, right, high = apply_matrix_rect(ctm, page.cropbox)
        self.ink = Ink(right - left, high - low)
        self._figures = 0
        self._origin = (left, high)
        self.to_page = ctm

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
        del name, stream
        assert self.ctm is not None
        self.ink.picture(self._box(*apply_matrix_rect(self.ctm, (0, 0, 1, 1))))

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
        self.ink.painted(len(path))
        for figure, straight in _figures(path):
            points = [self._point(point) for point in figure]
            if stroke:
                self.ink.stroke(points, straight)
            elif fill:
                self.ink.fill(points, straight)

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
        if turn is None:
            del self.ink.chars[before:]
            self.ink.slanted += added
        else:
            self.ink.turns[turn] += added
            if textstate.render == _INVISIBLE_MODE:
                self.ink.hide(before)
        if before + added > MAX_TEXT_CHARACTERS:
            raise TooBigError(f"more than MAX_TEXT_CHARACTERS ({MAX_TEXT_CHARACTERS}) on one page")

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
        glyph = self._glyphs.setdefault(font, {})[cid] = (text, font.char_width(cid))
        return glyph


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
