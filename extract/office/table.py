"""Text and tables of word processors and sheets: from cells between column edges to paragraphs and grids.

Formats that state where a cell begins and ends (DOCX, RTF, sheets) give their content as lines and ``OfficeTable``s in
reading order; here it is decided what is a table of figures and what only holds prose in place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, groupby, islice, pairwise
from typing import NamedTuple

from extract.errors import TooBigError
from extract.headings import heading_number
from extract.html.tree import clean
from extract.identity.titles import read_title
from extract.kept import Kept
from extract.limits import MAX_TEXT_CHARACTERS
from extract.model import Block, Finding, Paragraph
from extract.office.placing import grid_of
from extract.office.printed import Edges, PrintedTable
from extract.plain_text.blocks import text_blocks
from extract.plain_text.lost import has_lost_tables
from extract.plain_text.tables import Line

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


def lay_out(parts: Iterable[Part | PrintedTable]) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Return the blocks of a document, and what was left out on the way. One without tables may have them in lines.

    Raises ``TooBigError`` past ``MAX_TEXT_CHARACTERS`` or ``MAX_GRID_CELLS``.
    """
    parts = list(parts)
    lines = [line for part in parts if isinstance(part, str) for line in part.split("\n")]
    if all(isinstance(part, str) for part in parts) and has_lost_tables(lines):
        return _in_lines(lines), ()
    return _laid_out(parts)


def _in_lines(lines: Sequence[str]) -> tuple[Block, ...]:
    _check_length(sum(map(len, lines)))
    return text_blocks([Line(number, line) for number, line in enumerate(lines, 1)], is_whole=True)


def _laid_out(parts: Sequence[Part | PrintedTable]) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    blocks: list[Block] = []
    characters = lines = tables = hidden = 0
    for part in _unfolded(parts):
        if isinstance(part, str):
            lines += 1
            blocks.append(Paragraph(part, f"paragraph {lines}"))
            characters += len(part)
        else:
            tables += 1
            hidden += sum(map(bool, compress(part.texts, part.edges.continued)))
            blocks.append(grid_of(part, tables))
            characters += sum(map(len, part.texts))
        _check_length(characters)
    return tuple(blocks), _hidden_note(hidden)


def _check_length(characters: int) -> None:
    if characters > MAX_TEXT_CHARACTERS:
        raise TooBigError(f"more than MAX_TEXT_CHARACTERS = {MAX_TEXT_CHARACTERS} characters")


def _hidden_note(hidden: int) -> tuple[Finding, ...]:
    if not hidden:
        return ()
    detail = f"{hidden} cells merged into the one above hold text that is not shown"
    return (Finding("hidden_text", "NOT_ASSESSABLE", cause="source", detail=detail),)


def printed_texts(texts: Iterable[str]) -> list[str]:
    """Return the texts of cells: their lines as printed, those that are empty left out."""
    # Most cells have a word or a number, which is printed as it is.
    return [text if text.isalnum() else _printed_words(text) for text in texts]


def _printed_words(text: str) -> str:
    return _printed_short[text] if len(text) <= _LABEL_CHARACTERS else _printed_text(text)


def _printed_text(text: str) -> str:
    return clean(text) if "\n" not in text else "\n".join(filter(None, map(clean, text.split("\n"))))


_printed_short = Kept(_printed_text, _KEPT)
"""The words and small numbers of cells repeat."""


def _printed(rows: Sequence[Sequence[TableCell]]) -> PrintedTable:
    cells = [cell for row in rows for cell in row]
    lefts, rights = tuple(cell.left for cell in cells), tuple(cell.right for cell in cells)
    edges = Edges(tuple(map(len, rows)), lefts, rights, tuple(cell.is_continued for cell in cells))
    ats = [cell.at for cell in cells]
    return PrintedTable(edges, [cell.text for cell in cells], ats if any(ats) else ())


def _lines(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield from part.split("\n")
        else:
            yield from (line for row in part.rows for cell in row for line in _lines(cell.parts))


def _unfolded(parts: Iterable[Part | PrintedTable]) -> Iterator[str | PrintedTable]:
    """Yield lines, and each table of figures; tables that hold tables only lay them out."""
    for part in parts:
        if isinstance(part, str):
            yield from filter(None, map(clean, part.split("\n")))
        elif isinstance(part, PrintedTable):
            yield from _unstacked(part)
        elif _is_frame(part):
            yield from _unfolded(inner for row in part.rows for cell in row for inner in cell.parts)
        else:
            yield from _unstacked(_printed(part.rows))


def _is_frame(table: OfficeTable) -> bool:
    inner = [part for row in table.rows for cell in row for part in cell.parts if isinstance(part, OfficeTable)]
    return any(sum(map(len, nested.rows)) > 1 or _is_frame(nested) for nested in inner)


def _unstacked(table: PrintedTable) -> Iterator[str | PrintedTable]:
    """Take titles, headings and prose that are rows of a table out of it."""
    prose = frozenset(_prose_rows(table))
    if not prose:
        yield from _shown(table, False)
        return
    first = 0
    for is_prose, alike in groupby(range(len(table.edges.counts)), prose.__contains__):
        end = first + len(list(alike))
        yield from _shown(table.part(first, end), is_prose)
        first = end


def _shown(part: PrintedTable, is_prose: bool) -> Iterator[str | PrintedTable]:
    if is_prose or _is_layout(part):
        yield from (line for text in part.texts for line in text.split("\n") if line)
    else:
        yield part


def _prose_rows(table: PrintedTable) -> Iterator[int]:
    """Yield the numbers of rows in which one cell is all that is printed, and is prose."""
    printed = list(map(bool, table.texts))
    cells = iter(printed)
    is_alone = [sum(islice(cells, count)) == 1 for count in table.edges.counts]
    for number, (row, below) in enumerate(pairwise([*table.rows(), range(0)]) if any(is_alone) else ()):
        if is_alone[number] and _is_prose(table, printed.index(True, row.start), row, below):
            yield number


def _is_prose(table: PrintedTable, cell: int, row: range, following: range) -> bool:
    """Say whether the cell that is all that a row prints is no label and no caption (第二十条第（一）项) of a table."""
    if _goes_on(table.edges, cell, following):
        return False
    text = table.texts[cell]
    if heading_number(text) is not None or read_title(text).kind == "report":
        return True
    if cell != row[0]:
        return False
    heads_a_table = len(text) <= _CAPTION_CHARACTERS and len(following) > 1
    return len(text) > _LABEL_CHARACTERS or (len(row) == 1 and not heads_a_table)


def _goes_on(edges: Edges, cell: int, following: range) -> bool:
    left = edges.lefts[cell]
    return edges.continued[cell] or any(edges.continued[below] and edges.lefts[below] == left for below in following)


def _is_layout(table: PrintedTable) -> bool:
    """A table without text, with one cell a row, or with a cell of prose that outweighs the others holds no figures."""
    sizes = list(map(len, table.texts))
    longest = max(sizes, default=0)
    one_column = max(table.edges.counts, default=0) <= 1
    return one_column or longest == 0 or (longest > _PROSE_CHARACTERS and longest * 2 > sum(sizes))
