"""What is doubtful before any sum is asked: rows printed twice, under no header of theirs, or beside their own parts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cache

from extract.forms.second import RowName
from extract.forms.slots import FormRow, note
from extract.labels import templates
from extract.model import Finding
from extract.sums import OTHER_PROCESSING, OTHER_SUB_ROWS, REQUESTS
from extract.templates import Template
from extract.text import TWICE, compact

_CellName = tuple[str, str, str]
_FEWEST_TWICE = 2
"""Rows printed twice with other figures that make two tables; one alone is a row printed twice."""


@cache
def cells_of(template: Template) -> frozenset[_CellName]:
    """Return (table, row, column) of every cell of a form."""
    return frozenset(
        (t.name, row.name, column.name) for t in template.tables for row in t.rows for column in row.columns
    )


@cache
def _cells_of_all() -> frozenset[_CellName]:
    return frozenset().union(*map(cells_of, templates()))


def once(rows: Iterable[FormRow]) -> tuple[list[FormRow], list[Finding]]:
    """Keep each row of the form once. A row printed twice with other figures is kept without any figure."""
    kept: dict[tuple[str, str, str | None], FormRow] = {}
    findings: list[Finding] = []
    for row in rows:
        name = (row.table, row.row, row.item)
        first = kept.setdefault(name, row)
        if first is not row:
            kept[name] = _one_of(first, row)
            what = "the same figures" if _texts(first) == _texts(row) else "other figures"
            detail = f"printed twice, with {what}: {first.at} and {row.at}"
            findings.append(note("repeated_row", detail, table=row.table, row=row.row))
    twice = {name for name, row in kept.items() if TWICE in row.raw and not row.options}
    return _of_one_report(list(kept.values()), twice, findings)


def _of_one_report(
    rows: list[FormRow], twice: Set[RowName], findings: list[Finding]
) -> tuple[list[FormRow], list[Finding]]:
    """Doubt the rows that are printed once in a table that stands in the document twice, with other figures.

    The other table may be last year's, or a lower agency's: a row that only one of them prints may be of either.
    """
    counts = Counter(table for table, _, _ in twice)
    doubted = [
        row for row in rows if counts[row.table] >= _FEWEST_TWICE and (row.table, row.row, row.item) not in twice
    ]
    detail = "its table is printed twice, with other figures; this row once"
    noticed = [note("repeated_row", f"{detail}: {row.at}", table=row.table, row=row.row) for row in doubted]
    kept = [replace(row, options=()) if row in doubted else row for row in rows]
    return kept, [*findings, *noticed, *_of_either(rows, counts)]


def _of_either(rows: Iterable[FormRow], counts: Mapping[str, int]) -> Iterator[Finding]:
    """Tell of the tables that stand once in a document that has another one twice: they may be of either report."""
    doubled = [table for table, number in counts.items() if number >= _FEWEST_TWICE]
    if doubled:
        detail = f"printed once, and {', '.join(doubled)} twice with other figures: it may be of another report"
        for table in dict.fromkeys(row.table for row in rows if not counts[row.table]):
            yield note("repeated_row", detail, table=table)


def _one_of(first: FormRow, again: FormRow) -> FormRow:
    """Return what two printings of a row say together; one under no header of the form (a comparison) says nothing."""
    if not again.columns:
        return first
    if not first.columns:
        return again
    both = replace(first, raw=f"{first.raw}{TWICE}{again.raw}")
    return both if _texts(first) == _texts(again) else replace(both, options=())


def in_known_columns(rows: list[FormRow]) -> tuple[list[FormRow], list[Finding]]:
    """Doubt rows read under columns that no form year has for them: their own header was not recognised."""
    forms = _cells_of_all()
    strange = [row for row in rows if any((row.table, row.row, column) not in forms for column in row.columns)]
    doubted = [replace(row, columns=(), options=()) if row in strange else row for row in rows]
    detail = "the header above is not this row's"
    return doubted, [
        note("header", f"{detail}: {row.raw} at {row.at}", table=row.table, row=row.row) for row in strange
    ]


def without_group_values(rows: list[FormRow]) -> tuple[list[FormRow], list[Finding]]:
    """Doubt （六）其他处理 when its sub-rows are printed too: a lost label makes the first sub-row look like the group.

    其他对外管理服务事项 may print a total above its items, but also an item that lost its name: its figures stay.
    """
    names = {row.row for row in rows}
    detail = "values beside a label that heads other rows, which print values too"
    items = {(row.table, row.row) for row in rows if row.item is not None}
    heads = [row for row in rows if row.item is None and (row.table, row.row) in items]
    noticed = [note("group_values", f"{detail}: {row.at}", table=row.table, row=row.row) for row in heads]
    if OTHER_PROCESSING not in names or not names.intersection(OTHER_SUB_ROWS):
        return rows, noticed
    doubted = [replace(row, options=()) if row.row == OTHER_PROCESSING else row for row in rows]
    return doubted, [*noticed, note("group_values", detail, table=REQUESTS, row=OTHER_PROCESSING)]


def _texts(row: FormRow) -> list[tuple[str, ...]]:
    return [(*row.columns, *(compact(cell.text) for cell in option)) for option in row.options]
