"""Where things stand in the tables of a document, apart from which figures are printed there.

Nearly all portals print the same few forms: two reports of one style differ in their figures and in which of them are
left blank, and in nothing else that the reader of the form looks at. The shape of a table is the table without these
(``extract.forms.figures``); words and whatever is not certainly a figure stay as they are printed. Only words of nothing but
ideographs and their signs, be it behind an ordinal, are taken as if no line ended within them and all signs were narrow:
no label is told from another by white space or the width of its signs.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.forms.figures import is_figure
from extract.grid import cells_of
from extract.kept import Kept
from extract.model import Grid
from extract.text import compact, is_words

_KEPT = 16_384
_LABEL = re.compile(r"\(?\d{0,2}\)?[.、]?[\u4e00-\u9fff(),、:“”]+")
_LONGEST_LABEL = 80
_MOST_CELLS = 2_000
_MOST_CHARACTERS = 20_000


class Shape(NamedTuple):
    """A grid without its figures: where each cell stands, and its text, ``None`` for a figure or nothing at all."""

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

    def as_printed(self) -> "Printed":
        """Return the same with all words in its shape as they are printed, those broken into lines too."""
        pairs = zip(self.shape.texts, self.texts, strict=True)
        return self._replace(shape=self.shape._replace(texts=tuple([word and text for word, text in pairs])))

    def blanks(self) -> tuple[int, ...]:
        """Return the numbers of the cells in which nothing is printed."""
        return tuple([cell for cell, text in enumerate(self.texts) if not text])


def taken_apart(grid: Grid) -> Printed:
    """Return the shape of a grid and what stands in it."""
    if not grid.cells:
        return Printed(Shape(grid.rows, grid.columns, grid.aligned, grid.complete))
    rows, columns, texts, ats, depths, widths = zip(*grid.cells, strict=True)
    places = (rows, columns, depths, widths)
    words = tuple(map(_kept_words.__getitem__, texts))
    return Printed(Shape(grid.rows, grid.columns, grid.aligned, grid.complete, words, places), texts, ats)


def is_small(texts: Sequence[str | None]) -> bool:
    """Say whether the texts of a table are few and short enough to be kept: the form has 300 cells of 1,500 characters."""
    return len(texts) <= _MOST_CELLS and sum(map(len, filter(None, texts))) <= _MOST_CHARACTERS


def _words(text: str) -> str | None:
    if not text or is_figure(text):
        return None
    label = compact(text)
    is_label = label != text and len(text) <= _LONGEST_LABEL and _LABEL.fullmatch(label) is not None
    return label if is_label and is_words(text) and is_words(label) else text


_kept_words = Kept(_words, _KEPT)
