"""The state of every figure of ``panel``, in the same place: an empty figure is never without its reason."""

from collections.abc import Sequence

from sqlite_utils import Database

from store.exports.panel import STATES, states, variables
from store.exports.tables import REPORT_ID, Column, Table


def _columns(db: Database) -> Sequence[Column]:
    return (REPORT_ID, *variables(db, "string", STATES))


TABLE = Table(
    name="panel_states",
    description="The state of every figure of panel: the same rows, and the same columns without the labels",
    key=("report_id",),
    columns=_columns,
    rows=states,
)
