"""The names under which each agency published: how one row of a panel is found again on a portal."""

from store.exports.scope import IN_SCOPE
from store.exports.tables import Column, Table, fixed, selected

TABLE = Table(
    name="agency_names",
    description="One row a name under which an agency's reports were published",
    key=("agency_id", "name"),
    of_report=False,
    columns=fixed(
        Column("agency_id", "string", "The key of agencies", required=True),
        Column("name", "string", "As printed in the document or, where it prints none, beside it", required=True),
        Column("first_year", "year", "First year with a report under this name", required=True),
        Column("last_year", "year", "Last year with a report under it", required=True),
    ),
    rows=selected(
        "SELECT n.agency_id, n.name, n.first_year, n.last_year FROM agency_names n WHERE n.agency_id IN (",
        "SELECT r.agency_id FROM reports r JOIN agencies a ON a.id = r.agency_id WHERE",
        IN_SCOPE,
        ") ORDER BY n.agency_id, n.name",
    ),
)
