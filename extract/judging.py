"""Equations of the form judged on cells: shared by the checks."""

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from extract.model import Finding, FormCell, Verdict
from extract.sums import Addend, Equation, equations
from extract.templates import Template
from extract.text import exact, plain

_Values = dict[tuple[str, str], Addend | None]


_Sides = tuple[Addend, Addend]
_Place = tuple[str, str, str]


@dataclass(frozen=True)
class Figures:
    """The cells of a reading, and the values of its tables worked out once for all checks."""

    cells: tuple[FormCell, ...]

    @cached_property
    def by_table(self) -> dict[str, _Values]:
        """The values of each table by (row, column), without the agency's own items; ``None`` for other than numbers."""
        tables: dict[str, _Values] = defaultdict(dict)
        for cell in self.cells:
            if cell.item is None and cell.state != "absent":
                tables[cell.table][cell.row, cell.column] = None if cell.value is None else exact(cell.value)
        return tables

    @cached_property
    def rows(self) -> dict[str, frozenset[str]]:
        """The printed rows of each table."""
        return {table: frozenset([row for row, _ in values]) for table, values in self.by_table.items()}

    @cached_property
    def nothing(self) -> Set[_Place]:
        """Where (table, row, column) the form was left blank or prints a mark."""
        gaps = (cell for cell in self.cells if cell.item is None and cell.state in ("blank", "mark"))
        return {(cell.table, cell.row, cell.column) for cell in gaps}

    def sums(self, template: Template) -> tuple[tuple[Equation, _Sides | None], ...]:
        """Return the sums of the form that have a printed row, with what both sides add up to where all is printed."""
        if template not in self._sums:
            self._sums[template] = tuple(self._added_up(template))
        return self._sums[template]

    @cached_property
    def _sums(self) -> dict[Template, tuple[tuple[Equation, _Sides | None], ...]]:
        return {}

    def _added_up(self, template: Template) -> Iterator[tuple[Equation, _Sides | None]]:
        for table in dict.fromkeys(known.table for known in template.sums):
            rows, values = self.rows.get(table), self.by_table.get(table, {})
            for equation in equations(template, table, rows or frozenset()):
                if rows and (equation.along != "row" or equation.place in rows):
                    yield equation, equation.sides(values)


def judge_rule(rule: str, figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield one finding for every place in which a sum rule of the template applies.

    ``expected`` is the sum of the parts, ``actual`` the printed whole; a member that is not a reported number makes
    the place NOT_ASSESSABLE. Rows that the document does not print at all are left out.
    """
    return (_verdict(equation, sides) for equation, sides in figures.sums(template) if equation.rule == rule)


def judge_blanks(figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield a finding for every sum that cannot be judged, and cannot hold whatever is missing from it.

    Blank cells and marks are taken for nothing; a cell that is absent or could not be read may be any count, so it
    only matters where the other side is printed whole and already exceeded.
    """
    for equation in [equation for equation, sides in figures.sums(template) if sides is None]:
        sides = _impossible(equation, figures.by_table[equation.table], figures.nothing)
        if sides is not None:
            detail = f"{equation.rule}: the printed numbers do not add up, whatever the gaps stand for"
            where = dict(equation.where)
            yield Finding("blank_sum", "NOT_ASSESSABLE", where, plain(sides[0]), plain(sides[1]), detail=detail)


def _impossible(equation: Equation, values: _Values, nothing: Set[_Place]) -> _Sides | None:
    """Return what both sides add up to without their unreadable cells, if no counts in those can make them equal."""
    parts, whole = (
        [0 if (equation.table, *member) in nothing else values.get(member) for member in side]
        for side in (equation.parts, equation.whole)
    )
    left, right = (sum((value for value in side if value is not None), 0) for side in (parts, whole))
    if left == right or (left < right and None in parts) or (left > right and None in whole):
        return None
    return left, right


def _verdict(equation: Equation, sides: _Sides | None) -> Finding:
    if sides is None:
        return Finding(equation.rule, "NOT_ASSESSABLE", dict(equation.where))
    verdict: Verdict = "PASS" if sides[0] == sides[1] else "FAIL"
    return Finding(equation.rule, verdict, dict(equation.where), plain(sides[0]), plain(sides[1]))
