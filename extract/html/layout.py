"""Which tables of a page only lay other tables out."""

from dataclasses import dataclass

from lxml import etree

from extract.errors import TooBigError
from extract.html.tree import query
from extract.limits import MAX_GRID_CELLS

# In most pages no table stands in a table, and a table alone in a page lays nothing out: libxml2 tells that fast.
_NESTED = "boolean(descendant::table[ancestor::table])"
_CELLS = "count(.//td) + count(.//th)"


@dataclass(slots=True)
class _Nested:
    node: etree._Element
    cells: int = 0
    open_cells: int = 0


def layout_tables(root: etree._Element) -> tuple[frozenset[etree._Element], frozenset[etree._Element]]:
    """Find the tables that hold another table in a cell (layout), and those of a single cell.

    A one-cell table inside a cell does not make its parent layout: editors leave such boxes around one figure.
    A table that is not in a cell does not either: there the end tag of the first is missing.
    Raises ``TooBigError`` for more than ``MAX_GRID_CELLS`` cells.
    """
    if not query(_NESTED)(root) and query(_CELLS)(root) <= MAX_GRID_CELLS:
        return frozenset(), frozenset()
    frames: set[etree._Element] = set()
    single: set[etree._Element] = set()
    stack: list[_Nested] = []
    cells = 0
    for event, node in etree.iterwalk(root, events=("start", "end"), tag=("table", "td", "th")):
        if node.tag == "table":
            if event == "start":
                stack.append(_Nested(node))
                continue
            ended = stack.pop()
            single.update([node] if ended.cells < 2 else [])
            if stack and stack[-1].open_cells and (ended.cells > 1 or node in frames):
                frames.add(stack[-1].node)
        elif stack:
            stack[-1].cells += event == "start"
            stack[-1].open_cells += 1 if event == "start" else -1
            cells += event == "start"
            if cells > MAX_GRID_CELLS:
                raise TooBigError(f"page has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} table cells")
    return frozenset(frames), frozenset(single)
