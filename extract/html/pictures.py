"""Pictures that stand where a page's tables should: named, and recognised where the page itself holds them."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import unquote_to_bytes

from extract.errors import CorruptError, ExtractError
from extract.html.content import is_form, section
from extract.html.table import Line, Picture, Piece
from extract.model import Block, Finding, Paragraph
from extract.ocr import recognition
from extract.pages.blocks import to_blocks
from extract.pages.lines import PageContent

MAX_HELD_PICTURES = 20
"""Most pictures of one page that are recognised: the longest scanned report seen in a page has some fifteen."""

_STATISTICS = 0
_TABLE_SECTIONS = (None, _STATISTICS, 2, 3, 4)
"""Sections that have a table (``None``: the page has no headings), and what stands below the name of the table of 2014."""

_NAME_OF_TABLE = re.compile(r"[^。；]{0,40}统计表[^。；]{0,12}")

_LEAST_CHARACTERS = 2000
"""Of a ``data:`` address: what is shorter is an ornament or a placeholder; a table of four cells takes more."""

_MOST_NAMED = 50
_SOURCE_CHARACTERS = 300
_PAGE = re.compile(r"^page (\d+)")
_HELD = re.compile(r"\s*(data:image/[a-z+.-]{1,20})(?:;[^,;]{0,40}){0,4};base64,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Read:
    """A recognised picture: its place among the page's pieces, its pages, or why it has none."""

    place: int
    pages: tuple[PageContent, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What pictures show, by the place of each among a page's pieces, and what is to be said of them."""

    blocks: dict[int, tuple[Block, ...]]
    notes: tuple[Finding, ...]


def pictures(pieces: Sequence[Piece]) -> Shown:
    """Recognise pictures that stand where a table should and lie in the page (``data:``); name the others.

    Only where recognition is possible in this process; what shows nothing that can be read is named too.
    """
    sources = [(place, source) for place, source in in_place_of_tables(pieces) if not _is_ornament(source)]
    held = [(place, source) for place, source in sources if _HELD.match(source)] if recognition.is_possible() else []
    read = list(_read(held[:MAX_HELD_PICTURES]))
    reasons = {one.place: one.reason for one in read if one.reason}
    seen = {one.place for one in read if one.pages}
    notes = [
        Finding("picture", "NOT_ASSESSABLE", detail=_named(source, reasons.get(place, "")))
        for place, source in sources
        if place not in seen
    ]
    blocks = dict(_joined([one for one in read if one.pages]))
    return Shown(blocks, (*([recognition.mark(len(seen))] if seen else []), *notes))


def _is_ornament(source: str) -> bool:
    return _HELD.match(source) is not None and len(source) < _LEAST_CHARACTERS


def in_place_of_tables(pieces: Sequence[Piece]) -> Iterator[tuple[int, str]]:
    """Yield place and source of the pictures in sections of figures that have no table."""
    number: int | None = None
    found: dict[int | None, list[tuple[int, str]]] = {}
    with_table = set()
    for place, piece in enumerate(pieces):
        number = _STATISTICS if _names_table(piece) else section(piece) or number
        if isinstance(piece, Picture):
            found.setdefault(number, []).append((place, piece.source))
        elif is_form(piece):
            with_table.add(number)
    for at_section in _TABLE_SECTIONS:
        if at_section not in with_table and not (at_section is None and number is not None):
            yield from found.get(at_section, [])[:_MOST_NAMED]


def _names_table(piece: Piece) -> bool:
    """Say whether a piece names the table of the form of 2014, which is printed behind the report, and is no link to it."""
    return isinstance(piece, Line) and not piece.linked and _NAME_OF_TABLE.fullmatch(piece.text) is not None


def _read(held: Sequence[tuple[int, str]]) -> Iterator[_Read]:
    """Recognise pictures; they are of one scale where they are about as wide as the largest of them."""
    largest = max(filter(None, (_size(source) for _, source in held)), key=lambda size: size[0] * size[1], default=None)
    for place, source in held:
        try:
            pages = recognition.pages_of_file(_bytes(source), largest)
            shows = bool(to_blocks(pages))
        except ExtractError as error:
            yield _Read(place, (), str(error))
        else:
            yield _Read(place, tuple(pages) if shows else (), "" if shows else "nothing in it was recognised")


def _size(source: str) -> tuple[float, float] | None:
    """Return width and height of a picture, ``None`` for a damaged one."""
    try:
        return recognition.size_of_file(_bytes(source))
    except CorruptError:
        return None


def _joined(read: Sequence[_Read]) -> Iterator[tuple[int, tuple[Block, ...]]]:
    """Yield the blocks of pictures; those with nothing between them are pages of one print, on which tables go on."""
    numbered = enumerate(read, 1)
    for _, group in groupby(numbered, key=lambda one: one[1].place - one[0]):
        run = list(group)
        names = [f"picture {number} page {page}" for number, one in run for page in range(1, len(one.pages) + 1)]
        blocks = to_blocks([page for _, one in run for page in one.pages])
        yield run[0][1].place, tuple(_placed(block, names) for block in blocks)


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


def _placed(block: Block, names: Sequence[str]) -> Block:
    """Return a block with picture and page in its places, in which pages are counted over several pictures."""
    at = _renamed(block.at, names)
    if isinstance(block, Paragraph):
        return block._replace(at=at)
    cells = tuple(cell._replace(at=_renamed(cell.at, names)) for cell in block.cells)
    return replace(block, at=at, cells=cells)


def _renamed(at: str, names: Sequence[str]) -> str:
    return _PAGE.sub(lambda found: names[int(found[1]) - 1], at)
