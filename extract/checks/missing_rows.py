"""Rows of the form that are missing amid or after others: the row before them may hold the numbers of the last one missing.

A page that lost a piece from the middle of one row to the middle of another leaves one label with another's numbers,
and nothing else to see. So does a person who deletes a row's numbers and another's label.
"""

from collections.abc import Iterator, Set
from itertools import pairwise

from extract.checks import Check
from extract.judging import Figures
from extract.model import Finding
from extract.sums import OTHER_PROCESSING, OTHER_SUB_ROWS
from extract.templates import Table, Template
from extract.templates._shared import REVIEW


def judge(figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield a finding for the last row before a gap, in tables whose rows stand below each other.

    The three rows of （六）其他处理 are not missing where it is printed as one row, nor is a row whose items are printed.
    """
    printed = figures.ledger(template).rows
    of_items = {cell.row for cell in figures.cells if cell.item}
    for table in template.tables:
        if table.name != REVIEW.name:
            yield from _gaps(table, printed.get(table.name, frozenset()) | of_items)


def _gaps(table: Table, printed: Set[str]) -> Iterator[Finding]:
    merged = OTHER_SUB_ROWS if OTHER_PROCESSING in printed else ()
    rows = [row.name for row in table.rows if row.name not in merged]
    for before, row in pairwise(rows):
        if before in printed and row not in printed:
            detail = f"the form's row {row} is missing after it"
            yield Finding("missing_rows", "NOT_ASSESSABLE", {"table": table.name, "row": before}, detail=detail)


CHECK = Check("missing_rows", judge)
