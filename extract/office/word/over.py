"""Drawings that float beside the tables of a Word or RTF file, and may lie over one.

How high lines and rows are only the program knows that lays them out. A line is seldom lower than this, so a drawing that
reaches a table here may, and one that does not cannot.
"""

from collections.abc import Iterable, Sequence

from extract.model import Finding
from extract.office.printed import PrintedTable
from extract.office.table import OfficeTable, Part
from extract.office.unseen import is_figure
from extract.office.word.floats import LEAST_ROW, Reach

_WIDEST_LINE = 60
"""Characters of a line: a page has room for 45 of the size that reports use."""

_DETAIL = "a drawing that is anchored outside the tables may lie over one of them"
OVER_TABLES = Finding("floating", "NOT_ASSESSABLE", cause="source", detail=_DETAIL)


def reach_tables(floating: Iterable[tuple[int, Reach]], parts: Sequence[Part | PrintedTable]) -> bool:
    """Say whether drawings may cover figures of tables; they are anchored in the lines of these numbers among the parts."""
    return any(_reaches(reach, number, parts) for number, reach in floating)


def _reaches(reach: Reach, number: int, parts: Sequence[Part | PrintedTable]) -> bool:
    above = parts[number - 1 :: -1] if number else ()
    return _is_met(reach.bottom, parts[number:]) or _is_met(-reach.top, above)


def _is_met(far: int, parts: Sequence[Part | PrintedTable]) -> bool:
    """Say whether a table of figures stands among parts one behind another that begin less than so far away."""
    away = 0
    for part in parts:
        if away >= far:
            return False
        if not isinstance(part, str) and _has_figures(part):
            return True
        away += LEAST_ROW * _lines(part)
    return False


def _lines(part: Part | PrintedTable) -> int:
    if isinstance(part, str):
        return sum(max(1, -(-len(line) // _WIDEST_LINE)) for line in part.split("\n"))
    return len(part.rows if isinstance(part, OfficeTable) else part.edges.counts)


def _has_figures(table: OfficeTable | PrintedTable) -> bool:
    texts = table.texts if isinstance(table, PrintedTable) else (cell.text for row in table.rows for cell in row)
    return any(text and is_figure(text) for text in texts)
