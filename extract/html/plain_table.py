"""Tables that consist of nothing but rows and cells, as most do: read without a walk over every element.

What is plain is decided strictly. Anything else (a hidden row, a caption, a table or two paragraphs in a cell, a link)
is left to the walk of ``extract.html.walk``, which gives the same for plain tables and cells too.
"""

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from extract.html.elements import ROW_GROUPS
from extract.html.table import Cell, Line, Table, cut_row_spans, is_layout, is_stacked, span
from extract.html.tree import clean, hides, is_unseen, query

_HOLDERS = frozenset(("p", "div", "span", "font", "strong", "b", "center"))
"""Elements that only hold text; at most they break the line before and after it."""

_ONE = (1, 1)

# What libxml2 looks for itself costs a tenth of a look at every element from here, and names that it counts a third of
# names that it compares.
_ODD = """boolean(
    *[not(self::tr or self::thead or self::tbody or self::tfoot or self::col or self::colgroup)]
    | *[self::thead or self::tbody or self::tfoot]/*[not(self::tr)] | col/* | colgroup/*[not(self::col)]
    | text()[normalize-space()] | */text()[normalize-space()] | */tr/text()[normalize-space()]
) or count(tr/*) + count(*/tr/*) != count(tr/td) + count(tr/th) + count(*/tr/td) + count(*/tr/th)"""
_GROUPED = "boolean(thead | tbody | tfoot)"
_BARE_ROWS = "tr"
_HOLDING = "* | */tr"
_HIDDEN = "boolean(.//@hidden)"
_STYLES = ".//@style"
_SPANNED = ".//@rowspan/.. | .//@colspan/.."


class Rows(NamedTuple):
    """The number of each row's group, as ``OpenTable`` counts groups, and each row's cells.

    ``spans`` are those of the cells that state any; ``may_hide``: something in the table may not be shown.
    """

    groups: list[int]
    cells: list[list[etree._Element]]
    spans: dict[etree._Element, tuple[int, int]]
    may_hide: bool


def plain_rows(table: etree._Element) -> Rows | None:
    """Return the rows of a table, or ``None`` where anything else stands in it."""
    if query(_ODD)(table):
        return None
    may_hide = is_unseen(table) or query(_HIDDEN)(table) or any(map(hides, set(query(_STYLES)(table))))
    if may_hide and any(map(is_unseen, query(_HOLDING)(table))):
        return None
    groups, rows = _grouped(table) if query(_GROUPED)(table) else _bare(table)
    spans = {cell: span(cell) for cell in query(_SPANNED)(table)}
    return Rows(groups, list(map(list, rows)), spans, may_hide)


def _bare(table: etree._Element) -> tuple[list[int], list[etree._Element]]:
    rows = query(_BARE_ROWS)(table)
    return [0] * len(rows), rows


def _grouped(table: etree._Element) -> tuple[list[int], list[etree._Element]]:
    groups: list[int] = []
    rows: list[etree._Element] = []
    group = 0
    for child in table:
        is_group = child.tag in ROW_GROUPS
        found = list(child) if is_group else [child] if child.tag == "tr" else []
        rows += found
        groups += [group + is_group] * len(found)
        group += 2 * is_group
    return groups, rows


def plain_table(rows: Rows) -> Table | None:
    """Return the table of figures that consists of these rows, or ``None`` where a cell is not plain, or it is none."""
    texts: list[list[str]] = []
    for row in rows.cells:
        found = _texts(row, rows.may_hide)
        if found is None:
            return None
        texts.append(found)
    if is_layout(texts) or is_stacked(texts):
        return None
    return Table(tuple(map(tuple, texts)), tuple(map(tuple, _spans(rows))))


def _spans(rows: Rows) -> list[list[tuple[int, int]]]:
    """Return the spans of every cell; row spans end with their group."""
    spans = [[_ONE] * len(row) for row in rows.cells]
    stated = [place for place, row in enumerate(rows.cells) if not rows.spans.keys().isdisjoint(row)]
    for place in stated:
        spans[place] = [rows.spans.get(cell, _ONE) for cell in rows.cells[place]]
    if any(height != 1 for height, _ in rows.spans.values()):
        cut_row_spans(spans, rows.groups)
    return spans


def _texts(row: Sequence[etree._Element], may_hide: bool) -> list[str] | None:
    texts = []
    for cell in row:
        said: str | None = cell.text
        if len(cell):
            text = _inner_text(cell, may_hide)
        elif said and said.isalnum():
            text = said  # most cells: a word or a number, as it is
        else:
            text = _line(said)
        if text is None or (may_hide and is_unseen(cell)):
            return None
        texts.append(text)
    return texts


def plain_cell(node: etree._Element, rows: Rows) -> Cell | None:
    """Return a cell that holds a text alone, be it in a paragraph of its own, or ``None``."""
    found = _texts((node,), rows.may_hide)
    if found is None:
        return None
    return Cell(*rows.spans.get(node, _ONE), [Line(text) for text in found[0].split("\n") if text], found[0])


def _inner_text(node: etree._Element, may_hide: bool) -> str | None:
    """Return the text of a cell's innermost element; ``None`` if there is any other element."""
    while len(node):
        inner = node[0]
        if inner.tag == "br":
            return _broken_text(node)
        if len(node) > 1 or inner.tag not in _HOLDERS or not (_is_blank(node.text) and _is_blank(inner.tail)):
            return None
        if may_hide and is_unseen(inner):
            return None
        node = inner
    return _line(node.text)


def _broken_text(node: etree._Element) -> str | None:
    """Return the lines of an element that holds nothing but text and line breaks, or ``None``."""
    if any(child.tag != "br" or len(child) or is_unseen(child) for child in node):
        return None
    lines = [_line(node.text), *(_line(child.tail) for child in node)]
    return "\n".join(filter(None, lines))


def _is_blank(text: str | None) -> bool:
    return text is None or text.isspace()


def _line(text: str | None) -> str:
    line = clean(text or "")
    return "" if line == "[]" else line
