"""Tables that consist of nothing but rows and cells, as most do: read without a walk over every element.

What is plain is decided strictly. Anything else (a hidden row, a caption, a table or two paragraphs in a cell, a link)
is left to the walk of ``extract.html.walk``, which gives the same for plain tables and cells too.
"""

from collections.abc import Sequence
from functools import lru_cache

from lxml import etree

from extract.html.elements import ROW_GROUPS
from extract.html.table import Cell, Line, Table, cut_row_spans, is_layout, is_stacked, span
from extract.html.tree import clean, is_unseen

_CELLS = frozenset(("td", "th"))
_COLUMNS = frozenset(("col", "colgroup"))
_HOLDERS = frozenset(("p", "div", "span", "font", "strong", "b", "center"))
"""Elements that only hold text; at most they break the line before and after it."""

_SHORT, _KEPT = 120, 8192

Rows = tuple[list[int], list[list[etree._Element]]]
"""The number of each row's group, as ``OpenTable`` counts groups, and each row's cells."""


def plain_rows(table: etree._Element) -> Rows | None:
    """Return the rows of a table, or ``None`` where anything else stands in it."""
    groups: list[int] = []
    rows: list[list[etree._Element]] = []
    group = 0
    for child in table:
        if child.tag in ROW_GROUPS and _holds_elements(child):
            number, found = group + 1, list(child)
            group += 2
        elif child.tag == "tr":
            number, found = group, [child]
        elif child.tag in _COLUMNS and _holds_elements(child):
            continue
        else:
            return None
        if not all(map(_is_row, found)):
            return None
        groups += [number] * len(found)
        rows += map(list, found)
    return (groups, rows) if _is_blank(table.text) else None


def _is_row(node: etree._Element) -> bool:
    return (
        node.tag == "tr" and _holds_elements(node) and all(cell.tag in _CELLS and _is_blank(cell.tail) for cell in node)
    )


def _holds_elements(node: etree._Element) -> bool:
    """Say whether nothing but elements stands in and right behind an element that is shown."""
    return _is_blank(node.text) and _is_blank(node.tail) and not is_unseen(node)


def plain_table(rows: Rows) -> Table | None:
    """Return the table of figures that consists of these rows, or ``None`` where a cell is not plain, or it is none."""
    groups, cells = rows
    texts = [_texts(row) for row in cells]
    whole = [row for row in texts if row is not None]
    if len(whole) < len(texts) or is_layout(whole) or is_stacked(whole):
        return None
    spans = [[span(cell) if cell.keys() else (1, 1) for cell in row] for row in cells]
    cut_row_spans(spans, groups)
    return Table(tuple(map(tuple, whole)), tuple(map(tuple, spans)))


def _texts(row: Sequence[etree._Element]) -> list[str] | None:
    texts = []
    for cell in row:
        text = _inner_text(cell) if len(cell) else _line(cell.text or "")
        if text is None or (cell.keys() and is_unseen(cell)):
            return None
        texts.append(text)
    return texts


def plain_cell(node: etree._Element) -> Cell | None:
    """Return a cell that holds a text alone, be it in a paragraph of its own, or ``None``."""
    found = _texts((node,))
    return None if found is None else Cell(*span(node), [Line(text) for text in found[0].split("\n") if text], found[0])


def _inner_text(node: etree._Element) -> str | None:
    """Return the text of a cell's innermost element, lines broken by ``br`` apart; ``None`` if there is any other."""
    inner = node
    while len(inner) == 1 and inner[0].tag in _HOLDERS:
        outer, inner = inner, inner[0]
        if not (_is_blank(outer.text) and _is_blank(inner.tail)) or (inner.keys() and is_unseen(inner)):
            return None
    if any(child.tag != "br" or len(child) or is_unseen(child) for child in inner):
        return None
    lines = [_line(inner.text or ""), *(_line(child.tail or "") for child in inner)]
    return "\n".join(filter(None, lines))


def _is_blank(text: str | None) -> bool:
    return text is None or text.isspace()


def _line(text: str) -> str:
    return _short_line(text) if len(text) <= _SHORT else _cleaned(text)


def _cleaned(text: str) -> str:
    line = clean(text)
    return "" if line == "[]" else line


_short_line = lru_cache(maxsize=_KEPT)(_cleaned)
"""The words and small numbers of cells repeat."""
