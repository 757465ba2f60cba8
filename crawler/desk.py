"""The night's hold on the store: one thread does every write and lookup, so that the reactor never waits for a disk.

One thread, not the reactor's own: an fsync takes milliseconds, a locked database up to ten seconds, and every host
would wait for it. One thread, not several: SQLite has one writer, and order is kept for free.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from crawler.revisits import Visited
from extract.isolation import in_force
from extract.model import Reading
from extract.reading import EXTRACTOR
from store.archive import Archive
from store.database import DATABASE_NAME, open_writer, write
from store.errors import ArchiveDamagedError, ArchiveMissingError, StoreError
from store.fetches import known, record_fetch, utc_now
from store.readings import due, record_damage, record_document, save_reading
from store.records import Fetch, Known, Source
from store.runs import finish_run, start_run

T = TypeVar("T")

_FATAL = (StoreError, sqlite3.Error, OSError)


class DeskClosedError(Exception):
    """The store has failed, so nothing more can be kept; the cause is in `Desk.failure`."""


class Desk:
    """Archive and database for one run, to be had from `open_desk`.

    After the first failure every call raises ``DeskClosedError``: what cannot be kept must not be fetched.
    """

    def __init__(self, archive: Archive, db: Database, writer: ThreadPoolExecutor, started: str) -> None:
        self.failure: Exception | None = None
        self.reason = "killed"
        """How the run ended, for the record of runs; whoever runs it says so."""
        self.started = started
        """The run's first instant, as the store writes it: no report has been stamped with it before."""
        self._archive = archive
        self._db = db
        self._writer = writer

    async def known(self, url: str) -> Known | None:
        """Give what is kept of a URL, or ``None`` when it must be fetched unconditionally."""
        return await self._do(lambda: self._known(url))

    async def visited(self, url: str) -> Visited | None:
        """Tell when a URL was first and last fetched well, or ``None`` when it never was."""
        return await self._do(lambda: self._visited(url))

    async def body(self, digest: str) -> bytes | None:
        """Give kept bytes, or ``None`` when the archive has lost or altered them (which is noted)."""
        return await self._do(lambda: self._body(digest))

    async def visit(self, fetch: Fetch, body: bytes) -> None:
        """Keep a page or a failure: bytes first, then the row that mentions them."""
        await self._do(lambda: self._visit(fetch, body))

    async def document(self, fetch: Fetch, body: bytes, media_type: str, source: Source) -> tuple[str, bool]:
        """Keep a document; give its SHA-256 and whether the current reader has yet to read it."""
        return await self._do(lambda: self._document(fetch, body, media_type, source))

    async def save(self, digest: str, reading: Reading) -> None:
        """Keep a document's reading and every report it changes."""
        await self._do(lambda: save_reading(self._db, digest, reading, EXTRACTOR))

    async def due(self, everything: bool = False) -> tuple[str, ...]:
        """Give the documents that the current reader has not read, or every document."""
        return await self._do(lambda: self._due(everything))

    async def _do(self, job: Callable[[], T]) -> T:
        """Run a job in the writer's thread; the first failure closes the desk."""
        if self.failure is not None:
            raise DeskClosedError
        try:
            return await asyncio.get_running_loop().run_in_executor(self._writer, job)
        except _FATAL as error:
            self.failure = self.failure or error
            raise DeskClosedError from error

    def _known(self, url: str) -> Known | None:
        found = known(self._db, url)
        return found if found is not None and self._archive.has(found.sha256) else None

    def _visited(self, url: str) -> Visited | None:
        first, last = self._db.execute(
            "SELECT min(at), max(at) FROM fetches WHERE url = ? AND outcome IN ('ok', 'unchanged')", (url,)
        ).fetchone()
        return Visited(date.fromisoformat(first[:10]), date.fromisoformat(last[:10])) if first else None

    def _body(self, digest: str) -> bytes | None:
        try:
            return self._archive.get(digest)
        except (ArchiveMissingError, ArchiveDamagedError) as error:
            if self._db.execute("SELECT 1 FROM documents WHERE sha256 = ?", (digest,)).fetchone():
                record_damage(self._db, digest, str(error))
            return None

    def _visit(self, fetch: Fetch, body: bytes) -> None:
        record_fetch(self._db, replace(fetch, sha256=self._archive.put(body)) if body else fetch)

    def _document(self, fetch: Fetch, body: bytes, media_type: str, source: Source) -> tuple[str, bool]:
        digest = self._archive.put(body)
        with write(self._db):
            record_document(self._db, digest, media_type, len(body), source)
            record_fetch(self._db, replace(fetch, sha256=digest))
        row = self._db.execute("SELECT extractor FROM documents WHERE sha256 = ?", (digest,)).fetchone()
        return digest, row[0] != EXTRACTOR

    def _due(self, everything: bool) -> tuple[str, ...]:
        if everything:
            return tuple(digest for [digest] in self._db.execute("SELECT sha256 FROM documents ORDER BY sha256"))
        return tuple(due(self._db, EXTRACTOR))


@contextmanager
def open_desk(data_dir: Path, counts: Callable[[], Mapping[str, int]]) -> Iterator[Desk]:
    """Open archive and database for one run and note its beginning and end; hold ``night_lock`` around it.

    ``counts`` is asked at the end for what the run did. Raises ``StoreError`` when the store cannot be opened.
    """
    archive = Archive(data_dir / "archive")
    archive.sweep()
    with ThreadPoolExecutor(1, "writer") as writer:
        db = writer.submit(open_writer, data_dir / DATABASE_NAME).result()
        try:
            started = writer.submit(_first_instant, db).result()
            run = writer.submit(start_run, db, str(in_force())).result()
            desk = Desk(archive, db, writer, started)
            yield desk
            if desk.failure is None:
                writer.submit(finish_run, db, run, desk.reason, counts()).result()
        finally:
            writer.submit(db.close).result()


def _first_instant(db: Database) -> str:
    """Give the present instant, later than any in the database: what is new tonight is told by its stamp.

    Stamps are whole seconds, so a run right after another waits for the next one.
    """
    [latest] = db.execute("SELECT ifnull(max(last_changed), '') FROM reports").fetchone()
    while (now := utc_now()) == latest:
        time.sleep(0.05)
    return now
