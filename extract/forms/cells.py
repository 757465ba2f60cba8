"""From settled rows to the cells of the template: first what is printed for each, then its state and its value."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from extract.changes import COLUMN as CHANGE
from extract.changes import signed
from extract.forms.slots import FormRow, Printed, Slot
from extract.model import FormCell, Number, State
from extract.sums import OTHER_PROCESSING, OTHER_SUB_ROWS, REQUESTS
from extract.templates import Column, Row, Table, Template
from extract.text import in_unit, is_count, parse_number, plain

_KEPT = 4096


def lay_out(rows: Iterable[FormRow], template: Template, missing: State = "absent") -> Iterator[Slot]:
    """Yield every cell of the template in its order, then the agency's own items and rows of another year's form.

    ``missing`` is the state of a row or column that was not found: on a scan it may be there and its label not legible.
    """
    by_name: dict[tuple[str, str], list[FormRow]] = {}
    for row in rows:
        by_name.setdefault((row.table, row.row), []).append(row)
    merged = (REQUESTS, OTHER_PROCESSING) in by_name
    for table in template.tables:
        for form_row in table.rows:
            state: State = "absent" if merged and form_row.name in OTHER_SUB_ROWS else missing
            yield from _template_row(table, form_row, by_name.pop((table.name, form_row.name), []), state)
        for name in [name for name in by_name if name[0] == table.name]:
            for row in by_name.pop(name):
                yield from (_cell(row, column, _unit(row, column)) for column in row.columns)


def _template_row(table: Table, form_row: Row, printed: list[FormRow], missing: State) -> Iterator[Slot]:
    base = next((row for row in printed if row.item is None), None)
    state: State = "absent" if printed else missing
    for column in form_row.columns:
        if base is None:
            yield _missing(table, form_row, column, state)
        elif base.options and column.name not in base.columns:
            yield _missing(table, form_row, column, missing)
        else:
            yield _cell(base, column.name, column.unit)
    for row in printed:
        if extra := row.columns if row.item is not None else tuple(_beyond(row, form_row)):
            units = {column.name: column.unit for column in form_row.columns}
            yield from (_cell(row, name, units.get(name, _unit(row, name))) for name in extra)


def _beyond(row: FormRow, form_row: Row) -> Iterator[str]:
    known = {column.name for column in form_row.columns}
    return (name for name in row.columns if name not in known)


def _unit(row: FormRow, column: str) -> str:
    return "万元" if (row.table, column) == ("disclosure", "amount") else "件"


def _missing(table: Table, row: Row, column: Column, state: State) -> Slot:
    return Slot(table.name, row.name, None, column.name, state, "", "")


def _cell(row: FormRow, column: str, unit: str) -> Slot:
    if not row.options:
        return Slot(row.table, row.row, row.item, column, "unreadable", row.raw, row.at)
    if column not in row.columns:
        return Slot(row.table, row.row, row.item, column, "absent", "", "")
    return _printed(row, column, row.options[0][row.columns.index(column)], unit)


def _printed(row: FormRow, column: str, printed: Printed, unit: str) -> Slot:
    state: State | None = None if printed.certain else "unreadable"
    raw = printed.raw or printed.text
    text = signed(printed.text) if column == CHANGE else printed.text
    return Slot(row.table, row.row, row.item, column, state, raw, printed.at, text, printed.unit, unit)


def judged(slot: Slot) -> FormCell:
    """Return a cell with its state and, where a number is certain, its value in the form's unit."""
    table, row, item, column, state, raw, at, text, printed_unit, unit = slot
    if state is not None:
        return FormCell(table, row, item, column, state, None, raw, at)
    return FormCell(table, row, item, column, *value_of(text, printed_unit, unit), raw, at)


@lru_cache(maxsize=_KEPT)
def value_of(text: str, printed_unit: str, unit: str) -> tuple[State, Number | None]:
    """Return the state of a printed text and its number in the form's unit; most cells print one of a few texts."""
    if is_count(text) and not printed_unit:
        return "reported", int(text)  # without a unit of its own it is in the form's
    parsed = parse_number(text)
    value = None if parsed.value is None else in_unit(parsed.value, parsed.unit or printed_unit, unit)
    if parsed.state != "reported":
        return parsed.state, None
    return ("unreadable", None) if value is None else ("reported", plain(value))
