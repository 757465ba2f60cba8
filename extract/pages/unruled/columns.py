"""Columns without ruling lines, and what a line prints in each."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.pages.text import Char
from extract.pages.unruled.rows import Row, Span, Token, beside, token, touched

_GUTTER = 0.1  # type sizes of white between two columns
_TOUCHING = 0.1  # type sizes between two characters of different columns

BEFORE = -1
"""The column of what stands left of all columns."""

Cells = dict[int, Token]
"""What a line prints in each column."""


def columns_of(rows: Sequence[Row]) -> list[Span]:
    """Return the columns of some rows: what the white that runs down through all of them leaves."""
    columns: list[Span] = []
    gutter = _GUTTER * min(row.line.size for row in rows)
    for left, right in sorted((part.x0, part.x1) for row in rows for part in row.tokens):
        if columns and left - columns[-1][1] < gutter:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def cells_of(row: Row, columns: Sequence[Span]) -> Cells | None:
    """Return what a line prints in the columns, what stands between two of them in the nearer one; ``None`` for words
    that run from one into another."""
    cells: dict[int, list[Token]] = {}
    for part in row.tokens:
        over = touched(part, columns)
        if len(over) > 1 and _runs_over(part, row, columns):
            return None
        for place, piece in _pieces(part, row, columns) if len(over) > 1 else ((_nearest(part, columns), part),):
            cells.setdefault(place, []).append(piece)
    return {place: beside(parts) for place, parts in cells.items()}


def _nearest(part: Token, columns: Sequence[Span]) -> int:
    if part.x1 < columns[0][0]:
        return BEFORE
    return min(range(len(columns)), key=lambda place: max(columns[place][0] - part.x1, part.x0 - columns[place][1]))


def _places(part: Token, row: Row, columns: Sequence[Span]) -> Iterator[tuple[Char, int]]:
    edges = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    for char in row.chars_of(part):
        yield char, bisect_right(edges, (char.x0 + char.x1) / 2)


def _runs_over(part: Token, row: Row, columns: Sequence[Span]) -> bool:
    return any(
        before != behind and right.x0 - left.x1 < _TOUCHING * row.line.size
        for (left, before), (right, behind) in pairwise(_places(part, row, columns))
    )


def _pieces(part: Token, row: Row, columns: Sequence[Span]) -> Iterator[tuple[int, Token]]:
    pieces: dict[int, list[Char]] = {}
    for char, place in _places(part, row, columns):
        pieces.setdefault(place, []).append(char)
    yield from ((place, token(chars)) for place, chars in pieces.items())
