"""Open the database and write to it: one writer, whole transactions, and errors that say what to do.

WAL with ``synchronous=FULL`` keeps every commit through a power cut; ``BEGIN IMMEDIATE`` because a plain ``BEGIN``
that reads first fails at once, whatever the timeout, when another connection has written in between.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from store.archive import sync_folder
from store.errors import (
    DatabaseAccessError,
    DatabaseDamagedError,
    DatabaseLockedError,
    DatabaseMissingError,
    DatabaseNewerError,
    DiskFullError,
    StoreError,
)
from store.tables.codebook import sync_codebook
from store.tables.migrations import migrate, schema_version

DATABASE_NAME = "annual_reports.db"
APPLICATION_ID = 0x5A464E42
"""``ZFNB``, 政府年报: tells our files from any other SQLite file."""

BUSY_TIMEOUT_MS = 10_000

CONNECTION = ("synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF", "mmap_size = 0")
WRITER = ("wal_autocheckpoint = 4000", "cache_size = -8000")
"""Pragmas of every connection, and further ones of the writer's. A report touches pages all over a large file: at SQLite's
thousand pages of log each commit would write them twice, and two megabytes of cache forget the inner ones in between."""

_TRANSLATED: dict[int, Callable[[str, str], StoreError]] = {
    sqlite3.SQLITE_BUSY: DatabaseLockedError,
    sqlite3.SQLITE_LOCKED: DatabaseLockedError,
    sqlite3.SQLITE_FULL: DiskFullError,
    sqlite3.SQLITE_CORRUPT: DatabaseDamagedError,
    sqlite3.SQLITE_NOTADB: DatabaseDamagedError,
    sqlite3.SQLITE_IOERR: DatabaseAccessError,
    sqlite3.SQLITE_READONLY: DatabaseAccessError,
    sqlite3.SQLITE_CANTOPEN: DatabaseAccessError,
}


def open_writer(path: Path, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Database:
    """Open the database for the one writing process, creating or migrating it first.

    Raises ``DatabaseDamagedError``, ``DatabaseNewerError`` (the file is then untouched) or ``DatabaseLockedError``.
    """
    with translated(str(path)):
        if not path.exists():
            _create(path)
        _examine(path)
        db = _connect(f"file:{_quoted(path)}?mode=rw", busy_timeout_ms)
        try:
            for pragma in ("journal_mode = WAL", *WRITER):
                db.execute(f"PRAGMA {pragma}")
            _prepare(db)
        except BaseException:
            db.close()
            raise
    return db


def open_reader(path: Path, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Database:
    """Open the database read-only, also while a crawl writes; raises ``DatabaseMissingError`` and its siblings."""
    if not path.exists():
        raise DatabaseMissingError(path)
    with translated(str(path)):
        db = _connect(f"file:{_quoted(path)}?mode=ro", busy_timeout_ms)
        try:
            _refuse_foreign(db, path)
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def write(db: Database) -> Iterator[Database]:
    """Do everything in the block in one transaction, or nothing; inside another ``write`` it is part of that one.

    Raises ``DatabaseLockedError``, ``DiskFullError`` or ``DatabaseDamagedError``; the connection stays usable.
    """
    if db.conn.in_transaction:
        yield db
        return
    with translated(_file(db)):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise


@contextmanager
def snapshot(db: Database) -> Iterator[Database]:
    """Read one consistent state in the block, also while a crawl writes; raises ``StoreError`` as ``write`` does."""
    if db.conn.in_transaction:
        yield db
        return
    with translated(_file(db)):
        db.execute("BEGIN")
        try:
            yield db
        finally:
            db.rollback()


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Turn SQLite's own errors about this file into the store's; programming errors pass through."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        make = _TRANSLATED.get(code & 0xFF) if code is not None else None
        if make is None:
            raise
        raise make(path, str(error)) from error


def _create(path: Path) -> None:
    # Built beside its place and renamed, so that an empty file there always means damage, not a killed first run.
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with closing(_connect(f"file:{_quoted(part)}?mode=rwc", BUSY_TIMEOUT_MS)) as db:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _prepare(db)
    part.replace(path)
    sync_folder(path.parent)


def _prepare(db: Database) -> None:
    with write(db):
        migrate(db)
        sync_codebook(db)


def _examine(path: Path) -> None:
    with closing(_connect(f"file:{_quoted(path)}?mode=ro", BUSY_TIMEOUT_MS)) as db:
        _refuse_foreign(db, path)
        [complaint] = db.execute("PRAGMA quick_check(1)").fetchone()
        if complaint != "ok":
            raise DatabaseDamagedError(path, str(complaint).splitlines()[0])


def _refuse_foreign(db: Database, path: Path) -> None:
    [application] = db.execute("PRAGMA application_id").fetchone()
    [version] = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise DatabaseDamagedError(path, "not a database of this program")
    if version > schema_version():
        raise DatabaseNewerError(path, version, schema_version())


def _connect(uri: str, busy_timeout_ms: int) -> Database:
    connection = sqlite3.connect(uri, uri=True, timeout=busy_timeout_ms / 1000, isolation_level=None)
    try:
        db = Database(connection, execute_plugins=False)
        for pragma in CONNECTION:
            db.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return db


def _quoted(path: Path) -> str:
    return path.absolute().as_uri().removeprefix("file://")


def _file(db: Database) -> str:
    return str(db.execute("PRAGMA database_list").fetchone()[2])
