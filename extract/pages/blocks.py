"""Pages become blocks in reading order: paragraphs, and tables that go on over page breaks as one grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extract.model import Block, Grid
from extract.pages.columns import in_columns
from extract.pages.framed import without_frames
from extract.pages.furniture import without_furniture
from extract.pages.lines import PageContent, Table, find_tables
from extract.pages.obscured import beside_text
from extract.pages.paragraphs import ORDINAL, PlacedLine, paragraphs, placed, title_lines
from extract.pages.spread import find_spread
from extract.pages.stitch import Fragment, fits, lacks_first_column, stitch
from extract.pages.struck import without_struck
from extract.pages.text import Char, TextLine, text_lines
from extract.pages.unruled.applicants import names_applicants
from extract.pages.unruled.rows import row_of
from extract.pages.unruled.statistics import prints_statistics
from extract.pages.unruled.tables import may_be_table
from extract.pages.watermark import without_watermark
from extract.text import LOST

_TALLEST_FRAME = 0.25
"""Share of the page height up to which a frame may be a row cut off its table; higher ones are page borders."""

_CLOSE_BELOW = 2.0
"""Type sizes below a ruled header within which the first row without lines begins."""

_FALLEN = 2.5
"""Type sizes below a table within which the words of its cut cells are printed."""


@dataclass(frozen=True, slots=True)
class _Loose:
    """A line outside tables, before it is numbered, and its column (``extract.pages.columns``)."""

    page: int
    line: TextLine
    column: int = 0


@dataclass(frozen=True, slots=True)
class _Settled:
    """A table that is never joined to another one, and its upper edge."""

    top: float
    grid: Grid


_Run = tuple[Fragment, ...]
_Part = _Loose | Fragment | _Settled
_Kept = _Loose | _Run | _Settled


def to_blocks(pages: Sequence[PageContent]) -> tuple[Block, ...]:
    """Return the paragraphs and grids of a document. Raises ``TooBigError`` for tables past the limits.

    A table is joined to the one that ends the page before when nothing but page furniture stands between them and
    their columns agree. Places are ``page P line L`` and ``page P table N row R cell C [x0,y0,x1,y1]`` (points from
    the top left corner of the page).
    """
    parts = list(_column_by_column(_without_frames(_parts(pages))))
    return tuple(_blocks(parts, _numbered(parts)))


def _parts(pages: Sequence[PageContent]) -> Iterator[_Part]:
    found = [_tables_and_lines(without_struck(without_frames(without_watermark(page)))) for page in pages]
    kept = without_furniture([lines for _, lines in found], [page.height for page in pages])
    ruled = [
        list(_fragments(page, tables, lines))
        for page, ((tables, _), lines) in enumerate(zip(found, kept, strict=True), 1)
    ]
    loose = [_without(lines, parts) for lines, parts in zip(kept, ruled, strict=True)]
    spreads = find_spread(loose, whole=all(page.whole for page in pages))
    taken = {id(line) for spread in spreads for _, line in spread.lines}
    for page, (parts, lines) in enumerate(zip(ruled, loose, strict=True), 1):
        unruled = [spread for spread in spreads if spread.page == page]
        settled = [_Settled(spread.top, spread.grid(number)) for number, spread in enumerate(unruled, len(parts) + 1)]
        left = [_Loose(page, line) for line in lines if id(line) not in taken]
        every: list[_Part] = [*parts, *settled, *left]
        yield from sorted(every, key=_top)


def _fragments(page: int, tables: Sequence[Table], lines: Sequence[TextLine]) -> Iterator[Fragment]:
    for number, table in enumerate(tables, 1):
        beside = tuple(line for line in lines if _is_beside(line, table))
        below = _below(lines, table) if number == len(tables) else ()
        yield Fragment(page, number, table, beside, below)


def _without(lines: Sequence[TextLine], parts: Sequence[Fragment]) -> list[TextLine]:
    taken = {id(line) for part in parts for line in (*part.beside, *part.below)}
    return [line for line in lines if id(line) not in taken]


def _is_beside(line: TextLine, table: Table) -> bool:
    middle = (line.top + line.bottom) / 2
    return line.x1 <= table.xs[0] and table.ys[0] < middle < table.ys[-1]


def _below(lines: Sequence[TextLine], table: Table) -> tuple[TextLine, ...]:
    """Return the last lines of a page if all of them are words close below the last table and within its edges."""
    last = tuple(line for line in lines if line.top > table.ys[-1] - line.size / 2)
    inside = all(
        table.xs[0] <= line.x0 and line.x1 <= table.xs[-1] and line.top - table.ys[-1] < _FALLEN * line.size
        for line in last
    )
    words = not any(ORDINAL.match(line.text) or any(map(str.isdigit, line.text)) for line in last)
    return last if inside and words and not table.is_frame else ()


def _tables_and_lines(page: PageContent) -> tuple[list[Table], list[TextLine]]:
    tables, rest = find_tables(page)
    outside = [mark for mark in page.marks if not any(_holds(table, Char(LOST, *mark)) for table in tables)]
    rest = [*rest, *beside_text(outside, rest)]
    drawn = [table for table in tables if _is_border(table, page.height) or _is_only_header(table, rest)]
    if not drawn:
        return tables, text_lines(rest)
    kept = [table for table in tables if table not in drawn]
    inside = (char for table in drawn for char in _chars_of(table, page, kept))
    return kept, text_lines([*rest, *inside])


def _is_border(table: Table, page_height: float) -> bool:
    """Tell whether a frame is drawn around a page, or around a whole table that has no lines inside."""
    if not table.is_frame:
        return False
    high = table.ys[-1] - table.ys[0] > _TALLEST_FRAME * page_height
    rows = [row_of(line) for line in text_lines(table.chars)]
    begins = len(rows) > 1 and names_applicants(rows)  # its rows may be on the next page
    return high or begins or ((may_be_table(rows) or prints_statistics(rows)) and any(row.values for row in rows))


def _is_only_header(table: Table, rest: Sequence[Char]) -> bool:
    """Tell whether a table is the header of one that goes on without lines: nothing but words, and figures close below."""
    if not all(cell.text and not any(map(str.isdecimal, cell.text)) for cell in table.cells):
        return False
    left, right, low = table.xs[0], table.xs[-1], table.ys[-1]
    below = [char for char in rest if left < char.x0 < right and low < (char.top + char.bottom) / 2]
    near = [char for char in below if char.top - low < _CLOSE_BELOW * (char.bottom - char.top)]
    rows = [row_of(line) for line in text_lines(near)]
    return any(row.values and len(row.tokens) > 1 for row in rows)


def _chars_of(table: Table, page: PageContent, others: Sequence[Table]) -> Sequence[Char]:
    if table.is_frame:
        return table.chars
    return [char for char in page.chars if _holds(table, char) and not any(_holds(other, char) for other in others)]


def _holds(table: Table, char: Char) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return table.xs[0] < x < table.xs[-1] and table.ys[0] < y < table.ys[-1]


def _top(part: _Part) -> float:
    if isinstance(part, Fragment):
        return part.table.ys[0]
    return part.top if isinstance(part, _Settled) else part.line.top


def _without_frames(parts: Iterator[_Part]) -> Iterator[_Kept]:
    """Bring the fragments of each table together, and turn frames that belong to none into their lines."""
    for _, group in groupby(parts, key=lambda part: isinstance(part, Fragment)):
        fragments: list[Fragment] = []
        for part in group:
            if isinstance(part, Fragment):
                fragments.append(part)
            else:
                yield part
        for run in _runs(fragments):
            yield from _kept(run)


def _kept(run: _Run) -> Iterator[_Kept]:
    if not any(cell.text for part in run for cell in part.table.cells):
        yield from (_Loose(part.page, line) for part in run for line in (*part.beside, *part.below))
        return
    if all(part.table.is_frame for part in run):
        yield from (_Loose(part.page, line) for part in run for line in text_lines(part.table.chars))
    else:
        yield run
    complete = (part for part in run if not lacks_first_column(run, part))
    yield from (_Loose(part.page, line) for part in complete for line in part.beside)
    yield from (_Loose(run[-1].page, line) for line in run[-1].below)


def _runs(fragments: Sequence[Fragment]) -> Iterator[_Run]:
    run: list[Fragment] = []
    for fragment in fragments:
        if run and not (fragment.page == run[-1].page + 1 and fits(run, fragment)):
            yield tuple(run)
            run = []
        run.append(fragment)
    if run:
        yield tuple(run)


def _column_by_column(parts: Iterator[_Kept]) -> Iterator[_Kept]:
    """Put the lines between two tables of a page into the order in which they are read."""
    for page, group in groupby(parts, key=lambda part: part.page if isinstance(part, _Loose) else None):
        if page is None:
            yield from group
        else:
            lines = [part.line for part in group if isinstance(part, _Loose)]
            yield from (_Loose(page, line, column) for line, column in in_columns(lines))


def _numbered(parts: Sequence[_Kept]) -> Iterator[PlacedLine]:
    loose = [part for part in parts if isinstance(part, _Loose)]
    reach = 0.0
    for page, group in groupby(loose, key=lambda part: part.page):
        lines = placed([(part.line, part.column) for part in group], page, reach)
        reach = max(line.right for line in lines)
        yield from lines


def _blocks(parts: Sequence[_Kept], lines: Iterator[PlacedLine]) -> Iterator[Block]:
    numbered = list(lines)
    title, following = title_lines(numbered), iter(numbered)
    for is_line, group in groupby(parts, key=lambda part: isinstance(part, _Loose)):
        if is_line:
            yield from paragraphs([next(following) for _ in group], title)
            continue
        for part in group:
            if isinstance(part, _Settled):
                yield part.grid
            elif not isinstance(part, _Loose):
                yield stitch(part)
