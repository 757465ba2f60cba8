"""What OFD paints with: colours of objects, by themselves or by the parameters they name, and the boxes that cut them off."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from pdfminer.utils import Matrix, apply_matrix_pt

from extract.ofd.book import Book
from extract.ofd.paths import figures
from extract.ofd.values import IDENTITY, MOST, boundary, combined, is_true, matrix, number, parts_of_colour
from extract.office.package import local_name
from extract.pages.lines import Box
from extract.pdf.geometry import Point, around
from extract.pdf.shown import BLACK, MOSTLY, UNTOLD, Colour, Tint, common

_DEEPEST = 10  # parameters that go on from others

_WIDTH = "LineWidth"
_PARTS = {"GRAY": 1, "RGB": 3, "CMYK": 4}


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour (``None``: it cannot be told) and how opaque it is, from 0 to 1."""

    colour: Colour | None = BLACK
    alpha: float = 1.0


def text_paint(node: etree._Element, layer: str, book: Book) -> Paint:
    """Return what a text object is painted with: black, if nothing is said. Of one with an outline in another colour than
    its inside the colour does not tell."""
    found = {
        name: _paint(node, layer, book, f"{name}Color") or Paint(alpha=_opacity(node))
        for name, default in (("Fill", True), ("Stroke", False))
        if is_true(node, name, default=default)
    }
    return next(iter(found.values())) if len(set(found.values())) == 1 else Paint(None)


def path_tint(node: etree._Element, layer: str, book: Book) -> Tint:
    """Return what an area without holes hides below itself: nothing, if it has no colour."""
    return _tint(_paint(node, layer, book, "FillColor")) if is_true(node, "Fill", default=False) else UNTOLD


def line_tint(node: etree._Element, layer: str, book: Book) -> Tint:
    """Return what the wide lines of a path hide below themselves. They are black, if nothing is said."""
    return _tint(_paint(node, layer, book, "StrokeColor") or Paint(alpha=_opacity(node)))


def _tint(found: Paint | None) -> Tint:
    if found is None or found.alpha <= MOSTLY:
        return UNTOLD
    return Tint(found.colour, covers=found.alpha == 1)


def line_width(node: etree._Element, layer: str, book: Book) -> float:
    """Return the width of a path's lines in its own space (GB/T 33190-2016, 8.2: 0.353 if nothing is said)."""
    stated = node.get(_WIDTH)
    named = (parameters.get(_WIDTH) for parameters in _parameters(node, layer, book)) if stated is None else ()
    return number(stated or next(filter(None, named), "0.353"))


def _parameters(node: etree._Element, layer: str, book: Book) -> Iterator[etree._Element]:
    """Yield the parameters that an object, or its layer, names, and those they go on from."""
    name = node.get("DrawParam") or layer
    for _ in range(_DEEPEST):
        parameters = book.parameters(name) if name else None
        if parameters is None:
            return
        yield parameters
        name = parameters.get("Relative") or ""


def _paint(node: etree._Element, layer: str, book: Book, kind: str) -> Paint | None:
    stated = _child(node, kind)
    if stated is None:
        named = (_child(parameters, kind) for parameters in _parameters(node, layer, book))
        stated = next((found for found in named if found is not None), None)
    if stated is None:
        return None
    return Paint(_colour(stated, book), _opacity(node) * _opacity(stated))


def _child(node: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in node if local_name(child) == name), None)


def _opacity(node: etree._Element) -> float:
    return number(node.get("Alpha") or "255") / MOST


def _colour(fill: etree._Element, book: Book) -> Colour | None:
    space, bits = book.colour_space(fill.get("ColorSpace") or "")
    parts = [part / (2**bits - 1) for part in parts_of_colour(fill.get("Value") or "")]
    if len(fill) or len(parts) != _PARTS.get(space):
        return None
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
    return (parts[0], parts[0], parts[0]) if len(parts) == 1 else (parts[0], parts[1], parts[2])


def clip_box(node: etree._Element, to_page: Matrix) -> Box | None:
    """Return the box outside of which an object is cut off; ``to_page`` leads from the object's own space."""
    box, clips = None, _child(node, "Clips")
    for clip in clips if clips is not None else ():
        points = [point for area in clip if local_name(area) == "Area" for point in _corners(area, to_page)]
        box = common(box, around(points)) if points else box
    return box


def _corners(area: etree._Element, to_page: Matrix) -> Iterator[Point]:
    for path in area:
        if local_name(path) != "Path":
            continue
        left, top, _, _ = boundary(path)
        own = matrix(path) or IDENTITY
        way = combined((*own[:4], own[4] + left, own[5] + top), combined(matrix(area) or IDENTITY, to_page))
        for data in (child.text or "" for child in path if local_name(child) == "AbbreviatedData"):
            for points, _ in figures(data):
                yield from (apply_matrix_pt(way, point) for point in points)
