"""A table whose rows all stand in one line of text, of which blanks left no trace: where the figures of that line stand.

The figures go to the rows in their order, and each row has a total. Nothing is read where no whole row could add up. One
row that does not rules out no placement, for a figure of it may be wrong; but where two whole ones do, the third does too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from itertools import combinations_with_replacement, pairwise, product
from typing import NamedTuple

from extract.forms.placements import Way, cell_of_all, noted, ways_of
from extract.forms.ranges import Name, is_contradicted
from extract.forms.slots import Arrangement, FormRow
from extract.model import Finding
from extract.sums import Equation
from extract.text import parse_number

_FEWEST_PARTS = 2
_PROVED = 2
"""Whole rows that add up, of three, which no figure is wrong in: so the third adds up too."""


class Piece(NamedTuple):
    """Some figures of the line as one row: placements of them that add up, or that do not.

    A placement has the number of the figure in every column, -1 for none. ``is_proved``: each column has one, several of
    the parts are more than 0, and they add up.
    """

    ways: tuple[Way, ...]
    adds_up: bool
    is_proved: bool


Reading = tuple[Piece, ...]
"""One piece of the line for each row."""


def placed_in_line(rows: Sequence[FormRow], sums: Sequence[Equation]) -> tuple[list[FormRow], list[Finding]]:
    """Return the rows of one line with those cells which only one figure, or none, can stand in."""
    readings = list(_readings(rows, sums)) if rows and rows[0].lost and len({row.lost for row in rows}) == 1 else []
    proved = max(map(_proved, readings), default=0)
    if not proved:
        return list(rows), []
    if proved >= _PROVED:
        readings = [reading for reading in readings if all(piece.adds_up for piece in reading)]
    found = [
        replace(row, options=_common(row, pieces))
        for row, pieces in zip(rows, zip(*readings, strict=True), strict=True)
    ]
    return found, [noted(row) for row in found]


def _common(row: FormRow, pieces: Sequence[Piece]) -> tuple[Arrangement, ...]:
    ways = {way for piece in pieces for way in piece.ways}
    return (tuple([cell_of_all(row, {way[place] for way in ways}) for place in range(len(row.columns))]),)


def _proved(reading: Reading) -> int:
    return sum(piece.is_proved for piece in reading) if all(piece.adds_up for piece in reading) else 0


def _readings(rows: Sequence[FormRow], sums: Sequence[Equation]) -> Iterator[Reading]:
    """Yield every way to give each row some of the figures in which at most one row does not add up."""
    end = len(rows[0].lost)
    pieces_of = [cache(partial(_pieces, row, sums)) for row in rows]
    for stops in combinations_with_replacement(range(end + 1), len(rows) - 1):
        pieces = [own(*span) for own, span in zip(pieces_of, pairwise((0, *stops, end)), strict=True)]
        yield from (reading for reading in product(*pieces) if sum(not piece.adds_up for piece in reading) <= 1)


def _pieces(row: FormRow, sums: Sequence[Equation], start: int, stop: int) -> list[Piece]:
    """Return the figures from one to another as a row: no piece where they are more than it has columns."""
    values = [parse_number(cell.text).value for cell in row.lost]
    own = [equation for equation in sums if equation.along == "row" and equation.place == row.row]
    ways: dict[bool, list[Way]] = {}
    for own_way in ways_of(stop - start, len(row.columns)):
        way = tuple([start + figure if figure >= 0 else figure for figure in own_way])
        printed = dict(_printed(row, way, values))
        ways.setdefault(not any(is_contradicted(equation, printed) for equation in own), []).append(way)
    is_full = len(own) == 1 and len([value for value in values[start:stop] if value]) > _FEWEST_PARTS
    is_full = is_full and None not in values[start:stop] and stop - start == len(row.columns)
    return [Piece(tuple(found), adds_up, adds_up and is_full) for adds_up, found in ways.items()]


def _printed(row: FormRow, way: Way, values: Sequence[Decimal | None]) -> Iterator[tuple[Name, Decimal]]:
    for column, figure in zip(row.columns, way, strict=True):
        if figure >= 0 and (value := values[figure]) is not None:
            yield (row.row, column), value
