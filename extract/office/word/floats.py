"""Drawings that float over the text of a Word file: which cells of a table they may cover.

A drawing is anchored in a cell, and states how far from it it lies and its size (ECMA-376 part 1, 20.4.2.3); how high the
rows are only the program knows that lays them out. So more rows are taken to be covered rather than fewer.
"""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from lxml import etree

from extract.html.table import PICTURE_MARK
from extract.office.package import attribute, local_name
from extract.office.table import TableCell
from extract.office.unseen import is_figure, set_apart
from extract.office.word.nodes import OFF, child, number

_EMU = 635
"""Of a twip."""

LEAST_ROW = 240
"""Twips: rows are seldom lower."""

_SHARE = 0.25
"""Of a cell's width, which a drawing covers that covers its figure."""

_FAR = 10**9
_FROM_CELL = ("column", "character")
_FROM_LINE = ("paragraph", "line")
_PICTURES = frozenset(("pic", "imagedata", "chart", "relIds", "contentPart", "textpath"))
SHAPES = ("rect", "roundrect", "oval", "line", "polyline", "curve", "arc", "shape", "group", "image")
"""Elements of VML that draw."""

_FLOATS = re.compile(r"position:\s*absolute")
_BEHIND = re.compile(r"z-index:\s*-")
_NO = ("f", "false")

Content = Literal["text", "picture", ""]


class Reach(NamedTuple):
    """What a drawing covers, in twips from the left edge of the cell and the top of the line in which it is anchored,
    and what it shows; by itself everything, as far as is known."""

    left: int = -_FAR
    right: int = _FAR
    top: int = -_FAR
    bottom: int = _FAR
    content: Content = ""


class Over(NamedTuple):
    """A drawing over a table: what it covers, and the row and the left edge of the cell in which it is anchored."""

    reach: Reach
    row: int
    left: int

    def covers(self, row: int, cell: TableCell) -> bool:
        """Say whether it may cover the figure of a cell, or has a text that is not the cell's."""
        reach = self.reach
        if reach.content == "text" and (row, cell.left) == (self.row, self.left):
            # A box that stands in its cell is the cell's text.
            is_beside = abs(reach.left) * 2 > cell.right - cell.left
            return is_beside or not -LEAST_ROW <= reach.top <= LEAST_ROW
        first = self.row + math.floor(min(0, reach.top) / LEAST_ROW)
        last = self.row + max(0, math.ceil(reach.bottom / LEAST_ROW) - 1)
        begin, end = max(cell.left, self.left + reach.left), min(cell.right, self.left + reach.right)
        return first <= row <= last and end - begin > (cell.right - cell.left) * _SHARE


def reach_of(node: etree._Element) -> Reach | None:
    """Return what a ``wp:anchor`` or a shape of VML covers; ``None`` if it does not float before the text, or has no
    ground."""
    if local_name(node) == "anchor":
        floats = attribute(node, "behindDoc") in (None, *OFF) and any(local_name(part) == "wrapNone" for part in node)
        return _of_anchor(node)._replace(content=_content(node)) if floats and _is_opaque(node) else None
    parent, style = node.getparent(), attribute(node, "style") or ""
    if not _FLOATS.search(style) or _BEHIND.search(style) or (parent is not None and local_name(parent) == "group"):
        return None
    reach = (_of_line if local_name(node) == "line" else _of_style)(node, style)
    content = _content(node)
    return None if attribute(node, "filled") in _NO and not content else reach._replace(content=content)


def seen_rows(rows: Sequence[Sequence[TableCell]], over: Sequence[Over]) -> Iterator[tuple[TableCell, ...]]:
    """Yield the rows of a table with the figures set apart that drawings may cover, and blanks marked that they may fill."""
    for row, cells in enumerate(rows):
        yield tuple(_seen(cell, [found for found in over if found.covers(row, cell)]) for cell in cells)


def _seen(cell: TableCell, over: Sequence[Over]) -> TableCell:
    text = cell.text
    if text:
        return cell._replace(parts=(set_apart(text),)) if over and is_figure(text) else cell
    is_filled = not cell.is_continued and any(found.reach.content for found in over)
    return cell._replace(parts=(PICTURE_MARK,)) if is_filled else cell


def _content(node: etree._Element) -> Content:
    names = {local_name(inner) for inner in node.iter()}
    if "txbxContent" in names and any((inner.text or "").strip() for inner in node.iter("{*}t")):
        return "text"
    return "picture" if names & _PICTURES else ""


def _is_opaque(anchor: etree._Element) -> bool:
    """Say whether a drawing is more than an empty frame."""
    shapes = [node for node in anchor.iter() if local_name(node) == "spPr"]
    frames = [node for node in shapes if any(local_name(inner) == "noFill" for inner in node)]
    return len(frames) < len(shapes) or not shapes or bool(_content(anchor))


def _of_anchor(anchor: etree._Element) -> Reach:
    parts = {local_name(node): node for node in anchor}
    left = _offset(parts.get("positionH"), _FROM_CELL)
    top = _offset(parts.get("positionV"), _FROM_LINE)
    extent = parts.get("extent")
    if extent is None:
        return Reach()
    width, height = (number(extent, name) // _EMU for name in ("cx", "cy"))
    return lying(left, top, width, height)


def lying(left: int | None, top: int | None, width: int, height: int) -> Reach:
    """Return what a drawing of a size covers; ``None`` is a place that is stated from the page.

    Word anchors a drawing where it is put, so one that is placed on the page is not far above or below its anchor.
    """
    sides = (-_FAR, _FAR) if left is None else (left, left + width)
    return Reach(*sides, *((-height, 2 * height) if top is None else (top, top + height)))


def _offset(position: etree._Element | None, known: Sequence[str]) -> int | None:
    """Return how far a drawing lies from its cell or line; ``None`` where it is stated from anything else."""
    if position is None or attribute(position, "relativeFrom") not in known:
        return None
    stated = child(position, "posOffset")
    digits = "" if stated is None else (stated.text or "").strip()
    return int(digits) // _EMU if digits.removeprefix("-").isdecimal() and len(digits) < 12 else None


_LENGTH = re.compile(
    r"(?<![\w-])(margin-left|margin-top|left|top|width|height):\s*(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)(pt|in|cm|mm)\b"
)
_POINT = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)(pt|in|cm|mm|),(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)(pt|in|cm|mm|)")
_TWIPS = {"pt": 20, "in": 1440, "cm": 567, "mm": 56.7, "": 20}
_FROM_PAGE = re.compile(r"mso-position-(horizontal|vertical)-relative:\s*(?:page|margin)")


def _of_style(node: etree._Element, style: str) -> Reach:
    """Return what a shape covers by its style (part 4, 19.1.2.19)."""
    del node
    stated = {name: round(float(size) * _TWIPS[unit]) for name, size, unit in _LENGTH.findall(style)}
    if not all(stated.get(name) for name in ("width", "height")):
        return Reach()
    from_page = _FROM_PAGE.findall(style)
    left, top = (stated.get(f"margin-{side}", stated.get(side, 0)) for side in ("left", "top"))
    known_left, known_top = (None if "horizontal" in from_page else left), (None if "vertical" in from_page else top)
    return lying(known_left, known_top, stated["width"], stated["height"])


def _of_line(node: etree._Element, style: str) -> Reach:
    """Return what a line of VML covers."""
    ends = [_POINT.fullmatch(attribute(node, name) or "") for name in ("from", "to")]
    if _FROM_PAGE.search(style) or not all(ends):
        return Reach()
    places = [(float(end[1]) * _TWIPS[end[2]], float(end[3]) * _TWIPS[end[4]]) for end in ends if end is not None]
    (lefts, tops) = zip(*places, strict=True)
    return Reach(round(min(lefts)), round(max(lefts)), round(min(tops)), round(max(tops)))
