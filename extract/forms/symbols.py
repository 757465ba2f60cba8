"""Symbols in place of what a shape leaves out: a number and a place in the source for each cell, made out again later.

A symbol reads as a number, other than any that is printed, so that a reader of the form goes its usual way; what it
tells of a cell can then be told of the cells of every document of that shape.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from extract.forms.shape import Shape
from extract.model import Document, Grid
from extract.text import compact

_NUMBER = "７７７０００"
"""Full-width, as no label is printed; six more digits are the cell's."""

_VALUE = compact(_NUMBER)
_PLACE = "\ue000"
_MARKED = re.compile(rf"{_NUMBER}([０-９]{{6}})|{_PLACE}(\d+){_PLACE}")
_WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


def symbols_of(shapes: Iterable[Shape]) -> list[str] | None:
    """Return the text of each cell, a symbol where it is a number; ``None`` where a printed text looks like a symbol."""
    texts = list(chain.from_iterable(shape.texts for shape in shapes))
    if any(text is not None and (_PLACE in text or _is_symbolic(text)) for text in texts):
        return None
    return [_symbol(cell) if text is None else text for cell, text in enumerate(texts)]


def document_of(shapes: Iterable[Shape], symbols: Sequence[str]) -> Document:
    """Return a document of nothing but tables of these shapes."""
    return Document("", tuple(_grids(shapes, symbols)))


def _grids(shapes: Iterable[Shape], symbols: Sequence[str]) -> Iterator[Grid]:
    first = 0
    for shape in shapes:
        cells = range(first, first + len(shape.texts))
        yield shape.with_texts([symbols[cell] for cell in cells], map(place_of, cells))
        first = cells.stop


def place_of(cell: int) -> str:
    """Return the symbol of a cell's place in the source."""
    return f"{_PLACE}{cell}{_PLACE}"


def _symbol(cell: int) -> str:
    return _NUMBER + f"{cell:06}".translate(_WIDE)


def _is_symbolic(text: str) -> bool:
    return _VALUE in compact(text).replace(",", "")


def has_symbol(text: str) -> bool:
    """Say whether there is a symbol in a text."""
    return bool(_MARKED.search(text))


def is_spoiled(text: str) -> bool:
    """Say whether a symbol in a text is no longer as it was put there, so that it could not be made out again."""
    return _is_symbolic(_MARKED.sub("", text))


@dataclass(frozen=True, slots=True)
class Print:
    """What a document prints in the cells of its shape, and their places in the source."""

    texts: Sequence[str]
    ats: Sequence[str]

    def restored(self, text: str) -> str:
        """Return a text with what is printed in place of each symbol."""
        return _MARKED.sub(lambda mark: self.texts[int(mark[1])] if mark[1] else self.ats[int(mark[2])], text)
