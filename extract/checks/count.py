"""Counts are whole and not negative; what an agency printed stands, and the finding says so."""

from collections.abc import Iterator

from extract.checks import Check
from extract.labels import templates
from extract.model import Finding, FormCell
from extract.templates import Template

_MAY_BE_NEGATIVE = ("change",)
_MONEY = "万元"


def _judge(cells: tuple[FormCell, ...], _template: Template) -> Iterator[Finding]:
    # Rows of another year's form may stand in a report too: what is money in any form is money.
    money = {
        (table.name, row.name, column.name)
        for form in templates()
        for table in form.tables
        for row in table.rows
        for column in row.columns
        if column.unit == _MONEY
    }
    for cell in cells:
        if cell.value is None:
            continue
        negative = cell.value < 0 and cell.column not in _MAY_BE_NEGATIVE
        broken = isinstance(cell.value, float) and (cell.table, cell.row, cell.column) not in money
        if negative or broken:
            where = {"table": cell.table, "row": cell.row, "column": cell.column}
            wanted = "a whole number that is not negative"
            yield Finding("count", "FAIL", where, wanted, cell.value, detail=f"printed “{cell.raw}”")


CHECK = Check("count", _judge)
