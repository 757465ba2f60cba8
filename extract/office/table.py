"""Text and tables of word processors and sheets: from cells between column edges to paragraphs and grids.

Formats that state where a cell begins and ends (DOCX, RTF, sheets) give their content as lines and ``OfficeTable``s in
reading order; here it is decided what is a table of figures and what only holds prose in place.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from extract.errors import TooBigError
from extract.headings import heading_number
from extract.html.tree import clean
from extract.limits import MAX_GRID_CELLS, MAX_TEXT_CHARACTERS
from extract.model import Block, Finding, Grid, GridCell, Paragraph
from extract.titles import read_title

COLUMN_WIDTH = 1000
"""Width given to a column whose width is not stated (twips)."""

_SLIVER_TWIPS = 60  # converters leave columns of 1 mm where edges of two rows nearly meet (measured: < 60)
_CAPTION_CHARACTERS = 40
_LABEL_CHARACTERS = 60  # the longest label of the form has 40
_PROSE_CHARACTERS = 300


class TableCell(NamedTuple):
    """A cell between two column edges (any unit that grows to the right; twips where the file states them).

    ``is_continued``: it is the lower part of a cell merged downwards. ``at`` replaces the place counted here.
    (A named tuple: a document has hundreds, and a dataclass takes twice as long.)
    """

    left: int
    right: int
    parts: tuple["Part", ...] = ()
    is_continued: bool = False
    at: str = ""

    @property
    def text(self) -> str:
        """Return the lines of the cell as one text, those of tables in it too."""
        return "\n".join(filter(None, map(clean, _lines(self.parts))))


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """A table as its rows of cells."""

    rows: tuple[tuple[TableCell, ...], ...]


Part = str | OfficeTable


class PrintedCell(NamedTuple):
    """A cell between its edges with its text, which is asked for many times."""

    left: int
    right: int
    text: str
    is_continued: bool
    at: str


_Row = tuple[PrintedCell, ...]
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table whose cells hold nothing but text."""

    rows: Sequence[_Row]


def lay_out(parts: Iterable[Part | PrintedTable]) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Return the blocks of a document, and what was left out on the way.

    Raises ``TooBigError`` past ``MAX_TEXT_CHARACTERS`` or ``MAX_GRID_CELLS``.
    """
    blocks: list[Block] = []
    characters = lines = tables = hidden = 0
    for part in _unfolded(parts):
        if isinstance(part, str):
            lines += 1
            blocks.append(Paragraph(part, f"paragraph {lines}"))
            characters += len(part)
        else:
            tables += 1
            hidden += sum(cell.is_continued and bool(cell.text) for row in part for cell in row)
            blocks.append(_grid(_without_slivers(part), tables))
            characters += sum(len(cell.text) for row in part for cell in row)
        if characters > MAX_TEXT_CHARACTERS:
            raise TooBigError(f"more than MAX_TEXT_CHARACTERS = {MAX_TEXT_CHARACTERS} characters")
    return tuple(blocks), _hidden_note(hidden)


def _hidden_note(hidden: int) -> tuple[Finding, ...]:
    if not hidden:
        return ()
    detail = f"{hidden} cells merged into the one above hold text that is not shown"
    return (Finding("hidden_text", "NOT_ASSESSABLE", cause="source", detail=detail),)


def printed_text(text: str) -> str:
    """Return the text of a cell: its lines as printed, those that are empty left out."""
    return clean(text) if "\n" not in text else "\n".join(filter(None, map(clean, text.split("\n"))))


def _printed(rows: Iterable[tuple[TableCell, ...]]) -> list[_Row]:
    return [
        tuple([PrintedCell(cell.left, cell.right, cell.text, cell.is_continued, cell.at) for cell in row])
        for row in rows
    ]


def _lines(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield from part.split("\n")
        else:
            yield from (line for row in part.rows for cell in row for line in _lines(cell.parts))


def _unfolded(parts: Iterable[Part | PrintedTable]) -> Iterator[str | list[_Row]]:
    """Yield lines, and the rows of each table of figures; tables that hold tables only lay them out."""
    for part in parts:
        if isinstance(part, str):
            yield from filter(None, map(clean, part.split("\n")))
        elif isinstance(part, PrintedTable):
            yield from _unstacked(part.rows)
        elif _is_frame(part):
            yield from _unfolded(inner for row in part.rows for cell in row for inner in cell.parts)
        else:
            yield from _unstacked(_printed(part.rows))


def _is_frame(table: OfficeTable) -> bool:
    inner = [part for row in table.rows for cell in row for part in cell.parts if isinstance(part, OfficeTable)]
    return any(sum(map(len, nested.rows)) > 1 or _is_frame(nested) for nested in inner)


def _unstacked(rows: Sequence[_Row]) -> Iterator[str | list[_Row]]:
    """Take titles, headings and prose that are rows of a table out of it."""
    kinds = [_is_prose(row, rows[number + 1 : number + 2]) for number, row in enumerate(rows)]
    for is_prose, numbered in groupby(zip(kinds, rows, strict=True), key=lambda pair: pair[0]):
        part = [row for _, row in numbered]
        if is_prose or _is_layout(part):
            yield from (line for row in part for cell in row for line in cell.text.split("\n") if line)
        else:
            yield part


def _is_prose(row: _Row, following: Sequence[_Row]) -> bool:
    """Say whether one cell is all that a row prints, and is no label and no caption (第二十条第（一）项) of a table."""
    printed = [cell for cell in row if cell.text]
    if len(printed) != 1 or _goes_on(printed[0], following):
        return False
    text = printed[0].text
    if heading_number(text) is not None or read_title(text).kind == "report":
        return True
    if printed[0] is not row[0]:
        return False
    heads_a_table = len(text) <= _CAPTION_CHARACTERS and any(len(below) > 1 for below in following)
    return len(text) > _LABEL_CHARACTERS or (len(row) == 1 and not heads_a_table)


def _goes_on(cell: PrintedCell, following: Sequence[_Row]) -> bool:
    return cell.is_continued or any(
        below.is_continued and below.left == cell.left for row in following for below in row
    )


def _is_layout(rows: Sequence[_Row]) -> bool:
    """A table without text, with one cell a row, or with a cell of prose that outweighs the others holds no figures."""
    sizes = [len(cell.text) for row in rows for cell in row]
    longest = max(sizes, default=0)
    one_column = max(map(len, rows), default=0) <= 1
    return one_column or longest == 0 or (longest > _PROSE_CHARACTERS and longest * 2 > sum(sizes))


def _without_slivers(rows: Sequence[_Row]) -> Sequence[_Row]:
    """Move edges that nearly meet onto each other, unless that would hide a printed cell."""
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    if not any(after - before < _SLIVER_TWIPS for before, after in pairwise(edges)):
        return _wide(rows)
    moved: dict[int, int] = {}
    place = edges[0]
    for edge in edges:
        if edge - place >= _SLIVER_TWIPS:
            place = edge
        moved[edge] = place
    straight = [tuple(cell._replace(left=moved[cell.left], right=moved[cell.right]) for cell in row) for row in rows]
    hides = any(cell.left == cell.right and cell.text for row in straight for cell in row)
    return _wide(rows if hides else straight)


def _wide(rows: Sequence[_Row]) -> Sequence[_Row]:
    if all(cell.left < cell.right for row in rows for cell in row):
        return rows
    return [tuple(cell for cell in row if cell.left < cell.right) for row in rows]


_Placed = tuple[int, int, PrintedCell]
"""The row of a cell, its number in the row from 1, and the cell."""


def _grid(rows: Sequence[_Row], number: int) -> Grid:
    """Place cells by their edges, join those merged downwards, and number the columns in which a cell begins."""
    placed, heights = _placed(rows)
    used = max((cell.right for _, _, cell in placed if cell.text), default=0)
    tops = sorted({top for top, _, cell in placed if cell.left < used})
    lefts = sorted({cell.left for _, _, cell in placed if cell.left < used})
    if len(tops) * len(lefts) > MAX_GRID_CELLS:
        raise TooBigError(f"table has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} positions")
    row_of = [bisect_left(tops, row) for row in range(len(rows) + 1)]
    edges = {cell.left for _, _, cell in placed} | {cell.right for _, _, cell in placed}
    column_of = {edge: bisect_left(lefts, edge) for edge in edges}
    cells = []
    for (top, place, (left, right, text, _, at)), height in zip(placed, heights, strict=True):
        if left < used:
            row, column = row_of[top], column_of[left]
            at = at or f"table {number} row {top + 1} cell {place}"
            cells.append(GridCell(row, column, text, at, row_of[top + height] - row, column_of[right] - column))
    return Grid(len(tops), len(lefts), tuple(cells), f"table {number}")


def _placed(rows: Sequence[_Row]) -> tuple[list[_Placed], list[int]]:
    """Return the cells, those merged downwards once, and how many rows each covers."""
    placed: list[_Placed] = []
    heights: list[int] = []
    anchors: list[int] = []
    for top, row in enumerate(rows):
        goes_on = top > 0 and any(cell.is_continued for cell in row)
        above = _by_edges(rows[top - 1], anchors) if goes_on else {}
        anchors = []
        for place, cell in enumerate(row, 1):
            anchor = above.get((cell.left, cell.right)) if cell.is_continued else None
            if anchor is None:
                anchor = len(placed)
                placed.append((top, place, cell))
                heights.append(1)
            else:
                heights[anchor] += 1
            anchors.append(anchor)
    return placed, heights


def _by_edges(row: _Row, anchors: Sequence[int]) -> dict[_Span, int]:
    return {(cell.left, cell.right): anchor for cell, anchor in zip(row, anchors, strict=True)}
