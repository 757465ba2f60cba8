"""Tables laid out with blocks (``div``, ``ul``, ``dl``, ``span``) where a table element should stand: made tables.

Looked for only in pages that print a header of the form outside tables. Nothing is known of the style sheet, so what is
a cell, a row and a table follows from how the elements hold each other: cells hold a short text, rows hold cells, tables
hold rows. Columns are believed where every row has a cell for each of them and labels and figures stand in columns of
their own (``extract.plain_text.even_rows``), or a grid states its places; elsewhere only the order of the cells in their rows is.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from extract.headings import heading_number
from extract.html.block_grid import placed, states_columns
from extract.html.block_shapes import Shapes, inner_text, kids
from extract.html.tree import query
from extract.labels import key, vocabulary
from extract.plain_text.even_rows import are_even
from extract.text import compact, parse_number

_HEADERS = ("自然人", "信息内容", "结果维持", "统计指标", "指标名称")
"""Words that stand alone in a header cell: one of each table, in each year's form."""

_HEADER = re.compile("|".join(_HEADERS))
_ANCHORS = "//*[string-length(.) < 40 and (contains(., '自然') or contains(., '信息') or contains(., '结果') or contains(., '标'))]"
_TABLES = ("disclosure", "requests", "review", "statistics")
_LONGEST_HEADER = 60
_SHORTEST_LABEL = 4
"""总计 and 其他 head other tables, too."""

_LAYOUT_CHARACTERS = 400
_MOST_HEADERS = 40
"""A report has three, and as many again where a table is cut or its copy for small screens stands beside it."""

_MOST_LEVELS = 6
"""Between a cell and its table: cell, row, group of rows, and wrappers of each."""

Rows = list[list[etree._Element]]


def heads_blocks(line: str) -> bool:
    """Say whether a line outside tables is a header of the form, alone or together with the cells beside it."""
    text = compact(line)
    return len(text) <= _LONGEST_HEADER and _HEADER.search(text) is not None


def tables_of_blocks(root: etree._Element) -> frozenset[etree._Element] | None:
    """Make tables of the form's blocks; return those of which only the order of cells is certain, ``None`` for none."""
    made: dict[etree._Element, bool] = {}
    shapes = Shapes()
    for anchor in list(islice(_anchors(root), _MOST_HEADERS)):
        if anchor.getroottree().getroot() is root and next(anchor.iterancestors("table"), None) not in made:
            found = _grid(anchor) or _rows(anchor, shapes)
            if found is not None:
                made[found[0]] = found[1]
                shapes = Shapes()  # the tree is another one
    return frozenset(table for table, is_even in made.items() if not is_even) if made else None


def _anchors(root: etree._Element) -> Iterator[etree._Element]:
    """Yield each block cell that holds nothing but a header of the form, with what wraps it alone."""
    for node in query(_ANCHORS)(root):
        if key(inner_text(node)) in _HEADERS and not _is_in_table(node):
            parent = node.getparent()
            if parent is not None and key(inner_text(parent)) not in _HEADERS:
                yield node


def _is_in_table(node: etree._Element) -> bool:
    """Say whether an element is, or lies in, a cell of a table of figures; a table may hold the whole page, too."""
    cell = node if node.tag in ("td", "th") else next(node.iterancestors("td", "th"), None)
    return cell is not None and len(inner_text(cell)) < _LAYOUT_CHARACTERS


def _grid(anchor: etree._Element) -> tuple[etree._Element, bool] | None:
    """Make a table of a grid that states its columns (``display: grid``)."""
    holder = anchor.getparent()
    if holder is None or not states_columns(holder):
        return None
    rows = placed(holder, kids(holder))
    if rows is None:
        return None
    table = etree.Element("table")
    for row in rows:
        line = etree.SubElement(table, "tr")
        for cell in row:
            made = etree.SubElement(line, "td", rowspan=str(cell.row_span), colspan=str(cell.column_span))
            if cell.node is not None:
                _move(cell.node, made)
    holder.append(table)
    return table, True


def _rows(anchor: etree._Element, shapes: Shapes) -> tuple[etree._Element, bool] | None:
    """Make a table of the rows around a header; with it whether its columns are certain."""
    holder = anchor.getparent()
    for _ in range(_MOST_LEVELS):
        if holder is None or holder.tag in ("body", "html"):
            break
        if shapes.is_group(holder):
            run = _run(holder, anchor, shapes)
            rows = [row for child in run for row in shapes.rows(child)]
            if _is_of_form(rows):
                return _made(run, rows)
        holder = holder.getparent()
    return None


def _run(holder: etree._Element, anchor: etree._Element, shapes: Shapes) -> list[etree._Element]:
    """Return the children of an element that are one table: rows around the header, up to a heading or to prose."""
    children = kids(holder)
    above = {anchor, *anchor.iterancestors()}
    own = next(place for place, child in enumerate(children) if child in above)
    stops = [place for place, child in enumerate(children) if _ends_table(child, shapes)]
    start = max((place + 1 for place in stops if place < own), default=0)
    stop = min((place for place in stops if place > own), default=len(children))
    held = [place for place in range(start, stop) if not shapes.is_cell(children[place])]
    return children[held[0] : held[-1] + 1] if held else []


def _ends_table(child: etree._Element, shapes: Shapes) -> bool:
    return shapes.is_prose(child) or (shapes.is_cell(child) and heading_number(inner_text(child)) is not None)


def _is_of_form(rows: Rows) -> bool:
    """Say whether rows hold figures, and labels or results of the form."""
    texts = [inner_text(cell) for row in rows if len(row) > 1 for cell in row]
    words = vocabulary()
    labelled = any(
        words.column(text, "review") or (len(key(text)) >= _SHORTEST_LABEL and words.row(text, _TABLES))
        for text in texts
    )
    return labelled and any(parse_number(text).state in ("reported", "mark") for text in texts)


def _made(run: Sequence[etree._Element], rows: Rows) -> tuple[etree._Element, bool]:
    """Put rows, or columns that were printed one after the other, into a table where their first element stands."""
    upright = _columnwise(rows)
    table = etree.Element("table")
    run[0].addprevious(table)
    for row in upright or rows:
        line = etree.SubElement(table, "tr")
        for cell in row:
            _move(cell, etree.SubElement(line, "td"))
    for child in run:
        holder = child.getparent()
        if holder is not None and holder is table.getparent():
            holder.remove(child)
    return table, upright is not None or _is_even(rows)


def _columnwise(rows: Rows) -> Rows | None:
    """Return the rows of a table of which each element holds a column, where only these are even."""
    if len({len(row) for row in rows}) != 1 or _is_even(rows):
        return None
    turned = [list(row) for row in zip(*rows, strict=True)]
    return turned if _is_even(turned) else None


def _is_even(rows: Rows) -> bool:
    return are_even([[(inner_text(cell), 0) for cell in row] for row in rows])


def _move(cell: etree._Element, into: etree._Element) -> None:
    cell.tail = None
    into.append(cell)
