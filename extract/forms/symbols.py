"""Symbols in place of what a shape leaves out: a number and a place in the source for each cell, made out again later.

A symbol reads as a number, other than any that is printed, so that a reader of the form goes its usual way; what it
tells of a cell can then be told of the cells of every document of that shape.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.text import compact

_NUMBER = "７７７０００"
"""Full-width, as no label is printed; six more digits are the cell's."""

_VALUE = compact(_NUMBER)
_PLACE = "\ue000"
_UNTOLD = "\ue001"
_MARKED = re.compile(rf"{_NUMBER}([０-９]{{6}})|{_PLACE}(\d{{6}}){_PLACE}")
_WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
_KEPT = 8192
_STRANGE = (_PLACE, _UNTOLD)

CELLS = 10_000
"""The numbers of the cells of a table begin at its own number times so many."""

TABLES = 100
"""So many tables have numbers of six digits for their cells."""

UNTOLD = _UNTOLD
"""Stands for a text that is not known for every document; nothing that would tell it is kept."""


def looks_symbolic(text: str) -> bool:
    """Say whether a printed text could be taken for a symbol."""
    return any(sign in text for sign in _STRANGE) or _VALUE in compact(text).replace(",", "")


@lru_cache(maxsize=_KEPT)
def symbol_of(cell: int) -> str:
    """Return the symbol of a cell's figure."""
    return _NUMBER + f"{cell:06}".translate(_WIDE)


@lru_cache(maxsize=_KEPT)
def place_of(cell: int) -> str:
    """Return the symbol of a cell's place in the source."""
    return f"{_PLACE}{cell:06}{_PLACE}"


@lru_cache(maxsize=_KEPT)
def cell_at(place: str) -> int:
    """Return the cell of which this is the place."""
    return int(place.strip(_PLACE))


def has_symbol(text: str) -> bool:
    """Say whether there is a symbol in a text."""
    return bool(_MARKED.search(text))


def is_spoiled(text: str) -> bool:
    """Say whether a symbol in a text is no longer as it was put there, so that it could not be made out again."""
    return looks_symbolic(_MARKED.sub("", text))


@dataclass(frozen=True, slots=True)
class Print:
    """What a document prints in the cells of its shape, and their places in the source; ``numbers`` are those of cells
    in these."""

    texts: Sequence[str]
    ats: Sequence[str]
    numbers: Mapping[int, int]

    def restored(self, text: str) -> str:
        """Return a text with what is printed in place of each symbol."""
        return _MARKED.sub(self._printed, text)

    def _printed(self, mark: re.Match[str]) -> str:
        return self.texts[self.numbers[int(mark[1])]] if mark[1] else self.ats[self.numbers[int(mark[2])]]
