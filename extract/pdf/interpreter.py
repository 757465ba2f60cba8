"""The interpreter of pages: pdfminer.six's, which refuses damaged content, and which knows what can be seen."""

import zlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, resolve1, stream_value
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import Matrix

from extract.errors import CorruptError, TooBigError
from extract.limits import MAX_DOCUMENT_BYTES
from extract.pdf.brush import CMYK, GREY, RGB, Brush, graphics_state
from extract.pdf.device import InkDevice
from extract.pdf.layers import is_hidden
from extract.pdf.tokens import operations

_CHECKSUM_BYTES = 4
_LINE_END_BYTES = 2  # in front of "endstream"; some count it, some do not

_DRAWING = "q Q cm m l c v y h re S s f F f* B B* b b* n BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ ' \" EI"
"""Operators that place marks and take a fixed number of operands, as pdfminer has them."""

_EXACT = frozenset(b"cm m l c v y re Td TD Tm Tj TJ".split())
"""Operators that place what is printed: one operand too many is a number broken in two."""

_OTHERS = frozenset(b"J j M d ri i d0 d1 MP DP BX EX".split())
"""Operators that change nothing of what is asked for here."""

_SPACES = {b"g": GREY, b"rg": RGB, b"k": CMYK, b"G": GREY, b"RG": RGB, b"K": CMYK}


class _Unasked(PDFGraphicState):
    """pdfminer's graphics state, which nobody asks here: the brush has what is needed. It would be copied for each string."""

    def copy(self) -> PDFGraphicState:
        """Return the same state."""
        return self


class Interpreter(PDFPageInterpreter):
    """The page interpreter, which refuses damaged content instead of drawing what is left of it."""

    def __init__(self, manager: PDFResourceManager, device: InkDevice) -> None:
        super().__init__(manager, device)
        self._ink = device
        self._brushes: list[Brush] = []
        self._marks: list[bool] = []

    def execute(self, streams: Sequence[object]) -> None:
        """Draw content streams. Raises ``CorruptError`` for damage, ``TooBigError`` for a bomb."""
        whole = [stream_value(stream) for stream in streams]
        for stream in whole:
            _check_whole(stream)
        self.stream_ids.clear()
        # A form that draws itself, at whatever depth, is drawn once.
        parts = [stream for stream in whole if stream.objid not in {None, *self.parent_stream_ids}]
        self.stream_ids.update(stream.objid for stream in parts if stream.objid is not None)
        drawn, painted = _operators(), _PAINTING
        for name, operands in operations(b"\n".join(stream.get_data() for stream in parts)):
            operator = drawn.get(name)
            if operator is not None:
                if len(operands) != operator[1] and (name in _EXACT or len(operands) < operator[1]):
                    raise CorruptError(f"{name!r} with {len(operands)} operands")
                operator[0](self, *operands[len(operands) - operator[1] :])
            elif name in painted:
                painted[name](self, name, operands)
            elif name not in _OTHERS:
                raise CorruptError(f"{name!r} is no operator")
        self._ink.muted -= sum(self._marks)  # of marked content that does not end
        self._marks.clear()

    def init_state(self, ctm: Matrix) -> None:
        """Begin a page or form."""
        super().init_state(ctm)
        self.graphicstate = _Unasked()

    def get_current_state(self) -> tuple[Matrix, PDFTextState, PDFGraphicState]:
        """Return what ``q`` keeps."""
        self._brushes.append(self._ink.brush)
        return super().get_current_state()

    def set_current_state(self, state: tuple[Matrix, PDFTextState, PDFGraphicState]) -> None:
        """Take up again what ``q`` kept."""
        super().set_current_state(state)
        self._ink.brush = self._brushes.pop()

    def draw(self, name: Any) -> None:
        """Draw a form or picture, with what is drawn after it unchanged; one of a hidden layer is not drawn."""
        found = resolve1(self.xobjmap.get(literal_name(name)))
        if not isinstance(found, PDFStream) or is_hidden(found.get("OC"), self._ink.layers):
            return
        brush = self._ink.brush
        self._ink.cut_to(found.get("BBox"), found.get("Matrix"), self.ctm)
        self.do_Do(name)
        self._ink.brush = brush
        self._ink.set_ctm(self.ctm)

    def clip(self, _: bytes, __: Sequence[Any]) -> None:
        """Draw nothing outside the current path; what lies around it may be a little more."""
        points = [step[place : place + 2] for step in self.curpath for place in range(1, len(step), 2)]
        if points:
            self._ink.clip([(float(x), float(y)) for x, y in points])

    def tint(self, name: bytes, operands: Sequence[Any]) -> None:
        """Set the colour to fill with, in a space that the operator names or that was set before."""
        self._ink.brush = self._ink.brush.of_colour(operands, _SPACES.get(name, self._ink.brush.space))

    def space(self, _: bytes, operands: Sequence[Any]) -> None:
        """Set the colour space to fill with."""
        self._ink.brush = self._ink.brush.of_space(self._space(operands))

    def _space(self, operands: Sequence[Any]) -> str:
        named = operands[-1] if operands else None
        known = self.csmap.get(literal_name(named)) if isinstance(named, PSLiteral) else None
        return known.name if known is not None else ""

    def line_tint(self, name: bytes, operands: Sequence[Any]) -> None:
        """Set the colour of lines, as that to fill with."""
        self._ink.brush = self._ink.brush.of_line_colour(operands, _SPACES.get(name, self._ink.brush.line_space))

    def line_space(self, _: bytes, operands: Sequence[Any]) -> None:
        """Set the colour space of lines."""
        self._ink.brush = self._ink.brush.of_line_space(self._space(operands))

    def line_width(self, _: bytes, operands: Sequence[Any]) -> None:
        """Set the width of lines."""
        if operands and isinstance(operands[-1], (int, float)):
            self._ink.brush = self._ink.brush._replace(width=float(operands[-1]))

    def shade(self, _: bytes, __: Sequence[Any]) -> None:
        """Fill all that may be drawn on with a shading."""
        self._ink.shade()

    def parameters(self, _: bytes, operands: Sequence[Any]) -> None:
        """Set what a graphics state dictionary says of opacity."""
        if operands:
            self._ink.brush = self._ink.brush.with_parameters(graphics_state(self.resources, operands[-1]))

    def begin_mark(self, _: bytes, operands: Sequence[Any]) -> None:
        """Begin marked content; that of a hidden layer is not shown."""
        is_layer = len(operands) == 2 and isinstance(operands[0], PSLiteral) and literal_name(operands[0]) == "OC"
        hidden = is_layer and is_hidden(self._property(operands[1]), self._ink.layers)
        self._marks.append(hidden)
        self._ink.muted += hidden

    def end_mark(self, _: bytes, __: Sequence[Any]) -> None:
        """End marked content."""
        if self._marks:
            self._ink.muted -= self._marks.pop()

    def _property(self, name: object) -> object:
        listed = resolve1(self.resources.get("Properties")) if isinstance(self.resources, dict) else None
        return listed.get(literal_name(name)) if isinstance(listed, dict) and isinstance(name, PSLiteral) else None


_PAINTING: dict[bytes, Callable[[Interpreter, bytes, Sequence[Any]], None]] = {
    b"g": Interpreter.tint,
    b"rg": Interpreter.tint,
    b"k": Interpreter.tint,
    b"sc": Interpreter.tint,
    b"scn": Interpreter.tint,
    b"cs": Interpreter.space,
    b"G": Interpreter.line_tint,
    b"RG": Interpreter.line_tint,
    b"K": Interpreter.line_tint,
    b"SC": Interpreter.line_tint,
    b"SCN": Interpreter.line_tint,
    b"CS": Interpreter.line_space,
    b"w": Interpreter.line_width,
    b"sh": Interpreter.shade,
    b"gs": Interpreter.parameters,
    b"W": Interpreter.clip,
    b"W*": Interpreter.clip,
    b"BMC": Interpreter.begin_mark,
    b"BDC": Interpreter.begin_mark,
    b"EMC": Interpreter.end_mark,
}
"""Operators that say what can be seen of what is drawn, with as many operands as there are."""


@cache
def _operators() -> dict[bytes, tuple[Callable[..., None], int]]:
    """Return the operators that draw or move, each with the interpreter's method and its number of operands."""
    found: dict[bytes, tuple[Callable[..., None], int]] = {}
    for name in _DRAWING.split():
        method = getattr(Interpreter, "do_" + name.replace("*", "_a").replace("'", "_q").replace('"', "_w"))
        found[name.encode("ascii")] = (method, method.__code__.co_argcount - 1)
    found[b"Do"] = (Interpreter.draw, 1)
    return found


def _check_whole(stream: PDFStream) -> None:
    # pdfminer reads damaged streams as far as they go, or as empty: a table would lose its rows without a word.
    raw = stream.get_rawdata()
    filters = stream.get_filters()
    stated = resolve1(stream.attrs.get("Length"))
    if raw is not None and not filters and isinstance(stated, int) and abs(len(raw) - stated) > _LINE_END_BYTES:
        raise CorruptError(f"a content stream of {len(raw)} bytes that says it has {stated}")
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
