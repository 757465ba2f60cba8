"""PDF with a text layer, read with pdfminer.six and a second time with PDFium; pictures of pages are told apart."""

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, dict_value, resolve1
from pdfminer.utils import decode_text

from extract.damage import damage_is_corrupt
from extract.errors import CorruptError, EncryptedError, NeedsOcrError, TooBigError, UnsupportedError
from extract.formats import Format
from extract.limits import MAX_DOCUMENT_BYTES, MAX_PDF_PAGES, MAX_TEXT_CHARACTERS
from extract.model import Document, Finding
from extract.ocr import recognition
from extract.ocr.recognition import PICTURE_PAGE, UNDER_PICTURE
from extract.pages.blocks import to_blocks
from extract.pages.lines import PageContent
from extract.pages.obscured import HIGHEST_PT
from extract.pdf.annotations import draw_annotations
from extract.pdf.device import InkDevice
from extract.pdf.fonts import Fonts
from extract.pdf.garbled import is_garbled
from extract.pdf.ink import UNREADABLE, Ink
from extract.pdf.interpreter import Interpreter
from extract.pdf.layers import hidden_layers
from extract.pdf.pdfium.ink import read_inks
from extract.pdf.tokens import FileParser

MEDIA_TYPE = "application/pdf"

_MOST_UNREADABLE = 0.3
_LEAST_CHARACTERS_A_PAGE = 30  # a scan may carry a printed page number, a stamp or a file name
_TAIL_BYTES = 4096
_LARGEST_PAGE_PT = 20_000.0
_MAY_HAVE_LAYERS = (b"/OCProperties", b"/ObjStm")
"""Words without which a file has no layers: the second one for a catalog that is packed away."""

_FACTS = ("Title", "Author", "CreationDate")


class _Document(PDFDocument):
    """A document that refuses objects which are nothing but references to themselves: pdfminer follows them for ever."""

    def getobj(self, objid: int) -> object:
        """Return an object, references to other objects resolved. Raises ``CorruptError`` for a circle."""
        found, seen = super().getobj(objid), {objid}
        while isinstance(found, PDFObjRef):
            if found.objid in seen:
                raise CorruptError(f"object {objid} refers to itself")
            seen.add(found.objid)
            found = super().getobj(found.objid)
        return found


def read(data: bytes, charset_hint: str) -> Document:
    """Read the text layer of a PDF, page by page, tables as grids.

    Pages that are pictures are recognised where that is possible (``extract.ocr.door``). The hint is not used: PDF states
    its own encodings. Raises ``EncryptedError`` when the empty password does not open the file, ``NeedsOcrError`` when
    its pages are pictures, or its fonts do not say what their glyphs mean, and they cannot be recognised here,
    ``TooBigError`` past a limit, ``CorruptError`` for anything damaged, cut short or empty.
    """
    del charset_hint
    if len(data) > MAX_DOCUMENT_BYTES:
        raise TooBigError(f"{len(data)} bytes (MAX_DOCUMENT_BYTES {MAX_DOCUMENT_BYTES})")
    with _quiet():
        inks, facts, embedded = _guarded(data)
    try:
        _check_text(inks)
    except NeedsOcrError as reason:
        return _recognised(data, inks, facts, reason, embedded)
    pictures = [number for number, ink in enumerate(inks) if _shows_picture(ink)] if recognition.is_possible() else []
    found = recognition.pages_of_pdf(data, pictures) if pictures else {}
    pages = [page for number, ink in enumerate(inks) for page in found.get(number, [_content(ink)])]
    return Document(MEDIA_TYPE, to_blocks(pages), facts, (*_notes(inks, pictures), *embedded))


def _recognised(
    data: bytes,
    inks: Sequence[Ink],
    facts: tuple[tuple[str, str], ...],
    reason: NeedsOcrError,
    embedded: tuple[Finding, ...],
) -> Document:
    """Read all pages as pictures. Where that cannot be done, the reason says what is wrong with the text layer."""
    try:
        sheets = recognition.pages_of_pdf(data, range(len(inks)))
    except NeedsOcrError as missing:
        raise NeedsOcrError(f"{reason}: {missing}") from missing
    pages = [page for sheet in sheets.values() for page in sheet]
    note = recognition.mark(len(pages), recognition.unruled(pages))
    return Document(MEDIA_TYPE, to_blocks(pages), facts, (note, *embedded))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pdfminer's log and warnings (one a broken object) out of ours; what matters becomes an outcome."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


_Contents = tuple[list[Ink], tuple[tuple[str, str], ...], tuple[Finding, ...]]
"""The pages, what the file states of itself, and a note on files embedded in it."""


def _guarded(data: bytes) -> _Contents:
    with damage_is_corrupt("PDF"):
        try:
            return _pages(data)
        except PDFEncryptionError as error:
            raise EncryptedError(f"the empty password does not open it: {type(error).__name__}") from error


def _pages(data: bytes) -> _Contents:
    if b"%%EOF" not in data[-_TAIL_BYTES:] and b"startxref" not in data[-_TAIL_BYTES:]:
        raise CorruptError("the file is cut short: no end mark")
    document = _Document(FileParser(data))
    manager = Fonts()
    device = InkDevice(manager, hidden_layers(document.catalog))
    interpreter = Interpreter(manager, device)
    inks: list[Ink] = []
    for page in PDFPage.create_pages(document):
        if len(inks) == MAX_PDF_PAGES:
            raise TooBigError(f"more than MAX_PDF_PAGES ({MAX_PDF_PAGES}) pages")
        interpreter.process_page(page)
        own = len(device.ink.images)
        for box in draw_annotations(page, interpreter, device.to_page, device.layers) if page.annots else ():
            device.unread(box)
        # A seal that was put upon a page makes it no scan; what is low enough may be a figure.
        device.ink.images[own:] = [box for box in device.ink.images[own:] if box[3] - box[1] <= HIGHEST_PT]
        inks.append(device.ink)
        _check_page(inks)
    device.doubt_doubled()
    _check_page_count(document, len(inks))
    return inks, tuple(_facts(document)), tuple(_embedded(document))


def _check_page(inks: Sequence[Ink]) -> None:
    ink = inks[-1]
    if not (0 < ink.width <= _LARGEST_PAGE_PT and 0 < ink.height <= _LARGEST_PAGE_PT):
        raise CorruptError(f"page {len(inks)} is {ink.width} x {ink.height} points large")
    if sum(len(ink.chars) for ink in inks) > MAX_TEXT_CHARACTERS:
        raise TooBigError(f"more than MAX_TEXT_CHARACTERS ({MAX_TEXT_CHARACTERS})")


def _check_page_count(document: PDFDocument, found: int) -> None:
    # Damaged page objects are passed over in silence by pdfminer; the tree says how many there should be.
    stated = resolve1(dict_value(document.catalog.get("Pages", {})).get("Count"))
    if not found or (isinstance(stated, int) and stated > found):
        raise CorruptError(f"the page tree states {stated} pages, {found} can be read")


def _embedded(document: PDFDocument) -> Iterator[Finding]:
    """Name files that are embedded (ISO 32000-1, 7.11.4): of a portfolio they are all there is."""
    names = dict_value(document.catalog.get("Names") or {})
    files = dict_value(names.get("EmbeddedFiles") or {})
    if files.get("Names") or files.get("Kids"):
        yield Finding("embedded", "NOT_ASSESSABLE", detail="files embedded in the document, not read")


def _facts(document: PDFDocument) -> Iterator[tuple[str, str]]:
    for info in document.info:
        for name in _FACTS:
            value: Any = resolve1(info.get(name))
            if isinstance(value, bytes) and (text := _info_text(value)):
                yield f"pdf:{name}", text


def _info_text(value: bytes) -> str:
    # Some word processors write the little-endian form, which the standard does not have.
    text = value.decode("utf-16", "replace") if value.startswith(b"\xff\xfe") else decode_text(value)
    return text.strip("\x00 ")


def _check_text(inks: Sequence[Ink]) -> None:
    """Tell pages without usable text apart from pages with it."""
    printed = [char.text for ink in inks for char in ink.chars if not char.text.isspace()]
    unreadable = printed.count(UNREADABLE)
    if unreadable > _MOST_UNREADABLE * len(printed):
        raise NeedsOcrError(f"{unreadable} of {len(printed)} glyphs are not mapped to characters")
    if is_garbled(printed):
        raise NeedsOcrError("the characters that its fonts name are not those of a Chinese text")
    if not printed and not any(ink.images or ink.drawings for ink in inks):
        raise CorruptError("all pages are empty")
    if not printed or all(_is_picture(ink) for ink in inks):
        raise NeedsOcrError(f"{len(inks)} pages without a text layer")


def _is_picture(ink: Ink) -> bool:
    return bool(ink.images) and sum(not char.text.isspace() for char in ink.chars) < _LEAST_CHARACTERS_A_PAGE


def _content(ink: Ink) -> PageContent:
    """Return what is on a page; of one that is a picture, and is not recognised, nobody knows what else it prints."""
    return replace(ink.content(), whole=not _is_picture(ink))


def _shows_picture(ink: Ink) -> bool:
    """Tell whether a page is a picture, or one with text that nobody sees laid under it: nobody has read that again."""
    printed = sum(not char.text.isspace() for char in ink.chars)
    return bool(ink.images) and printed - ink.invisible < _LEAST_CHARACTERS_A_PAGE


def _notes(inks: Sequence[Ink], recognised: Sequence[int]) -> Iterator[Finding]:
    if recognised:
        yield recognition.mark(len(recognised))
    for page, ink in enumerate(inks, 1):
        for rule, found, what in (
            (PICTURE_PAGE, _is_picture(ink) and page - 1 not in recognised, "is a picture: its text is not read"),
            (
                UNDER_PICTURE,
                ink.invisible * 2 > len(ink.chars) and page - 1 not in recognised,
                "has its text laid under a picture by text recognition",
            ),
            ("slanted_text", ink.slanted > 0, f"has {ink.slanted} slanted characters, left out (watermark, seal)"),
        ):
            if found:
                yield Finding(rule, "NOT_ASSESSABLE", cause="reading", detail=f"page {page} {what}")


def read_again(data: bytes, charset_hint: str) -> Document:
    """Read the same text layer with another engine, PDFium.

    Raises as ``read``, which has the guards and goes first, and ``UnsupportedError`` for a file with hidden layers:
    PDFium does not say what is part of them.
    """
    del charset_hint
    if any(mark in data for mark in _MAY_HAVE_LAYERS):
        with _quiet(), damage_is_corrupt("PDF"):
            if hidden_layers(_Document(FileParser(data)).catalog):
                raise UnsupportedError("a second reading of layers that are not shown")
    return Document(MEDIA_TYPE, to_blocks([_content(ink) for ink in read_inks(data)]))


FORMAT = Format("pdf", (MEDIA_TYPE,), read, read_again)
