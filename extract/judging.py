"""Equations of the form judged on cells: shared by the checks."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extract.model import Finding, FormCell, Verdict
from extract.sums import Addend, Equation, equations
from extract.templates import Template
from extract.text import exact, plain

_Values = dict[tuple[str, str], Addend | None]


@dataclass(frozen=True)
class Figures:
    """The cells of a reading, and the values of its tables worked out once for all checks."""

    cells: tuple[FormCell, ...]

    @cached_property
    def by_table(self) -> dict[str, _Values]:
        """The values of each table by (row, column), without the agency's own items; ``None`` for other than numbers."""
        tables: dict[str, _Values] = {}
        for cell in self.cells:
            if cell.item is None and cell.state != "absent":
                value = None if cell.value is None else exact(cell.value)
                tables.setdefault(cell.table, {})[cell.row, cell.column] = value
        return tables

    @cached_property
    def rows(self) -> dict[str, frozenset[str]]:
        """The printed rows of each table."""
        return {table: frozenset(row for row, _ in values) for table, values in self.by_table.items()}

    def applying(self, template: Template) -> Iterator[tuple[Equation, _Values]]:
        """Yield the sums of the form that have a printed row, with the values of their table."""
        for table in dict.fromkeys(known.table for known in template.sums):
            rows = self.rows.get(table, frozenset())
            values = self.by_table.get(table, {})
            yield from ((equation, values) for equation in equations(template, table, rows))


def judge_rule(rule: str, figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield one finding for every place in which a sum rule of the template applies.

    ``expected`` is the sum of the parts, ``actual`` the printed whole; a member that is not a reported number makes
    the place NOT_ASSESSABLE. Rows that the document does not print at all are left out.
    """
    for equation, values in figures.applying(template):
        if equation.rule == rule and _printed(equation, figures.rows.get(equation.table, frozenset())):
            yield _verdict(equation, values)


def judge_blanks(figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield a finding for every sum that cannot be judged, and cannot hold whatever is missing from it.

    Blank cells and marks are taken for nothing; a cell that is absent or could not be read may be any count, so it
    only matters where the other side is printed whole and already exceeded.
    """
    nothing = {
        (cell.table, cell.row, cell.column)
        for cell in figures.cells
        if cell.item is None and cell.state in ("blank", "mark")
    }
    for equation, values in figures.applying(template):
        sides = _impossible(equation, values, nothing) if equation.sides(values) is None else None
        if sides is not None:
            detail = f"{equation.rule}: the printed numbers do not add up, whatever the gaps stand for"
            where = dict(equation.where)
            yield Finding("blank_sum", "NOT_ASSESSABLE", where, plain(sides[0]), plain(sides[1]), detail=detail)


def _impossible(
    equation: Equation, values: _Values, nothing: set[tuple[str, str, str]]
) -> tuple[Addend, Addend] | None:
    """Return what both sides add up to without their unreadable cells, if no counts in those can make them equal."""
    parts, whole = (
        [0 if (equation.table, *member) in nothing else values.get(member) for member in side]
        for side in (equation.parts, equation.whole)
    )
    left, right = (sum((value for value in side if value is not None), 0) for side in (parts, whole))
    if left == right or (left < right and None in parts) or (left > right and None in whole):
        return None
    return left, right


def _printed(equation: Equation, rows: frozenset[str]) -> bool:
    return equation.place in rows if equation.along == "row" else bool(rows)


def _verdict(equation: Equation, values: _Values) -> Finding:
    where = dict(equation.where)
    sides = equation.sides(values)
    if sides is None:
        return Finding(equation.rule, "NOT_ASSESSABLE", where)
    verdict: Verdict = "PASS" if sides[0] == sides[1] else "FAIL"
    return Finding(equation.rule, verdict, where, plain(sides[0]), plain(sides[1]))
