"""Rows of a text whose blanks leave no trace: in which columns their figures stand, as far as the sums of the form tell.

The order of the figures is known. Of all placements those remain that no sum contradicts, whatever the blanks stand for;
what all of these have in common is read, and the rest of the row is not. Rows that are known narrow others.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, count
from typing import NamedTuple

from extract.forms.ranges import ANY, Name, Range, allowed, is_contradicted
from extract.forms.slots import Arrangement, FormRow, Printed, note
from extract.model import Finding
from extract.sums import Equation
from extract.text import is_blank, parse_number

Known = dict[tuple[str, str], Decimal]
"""Certain figures by row and column; blanks, marks and what could not be read are not among them."""

Way = tuple[int, ...]
"""A placement: the number of the figure in every column, -1 for none."""


class Left(NamedTuple):
    """The placements of a row that are left. ``is_moved``: its total does not add up, and nothing is read."""

    ways: Sequence[Way] = ()
    is_moved: bool = False


_PASSES = 12
_DETAIL = "blanks leave no trace in “{raw}”: what all placements of its figures have in common that no sum contradicts"


def placed(rows: Sequence[FormRow], sums: Sequence[Equation]) -> tuple[list[FormRow], list[Finding]]:
    """Return rows with those cells of rows that lost their blanks which only one figure, or none, can stand in."""
    found, ways = list(rows), dict[str, Left]()
    for _ in range(_PASSES if any(row.lost for row in rows) else 0):
        before, ways = ways, _narrowed(found, ways, sums)
        if ways == before:
            break
        found = [replace(row, options=_common(row, ways[row.row])) if row.lost else row for row in found]
    return found, [noted(row) for row in found if row.lost and row.options]


def noted(row: FormRow) -> Finding:
    """Tell of a row that lost its blanks and is read as far as the sums tell."""
    return note("ambiguous_layout", _DETAIL.format(raw=row.raw), table=row.table, row=row.row)


def _certain(row: FormRow) -> Iterator[tuple[tuple[str, str], Decimal]]:
    for option in row.options if len(row.options) == 1 else ():
        for column, cell in zip(row.columns, option, strict=True):
            value = parse_number(cell.text).value if cell.certain else None
            if value is not None:
                yield (row.row, column), value


def _narrowed(rows: Sequence[FormRow], ways: Mapping[str, Left], sums: Sequence[Equation]) -> dict[str, Left]:
    """Return the placements of each row that are left, by what the last pass left of those of the others."""
    known = {name: value for row in rows for name, value in _certain(row)}
    certain: dict[Name, Range] = {name: (value, value) for name, value in known.items()}
    columns = [equation for equation in sums if equation.along == "column"]
    by_known = allowed(certain, columns)
    by_ways = allowed({**_ranges(rows, ways), **certain}, columns)
    found = {}
    for row in rows:
        if row.lost:
            others = {name: value for name, value in known.items() if name[0] != row.row}
            sound = frozenset(column for column in row.columns if _is_sound(others, column, sums))
            found[row.row] = _ways_left(row, sound, by_known, by_ways, sums)
    return found


def _ranges(rows: Sequence[FormRow], ways: Mapping[str, Left]) -> dict[Name, Range]:
    """Return how low and how high each cell counts in the placements that are left of its row."""
    found: dict[Name, Range] = {}
    for row in rows:
        values = [parse_number(cell.text).value for cell in row.lost]
        left = ways.get(row.row, Left()).ways
        for place, column in enumerate(row.columns if left else ()):
            counts = [_range(values, figure) for figure in {way[place] for way in left}]
            found[row.row, column] = min(low for low, _ in counts), max(high for _, high in counts)
    return found


def _range(values: Sequence[Decimal | None], figure: int) -> Range:
    value = values[figure] if figure >= 0 else None
    return ANY if value is None else (value, value)


def _ways_left(
    row: FormRow,
    sound: Set[str],
    by_known: Mapping[Name, Range],
    by_ways: Mapping[Name, Range],
    sums: Sequence[Equation],
) -> Left:
    values = [parse_number(cell.text).value for cell in row.lost]
    names = [(row.row, column) for column in row.columns]
    certain = [[_fits(value, by_known.get(name, ANY)) for value in (*values, None)] for name in names]
    likely = [[_fits(value, by_ways.get(name, ANY)) for value in (*values, None)] for name in names]
    is_sound = [column in sound for column in row.columns]

    def is_possible(way: Way) -> bool:
        against = [place for place, figure in enumerate(way) if not likely[place][figure]]
        return len(against) <= 1 and all(certain[place][way[place]] or not is_sound[place] for place in against)

    possible = [way for way in _all_ways(row) if is_possible(way)]
    own = [equation for equation in sums if equation.along == "row" and equation.place == row.row]
    ways = [way for way in possible if _adds_up(row, way, values, own)]
    # Where a printed total does not add up, only placements without one are left: none of them is right.
    totals = [row.columns.index(column) for equation in own for _, column in equation.whole]
    is_moved = _prints(possible, totals) and not _prints(ways, totals)
    return Left(possible if is_moved else ways, is_moved)


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


def _all_ways(row: FormRow) -> Iterator[Way]:
    """Yield the placements of a row's figures: those that its blanks leave, where they are traces of some."""
    yield from map(_way, row.windows) if row.windows else ways_of(len(row.lost), len(row.columns))


def _way(window: Arrangement) -> Way:
    figures = count()
    return tuple([-1 if is_blank(cell.text) else next(figures) for cell in window])


def ways_of(figures: int, columns: int) -> Iterator[tuple[int, ...]]:
    """Yield for each placement the number of the figure in every column, -1 for none."""
    for places in combinations(range(columns), figures):
        yield tuple([places.index(place) if place in places else -1 for place in range(columns)])


def _fits(value: Decimal | None, left: Range) -> bool:
    """Say whether a figure, or none, can stand in a cell."""
    low, high = left
    return high >= 0 if value is None else low <= value <= high


def _adds_up(row: FormRow, way: Sequence[int], values: Sequence[Decimal | None], own: Sequence[Equation]) -> bool:
    named = zip(row.columns, way, strict=True)
    printed = {
        (row.row, column): value for column, figure in named if figure >= 0 and (value := values[figure]) is not None
    }
    return not any(is_contradicted(equation, printed) for equation in own)


def _common(row: FormRow, left: Left) -> tuple[Arrangement, ...]:
    if left.is_moved or not left.ways:
        return ()
    return (tuple([cell_of_all(row, {way[place] for way in left.ways}) for place in range(len(row.columns))]),)


def cell_of_all(row: FormRow, figures: Set[int]) -> Printed:
    """Return what stands in a cell in all placements: of figures that are alike it does not matter which."""
    if len({row.lost[figure].text if figure >= 0 else "" for figure in figures}) > 1:
        return Printed(row.raw, row.at, certain=False)
    first = min(figures)
    return Printed("", row.at) if first < 0 else row.lost[first]
