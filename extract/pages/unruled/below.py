"""Which column of a header a figure below it is of, without ruling lines.

Header words and figures stand inside their cells, figures in the middle of them or at one side. A figure below the middle
of a word is of that column. Elsewhere it may be of two columns; that a row prints figures in several columns can tell
which, for they stand in the header's order, and so can figures that all stand as far from their words. What stays open
is of no column for certain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pages.unruled.rows import Row, Token, touched

_MOST_STACKS = 30  # of fifteen columns: figures at one side of the cells, and marks at the other
_UNEVEN = 0.05  # of the width of columns that are of one width
_SAME_STEP = 0.04  # of that width: figures are printed where the program puts them, to a point or so
_BELOW = 0.3  # of the distance to the middle of the next word

Columns = tuple[int, ...]
"""The columns, counted from 0, that something may be of."""


@dataclass(frozen=True, slots=True)
class _Stack:
    """Figures that stand below each other, and the rows (by number) in which they do."""

    tokens: tuple[Token, ...]
    rows: frozenset[int]

    @property
    def is_even(self) -> bool:
        """Whether all of them have a line down the page in common, as those of one column do."""
        return self.start <= self.end

    @property
    def left(self) -> float:
        return min(token.x0 for token in self.tokens)

    @property
    def start(self) -> float:
        return max(token.x0 for token in self.tokens)

    @property
    def end(self) -> float:
        return min(token.x1 for token in self.tokens)

    @property
    def right(self) -> float:
        return max(token.x1 for token in self.tokens)


def columns_of_values(rows: Sequence[Row], header: Sequence[Token]) -> dict[Token, Columns] | None:
    """Return for each figure below a header the columns that it may be of; ``None`` where figures are of no column."""
    stacks = list(_stacks(rows))
    if len(stacks) > _MOST_STACKS or not all(stack.is_even for stack in stacks):
        return None
    ways = _ways(stacks, header)
    if len(ways) > 1 and (in_step := _in_step(stacks, header)) in ways:
        ways = [in_step]
    if not ways:
        return None
    found = [tuple(sorted({way[number] for way in ways})) for number in range(len(stacks))]
    return {token: columns for stack, columns in zip(stacks, found, strict=True) for token in stack.tokens}


def _stacks(rows: Sequence[Row]) -> Iterator[_Stack]:
    tokens: list[Token] = []
    numbers: set[int] = set()
    right = float("-inf")
    printed = ((token, number) for number, row in enumerate(rows) for token in row.values)
    for token, number in sorted(printed, key=lambda found: found[0].x0):
        if tokens and token.x0 > right:
            yield _Stack(tuple(tokens), frozenset(numbers))
            tokens, numbers = [], set()
        tokens.append(token)
        numbers.add(number)
        right = max(right, token.x1)
    if tokens:
        yield _Stack(tuple(tokens), frozenset(numbers))


def _may_be_of(stack: _Stack, header: Sequence[Token]) -> Columns:
    """Return the column whose word stands just over the figures, or those on either side of them."""
    middles = _middles(header)
    middle = (stack.start + stack.end) / 2
    before = sum(x <= middle for x in middles) - 1
    sides = tuple(place for place in (before, before + 1) if 0 <= place < len(header))
    over = [place for place in sides if touched(stack.tokens[0], [(header[place].x0, header[place].x1)])]
    if len(sides) < 2 or len(over) != 1:
        return sides
    away = abs(middle - middles[over[0]]) / (middles[before + 1] - middles[before])
    return (over[0],) if away < _BELOW else sides


def _ways(stacks: Sequence[_Stack], header: Sequence[Token]) -> list[Columns]:
    """Return the ways in which figures further right are of columns further right, of another one where a row prints both."""
    ways: list[Columns] = [()]
    for number, stack in enumerate(stacks):
        beside = stacks[number - 1].rows & stack.rows if number else frozenset[int]()
        ways = [
            (*way, place)
            for way in ways
            for place in _may_be_of(stack, header)
            if not way or way[-1] < place or (way[-1] == place and not beside)
        ]
    return ways


def _middles(header: Sequence[Token]) -> list[float]:
    return [(word.x0 + word.x1) / 2 for word in header]


def _in_step(stacks: Sequence[_Stack], header: Sequence[Token]) -> Columns:
    """Return the columns of figures that all stand as far from the middle of their words, in columns of one width.

    All might be of the columns beside these. On the side where that would be one further out than the first or the last
    is, figures must stand in that first or last column.
    """
    middles = _middles(header)
    if len(middles) < 2:
        return ()
    width = (middles[-1] - middles[0]) / (len(middles) - 1)
    if any(abs(right - left - width) > _UNEVEN * width for left, right in pairwise(middles)):
        return ()
    for places in ([s.left for s in stacks], [(s.start + s.end) / 2 for s in stacks], [s.right for s in stacks]):
        centres = [(stack.start + stack.end) / 2 for stack in stacks]
        way = tuple(min(range(len(middles)), key=lambda at: abs(middles[at] - x)) for x in centres)
        off = [x - middles[at] for x, at in zip(places, way, strict=True)]
        aside = [x - middles[at] for x, at in zip(centres, way, strict=True)]
        end = 0 if aside[0] < 0 else len(middles) - 1
        if max(off) - min(off) < _SAME_STEP * width and max(map(abs, aside)) < width / 2 and end in way:
            return way
    return ()
