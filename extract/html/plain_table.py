"""Tables that consist of nothing but rows and cells, as most do: read without a walk over every element.

What is plain is decided strictly. Anything else (a hidden row, a caption, a table or two paragraphs in a cell, a link)
is left to the walk of ``extract.html.walk``, which gives the same for plain tables and cells too.
"""

from functools import lru_cache

from lxml import etree

from extract.html.elements import ROW_GROUPS
from extract.html.table import Cell, Line, Picture
from extract.html.tree import clean, is_unseen

_CELLS = frozenset(("td", "th"))
_COLUMNS = frozenset(("col", "colgroup"))
_HOLDERS = frozenset(("p", "div", "span", "font", "strong", "b", "center"))
"""Elements that only hold text; at most they break the line before and after it."""

_SHORT, _KEPT = 120, 8192

Row = tuple[int, list[etree._Element]]
"""The number of a row's group, as ``OpenTable`` counts groups, and the row's cells."""


def plain_rows(table: etree._Element) -> list[Row] | None:
    """Return the rows of a table, or ``None`` where anything else stands in it."""
    rows: list[Row] = []
    group = 0
    for child in table:
        if child.tag in ROW_GROUPS and _holds_elements(child):
            found = [(group + 1, row) for row in child]
            group += 2
        elif child.tag == "tr":
            found = [(group, child)]
        elif child.tag in _COLUMNS and _holds_elements(child):
            continue
        else:
            return None
        if not all(_is_row(row) for _, row in found):
            return None
        rows += [(number, list(row)) for number, row in found]
    return rows if _is_blank(table.text) else None


def _is_row(node: etree._Element) -> bool:
    return (
        node.tag == "tr" and _holds_elements(node) and all(cell.tag in _CELLS and _is_blank(cell.tail) for cell in node)
    )


def _holds_elements(node: etree._Element) -> bool:
    """Say whether nothing but elements stands in and right behind an element that is shown."""
    return _is_blank(node.text) and _is_blank(node.tail) and not is_unseen(node)


def plain_cell(node: etree._Element) -> Cell | None:
    """Return a cell that holds a text alone, be it in a paragraph of its own, or ``None``."""
    inner = _innermost(node) if len(node) else node
    if inner is None:
        return None
    text = inner.text
    line = _line(text) if text else None
    content: list[Line | Picture] = [] if line is None else [line]
    words = "" if line is None else line.text
    if not node.keys():
        return Cell(1, 1, content, words)
    return None if is_unseen(node) else Cell.of(node, content, words)


def _innermost(node: etree._Element) -> etree._Element | None:
    """Return the one element in which all text of an element stands, or ``None``."""
    inner = node
    while len(inner):
        outer, inner = inner, inner[0]
        if len(outer) > 1 or inner.tag not in _HOLDERS or not (_is_blank(outer.text) and _is_blank(inner.tail)):
            return None
        if inner.keys() and is_unseen(inner):
            return None
    return inner


def _is_blank(text: str | None) -> bool:
    return text is None or text.isspace()


def _line(text: str) -> Line | None:
    return _short_line(text) if len(text) <= _SHORT else _cleaned(text)


def _cleaned(text: str) -> Line | None:
    line = clean(text)
    return None if line in ("", "[]") else Line(line)


_short_line = lru_cache(maxsize=_KEPT)(_cleaned)
"""The words and small numbers of cells repeat."""
