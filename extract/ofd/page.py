"""The objects of a page, walked with their matrices: text, paths, pictures, and blocks of them inside each other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree
from pdfminer.utils import Matrix, apply_matrix_pt, apply_matrix_rect

from extract.errors import TooBigError
from extract.ofd.book import Book, Page
from extract.ofd.paints import clip_box, line_tint, line_width, path_tint, text_paint
from extract.ofd.paths import figures
from extract.ofd.png import is_opaque_png, is_opaque_seal
from extract.ofd.text import Sheet, add_text
from extract.ofd.values import boundary, combined, is_clear, is_opaque, is_true, matrix, moved, own_matrix, refuse_text
from extract.office.package import local_name
from extract.pages.lines import Box
from extract.pages.rules import THIN_PT
from extract.pages.text import Char
from extract.pdf.geometry import are_apart, scale
from extract.pdf.ink import MAX_FORMS, Ink
from extract.pdf.shown import UNTOLD, common
from extract.sniff import media_type

POINTS = 72 / 25.4
"""Points in a millimetre."""

_DEEPEST = 30
"""Blocks and composite objects inside each other; word processors nest two or three."""

_OPAQUE = ("image/jpeg", "image/bmp")
_DEPTHS = {"Background": -1, "Foreground": 1}
"""Layers that are drawn before and after the others, in whatever order they are written."""

_EQUAL = 0.01
_SLACK = POINTS  # a millimetre
_STEP_CHARACTERS = 6  # the shortest steps of a path: L 1 2 and a space


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page: the name of its part (empty where the file does not say), its box in points."""

    part: str
    box: Box
    upright: bool


@dataclass(slots=True)
class Printed:
    """Everything a page prints, and its pictures with their sources."""

    sheet: Sheet
    pictures: list[Picture] = field(default_factory=list)

    @property
    def ink(self) -> Ink:
        """The marks of the page."""
        return self.sheet.ink


def printed(book: Book, page: Page) -> Printed:
    """Return what a page, its templates and its annotations print.

    Raises ``CorruptError`` for broken objects, ``TooBigError`` for more of them than a page can have.
    """
    left, top, width, height = page.box
    found = Printed(Sheet(Ink(width * POINTS, height * POINTS)))
    walk = _Walk(book, found)
    to_points = (POINTS, 0.0, 0.0, POINTS, -left * POINTS, -top * POINTS)
    place = Place(to_points, _placed_box(page.shown, to_points))
    for content in page.contents:
        walk.block(sorted(content, key=_depth), place)
    own = len(found.pictures)
    for appearance in page.appearances:
        walk.block(appearance, place.inside(appearance, moved(appearance)))
    for stamp in page.stamps:
        covers = bool(found.ink.chars) and is_opaque_seal(book.data(stamp.part) or b"")
        found.ink.picture(_placed_box(stamp.box, to_points), covers=covers)
    del found.pictures[own:]  # a seal that was put upon a page makes it no scan
    return found


def _depth(node: etree._Element) -> int:
    return _DEPTHS.get(node.get("Type") or "", 0) if local_name(node) == "Layer" else 0


def _placed_box(stated: Box, to_page: Matrix) -> Box:
    """Return the box on the page of one stated as left, top, width and height."""
    left, top, width, height = stated
    return apply_matrix_rect(to_page, (left, top, left + width, top + height))


@dataclass(frozen=True, slots=True)
class Place:
    """Where objects are drawn: the way from their space to the page, the box on it outside of which nothing is drawn, and
    how many blocks they are inside of."""

    to_page: Matrix
    clip: Box
    level: int = 0

    def inside(self, node: etree._Element, own: Matrix) -> "Place":
        """Return the place of what an object holds, which is cut off at the object's edges."""
        return Place(combined(own, self.to_page), self.cut(node), self.level + 1)

    def cut(self, node: etree._Element) -> Box:
        """Return the box outside of which an object is not drawn (GB/T 33190-2016, 8.5: Boundary)."""
        return common(self.clip, _placed_box(boundary(node), self.to_page))


class _Walk:
    """Collects the objects of one page."""

    def __init__(self, book: Book, found: Printed) -> None:
        self._book, self._found = book, found
        self._figures = 0
        self._layer = ""
        self._kinds: dict[str, Callable[[etree._Element, Place], None]] = {
            "Layer": self._inner,
            "PageBlock": self._inner,
            "TextObject": self._text,
            "PathObject": self._path,
            "ImageObject": self._picture,
            "CompositeObject": self._composite,
        }

    def block(self, block: Iterable[etree._Element], place: Place) -> None:
        """Collect the objects of a block; hidden ones are not printed."""
        if place.level > _DEEPEST:
            raise TooBigError(f"blocks more than {_DEEPEST} deep")
        for node in block:
            collect = self._kinds.get(local_name(node))
            if collect is None:
                refuse_text(node)
            elif is_true(node, "Visible", default=True):
                collect(node, place)

    def _inner(self, node: etree._Element, place: Place) -> None:
        before = self._layer
        self._layer = node.get("DrawParam") or before
        self.block(node, replace(place, level=place.level + 1))
        self._layer = before

    def _text(self, node: etree._Element, place: Place) -> None:
        to_page, ink = combined(own_matrix(node), place.to_page), self._found.ink
        start = len(ink.chars)
        add_text(node, to_page, self._found.sheet, pictorial=self._book.is_pictorial(node.get("Font") or ""))
        paint = text_paint(node, self._layer, self._book)
        left, top, right, bottom = place.cut(node)
        # Producers take the edges from the outlines of their glyphs: the box of a digit may stand out a little.
        edges = (left - _SLACK, top - _SLACK, right + _SLACK, bottom + _SLACK)
        clip = clip_box(node, to_page)
        if clip is None and _all_within(ink.chars[start:], edges):
            ink.run(start, paint.colour, paint.alpha, None)
        else:
            ink.run(start, paint.colour, paint.alpha, common(clip, edges))

    def _path(self, node: etree._Element, place: Place) -> None:
        stroked, filled = is_true(node, "Stroke", default=True), is_true(node, "Fill", default=False)
        if not (stroked or filled) or is_clear(node):
            return
        to_page, ink = combined(own_matrix(node), place.to_page), self._found.ink
        for data in (child.text or "" for child in node if local_name(child) == "AbbreviatedData"):
            ink.painted(len(data) // _STEP_CHARACTERS)
            found = list(figures(data))
            placed = [([apply_matrix_pt(to_page, point) for point in points], steps) for points, steps in found]
            tint = path_tint(node, self._layer, self._book) if filled and are_apart(placed) else UNTOLD
            width = line_width(node, self._layer, self._book) * scale(to_page)
            line = line_tint(node, self._layer, self._book) if stroked and width > THIN_PT else UNTOLD
            for points, straight in placed:
                if stroked:
                    ink.stroke(points, straight, width, line)
                if filled:
                    ink.fill(points, straight, ruling=not stroked, tint=tint)

    def _picture(self, node: etree._Element, place: Place) -> None:
        self._count_figure()
        left, top, width, height = boundary(node)
        way = matrix(node) or (width, 0.0, 0.0, height, 0.0, 0.0)
        a, b, c, d, e, f = combined((*way[:4], way[4] + left, way[5] + top), place.to_page)
        box = apply_matrix_rect((a, b, c, d, e, f), (0, 0, 1, 1))
        upright = a > 0 and d > 0 and abs(b) <= _EQUAL * a and abs(c) <= _EQUAL * d
        before = len(self._found.ink.images)
        part = self._book.picture(node.get("ResourceID") or "")
        self._found.ink.picture(box, covers=self._covers(node, part))
        if len(self._found.ink.images) > before:
            self._found.pictures.append(Picture(part, box, upright))

    def _covers(self, node: etree._Element, part: str) -> bool:
        """Tell whether a picture hides the text printed before it: one that cannot have clear places, as seals have."""
        if not self._found.ink.chars or node.get("ImageMask") or not is_opaque(node) or not part:
            return False
        data = self._book.data(part) or b""
        return media_type(data) in _OPAQUE or is_opaque_png(data)

    def _composite(self, node: etree._Element, place: Place) -> None:
        self._count_figure()
        content = self._book.composite(node.get("ResourceID") or "")
        if not is_clear(node):
            self.block(content, place.inside(node, own_matrix(node)))

    def _count_figure(self) -> None:
        self._figures += 1
        if self._figures > MAX_FORMS:
            raise TooBigError(f"more than MAX_FORMS ({MAX_FORMS}) pictures and composite objects on one page")


def _all_within(chars: Sequence[Char], box: Box) -> bool:
    left, top, right, bottom = box
    return all(left < char.x0 and char.x1 < right and top < char.top and char.bottom < bottom for char in chars)
