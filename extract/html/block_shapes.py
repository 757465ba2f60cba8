"""What an element is by what it holds: a cell, a row of cells, a group of rows, or prose."""

import re
from collections.abc import Sequence
from typing import Literal

from lxml import etree

from extract.html.tree import is_unseen, query
from extract.text import is_words

_INLINE = frozenset(("a", "b", "em", "font", "i", "label", "small", "span", "strong", "u"))
_PARTS = frozenset(("br", "hr", "img", "input", "canvas", "sup", "sub", "del", "s"))
"""What stands in a cell beside its text: an element with one of these is no row."""

_DECLARED = re.compile(r"display\s*:\s*(?:table-cell|inline-block|inline-flex)", re.IGNORECASE)
_REORDERED = re.compile(
    r"flex-direction\s*:\s*[a-z]*-?reverse|[;\"']\s*order\s*:|^\s*order\s*:|display\s*:\s*grid", re.IGNORECASE
)
_MOVED = re.compile(r"float\s*:\s*right|position\s*:\s*absolute", re.IGNORECASE)
_CLEARING = re.compile(r"clear\s*:\s*(?:both|left)|^clear|clearfix$", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？]")
_LONGEST_CELL = 150
_MOST_CELLS = 60
_DEEPEST = 12

Shape = Literal["cell", "row", "group", "prose"]


def inner_text(node: etree._Element) -> str:
    """Return all text in an element."""
    return str(query("string()")(node))


def kids(node: etree._Element) -> list[etree._Element]:
    """Return the elements in an element that take room on the screen."""
    return [child for child in node if not is_unseen(child) and not _clears(child)]


def _clears(node: etree._Element) -> bool:
    said = (node.get("class") or "", node.get("style") or "")
    return any(map(_CLEARING.search, said)) and not len(node) and not (node.text or "").strip()


def reorders(style: str) -> bool:
    """Say whether a style, or one in a page, puts elements in another order than they stand in."""
    return _REORDERED.search(style) is not None


def _is_moved(style: str) -> bool:
    return reorders(style) or _MOVED.search(style) is not None


class Shapes:
    """The shapes of the elements of a page, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, Shape] = {}

    def is_cell(self, node: etree._Element) -> bool:
        """Say whether an element is one cell."""
        return self._shape(node) == "cell"

    def is_group(self, node: etree._Element) -> bool:
        """Say whether an element holds rows."""
        return self._shape(node) == "group"

    def is_prose(self, node: etree._Element) -> bool:
        """Say whether an element is no part of a table."""
        return self._shape(node) == "prose"

    def rows(self, node: etree._Element) -> list[list[etree._Element]]:
        """Return the cells of an element, row by row."""
        node = _unwrapped(node)
        if _is_list_of_terms(node):
            return _by_terms(kids(node))
        shape = self._shape(node)
        if shape == "group":
            return [row for child in kids(node) for row in self.rows(child)]
        return [[cell for child in kids(node) for cell in self._cells(child)] if shape == "row" else [node]]

    def _cells(self, node: etree._Element) -> list[etree._Element]:
        """Return the cells in one part of a row: figures may stand in a holder of their own, lines of a label too."""
        parts = kids(_unwrapped(node)) if self._shape(node) == "row" else []
        return parts if parts and not any(is_words(inner_text(part)) for part in parts) else [node]

    def _shape(self, node: etree._Element, depth: int = 0) -> Shape:
        if node not in self._known:
            self._known[node] = self._seen(node, depth)
        return self._known[node]

    def _seen(self, node: etree._Element, depth: int) -> Shape:
        if depth > _DEEPEST or node.tag == "table" or _is_moved(node.get("style") or ""):
            return "prose"
        if _is_list_of_terms(node):
            return "group"
        children = kids(node)
        if _is_text(node, children):
            return _of_text(inner_text(node))
        shapes = [self._shape(child, depth + 1) for child in children]
        return shapes[0] if len(shapes) == 1 else _together(shapes)


def _is_list_of_terms(node: etree._Element) -> bool:
    """Say whether an element is a list with more than one term (``dl``): each term begins a row."""
    return node.tag == "dl" and len(_by_terms(kids(node))) > 1


def _by_terms(children: Sequence[etree._Element]) -> list[list[etree._Element]]:
    rows: list[list[etree._Element]] = []
    for before, child in zip((None, *children), children, strict=False):
        if before is None or (child.tag == "dt" and before.tag != "dt"):
            rows.append([])
        rows[-1].append(child)
    return rows


def _unwrapped(node: etree._Element) -> etree._Element:
    """Return the innermost element that holds all of an element."""
    children = kids(node)
    while len(children) == 1 and not _is_text(node, children):
        [node] = children
        children = kids(node)
    return node


def _is_text(node: etree._Element, children: Sequence[etree._Element]) -> bool:
    """Say whether an element is a text with, at most, marked words in it."""
    if not children or (node.text or "").strip() or any((child.tail or "").strip() for child in node):
        return True
    if any(child.tag in _PARTS for child in node):
        return True
    return all(child.tag in _INLINE for child in children) and not _are_cells(children)


def _are_cells(children: Sequence[etree._Element]) -> bool:
    """Say whether words beside each other are called cells: else they are one text in several pieces."""
    if all(child.get("role") or _DECLARED.search(child.get("style") or "") for child in children):
        return True
    classes = {child.get("class") for child in children}
    return len(children) > 1 and len(classes) == 1 and None not in classes


def _of_text(text: str) -> Shape:
    return "prose" if len(text.strip()) > _LONGEST_CELL or _SENTENCE.search(text) else "cell"


def _together(shapes: Sequence[Shape]) -> Shape:
    """Return what an element is that holds several of these shapes. A cell of a row may hold several lines."""
    cells, rows = shapes.count("cell"), shapes.count("row")
    if "group" in shapes or rows > cells:
        return "group"
    if "prose" in shapes or len(shapes) > _MOST_CELLS:
        return "group" if rows else "prose"
    return "row"
