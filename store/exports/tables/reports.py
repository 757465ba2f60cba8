"""What was published: one row an agency and year, with its evidence."""

from typing import get_args

from store.exports.scope import IN_SCOPE
from store.exports.tables import REPORT_ID, Column, Table, fixed, selected
from store.fold.merge import ReportOutcome

TABLE = Table(
    name="reports",
    description="One row a report: whose, for which year, how far it was read, and where it comes from",
    key=("report_id",),
    of_report=False,
    columns=fixed(
        REPORT_ID,
        Column("agency_id", "string", "The key of agencies", required=True),
        Column("agency", "string", "Official name of the agency", required=True),
        Column("region", "string", "Six-digit code (GB/T 2260) of the agency's area; empty when undecided"),
        Column("year", "year", "The year reported on, not that of publication", required=True),
        Column("template", "string", "Form it is printed on: 2014, 2019 or 2021; empty when no table was recognised"),
        Column("title", "string", "Title as printed"),
        Column(
            "published",
            "string",
            "Day of publication: printed in the document, else beside its link; as printed, also a day that no calendar has",
        ),
        Column("outcome", "string", "How far it was read", get_args(ReportOutcome), required=True),
        Column("reason", "string", "Why it is not complete"),
        Column(
            "consistent",
            "boolean",
            "Every sum of the form holds (1), some figure contradicts another (0); empty: not to be judged",
        ),
        Column("url", "string", "Address of the best document"),
        Column("document", "string", "SHA-256 of the best document: its name in the archive"),
        Column("first_seen", "datetime", "When the report was first known", required=True),
        Column("last_changed", "datetime", "When anything of it last changed", required=True),
    ),
    rows=selected(
        "SELECT r.id, r.agency_id, a.name, a.region, r.year, r.template, r.title, r.published, r.outcome, r.reason,",
        "r.consistent, r.url, r.document, r.first_seen, r.last_changed",
        "FROM reports r JOIN agencies a ON a.id = r.agency_id WHERE",
        IN_SCOPE,
        "ORDER BY r.id",
    ),
)
