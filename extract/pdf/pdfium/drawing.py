"""The lines, areas and pictures that PDFium draws on one page, and the order in which its text objects come among them."""

from typing import Any, NamedTuple

import pypdfium2.raw as api
from pdfminer.utils import Matrix, apply_matrix_rect, mult_matrix

from extract.errors import TooBigError
from extract.pages.lines import Box
from extract.pages.rules import THIN_PT
from extract.pdf.geometry import are_apart, scale
from extract.pdf.ink import MAX_FORMS, Ink
from extract.pdf.pdfium.calls import Address, function
from extract.pdf.pdfium.pen import LINE, Pen
from extract.pdf.shown import UNTOLD, Ground

_DEEPEST = 30
"""Forms inside forms; PDFium itself goes no deeper."""

_PART = "address number"


class Place(NamedTuple):
    """Where a text object comes in: the order of painting, the way from its space to the page's, and the box of the form
    it is in outside of which nothing is drawn."""

    order: int
    to_page: Matrix
    clip: Box | None


class Drawing:
    """Collects the lines, areas and pictures of one page."""

    def __init__(self, ink: Ink) -> None:
        """``texts`` will have the places of the text objects, ``pictures`` what is below them."""
        self.ink, self.pen = ink, Pen()
        self.texts: dict[Address, Place] = {}
        self.pictures: list[tuple[Address, Ground]] = []
        self._figures = 0
        self._clip: Box | None = None
        self._kinds = {
            api.FPDF_PAGEOBJ_PATH: self._path,
            api.FPDF_PAGEOBJ_IMAGE: self._picture,
            api.FPDF_PAGEOBJ_FORM: self._form,
            api.FPDF_PAGEOBJ_SHADING: self._shading,
        }

    def page(self, page: Address, to_page: Matrix) -> None:
        """Collect what a page draws."""
        self._walk(
            page, function("FPDFPage_CountObjects"), function("FPDFPage_GetObject", _PART, "address"), to_page, 0
        )

    def _walk(self, parent: Address, count: Any, get: Any, matrix: Matrix, level: int) -> None:
        kind_of, kinds, texts, ink = function("FPDFPageObj_GetType"), self._kinds, self.texts, self.ink
        for number in range(count(parent)):
            drawn = get(parent, number)
            kind = kind_of(drawn)
            if kind == api.FPDF_PAGEOBJ_TEXT:
                ink.order += 1
                texts[drawn] = Place(ink.order, matrix, self._clip)
            elif kind in kinds:
                kinds[kind](drawn, mult_matrix(self.pen.matrix(drawn), matrix), matrix, level)

    def _form(self, drawn: Address, matrix: Matrix, outer: Matrix, level: int) -> None:
        self._count_figure()
        if level < _DEEPEST:
            before = self._clip
            self._clip = self.pen.clip(drawn, outer, before)
            count, get = function("FPDFFormObj_CountObjects"), function("FPDFFormObj_GetObject", _PART, "address")
            self._walk(drawn, count, get, matrix, level + 1)
            self._clip = before

    def _picture(self, drawn: Address, matrix: Matrix, outer: Matrix, level: int) -> None:
        del outer, level
        self._count_figure()
        before = len(self.ink.images)
        self.ink.picture(apply_matrix_rect(matrix, (0, 0, 1, 1)))
        if len(self.ink.images) > before:
            self.pictures.append((drawn, self.ink.grounds[-1]))

    def _count_figure(self) -> None:
        self._figures += 1
        if self._figures > MAX_FORMS:
            raise TooBigError(f"more than MAX_FORMS ({MAX_FORMS}) forms on one page")

    def _path(self, drawn: Address, matrix: Matrix, outer: Matrix, level: int) -> None:
        del outer, level
        filled, stroked = self.pen.mode(drawn)
        if not (filled or stroked):
            return
        steps = function("FPDFPath_CountSegments")(drawn)
        self.ink.painted(steps)
        figures = list(self.pen.figures(drawn, steps, matrix))
        if filled:
            told = self.ink.is_ground(figures) and (len(figures) == 1 or are_apart(figures))
            tint = self.pen.tint(drawn) if told else UNTOLD
            for points, straight in figures:
                self.ink.fill(points, straight, ruling=not stroked, tint=tint)
        if stroked:
            width = self.pen.width(drawn) * scale(matrix)
            tint = self.pen.tint(drawn, LINE) if width > THIN_PT else UNTOLD
            for points, straight in figures:
                self.ink.stroke(points, straight, width, tint)

    def _shading(self, drawn: Address, matrix: Matrix, outer: Matrix, level: int) -> None:
        del matrix, level
        self.ink.shade(self.pen.clip(drawn, outer, self._clip), covers=not self.pen.is_mixed(drawn))
