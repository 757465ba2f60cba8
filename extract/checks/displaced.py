"""Figures of a row without sums that may stand below another header: nothing else in the report speaks of them.

Where a row lost a cell, the last that is left stretches below two headers, and those before it have moved. Or the row
ends with a blank, which is told where the report prints 0 for nothing everywhere else.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from extract.checks import Check
from extract.judging import Figures
from extract.model import Finding, FormCell
from extract.sums import REQUESTS
from extract.templates import Template
from extract.templates._shared import REVIEW
from extract.text import TWICE

_OF_TEXT = re.compile(r"line \d+")
"""The place of a cell of plain text; those of separated values name their field too, and stand in columns."""

_TOTAL = "total"
_FEWEST_ROWS = 2
_WITHOUT_COLUMN_SUMS = ("disclosure", REVIEW.name)
_MOVED = "figures of this table do not add up in a text, where only their order is known: they may have moved"
_BESIDE_BLANK = "a blank stands among the figures of this row, and no other row has one: the figures may have moved"
_NO_TOTAL = "no row of this table in a text has a total: its figures may have moved by a column"
_SHARED = "one cell of this row stands below two headers: its other figures may have moved"


def judge(figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield a finding for every row with figures beside such a cell."""
    yield from _in_wrapped_text(figures)
    yield from _beside_blanks(figures)
    yield from _without_totals(figures)
    summed = {known.table for known in template.sums}
    unread = [cell for cell in figures.cells if cell.state == "unreadable" and cell.table not in summed]
    if not unread:
        return
    shared = set(_shared(unread))
    for name, row in dict.fromkeys((cell.table, cell.row) for cell in figures.cells if cell.state == "reported"):
        if (name, row) in shared:
            yield Finding("displaced", "NOT_ASSESSABLE", {"table": name, "row": row}, detail=_SHARED)


def _in_wrapped_text(figures: Figures) -> Iterator[Finding]:
    """Yield a finding for each body where 15 figures of a text do not all add up: one may be a page's, in a blank's place."""
    cells = [cell for cell in figures.cells if cell.table == REVIEW.name]
    if not cells or any(cell.state != "reported" or not _OF_TEXT.fullmatch(cell.at) for cell in cells):
        return
    bodies = {
        name: [cell.value or 0 for cell in cells if cell.row == name] for name in dict.fromkeys(c.row for c in cells)
    }
    if any(sum(parts) != total for *parts, total in bodies.values()):
        for name in bodies:
            yield Finding("displaced", "NOT_ASSESSABLE", {"table": REVIEW.name, "row": name}, detail=_MOVED)


def _beside_blanks(figures: Figures) -> Iterator[Finding]:
    """Yield a finding for each row of tables 1 and 3 with figures and blanks, where these are the only blanks of the report."""
    if not any(cell.state == "blank" for cell in figures.cells):
        return
    lines: dict[tuple[str, str, str | None], list[FormCell]] = defaultdict(list)
    for cell in figures.cells:
        # Table 3 is one row of figures.
        lines[(cell.table, "", None) if cell.table == REVIEW.name else (cell.table, cell.row, cell.item)].append(cell)
    gaps = [cells for cells in lines.values() if any(cell.state == "blank" for cell in cells)]
    beside = all(cells[0].table in _WITHOUT_COLUMN_SUMS and any(map(_is_printed, cells)) for cells in gaps)
    if beside and any(cell.table == REQUESTS and cell.state == "reported" for cell in figures.cells):
        for name, row in dict.fromkeys((cell.table, cell.row) for cells in gaps for cell in cells):
            yield Finding("displaced", "NOT_ASSESSABLE", {"table": name, "row": row}, detail=_BESIDE_BLANK)


def _without_totals(figures: Figures) -> Iterator[Finding]:
    """Yield a finding for each row of table 2 with figures where all totals of a text are blank: a column may be lost."""
    totals = [cell for cell in figures.cells if cell.table == REQUESTS and cell.column == _TOTAL]
    blank = [cell for cell in totals if cell.state == "blank" and _OF_TEXT.fullmatch(cell.at)]
    if not blank or any(cell not in blank and cell.state != "absent" for cell in totals):
        return
    printed = dict.fromkeys(cell.row for cell in figures.cells if cell.table == REQUESTS and cell.state == "reported")
    for row in printed if len(printed) >= _FEWEST_ROWS else ():
        yield Finding("displaced", "NOT_ASSESSABLE", {"table": REQUESTS, "row": row}, detail=_NO_TOTAL)


def _is_printed(cell: FormCell) -> bool:
    return cell.state in ("reported", "unreadable")


def _shared(unread: Iterable[FormCell]) -> Iterator[tuple[str, str]]:
    """Yield table and row of the printed cells that stand for more than one cell of the form."""
    counts = Counter((cell.table, cell.row, cell.at) for cell in unread if cell.raw and TWICE not in cell.raw)
    return ((table, row) for (table, row, _), count in counts.items() if count > 1)


CHECK = Check("displaced", judge)
"""Figures that may stand below another header than their own."""
