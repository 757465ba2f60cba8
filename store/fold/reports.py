"""Keep ``reports`` equal to the fold over its documents: place a document, and fold again what it touches."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from sqlite_utils import Database

from extract.model import Reading
from extract.wire import from_json
from store.fetches import utc_now
from store.fold.early import checked
from store.fold.entries import Entry
from store.fold.identity import Agency, Resolved, resolve
from store.fold.merge import Report, fold
from store.fold.overlay import correct_identity, overlay, reopened_elsewhere
from store.fold.rows import COLUMNS, Units, rows_of, sync_rows
from store.fold.settling import settled, waiting_for
from store.people.corrections import corrections_of
from store.people.decisions import decision_on_document, decisions_on_places
from store.records import Source

_CORRECTION = re.compile(r"更正|更新版|修订|修正|重新发布|补发")
_KEEP_PLACEMENT = """
INSERT INTO placements (sha256, report_id, problem, printed, agency) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (sha256) DO UPDATE SET
  report_id = excluded.report_id, problem = excluded.problem, printed = excluded.printed, agency = excluded.agency
"""
_KEEP_AGENCY = """
INSERT INTO agencies (id, name, region, region_name, level, host, vertical, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
  region_name = excluded.region_name, level = excluded.level, vertical = excluded.vertical, body = excluded.body
WHERE (region_name, level, vertical, body) IS NOT (excluded.region_name, excluded.level, excluded.vertical, excluded.body)
"""
_CURRENT = """
SELECT p.sha256 FROM placements p WHERE p.report_id = :report AND NOT (
  EXISTS (SELECT 1 FROM sources s WHERE s.sha256 = p.sha256)
  AND NOT EXISTS (
    SELECT 1 FROM sources s WHERE s.sha256 = p.sha256 AND NOT EXISTS (
      SELECT 1 FROM fetches f JOIN placements q ON q.sha256 = f.sha256
      WHERE f.url = s.url AND f.outcome = 'ok' AND f.sha256 <> p.sha256 AND q.report_id = :report
        AND f.id > (SELECT max(id) FROM fetches WHERE url = s.url AND sha256 = p.sha256)
    )
  )
)
"""
"""The documents of a report without those that were replaced: at every address where they stood, another document of
the same report was had later. What a page says now is what its agency reports; the older document stays kept."""

_REPORT_COLUMNS = ("template", "title", "published", "url", "document", "outcome", "reason", "consistent")


def place(db: Database, sha256: str) -> list[str]:
    """Decide anew which report a read document belongs to; return the reports folded again.

    Call it inside a transaction whenever the document's reading or sources, or what people say of it, have changed.
    Documents with a short name that this one's full name settles, or settled until now, are placed with it.
    """
    reading, sources = _evidence(db, sha256)
    own = _resolved(db, sha256, reading, sources)
    before = db.execute("SELECT agency FROM placements WHERE sha256 = ?", (sha256,)).fetchone()
    touched = _put(db, sha256, own)
    for other in _settled_by(db, before[0] if before else "", own.agency):
        if other != sha256:
            other_reading, other_sources = _evidence(db, other)
            touched |= _put(db, other, _resolved(db, other, other_reading, other_sources))
    for report_id in sorted(touched):
        refold(db, report_id)
    return sorted(touched)


def belongs_to(db: Database, sha256: str, reading: Reading) -> str | None:
    """Return the report that a kept document would belong to with another reading; nothing is written."""
    return settled(db, _resolved(db, sha256, reading, _sources(db, sha256))).report_id


def _put(db: Database, sha256: str, own: Resolved) -> set[str]:
    """Write down where a document belongs; return the reports it leaves and joins."""
    resolved = settled(db, own)
    before = db.execute("SELECT report_id FROM placements WHERE sha256 = ?", (sha256,)).fetchone()
    agency = own.agency.id if own.agency else ""
    db.execute(_KEEP_PLACEMENT, (sha256, resolved.report_id, resolved.problem, resolved.printed, agency))
    if resolved.report_id is not None:
        _ensure(db, resolved)
    return {report for report in (before and before[0], resolved.report_id) if report}


def _settled_by(db: Database, before: str, agency: Agency | None) -> list[str]:
    """Return the documents that a change of one document's agency may settle otherwise."""
    after = agency.id if agency else ""
    gone = _agency_of(before) if before != after else None
    return waiting_for(db, {found for found in (gone, agency if before != after else None) if found})


def _agency_of(agency_id: str) -> Agency | None:
    # Only agencies with a region are settled, and the region comes first in their ids.
    region, _, name = agency_id.partition("-")
    return Agency(name, region, None) if name and region.isdecimal() else None


def refold(db: Database, report_id: str) -> bool:
    """Fold one report again from the readings kept for it; tell whether anything of it changed.

    A report that no document belongs to any more is removed, and its agency with the last of its reports.
    """
    entries = list(_entries(db, report_id))
    if not entries:
        _remove(db, report_id)
        return True
    report = _folded(db, report_id, entries)
    rows = rows_of(report, _units(db, report.template))
    changed = [sync_rows(db, table, report_id, rows[table]) for table in COLUMNS]
    if any([*changed, _differs(db, report_id, report)]):
        _update(db, report_id, report)
        return True
    return False


def _folded(db: Database, report_id: str, entries: list[Entry]) -> Report:
    """Fold entries with people's corrections laid over them, and say of each correction what became of it."""
    laid = [overlay(entry, corrections_of(db, entry.sha256)) for entry in entries]
    report = fold(entry for entry, _ in laid)
    left_out = [Entry(sha256, _evidence(db, sha256)[0]) for sha256 in _corrected_documents(db, report_id)]
    known = {entry.sha256 for entry in entries}
    laid += [overlay(entry, corrections_of(db, entry.sha256)) for entry in left_out if entry.sha256 not in known]
    told = ((entry.sha256, finding) for entry, found in laid for finding in found)
    return replace(report, findings=(*report.findings, *reopened_elsewhere(told, dict(report.origins))))


def _corrected_documents(db: Database, report_id: str) -> list[str]:
    """Return the corrected documents of a report, also those that were replaced at their address."""
    rows = db.execute(
        "SELECT DISTINCT p.sha256 FROM placements p JOIN corrections c USING (sha256) WHERE p.report_id = ?"
        " AND c.table_name <> '' ORDER BY p.sha256",
        (report_id,),
    )
    return [sha256 for [sha256] in rows.fetchall()]


def _entries(db: Database, report_id: str) -> Iterator[Entry]:
    for [sha256] in db.execute(_CURRENT, {"report": report_id}).fetchall():
        reading, sources = _evidence(db, sha256)
        yield Entry(
            sha256=sha256,
            reading=reading,
            url=min(source.url for source in sources),
            listed_on=min((source.listed_on for source in sources if source.listed_on), default=""),
            corrected=_is_correction(reading, sources),
            notes=_resolved(db, sha256, reading, sources).notes,
        )


def _resolved(db: Database, sha256: str, reading: Reading, sources: list[Source]) -> Resolved:
    """Resolve a document with what people decided of it and of the places it was found at."""
    corrections = corrections_of(db, sha256)
    corrected, notes = correct_identity(reading, corrections)
    on_document = decision_on_document(db, sha256)
    places = {place for source in sources for place in (source.region, urlsplit(source.url).hostname or "")}
    decisions = (*([on_document] if on_document else []), *decisions_on_places(db, places))
    vouched = on_document is not None or any(note.rule == "corrected_by_person" for note in notes)
    resolved = resolve(corrected, sources, decisions, vouched)
    if not any(said.year is not None and said.year == resolved.year for said in corrections):
        resolved = checked(db, sha256, resolved, sources)
    return replace(resolved, notes=(*resolved.notes, *notes))


def _is_correction(reading: Reading, sources: list[Source]) -> bool:
    lines = [reading.title or "", *(source.link_text for source in sources)]
    return any(_CORRECTION.search(line) for line in lines)


def _evidence(db: Database, sha256: str) -> tuple[Reading, list[Source]]:
    [text] = db.execute("SELECT reading FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    return from_json(json.loads(text)), _sources(db, sha256)


def _sources(db: Database, sha256: str) -> list[Source]:
    rows = db.execute(
        "SELECT url, parent_url, link_text, page_title, agency, region, listed_on FROM sources WHERE sha256 = ?"
        " ORDER BY url",
        (sha256,),
    )
    return [Source(*row) for row in rows.fetchall()]


def _units(db: Database, template: str | None) -> Units:
    rows = db.execute('SELECT table_name, row, "column", unit FROM fields WHERE template = ?', (template,))
    return {(table, row, column): unit for table, row, column, unit in rows.fetchall()}


def _ensure(db: Database, resolved: Resolved) -> None:
    agency = resolved.agency
    assert agency is not None
    _ensure_agency(db, agency)
    now = utc_now()
    db.execute(
        "INSERT INTO reports (id, agency_id, year, outcome, reason, first_seen, last_changed)"
        " VALUES (?, ?, ?, 'unreadable', '', ?, ?) ON CONFLICT (id) DO NOTHING",
        (resolved.report_id, agency.id, resolved.year, now, now),
    )


def _ensure_agency(db: Database, agency: Agency) -> None:
    values = (agency.name, agency.region, agency.region_name, agency.level, agency.host, agency.vertical, agency.body)
    db.execute(_KEEP_AGENCY, (agency.id, *values))


def _content(report: Report) -> tuple[Any, ...]:
    return tuple(getattr(report, name) for name in _REPORT_COLUMNS)


def _differs(db: Database, report_id: str, report: Report) -> bool:
    stored = db.execute(
        "SELECT template, title, published, url, document, outcome, reason, consistent FROM reports WHERE id = ?",
        (report_id,),
    ).fetchone()
    return bool(tuple(stored) != _content(report))


def _update(db: Database, report_id: str, report: Report) -> None:
    db.execute(
        "UPDATE reports SET template = ?, title = ?, published = ?, url = ?, document = ?, outcome = ?, reason = ?,"
        " consistent = ?, last_changed = ? WHERE id = ?",
        (*_content(report), utc_now(), report_id),
    )


def _remove(db: Database, report_id: str) -> None:
    for table in COLUMNS:
        sync_rows(db, table, report_id, ())
    [agency_id] = db.execute("SELECT agency_id FROM reports WHERE id = ?", (report_id,)).fetchone()
    db.execute("DELETE FROM reports WHERE id = ?", (report_id,))
    if db.execute("SELECT 1 FROM reports WHERE agency_id = ? LIMIT 1", (agency_id,)).fetchone() is None:
        db.execute("DELETE FROM agencies WHERE id = ?", (agency_id,))
