"""Which tables of a page only lay other tables out."""

from lxml import etree

from extract.errors import TooBigError
from extract.html.tree import query
from extract.limits import MAX_GRID_CELLS

# In most pages no table stands in a table, and a table alone in a page lays nothing out: libxml2 tells that fast.
_NESTED = "descendant::table[ancestor::table]"
_CELLS = "count(.//td) + count(.//th)"


def layout_tables(root: etree._Element) -> tuple[frozenset[etree._Element], frozenset[etree._Element]]:
    """Find the tables that hold another table in a cell (layout), and those in others that have a single cell.

    A one-cell table inside a cell does not make its parent layout: editors leave such boxes around one figure.
    A table that is not in a cell does not either: there the end tag of the first is missing.
    Raises ``TooBigError`` for more than ``MAX_GRID_CELLS`` cells.
    """
    if query(_CELLS)(root) > MAX_GRID_CELLS:
        raise TooBigError(f"page has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} table cells")
    frames: set[etree._Element] = set()
    single: set[etree._Element] = set()
    inner_cells: dict[etree._Element, int] = {}
    for table in reversed(query(_NESTED)(root)):  # a table after those in it
        cells = int(query(_CELLS)(table))
        own = cells - inner_cells.pop(table, 0)
        outer = next(table.iterancestors("table"))
        inner_cells[outer] = inner_cells.get(outer, 0) + cells
        if own < 2:
            single.add(table)
        if (own > 1 or table in frames) and _is_in_cell(table):
            frames.add(outer)
    return frozenset(frames), frozenset(single)


def _is_in_cell(table: etree._Element) -> bool:
    return bool(next(table.iterancestors("table", "td", "th")).tag != "table")
