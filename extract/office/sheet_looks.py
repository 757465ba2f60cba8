"""How the cells of a sheet look: their number format, and whether what they hold is seen as a figure."""

from typing import NamedTuple

from extract.office.numbers import GENERAL

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
_CLOSE = 24
"""Two colours that differ less in each of red, green and blue look alike."""

TINY_POINTS = 2
"""A font of this size or less is read by nobody."""

LOW_POINTS = 2
NARROW_CHARACTERS = 0.3
"""Height of a row and width of a column that show nothing."""


class CellLook(NamedTuple):
    """How cells of a style look.

    ``is_struck``: struck out, raised or lowered. ``is_unseen``: too small, of the colour behind it, or repeated until it
    fills the cell.
    """

    code: str = GENERAL
    is_struck: bool = False
    is_unseen: bool = False

    def printed(self, text: str) -> str:
        """Return a text in brackets where it is no figure of its cell: a sum or a number must not be made of it."""
        return set_apart(text) if self.is_struck or (self.is_unseen and is_figure(text)) else text


def set_apart(text: str) -> str:
    """Return a text in brackets, if there is any."""
    return f"[{text}]" if text.strip() else text


def is_figure(text: str) -> bool:
    """Say whether a text is a figure or a sign: words that are not seen do no harm."""
    return any(map(str.isdigit, text)) or not any(map(str.isalpha, text))


def look_alike(one: Colour | str | None, other: Colour | str | None) -> bool:
    """Say whether two colours, or names of colours, cannot be told apart."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(abs(first - second) < _CLOSE for first, second in zip(one, other, strict=True))
    return one == other
