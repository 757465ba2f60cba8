"""OFD (GB/T 33190), the national format for fixed pages, read like the pages of a PDF."""

from collections.abc import Iterator, Sequence

from extract.errors import CorruptError, NeedsOcrError, TooBigError
from extract.formats import Format
from extract.limits import MAX_DOCUMENT_BYTES, MAX_OCR_PAGES, MAX_TEXT_CHARACTERS
from extract.model import Document, Finding
from extract.ocr import recognition
from extract.ofd.book import Book
from extract.ofd.glyphs import without_liars
from extract.ofd.page import Printed, printed
from extract.ofd.pictures import is_picture, recognised
from extract.pages.blocks import to_blocks
from extract.pages.lines import PageContent
from extract.pdf.ink import UNREADABLE

MEDIA_TYPE = "application/ofd"

_MOST_UNREADABLE = 0.3


def read(data: bytes, charset_hint: str) -> Document:
    """Read the pages of the first document of an OFD file, tables as grids, pictures of pages recognised.

    The hint is not used: XML states its own encoding. Raises ``EncryptedError`` for parts that need a key,
    ``NeedsOcrError`` when the pages are pictures that cannot be recognised here, or their characters have no codes,
    ``TooBigError`` past a limit, ``CorruptError`` for anything damaged, cut short or empty.
    """
    del charset_hint
    if len(data) > MAX_DOCUMENT_BYTES:
        raise TooBigError(f"{len(data)} bytes (MAX_DOCUMENT_BYTES {MAX_DOCUMENT_BYTES})")
    book = Book(data)
    pages = list(_pages(book))
    without_liars([(page.ink.chars, page.sheet.looks) for page in pages])
    _check_text(pages)
    contents, notes = _contents(book, pages)
    return Document(MEDIA_TYPE, to_blocks(contents), book.facts, (*_about(book), *notes))


def _pages(book: Book) -> Iterator[Printed]:
    characters = 0
    for page in book.pages():
        found = printed(book, page)
        characters += len(found.ink.chars) + len(found.sheet.unprinted)
        if characters > MAX_TEXT_CHARACTERS:
            raise TooBigError(f"more than MAX_TEXT_CHARACTERS ({MAX_TEXT_CHARACTERS})")
        yield _with_text_layer(found)


def _with_text_layer(page: Printed) -> Printed:
    """Take the text laid under a picture for its text; elsewhere, what is not printed is not there."""
    if is_picture(page):
        page.ink.chars.extend(page.sheet.unprinted)
        page.ink.invisible = len(page.sheet.unprinted)
    return page


def _check_text(pages: Sequence[Printed]) -> None:
    """Tell pages without usable text apart from pages with it."""
    text = [char.text for page in pages for char in page.ink.chars if not char.text.isspace()]
    unreadable = text.count(UNREADABLE)
    if unreadable > _MOST_UNREADABLE * len(text):
        raise NeedsOcrError(f"{unreadable} of {len(text)} characters have no code")
    if not text and not any(page.ink.images or page.ink.drawings for page in pages):
        raise CorruptError("all pages are empty")
    if not text and not any(page.pictures for page in pages):
        raise NeedsOcrError(f"{len(pages)} pages of outlines without text")


def _contents(book: Book, pages: Sequence[Printed]) -> tuple[list[PageContent], list[Finding]]:
    """Return the pages, those that are pictures recognised. Where all are, a failure is the document's."""
    contents: list[PageContent] = []
    notes: list[Finding] = []
    done = 0
    only_pictures = all(map(is_picture, pages))
    for number, page in enumerate(pages, 1):
        contents.append(page.ink.content())
        notes.extend(_page_notes(page, number))
        if not is_picture(page):
            continue
        if done == MAX_OCR_PAGES:
            raise TooBigError(f"more than MAX_OCR_PAGES ({MAX_OCR_PAGES}) pictures of pages")
        try:
            contents[-1] = recognised(book, page)
            done += 1
        except NeedsOcrError as reason:
            if only_pictures:
                raise NeedsOcrError(f"{len(pages)} pages without text: {reason}") from reason
            notes.append(_note(recognition.PICTURE_PAGE, f"page {number} is a picture: its text is not read"))
    return contents, [*([recognition.mark(done)] if done else []), *notes]


def _page_notes(page: Printed, number: int) -> Iterator[Finding]:
    if page.ink.invisible * 2 > len(page.ink.chars):
        yield _note("hidden_text", f"page {number} has its text laid under a picture by text recognition")
    if page.ink.slanted:
        detail = f"page {number} has {page.ink.slanted} slanted characters, left out (watermark, seal)"
        yield _note("slanted_text", detail)


def _about(book: Book) -> Iterator[Finding]:
    if len(book.bodies) > 1:
        detail = f"{len(book.bodies)} documents in one file, the first is read"
        yield _note("embedded", detail)._replace(cause=None)
    if book.has_attachments:
        yield _note("embedded", "files attached to the document, not read")._replace(cause=None)


def _note(rule: str, detail: str) -> Finding:
    return Finding(rule, "NOT_ASSESSABLE", cause="reading", detail=detail)


FORMAT = Format("ofd", (MEDIA_TYPE,), read)
