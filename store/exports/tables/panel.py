"""Every figure in wide form: one row a report, one column a variable."""

from collections.abc import Sequence

from sqlite_utils import Database

from store.exports.panel import LABELS, variables
from store.exports.scope import IN_SCOPE
from store.exports.tables import Column, Table, selected


def _columns(db: Database) -> Sequence[Column]:
    return (*LABELS, *variables(db, "number"))


TABLE = Table(
    name="panel",
    description="One row a report, one column a variable. Why a figure is empty stands in the same place of panel_states",
    key=("report_id",),
    columns=_columns,
    rows=selected("SELECT * FROM panel WHERE", IN_SCOPE, "ORDER BY report_id"),
)
