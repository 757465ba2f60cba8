"""What was checked and noticed, passed checks too: a check that never ran would be missed."""

from typing import get_args

from extract.model import Verdict
from store.exports.scope import IN_SCOPE
from store.exports.tables import REPORT_ID, Column, Table, fixed, selected

TABLE = Table(
    name="findings",
    description="One row a check of a report, or a remark on it; what it is about is empty where it is about more",
    columns=fixed(
        REPORT_ID,
        Column("rule", "string", "Name of the rule", required=True),
        Column(
            "verdict",
            "string",
            "PASS, FAIL, or NOT_ASSESSABLE where a member is not a number",
            get_args(Verdict),
            required=True,
        ),
        Column("table", "string", "Table of the form"),
        Column("row", "string", "Row of the form"),
        Column("item", "string", "The agency's own sub-item"),
        Column("column", "string", "Column of the form"),
        Column(
            "expected",
            "string",
            "For a sum, what the parts add up to; else what was to be expected, a number or a text",
        ),
        Column("actual", "string", "For a sum, the printed total; else what is there, a number or a text"),
        Column(
            "cause",
            "string",
            "Of a FAIL: source (two readings agree: the report is wrong), reading (they do not); empty: no second reading",
            ("source", "reading"),
        ),
        Column("detail", "string", "A sentence for people"),
    ),
    rows=selected(
        "SELECT f.report_id, f.rule, f.verdict, json_extract(f.where_, '$.table'), json_extract(f.where_, '$.row'), json_extract(f.where_, '$.item'),",
        "json_extract(f.where_, '$.column'), f.expected, f.actual, f.cause, f.detail",
        "FROM reports r JOIN agencies a ON a.id = r.agency_id CROSS JOIN findings f ON f.report_id = r.id WHERE",
        IN_SCOPE,
        "ORDER BY r.id, f.rule, f.where_, f.verdict, f.expected, f.actual, f.cause, f.detail",
    ),
)
