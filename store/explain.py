"""A number back to its place in the kept source: which document, fetched when and from where, which cell, what checks."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from extract.labels import templates
from extract.model import FormCell
from extract.sums import OTHER_PROCESSING
from extract.wire import from_json
from store.database import snapshot
from store.fold.entries import Entry
from store.fold.overlay import overlay
from store.people.corrections import corrections_of
from store.tables.variables import variable_name


class NotFoundError(LookupError):
    """The database has no such agency, report or field, or several; the message names what there is."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """Where and when a document was fetched. ``at`` is a UTC instant."""

    url: str
    at: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One cell of a report with its label, its document, and the checks it is part of."""

    cell: FormCell
    variable: str
    label: str
    document: str
    media_type: str
    fetches: tuple[Fetch, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report and the cells that were asked for; ``remarks`` tell what people corrected of its agency and year,
    ``reason`` why it is not complete, or no longer on its portal. ``document`` and ``url`` are those of the best document as a whole."""

    report_id: str
    agency: str
    year: int
    title: str | None
    outcome: str
    reason: str
    document: str
    url: str
    cells: tuple[Explained, ...] = field(default_factory=tuple)
    remarks: tuple[str, ...] = ()


def explain(db: Database, agency: str, year: int, wanted: str = "") -> Explanation:
    """Explain the figures of a report.

    ``agency`` is an id, a name, a name as reports print it or a part of one that only one agency has; ``wanted`` a
    variable (``req_new_total``), ``table.row.column`` or some of its words (``processed_total``, ``new.total``), or a part
    of a printed label; empty for every cell. Raises ``NotFoundError``.
    """
    with snapshot(db):
        report = find_report(db, agency, year)
        cells = tuple(cell for cell in _cells(db, report["id"]) if _matches(cell, wanted))
        if not cells and wanted:
            raise NotFoundError(f"{report['name']} {year} has no field {wanted!r}: see the table `fields`")
        remarks = tuple(_verdict(finding) for finding in db.query(_BY_PEOPLE, (report["id"],)))
        facts = {name: report[name] for name in ("title", "outcome", "document", "url")}
        reason = _place(db, report["agency_id"], year)["reason"]
        return Explanation(report["id"], report["name"], year, **facts, reason=reason, cells=cells, remarks=remarks)


def find_report(db: Database, agency: str, year: int) -> dict[str, Any]:
    """Return the row of a report with its agency's name; raises ``NotFoundError`` with what there is instead."""
    name = _agency(db, agency)
    rows = list(
        db.query(
            "SELECT r.*, a.name FROM reports r JOIN agencies a ON a.id = r.agency_id WHERE a.id = ? AND r.year = ?",
            (name, year),
        )
    )
    if not rows:
        raise NotFoundError(_absence(db, name, year))
    return rows[0]


def _absence(db: Database, agency: str, year: int) -> str:
    """Say why there is no report, as the coverage knows it, and of which years there are reports."""
    place = _place(db, agency, year)
    why = f" ({place['status']}: {place['reason']})" if place["status"] else ""
    years = ", ".join(str(row["year"]) for row in db.query(_YEARS, (agency,)))
    return f"{agency} has no report for {year}{why}; there are {years or 'none'}"


def _place(db: Database, agency: str, year: int) -> dict[str, str]:
    """Return status and reason of an agency's year as the coverage has them, which knows what portals have taken down;
    empty ones where it has no such year."""
    asked = "SELECT status, reason FROM coverage WHERE agency_id = ? AND year = ?"
    return next(db.query(asked, (agency, year)), {"status": "", "reason": ""})


_BY_PEOPLE = (
    "SELECT * FROM findings WHERE report_id = ? AND where_ = '{}'"
    " AND rule IN ('corrected_by_person', 'correction_reopened') ORDER BY rule, expected, detail"
)
_YEARS = "SELECT year FROM reports WHERE agency_id = ? ORDER BY year"
_FINDINGS = "SELECT * FROM findings WHERE report_id = ? ORDER BY verdict <> 'FAIL', rule, where_, detail"
"""Failures first, and never in the order of their arrival."""

_KNOWN = "(SELECT id, name FROM agencies UNION SELECT agency_id, name FROM expected)"
_BY_NAME = " ".join(("SELECT id FROM", _KNOWN, "WHERE id = ?1 OR name = ?1"))
_BY_PART = " ".join(
    (
        "SELECT id FROM",
        _KNOWN,
        "WHERE instr(name, ?1) > 0 UNION SELECT agency_id FROM agency_names WHERE name = ?1 ORDER BY 1 LIMIT 20",
    )
)
"""An agency that ought to report and never did is known too: its coverage says why nothing is there."""


def _agency(db: Database, wanted: str) -> str:
    found = [row["id"] for row in db.query(_BY_NAME, (wanted,))] or [row["id"] for row in db.query(_BY_PART, (wanted,))]
    if len(found) != 1:
        known = f"several agencies: {', '.join(found)}" if found else "no agency"
        raise NotFoundError(f"{wanted!r} names {known}")
    return str(found[0])


def _cells(db: Database, report_id: str) -> Iterator[Explained]:
    findings = list(db.query(_FINDINGS, (report_id,)))
    labels = {
        (row["table_name"], row["row"], row["column"]): row["label"]
        for row in db.query("SELECT * FROM fields ORDER BY template")
    }
    for origin in db.query("SELECT * FROM origins WHERE report_id = ? ORDER BY table_name", (report_id,)):
        document = next(iter(db.query("SELECT * FROM documents WHERE sha256 = ?", (origin["document"],))))
        fetches = tuple(_fetches(db, origin["document"]))
        for cell in _read_cells(db, document):
            if cell.table == origin["table_name"]:
                yield Explained(
                    cell,
                    variable_name(cell.table, cell.row, cell.column),
                    labels.get((cell.table, cell.row, cell.column), ""),
                    origin["document"],
                    document["media_type"],
                    fetches,
                    tuple(_checks(findings, cell)),
                )


def _read_cells(db: Database, document: dict[str, Any]) -> tuple[FormCell, ...]:
    """Return a document's cells as they are in the report: with people's corrections."""
    sha256 = document["sha256"]
    entry = Entry(sha256, from_json(json.loads(document["reading"])))
    return overlay(entry, corrections_of(db, sha256))[0].reading.cells


def _fetches(db: Database, sha256: str) -> Iterator[Fetch]:
    """Yield where a document came from, with the first time its bytes were seen there."""
    sql = "SELECT url, min(at) AS at FROM fetches WHERE url IN (SELECT url FROM sources WHERE sha256 = ?1)"
    for row in db.query(f"{sql} AND sha256 = ?1 GROUP BY url ORDER BY url", (sha256,)):
        yield Fetch(row["url"], row["at"])


def _checks(findings: list[dict[str, Any]], cell: FormCell) -> Iterator[str]:
    for finding in findings:
        where = json.loads(finding["where_"])
        named = {"table": cell.table, "row": cell.row, "column": cell.column}
        here = "table" in where and all(named.get(key, value) == value for key, value in where.items())
        if here and cell.row in _rows_of(finding["rule"], cell.row):
            yield _verdict(finding)


def _rows_of(rule: str, row: str) -> set[str]:
    """Return the rows a rule adds up, where it adds up rows (（七）总计 is a sum of outcomes, not of 一); else the row."""
    sums = [found for form in templates() for found in form.sums if found.rule == rule and found.along == "column"]
    merged = {OTHER_PROCESSING} if row == OTHER_PROCESSING else set()
    return {name for found in sums for name in (*found.parts, *found.whole)} | merged if sums else {row}


def _verdict(finding: dict[str, Any]) -> str:
    told = f"{finding['rule']} {finding['verdict']}"
    if finding["verdict"] == "FAIL":
        told += f": expected {finding['expected']}, printed {finding['actual']}"
        told += f" (cause: {finding['cause']})" if finding["cause"] else ""
    if finding["rule"] == "corrected_by_person":
        told += f": read {finding['expected']}, corrected to {finding['actual']}"
    return f"{told}: {finding['detail']}" if finding["detail"] else told


def _matches(cell: Explained, wanted: str) -> bool:
    name = ".".join((cell.cell.table, cell.cell.row, cell.cell.column))
    named = wanted == cell.variable or f".{wanted}." in f".{name}."
    return not wanted or named or wanted in cell.label or wanted == (cell.cell.item or "")
