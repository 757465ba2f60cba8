"""Rows and columns printed in another order than the form's: labels or headers may have changed places.

Nobody rearranges the form. Where two labels (or two headers) stand in each other's place, every sum may still hold;
the figures are kept by their labels, and the finding says what is strange about them.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import pairwise

from extract.forms.slots import FormRow, note
from extract.labels import templates
from extract.model import Finding
from extract.sums import OTHER_PROCESSING, OTHER_SUB_ROWS, REQUESTS
from extract.templates import Template
from extract.templates._shared import REVIEW
from extract.text import TWICE


def displaced(ranks: Sequence[int]) -> set[int]:
    """Return the places at which an order goes back, with the places before them."""
    return {place for first, two in enumerate(pairwise(ranks)) if two[0] > two[1] for place in (first, first + 1)}


def notes_on_order(rows: Iterable[FormRow], template: Template) -> Iterator[Finding]:
    """Yield a note for every row that stands beside one of the wrong side, and for rows of rearranged columns.

    Each table is looked at by itself; rows must come as they are printed.
    """
    printed = list(rows)
    for table in dict.fromkeys(row.table for row in printed):
        ranks = _ranks(template, table)
        mine = [row for row in printed if row.table == table and row.row in ranks]
        strange = displaced([ranks[row.row] for row in mine])
        # Three bodies are too few to say which of them is the one that was moved.
        for place in range(len(mine)) if strange and table == REVIEW.name else sorted(strange):
            yield _note("row", mine[place])
        yield from _moved_labels(mine, set(ranks))
    # Headers of the requests table are told once a column, not once a row (extract.forms.requests).
    yield from (_note("columns", row) for row in printed if row.table != REQUESTS and _is_rearranged(row))


def _moved_labels(mine: Sequence[FormRow], form: Set[str]) -> Iterator[Finding]:
    """Yield a note for every row of a table in which one label stands twice and another is missing."""
    printed = {row.row for row in mine}
    others = {OTHER_PROCESSING, *OTHER_SUB_ROWS} if printed.intersection((OTHER_PROCESSING, *OTHER_SUB_ROWS)) else set()
    if form - others <= printed or not any(TWICE in row.raw for row in mine):
        return
    for row in mine:
        detail = f"a label of this table is printed twice and another is missing: this one may have moved: {row.at}"
        yield note("displaced", detail, table=row.table, row=row.row)


def _ranks(template: Template, table: str) -> dict[str, int]:
    """Return the place of each row of a table; （六）其他处理 printed as one row stands for its three."""
    names = [row.name for known in template.tables if known.name == table for row in known.rows]
    ranks = {name: place for place, name in enumerate(names)}
    if OTHER_SUB_ROWS[0] in ranks:
        ranks.setdefault(OTHER_PROCESSING, ranks[OTHER_SUB_ROWS[0]])
    return ranks


def _is_rearranged(row: FormRow) -> bool:
    columns = tuple(dict.fromkeys(row.columns)) if _repeats_itself(row) else row.columns
    return not in_order(columns, row.table)


def _repeats_itself(row: FormRow) -> bool:
    """Say whether a column that is named several times prints one text: a merged cell, repeated where it was taken apart."""
    if len(set(row.columns)) == len(row.columns):
        return False
    printed = {(name, cell.text) for option in row.options for name, cell in zip(row.columns, option, strict=True)}
    return len(row.options) == 1 and len(printed) == len(set(row.columns))


@cache
def in_order(columns: tuple[str, ...], table: str) -> bool:
    """Say whether some form year prints columns of a row of a table in the order in which they stand here."""
    if len(columns) < 2:
        return True
    return any(
        [name for name in names if name in columns] == list(columns)
        for names in (
            [column.name for column in known.columns]
            for template in templates()
            for form_table in template.tables
            if form_table.name == table
            for known in form_table.rows
        )
    )


def _note(what: str, row: FormRow) -> Finding:
    detail = f"{what} printed in another order than the form's: {row.raw} at {row.at}"
    return note("order", detail, table=row.table, row=row.row)
