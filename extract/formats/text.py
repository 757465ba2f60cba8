"""Plain text: reports whose tables were flattened in one of the ways seen on portals and in saved copies."""

import re
from collections.abc import Iterator
from itertools import count

from extract.errors import CorruptError, TooBigError
from extract.formats import Format
from extract.html.charset import decode
from extract.limits import MAX_TEXT_CHARACTERS
from extract.model import Document, Finding
from extract.plain_text.blocks import is_page_mark, text_blocks
from extract.plain_text.line_ends import mended
from extract.plain_text.page_numbers import with_page_marks
from extract.plain_text.tables import Line
from extract.traditional import NOTE, is_traditional, simplified

_LINE_END = re.compile(r"\r\n|[\n\r\v]")


def read(data: bytes, hint: str) -> Document:
    """Return the paragraphs and (unaligned) grids of a text file.

    Raises ``CorruptError`` for bytes that are no text and ``TooBigError`` beyond the character limit.
    """
    printed = decode(data, hint)[0]
    text = simplified(printed)
    if "\0" in text:
        raise CorruptError("the file holds NUL characters: it is not text")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise TooBigError(f"more than {MAX_TEXT_CHARACTERS} characters of text")
    lines = _lines(text)
    notes = (NOTE,) if is_traditional(printed) else ()
    return Document("text/plain", text_blocks(lines), notes=(*notes, *_furniture(lines)))


def _lines(text: str) -> list[Line]:
    numbers = count(1)
    pages = [[Line(next(numbers), line) for line in _LINE_END.split(page)] for page in text.split("\f")]
    return mended(with_page_marks(pages) if len(pages) > 1 else pages[0])


def _furniture(lines: list[Line]) -> Iterator[Finding]:
    for line in lines:
        if is_page_mark(line):
            yield Finding("page_mark", "NOT_ASSESSABLE", detail=f"“{line.text.strip()}” at line {line.number} left out")


FORMAT = Format("text", ("text/plain",), read)
