"""Pictures of reports: scans and screenshots as PNG, JPEG, TIFF, BMP, GIF or WebP, read by optical recognition."""

from extract.errors import TooBigError
from extract.formats import Format
from extract.limits import MAX_DOCUMENT_BYTES
from extract.model import Document
from extract.ocr import recognition
from extract.pages.blocks import to_blocks
from extract.sniff import media_type

MEDIA_TYPES = ("image/png", "image/jpeg", "image/tiff", "image/bmp", "image/gif", "image/webp")


def read(data: bytes, charset_hint: str) -> Document:
    """Recognise the pages of a picture file; the hint is not used.

    Raises ``NeedsOcrError`` where recognition is not possible, ``CorruptError`` for a damaged picture, ``TooBigError``
    past a limit.
    """
    del charset_hint
    if len(data) > MAX_DOCUMENT_BYTES:
        raise TooBigError(f"{len(data)} bytes (MAX_DOCUMENT_BYTES {MAX_DOCUMENT_BYTES})")
    pages = recognition.pages_of_file(data)
    return Document(
        media_type(data), to_blocks(pages), notes=(recognition.mark(len(pages), recognition.unruled(pages)),)
    )


def read_again(data: bytes, charset_hint: str) -> Document:
    """Return nothing: no other engine reads pictures, and the order of misread characters would confirm them."""
    del charset_hint
    return Document(media_type(data), ())


FORMAT = Format("image", MEDIA_TYPES, read, read_again)
