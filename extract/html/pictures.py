"""Pictures that stand where a page's tables should: named, and recognised where the page itself holds them."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote_to_bytes

from extract.errors import CorruptError, ExtractError
from extract.html.content import is_form, section
from extract.html.table import Picture, Piece
from extract.model import Block, Finding, Grid, Paragraph
from extract.ocr import recognition
from extract.pages.blocks import to_blocks

MAX_HELD_PICTURES = 20
"""Most pictures of one page that are recognised: the longest scanned report seen in a page has some fifteen."""

_TABLE_SECTIONS = (None, 2, 3, 4)
"""Sections that have a table (``None``: the page has no headings)."""

_LEAST_CHARACTERS = 2000
"""Of a ``data:`` address: what is shorter is an ornament or a placeholder; a table of four cells takes more."""

_MOST_NAMED = 50
_SOURCE_CHARACTERS = 300
_HELD = re.compile(r"\s*(data:image/[a-z+.-]{1,20})(?:;[^,;]{0,40}){0,4};base64,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """What pictures show, by the place of each among a page's pieces, and what is to be said of them."""

    blocks: dict[int, tuple[Block, ...]]
    notes: tuple[Finding, ...]


def pictures(pieces: Sequence[Piece]) -> Shown:
    """Recognise pictures that stand where a table should and lie in the page (``data:``); name the others.

    Only where recognition is possible in this process; what shows nothing that can be read is named too.
    """
    blocks: dict[int, tuple[Block, ...]] = {}
    notes: list[Finding] = []
    pages = 0
    for place, source in _in_place_of_tables(pieces):
        if _HELD.match(source) and len(source) < _LEAST_CHARACTERS:
            continue
        can_read = _HELD.match(source) and len(blocks) < MAX_HELD_PICTURES and recognition.is_possible()
        read, reason = _read(source) if can_read else ((), "")
        if read:
            blocks[place] = tuple(_placed(block, len(blocks) + 1) for block in read)
            pages += 1
        else:
            notes.append(Finding("picture", "NOT_ASSESSABLE", detail=_named(source, reason)))
    return Shown(blocks, (*([recognition.mark(pages)] if pages else []), *notes))


def _in_place_of_tables(pieces: Sequence[Piece]) -> Iterator[tuple[int, str]]:
    """Yield place and source of the pictures in sections of figures that have no table."""
    number: int | None = None
    found: dict[int | None, list[tuple[int, str]]] = {}
    with_table = set()
    for place, piece in enumerate(pieces):
        number = section(piece) or number
        if isinstance(piece, Picture):
            found.setdefault(number, []).append((place, piece.source))
        elif is_form(piece):
            with_table.add(number)
    for at_section in _TABLE_SECTIONS:
        if at_section not in with_table and not (at_section is None and number is not None):
            yield from found.get(at_section, [])[:_MOST_NAMED]


def _read(source: str) -> tuple[tuple[Block, ...], str]:
    """Return what a picture shows, or why it cannot be read."""
    try:
        blocks = to_blocks(recognition.pages_of_file(_bytes(source)))
    except ExtractError as error:
        return (), str(error)
    return blocks, "" if blocks else "nothing in it was recognised"


def _bytes(source: str) -> bytes:
    try:
        return b64decode(unquote_to_bytes(source.partition(",")[2]))
    except Base64Error as error:
        raise CorruptError(f"picture: {error}") from error


def _named(source: str, reason: str) -> str:
    """Return a picture's address, or the kind and the length of one that lies in the page."""
    held = _HELD.match(source)
    name = f"{held[1].lower()}, {len(source)} characters" if held else source[:_SOURCE_CHARACTERS]
    return f"{name}: {reason[:_SOURCE_CHARACTERS]}" if reason else name


def _placed(block: Block, picture: int) -> Block:
    """Return a block with the number of its picture in its place."""
    at = f"picture {picture} {block.at}"
    if isinstance(block, Paragraph):
        return replace(block, at=at)
    return _placed_grid(block, picture, at)


def _placed_grid(grid: Grid, picture: int, at: str) -> Grid:
    cells = tuple(cell._replace(at=f"picture {picture} {cell.at}") if cell.at else cell for cell in grid.cells)
    return replace(grid, at=at, cells=cells)
