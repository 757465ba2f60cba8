"""The state of every figure of ``panel``, in the same place: an empty figure is never without its reason."""

from collections.abc import Iterator, Sequence
from typing import get_args

from sqlite_utils import Database

from extract.model import State
from store.exports.cells import cells_of_reports
from store.exports.panel import variables
from store.exports.scope import Scope
from store.exports.tables import REPORT_ID, Column, Row, Table

STATES = (*get_args(State), "not_on_form", "no_form")
"""Those of a cell; ``not_on_form``: the report's form has no such cell; ``no_form``: no table of a form was recognised."""


def _columns(db: Database) -> Sequence[Column]:
    return (REPORT_ID, *variables(db, "string", STATES))


def _rows(db: Database, scope: Scope) -> Iterator[Row]:
    names = [column.name for column in variables(db, "string")]
    for report_id, cells in cells_of_reports(db, scope):
        states = {cell.variable: cell.state for cell in cells if not cell.place[2]}
        other = "not_on_form" if states else "no_form"
        yield report_id, *(states.get(name, other) for name in names)


TABLE = Table(
    name="panel_states",
    description="The state of every figure of panel: the same rows, and the same columns without the labels",
    key=("report_id",),
    columns=_columns,
    rows=_rows,
)
