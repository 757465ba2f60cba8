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
_PLAIN_BLENDING = frozenset(("Normal", "Compatible"))


class Brush(NamedTuple):
    """What is painted with: colour space and colour (``None``: it cannot be told), opacity from 0 to 1, whether what lies
    below shines through in another way, and the box outside of which nothing is drawn, in points of the page."""

    space: str = GREY
    colour: Colour | None = BLACK
    alpha: float = 1.0
    mixed: bool = False
    clip: Box | None = None

    def of_space(self, space: str) -> "Brush":
        """Return the brush in another colour space, in the colour that it begins with."""
        return self._replace(space=space, colour=BLACK if space in _MEASURED else None)

    def of_colour(self, operands: Sequence[Any], space: str) -> "Brush":
        """Return the brush in another colour of a space."""
        return self._replace(space=space, colour=_colour(space, operands))

    def with_parameters(self, parameters: dict[str, Any]) -> "Brush":
        """Return the brush with the parameters of a graphics state dictionary."""
        alpha, blending = resolve1(parameters.get("ca")), resolve1(parameters.get("BM"))
        mask = resolve1(parameters.get("SMask"))
        mixed = self.mixed
        if blending is not None or mask is not None:
            mixed = isinstance(mask, dict) or not _is_plain(blending)
        return self._replace(alpha=float(alpha) if isinstance(alpha, (int, float)) else self.alpha, mixed=mixed)

    def tint(self, figures: int) -> Tint:
        """Return what an area of so many figures hides below itself. A second figure may be a hole in the first."""
        solid = self.alpha == 1 and not self.mixed and self.colour is not None and figures == 1
        return Tint(self.colour if figures == 1 and self.alpha > MOSTLY else None, solid)

    def within(self, box: Box) -> "Brush":
        """Return the brush with all that lies outside a box cut off too."""
        return self._replace(clip=common(self.clip, box))


def graphics_state(resources: object, name: object) -> dict[str, Any]:
    """Return the graphics state dictionary of a name; an empty one where there is none."""
    if not (isinstance(resources, dict) and isinstance(name, PSLiteral)):
        return {}
    return dict_value(dict_value(resources.get("ExtGState") or {}).get(literal_name(name)) or {})


def _is_plain(blending: object) -> bool:
    return blending is None or (isinstance(blending, PSLiteral) and literal_name(blending) in _PLAIN_BLENDING)


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
