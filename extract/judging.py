"""Equations of the form judged on cells: shared by the checks."""

from collections.abc import Iterator
from decimal import Decimal

from extract.model import Finding, FormCell, Verdict
from extract.sums import Equation, equations
from extract.templates import Template
from extract.text import plain


def judge_rule(rule: str, cells: tuple[FormCell, ...], template: Template) -> Iterator[Finding]:
    """Yield one finding for every place in which a sum rule of the template applies.

    ``expected`` is the sum of the parts, ``actual`` the printed whole; a member that is not a reported number makes
    the place NOT_ASSESSABLE. Rows that the document does not print at all are left out.
    """
    for table in dict.fromkeys(known.table for known in template.sums if known.rule == rule):
        values = _values(cells, table)
        rows = {row for row, _ in values}
        for equation in equations(template, table, rows):
            if equation.rule == rule and _printed(equation, rows):
                yield _verdict(equation, values, template)


def judge_blanks(cells: tuple[FormCell, ...], template: Template) -> Iterator[Finding]:
    """Yield a finding for every sum that does not hold when its blank cells and marks are taken for nothing.

    Sums without a blank, or with a cell that could not be read, are left out.
    """
    nothing = {(cell.table, cell.row, cell.column) for cell in cells if cell.state in ("blank", "mark")}
    for table in dict.fromkeys(known.table for known in template.sums) if nothing else ():
        blanks = {(row, column): Decimal(0) for name, row, column in nothing if name == table}
        values = {**_values(cells, table), **blanks}
        for equation in equations(template, table, {row for row, _ in values}):
            sides = None if blanks.keys().isdisjoint(equation.members()) else equation.sides(values)
            if sides is not None and sides[0] != sides[1]:
                where = _where(equation, template)
                detail = f"{equation.rule}: the printed numbers do not add up where blanks are nothing"
                yield Finding("blank_sum", "NOT_ASSESSABLE", where, plain(sides[0]), plain(sides[1]), detail=detail)


def _values(cells: tuple[FormCell, ...], table: str) -> dict[tuple[str, str], Decimal | None]:
    """Return the printed values of a table."""
    mine = (cell for cell in cells if cell.table == table and cell.item is None and cell.state != "absent")
    return {(cell.row, cell.column): None if cell.value is None else Decimal(str(cell.value)) for cell in mine}


def _printed(equation: Equation, rows: set[str]) -> bool:
    return equation.place in rows if equation.along == "row" else bool(rows)


def _verdict(equation: Equation, values: dict[tuple[str, str], Decimal | None], template: Template) -> Finding:
    where = _where(equation, template)
    sides = equation.sides(values)
    if sides is None:
        return Finding(equation.rule, "NOT_ASSESSABLE", where)
    verdict: Verdict = "PASS" if sides[0] == sides[1] else "FAIL"
    return Finding(equation.rule, verdict, where, plain(sides[0]), plain(sides[1]))


def _where(equation: Equation, template: Template) -> dict[str, str]:
    """Return the place of a verdict; where a rule adds up several rows (the form of 2014), the row of the total too."""
    several = [rule for rule in template.sums if (rule.rule, rule.table) == (equation.rule, equation.table)]
    total = {"row": equation.whole[0][0]} if len(several) > 1 else {}
    return {"table": equation.table, **total, equation.along: equation.place}
