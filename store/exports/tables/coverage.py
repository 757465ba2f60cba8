"""Agency by year: what is there, what is missing and why. A year without a report is a row, too."""

from store.exports.scope import IN_SCOPE
from store.exports.tables import Column, Table, fixed, selected
from store.tables.coverage_view import STATUSES

TABLE = Table(
    name="coverage",
    description="One row an agency and year in which a report is expected of it, whether there is one or not, and why",
    key=("agency_id", "year"),
    of_report=False,
    columns=fixed(
        Column("agency_id", "string", "Key of the agency, also of one that never reported", required=True),
        Column("agency", "string", "Official name of the agency", required=True),
        Column("region", "string", "Six-digit code of its area; empty when undecided"),
        Column("year", "year", "The year to be reported on", required=True),
        Column("status", "string", "How far the report was read, or why there is none", STATUSES, required=True),
        Column("reason", "string", "The same in words; for blocked, how the page that lists the reports answered"),
        Column("consistent", "boolean", "As in reports"),
        Column("report_id", "string", "The key of reports; empty without a report"),
        Column("url", "string", "Address of the report's best document"),
        Column("document", "string", "Its SHA-256"),
        Column("due", "date", "Last day for publication", required=True),
        Column("looked_at", "string", "Evidence: the address that was asked"),
        Column("looked_on", "datetime", "When it was asked"),
    ),
    rows=selected(
        "SELECT agency_id, agency, region, year, status, reason, consistent, report_id, url, document, due, looked_at,",
        "looked_on FROM coverage WHERE",
        IN_SCOPE,
        "ORDER BY agency_id, year",
    ),
)
