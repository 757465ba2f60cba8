"""What the log of fetches and the sources tell of a URL's visits: when it was had, how old it is, whether all is settled.

A page is *unsettled* from the moment it is kept until everything it leads to was had, or need not be asked for. The mark
is made in the transaction that records the page, so a run that is killed between a page and its files leaves it behind.
"""

import re
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from store.database import write
from store.text import storable

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_LISTED = "SELECT min(listed_on) FROM sources WHERE url = ? AND listed_on <> ''"
_READ = "SELECT json_extract(reading, '$.published'), json_extract(reading, '$.year') FROM documents WHERE sha256 = ?"


@dataclass(frozen=True, slots=True)
class Visits:
    """Fetches of a URL that brought its content: their number, the days (UTC) of the first and the last, and the id of
    the last."""

    times: int
    first_on: date
    last_on: date
    last_id: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A document that was found on a page: its URL, and the words of the link."""

    url: str
    text: str


def listed_on(db: Database, page_url: str) -> tuple[Listed, ...]:
    """Return the documents that were found on a page, on whatever night."""
    rows = db.execute("SELECT DISTINCT url, link_text FROM sources WHERE parent_url = ?", (storable(page_url),))
    return tuple(Listed(*row) for row in rows.fetchall())


def visits(db: Database, url: str) -> Visits | None:
    """Count the good fetches of a URL; ``None`` when there was none."""
    times, first, last, last_id = db.execute(
        "SELECT count(*), min(at), max(at), max(id) FROM fetches WHERE url = ? AND outcome IN ('ok', 'unchanged')",
        (storable(url),),
    ).fetchone()
    return Visits(times, date.fromisoformat(first[:10]), date.fromisoformat(last[:10]), last_id) if times else None


def was_asked(db: Database, url: str) -> bool:
    """Say whether a URL was ever asked for, whatever came of it."""
    return db.execute("SELECT 1 FROM fetches WHERE url = ? LIMIT 1", (storable(url),)).fetchone() is not None


def moved_to(db: Database, url: str) -> str:
    """Return where a URL was redirected to when it was last asked for; empty when it was not."""
    row = db.execute("SELECT outcome, detail FROM fetches WHERE url = ? ORDER BY id DESC LIMIT 1", (storable(url),))
    outcome, detail = row.fetchone() or ("", "")
    return str(detail) if outcome == "redirected" else ""


def is_source(db: Database, url: str) -> bool:
    """Say whether a document was ever had from a URL."""
    return db.execute("SELECT 1 FROM sources WHERE url = ? LIMIT 1", (storable(url),)).fetchone() is not None


def published(db: Database, url: str, sha256: str) -> date | None:
    """Return by when what stands at a URL was published, as far as it is known: by the day beside a link to it, else by
    its own words, else by the year it reports on."""
    [listed] = db.execute(_LISTED, (storable(url),)).fetchone()
    if (day := _day(listed)) is not None:
        return day
    read, year = db.execute(_READ, (sha256,)).fetchone() or (None, None)
    return _day(read) or (published_by(year) if year else None)


def published_by(year: int) -> date:
    """Return the day by which reports on a year are out: the last must be published on 31 March of the next."""
    return date(year + 1, 4, 1)


def ends_of_runs(db: Database) -> tuple[int, ...]:
    """Return the last fetch of each run that came to its end, in order: what tells one night from another."""
    rows = db.execute("SELECT last_fetch FROM runs WHERE reason = 'finished' AND last_fetch > 0 ORDER BY last_fetch")
    return tuple(last for [last] in rows)


def is_unsettled(db: Database, url: str) -> bool:
    """Say whether something that a kept page leads to is still to be had."""
    return db.execute("SELECT 1 FROM unsettled WHERE url = ?", (storable(url),)).fetchone() is not None


def note_leads(db: Database, url: str, leads_on: bool) -> None:
    """Note whether something that a page leads to is still to be had."""
    change = "INSERT OR IGNORE INTO unsettled VALUES (?)" if leads_on else "DELETE FROM unsettled WHERE url = ?"
    with write(db):
        db.execute(change, (storable(url),))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and _DAY.fullmatch(text) else None
