"""What PDFium draws, collected as characters, ruling lines and picture boxes: the second engine for PDF.

PDFium gives text in the page's own space, whatever /Rotate says, and hides what form objects draw; both are undone
here. It is not thread-safe.
"""

import ctypes
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as api
from pdfminer.utils import Matrix, apply_matrix_rect, mult_matrix

from extract.errors import CorruptError, EncryptedError, TooBigError
from extract.limits import MAX_PDF_PAGES
from extract.pdf.ink import MAX_FORMS, Ink, Point
from extract.pdf.pdfium_text import add_text

_PRINTED = (api.FPDF_ANNOT_WIDGET, api.FPDF_ANNOT_FREETEXT)

_DEEPEST = 30
"""Forms inside forms; PDFium itself goes no deeper."""


def read_inks(data: bytes) -> list[Ink]:
    """Return what each page prints.

    Raises ``EncryptedError`` when the empty password does not open the file, ``TooBigError`` past a limit,
    ``CorruptError`` for what PDFium cannot open.
    """
    with opened(data) as document:
        return [_ink(document, number) for number in range(len(document))]


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a file in PDFium for the time of a block. Raises as ``read_inks``."""
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > MAX_PDF_PAGES:
                raise TooBigError(f"more than MAX_PDF_PAGES ({MAX_PDF_PAGES}) pages")
            yield document
    except pdfium.PdfiumError as error:
        if error.err_code == api.FPDF_ERR_PASSWORD:
            raise EncryptedError("the empty password does not open it") from error
        raise CorruptError(f"{error}"[:300]) from error


def _ink(document: Any, number: int) -> Ink:
    with closing(_page(document, number)) as page, closing(page.get_textpage()) as text:
        to_ink, width, height = _view(page)
        ink = Ink(width, height)
        add_text(text.raw, to_ink, ink)
        _Drawing(ink).walk(page.raw, api.FPDFPage_CountObjects, api.FPDFPage_GetObject, to_ink, 0)
        return ink


def _page(document: Any, number: int) -> Any:
    """Return a page on which its form fields and typed-on text are printed; its stamps, links and notes are not."""
    page = document[number]
    count = api.FPDFPage_GetAnnotCount(page.raw)
    if count > MAX_FORMS:
        raise TooBigError(f"more than MAX_FORMS ({MAX_FORMS}) annotations on one page")
    kinds = [_kind(page, place) for place in range(count)]
    if not any(kind in _PRINTED for kind in kinds):
        return page
    for place in reversed(range(count)):
        if kinds[place] not in _PRINTED:
            api.FPDFPage_RemoveAnnot(page.raw, place)
    api.FPDFPage_Flatten(page.raw, api.FLAT_NORMALDISPLAY)
    page.close()
    return document[number]


def _kind(page: Any, place: int) -> int:
    annotation = api.FPDFPage_GetAnnot(page.raw, place)
    kind = int(api.FPDFAnnot_GetSubtype(annotation))
    api.FPDFPage_CloseAnnot(annotation)
    return kind


def _view(page: Any) -> tuple[Matrix, float, float]:
    """Return the way from the page's space to points from the top left corner as it is shown, and its size."""
    left, low, right, high = page.get_bbox()
    width, height = right - left, high - low
    return {
        0: ((1, 0, 0, -1, -left, high), width, height),
        90: ((0, 1, 1, 0, -low, -left), height, width),
        180: ((-1, 0, 0, 1, right, -low), width, height),
        270: ((0, -1, -1, 0, high, right), height, width),
    }[page.get_rotation()]


class _Drawing:
    """Collects the lines and pictures of one page."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._figures = 0
        self._pen = _Pen()
        self._kinds = {
            api.FPDF_PAGEOBJ_PATH: self._path,
            api.FPDF_PAGEOBJ_IMAGE: self._picture,
            api.FPDF_PAGEOBJ_FORM: self._form,
        }

    def walk(self, parent: Any, count: Any, get: Any, matrix: Matrix, level: int) -> None:
        """Collect what a page or form draws; ``count`` and ``get`` are PDFium's functions for its objects."""
        for number in range(count(parent)):
            drawn = get(parent, number)
            collect = self._kinds.get(api.FPDFPageObj_GetType(drawn))
            if collect is not None:
                collect(drawn, mult_matrix(self._pen.matrix(drawn), matrix), level)

    def _form(self, drawn: Any, matrix: Matrix, level: int) -> None:
        self._count_figure()
        if level < _DEEPEST:
            self.walk(drawn, api.FPDFFormObj_CountObjects, api.FPDFFormObj_GetObject, matrix, level + 1)

    def _picture(self, drawn: Any, matrix: Matrix, level: int) -> None:
        del drawn, level
        self._count_figure()
        self._ink.picture(apply_matrix_rect(matrix, (0, 0, 1, 1)))

    def _count_figure(self) -> None:
        self._figures += 1
        if self._figures > MAX_FORMS:
            raise TooBigError(f"more than MAX_FORMS ({MAX_FORMS}) forms on one page")

    def _path(self, drawn: Any, matrix: Matrix, level: int) -> None:
        del level
        filled, stroked = self._pen.mode(drawn)
        if not (filled or stroked):
            return
        steps = api.FPDFPath_CountSegments(drawn)
        self._ink.painted(steps)
        for points, straight in self._pen.figures(drawn, steps, matrix):
            if stroked:
                self._ink.stroke(points, straight)
            else:
                self._ink.fill(points, straight)


class _Pen:
    """Asks PDFium about its objects. The places for its answers are made once: a page has thousands of steps."""

    def __init__(self) -> None:
        self._matrix = api.FS_MATRIX()
        self._mode = ctypes.c_int(), ctypes.c_int()
        self._point = ctypes.c_float(), ctypes.c_float()
        self._to_matrix = ctypes.byref(self._matrix)
        self._to_mode = ctypes.byref(self._mode[0]), ctypes.byref(self._mode[1])
        self._to_point = ctypes.byref(self._point[0]), ctypes.byref(self._point[1])

    def matrix(self, drawn: Any) -> Matrix:
        """Return an object's matrix."""
        m = self._matrix
        api.FPDFPageObj_GetMatrix(drawn, self._to_matrix)
        return (m.a, m.b, m.c, m.d, m.e, m.f)

    def mode(self, drawn: Any) -> tuple[int, int]:
        """Tell whether a path is filled and whether it is stroked."""
        api.FPDFPath_GetDrawMode(drawn, *self._to_mode)
        return self._mode[0].value, self._mode[1].value

    def figures(self, drawn: Any, steps: int, matrix: Matrix) -> Iterator[tuple[list[Point], list[bool]]]:
        """Yield the figures of a path: their corner points, and which of the steps between them are straight."""
        a, b, c, d, e, f = matrix
        across, up = self._point
        to_across, to_up = self._to_point
        points: list[Point] = []
        straight: list[bool] = []
        for number in range(steps):
            step = api.FPDFPath_GetPathSegment(drawn, number)
            kind = api.FPDFPathSegment_GetType(step) if number else api.FPDF_SEGMENT_MOVETO
            api.FPDFPathSegment_GetPoint(step, to_across, to_up)
            x, y = across.value, up.value
            point = (a * x + c * y + e, b * x + d * y + f)
            if kind == api.FPDF_SEGMENT_MOVETO or not points:
                if points:
                    yield points, straight
                points, straight = [point], []
                continue
            points.append(point)
            straight.append(kind == api.FPDF_SEGMENT_LINETO)
            if steps > 2 and api.FPDFPathSegment_GetClose(step):
                points.append(points[0])
                straight.append(True)
        if points:
            yield points, straight
