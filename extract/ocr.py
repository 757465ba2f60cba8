"""Optical recognition of pages that are pictures: whether it can be done here, and the door to it.

It needs the extra ``ocr`` (rapidocr with its models, onnxruntime, OpenCV, numpy, Pillow) and far more memory than a
text layer, so nothing of it is imported before a page has to be recognised.
"""

import resource
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from extract.errors import NeedsOcrError, TooBigError
from extract.limits import MAX_OCR_PAGES, OCR_ADDRESS_SPACE_BYTES
from extract.lines import PageContent
from extract.model import Finding

if TYPE_CHECKING:
    from extract.ocr_picture import Picture

RULE = "ocr"
"""Rule of the finding that marks every reading made from pictures."""

_NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy", "PIL")


def is_installed() -> bool:
    """Tell whether the extra is installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


def ensure_possible() -> None:
    """Raise ``NeedsOcrError`` where pictures cannot be read; the message says what to do."""
    if not is_installed():
        raise NeedsOcrError("pages that are pictures need the extra ocr: pip install 'annual-reports[ocr]'")
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY and allowed < OCR_ADDRESS_SPACE_BYTES:
        raise NeedsOcrError(f"{allowed} bytes of address space, recognition needs {OCR_ADDRESS_SPACE_BYTES}")


def pages_of_pdf(data: bytes) -> list[PageContent]:
    """Draw and recognise the pages of a PDF.

    Raises ``NeedsOcrError`` as ``ensure_possible``, ``TooBigError`` past ``MAX_OCR_PAGES``, and what PDFium cannot open
    as ``extract.pdfium_ink.read_inks``.
    """
    ensure_possible()
    from extract.ocr_picture import of_pdf

    return list(_recognised(of_pdf(data)))


def pages_of_file(data: bytes) -> list[PageContent]:
    """Recognise the pages of a picture file. Raises as ``pages_of_pdf``, ``CorruptError`` for a damaged picture."""
    ensure_possible()
    from extract.ocr_picture import of_file

    return list(_recognised(of_file(data)))


def _recognised(pictures: "Iterable[Picture]") -> Iterator[PageContent]:
    from extract.ocr_engine import engine
    from extract.ocr_page import page_content

    for number, picture in enumerate(pictures):
        if number == MAX_OCR_PAGES:
            raise TooBigError(f"more than MAX_OCR_PAGES ({MAX_OCR_PAGES}) pictures of pages")
        yield page_content(picture, engine())


def mark(pages: int) -> Finding:
    """Return the finding that marks a reading as recognised from pictures."""
    detail = f"read by optical recognition: {pages} page{'s' * (pages != 1)}; characters may be misread"
    return Finding(RULE, "NOT_ASSESSABLE", cause="reading", detail=detail)
