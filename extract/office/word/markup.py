"""What the markup of WordprocessingML between two pieces of text does: where it leads, and which cells begin in it.

A report has hundreds of cells and a few dozen ways of writing one, so what a piece of markup does is worked out once and
kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.office.word.marks import KEPT, KEPT_CHARACTERS, CellMark, cell_begun
from extract.office.word.pieces import PRINTED, UNPRINTED, Piece, Place, piece_of

TEXT, PRESERVED = "<w:t", '<w:t xml:space="preserve"'
"""The tag of a text, but for its last sign."""

_IN_CELL: frozenset[Place] = frozenset(("new cell", "cell", "filled"))


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """The place a piece of markup leads to, and what it prints before any cell begins in it.

    Of the cells that begin in it, their marks, and what the markup prints in each; of a table, the widths of columns.
    ``is_printed``: a text behind it is, and ``ways`` are those of the markup behind that. ``is_silent``: the markup itself
    prints nothing, and a text behind it is the first of a cell, or not printed.
    One that is kept is equal to none but itself, so that many are compared in no time.
    """

    markup: str
    place: Place
    ways: "Ways"
    is_printed: bool
    words: str = ""
    cells: tuple[CellMark, ...] = ()
    starts: tuple[str, ...] = ()
    widths: tuple[str | None, ...] = ()
    is_silent: bool = False


class Ways(dict[str, Step | None]):
    """The steps that markup takes from a place to a text, by the markup with the beginning of that text's tag.

    They are worked out when first asked for; ``None`` where something in it is not known here. All are forgotten when
    there are too many.
    """

    def __init__(self, place: Place | None) -> None:
        super().__init__()
        self._place = place

    def __missing__(self, head: str) -> Step | None:
        markup = head.removesuffix(PRESERVED if head.endswith(PRESERVED) else TEXT)
        found = None if self._place is None or len(markup) == len(head) else _step(self._place, markup)
        if len(head) <= KEPT_CHARACTERS:
            if len(self) >= KEPT:
                self.clear()
            self[head] = found
        return found


@cache
def ways_from(place: Place | None) -> Ways:
    """Return the ways that lead on from a place; there are none from ``None``."""
    return Ways(place)


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
    return None if end is None else _joined([*pieces, end], markup)


def _joined(pieces: Sequence[Piece], markup: str) -> Step | None:
    if any(piece.row is not None and piece.cell is None for piece in pieces):
        return None  # a row without a cell
    first, place = pieces[0], pieces[-1].place
    cells = [(piece, piece.cell) for piece in pieces if piece.cell is not None]
    begun = [(cell_begun(cell.span, cell.is_continued, piece.row), piece.words) for piece, cell in cells]
    words = "" if first.cell is not None else first.words
    marks, starts = tuple(mark for mark, _ in begun), tuple(start for _, start in begun)
    ways, is_printed = ways_from(_behind_text(place)), place in PRINTED
    is_silent = not words and not any(starts) and (bool(marks) or not is_printed)
    return Step(markup, place, ways, is_printed, words, marks, starts, first.widths, is_silent)


def _behind_text(place: Place) -> Place | None:
    """Return the place behind a text that stands at a place; ``None`` where none may stand."""
    if place in PRINTED:
        return "run"
    return place if place in UNPRINTED else None
