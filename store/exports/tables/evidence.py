"""Which file each table of a report was read from: with its hash anybody can ask for the bytes and look."""

from store.exports.scope import IN_SCOPE
from store.exports.tables import REPORT_ID, Column, Table, fixed, selected

TABLE = Table(
    name="evidence",
    description="One row a table of a report: the file that its figures were read from (`scrapy explain` names the cell)",
    key=("report_id", "table"),
    columns=fixed(
        REPORT_ID,
        Column("table", "string", "Table of the form, or sections for the text", required=True),
        Column("document", "string", "SHA-256 of the file: its name in the archive", required=True),
        Column("media_type", "string", "What the file is", required=True),
        Column("bytes", "integer", "Its size", required=True),
        Column("url", "string", "An address it was found at"),
        Column("fetched", "datetime", "When it first came from there"),
    ),
    rows=selected(
        "SELECT report_id, table_name, sha256, media_type, bytes, url,",
        "(SELECT min(at) FROM fetches f WHERE f.url = found.url AND f.sha256 = found.sha256) FROM (",
        "SELECT o.report_id, o.table_name, d.sha256, d.media_type, d.bytes,",
        "(SELECT min(url) FROM sources s WHERE s.sha256 = o.document) AS url",
        "FROM reports r JOIN agencies a ON a.id = r.agency_id CROSS JOIN origins o ON o.report_id = r.id",
        "JOIN documents d ON d.sha256 = o.document WHERE",
        IN_SCOPE,
        ") found ORDER BY report_id, table_name",
    ),
)
