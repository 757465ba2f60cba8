"""Colours of a Word document: of characters, and of what is behind them. White on white is read by nobody.

What a theme calls background 1 is white, and text 1 black, in every theme that came with an office.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from extract.office.package import attribute, local_name
from extract.office.word.nodes import child, children, qualified

_LIGHT = (255, 255, 255)
_CLOSE = 24
"""Two colours that differ less in each of red, green and blue look alike (FEFEFE on white)."""

INKS = ("w:color", "textFill")
"""Properties that colour characters."""

GROUND = "ground"
"""The name under which a style's colour behind all cells of a table is kept: that behind characters has the same."""

DARK = 0x60
"""What no part of a dark colour reaches: it is seen on paper and on all light colours."""

PALE = 0xC0
"""What all parts of a colour reach that cannot be seen on paper."""

_AUTO = "auto"
_WHITE_NAMES = ("background1", "light1", "bg1", "lt1")
_HIGHLIGHTS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "white": "FFFFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
"""ECMA-376 part 1, 17.18.40."""

Colour = tuple[int, int, int]
Properties = Mapping[str, etree._Element]


def is_lost_in_ground(run: etree._Element, said: Properties) -> bool:
    """Say whether characters have the colour of what is behind them, or none; ``said`` are their properties."""
    colour = ink(said)
    return colour is not None and _look_alike(colour, _ground(run, said))


def _look_alike(one: Colour, other: Colour) -> bool:
    return all(abs(first - second) < _CLOSE for first, second in zip(one, other, strict=True))


def ink(said: Properties) -> Colour | None:
    """Return the colour of characters; ``None`` for black, or white, whichever can be seen."""
    filled = said.get("textFill")
    if filled is not None:
        return _filled(filled)
    stated = said.get("w:color")
    return None if stated is None else _stated(stated, "themeColor", "val", ("themeTint", "themeShade"))


def _filled(node: etree._Element) -> Colour | None:
    """Return the colour that ``w14:textFill`` gives; what fills nothing, or is transparent, is as if white."""
    for inner in node.iter():
        name, said = local_name(inner), attribute(inner, "val") or ""
        if name == "noFill" or (name == "alpha" and said == "100000") or said in _WHITE_NAMES:
            return _LIGHT
        if name == "srgbClr":
            return _of(said)
    return None


def _stated(node: etree._Element, theme: str, value: str, shades: tuple[str, ...]) -> Colour | None:
    if attribute(node, theme) in _WHITE_NAMES and not any(attribute(node, shade) for shade in shades):
        return _LIGHT
    return _of(attribute(node, value) or _AUTO)


def _of(digits: str) -> Colour | None:
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return red, green, blue


def _ground(run: etree._Element, said: Properties) -> Colour:
    return next(_grounds(run, said), _LIGHT)


def _grounds(run: etree._Element, said: Properties) -> Iterator[Colour]:
    """Yield the colours behind a run, the nearest first."""
    marked = said.get("w:highlight")
    named = _of(_HIGHLIGHTS.get(attribute(marked, "val") or "", _AUTO)) if marked is not None else None
    if named is not None:
        yield named
    for node in (None, *run.iterancestors()):
        held = said if node is None else children(child(node, f"{qualified(node)}Pr"))
        shade = held.get("w:shd")
        colour = None if shade is None else _shade(shade)
        if colour is not None:
            yield colour
    colour = _shade(said[GROUND]) if GROUND in said else None
    if colour is not None:
        yield colour


def is_dark(shade: etree._Element) -> bool:
    """Say whether a shading has the colour of dark characters."""
    colour = _shade(shade)
    return colour is not None and max(colour) < DARK


def _shade(node: etree._Element) -> Colour | None:
    """Return the colour of a shading; of a pattern that of its ground."""
    if attribute(node, "val") == "solid":
        return _stated(node, "themeColor", "color", ("themeTint", "themeShade")) or (0, 0, 0)
    return _stated(node, "themeFill", "fill", ("themeFillTint", "themeFillShade"))
