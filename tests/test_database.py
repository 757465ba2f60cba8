"""Opening, writing, and what happens when the file is locked, full, damaged or somebody else's."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from store.backup import back_up
from store.coverage import matrix
from store.database import APPLICATION_ID, DATABASE_NAME, open_reader, open_writer, write
from store.errors import (
    DatabaseDamagedError,
    DatabaseLockedError,
    DatabaseMissingError,
    DatabaseNewerError,
    DiskFullError,
    StoreError,
)
from store.runs import finish_run, start_run
from store.tables.migrations import migrate, schema_version
from store.tables.schema import SCHEMA
from tests.store_kit import dump, keep, keep_numbered, new_database, reading

ROOT = Path(__file__).parents[1]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / DATABASE_NAME


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        yield opened


def pragma(db: Database, name: str) -> object:
    return db.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_settings_that_keep_every_commit(db: Database) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "wal_autocheckpoint": 4000,
        "cache_size": -8000,
        "busy_timeout": 1000,
        "trusted_schema": 0,
        "application_id": APPLICATION_ID,
        "user_version": schema_version(),
    }
    assert {name: pragma(db, name) for name in expected} == expected


def test_the_busy_timeout_is_ten_seconds_unless_told_otherwise(path: Path) -> None:
    with closing(open_writer(path)) as db:
        assert pragma(db, "busy_timeout") == 10_000


def test_every_table_of_ours_is_strict_and_looked_up_by_index(db: Database) -> None:
    plain = [
        table.name
        for table in db.tables
        if not table.strict and not table.name.startswith(("sections_fts", "_sqlite_migrations", "sqlite_"))
    ]
    assert plain == []


def test_opening_again_changes_nothing(path: Path) -> None:
    open_writer(path).close()
    before = path.read_bytes()
    open_writer(path).close()
    assert path.read_bytes() == before


def test_a_reader_cannot_write_and_sees_commits_while_a_writer_works(db: Database, path: Path) -> None:
    with closing(open_reader(path)) as reader:
        with write(db):
            start_run(db)
            assert reader.execute("SELECT count(*) FROM runs").fetchone() == (0,)
        assert reader.execute("SELECT count(*) FROM runs").fetchone() == (1,)
        with pytest.raises(StoreError, match="readonly"):
            start_run(reader)


def test_reading_before_the_first_crawl_says_so(path: Path) -> None:
    with pytest.raises(DatabaseMissingError, match="scrapy crawl"):
        open_reader(path)
    assert not path.exists()


def test_a_block_is_written_whole_or_not_at_all(db: Database) -> None:
    def fail_late() -> None:
        with write(db):
            start_run(db)
            with write(db):
                start_run(db)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_late()
    assert db.table("runs").count == 0
    finish_run(db, start_run(db), "finished", {"fetched": 1})
    assert list(db.query("SELECT reason, counts FROM runs")) == [{"reason": "finished", "counts": '{"fetched": 1}'}]


LOCKER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""


def locker(path: Path, seconds: float) -> subprocess.Popen[bytes]:
    child = subprocess.Popen([sys.executable, "-c", LOCKER, str(path), str(seconds)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"locked\n"
    return child


def test_a_lock_of_a_moment_is_waited_for(db: Database, path: Path) -> None:
    with locker(path, 0.5):
        start_run(db)
    assert db.table("runs").count == 1


def test_a_lock_that_stays_is_reported_and_nothing_is_lost(db: Database, path: Path) -> None:
    with locker(path, 30) as child:
        began = time.monotonic()
        with pytest.raises(DatabaseLockedError, match=DATABASE_NAME):
            start_run(db)
        assert 0.8 < time.monotonic() - began < 5
        child.kill()
    start_run(db)
    assert db.table("runs").count == 1


def test_a_full_disk_undoes_the_transaction_and_the_database_stays_usable(db: Database) -> None:
    db.execute(f"PRAGMA max_page_count = {pragma(db, 'page_count')}")

    def fill() -> None:
        for number in range(50):
            keep(db, number, reading(year=2000 + number))

    with pytest.raises(DiskFullError, match="Free some space"):
        fill()
    kept = db.table("reports").count
    assert db.execute("SELECT count(*) FROM documents WHERE reading IS NOT NULL").fetchone() == (kept,)
    db.execute("PRAGMA max_page_count = 1000000")
    keep(db, 99, reading(year=2099))
    assert db.table("reports").count == kept + 1
    assert pragma(db, "quick_check") == "ok"


def damage_flip(data: bytearray) -> bytes:
    data[4096 * 2 : 4096 * 3] = bytes(byte ^ 0xFF for byte in data[4096 * 2 : 4096 * 3])
    return bytes(data)


def test_damage_met_while_reading_is_reported_too(path: Path) -> None:
    with closing(open_writer(path)) as db:
        keep(db, 1, reading())
        [page] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'reports'").fetchone()
    data = bytearray(path.read_bytes())
    data[4096 * (page - 1) : 4096 * page] = b"\xff" * 4096
    path.write_bytes(data)
    with closing(open_reader(path)) as db, pytest.raises(DatabaseDamagedError, match="last backup"):
        matrix(db)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="check the rights"):
        open_writer(tmp_path)


DAMAGES = {
    "a page flipped": damage_flip,
    "cut in the middle": lambda data: bytes(data[: len(data) // 2]),
    "cut to nothing": lambda data: bytes(data[:0]),
    "zeros": lambda data: bytes(len(data)),
    "not a database": lambda data: b"<html>" + bytes(data[6:]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_refused_and_left_as_it_is(path: Path, damage: str) -> None:
    with closing(open_writer(path)) as db:
        keep(db, 1, reading())
    path.write_bytes(DAMAGES[damage](bytearray(path.read_bytes())))
    before = path.read_bytes()
    with pytest.raises(DatabaseDamagedError, match="last backup"):
        open_writer(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (a)")
    before = path.read_bytes()
    for opened in (open_writer, open_reader):
        with pytest.raises(DatabaseDamagedError, match="not a database of this program"):
            opened(path)
    assert path.read_bytes() == before


def test_a_newer_database_is_refused_and_left_as_it_is(path: Path) -> None:
    open_writer(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {schema_version() + 1}")
    before = path.read_bytes()
    for opened in (open_writer, open_reader):
        with pytest.raises(DatabaseNewerError, match="update the program"):
            opened(path)
    assert path.read_bytes() == before


def test_a_migration_that_fails_half_way_leaves_no_trace(db: Database) -> None:
    grown = Migrations(SCHEMA.name)
    grown._migrations = list(SCHEMA._migrations)

    @grown()
    def second(database: Database) -> None:
        database.execute("CREATE TABLE half (a)")
        database.execute("INSERT INTO half VALUES (1)")
        raise ZeroDivisionError

    before = db.schema, pragma(db, "user_version")
    with pytest.raises(ZeroDivisionError), write(db):
        migrate(db, grown)
    assert (db.schema, pragma(db, "user_version")) == before


def test_a_migration_and_its_record_are_written_together(db: Database) -> None:
    grown = Migrations(SCHEMA.name)
    grown._migrations = list(SCHEMA._migrations)

    @grown()
    def second(database: Database) -> None:
        database.execute("CREATE TABLE whole (a)")

    with write(db):
        migrate(db, grown)
    assert pragma(db, "user_version") == schema_version() + 1
    assert grown.pending(db) == []


def test_a_first_run_that_was_killed_is_begun_again(path: Path) -> None:
    path.with_name(f"{path.name}.part").write_bytes(b"half a database")
    open_writer(path).close()
    assert [found.name for found in path.parent.iterdir()] == [path.name]


WRITER = """
import sys
from pathlib import Path
from store.database import open_writer
from tests.store_kit import keep_numbered
db = open_writer(Path(sys.argv[1]))
print("open", flush=True)
for number in range(10_000):
    keep_numbered(db, number)
    print(number, flush=True)
"""


def after_rerun(db: Database, count: int) -> dict[str, list[tuple[object, ...]]]:
    for number in range(count):
        keep_numbered(db, number)
    return dump(db)


def undisturbed(folder: Path, count: int) -> dict[str, list[tuple[object, ...]]]:
    with closing(new_database(folder)) as db:
        return after_rerun(db, count)


@pytest.mark.crash
@pytest.mark.parametrize("attempt", range(5))
def test_a_killed_writer_leaves_whole_reports_and_loses_nothing_acknowledged(path: Path, attempt: int) -> None:
    moment = random.Random(attempt).uniform(0.05, 0.5)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n"
        time.sleep(moment)
        child.send_signal(signal.SIGKILL)
        acknowledged = child.stdout.read().splitlines()
    with closing(open_writer(path)) as db:
        assert pragma(db, "integrity_check") == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        reports = db.table("reports").count
        assert len(acknowledged) <= reports <= len(acknowledged) + 1
        whole = db.execute("SELECT count(*) FROM requests GROUP BY report_id").fetchall()
        assert whole == [(25,)] * reports
        begun = db.table("documents").count
        assert after_rerun(db, begun) == undisturbed(path.parent / "quiet", begun)


def test_a_backup_is_a_whole_database_and_only_the_newest_are_kept(db: Database, path: Path) -> None:
    keep(db, 1, reading())
    folder = path.parent / "backups"
    copies = [back_up(path, folder, f"2024010{day}", keep=2) for day in range(1, 5)]
    assert sorted(folder.iterdir()) == copies[-2:]
    with closing(open_writer(copies[-1])) as copy:
        assert copy.table("reports").count == 1
