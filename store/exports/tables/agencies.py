"""Who reported: agencies with at least one report in scope."""

from store.exports.scope import IN_SCOPE
from store.exports.tables import Column, Table, fixed, selected

LEVELS = ("province", "prefecture", "county", "township")

TABLE = Table(
    name="agencies",
    description="One row an agency that has a report here; who never reported stands in coverage",
    key=("agency_id",),
    of_report=False,
    columns=fixed(
        Column("agency_id", "string", "Region (or, without one, host) and name", required=True),
        Column("agency", "string", "Official name in full, as far as it is known", required=True),
        Column("region", "string", "Six-digit code (GB/T 2260) of its area; empty when undecided"),
        Column("region_name", "string", "Name of the region"),
        Column("level", "string", "Level of the region", LEVELS),
        Column("host", "string", "Host of the site, only for an agency without a region"),
        Column(
            "vertical",
            "boolean",
            "It reports to its own ministry (tax, customs, weather), not to the region",
            required=True,
        ),
        Column(
            "body",
            "string",
            "The name without its place, in one spelling (教育局); empty for bodies that are in no list",
        ),
        Column("first_year", "year", "First year with a report here", required=True),
        Column("last_year", "year", "Last year with a report here", required=True),
        Column("reports", "integer", "Number of years with a report here", required=True),
    ),
    rows=selected(
        "SELECT a.id, a.name, a.region, a.region_name, a.level, a.host, a.vertical, a.body, min(r.year), max(r.year),",
        "count(*) FROM agencies a CROSS JOIN reports r ON r.agency_id = a.id WHERE",
        IN_SCOPE,
        "GROUP BY a.id ORDER BY a.id",
    ),
)
