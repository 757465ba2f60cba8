"""Where things stand in the tables of a document, apart from which numbers are printed there.

Nearly all portals print the same few forms: two reports of one style differ in their numbers, and in nothing else that
the reader of the form looks at. The shape of a table is the table without its numbers; words, blanks, marks, remarks and
whatever is not certainly a number stay as they are printed.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.grid import cells_of
from extract.kept import Kept
from extract.model import Grid
from extract.text import compact, is_count, parse_number

_KEPT = 16_384
_MOST_CELLS = 2_000
_MOST_CHARACTERS = 20_000
_SHORT = 60
_PLAIN = re.compile(r"[-+0-9,.]+")


class Shape(NamedTuple):
    """A grid without its numbers: where each cell stands, and its text, ``None`` for a plain number."""

    rows: int
    columns: int
    aligned: bool
    complete: bool
    texts: tuple[str | None, ...] = ()
    places: tuple[tuple[int, ...], ...] = ()
    """Row, column, row span and column span, each of all cells."""

    def with_texts(self, texts: Iterable[str], ats: Iterable[str]) -> Grid:
        """Return the grid of this shape whose cells have these texts and places in the source."""
        rows, columns, depths, widths = self.places or ((), (), (), ())
        cells = cells_of(rows, columns, texts, ats, depths, widths)
        return Grid(self.rows, self.columns, cells, "", self.aligned, self.complete)


class Printed(NamedTuple):
    """A grid taken apart: its shape, and of each cell what is printed in it and its place in the source."""

    shape: Shape
    texts: tuple[str, ...] = ()
    ats: tuple[str, ...] = ()


def taken_apart(grid: Grid) -> Printed:
    """Return the shape of a grid and what stands in it."""
    if not grid.cells:
        return Printed(Shape(grid.rows, grid.columns, grid.aligned, grid.complete))
    rows, columns, texts, ats, depths, widths = zip(*grid.cells, strict=True)
    places = (rows, columns, depths, widths)
    shape = Shape(grid.rows, grid.columns, grid.aligned, grid.complete, words_of(texts), places)
    return Printed(shape, texts, ats)


def is_small(texts: Sequence[str | None]) -> bool:
    """Say whether the texts of a table are few and short enough to be kept: the form has 300 cells of 1,500 characters."""
    return len(texts) <= _MOST_CELLS and sum(map(len, filter(None, texts))) <= _MOST_CHARACTERS


def words_of(texts: Sequence[str]) -> tuple[str | None, ...]:
    """Return texts with ``None`` in place of plain numbers: digits with their sign, point and commas alone."""
    return tuple(map(_kept_words.__getitem__, texts))


def _words(text: str) -> str | None:
    if is_count(text):
        return None
    is_number = len(text) <= _SHORT and parse_number(text).state == "reported" and _PLAIN.fullmatch(compact(text))
    return None if is_number else text


_kept_words = Kept(_words, _KEPT)
