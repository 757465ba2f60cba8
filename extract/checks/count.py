"""Counts are whole and not negative; what an agency printed stands, and the finding says so."""

from collections.abc import Iterator

from extract.checks import Check
from extract.model import Finding, FormCell
from extract.templates import Template

_MAY_BE_NEGATIVE = ("change",)
_MONEY = ("amount",)


def _judge(cells: tuple[FormCell, ...], _template: Template) -> Iterator[Finding]:
    for cell in cells:
        if cell.value is None:
            continue
        negative = cell.value < 0 and cell.column not in _MAY_BE_NEGATIVE
        broken = isinstance(cell.value, float) and cell.column not in _MONEY
        if negative or broken:
            where = {"table": cell.table, "row": cell.row, "column": cell.column}
            wanted = "a whole number that is not negative"
            yield Finding("count", "FAIL", where, wanted, cell.value, detail=f"printed “{cell.raw}”")


CHECK = Check("count", _judge)
