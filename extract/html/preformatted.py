"""Tables that a page prints as text, preformatted (``pre``) or in paragraphs: read as those of a text file."""

from collections.abc import Mapping, Sequence, Set
from itertools import groupby

from extract.html.block_shapes import reorders
from extract.html.table import Line, Piece
from extract.model import Block, Grid
from extract.plain_text.blocks import text_blocks
from extract.plain_text.lost import has_lost_tables
from extract.plain_text.tables import Line as TextLine


def tables_in_text(pieces: Sequence[Piece], titles: Set[int], page: str) -> Mapping[int, tuple[Block, ...]]:
    """Return what stands in place of each line next to a table printed as text, by its place among the pieces.

    Lines that are not preformatted count where a page has lost its tables, and no style in it (``page`` is its text) puts
    elements in another order. The first line of a stretch gives all its blocks, the others none. Raises ``TooBigError`` for
    a table past the limit.
    """
    texts = _preformatted(pieces)
    if not any(texts) and _has_lost_tables(pieces) and not reorders(page):
        texts = [piece.text if isinstance(piece, Line) else "" for piece in pieces]
    found: dict[int, tuple[Block, ...]] = {}
    for is_text, numbers in groupby(range(len(pieces)), lambda place: bool(texts[place]) and place not in titles):
        places = list(numbers)
        if not is_text:
            continue
        blocks = text_blocks([TextLine(place + 1, texts[place]) for place in places], is_whole=True)
        if any(isinstance(block, Grid) for block in blocks):
            found |= dict.fromkeys(places, ())
            found[places[0]] = blocks
    return found


def _preformatted(pieces: Sequence[Piece]) -> list[str]:
    return [piece.raw if isinstance(piece, Line) else "" for piece in pieces]


def _has_lost_tables(pieces: Sequence[Piece]) -> bool:
    """Say whether the requests table of the form is printed in a page without any table."""
    if any(not isinstance(piece, Line) for piece in pieces):
        return False
    return has_lost_tables(piece.text for piece in pieces if isinstance(piece, Line))
