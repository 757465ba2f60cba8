"""How PDFium paints the signs of numbers of a page: their colour, their order among all that is drawn, what cuts them off."""

import ctypes
from typing import Any

import pypdfium2.raw as api

from extract.pdf.pdfium.calls import Address, function
from extract.pdf.pdfium.drawing import Drawing
from extract.pdf.pdfium.pen import FILL, LINE, Pen
from extract.pdf.pdfium.text import Signs
from extract.pdf.shown import Colour, Run, below_pictures

_INVISIBLE_MODES = (3, 7)  # ISO 32000-1, table 106: neither fill nor stroke text
_BOTH = (FILL, LINE)
_PARTS = {0: (FILL,), 1: (LINE,)}
"""What of a letter is painted, by the mode without its part on clips."""

_UNTOLD: tuple[Colour | None, float] = (None, 1.0)
_SOLID = 0.9  # share of a picture's points that hide what is below; at slanting edges some do not


def add_runs(signs: Signs, drawing: Drawing, document: Any, page: Any) -> None:
    """Note how the signs of numbers are painted, and which pictures may hide them."""
    ink, painted = drawing.ink, {drawn: _painted(drawn, drawing) for drawn in {drawn for _, drawn in signs}}
    for place, drawn in signs:
        run = painted[drawn]
        if run is None:
            ink.hidden.append(range(place, place + 1))
        else:
            ink.runs.append(run._replace(start=place, stop=place + 1))
    if below_pictures(ink.chars, ink.runs, [ground for _, ground in drawing.pictures]):
        ink.covers += [ground for drawn, ground in drawing.pictures if _is_solid(document, page, drawn)]


def _painted(drawn: Address, drawing: Drawing) -> Run | None:
    """Return how a text object is painted; ``None`` for one that is not shown."""
    mode = function("FPDFTextObj_GetTextRenderMode")(drawn)
    if mode in _INVISIBLE_MODES:
        return None
    colour, alpha = _colour(drawn, mode, drawing.pen)
    place = drawing.texts.get(drawn)
    if place is None:
        return Run(0, 0, 0, colour, alpha)
    return Run(0, 0, place.order, colour, alpha, drawing.pen.clip(drawn, place.to_page, place.clip))


def _colour(drawn: Address, mode: int, pen: Pen) -> tuple[Colour | None, float]:
    """Return colour and opacity of a text. One that is opaque and mixed with what is below may not be seen at all."""
    inks = [pen.colour(drawn, kind) or _UNTOLD for kind in _PARTS.get(mode % 4, _BOTH)]
    colour, alpha = inks[0] if len(set(inks)) == 1 else _UNTOLD
    return colour, 0.0 if alpha == 1 and pen.is_mixed(drawn) else alpha


def _is_solid(document: Any, page: Any, drawn: Address) -> bool:
    """Tell whether nothing shines through a picture; its mask is only seen by drawing it."""
    picture = ctypes.cast(drawn, api.FPDF_PAGEOBJECT)
    bitmap = api.FPDFImageObj_GetRenderedBitmap(document, page, picture)
    if not bitmap:
        return True
    try:
        size = api.FPDFBitmap_GetStride(bitmap) * api.FPDFBitmap_GetHeight(bitmap)
        opacity = ctypes.string_at(api.FPDFBitmap_GetBuffer(bitmap), size)[3::4]
        return opacity.count(0xFF) > _SOLID * len(opacity)
    finally:
        api.FPDFBitmap_Destroy(bitmap)
