"""Tables whose header is a table of its own: pages that keep it in sight, and converters that cut a table at a page's end.

Its columns then hold for the tables right behind it, which have as many and no header: they are put together.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extract.forms.canvas import Canvas, is_text
from extract.forms.entries import is_header
from extract.labels import Vocabulary, vocabulary
from extract.model import Block, Document, Grid, GridCell

_TABLES = ("requests", "review")
_FEWEST_NAMES = 3
_MOST_ROWS = 4
_MOST_LABELS = 3
"""Columns of labels on the form: a header that stands alone has one for them."""


def with_heads(document: Document) -> Document:
    """Return a document in which each table that is nothing but a header heads the tables right behind it."""
    blocks = document.blocks
    if not any(isinstance(block, Grid) and isinstance(after, Grid) for block, after in pairwise(blocks)):
        return document
    joined = tuple(_joined(blocks, vocabulary()))
    return document if len(joined) == len(blocks) else replace(document, blocks=joined)


def _joined(blocks: tuple[Block, ...], words: Vocabulary) -> Iterator[Block]:
    head: Grid | None = None
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        if not isinstance(block, Grid) or (head is None and not _heads(block, after, words)):
            yield block
            continue
        head = block if head is None else _above(head, block, words)
        if not _goes_on(head, after, words):
            yield head
            head = None


def _heads(grid: Grid, after: Block | None, words: Vocabulary) -> bool:
    return isinstance(after, Grid) and _is_head(grid, words) and _goes_on(grid, after, words)


def _is_head(grid: Grid, words: Vocabulary) -> bool:
    """Say whether a table has no figure, and ends with the names of columns."""
    if not grid.aligned or grid.rows > _MOST_ROWS or not all(cell.text == "" or is_text(cell) for cell in grid.cells):
        return False
    return _first_named(Canvas(grid).rows[-1], words) is not None


def _first_named(cells: tuple[GridCell, ...], words: Vocabulary) -> int | None:
    """Return the first column that a row of a header names, or ``None`` for a row that is none."""
    if sum(is_header(cell.text) for cell in cells) > 1:
        return 0
    for table in _TABLES:
        named = {name: cell.column for cell in reversed(cells) if (name := words.column(cell.text, table))}
        if len(named) >= _FEWEST_NAMES:
            return min(named.values())
    return None


def _goes_on(head: Grid, after: Block | None, words: Vocabulary) -> bool:
    """Say whether a table follows that has the columns of a header, but for columns of labels, and none itself."""
    if not isinstance(after, Grid) or not after.aligned or not 0 <= after.columns - head.columns < _MOST_LABELS:
        return False
    rows = Canvas(after).rows
    is_headed = any(_first_named(row, words) is not None for row in rows)
    return not is_headed and not all(is_text(cell) for row in rows for cell in row)


def _labels_end(head: Grid, words: Vocabulary) -> int:
    """Return the column at which the named ones begin."""
    rows = Canvas(head).rows[:_MOST_ROWS]
    return next((named for row in reversed(rows) if (named := _first_named(row, words)) is not None), 0)


def _above(head: Grid, grid: Grid, words: Vocabulary) -> Grid:
    """Return a table below a header, of which one cell stands above all columns of labels."""
    more, end = grid.columns - head.columns, _labels_end(head, words)
    upper = (_moved(cell, more, end) for cell in head.cells) if more else head.cells
    lower = (cell._replace(row=cell.row + head.rows) for cell in grid.cells)
    return replace(head, rows=head.rows + grid.rows, columns=grid.columns, cells=(*upper, *lower))


def _moved(cell: GridCell, more: int, end: int) -> GridCell:
    """Return a cell of a header that has ``more`` columns in front of one."""
    if cell.column >= end:
        return cell._replace(column=cell.column + more)
    reaches = cell.column + cell.column_span >= end
    return cell._replace(column_span=cell.column_span + more) if reaches else cell
