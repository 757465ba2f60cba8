"""The log of requests: one row a fetch, also when nothing came, and what is known of a URL from it."""

from datetime import UTC, datetime

from sqlite_utils import Database

from store.database import write
from store.records import Fetch, Known
from store.text import storable
from store.visits import note_leads

OUTCOMES = (
    "ok",
    "unchanged",
    "redirected",
    "not_found",
    "soft_404",
    "blocked",
    "throttled",
    "robots",
    "refused",
    "unreachable",
    "server_error",
    "wrong_type",
    "too_big",
    "empty",
    "js_shell",
)
"""How a fetch can end; ``refused``: out of scope or a private address."""

HAD = ("ok", "unchanged")
"""The outcomes that brought what stands at a URL, or confirmed it."""


def utc_now() -> str:
    """Return the present instant as the store writes it: ISO, UTC, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def record_fetch(db: Database, fetch: Fetch) -> int:
    """Add a fetch to the log and return its id; raises ``ValueError`` for an unknown outcome.

    A body that was fetched again is no longer damaged: it went through ``Archive.put`` before it is mentioned here.
    """
    if fetch.outcome not in OUTCOMES:
        raise ValueError(f"not an outcome of a fetch: {fetch.outcome!r}")
    with write(db):
        cursor = db.execute(
            "INSERT INTO fetches (url, at, status, outcome, detail, sha256, etag, last_modified)"
            " VALUES (?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''))",
            (
                storable(fetch.url),
                fetch.at,
                fetch.status,
                fetch.outcome,
                storable(fetch.detail),
                fetch.sha256,
                storable(fetch.etag),
                storable(fetch.last_modified),
            ),
        )
        if fetch.outcome == "ok":
            db.execute("DELETE FROM damaged WHERE sha256 = ?", (fetch.sha256,))
        if fetch.outcome in HAD:
            note_leads(db, fetch.url, fetch.leads_on)
        return int(cursor.lastrowid or 0)


def last_body(db: Database, url: str) -> str:
    """Return the hash of the body that was last had from a URL, damaged or not; empty when none was."""
    row = db.execute(
        "SELECT sha256 FROM fetches WHERE url = ? AND outcome = 'ok' AND sha256 IS NOT NULL ORDER BY id DESC LIMIT 1",
        (storable(url),),
    ).fetchone()
    return str(row[0]) if row else ""


def known(db: Database, url: str) -> Known | None:
    """Return body and validators of the last good fetch of a URL, or None when it must be fetched unconditionally.

    Failed and unchanged fetches since then do not count; a body that is damaged in the archive is not known.
    """
    row = db.execute(
        "SELECT sha256, ifnull(etag, ''), ifnull(last_modified, '') FROM fetches"
        " WHERE url = ? AND outcome = 'ok' AND sha256 IS NOT NULL ORDER BY id DESC LIMIT 1",
        (storable(url),),
    ).fetchone()
    if row is None or db.execute("SELECT 1 FROM damaged WHERE sha256 = ?", (row[0],)).fetchone():
        return None
    return Known(*row)
