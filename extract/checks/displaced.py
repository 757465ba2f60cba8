"""Figures of a row without sums that may stand below another header: nothing else in the report speaks of them.

Where a row lost a cell, the last that is left stretches below two headers, and those before it have moved.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from extract.checks import Check
from extract.judging import Figures
from extract.model import Finding, FormCell
from extract.templates import Template
from extract.text import TWICE

_SHARED = "one cell of this row stands below two headers: its other figures may have moved"


def judge(figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield a finding for every row with figures beside such a cell."""
    summed = {known.table for known in template.sums}
    unread = [cell for cell in figures.cells if cell.state == "unreadable" and cell.table not in summed]
    if not unread:
        return
    shared = set(_shared(unread))
    for name, row in dict.fromkeys((cell.table, cell.row) for cell in figures.cells if cell.state == "reported"):
        if (name, row) in shared:
            yield Finding("displaced", "NOT_ASSESSABLE", {"table": name, "row": row}, detail=_SHARED)


def _shared(unread: Iterable[FormCell]) -> Iterator[tuple[str, str]]:
    """Yield table and row of the printed cells that stand for more than one cell of the form."""
    counts = Counter((cell.table, cell.row, cell.at) for cell in unread if cell.raw and TWICE not in cell.raw)
    return ((table, row) for (table, row, _), count in counts.items() if count > 1)


CHECK = Check("displaced", judge)
"""Figures that may stand below another header than their own."""
