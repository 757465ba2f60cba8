"""Encodings that a font brings with it: a table from codes to glyphs inside the file (ISO 32000-1, 9.7.5.3).

pdfminer.six knows encodings by their names only, and reads nothing of text in another one. Here such a font is read by
its codes, which is what its map to characters is written in, and its widths, which are written for glyphs, are put under
the codes. Only codes of two bytes are understood; of other fonts nothing is read, as before.
"""

import re
from collections.abc import Iterator
from itertools import islice

from pdfminer.cmapdb import CMap, IdentityCMap
from pdfminer.pdffont import PDFCIDFont
from pdfminer.pdftypes import PDFStream

_CODE = rb"<\s*([0-9A-Fa-f]{4})\s*>\s*"
_CHAR, _RANGE = re.compile(_CODE + rb"(\d{1,6})"), re.compile(_CODE + _CODE + rb"(\d{1,6})")
_ANY_CODE = re.compile(rb"<([^<>]*)>")
_DIGITS = 4
_MOST_CODES = 0x10000
_UNKNOWN = (b"usecmap", b"beginnotdef")  # tables that go on in others


def read_by_codes(font: object, encoding: object) -> None:
    """Let a font with an encoding of its own be read by its codes; leave all others alone."""
    if not (isinstance(font, PDFCIDFont) and isinstance(encoding, PDFStream)):
        return
    unnamed = isinstance(font.cmap, CMap) and not font.cmap.code2cid
    glyphs = _glyphs(encoding.get_data()) if unnamed and font.unicode_map is not None and not font.vertical else {}
    if glyphs:
        font.cmap = IdentityCMap(WMode=0)
        font.widths = {code: font.widths.get(glyph, font.default_width) for code, glyph in glyphs.items()}


def _glyphs(table: bytes) -> dict[int, int]:
    """Return the glyph of each code; none where a code is not of two bytes, or the table is not all there is."""
    if any(word in table for word in _UNKNOWN):
        return {}
    parts = table.split(b"begin")[1:]
    sections = [part.split(b"end", 1)[0] for part in parts if part.startswith((b"cid", b"codespace"))]
    if any(len(code.strip()) != _DIGITS for text in sections for code in _ANY_CODE.findall(text)):
        return {}
    return dict(islice((entry for text in sections for entry in _entries(text)), _MOST_CODES))


def _entries(section: bytes) -> Iterator[tuple[int, int]]:
    if section.startswith(b"cidchar"):
        yield from ((int(code, 16), int(glyph)) for code, glyph in _CHAR.findall(section))
    elif section.startswith(b"cidrange"):
        for first, last, glyph in _RANGE.findall(section):
            start = int(first, 16)
            yield from ((code, int(glyph) + code - start) for code in range(start, int(last, 16) + 1))
