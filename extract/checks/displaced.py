"""Figures of a table without sums that may stand at another label: nothing else in the report speaks of them.

Where a row lost a cell, the last that is left stretches below two headers, and those before it have moved. Where a label
stands at two rows and another of the form's at none, labels may have moved against their figures.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from extract.checks import Check
from extract.judging import Figures
from extract.model import Finding, FormCell
from extract.templates import Table, Template
from extract.text import TWICE

_SHARED = "one cell of this row stands below two headers: its other figures may have moved"
_LABELS = "a label of this table is printed twice and another is missing: this one may have moved"


def judge(figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield a finding for every row with figures that may be another row's, or another column's."""
    summed = {known.table for known in template.sums}
    unread = [cell for cell in figures.cells if cell.state == "unreadable" and cell.table not in summed]
    if not unread:
        return
    doubted = dict.fromkeys(_shared(unread), _SHARED)
    for table in template.tables:
        if _has_moved_labels(figures.cells, unread, table):
            doubted |= {(table.name, row.name): _LABELS for row in table.rows}
    for name, row in dict.fromkeys((cell.table, cell.row) for cell in figures.cells if cell.state == "reported"):
        if (name, row) in doubted:
            yield Finding("displaced", "NOT_ASSESSABLE", {"table": name, "row": row}, detail=doubted[name, row])


def _shared(unread: Iterable[FormCell]) -> Iterator[tuple[str, str]]:
    """Yield table and row of the printed cells that stand for more than one cell of the form."""
    counts = Counter((cell.table, cell.row, cell.at) for cell in unread if cell.raw and TWICE not in cell.raw)
    return ((table, row) for (table, row, _), count in counts.items() if count > 1)


def _has_moved_labels(cells: Iterable[FormCell], unread: Iterable[FormCell], table: Table) -> bool:
    if not any(cell.table == table.name and TWICE in cell.raw for cell in unread):
        return False
    printed = {cell.row for cell in cells if cell.table == table.name and cell.state != "absent"}
    return not printed.issuperset(row.name for row in table.rows)


CHECK = Check("displaced", judge)
"""Figures without sums that may stand at another label than their own."""
