"""Every figure in wide form: one row a report, one column a variable."""

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from store.exports.panel import LABELS, states, variables
from store.exports.scope import IN_SCOPE, Scope
from store.exports.tables import Column, Gap, Row, Table


def _columns(db: Database) -> Sequence[Column]:
    return (*LABELS, *variables(db, "number"))


def _rows(db: Database, scope: Scope) -> Iterator[Row]:
    known = db.execute(" ".join(("SELECT * FROM panel WHERE", IN_SCOPE, "ORDER BY report_id")), scope.parameters)
    for row, (report_id, *why) in zip(known, states(db, scope), strict=True):
        if row[0] != report_id:
            raise LookupError(f"{row[0]} and {report_id}: the reports of one snapshot are not in one order")
        figures = zip(row[len(LABELS) :], why, strict=True)
        yield *row[: len(LABELS)], *(Gap(state) if figure is None else figure for figure, state in figures)


TABLE = Table(
    name="panel",
    description="One row a report, one column a variable. Why a figure is empty stands in the same place of panel_states",
    key=("report_id",),
    columns=_columns,
    rows=_rows,
)
