"""Subtotals among the columns of the requests table (小计 of 法人或其他组织): they are called as the total is called."""

from collections.abc import Mapping, Sequence

from extract.forms.canvas import Canvas
from extract.labels import key
from extract.model import GridCell

Named = tuple[str, GridCell]
"""The name of a column of the form and the cell of its label."""

_FIRST, _TOTAL = "natural_person", "total"
_SUBTOTAL = "小计"
_LEGAL_PERSONS = key("法人或其他组织")


def without_subtotals(canvas: Canvas, header: range, named: Mapping[int, Named]) -> dict[int, Named]:
    """Return the named columns without those of subtotals, where several have the name of the total.

    The total is no part of 法人或其他组织, begins in the row of 自然人, and is called 总计 where another is not. A lone 小计 of
    法人或其他组织 is no total either.
    """
    totals = [column for column, (name, _) in named.items() if name == _TOTAL]
    if len(totals) < 2:
        subtotals = [column for column in totals if key(named[column][1].text) == _SUBTOTAL]
        lone = [column for column in subtotals if _is_of_legal_persons(canvas, header, column)]
        return {column: what for column, what in named.items() if column not in lone}
    rows = {cell.row for name, cell in named.values() if name == _FIRST}
    kept = _preferred(totals, [not _is_of_legal_persons(canvas, header, column) for column in totals])
    kept = _preferred(kept, [named[column][1].row in rows for column in kept])
    kept = _preferred(kept, [key(named[column][1].text) == "总计" for column in kept])
    return {column: what for column, what in named.items() if column in kept or column not in totals}


def _preferred(columns: Sequence[int], fits: Sequence[bool]) -> list[int]:
    return [column for column, fit in zip(columns, fits, strict=True) if fit] or list(columns)


def _is_of_legal_persons(canvas: Canvas, header: range, column: int) -> bool:
    above = canvas.above(header.stop, column)
    return any(key(cell.text) == _LEGAL_PERSONS for cell in above if cell.row >= header.start)
