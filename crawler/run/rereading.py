"""Read kept documents with the current reader and tell what it reads otherwise, without keeping anything of it."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from extract.readers.pool import ReaderPool
from extract.reading import EXTRACTOR
from extract.wire import from_json
from store.archive import Archive
from store.changes import Change, changes
from store.database import DATABASE_NAME, open_reader
from store.errors import ArchiveDamagedError, ArchiveMissingError
from store.fold.reports import belongs_to
from store.people.corrections import corrections_of
from store.readings import due, load_reading

AT_ONCE = 4
"""Documents handed to the readers at a time, so that memory stays flat however many there are."""


@dataclass(frozen=True, slots=True)
class Reread:
    """One document: the report it is in and would be in, and what is read otherwise. ``is_first``: it was never read;
    ``problem``: its bytes are lost."""

    sha256: str
    report: str | None
    moves_to: str | None
    changes: tuple[Change, ...] = ()
    is_first: bool = False
    problem: str = ""


async def reread(data_dir: Path, pool: ReaderPool, everything: bool) -> AsyncIterator[Reread]:
    """Yield every document that is due, or every one, in the order of its hash.

    Nothing is written, and a crawl may go on meanwhile. Raises ``StoreError`` when the database cannot be used.
    """
    db, archive = open_reader(data_dir / DATABASE_NAME), Archive(data_dir / "archive")
    try:
        waiting: list[asyncio.Task[Reread]] = []
        for digest in _wanted(db, everything):
            waiting.append(asyncio.create_task(_reread(db, archive, pool, digest)))
            if len(waiting) >= AT_ONCE:
                yield await waiting.pop(0)
        while waiting:
            yield await waiting.pop(0)
    finally:
        db.close()


def _wanted(db: Database, everything: bool) -> Iterator[str]:
    if not everything:
        return iter(sorted(due(db, EXTRACTOR)))
    return iter([digest for [digest] in db.execute("SELECT sha256 FROM documents ORDER BY sha256").fetchall()])


async def _reread(db: Database, archive: Archive, pool: ReaderPool, digest: str) -> Reread:
    row = db.execute("SELECT report_id FROM placements WHERE sha256 = ?", (digest,)).fetchone()
    report = row[0] if row else None
    try:
        body = await asyncio.to_thread(archive.get, digest)
    except (ArchiveMissingError, ArchiveDamagedError) as error:
        return Reread(digest, report, report, problem=str(error))
    after = await asyncio.wrap_future(pool.read(body))
    kept = load_reading(db, digest)
    moves_to = belongs_to(db, digest, after)
    if kept is None:
        return Reread(digest, report, moves_to, is_first=True)
    before = from_json(json.loads(kept))
    return Reread(digest, report, moves_to, changes(before, after, corrections_of(db, digest)))
