"""The night's hold on the store, none of which the reactor waits for: a thread that writes, one that looks up, and a few
that read bytes.

Bytes go to the archive first; only then the row that mentions them is written. The writer (`crawler.run.writer`) does
both for all documents that wait, with two waits for the disk: for the archive's journal and for the database. Look-ups
have a connection of their own, which sees what is committed: what this run has fetched itself is never looked up.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from scrapy.settings import BaseSettings
from sqlite_utils import Database

from crawler.run.memory import Memories, Memory
from crawler.run.writer import FATAL, Writer
from crawler.walk.absences import NEVER, absence_of
from crawler.walk.revisits import turn_of
from extract.model import Reading
from extract.readers.isolation import in_force
from extract.reading import EXTRACTOR
from store.archive import Archive
from store.database import DATABASE_NAME, open_reader, open_writer
from store.errors import ArchiveDamagedError, ArchiveMissingError
from store.fetches import HAD, record_fetch, utc_now
from store.fold.adopt import adopt
from store.journal import open_journal
from store.readings import due, record_arrival, record_damage, save_reading
from store.records import Fetch, Source
from store.runs import finish_run, start_run
from store.visits import Listed, note_leads
from store.withdrawals import note_back, note_withdrawn

T = TypeVar("T")

KEEPERS = 4
"""Threads that read bytes from the archive, and put such there as are too long for the journal."""

JOURNALED_BYTES = 1024 * 1024
"""Longest bytes that go through the archive's journal, where they are written twice: nearly all pages and reports. A scan
of 60 MB would hold up the rows of all others."""

HASHED_AT_ONCE_BYTES = 1024 * 1024
"""Bytes hashed without a thread, in a millisecond or two; a scan of 60 MB takes longer."""

VERIFIED_A_NIGHT_BYTES = 2 * 1024**3
"""Bytes read again in one night of documents that are not asked for, in some ten seconds: damage is noticed before the
server has deleted the page. In a larger archive each has its turn."""


class DeskClosedError(Exception):
    """The store has failed, so nothing more can be kept; the cause is in `Desk.failure`."""


class Desk:
    """Archive and database for one run, to be had from `open_desk`.

    After the first failure every call raises ``DeskClosedError``: what cannot be kept must not be fetched.
    """

    def __init__(self, archive: Archive, rooms: "Rooms", started: str) -> None:
        self.failure: Exception | None = None
        self.reason = "killed"
        """How the run ended, for the record of runs; whoever runs it says so."""
        self.started = started
        """The run's first instant, as the store writes it: no report has been stamped with it before."""
        self._archive = archive
        self._rooms = rooms

    async def recall(self, urls: Iterable[str]) -> Mapping[str, Memory]:
        """Give what is known of each URL that was ever asked for."""
        wanted, memories = tuple(urls), self._rooms.memories
        return await self._told(self._in(self._rooms.lookups, lambda: memories.of(wanted))) if wanted else {}

    async def is_sound(self, digest: str, today: date) -> bool:
        """Tell whether the kept bytes of what is not asked for are as they were, where it is their turn to be read again
        (`VERIFIED_A_NIGHT_BYTES`); what is lost or altered is noted."""
        every = -(-self._rooms.memories.kept_bytes // VERIFIED_A_NIGHT_BYTES)
        if every > 1 and turn_of(digest, every, today) == turn_of(digest, every, today - timedelta(days=1)):
            return True
        return await self.body(digest) is not None

    async def listed_on(self, page_url: str) -> tuple[Listed, ...]:
        """Give the documents that were found on a page on other nights."""
        memories = self._rooms.memories
        return await self._told(self._in(self._rooms.lookups, lambda: memories.listed_on(page_url)))

    async def settle(self, url: str) -> None:
        """Note that nothing which a page leads to is still to be had."""
        await self._told(self._rooms.writer.do(lambda: note_leads(self._rooms.db, url, False)))

    async def digest(self, body: bytes) -> str:
        """Give the SHA-256 under which bytes are kept, or would be."""
        if len(body) <= HASHED_AT_ONCE_BYTES:
            return sha256(body).hexdigest()
        return await self._in(self._rooms.keepers, lambda: sha256(body).hexdigest())

    async def body(self, digest: str) -> bytes | None:
        """Give kept bytes, or ``None`` when the archive has lost or altered them (which is noted)."""
        return await self._told(self._body(digest))

    async def visit(self, fetch: Fetch, body: bytes) -> None:
        """Keep a page or a failure: bytes first, then the row that mentions them."""
        await self._told(self._visit(fetch, body))

    async def document(self, fetch: Fetch, body: bytes, media_type: str, source: Source) -> tuple[str, bool]:
        """Keep a document; give its SHA-256 and whether the current reader has yet to read it."""
        return await self._told(self._document(fetch, body, media_type, source))

    async def save(self, digest: str, reading: Reading) -> None:
        """Keep a document's reading and every report it changes, after what was fetched meanwhile."""
        db, writer = self._rooms.db, self._rooms.writer
        await self._told(writer.do(lambda: save_reading(db, digest, reading, EXTRACTOR), later=True))

    async def due(self, everything: bool = False) -> tuple[str, ...]:
        """Give the documents that the current reader has not read, or every document."""
        return await self._told(self._rooms.writer.do(lambda: self._due(everything)))

    async def _told(self, work: Awaitable[T]) -> T:
        """Wait for work of the threads; the first failure closes the desk."""
        if self.failure is not None:
            if asyncio.iscoroutine(work):
                work.close()
            raise DeskClosedError
        try:
            return await work
        except FATAL as error:
            self.failure = self.failure or error
            raise DeskClosedError from error

    async def _in(self, threads: ThreadPoolExecutor, job: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, job)

    async def _body(self, digest: str) -> bytes | None:
        try:
            return await self._in(self._rooms.keepers, lambda: self._archive.get(digest))
        except (ArchiveMissingError, ArchiveDamagedError) as error:
            problem = str(error)
        await self._rooms.writer.do(lambda: self._note_damage(digest, problem))
        return None

    def _note_damage(self, digest: str, problem: str) -> None:
        if self._rooms.db.execute("SELECT 1 FROM documents WHERE sha256 = ?", (digest,)).fetchone():
            record_damage(self._rooms.db, digest, problem)

    async def _visit(self, fetch: Fetch, body: bytes) -> None:
        db = self._rooms.db
        if body:
            await self._keep(body, lambda digest: _note_visit(db, replace(fetch, sha256=digest)))
        else:
            await self._rooms.writer.do(lambda: _note_visit(db, fetch))

    async def _document(self, fetch: Fetch, body: bytes, media_type: str, source: Source) -> tuple[str, bool]:
        def note(digest: str) -> tuple[str, bool]:
            return digest, self._note_document(replace(fetch, sha256=digest), media_type, len(body), source)

        return await self._keep(body, note)

    async def _keep(self, body: bytes, job: Callable[[str], T]) -> T:
        """Keep bytes, then have the writer do a job with their SHA-256."""
        if len(body) <= JOURNALED_BYTES:
            return await asyncio.wrap_future(self._rooms.writer.keep(body, job))
        digest = await self._in(self._rooms.keepers, lambda: self._archive.put(body))
        return await self._rooms.writer.do(lambda: job(digest))

    def _note_document(self, fetch: Fetch, media_type: str, size: int, source: Source) -> bool:
        db = self._rooms.db
        record_arrival(db, fetch, media_type, size, source)
        note_back(db, fetch.url)
        row = db.execute("SELECT extractor FROM documents WHERE sha256 = ?", (fetch.sha256,)).fetchone()
        return bool(row[0] != EXTRACTOR)

    def _due(self, everything: bool) -> tuple[str, ...]:
        db = self._rooms.db
        if everything:
            return tuple(digest for [digest] in db.execute("SELECT sha256 FROM documents ORDER BY sha256"))
        return tuple(due(db, EXTRACTOR))


@dataclass(frozen=True, slots=True)
class Rooms:
    """The threads of a desk; ``db`` is the writer's connection, ``memories`` have that of the look-ups."""

    writer: Writer
    db: Database
    lookups: ThreadPoolExecutor
    memories: Memories
    keepers: ThreadPoolExecutor


def reviews(settings: BaseSettings) -> tuple[Path, Path]:
    """Give the files of people's decisions and corrections: in the data folder, or where a whole path says."""
    folder = Path(settings["DATA_DIR"])
    return folder / settings["DECISIONS"], folder / settings["CORRECTIONS"]


@contextmanager
def open_desk(
    data_dir: Path, counts: Callable[[], Mapping[str, int]], decisions: Path, corrections: Path
) -> Iterator[Desk]:
    """Open archive and database for one run and note its beginning and end; hold ``night_lock`` around it.

    ``counts`` is asked at the end for what the run did. What people decided and corrected is taken over first. Raises
    ``StoreError`` when the store cannot be opened or one of their files has a mistake.
    """
    archive, path = Archive(data_dir / "archive"), data_dir / DATABASE_NAME
    archive.sweep()
    with ExitStack() as stack:
        journal = stack.enter_context(open_journal(archive))
        thread, db = _connected(stack, "writer", lambda: open_writer(path))
        started = thread.submit(_first_instant, db).result()
        thread.submit(adopt, db, decisions, corrections).result()
        lookups, reader = _connected(stack, "lookups", lambda: open_reader(path))
        keepers = stack.enter_context(ThreadPoolExecutor(KEEPERS, "keeper"))
        run = thread.submit(start_run, db, str(in_force())).result()
        memories = lookups.submit(Memories, reader, archive).result()
        desk = Desk(archive, Rooms(Writer(thread, db, journal.keep), db, lookups, memories, keepers), started)
        yield desk
        if desk.failure is None:
            thread.submit(finish_run, db, run, desk.reason, counts()).result()


def _connected(stack: ExitStack, name: str, connect: Callable[[], Database]) -> tuple[ThreadPoolExecutor, Database]:
    """Start a thread with a connection of its own, closed in that thread when the stack is."""
    thread = stack.enter_context(ThreadPoolExecutor(1, name))
    db = thread.submit(connect).result()
    stack.callback(lambda: thread.submit(db.close).result())
    return thread, db


def _note_visit(db: Database, fetch: Fetch) -> None:
    """Record a fetch that brought no document; one that was not there on enough nights is withdrawn."""
    record_fetch(db, fetch)
    absence = NEVER if fetch.outcome in HAD else absence_of(db, fetch.url)
    if absence.is_confirmed:
        note_withdrawn(db, fetch.url, min(absence.days).isoformat(), utc_now())


def _first_instant(db: Database) -> str:
    """Give the present instant, later than any in the database: what is new tonight is told by its stamp.

    Stamps are whole seconds, so a run right after another waits for the next one.
    """
    [latest] = db.execute("SELECT ifnull(max(last_changed), '') FROM reports").fetchone()
    while (now := utc_now()) == latest:
        time.sleep(0.05)
    return now
