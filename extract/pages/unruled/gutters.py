"""Columns of a header without ruling lines: the white space that runs down between its words."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.pages.text import Char
from extract.pages.unruled.rows import Token, glued, token

_GUTTERS = (0.1, 0.2, 0.35, 0.6)
"""Type sizes of white space between two columns, over the whole height of the header."""


def parted_by_gutters(lines: Sequence[Sequence[Char]], size: float, count: int) -> Iterator[tuple[Token, ...]]:
    """Yield the ways of cutting the lines of a header into so many columns of words; ``size`` is the type size."""
    ordered = sorted((char for line in lines for char in line), key=lambda char: char.x0)
    for gutter in _GUTTERS:
        starts: list[float] = []
        end = float("-inf")
        for char in ordered:
            if char.x0 > end + gutter * size:
                starts.append(char.x0)
            end = max(end, char.x1)
        if len(starts) == count:
            yield tuple(_stacked(lines, left, right) for left, right in pairwise((*starts, float("inf"))))


def _stacked(lines: Sequence[Sequence[Char]], left: float, right: float) -> Token:
    pieces = [[char for char in line if left <= char.x0 < right] for line in lines]
    return glued(token(piece) for piece in pieces if piece)
