"""A report as it was known on a day: only the documents fetched by then, folded as they would have been folded.

What is kept of each document is its reading by the current reader, so a difference between two days is a difference of
what was published or found, never of how it was read.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

from sqlite_utils import Database

from store.database import snapshot, write
from store.explain import NotFoundError, find_report
from store.fold.reports import refold
from store.tables.codebook import sync_codebook
from store.tables.migrations import migrate

_CHINA = timezone(timedelta(hours=8))

_ARRIVALS = """
SELECT p.sha256, (
  SELECT min(f.at) FROM sources s JOIN fetches f ON f.url = s.url WHERE s.sha256 = p.sha256 AND f.sha256 = p.sha256
) AS first_fetched
FROM placements p WHERE p.report_id = ? ORDER BY first_fetched IS NULL, first_fetched, p.sha256
"""
_CONTENT = (
    "SELECT outcome, template FROM reports",
    'SELECT table_name, row, item, "column", state FROM gaps ORDER BY 1, 2, 3, 4',
    "SELECT * FROM requests ORDER BY row",
    "SELECT * FROM review ORDER BY row",
    'SELECT * FROM disclosure ORDER BY row, item, "column"',
    "SELECT * FROM statistics ORDER BY row",
    'SELECT * FROM other_figures ORDER BY table_name, row, item, "column"',
    "SELECT number, text FROM sections ORDER BY number",
)
"""What a report says; where it was read from and what was noticed about it makes no other version."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a report said from the end of a ``day`` in China until its next version. ``documents`` were first fetched on
    that day; there are none where a person's correction made the difference."""

    day: date
    documents: tuple[str, ...]


def versions(db: Database, agency: str, year: int) -> tuple[Version, ...]:
    """Return the versions of a report, the earliest first; ``agency`` is as in ``explain``.

    A page and its attachment of one day are one version, and a copy found later that says the same is none. Raises
    ``NotFoundError``.
    """
    with snapshot(db):
        report = find_report(db, agency, year)
        known = _arrivals(db, report["id"])
        came = [(_day_of(at), sha256) for sha256, at in known if at is not None]
        days = sorted({day for day, _ in came} | _correction_days(db, report["id"], min(came, default=None)))
        said = [(day, _said(db, report, known, day)) for day in (days if len(days) > 1 else ())]
        kept = [days[0], *(day for (_, one), (day, other) in pairwise(said) if one != other)] if days else []
        return tuple(Version(day, tuple(sorted(sha256 for on, sha256 in came if on == day))) for day in kept)


def as_of(db: Database, agency: str, year: int, day: date) -> Database:
    """Return a database in memory that holds one report as it was known at the end of a day in China.

    ``agency`` is as in ``explain``. People's corrections count from their own date on. The caller closes the database.
    Raises ``NotFoundError`` when nothing of the report had been fetched by then.
    """
    with snapshot(db):
        report = find_report(db, agency, year)
        known = _arrivals(db, report["id"])
        if not any(at is not None and at < _end_of(day) for _, at in known):
            first = known[0][1] if known else None
            raise NotFoundError(
                f"{report['name']} {year}: nothing was fetched by {day}; the first version is of {first}"
            )
        return _past(db, report, known, day)


def _past(db: Database, report: dict[str, Any], known: list[tuple[str, str | None]], day: date) -> Database:
    """Fold a report anew in memory from what was known of it at the end of a day."""
    until = _end_of(day)
    kept = [sha256 for sha256, at in known if at is not None and at < until]
    past = Database(memory=True)
    past.conn.isolation_level = None
    with write(past):
        migrate(past)
        sync_codebook(past)
        for table, rows in _rows(db, report, kept, until, day):
            past.table(table).insert_all(rows, alter=False)
        refold(past, report["id"])
    return past


def _said(db: Database, report: dict[str, Any], known: list[tuple[str, str | None]], day: date) -> list[Any]:
    with closing(_past(db, report, known, day)) as past:
        return [past.execute(question).fetchall() for question in _CONTENT]


def _arrivals(db: Database, report_id: str) -> list[tuple[str, str | None]]:
    """Return every document of a report with the UTC instant its bytes were first fetched, the earliest first."""
    return [(sha256, at) for sha256, at in db.execute(_ARRIVALS, (report_id,)).fetchall()]


def _correction_days(db: Database, report_id: str, first: tuple[date, str] | None) -> set[date]:
    """Return the days of people's corrections after the first document came."""
    rows = db.execute(
        "SELECT DISTINCT c.date FROM placements p JOIN corrections c USING (sha256) WHERE p.report_id = ?", (report_id,)
    )
    days = {date.fromisoformat(day) for [day] in rows.fetchall()}
    return {day for day in days if first and day > first[0]}


def _day_of(instant: str) -> date:
    """Give the day in China of a UTC instant."""
    return datetime.fromisoformat(instant).astimezone(_CHINA).date()


def _end_of(day: date) -> str:
    """Give the UTC instant at which a day in China ends, as the store writes instants."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=_CHINA) + timedelta(days=1)
    return midnight.astimezone(UTC).isoformat(timespec="seconds")


def _rows(
    db: Database, report: dict[str, Any], kept: list[str], until: str, day: date
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield what of each table the past knows, parents first."""
    agency = list(db.query("SELECT * FROM agencies WHERE id = ?", (report["agency_id"],)))
    yield "agencies", agency
    for table in ("documents", "sources"):
        yield table, [row for sha256 in kept for row in db[table].rows_where("sha256 = ?", (sha256,))]
    own = {name: value for name, value in report.items() if name != "name"}
    yield "reports", [{**own, "document": None}]
    yield "placements", [row for sha256 in kept for row in db["placements"].rows_where("sha256 = ?", (sha256,))]
    yield "fetches", [row for sha256 in kept for row in db.query(_FETCHES, (sha256, sha256, until))]
    yield "decisions", list(db["decisions"].rows)
    yield "corrections", list(db["corrections"].rows_where("date <= ?", (day.isoformat(),)))


_FETCHES = "SELECT * FROM fetches WHERE url IN (SELECT url FROM sources WHERE sha256 = ?) AND sha256 = ? AND at < ?"
