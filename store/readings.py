"""Documents and their readings: what was found where, what is due, and saving a reading with all that follows."""

import json
from collections.abc import Iterator
from dataclasses import astuple, fields

from sqlite_utils import Database

from extract.model import Reading
from extract.wire import to_json
from store.database import write
from store.fetches import last_body, record_fetch, utc_now
from store.fold.reports import place
from store.records import Fetch, Source
from store.text import storable, storable_json

_BATCH = 500
"""Due documents looked up at a time: no cursor stays open while readings are saved, and memory stays flat."""

_WHAT = tuple(field.name for field in fields(Source) if field.name != "url")
_SETS = ", ".join(f"{name} = excluded.{name}" for name in _WHAT)
_OLD, _NEW = (", ".join(f"{table}.{name} = '', {table}.{name}" for name in _WHAT) for table in ("sources", "excluded"))
_KEEP_SMALLEST = " ".join(
    (
        "INSERT INTO sources (sha256, url,",
        ", ".join(_WHAT),
        ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256, url) DO UPDATE SET",
        _SETS,
        f"WHERE ({_NEW}) < ({_OLD})",
    )
)
"""Of two accounts of one URL the smallest is kept, empty texts last: the content never depends on arrival order."""

_DUE = "SELECT sha256 FROM documents WHERE extractor IS ? AND sha256 > ? ORDER BY sha256 LIMIT ?"


def record_document(db: Database, sha256: str, media_type: str, size: int, source: Source) -> list[str]:
    """Note an archived document and where it was found; return the reports folded again because of it.

    Call it after ``Archive.put``: the database mentions only what is kept. ``size`` is in bytes.
    """
    with write(db):
        db.execute(
            "INSERT INTO documents (sha256, media_type, bytes) VALUES (?, ?, ?) ON CONFLICT (sha256)"
            " DO UPDATE SET media_type = excluded.media_type WHERE excluded.media_type < media_type",
            (sha256, storable(media_type), size),
        )
        db.execute("DELETE FROM damaged WHERE sha256 = ?", (sha256,))
        news = db.execute(_KEEP_SMALLEST, (sha256, *map(storable, astuple(source)))).rowcount > 0
        return place(db, sha256) if news and _is_read(db, sha256) else []


def record_arrival(db: Database, fetch: Fetch, media_type: str, size: int, source: Source) -> None:
    """Note a fetched document: its bytes, where it was found, the fetch. Call it after ``Archive.put``.

    A document that stands at its address again after another had replaced it counts again: nothing else would tell.
    """
    with write(db):
        before = last_body(db, fetch.url)
        record_document(db, fetch.sha256, media_type, size, source)
        record_fetch(db, fetch)
        if before not in ("", fetch.sha256) and _is_read(db, fetch.sha256):
            place(db, fetch.sha256)


def record_damage(db: Database, sha256: str, problem: str) -> None:
    """Note that archived bytes (a document's or a list page's) are missing or altered: ``known`` forgets them."""
    with write(db):
        db.execute(
            "INSERT INTO damaged (sha256, at, problem) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
            (sha256, utc_now(), storable(problem)),
        )


def due(db: Database, extractor: str) -> Iterator[str]:
    """Yield documents that this version of the reader has not read, also while their readings are being saved."""
    for version in [None, *_versions(db)]:
        last = ""
        while version != extractor and (batch := db.execute(_DUE, (version, last, _BATCH)).fetchall()):
            yield from (sha256 for [sha256] in batch)
            [last] = batch[-1]


def _versions(db: Database) -> Iterator[str]:
    # One index look-up a version; DISTINCT would walk through every document.
    version = ""
    while version := db.execute("SELECT min(extractor) FROM documents WHERE extractor > ?", (version,)).fetchone()[0]:
        yield version


def save_reading(db: Database, sha256: str, reading: Reading, extractor: str) -> list[str]:
    """Keep a document's reading and fold every report it touches, in one transaction; return those reports.

    Raises ``LookupError`` for a document that was never recorded.
    """
    text = json.dumps(storable_json(to_json(reading)), ensure_ascii=False, sort_keys=False)
    with write(db):
        updated = db.execute(
            "UPDATE documents SET outcome = ?, extractor = ?, reading = ? WHERE sha256 = ?",
            (reading.outcome, extractor, text, sha256),
        )
        if updated.rowcount == 0:
            raise LookupError(f"{sha256}: no such document in the database")
        return place(db, sha256)


def load_reading(db: Database, sha256: str) -> str | None:
    """Return the JSON of a document's reading, or None when it is due or unknown."""
    row = db.execute("SELECT reading FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else row[0]


def _is_read(db: Database, sha256: str) -> bool:
    return load_reading(db, sha256) is not None
