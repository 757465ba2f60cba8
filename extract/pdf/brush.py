"""How PDF paints: the part of the graphics state that says what can be seen (ISO 32000-1, 8.4 and 8.6)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from extract.pages.lines import Box
from extract.pdf.shown import BLACK, MOSTLY, WHITE, Colour, Tint, common

GREY, RGB, CMYK = "DeviceGray", "DeviceRGB", "DeviceCMYK"

_MEASURED = frozenset((GREY, RGB, CMYK, "CalGray", "CalRGB", "ICCBased"))
"""Colour spaces whose numbers say how dark a colour is; in the others 0 may be any colour."""

_INKS = frozenset(("Separation", "DeviceN"))
_NORMAL = "Normal"
_PLAIN_BLENDING = frozenset((_NORMAL, "Compatible"))
_DARK_BLENDING = _PLAIN_BLENDING | {"Multiply", "Darken", "HardLight", "Luminosity"}
"""Ways of mixing in which black on white is black (ISO 32000-1, 11.3.5)."""

_FILLED, _STROKED = 0, 1
_Ink = tuple[Colour | None, float]


class Brush(NamedTuple):
    """What is painted with: colour space and colour (``None``: it cannot be told) of areas and of lines, opacity from 0 to
    1, the way in which what lies below shines through, whether a mask is laid over, the width of lines, and the box outside
    of which nothing is drawn, in points of the page."""

    space: str = GREY
    colour: Colour | None = BLACK
    line_space: str = GREY
    line_colour: Colour | None = BLACK
    alpha: float = 1.0
    line_alpha: float = 1.0
    blending: str = _NORMAL
    masked: bool = False
    width: float = 1.0
    clip: Box | None = None

    @property
    def mixed(self) -> bool:
        """Whether what lies below shines through."""
        return self.masked or self.blending not in _PLAIN_BLENDING

    def of_space(self, space: str) -> "Brush":
        """Return the brush in another colour space, in the colour that it begins with."""
        return self._replace(space=space, colour=_first(space))

    def of_colour(self, operands: Sequence[Any], space: str) -> "Brush":
        """Return the brush in another colour of a space."""
        return self._replace(space=space, colour=_colour(space, operands))

    def of_line_space(self, space: str) -> "Brush":
        """Return the brush with lines in another colour space."""
        return self._replace(line_space=space, line_colour=_first(space))

    def of_line_colour(self, operands: Sequence[Any], space: str) -> "Brush":
        """Return the brush with lines in another colour of a space."""
        return self._replace(line_space=space, line_colour=_colour(space, operands))

    def with_parameters(self, parameters: dict[str, Any]) -> "Brush":
        """Return the brush with the parameters of a graphics state dictionary."""
        blending, mask = resolve1(parameters.get("BM")), resolve1(parameters.get("SMask"))
        return self._replace(
            alpha=_number(parameters.get("ca"), self.alpha),
            line_alpha=_number(parameters.get("CA"), self.line_alpha),
            width=_number(parameters.get("LW"), self.width),
            blending=self.blending if blending is None else _blending(blending),
            masked=self.masked if mask is None else isinstance(mask, dict),
        )

    def tint(self, *, whole: bool) -> Tint:
        """Return what an area hides below itself. One that is not whole may have holes."""
        solid = self.alpha == 1 and not self.mixed and whole
        return Tint(self.colour if whole and self.alpha > MOSTLY else None, solid)

    def line_tint(self) -> Tint:
        """Return what a wide line hides below itself."""
        solid = self.line_alpha == 1 and not self.mixed
        return Tint(self.line_colour if self.line_alpha > MOSTLY else None, solid)

    def of_text(self, mode: int) -> tuple[Colour | None, float]:
        """Return colour and opacity of text in a rendering mode (ISO 32000-1, table 106). Of text with an outline in another
        colour than its inside the colour does not tell; below a mask, or mixed so that black on white vanishes, it is not
        seen."""
        fill, line = (self.colour, self.alpha), (self.line_colour, self.line_alpha)
        colour, alpha = _by_mode(mode % 4, fill, line)
        return colour, 0.0 if self.masked or self.blending not in _DARK_BLENDING else alpha

    def within(self, box: Box) -> "Brush":
        """Return the brush with all that lies outside a box cut off too."""
        return self._replace(clip=common(self.clip, box))


def graphics_state(resources: object, name: object) -> dict[str, Any]:
    """Return the graphics state dictionary of a name; an empty one where there is none."""
    if not (isinstance(resources, dict) and isinstance(name, PSLiteral)):
        return {}
    return dict_value(dict_value(resources.get("ExtGState") or {}).get(literal_name(name)) or {})


def _blending(found: object) -> str:
    """Return the name of a blend mode, or of the first of several."""
    first = resolve1(found[0]) if isinstance(found, list) and found else found
    return str(literal_name(first)) if isinstance(first, PSLiteral) else ""


def _number(value: object, other: float) -> float:
    found = resolve1(value)
    return float(found) if isinstance(found, (int, float)) else other


def _by_mode(mode: int, fill: _Ink, line: _Ink) -> _Ink:
    return {_FILLED: fill, _STROKED: line}.get(mode, fill if fill == line else (None, 1.0))


def _first(space: str) -> Colour | None:
    return BLACK if space in _MEASURED else None


def _colour(space: str, operands: Sequence[Any]) -> Colour | None:
    numbers = [min(max(float(value), 0.0), 1.0) for value in operands if isinstance(value, (int, float))]
    if len(numbers) < len(operands) or not numbers:
        return None
    if space in _INKS:
        return None if any(numbers) else WHITE
    return _measured(numbers) if space in _MEASURED else None


def _measured(numbers: Sequence[float]) -> Colour | None:
    if len(numbers) == 1:
        return (numbers[0], numbers[0], numbers[0])
    if len(numbers) == 3:
        return (numbers[0], numbers[1], numbers[2])
    if len(numbers) == 4:
        cyan, magenta, yellow, black = numbers
        return ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
    return None
