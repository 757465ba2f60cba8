"""What holds within a group of an RTF file: where text goes, its fonts, and how its characters look."""

from typing import Literal, NamedTuple

from extract.rtf.tables import RowDefinition

Manner = Literal["shown", "apart", "unseen"]
"""How a text is printed: in its line, beside it or struck out, or so that nobody sees its figures."""

TINY, THIN, CLOSE, LOW = 4, 33, -60, 80
"""Half-points, per cent, twips, twips: as in ``extract.office.word.look``."""

_NONE: frozenset[str] = frozenset()


class State(NamedTuple):
    """What holds within a group. ``destination``: body, skip, fonts, colours, code, or the fact of the file being stated.

    ``apart`` and ``unseen`` are the words that set characters beside their line, or hide their figures; ``low`` those of
    a paragraph. Colours are numbers of the file's table, 0 where none is stated.
    (A named tuple: it changes with every third word of a file.)
    """

    destination: str = "body"
    font: int = -1
    east_font: int = -1
    is_east: bool = False
    fallback: int = 1
    is_hidden: bool = False
    apart: frozenset[str] = _NONE
    unseen: frozenset[str] = _NONE
    ink: int = 0
    ground: int = 0
    line_ground: int = 0
    is_low: bool = False
    list_number: int = 0
    level: int = 0
    row: RowDefinition = RowDefinition()

    def with_apart(self, word: str, is_on: bool) -> "State":
        """Return the state with a word that sets characters apart switched on or off."""
        return self._replace(apart=self.apart | {word} if is_on else self.apart - {word})

    def with_unseen(self, word: str, is_on: bool) -> "State":
        """Return the state with a word that hides figures switched on or off."""
        return self._replace(unseen=self.unseen | {word} if is_on else self.unseen - {word})

    def plain(self) -> "State":
        """Return the state with the characters of a file that says nothing of them."""
        seen = self._replace(is_hidden=False, apart=_NONE, unseen=_NONE, ink=0, ground=0)
        return seen._replace(font=-1, east_font=-1, is_east=False)

    def plain_line(self) -> "State":
        """Return the state with a paragraph of which nothing is said."""
        return self._replace(level=0, list_number=0, line_ground=0, is_low=False)


def is_low(height: int | None) -> bool:
    """Say whether a height, exact where it is negative, leaves no room for a figure."""
    return -LOW < (height or 0) < 0
