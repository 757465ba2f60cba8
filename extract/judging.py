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
    """Yield a finding for every sum that cannot be judged, and cannot hold whatever is missing from it.

    Blank cells and marks are taken for nothing; a cell that is absent or could not be read may be any count, so it
    only matters where the other side is printed whole and already exceeded.
    """
    for table in dict.fromkeys(known.table for known in template.sums):
        values = _values(cells, table)
        nothing = {
            (cell.row, cell.column): Decimal(0)
            for cell in cells
            if cell.table == table and cell.item is None and cell.state in ("blank", "mark")
        }
        for equation in equations(template, table, {row for row, _ in values}):
            sides = _impossible(equation, {**values, **nothing}) if equation.sides(values) is None else None
            if sides is not None:
                detail = f"{equation.rule}: the printed numbers do not add up, whatever the gaps stand for"
                where = _where(equation, template)
                yield Finding("blank_sum", "NOT_ASSESSABLE", where, plain(sides[0]), plain(sides[1]), detail=detail)


def _impossible(equation: Equation, values: dict[tuple[str, str], Decimal | None]) -> tuple[Decimal, Decimal] | None:
    """Return what both sides add up to without their unreadable cells, if no counts in those can make them equal."""
    parts, whole = ([values.get(member) for member in side] for side in (equation.parts, equation.whole))
    left, right = (sum((value for value in side if value is not None), Decimal(0)) for side in (parts, whole))
    if left == right or (left < right and None in parts) or (left > right and None in whole):
        return None
    return left, right


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
