"""How the cells of a sheet look: their number format, and whether what they hold is seen as a figure."""

from typing import NamedTuple

from extract.office.excel.numbers import GENERAL
from extract.office.unseen import is_figure, set_apart

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
