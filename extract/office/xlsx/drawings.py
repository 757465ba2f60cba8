"""Drawings of an XLSX: where their anchors say that they lie (ECMA-376 part 1, 20.5.2), and what they show."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from extract.office.excel.drawings import Content, Drawing
from extract.office.excel.sheets import Area
from extract.office.package import Package, Relation, attribute, local_name

_ANCHORS = ("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor")
_PICTURES = frozenset(("pic", "chart", "relIds", "contentPart"))
_ON = ("1", "true")
_COLUMN, _ROW = 609_600, 190_500
"""Usual width of a column and height of a row, in EMU."""

_EVERYWHERE = Area(0, 0, 1_048_575, 16_383)


class Mark(NamedTuple):
    """A corner: row and column, and how far into them it lies, in usual rows and columns."""

    row: int
    column: int
    down: float
    right: float


def drawings(package: Package, relations: Iterable[Relation]) -> Iterator[Drawing]:
    """Yield what lies on a sheet with these relations. Raises an ``ExtractError`` for damage."""
    for name in (relation.target for relation in relations if relation.kind == "drawing"):
        root = package.xml(name)
        for anchor in () if root is None else root.iter(*_ANCHORS):
            if _is_seen(anchor):
                yield Drawing(_area(anchor), _content(anchor), _words(anchor))


def _is_seen(anchor: etree._Element) -> bool:
    """Say whether a drawing is shown, and is more than an empty frame."""
    if any(node.get("hidden") in _ON for node in anchor.iter("{*}cNvPr")):
        return False
    shapes = list(anchor.iter("{*}spPr"))
    frames = [node for node in shapes if any(local_name(inner) == "noFill" for inner in node)]
    return len(frames) < len(shapes) or not shapes or bool(_content(anchor))


def _content(anchor: etree._Element) -> Content:
    if any(local_name(node) in _PICTURES for node in anchor.iter()):
        return "picture"
    return "text" if _words(anchor) else ""


def _words(anchor: etree._Element) -> str:
    lines = ("".join(node.text or "" for node in line.iter("{*}t")) for line in anchor.iter("{*}p"))
    return "\n".join(filter(None, map(str.strip, lines)))


def _area(anchor: etree._Element) -> Area:
    """Return the cells that a drawing covers."""
    marks = {local_name(node): _mark(node) for node in anchor if local_name(node) in ("from", "to")}
    begin = marks.get("from")
    if begin is None:
        return _EVERYWHERE
    return area_between(begin, marks.get("to") or _end(begin, next(anchor.iter("{*}ext"), None)))


def area_between(begin: Mark, end: Mark) -> Area:
    """Return the cells between two corners, those not counted of which only an edge is."""
    top, left = begin.row + (begin.down > _MOST), begin.column + (begin.right > _MOST)
    return Area(top, left, max(top, end.row - (end.down < _LEAST)), max(left, end.column - (end.right < _LEAST)))


_LEAST, _MOST = 0.2, 0.8
"""Shares of a usual cell: what covers less, or begins further in, leaves its figure to be seen."""


def _mark(node: etree._Element) -> Mark:
    stated = {local_name(part): _whole(part.text) for part in node}
    row, column, down, right = (stated.get(name, 0) for name in ("row", "col", "rowOff", "colOff"))
    return Mark(row, column, down / _ROW, right / _COLUMN)


def _end(begin: Mark, extent: etree._Element | None) -> Mark:
    """Return the far corner of a drawing that states its size."""
    if extent is None:
        return Mark(begin.row, begin.column, 1, 1)
    down = begin.down + _whole(attribute(extent, "cy")) / _ROW
    right = begin.right + _whole(attribute(extent, "cx")) / _COLUMN
    return Mark(begin.row + int(down), begin.column + int(right), down % 1, right % 1)


def _whole(text: str | None) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 12 else 0
