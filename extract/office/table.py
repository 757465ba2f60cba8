"""Text and tables of word processors and sheets: from cells between column edges to paragraphs and grids.

Formats that state where a cell begins and ends (DOCX, RTF, sheets) give their content as lines and ``OfficeTable``s in
reading order; here it is decided what is a table of figures and what only holds prose in place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from extract.errors import TooBigError
from extract.headings import heading_number
from extract.html.tree import clean
from extract.limits import MAX_TEXT_CHARACTERS
from extract.model import Block, Finding, Paragraph
from extract.office.placing import PrintedCell, Row, grid_of
from extract.titles import read_title

COLUMN_WIDTH = 1000
"""Width given to a column whose width is not stated (twips)."""

_CAPTION_CHARACTERS = 40
_LABEL_CHARACTERS = 60  # the longest label of the form has 40
_PROSE_CHARACTERS = 300
_KEPT = 8192


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


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table whose cells hold nothing but text."""

    rows: Sequence[Row]


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
            blocks.append(grid_of(part, tables))
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
    if text.isalnum():
        return text
    return _printed_short(text) if len(text) <= _LABEL_CHARACTERS else _printed_text(text)


def _printed_text(text: str) -> str:
    return clean(text) if "\n" not in text else "\n".join(filter(None, map(clean, text.split("\n"))))


_printed_short = lru_cache(maxsize=_KEPT)(_printed_text)
"""The words and small numbers of cells repeat."""


def _printed(rows: Iterable[tuple[TableCell, ...]]) -> list[Row]:
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


def _unfolded(parts: Iterable[Part | PrintedTable]) -> Iterator[str | list[Row]]:
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


def _unstacked(rows: Sequence[Row]) -> Iterator[str | list[Row]]:
    """Take titles, headings and prose that are rows of a table out of it."""
    kinds = [_is_prose(row, rows[number + 1 : number + 2]) for number, row in enumerate(rows)]
    for is_prose, numbered in groupby(zip(kinds, rows, strict=True), key=lambda pair: pair[0]):
        part = [row for _, row in numbered]
        if is_prose or _is_layout(part):
            yield from (line for row in part for cell in row for line in cell.text.split("\n") if line)
        else:
            yield part


def _is_prose(row: Row, following: Sequence[Row]) -> bool:
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


def _goes_on(cell: PrintedCell, following: Sequence[Row]) -> bool:
    return cell.is_continued or any(
        below.is_continued and below.left == cell.left for row in following for below in row
    )


def _is_layout(rows: Sequence[Row]) -> bool:
    """A table without text, with one cell a row, or with a cell of prose that outweighs the others holds no figures."""
    sizes = [len(cell.text) for row in rows for cell in row]
    longest = max(sizes, default=0)
    one_column = max(map(len, rows), default=0) <= 1
    return one_column or longest == 0 or (longest > _PROSE_CHARACTERS and longest * 2 > sum(sizes))
