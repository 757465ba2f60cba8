"""A font whose every character is a box of its width: enough to tell where the characters of a PDF stand.

The boxes reach from 0.12 of the type size below the baseline to 0.88 above it, as those of Chinese fonts do. ASCII is
half as wide as high, blanks show nothing. Tables and their fields are those of OpenType 1.9.
"""

from functools import cache
from struct import pack

_UNITS = 1000
_DESCENT, _ASCENT = -120, 880
_HALF, _FULL = _UNITS // 2, _UNITS
_WIDTHS = (_FULL, _HALF, _FULL, _HALF, _FULL)
_NO_GLYPH, _HALF_BOX, _FULL_BOX, _HALF_BLANK, _FULL_BLANK = range(len(_WIDTHS))
_BOXES = (_HALF_BOX, _FULL_BOX)
_CHARACTERS = (
    (0x20, 0x20, _HALF_BLANK),
    (0x21, 0x7E, _HALF_BOX),
    (0xA0, 0xA0, _HALF_BLANK),
    (0xA1, 0x1FFF, _FULL_BOX),
    (0x2000, 0x200F, _HALF_BLANK),
    (0x2010, 0x2027, _FULL_BOX),
    (0x2028, 0x202F, _HALF_BLANK),
    (0x2030, 0x205E, _FULL_BOX),
    (0x205F, 0x206F, _HALF_BLANK),
    (0x2070, 0x2FFF, _FULL_BOX),
    (0x3000, 0x3000, _FULL_BLANK),
    (0x3001, 0x10FFFF, _FULL_BOX),
)
_TRUETYPE = 0x00010000
_HEAD_MARK = 0x5F0F3CF5


@cache
def box_font() -> bytes:
    """Return the font as a TrueType file of less than a kilobyte."""
    glyphs = [_box(_WIDTHS[glyph]) if glyph in _BOXES else b"" for glyph in range(len(_WIDTHS))]
    return _file(
        {
            b"cmap": _cmap(),
            b"glyf": b"".join(glyphs),
            b"head": _head(),
            b"hhea": pack(">L3hH11hH", _TRUETYPE, _ASCENT, _DESCENT, 0, _FULL, 0, 0, _FULL, 1, *[0] * 7, len(_WIDTHS)),
            b"hmtx": b"".join(pack(">Hh", width, 0) for width in _WIDTHS),
            b"loca": b"".join(pack(">L", len(b"".join(glyphs[:end]))) for end in range(len(glyphs) + 1)),
            b"maxp": pack(">L14H", _TRUETYPE, len(_WIDTHS), 4, 1, 0, 0, 1, *[0] * 8),
            b"post": pack(">LlhhL4L", 0x00030000, 0, 0, 0, *[0] * 5),
        }
    )


def _head() -> bytes:
    return pack(
        ">LLLLHHqq4hHHhhh",
        *(_TRUETYPE, _TRUETYPE, 0, _HEAD_MARK, 0, _UNITS, 0, 0),
        *(0, _DESCENT, _FULL, _ASCENT, 0, 8, 2, 1, 0),
    )


def _box(width: int) -> bytes:
    """Return a glyph of one outline with four corners, padded to whole words."""
    on_curve = bytes([1] * 4)
    right, up = (0, width, 0, -width), (_DESCENT, 0, _ASCENT - _DESCENT, 0)
    outline = pack(">hhhhhHH", 1, 0, _DESCENT, width, _ASCENT, 3, 0) + on_curve + pack(">4h4h", *right, *up)
    return outline + bytes(-len(outline) % 4)


def _cmap() -> bytes:
    """Return the table of characters in the format by which whole ranges share a glyph (13)."""
    ranges = b"".join(pack(">LLL", *span) for span in _CHARACTERS)
    return pack(">HHHHL", 0, 1, 3, 10, 12) + pack(">HHLLL", 13, 0, 16 + len(ranges), 0, len(_CHARACTERS)) + ranges


def _file(tables: dict[bytes, bytes]) -> bytes:
    """Return the tables, in the order of their names, behind their directory. Checksums are left out: nobody checks them."""
    place = 12 + 16 * len(tables)
    directory, body = pack(">LHHHH", _TRUETYPE, len(tables), 128, 3, 16 * len(tables) - 128), b""
    for name, table in sorted(tables.items()):
        directory += name + pack(">LLL", 0, place + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return directory + body
