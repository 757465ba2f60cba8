"""Every figure in long form, and every cell without one, with the reason."""

from collections.abc import Iterator
from typing import get_args

from sqlite_utils import Database

from extract.model import State
from store.exports.cells import NOT_READ, cells_of_reports
from store.exports.scope import Scope
from store.exports.tables import REPORT_ID, Column, Row, Table, fixed


def _rows(db: Database, scope: Scope) -> Iterator[Row]:
    for report_id, cells in cells_of_reports(db, scope):
        for cell in cells:
            table, row, item, column = cell.place
            yield report_id, table, row, item, column, cell.variable, cell.state, cell.value, cell.unit, cell.raw


TABLE = Table(
    name="cells",
    description="One row a cell of a report: all cells of its form in order, then those the agency added",
    rows=_rows,
    columns=fixed(
        REPORT_ID,
        Column("table", "string", "Table of the form", required=True),
        Column("row", "string", "Row", required=True),
        Column("item", "string", "The agency's own sub-item; empty for the form's own cell"),
        Column("column", "string", "Column", required=True),
        Column("variable", "string", "Column of panel; empty for sub-items"),
        Column(
            "state",
            "string",
            "reported: a number is printed, the only state with a value; blank: empty; mark: a sign that is no number; "
            "unreadable: something is printed and no number is certain; absent: the document has no such row or column; "
            "not_read: the form has the cell only since the report was read",
            (*get_args(State), NOT_READ),
            required=True,
        ),
        Column("value", "number", "The number; a blank is not a zero"),
        Column("unit", "string", "Unit; money is in 万元 (10,000 yuan)"),
        Column("raw", "string", "What is printed where there is no number"),
    ),
)
