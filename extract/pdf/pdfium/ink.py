"""What PDFium draws, collected as characters, ruling lines and picture boxes: the second engine for PDF.

PDFium gives text in the page's own space, whatever /Rotate says, and hides what form objects draw; both are undone
here. It is not thread-safe.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as api
from pdfminer.utils import Matrix

from extract.errors import CorruptError, EncryptedError, TooBigError
from extract.limits import MAX_PDF_PAGES
from extract.pdf.annotations import PRINTED
from extract.pdf.ink import MAX_FORMS, Ink
from extract.pdf.pdfium.calls import address
from extract.pdf.pdfium.drawing import Drawing
from extract.pdf.pdfium.fonts import without_system_fonts
from extract.pdf.pdfium.runs import add_runs
from extract.pdf.pdfium.text import add_text

_PRINTED = frozenset(getattr(api, f"FPDF_ANNOT_{kind.upper()}") for kind in PRINTED)


def read_inks(data: bytes) -> list[Ink]:
    """Return what each page prints.

    Raises ``EncryptedError`` when the empty password does not open the file, ``TooBigError`` past a limit,
    ``CorruptError`` for what PDFium cannot open.
    """
    with without_system_fonts(), opened(data) as document:
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
        signs = add_text(text.raw, to_ink, ink)
        drawing = Drawing(ink)
        drawing.page(address(page.raw), to_ink)
        add_runs(signs, drawing, document.raw, page.raw)
        return ink


def _page(document: Any, number: int) -> Any:
    """Return a page on which its form fields, typed-on text and stamps are printed; its links and notes are not."""
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
