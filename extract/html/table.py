"""One table of a page: the rows it states, and whether it is a table of figures or only holds prose in place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, groupby
from typing import NamedTuple

from lxml import etree

from extract.grid import Spans, filled
from extract.headings import heading_number
from extract.model import Grid
from extract.text import CUT, LOST

PICTURE_MARK = "[图片]"
"""Text of a cell that shows a picture instead of characters: not blank, and certainly no number."""

_PROSE_CHARACTERS = 300  # a cell of the form has at most 60; remarks of agencies stay below 200
_CAPTION_CHARACTERS = 40
_WORD = re.compile(rf"\w|{LOST}")
_SPAN = re.compile(r"\s*\+?(\d{1,5})")
_KEPT = 64


class Line(NamedTuple):
    """A line of text outside tables; ``linked`` of its characters belong to links.

    ``raw`` is the line of a preformatted text with its white space, where cells may stand below each other.
    """

    text: str
    linked: int = 0
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture larger than an icon."""

    source: str


@dataclass(slots=True)
class Cell:
    """A cell with the lines printed in it, and its spans as stated.

    ``text`` is what they are together, once the table has ended; a picture alone is marked, for it is not a blank, nor
    is a small one, which may be that of a figure.
    """

    row_span: int
    column_span: int
    content: list[Line | Picture]
    text: str = ""
    has_icon: bool = False

    def end(self) -> None:
        """Put the lines together as one text."""
        if len(self.content) == 1 and isinstance(self.content[0], Line):
            self.text = self.content[0].text
        elif self.content:
            lines = [part.text for part in self.content if isinstance(part, Line)]
            self.text = "\n".join(lines) if lines else PICTURE_MARK
        elif self.has_icon:
            self.text = PICTURE_MARK


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures: the texts of its cells row by row, their row and column spans, and whether the columns these
    give are the printed ones."""

    texts: tuple[tuple[str, ...], ...]
    spans: Spans
    aligned: bool = True

    def grid(self, number: int) -> Grid:
        """Return the cells at their places, each with its place in the page's content. Raises ``TooBigError``."""
        ats = _places(number, tuple(map(len, self.texts)))
        found = filled(self.spans, list(chain.from_iterable(self.texts)), ats, f"table {number}")
        return found if self.aligned else replace(found, aligned=False, complete=False)


@lru_cache(maxsize=_KEPT)
def _places(number: int, cells: tuple[int, ...]) -> tuple[str, ...]:
    """Return the place of each cell of a table, given how many its rows have."""
    places = ((row, place) for row, count in enumerate(cells, 1) for place in range(1, count + 1))
    return tuple(f"table {number} row {row} cell {place}" for row, place in places)


Piece = Line | Picture | Table


@dataclass(slots=True)
class OpenTable:
    """A table while the page is walked: what stands before its first row, in its cells, and after or between them."""

    before: list[Piece] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    group: int = 0
    cell: Cell | None = None
    cell_node: etree._Element | None = None
    in_row: bool = False
    aligned: bool = True
    whole: Table | None = None
    """The table itself, where it was read without a walk."""

    def start_row(self) -> None:
        """Begin a row in the current row group."""
        self.rows.append([])
        self.groups.append(self.group)
        self.cell = None
        self.in_row = True

    def end_row(self) -> None:
        """End the current row: what comes before the next stands beside the table."""
        self.cell = None
        self.in_row = False

    def start_cell(self, node: etree._Element) -> None:
        """Begin a cell; one that was never closed ends here."""
        if not self.rows or self.groups[-1] != self.group:
            self.start_row()
        self.cell = Cell(*span(node), [])
        self.cell_node = node
        self.rows[-1].append(self.cell)

    def end_cell(self, node: etree._Element) -> None:
        """End the cell that this element began, if it is still the current one."""
        if node is self.cell_node:
            self.cell = self.cell_node = None

    def add(self, piece: Piece) -> None:
        """Put a piece where the walk stands: into the cell, or beside the table.

        Words between the cells of a row are what is left of a cell whose tags are damaged: they keep its place, or the
        numbers after it would move into its column.
        """
        if self.cell is not None and not isinstance(piece, Table):
            self.cell.content.append(piece)
        elif self.in_row and isinstance(piece, Line) and _WORD.search(piece.text):
            self.rows[-1].append(Cell(1, 1, [Line(CUT + piece.text, piece.linked)]))
        else:
            (self.after if self.rows else self.before).append(piece)

    def pieces(self) -> list[Piece]:
        """Return the finished table with what surrounds it, or its text alone if the table only lays text out."""
        return [self.whole] if self.whole is not None else [*self.before, *self._own_pieces(), *self.after]

    def _own_pieces(self) -> list[Piece]:
        for row in self.rows:
            for cell in row:
                cell.end()
        texts = _texts(self.rows)
        if is_layout(texts):
            return [part for row in self.rows for cell in row for part in cell.content]
        spans = [[(cell.row_span, cell.column_span) for cell in row] for row in self.rows]
        cut_row_spans(spans, self.groups)
        if is_stacked(texts) and self.aligned:
            return list(_unstacked(self.rows, spans))
        return [Table(tuple(map(tuple, texts)), tuple(map(tuple, spans)), self.aligned)]


def _texts(rows: Iterable[Iterable[Cell]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def span(node: etree._Element) -> tuple[int, int]:
    """Return the row span and the column span that a cell states."""
    return _stated(node.get("rowspan")), _stated(node.get("colspan"))


def _stated(text: str | None) -> int:
    if not text:
        return 1
    found = _SPAN.match(text)
    return int(found[1]) if found else 1


def cut_row_spans(spans: list[list[tuple[int, int]]], groups: Sequence[int]) -> None:
    """End row spans with their ``thead`` or ``tbody`` (the number of each row's group), as a browser does."""
    left = Counter(groups)
    for row, group in zip(spans, groups, strict=True):
        most = left[group]
        row[:] = [span if span[0] == 1 else (min(span[0] or most, most), span[1]) for span in row]
        left[group] -= 1


def is_layout(texts: Sequence[Sequence[str]]) -> bool:
    """A table without text, with one cell a row, or with a cell of prose that outweighs the others holds no figures."""
    sizes = list(map(len, chain.from_iterable(texts)))
    longest = max(sizes, default=0)
    one_column = max(map(len, texts), default=0) <= 1
    return one_column or longest == 0 or (longest > _PROSE_CHARACTERS and longest * 2 > sum(sizes))


def is_stacked(texts: Iterable[Sequence[str]]) -> bool:
    """Say whether a whole report was written as one table: headings of sections are rows of their own."""
    alone = [row[0] for row in texts if len(row) == 1]
    return len(alone) > 1 and len([text for text in alone if heading_number(text) is not None]) > 1


def _unstacked(rows: list[list[Cell]], spans: list[list[tuple[int, int]]]) -> Iterator[Piece]:
    """Take a whole report written as one table apart: rows of a single cell are prose, the rest are tables."""
    texts = _texts(rows)
    kinds = [_is_prose(row, spans[number], texts[number + 1 : number + 2]) for number, row in enumerate(texts)]
    for is_prose, numbers in groupby(range(len(rows)), key=kinds.__getitem__):
        part = list(numbers)
        if is_prose:
            yield from (piece for number in part for cell in rows[number] for piece in cell.content)
        else:
            yield Table(tuple(tuple(texts[number]) for number in part), tuple(tuple(spans[number]) for number in part))


def _is_prose(row: Sequence[str], spans: Sequence[tuple[int, int]], following: Sequence[Sequence[str]]) -> bool:
    """A single cell is prose, except a short line that stands right on top of a table (第二十条第（一）项)."""
    if len(row) != 1 or spans[0][0] > 1:
        return False
    heads_a_table = len(row[0]) <= _CAPTION_CHARACTERS and bool(following) and len(following[0]) > 1
    return heading_number(row[0]) is not None or not heads_a_table
