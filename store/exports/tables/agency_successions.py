"""Which agency followed which: without it a reform or a new district looks like an agency that fell silent."""

from store.exports.scope import IN_SCOPE
from store.exports.tables import Column, Table, fixed, selected

_WANTED = ("SELECT r.agency_id FROM reports r JOIN agencies a ON a.id = r.agency_id WHERE", IN_SCOPE)

TABLE = Table(
    name="agency_successions",
    description="One row an agency and one that followed it; both stay agencies of their own, and nothing is joined here",
    key=("agency_id", "successor_id", "year", "note"),
    of_report=False,
    columns=fixed(
        Column("agency_id", "string", "The key of agencies: the earlier one", required=True),
        Column("agency", "string", "Its official name", required=True),
        Column("successor_id", "string", "The key of agencies: the later one", required=True),
        Column("successor", "string", "Its official name", required=True),
        Column("year", "year", "Year in which the change began", required=True),
        Column("note", "string", "What happened: a reform of the bodies, or of their region", required=True),
    ),
    rows=selected(
        "SELECT s.agency_id, old.name, s.successor_id, new.name, s.year, s.note FROM agency_successions s",
        "JOIN agencies old ON old.id = s.agency_id JOIN agencies new ON new.id = s.successor_id",
        "WHERE s.agency_id IN (",
        *_WANTED,
        ") OR s.successor_id IN (",
        *_WANTED,
        ") ORDER BY s.agency_id, s.successor_id, s.year, s.note",
    ),
)
