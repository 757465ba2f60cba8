"""How cells of an XLS look, from the tables of fonts and styles that xlrd gives."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from extract.office.excel.looks import TINY_POINTS, CellLook
from extract.office.excel.numbers import GENERAL
from extract.office.unseen import WHITE, Colour, look_alike

_TWIPS = 20
"""Of a point."""

_REPEATED = 4
"""The number of horizontal alignment that fills a cell with its text (BIFF, record XF)."""

_SOLID = 1
_SYSTEM = 64
"""From this number on, colours are those of the system: the window is white."""


class LegacyLooks:
    """The looks of a book's cell styles."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.of = lru_cache(maxsize=None)(self._of)

    def _of(self, style: int | None) -> CellLook:
        """Return the look of the cells of a style, by its number."""
        if style is None or not 0 <= style < len(self._book.xf_list):
            return CellLook()
        found = self._book.xf_list[style]
        code = self._book.format_map.get(found.format_key)
        font = self._font(found.font_index)
        repeats = found.alignment.hor_align == _REPEATED
        is_unseen = repeats or self._is_unseen(font, self._ground(found.background))
        return CellLook(GENERAL if code is None else str(code.format_str), _is_struck(font), is_unseen)

    def of_runs(self, text: str, runs: Sequence[tuple[int, int]]) -> str:
        """Return a text of several fonts: ``runs`` are the place where each begins and its number."""
        pieces = [text[: runs[0][0]]] if runs else [text]
        for (start, number), (end, _) in pairwise((*runs, (len(text), 0))):
            font = self._font(number)
            pieces.append(CellLook("", _is_struck(font), self._is_unseen(font, WHITE)).printed(text[start:end]))
        return "".join(pieces)

    def _font(self, number: int) -> Any:
        fonts = self._book.font_list
        return fonts[number] if 0 <= number < len(fonts) else None

    def _is_unseen(self, font: Any, ground: Colour | None) -> bool:
        if font is None:
            return False
        ink = self._colour(font.colour_index)
        return font.height <= TINY_POINTS * _TWIPS or (ink is not None and look_alike(ink, ground))

    def _ground(self, background: Any) -> Colour | None:
        """Return the colour behind a cell; ``None`` for a pattern."""
        if not background.fill_pattern:
            return WHITE
        return self._colour(background.pattern_colour_index) if background.fill_pattern == _SOLID else None

    def _colour(self, number: int) -> Colour | None:
        found = self._book.colour_map.get(number) if number < _SYSTEM else None
        return None if found is None else tuple(found)


def _is_struck(font: Any) -> bool:
    return font is not None and bool(font.struck_out or font.escapement)
