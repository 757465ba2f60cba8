"""The columns of the wide tables: what a report is, then one column for each variable of the codebook."""

from collections.abc import Iterator, Sequence
from typing import get_args

from sqlite_utils import Database

from extract.model import State
from store.exports.cells import NOT_READ, cells_of_reports
from store.exports.scope import Scope
from store.exports.tables import REPORT_ID, Column, Row, Type

STATES = (*get_args(State), "not_on_form", "no_form", NOT_READ)
"""Those of a cell, with that of one nobody has read; ``not_on_form``: the report's form has no such cell; ``no_form``: no table of a form was recognised."""

LABELS = (
    REPORT_ID,
    Column("agency_id", "string", "The key of agencies", required=True),
    Column("agency", "string", "Official name of the agency", required=True),
    Column("region", "string", "Six-digit code of the agency's area; empty when undecided"),
    Column("year", "year", "The year reported on", required=True),
    Column("template", "string", "Form: 2014, 2019 or 2021; empty when no table was recognised"),
    Column("outcome", "string", "How far it was read: complete, partial, narrative, unreadable", required=True),
    Column(
        "consistent", "boolean", "Every sum holds (1), some figure contradicts another (0); empty: not to be judged"
    ),
    Column("published", "string", "Day of publication; as printed, also a day that no calendar has"),
    Column("url", "string", "Address of the best document"),
    Column("document", "string", "SHA-256 of the best document"),
)
"""The columns of the view ``panel`` before its variables, in its order."""

_MONEY = "万元"

_VARIABLES = """
SELECT variable, label, group_concat(template, ', '), unit
FROM (SELECT * FROM fields ORDER BY variable, template DESC) GROUP BY variable
"""


def variables(db: Database, kind: Type, words: tuple[str, ...] = ()) -> Sequence[Column]:
    """Give a column for each variable of the view ``panel``, in its order, described by its printed labels."""
    told = {
        variable: (f"{label}{f' ({unit})' if unit else ''}; forms of {forms}", kind == "number" and unit != _MONEY)
        for variable, label, forms, unit in db.execute(_VARIABLES).fetchall()
    }
    names = [row[1] for row in db.execute("PRAGMA table_info(panel)").fetchall()][len(LABELS) :]
    return tuple(
        Column(name, kind, meaning, words, required=bool(words), counts=counts)
        for name, (meaning, counts) in ((name, told[name]) for name in names)
    )


def states(db: Database, scope: Scope) -> Iterator[Row]:
    """Yield each report's id and the state of each of its variables, in the order of the view ``panel``."""
    names = [column.name for column in variables(db, "string")]
    for report_id, cells in cells_of_reports(db, scope):
        known = {cell.variable: cell.state for cell in cells if not cell.place[2]}
        other = "not_on_form" if known else "no_form"
        yield report_id, *(known.get(name, other) for name in names)
