"""Pages become blocks in reading order: paragraphs, and tables that go on over page breaks as one grid."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.lines import PageContent, find_tables
from extract.model import Block
from extract.page_furniture import without_furniture
from extract.page_paragraphs import PlacedLine, paragraphs, placed, title_lines
from extract.page_stitch import Fragment, fits, stitch
from extract.page_text import text_lines

Part = PlacedLine | Fragment


def to_blocks(pages: Sequence[PageContent]) -> tuple[Block, ...]:
    """Return the paragraphs and grids of a document. Raises ``TooBigError`` for grids past the limits.

    A table is joined to the one that ends the page before when nothing but page furniture stands between them and
    their columns agree. Places are ``page P line L`` and ``page P table N row R cell C [x0,y0,x1,y1]`` (points from
    the top left corner of the page).
    """
    found = [find_tables(page) for page in pages]
    texts = [text_lines(rest) for _, rest in found]
    kept = without_furniture(texts, [page.height for page in pages])
    parts: list[Part] = []
    for number, ((tables, _), lines) in enumerate(zip(found, kept, strict=True), 1):
        fragments = [Fragment(number, count, table) for count, table in enumerate(tables, 1)]
        parts.extend(sorted([*fragments, *placed(lines, number)], key=_top))
    return tuple(_blocks(parts))


def _top(part: Part) -> float:
    return part.table.ys[0] if isinstance(part, Fragment) else part.line.top


def _blocks(parts: Sequence[Part]) -> Iterator[Block]:
    title = title_lines([part for part in parts if isinstance(part, PlacedLine)])
    for is_table, run in groupby(parts, key=lambda part: isinstance(part, Fragment)):
        if is_table:
            yield from map(stitch, _tables([part for part in run if isinstance(part, Fragment)]))
        else:
            yield from paragraphs([part for part in run if isinstance(part, PlacedLine)], title)


def _tables(fragments: Sequence[Fragment]) -> Iterator[list[Fragment]]:
    """Group consecutive fragments into tables."""
    table: list[Fragment] = []
    for fragment in fragments:
        if table and not (fragment.page == table[-1].page + 1 and fits(table, fragment)):
            yield table
            table = []
        table.append(fragment)
    if table:
        yield table
