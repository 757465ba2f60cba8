"""Tables without ruling lines over page breaks: the lines of a section of the report, page below page."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extract.headings import heading_number
from extract.model import Grid, GridCell
from extract.pages.text import TextLine
from extract.pages.unruled.rows import Row, Token, Unruled, row_of
from extract.pages.unruled.statistics import may_be_statistics, statistics_tables
from extract.pages.unruled.tables import find_unruled, may_be_table

_PAGE_GAP = 0.5  # type sizes from the last line of a page to the first of the next: as between lines of one label

_Line = tuple[int, TextLine]
"""A line and its page, counted from 1."""


@dataclass(frozen=True)
class Sheet:
    """The lines of a section on one or more pages, each page moved down to where the one before it ends."""

    lines: tuple[_Line, ...]

    @cached_property
    def _moves(self) -> tuple[tuple[float, ...], tuple[float, ...], tuple[int, ...]]:
        """Return where each page begins, how far it is moved, and its number."""
        tops, moves, pages = [0.0], [0.0], [self.lines[0][0]]
        for (page, line), (following, below) in zip(self.lines, self.lines[1:], strict=False):
            if following != page:
                top = line.bottom + moves[-1] + _PAGE_GAP * below.size
                tops.append(top - _PAGE_GAP * below.size / 2)
                moves.append(top - below.top)
                pages.append(following)
        return tuple(tops), tuple(moves), tuple(pages)

    def rows(self) -> list[Row]:
        """Return the lines, moved and taken apart."""
        _, moves, pages = self._moves
        move = dict(zip(pages, moves, strict=True))
        return [row_of(_moved(line, move[page]), page) for page, line in self.lines]

    def page_at(self, y: float) -> tuple[int, float]:
        """Return the page that a height on the sheet belongs to, and how far that page is moved."""
        tops, moves, pages = self._moves
        place = bisect_right(tops, y) - 1
        return pages[place], moves[place]


def _moved(line: TextLine, down: float) -> TextLine:
    if not down:
        return line
    chars = tuple(char._replace(top=char.top + down, bottom=char.bottom + down) for char in line.chars)
    return replace(line, top=line.top + down, bottom=line.bottom + down, chars=chars)


@dataclass(frozen=True, slots=True)
class Spread:
    """A table without lines, the sheet it stands on, and the lines of the pages that it is made of."""

    table: Unruled
    sheet: Sheet
    lines: tuple[_Line, ...]

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0][0]

    @property
    def top(self) -> float:
        """Its upper edge on that page, in points."""
        return self.lines[0][1].top

    def grid(self, number: int) -> Grid:
        """Return the table as a grid. Of one that is not ``aligned`` only the order of cells can be believed."""
        cells = tuple(
            GridCell(row, column, token.text, self._at(token, number, row, column))
            for row, tokens in enumerate(self.table.rows)
            for column, token in enumerate(tokens)
        )
        columns = max(len(tokens) for tokens in self.table.rows)
        return Grid(
            len(self.table.rows), columns, cells, f"page {self.page} table {number}", aligned=self.table.aligned
        )

    def _at(self, token: Token, number: int, row: int, column: int) -> str:
        page, move = self.sheet.page_at((token.top + token.bottom) / 2)
        edges = (token.x0, token.top - move, token.x1, token.bottom - move)
        box = ",".join(str(round(edge)) for edge in edges)
        return f"page {page} table {number} row {row + 1} cell {column + 1} [{box}]"


def find_spread(pages: Sequence[Sequence[TextLine]], *, whole: bool) -> list[Spread]:
    """Return the tables without ruling lines on some pages: those of each section of the report as a whole, or page by
    page where more is certain so. ``whole``: the pages print nothing but their lines, so what has none is blank."""
    found = _statistics(pages)
    taken = {id(line) for spread in found for _, line in spread.lines}
    left = [[line for line in lines if id(line) not in taken] for lines in pages] if taken else pages
    for section in _sections(left):
        rows = [row_of(line) for _, line in section]
        if not may_be_table(rows):
            continue
        found += _tables_of(section, whole)
    return found


def _tables_of(section: Sequence[_Line], whole: bool) -> Sequence[Spread]:
    """Return the tables of a section as a whole; page by page where more is certain so. Of a table that its words tell
    nothing is left over."""
    joined = _on_sheet(Sheet(tuple(_without_repeated(section))), whole)
    is_told = bool(joined) and all(found.table.aligned and found.table.is_certain for found in joined)
    if section[0][0] == section[-1][0] or is_told:
        return joined
    apart = [table for sheet in _page_by_page(section) for table in _on_sheet(sheet, whole=False)]
    return joined if _size(joined) >= _size(apart) else apart


def _statistics(pages: Sequence[Sequence[TextLine]]) -> list[Spread]:
    """Return the statistics table of the 2014 form, whose parts are headed like the sections of a report."""
    if not may_be_statistics(pages):
        return []
    sheet = Sheet(tuple((page, line) for page, lines in enumerate(pages, 1) for line in lines))
    rows = sheet.rows()
    return [_spread(table, rows, sheet) for table in statistics_tables(rows)]


def _sections(pages: Sequence[Sequence[TextLine]]) -> Iterator[list[_Line]]:
    section: list[_Line] = []
    for page, lines in enumerate(pages, 1):
        for line in lines:
            if section and heading_number(line.text) is not None:
                yield section
                section = []
            section.append((page, line))
    if section:
        yield section


def _page_by_page(section: Sequence[_Line]) -> Iterator[Sheet]:
    pages = sorted({page for page, _ in section})
    return (Sheet(tuple(line for line in section if line[0] == page)) for page in pages)


def _without_repeated(section: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines without those at the head of a page that the section has before: a header printed again."""
    seen: set[str] = set()
    last, repeats = section[0][0], False
    for page, line in section:
        repeats = (repeats or page != last) and line.text in seen and not row_of(line).values
        if not repeats:
            yield page, line
        seen.add(line.text)
        last = page


def _on_sheet(sheet: Sheet, whole: bool) -> list[Spread]:
    rows = sheet.rows()
    return [_spread(table, rows, sheet) for table in find_unruled(rows, whole=whole)]


def _spread(table: Unruled, rows: Sequence[Row], sheet: Sheet) -> Spread:
    lines = {id(row.line): line for row, line in zip(rows, sheet.lines, strict=True)}
    return Spread(table, sheet, tuple(lines[id(line)] for line in table.lines))


def _size(tables: Sequence[Spread]) -> int:
    """Return how many rows of figures the tables have, uncertain ones aside."""
    return sum(found.table.certain for found in tables)
