"""Backups, the published copy, restoring, and the files for timers."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from store.backup import back_up, copy_whole, restore
from store.database import DATABASE_NAME, open_reader, open_writer
from store.errors import DatabaseDamagedError, DatabaseMissingError
from store.lock import night_lock
from tests.site.run import ROOT, scrapy
from tests.store_kit import dump, keep_numbered, new_database

DEPLOY = ROOT / "deploy"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(new_database(tmp_path)) as db:
        for number in range(3):
            keep_numbered(db, number)
    return tmp_path / DATABASE_NAME


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(open_reader(path)) as db:
        return dump(db)


def test_a_restored_database_is_the_one_that_was_backed_up(path: Path) -> None:
    before = content(path)
    copy = back_up(path, path.parent / "backups", "20240101T000000Z")
    with closing(open_writer(path)) as db:
        keep_numbered(db, 7)
        later = dump(db)
        aside = restore(copy, path)
    assert content(path) == before != later
    assert aside is not None
    assert content(aside) == later, "what was replaced is kept, with what was still in its -wal file"
    with closing(open_writer(path)) as db:
        keep_numbered(db, 8)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert content(copy) == before, "a backup is never written to"


def test_a_damaged_backup_replaces_nothing(path: Path) -> None:
    before = content(path)
    copy = back_up(path, path.parent / "backups", "20240101T000000Z")
    data = bytearray(copy.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    copy.write_bytes(data)
    with pytest.raises(DatabaseDamagedError):
        restore(copy, path)
    copy.write_bytes(b"nonsense" * 1000)
    with pytest.raises(DatabaseDamagedError):
        restore(copy, path)
    with pytest.raises(DatabaseMissingError):
        restore(copy.with_name("none.db"), path)
    assert content(path) == before
    assert not [file.name for file in path.parent.iterdir() if re.search(r"\.part|restore", file.name)]


def test_a_copy_that_fails_leaves_the_former_one(path: Path) -> None:
    target = path.parent / "published" / DATABASE_NAME
    copy_whole(path, target)
    before = target.read_bytes()
    path.write_bytes(b"nonsense" * 1000)
    with pytest.raises(DatabaseDamagedError):
        copy_whole(path, target)
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_a_reader_of_the_published_copy_goes_on_reading_it(path: Path) -> None:
    target = copy_whole(path, path.parent / "published" / DATABASE_NAME)
    with closing(sqlite3.connect(f"file:{target}?mode=ro", uri=True)) as reader:
        rows = reader.execute("SELECT id FROM reports").fetchall()
        with closing(open_writer(path)) as db:
            keep_numbered(db, 9)
        copy_whole(path, target)
        assert reader.execute("SELECT id FROM reports").fetchall() == rows
    assert len(content(target)["reports"]) == 4


def test_the_command_restores_the_newest_or_the_named(path: Path) -> None:
    data = f"DATA_DIR={path.parent}"
    none = scrapy("restore", "-s", data)
    assert (none.code, "no backup here" in none.err) == (2, True)
    old = back_up(path, path.parent / "backups", "20240101T000000Z")
    with closing(open_writer(path)) as db:
        keep_numbered(db, 7)
    back_up(path, path.parent / "backups", "20240102T000000Z")
    assert scrapy("restore", str(old), "-s", data).code == 0
    assert len(content(path)["reports"]) == 3
    again = scrapy("restore", "-s", data)
    assert again.code == 0, again.err
    assert len(content(path)["reports"]) == 4
    assert "The former database is" in again.out


def test_nothing_is_restored_while_a_run_goes_on(path: Path) -> None:
    back_up(path, path.parent / "backups", "20240101T000000Z")
    with night_lock(path.parent):
        run = scrapy("restore", "-s", f"DATA_DIR={path.parent}")
    assert (run.code, "already running" in run.err) == (2, True)


# --- deploy/ ---------------------------------------------------------------------------------------------------------


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze")
    for file in DEPLOY.glob("annual-reports.*"):
        text = file.read_text(encoding="utf-8")
        # The program's folder is the operator's; here any program that exists will do.
        (tmp_path / file.name).write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={shutil.which('true')}", text))
    units = [str(tmp_path / f"annual-reports.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_schedules_run_the_documented_command() -> None:
    command = ".venv/bin/scrapy crawl annual_reports -s DATA_DIR="
    texts = {path.suffix: path.read_text(encoding="utf-8") for path in DEPLOY.iterdir()}
    assert command in texts[".service"]
    [line] = [line for line in texts[".cron"].splitlines() if "scrapy" in line]
    assert re.fullmatch(r"(\S+ ){5}annual-reports cd \S+ && .*", line)
    assert command in line


def test_a_stopped_service_has_time_to_end_the_run() -> None:
    text = (DEPLOY / "annual-reports.service").read_text(encoding="utf-8")
    assert "KillSignal=SIGTERM" in text
    assert "SuccessExitStatus=1\n" in text
