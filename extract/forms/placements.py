"""Rows of a text whose blanks leave no trace: in which columns their figures stand, as far as the sums of the form tell.

The order of the figures is known. Of all placements those remain that no sum contradicts, whatever the blanks stand for;
what all of these have in common is read, and the rest of the row is not. Rows that are known narrow others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from extract.forms.slots import Arrangement, FormRow, Printed, note
from extract.model import Finding
from extract.sums import Equation
from extract.text import parse_number

Known = dict[tuple[str, str], Decimal]
"""Certain figures by row and column; blanks, marks and what could not be read are not among them."""

_PASSES = 3
_DETAIL = "blanks leave no trace in “{raw}”: what all placements of its figures have in common that no sum contradicts"


def placed(rows: Sequence[FormRow], sums: Sequence[Equation]) -> tuple[list[FormRow], list[Finding]]:
    """Return rows with those cells of rows that lost their blanks which only one figure, or none, can stand in."""
    found = list(rows)
    for _ in range(_PASSES if any(row.lost for row in rows) else 0):
        known = {name: value for row in found for name, value in _certain(row)}
        found = [_narrowed(row, known, sums) if row.lost else row for row in found]
    return found, [_noted(row) for row in found if row.lost and row.options]


def _noted(row: FormRow) -> Finding:
    return note("ambiguous_layout", _DETAIL.format(raw=row.raw), table=row.table, row=row.row)


def _certain(row: FormRow) -> Iterator[tuple[tuple[str, str], Decimal]]:
    for option in row.options if len(row.options) == 1 else ():
        for column, cell in zip(row.columns, option, strict=True):
            value = parse_number(cell.text).value if cell.certain else None
            if value is not None:
                yield (row.row, column), value


def _narrowed(row: FormRow, known: Mapping[tuple[str, str], Decimal], sums: Sequence[Equation]) -> FormRow:
    others = {name: value for name, value in known.items() if name[0] != row.row}
    values = [parse_number(cell.text).value for cell in row.lost]
    columns = [[_fits(others, (row.row, column), value, sums) for value in (*values, None)] for column in row.columns]
    own = [equation for equation in sums if equation.along == "row" and equation.place == row.row]
    sound = [_is_sound(others, column, sums) for column in row.columns]
    possible = [
        way
        for way in _ways(len(row.lost), len(row.columns))
        if _is_possible([sound[place] for place, figure in enumerate(way) if not columns[place][figure]])
    ]
    ways = [way for way in possible if _adds_up(row, way, values, own)]
    # Where a printed total does not add up, only placements without one are left: none of them is right.
    totals = [row.columns.index(column) for equation in own for _, column in equation.whole]
    is_moved = _prints(possible, totals) and not _prints(ways, totals)
    return replace(row, options=(_common(row, ways),) if ways and not is_moved else ())


def _is_possible(against: Sequence[bool]) -> bool:
    """Say whether a placement may be right, given for each column that speaks against it whether another sum bears it out.

    One sum alone may be wrong itself: its printed total, or a part of it.
    """
    return len(against) <= 1 and not any(against)


def _is_sound(others: Mapping[tuple[str, str], Decimal], column: str, sums: Sequence[Equation]) -> bool:
    """Say whether the sums of a column that are printed whole hold, and the total of its parts is in one of them."""
    mine = [equation for equation in sums if equation.along == "column" and equation.place == column]
    rows = {row for equation in mine for row, _ in equation.members()}
    judged = [equation.sides(others) for equation in mine]
    crossing = [equation.sides(others) for equation in sums if equation.along == "row" and equation.place in rows]
    known = [sides for sides in (*judged, *crossing) if sides is not None]
    return any(judged) and all(left == right for left, right in known)


def _prints(ways: Sequence[tuple[int, ...]], places: Sequence[int]) -> bool:
    return any(way[place] >= 0 for way in ways for place in places)


def _ways(figures: int, columns: int) -> Iterator[tuple[int, ...]]:
    """Yield for each placement the number of the figure in every column, -1 for none."""
    for places in combinations(range(columns), figures):
        yield tuple([places.index(place) if place in places else -1 for place in range(columns)])


def _fits(
    others: Mapping[tuple[str, str], Decimal], name: tuple[str, str], value: Decimal | None, sums: Sequence[Equation]
) -> bool:
    """Say whether a figure, or none, can stand in a cell, by the sums of its column."""
    values = others if value is None else {**others, name: value}
    return not any(
        _is_contradicted(equation, values)
        for equation in sums
        if equation.along == "column" and equation.place == name[1]
    )


def _adds_up(row: FormRow, way: Sequence[int], values: Sequence[Decimal | None], own: Sequence[Equation]) -> bool:
    named = zip(row.columns, way, strict=True)
    printed = {
        (row.row, column): value for column, figure in named if figure >= 0 and (value := values[figure]) is not None
    }
    return not any(_is_contradicted(equation, printed) for equation in own)


def _is_contradicted(equation: Equation, values: Mapping[tuple[str, str], Decimal]) -> bool:
    """Say whether no counts in the cells that are not known can make a sum hold."""
    parts = [values.get(member) for member in equation.parts]
    whole = [values.get(member) for member in equation.whole]
    left, right = sum(filter(None, parts)), sum(filter(None, whole))
    return (left > right and None not in whole) or (left < right and None not in parts)


def _common(row: FormRow, ways: Sequence[tuple[int, ...]]) -> Arrangement:
    return tuple([_cell(row, {way[place] for way in ways}) for place in range(len(row.columns))])


def _cell(row: FormRow, figures: set[int]) -> Printed:
    [first, *others] = sorted(figures)
    if others:
        return Printed(row.raw, row.at, certain=False)
    return Printed("", row.at) if first < 0 else row.lost[first]
