"""The page inside a MIME message, as browsers and Word save pages with all that belongs to them (MHT, RFC 2557)."""

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import InvalidBase64CharactersDefect, InvalidBase64LengthDefect
from email.message import Message

from extract.damage import damage_is_corrupt
from extract.errors import CorruptError, TooBigError
from extract.html.document import read_page
from extract.limits import MAX_DOCUMENT_BYTES
from extract.model import Document

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_DAMAGE = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect)
_BEFORE_HEADERS = b"\xef\xbb\xbf\0 \t\r\n\f\v"  # a header line after white space would be taken for the body


def read_archived_page(data: bytes) -> Document:
    """Read the page of a web archive: the part that ``start`` names, else the first page.

    Raises ``CorruptError`` when there is no page in it, ``TooBigError`` past a limit.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        raise TooBigError(f"{len(data)} bytes (MAX_DOCUMENT_BYTES {MAX_DOCUMENT_BYTES})")
    with damage_is_corrupt("web archive"):
        content, charset = _page(message_from_bytes(data.lstrip(_BEFORE_HEADERS)))
    return read_page(content, charset)


def _page(message: Message) -> tuple[bytes, str]:
    pages = list(_pages(message))
    if not pages:
        raise CorruptError("the web archive holds no page")
    start = message.get_param("start")
    named = (page for page in pages if isinstance(start, str) and page.get("Content-ID") == start)
    page = next(named, pages[0])
    payload = page.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        raise CorruptError("the page of the web archive is empty")
    if any(isinstance(defect, _DAMAGE) for defect in page.defects):
        raise CorruptError("damaged base64: what stands behind the damage is another text")
    return payload, page.get_content_charset() or ""


def _pages(message: Message) -> Iterator[Message]:
    return (part for part in message.walk() if part.get_content_type() in _PAGE_TYPES)
