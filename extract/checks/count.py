"""Counts are whole and not negative; what an agency printed stands, and the finding says so."""

from collections.abc import Iterator
from functools import cache

from extract.checks import Check
from extract.judging import Figures
from extract.labels import templates
from extract.model import Finding
from extract.templates import Template

_MAY_BE_NEGATIVE = ("change",)
_MONEY = "万元"


@cache
def _money() -> frozenset[tuple[str, str, str]]:
    """Rows of another year's form may stand in a report too: what is money in any form is money."""
    return frozenset(
        (table.name, row.name, column.name)
        for form in templates()
        for table in form.tables
        for row in table.rows
        for column in row.columns
        if column.unit == _MONEY
    )


def _judge(figures: Figures, _template: Template) -> Iterator[Finding]:
    for cell in figures.cells:
        if cell.value is None or (type(cell.value) is int and cell.value >= 0):
            continue
        negative = cell.value < 0 and cell.column not in _MAY_BE_NEGATIVE
        broken = isinstance(cell.value, float) and (cell.table, cell.row, cell.column) not in _money()
        if negative or broken:
            where = {"table": cell.table, "row": cell.row, "column": cell.column}
            wanted = "a whole number that is not negative"
            yield Finding("count", "FAIL", where, wanted, cell.value, detail=f"printed “{cell.raw}”")


CHECK = Check("count", _judge)
