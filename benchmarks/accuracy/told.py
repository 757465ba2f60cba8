"""What a text tells whose blanks leave no trace: the cells that no other placement of a line's figures would change.

The order of a line's figures is known, and which columns they stand in only as far as the sums of the form say so. A cell
is told when it holds the same in every placement of its line that no sum contradicts, the other lines being as they are.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from extract.labels import templates
from extract.sums import Equation, Values, equations
from extract.templates import Template
from tests.kit.truth import Truth, TruthCell

TRACELESS = ("lines, with blanks",)
"""Styles of text in which nothing stands for a blank cell."""

_ONE_LINE = ("review",)
"""Tables of which all rows stand in one line."""

Line = list[TruthCell]


def told(report: Truth) -> list[TruthCell]:
    """Return the cells of a report that a text without any trace of its blanks tells."""
    form = next(form for form in templates() if form.name == report.template)
    lines = _lines(report.cells)
    return [cell for line in lines for cell in _told_in(line, lines, form)]


def _lines(cells: Sequence[TruthCell]) -> list[Line]:
    lines: dict[tuple[str, str, str | None], Line] = {}
    for cell in cells:
        if cell["state"] != "absent":
            row = "" if cell["table"] in _ONE_LINE else cell["row"]
            lines.setdefault((cell["table"], row, cell["item"]), []).append(cell)
    return list(lines.values())


def _told_in(line: Line, lines: Sequence[Line], form: Template) -> Iterator[TruthCell]:
    table = line[0]["table"]
    mine = [cell for other in lines if other[0]["table"] == table for cell in other]
    rows = {cell["row"] for cell in line}
    sums = [
        equation
        for equation in equations(form, table, {cell["row"] for cell in mine})
        if any(row in rows for row, _ in equation.members())
    ]
    known = {(cell["row"], cell["column"]): _number(cell) for cell in mine}
    placements = [found for found in _placements(line) if _is_possible(line, found, known, sums)]
    for place, cell in enumerate(line):
        if all(found[place] == _number(cell) for found in placements):
            yield cell


def _placements(line: Line) -> Iterator[list[int | None]]:
    """Yield every way in which the figures of a line can stand in its columns, in their order."""
    figures = [number for cell in line if (number := _number(cell)) is not None]
    for places in combinations(range(len(line)), len(figures)):
        standing = dict(zip(places, figures, strict=True))
        yield [standing.get(place) for place in range(len(line))]


def _is_possible(line: Line, found: Sequence[int | None], known: Values, sums: Sequence[Equation]) -> bool:
    values = {**known, **{(cell["row"], cell["column"]): value for cell, value in zip(line, found, strict=True)}}
    return not any(_is_contradicted(equation, values) for equation in sums)


def _is_contradicted(equation: Equation, values: Values) -> bool:
    """Say whether no counts in the blanks of a sum can make it hold."""
    parts, whole = ([values.get(member, 0) for member in side] for side in (equation.parts, equation.whole))
    left, right = sum(filter(None, parts)), sum(filter(None, whole))
    return (left > right and None not in whole) or (left < right and None not in parts)


def _number(cell: TruthCell) -> int | None:
    value = cell["value"]
    return None if value is None else int(value * 10_000)
