"""Text and tables of word processors and sheets: from cells between column edges to paragraphs and grids.

Formats that state where a cell begins and ends (DOCX, RTF, sheets) give their content as lines and ``OfficeTable``s in
reading order; here it is decided what is a table of figures and what only holds prose in place.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

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


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell between two column edges (any unit that grows to the right; twips where the file states them).

    ``is_continued``: it is the lower part of a cell merged downwards. ``at`` replaces the place counted here.
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
_Row = tuple[TableCell, ...]
_Span = tuple[int, int]


def lay_out(parts: Iterable[Part]) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
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


def _lines(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield from part.split("\n")
        else:
            yield from (line for row in part.rows for cell in row for line in _lines(cell.parts))


def _unfolded(parts: Iterable[Part]) -> Iterator[str | list[_Row]]:
    """Yield lines, and the rows of each table of figures; tables that hold tables only lay them out."""
    for part in parts:
        if isinstance(part, str):
            yield from filter(None, map(clean, part.split("\n")))
        elif _is_frame(part):
            yield from _unfolded(inner for row in part.rows for cell in row for inner in cell.parts)
        else:
            yield from _unstacked(part.rows)


def _is_frame(table: OfficeTable) -> bool:
    inner = (part for row in table.rows for cell in row for part in cell.parts if isinstance(part, OfficeTable))
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


def _goes_on(cell: TableCell, following: Sequence[_Row]) -> bool:
    return cell.is_continued or any(
        below.is_continued and below.left == cell.left for row in following for below in row
    )


def _is_layout(rows: Sequence[_Row]) -> bool:
    """A table without text, with one cell a row, or with a cell of prose that outweighs the others holds no figures."""
    sizes = [len(cell.text) for row in rows for cell in row]
    longest = max(sizes, default=0)
    one_column = max(map(len, rows), default=0) <= 1
    return one_column or longest == 0 or (longest > _PROSE_CHARACTERS and longest * 2 > sum(sizes))


def _without_slivers(rows: Sequence[_Row]) -> list[_Row]:
    """Move edges that nearly meet onto each other, unless that would hide a printed cell."""
    moved: dict[int, int] = {}
    place = None
    for edge in sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)}):
        if place is None or edge - place >= _SLIVER_TWIPS:
            place = edge
        moved[edge] = place
    straight = [[replace(cell, left=moved[cell.left], right=moved[cell.right]) for cell in row] for row in rows]
    if any(cell.left == cell.right and cell.text for row in straight for cell in row):
        return [tuple(cell for cell in row if cell.left < cell.right) for row in rows]
    return [tuple(cell for cell in row if cell.left < cell.right) for row in straight]


def _grid(rows: Sequence[_Row], number: int) -> Grid:
    """Place cells by their edges, join those merged downwards, and number the columns in which a cell begins."""
    placed = _placed(rows, number)
    used = max((cell.column + cell.column_span for cell in placed if cell.text), default=0)
    kept = [cell for cell in placed if cell.column < used]
    tops, lefts = sorted({cell.row for cell in kept}), sorted({cell.column for cell in kept})
    if len(tops) * len(lefts) > MAX_GRID_CELLS:
        raise TooBigError(f"table has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} positions")
    cells = tuple(_renumbered(cell, tops, lefts) for cell in kept)
    return Grid(len(tops), len(lefts), cells, f"table {number}")


def _placed(rows: Sequence[_Row], number: int) -> list[GridCell]:
    cells: list[GridCell] = []
    above: dict[_Span, int] = {}
    for top, row in enumerate(rows):
        here: dict[_Span, int] = {}
        for place, cell in enumerate(row):
            span = (cell.left, cell.right)
            anchor = above.get(span) if cell.is_continued else None
            if anchor is None:
                at = cell.at or f"table {number} row {top + 1} cell {place + 1}"
                here[span] = len(cells)
                cells.append(GridCell(top, cell.left, cell.text, at, 1, cell.right - cell.left))
            else:
                here[span] = anchor
                cells[anchor] = cells[anchor]._replace(row_span=cells[anchor].row_span + 1)
        above = here
    return cells


def _renumbered(cell: GridCell, tops: Sequence[int], lefts: Sequence[int]) -> GridCell:
    row, column = bisect_left(tops, cell.row), bisect_left(lefts, cell.column)
    below = bisect_left(tops, cell.row + cell.row_span)
    beside = bisect_left(lefts, cell.column + cell.column_span)
    return GridCell(row, column, cell.text, cell.at, below - row, beside - column)
