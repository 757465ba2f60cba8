"""Where a layout is ambiguous, the sums of the form choose; what no sum distinguishes stays unreadable."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from extract.forms.slots import Arrangement, FormRow, Printed, note
from extract.model import Finding
from extract.sums import Equation, equations
from extract.templates import Template
from extract.text import parse_number

Values = dict[tuple[str, str], Decimal | None]


def settle(rows: Iterable[FormRow], template: Template) -> tuple[list[FormRow], list[Finding]]:
    """Leave every row with one arrangement or none, and say which rows the sums decided."""
    settled: list[FormRow] = []
    findings: list[Finding] = []
    printed = [_with_joined_digits(row) for row in rows]
    for table in dict.fromkeys(row.table for row in printed):
        mine = [row for row in printed if row.table == table]
        sums = equations(template, table, {row.row for row in mine})
        decided, notes = _settle_table(mine, sums)
        settled += decided
        findings += notes
    return settled, findings


def _settle_table(rows: list[FormRow], sums: tuple[Equation, ...]) -> tuple[list[FormRow], list[Finding]]:
    by_rows = [_keep(row, [option for option in row.options if _holds(row, option, {}, sums)]) for row in rows]
    known: Values = {}
    for row in by_rows:
        if len(row.options) == 1:
            known.update(values_of(row, row.options[0]))
    by_columns = [_keep(row, [o for o in row.options if _holds(row, o, known, sums)]) for row in by_rows]
    findings = [
        _decision(before, after) for before, after in zip(rows, by_columns, strict=True) if len(before.options) > 1
    ]
    return [_single(row) for row in by_columns], findings


def _keep(row: FormRow, fitting: list[Arrangement]) -> FormRow:
    """Narrow an ambiguous row to the options that fit; a row with one option is kept even if its sums fail."""
    return replace(row, options=tuple(fitting)) if len(row.options) > 1 else row


def _single(row: FormRow) -> FormRow:
    return row if len(row.options) <= 1 else replace(row, options=())


def _decision(before: FormRow, after: FormRow) -> Finding:
    outcome = "one satisfies the sums" if len(after.options) == 1 else "the sums do not single one out"
    detail = f"{len(before.options)} possible readings of “{before.raw}”: {outcome}"
    return note("ambiguous_layout", detail, table=before.table, row=before.row)


def values_of(row: FormRow, option: Arrangement) -> Values:
    """Return the certain numbers of an arrangement by (row, column)."""
    return {
        (row.row, column): parse_number(cell.text).value if cell.certain else None
        for column, cell in zip(row.columns, option, strict=True)
    }


def _holds(row: FormRow, option: Arrangement, known: Values, sums: tuple[Equation, ...]) -> bool:
    """Say whether an option is judged by at least one sum and contradicts none."""
    values = {**known, **values_of(row, option)}
    own = {member for member in values_of(row, option)}
    judged = [sides for equation in sums if own.intersection(equation.members()) and (sides := equation.sides(values))]
    return bool(judged) and all(left == right for left, right in judged)


def _with_joined_digits(row: FormRow) -> FormRow:
    """Offer, beside a row with broken numbers in its cells (``12`` over ``3``), the row with the pieces joined."""
    if len(row.options) != 1:
        return row
    joined = tuple(_joined(cell) for cell in row.options[0])
    return row if joined == row.options[0] else replace(row, options=(row.options[0], joined))


def _joined(cell: Printed) -> Printed:
    candidates = parse_number(cell.text).candidates
    return replace(cell, text=str(candidates[0])) if len(candidates) == 1 else cell
