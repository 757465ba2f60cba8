"""Tables that a page prints as preformatted text (``pre``): read as those of a text file."""

from collections.abc import Mapping, Sequence, Set
from itertools import groupby

from extract.html.table import Line, Piece
from extract.model import Block, Grid
from extract.text_blocks import text_blocks
from extract.text_tables import Line as TextLine


def preformatted_tables(pieces: Sequence[Piece], titles: Set[int]) -> Mapping[int, tuple[Block, ...]]:
    """Return what stands in place of each preformatted line next to a table, by its place among the pieces.

    The first line of a stretch gives all its blocks, the others none. Raises ``TooBigError`` for a table past the limit.
    """
    if not any(isinstance(piece, Line) and piece.raw for piece in pieces):
        return {}
    found: dict[int, tuple[Block, ...]] = {}
    for raw, numbers in groupby(range(len(pieces)), lambda place: bool(_raw(pieces[place])) and place not in titles):
        places = list(numbers)
        if not raw:
            continue
        blocks = text_blocks([TextLine(place + 1, _raw(pieces[place])) for place in places], is_whole=True)
        if any(isinstance(block, Grid) for block in blocks):
            found |= dict.fromkeys(places, ())
            found[places[0]] = blocks
    return found


def _raw(piece: Piece) -> str:
    return piece.raw if isinstance(piece, Line) else ""
