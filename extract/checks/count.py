"""Counts are whole and not negative; what an agency printed stands, and the finding says so."""

from collections.abc import Iterator

from extract.checks import Check
from extract.judging import Figures
from extract.labels import money_cells
from extract.model import Finding
from extract.templates import Template

_MAY_BE_NEGATIVE = ("change",)


def _judge(figures: Figures, _template: Template) -> Iterator[Finding]:
    for cell in figures.cells:
        if cell.value is None or (type(cell.value) is int and cell.value >= 0):
            continue
        negative = cell.value < 0 and cell.column not in _MAY_BE_NEGATIVE
        broken = isinstance(cell.value, float) and (cell.table, cell.row, cell.column) not in money_cells()
        if negative or broken:
            where = {"table": cell.table, "row": cell.row, "column": cell.column}
            wanted = "a whole number that is not negative"
            yield Finding("count", "FAIL", where, wanted, cell.value, detail=f"printed “{cell.raw}”")


CHECK = Check("count", _judge)
