"""The styles of an XLSX: number formats, fonts and fills of cells, and what conditional formats make of them.

Themes are taken for those that come with an office: their first colour is white and the second black.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from extract.office.excel.looks import TINY_POINTS, CellLook
from extract.office.excel.numbers import BUILT_IN, GENERAL
from extract.office.package import local_name
from extract.office.unseen import WHITE, Colour, look_alike

_OFF = ("0", "false", "off", "baseline", "none")
_THEME = {"0": WHITE, "1": (0, 0, 0)}
_INDEXED: dict[str, Colour] = {
    str(number + shift): colour
    for shift in (0, 8)
    for number, colour in enumerate(
        ((0, 0, 0), WHITE, (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255))
    )
} | {"64": (0, 0, 0), "65": WHITE}
"""The first colours of the palette (ECMA-376 part 1, 18.8.27), and those of the system."""

_Colour = Colour | str | None
"""A colour, or the theme's number of it with its tint; ``None``: chosen by the program, so that it is seen."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of cell styles by their number, and which of the conditional formats (by number) can hide or strike out."""

    cells: tuple[CellLook, ...] = ()
    hiding: frozenset[int] = frozenset()

    def of(self, style: str | None) -> CellLook:
        """Return the look of a cell that names a style."""
        number = int(style) if style and style.isdecimal() else 0
        return self.cells[number] if number < len(self.cells) else CellLook()


def read_looks(root: etree._Element | None) -> Looks:
    """Return what the part of styles says; a workbook may have none."""
    if root is None:
        return Looks()
    own = {node.get("numFmtId") or "": node.get("formatCode") or GENERAL for node in root.iter("{*}numFmt")}
    fonts, fills = _listed(root, "fonts"), _listed(root, "fills")
    cells = tuple(_cell(node, own, fonts, fills) for node in _listed(root, "cellXfs"))
    changes = enumerate(_listed(root, "dxfs"))
    return Looks(cells, frozenset(number for number, node in changes if can_hide(node)))


def _listed(root: etree._Element, name: str) -> list[etree._Element]:
    return [node for found in root if local_name(found) == name for node in found]


def _cell(
    node: etree._Element, own: dict[str, str], fonts: Sequence[etree._Element], fills: Sequence[etree._Element]
) -> CellLook:
    number = node.get("numFmtId") or "0"
    code = own.get(number) or (BUILT_IN.get(int(number), GENERAL) if number.isdecimal() else GENERAL)
    font, fill = _numbered(fonts, node.get("fontId")), _numbered(fills, node.get("fillId"))
    repeats = any(found.get("horizontal") == "fill" for found in node.iter("{*}alignment"))
    return CellLook(code, is_struck(font), repeats or is_unseen(font, fill))


def _numbered(nodes: Sequence[etree._Element], number: str | None) -> etree._Element | None:
    place = int(number) if number and number.isdecimal() else 0
    return nodes[place] if place < len(nodes) else None


def can_hide(change: etree._Element) -> bool:
    """Say whether a differential format can strike out, hide or rewrite a figure."""
    parts = {local_name(node): node for node in change}
    return "numFmt" in parts or is_struck(parts.get("font")) or is_unseen(parts.get("font"), parts.get("fill"))


def is_struck(font: etree._Element | None) -> bool:
    """Say whether a font is struck out, raised or lowered."""
    return any(_is_on(node) for node in _of_font(font, "strike", "vertAlign"))


def is_unseen(font: etree._Element | None, fill: etree._Element | None) -> bool:
    """Say whether a font is too small, or of the colour behind it."""
    sizes = (node.get("val") or "" for node in _of_font(font, "sz"))
    if any(_is_number(size) and float(size) <= TINY_POINTS for size in sizes):
        return True
    inks = (_colour(node) for node in _of_font(font, "color"))
    return any(ink is not None and look_alike(ink, _ground(fill)) for ink in inks)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _of_font(font: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    return (node for node in (() if font is None else font) if local_name(node) in names)


def _is_on(node: etree._Element) -> bool:
    return (node.get("val") or "1") not in _OFF


def _ground(fill: etree._Element | None) -> _Colour:
    """Return the colour behind a cell; one that is not known (of a pattern, of a shade that runs) is ``None``."""
    pattern = None if fill is None else next(fill.iter("{*}patternFill", "{*}gradientFill"), None)
    kind = None if pattern is None else pattern.get("patternType")
    if pattern is None or kind == "none" or (kind is None and next(pattern.iter("{*}bgColor"), None) is None):
        return WHITE
    # A differential format that fills states no pattern, and the colour as the ground of it.
    found = next(pattern.iter("{*}fgColor" if kind else "{*}bgColor"), None)
    return _colour(found) if found is not None and kind in ("solid", None) else None


def _colour(node: etree._Element) -> _Colour:
    return next((read(node) for name, read in _COLOURS.items() if node.get(name)), None)


def _stated(node: etree._Element) -> _Colour:
    digits = (node.get("rgb") or "")[-6:]
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return red, green, blue


def _of_theme(node: etree._Element) -> _Colour:
    number, tint = node.get("theme") or "", node.get("tint") or ""
    return f"{number} {tint}" if tint.strip("0.") else _THEME.get(number, number)


_COLOURS: dict[str, Callable[[etree._Element], _Colour]] = {
    "rgb": _stated,
    "theme": _of_theme,
    "indexed": lambda node: _INDEXED.get(node.get("indexed") or ""),
}
