"""Rows of a table that show damage: the numbers beside it may be of another row or column.

A file that lost a piece, or whose tags are broken, leaves angle brackets, lost characters and cut words in the cells of
its tables. The sums cannot tell whose numbers follow: a piece lost between two rows leaves one row that adds up.

On printed pages the cells stand where their lines stand, whatever is lost inside them: a character that is not legible
there moves no number, and its own cell says that it was not read.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set

from extract.model import Document, Finding, FormCell, Grid
from extract.text import CUT, LOST

_TWO_NUMBERS = re.compile(r"(?:\d|(?<!\S)[/／—－-])\s+(?:[-－−+]?\d|[/／—－-](?!\S))")
"""In a cell that could not be read: two cells that stand under one header."""

_DEBRIS = re.compile(rf"[<>{LOST}]|^{CUT}(?!$)|(?<!^){CUT}$")
_SIGNS = ("<", ">", LOST, CUT)
"""One of these stands in all debris; most tables have none."""

_PRINTED = re.compile(r"(?:picture \d+ )?page \d+ ")
"""Begins the place of a table on a page, as ``extract.pages`` gives it."""

_DETAIL = "damaged: numbers may be of another row or column"
_SHORT = "ends before the other rows: it may have lost a cell, and its numbers may be of another column"
_FEWEST_ROWS = 4
_MOST_SHORT = 1 / 4


def torn(document: Document, cells: Iterable[FormCell]) -> Iterator[Finding]:
    """Yield a finding for each row of the form that stands in a damaged row of a table.

    Damage in a row without cells of the form, a header's above all, speaks of the whole table.
    """
    printed = tuple(cells)
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    yield from _of_short_rows(grids, printed)
    unread = [cell for cell in printed if cell.state == "unreadable"]
    doubled = {cell.at for cell in unread if cell.at and _TWO_NUMBERS.search(cell.raw)}
    damaged = [(grid, rows) for grid in grids if (rows := _damaged_rows(grid, doubled))]
    if not damaged:
        return
    places = _places(printed)
    filled = {cell.at for cell in printed if cell.state != "blank"}
    for grid, rows in damaged:
        yield from _findings(grid, _with_empty_below(grid, rows, doubled, places.keys() - filled, filled), places)


def _places(printed: Iterable[FormCell]) -> dict[str, set[tuple[str, str]]]:
    """Return the rows of the form of which a cell stands at each place."""
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for cell in printed:
        if cell.at:
            places[cell.at].add((cell.table, cell.row))
    return places


def _of_short_rows(grids: Iterable[Grid], printed: tuple[FormCell, ...]) -> Iterator[Finding]:
    """Yield a finding for each row of the form that lost a cell where empty columns behind the table hide it.

    A spreadsheet saved as a page fills every row up to one edge.
    """
    for grid in grids:
        short = _short_rows(grid)
        if not short:
            continue
        places = _places(printed)
        held = {name: cell.row for cell in grid.cells if cell.row in short for name in places.get(cell.at, ())}
        for table, name in sorted(held):
            yield Finding("torn", "NOT_ASSESSABLE", {"table": table, "row": name}, detail=_SHORT)


def _short_rows(grid: Grid) -> frozenset[int]:
    """Return the rows that end before the others, in a table whose last column is blank wherever it begins."""
    if not grid.aligned or _PRINTED.match(grid.at):
        return frozenset()
    edges = dict.fromkeys(range(grid.rows), 0)
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            edges[row] = max(edges.get(row, 0), cell.column + cell.column_span)
    usual, count = Counter(edges.values()).most_common(1)[0] if edges else (0, 0)
    short = frozenset(row for row, edge in edges.items() if 0 < edge < usual)
    if not short or count < _FEWEST_ROWS or len(short) > _MOST_SHORT * len(edges):
        return frozenset()
    last = [cell for cell in grid.cells if cell.column == usual - 1]
    return short if last and not any(cell.text.strip() for cell in last) else frozenset()


def _damaged_rows(grid: Grid, doubled: Set[str]) -> dict[int, str]:
    """Return the damaged rows of a grid, each with the text that shows it."""
    is_marked_up = not _PRINTED.match(grid.at)
    whole = "".join([cell.text for cell in grid.cells]) if is_marked_up and not doubled else ""
    if not doubled and not any(sign in whole for sign in _SIGNS):
        return {}
    return {
        cell.row: cell.text for cell in grid.cells if cell.at in doubled or (is_marked_up and _DEBRIS.search(cell.text))
    }


def _with_empty_below(
    grid: Grid, rows: dict[int, str], doubled: Set[str], blank: Set[str], filled: Set[str]
) -> dict[int, str]:
    """Return the rows, and those of blanks below two numbers in a cell: one of the two may be theirs."""
    below = {cell.row + 1: cell.text for cell in grid.cells if cell.at in doubled}
    empty = {cell.row for cell in grid.cells if cell.at in blank} - {
        cell.row for cell in grid.cells if cell.at in filled
    }
    return {**{row: text for row, text in below.items() if row in empty}, **rows}


def _findings(grid: Grid, rows: dict[int, str], places: dict[str, set[tuple[str, str]]]) -> Iterator[Finding]:
    held: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for cell in grid.cells:
        held[cell.row] |= places.get(cell.at, set())
    tables = sorted({table for found in held.values() for table, _ in found})
    for row, text in sorted(rows.items()):
        for table, name in sorted(held[row]):
            yield Finding("torn", "NOT_ASSESSABLE", {"table": table, "row": name}, actual=text, detail=_DETAIL)
        if not held[row]:
            for table in tables:
                yield Finding("torn", "NOT_ASSESSABLE", {"table": table}, actual=text, detail=_DETAIL)
