"""What the markup of WordprocessingML between two pieces of text does: where it leads, and which cells begin in it.

A report has hundreds of cells and a few dozen ways of writing one, so what a piece of markup does is worked out once and
kept.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.office.word_marks import KEPT, KEPT_CHARACTERS, CellMark
from extract.office.word_pieces import Piece, Place, piece_of

_IN_CELL: frozenset[Place] = frozenset(("new cell", "cell", "filled"))


class Step(NamedTuple):
    """The place a piece of markup leads to, and what it prints before any cell begins in it.

    Of the cells that begin in it, their marks, and what the markup prints in each; of a table, the widths of columns.
    """

    place: Place
    words: str = ""
    cells: tuple[CellMark, ...] = ()
    starts: tuple[str, ...] = ()
    widths: tuple[str | None, ...] = ()


def step(place: Place, markup: str) -> Step | None:
    """Follow a piece of markup from a place; ``None`` where something in it is not known here."""
    return _kept_step(place, markup) if len(markup) <= KEPT_CHARACTERS else _step(place, markup)


def _step(place: Place, markup: str) -> Step | None:
    pieces = []
    *before, last = markup.split("</w:tc>")
    for ended in before:
        piece = piece_of(place, ended)
        if piece is None or piece.place not in _IN_CELL:
            return None
        pieces.append(piece)
        place = "row"
    end = piece_of(place, last)
    return None if end is None else _joined([*pieces, end])


_kept_step = lru_cache(maxsize=KEPT)(_step)


def _joined(pieces: Sequence[Piece]) -> Step | None:
    if any(piece.row is not None and piece.cell is None for piece in pieces):
        return None  # a row without a cell
    first = pieces[0]
    begun = [(piece.cell._replace(row=piece.row), piece.words) for piece in pieces if piece.cell is not None]
    words = "" if first.cell is not None else first.words
    marks, starts = tuple(mark for mark, _ in begun), tuple(start for _, start in begun)
    return Step(pieces[-1].place, words, marks, starts, first.widths)
