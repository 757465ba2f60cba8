"""Columns of a header without ruling lines: the white space that runs down between its words."""

from collections.abc import Callable, Container, Iterator, Sequence
from itertools import pairwise

from extract.pages.text import Char
from extract.pages.unruled.rows import Token, glued, token

_GUTTERS = (0.1, 0.2, 0.35, 0.6)
"""Type sizes of white space between two columns, over the whole height of the header."""

_WIDEST_WORD = 8  # characters beside each other
_OVERLAP = 0.1  # type sizes between characters that touch


def parted_by_gutters(
    lines: Sequence[Sequence[Char]], size: float, counts: Container[int]
) -> Iterator[tuple[Token, ...]]:
    """Yield the ways of cutting the lines of a header into one of so many columns of words; ``size`` is the type size."""
    ordered = sorted((char for line in lines for char in line), key=lambda char: char.x0)
    for gutter in _GUTTERS:
        starts: list[float] = []
        end = float("-inf")
        for char in ordered:
            if char.x0 > end + gutter * size:
                starts.append(char.x0)
            end = max(end, char.x1)
        if len(starts) in counts:
            yield tuple(_stacked(lines, left, right) for left, right in pairwise((*starts, float("inf"))))


def parted_by_labels(lines: Sequence[Sequence[Char]], is_label: Sequence[Callable[[str], bool]]) -> tuple[Token, ...]:
    """Return the words of a header whose columns nearly touch, cut where no character of any line is, so that each of the
    last columns has its label; nothing where that cannot be done in just one way."""
    starts = [*_starts(lines), float("inf")]
    ways: list[dict[int, list[tuple[Token, ...]]]] = [{place: [()] for place in range(len(starts))}]
    for fits in is_label:
        ways.append({})
        for place, before in ways[-2].items():
            for stop in range(place + 1, min(place + _WIDEST_WORD, len(starts) - 1) + 1):
                word = _stacked(lines, starts[place], starts[stop])
                if fits(word.text):
                    ways[-1].setdefault(stop, []).extend((*way, word) for way in before[:2])
    found = ways[-1].get(len(starts) - 1, [])
    return found[0] if len(found) == 1 else ()


def _starts(lines: Sequence[Sequence[Char]]) -> Iterator[float]:
    """Yield where a character begins behind all that begin before it, in whichever line."""
    end = float("-inf")
    for char in sorted((char for line in lines for char in line), key=lambda char: char.x0):
        if char.x0 > end - _OVERLAP * (char.bottom - char.top):
            yield char.x0
        end = max(end, char.x1)


def _stacked(lines: Sequence[Sequence[Char]], left: float, right: float) -> Token:
    pieces = [[char for char in line if left <= char.x0 < right] for line in lines]
    return glued(token(piece) for piece in pieces if piece)
