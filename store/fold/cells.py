"""Cells of a form as the store compares them: their place, and what makes them fit to be kept."""

from collections.abc import Iterable
from itertools import groupby
from math import isfinite

from extract.model import Finding, FormCell, Number

MAX_VALUE = 10**15
"""No count or sum of money comes near it; beyond it a float is no longer exact and SQLite may refuse an integer."""

Key = tuple[str, str, str, str]


def key_of(cell: FormCell) -> Key:
    """Return a cell's place: table, row, item (or an empty string), column."""
    return cell.table, cell.row, cell.item or "", cell.column


def place_of(cell: FormCell) -> dict[str, str]:
    """Return a cell's place as the ``where`` of a finding."""
    place = {"table": cell.table, "row": cell.row, "item": cell.item, "column": cell.column}
    return {name: value for name, value in place.items() if value is not None}


def sound(cells: Iterable[FormCell]) -> tuple[tuple[FormCell, ...], tuple[Finding, ...]]:
    """Return one cell a place, in the given order, and findings about those that had to be made ``unreadable``.

    A number no database can hold, or two different answers for one place, is not certainly a number.
    """
    listed = list(cells)
    groups = groupby(sorted(listed, key=key_of), key=key_of)
    single = {key: _one([_bounded(cell) for cell in group]) for key, group in groups}
    before = {key_of(cell): cell for cell in listed}
    kept = tuple(single[key] for key in before)
    doubtful = (cell for cell in kept if cell.state == "unreadable" != before[key_of(cell)].state)
    return kept, tuple(Finding("doubtful_cell", "NOT_ASSESSABLE", place_of(cell), actual=cell.raw) for cell in doubtful)


def _bounded(cell: FormCell) -> FormCell:
    if cell.state != "reported" or (cell.value is not None and _holdable(cell.value)):
        return cell
    return cell._replace(state="unreadable", value=None)


def _holdable(value: Number) -> bool:
    return isfinite(value) and abs(value) < MAX_VALUE


def _one(cells: list[FormCell]) -> FormCell:
    if len({(cell.state, cell.value) for cell in cells}) == 1:
        return cells[0]
    return cells[0]._replace(state="unreadable", value=None, raw=" | ".join(sorted(cell.raw for cell in cells)))
