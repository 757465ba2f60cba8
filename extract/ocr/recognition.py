"""Optical recognition of pages that are pictures: whether it can be done here, and the door to it.

It needs the extra ``ocr`` (rapidocr with its models, onnxruntime, OpenCV, numpy, Pillow) and far more memory than a
text layer, so nothing of it is imported before a page has to be recognised.
"""

import resource
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING

from extract.errors import NeedsOcrError, TooBigError
from extract.limits import MAX_OCR_PAGES, OCR_ADDRESS_SPACE_BYTES
from extract.model import RECOGNISED, Finding, Reading
from extract.ocr.content import PicturePage

if TYPE_CHECKING:
    from extract.ocr.picture import Picture

PICTURE_PAGE = "picture_page"
"""Rule of the finding for a picture among pages of text that was not recognised."""

UNDER_PICTURE = "hidden_text"
"""Rule of the finding for a page whose text was laid under its picture by a program that recognised it, unseen by anybody."""

PICTURE = "picture"
"""Rule of the finding for a picture in a web page that stands where a table should and was not recognised."""

HELD = "data:"
"""How the detail of that finding begins where the page itself holds the picture."""

_ROWS = 3  # figures beside text that make a table: one or two are a date, a page number
_NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy", "PIL")


def is_installed() -> bool:
    """Tell whether the extra is installed."""
    return _are_installed(_NEEDED)


@cache
def _are_installed(names: tuple[str, ...]) -> bool:
    # A look at all folders of Python's path: done once, not for every page.
    return all(find_spec(name) is not None for name in names)


def ensure_possible() -> None:
    """Raise ``NeedsOcrError`` where pictures cannot be read; the message says what to do."""
    if not is_installed():
        raise NeedsOcrError("pages that are pictures need the extra ocr: pip install 'annual-reports[ocr]'")
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY and allowed < OCR_ADDRESS_SPACE_BYTES:
        raise NeedsOcrError(f"{allowed} bytes of address space, recognition needs {OCR_ADDRESS_SPACE_BYTES}")


def is_possible() -> bool:
    """Tell whether pictures can be read in this process."""
    try:
        ensure_possible()
    except NeedsOcrError:
        return False
    return True


def pages_of_pdf(data: bytes, numbers: Collection[int]) -> dict[int, list[PicturePage]]:
    """Draw and recognise pages of a PDF, by number from 0; two of them where a sheet shows two beside each other.

    Raises ``NeedsOcrError`` as ``ensure_possible``, ``TooBigError`` past ``MAX_OCR_PAGES``, and what PDFium cannot open
    as ``extract.pdf.pdfium.ink.read_inks``.
    """
    ensure_possible()
    _check_count(len(numbers))
    from extract.ocr.picture import of_pdf

    ordered = sorted(numbers)
    return dict(zip(ordered, _recognised(of_pdf(data, ordered)), strict=True))


def pages_of_file(data: bytes, largest: tuple[float, float] | None = None, apart: bool = True) -> list[PicturePage]:
    """Recognise the pages of a picture file; ``largest`` is the size of the largest picture that shows the same report.

    Two pages beside each other on one sheet are taken apart unless ``apart`` is False.

    Raises as ``pages_of_pdf``, ``CorruptError`` for a damaged picture.
    """
    ensure_possible()
    from extract.ocr.files import of_file

    return list(chain.from_iterable(_recognised(of_file(data, largest), apart)))


def size_of_file(data: bytes) -> tuple[float, float]:
    """Return width and height of a picture file in pixels. Raises as ``pages_of_file``."""
    ensure_possible()
    from extract.ocr import files

    return files.size_of_file(data)


def _recognised(pictures: "Iterable[Picture]", apart: bool = True) -> Iterator[list[PicturePage]]:
    """Yield the pages of each picture."""
    from extract.ocr.engine import engine
    from extract.ocr.page import page_content
    from extract.ocr.sheets import pages_of

    count = 0
    for pages in pages_of(pictures) if apart else ([picture] for picture in pictures):
        count += len(pages)
        _check_count(count)
        yield [page_content(page, engine()) for page in pages]


def _check_count(pages: int) -> None:
    if pages > MAX_OCR_PAGES:
        raise TooBigError(f"more than MAX_OCR_PAGES ({MAX_OCR_PAGES}) pictures of pages")


def would_help(reading: Reading) -> bool:
    """Tell whether recognition would read more of a document than this reading has.

    Pictures that a web page only names are documents of their own: recognition of the page has nothing of them.
    """
    pictures = [finding for finding in reading.findings if finding.rule == PICTURE]
    if any(finding.detail.startswith(HELD) for finding in pictures):
        return True
    unread = any(finding.rule == PICTURE_PAGE or _is_under_picture(finding) for finding in reading.findings)
    return unread or (reading.outcome == "needs_ocr" and not pictures)


def _is_under_picture(finding: Finding) -> bool:
    # Of the same name are cells of office files with text that is not shown: what these print is known.
    return finding.rule == UNDER_PICTURE and finding.cause == "reading"


def unruled(pages: Iterable[PicturePage]) -> list[int]:
    """Return the numbers, from 1, of the pages with a table whose figures no ruling lines part."""
    return [number for number, page in enumerate(pages, 1) if page.loose >= _ROWS]


def mark(pages: int, unruled: Collection[int] = ()) -> Finding:
    """Return the finding that marks a reading as recognised from pictures, and names its pages with unread tables."""
    detail = f"read by optical recognition: {pages} page{'s' * (pages != 1)}; characters may be misread"
    if unruled:
        detail += f"; figures without ruling lines around them are not read: page {', '.join(map(str, unruled))}"
    return Finding(RECOGNISED, "NOT_ASSESSABLE", cause="reading", detail=detail)
