"""Where a layout is ambiguous, the sums of the form choose; what no sum distinguishes stays unreadable."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from operator import is_

from extract.forms.one_line import placed_in_line
from extract.forms.placements import placed
from extract.forms.slots import Arrangement, FormRow, Printed, note
from extract.model import Finding
from extract.sums import Equation, equations
from extract.templates import Template
from extract.text import parse_number

Values = dict[tuple[str, str], Decimal | None]

_PLACERS = {"review": placed_in_line}
"""What places the figures that lost their blanks in tables of which all rows stand in one line."""


def settle(rows: Iterable[FormRow], template: Template) -> tuple[list[FormRow], list[Finding]]:
    """Leave every row with one arrangement or none, and say which rows the sums decided."""
    settled: list[FormRow] = []
    findings: list[Finding] = []
    printed = [_with_joined_digits(row) for row in rows]
    for table in dict.fromkeys(row.table for row in printed):
        mine = [row for row in printed if row.table == table]
        sums = equations(template, table, {row.row for row in mine})
        decided, notes = _settle_table(mine, sums)
        found, more = _PLACERS.get(table, placed)(decided, sums)
        settled += found
        findings += (*notes, *more)
    return settled, findings


def _settle_table(rows: list[FormRow], sums: tuple[Equation, ...]) -> tuple[list[FormRow], list[Finding]]:
    """Narrow the rows until no sum tells more: each row that is decided can decide others through its columns."""
    if not any(_is_open(row) for row in rows):
        return rows, []
    narrowed, before = rows, -1
    while (left := sum(len(row.options) for row in narrowed)) != before:
        known = _known(narrowed) if before >= 0 else {}
        narrowed = [_narrowed(row, known, sums) for row in narrowed]
        before = left
    known = _known(narrowed)
    decided = [_decided(first, last, known, sums) for first, last in zip(rows, narrowed, strict=True)]
    ambiguous = (pair for pair in zip(rows, decided, strict=True) if _is_open(pair[0]))
    return decided, [_decision(first, last) for first, last in ambiguous]


def _known(rows: list[FormRow]) -> Values:
    known: Values = {}
    for row in rows:
        if len(row.options) == 1:
            known.update(values_of(row, row.options[0]))
    return known


def _narrowed(row: FormRow, known: Values, sums: tuple[Equation, ...]) -> FormRow:
    """Narrow an ambiguous row to the options that fit; a row with one option is kept even if its sums fail."""
    if len(row.options) <= 1:
        return row
    return replace(row, options=tuple(o for o in row.options if not _contradicted(row, o, known, sums)))


def _decided(first: FormRow, last: FormRow, known: Values, sums: tuple[Equation, ...]) -> FormRow:
    """Keep an ambiguous row only when one option is left and a sum speaks for it."""
    if not _is_open(first):
        return first
    judged = _judged(last, last.options[0], known, _telling(first, sums)) if len(last.options) == 1 else []
    if judged and all(judged):
        return last
    return replace(last, options=() if last.fallback is None else (last.fallback,))


def _telling(row: FormRow, sums: tuple[Equation, ...]) -> tuple[Equation, ...]:
    """Leave out the sum of a row whose lines add up by themselves: it holds for two rows in one as for broken numbers."""
    lines = [] if row.fallback is None else _lines(row, row.fallback)
    return tuple(equation for equation in sums if not lines or not all(map(partial(_holds, equation), lines)))


def _lines(row: FormRow, printed: Arrangement) -> list[Values]:
    """Return the first, second… pieces of a row's cells, or nothing where their number differs; blanks add nothing."""
    pieces = [cell.text.split() for cell in printed]
    if len({len(cell) for cell in pieces if cell}) != 1:
        return []
    keys = [(row.row, column) for column in row.columns]
    filled = [cell or ["0"] * max(map(len, pieces)) for cell in pieces]
    return [
        {key: parse_number(text).value for key, text in zip(keys, line, strict=True)}
        for line in zip(*filled, strict=True)
    ]


def _holds(equation: Equation, values: Values) -> bool:
    sides = equation.sides(values)
    return sides is not None and sides[0] == sides[1]


def _is_open(row: FormRow) -> bool:
    return len(row.options) > 1 or row.fallback is not None or (row.needs_proof and bool(row.options))


def _decision(before: FormRow, after: FormRow) -> Finding:
    readings = len(before.options) + (before.fallback is not None)
    proved = bool(after.options) and after.options[0] != before.fallback
    outcome = "the sums single one out" if proved else "the sums do not single one out"
    detail = f"{readings} possible readings of “{before.raw}”: {outcome}"
    return note("ambiguous_layout", detail, table=before.table, row=before.row)


def values_of(row: FormRow, option: Arrangement) -> Values:
    """Return the certain numbers of an arrangement by (row, column)."""
    return {
        (row.row, column): parse_number(cell.text).value if cell.certain else None
        for column, cell in zip(row.columns, option, strict=True)
    }


def _judged(row: FormRow, option: Arrangement, known: Values, sums: tuple[Equation, ...]) -> list[bool]:
    """Return, for every sum that can be judged with this option, whether it holds."""
    own = values_of(row, option)
    values = {**known, **own}
    sides = (equation.sides(values) for equation in sums if not own.keys().isdisjoint(equation.members()))
    return [left == right for left, right in filter(None, sides)]


def _contradicted(row: FormRow, option: Arrangement, known: Values, sums: tuple[Equation, ...]) -> bool:
    """Say whether a sum fails with this option. One that no sum can judge stays possible, and so rules out a choice."""
    return not all(_judged(row, option, known, sums))


def _with_joined_digits(row: FormRow) -> FormRow:
    """Join numbers broken inside their cells (``12`` over ``3``); without a sum that proves it they stay unreadable."""
    if len(row.options) != 1 or not any(parse_number(cell.text).candidates for cell in row.options[0]):
        return row
    joined = tuple(_joined(cell) for cell in row.options[0])
    return row if all(map(is_, joined, row.options[0])) else replace(row, options=(joined,), fallback=row.options[0])


def _joined(cell: Printed) -> Printed:
    candidates = parse_number(cell.text).candidates
    return cell._replace(text=str(candidates[0]), raw=cell.text) if len(candidates) == 1 else cell
