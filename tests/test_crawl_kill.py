"""Kill the crawl at random moments: whatever is left, the next run ends where an undisturbed one does."""

import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.server import PORTAL, serve_portal
from store.lock import LOCK_NAME
from tests.site.run import ROOT, SIDE_BY_SIDE, crawl_command, dump, rows

pytestmark = pytest.mark.crash

KILLS = 18
"""All fall while the crawl works: before it holds its data folder there is nothing yet that a kill could spoil."""

IN_A_ROW = 3
"""Kills of one data folder before it is let run to the end."""

SEED = 20210
DELAY_S = 0.02


@pytest.fixture(scope="module")
def seeds() -> Iterator[list[str]]:
    with serve_portal() as port:
        text = (PORTAL.parent / "seeds.csv").read_text(encoding="utf-8").replace("{port}", str(port))
        yield text.splitlines()[1:]


def start(folder: Path, seeds: list[str]) -> "subprocess.Popen[bytes]":
    command = crawl_command(folder, seeds, DOWNLOAD_DELAY=DELAY_S, **SIDE_BY_SIDE)
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def wait_for_work(process: "subprocess.Popen[bytes]", folder: Path) -> float:
    """Wait until a run holds its data folder, and give the moment."""
    lock = folder / "data" / LOCK_NAME
    deadline = time.monotonic() + 60
    while not (lock.exists() and lock.read_text(encoding="ascii") == str(process.pid)):
        assert process.poll() is None, "it ended before it began"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return time.monotonic()


def finish(folder: Path, seeds: list[str]) -> float:
    """Let a run come to its end; 1 is for the portal's damaged attachment, unless a killed run has had it already."""
    with start(folder, seeds) as process:
        began = wait_for_work(process, folder)
        _, err = process.communicate(timeout=120)
    assert process.returncode in {0, 1}, err.decode()
    assert b"Traceback" not in err, err.decode()
    return time.monotonic() - began


def check(data: Path) -> None:
    """What must hold at any moment, also right after a kill."""
    database = data / "annual_reports.db"
    if not database.exists():
        return
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    mentioned = rows(database, "SELECT sha256 FROM fetches WHERE sha256 IS NOT NULL UNION SELECT sha256 FROM documents")
    for [digest] in mentioned:
        assert sha256((data / "archive" / digest[:2] / digest).read_bytes()).hexdigest() == digest


def cut_power(archive: Path) -> None:
    """Take away what a power cut takes of files that were not forced to disk: all that stand in a journal."""
    for journal in archive.glob("journal-*"):
        for digest in re.findall(rb"([0-9a-f]{64}) \d+\n", journal.read_bytes()):
            path = archive / digest[:2].decode() / digest.decode()
            if path.exists():
                path.write_bytes(b"")


@pytest.fixture(scope="module")
def golden(seeds: list[str], tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], float]:
    folder = tmp_path_factory.mktemp("golden")
    took = finish(folder, seeds)
    return dump(folder / "data" / "annual_reports.db"), took


@pytest.mark.parametrize("round_", range(KILLS // IN_A_ROW))
def test_killed_at_random_moments(
    round_: int, seeds: list[str], golden: tuple[dict[str, Any], float], tmp_path: Path
) -> None:
    expected, took = golden
    chance = random.Random(SEED + round_)
    for _ in range(IN_A_ROW):
        with start(tmp_path, seeds) as process:
            wait_for_work(process, tmp_path)
            time.sleep(chance.uniform(0, took))
            process.send_signal(signal.SIGKILL)
            process.wait()
        check(tmp_path / "data")
    if round_ % 2:
        cut_power(tmp_path / "data" / "archive")
    finish(tmp_path, seeds)
    check(tmp_path / "data")
    assert not [*(tmp_path / "data" / "archive").glob("*/*.part")]
    assert not [*(tmp_path / "data" / "archive").glob("journal-*")]
    assert dump(tmp_path / "data" / "annual_reports.db") == expected
    if round_ == 0:
        check_rest(tmp_path, seeds, expected)


def check_rest(folder: Path, seeds: list[str], expected: dict[str, Any]) -> None:
    """The night after asks for lists only, as if no run had been killed: nothing is owed."""
    database = folder / "data" / "annual_reports.db"
    [[last]] = rows(database, "SELECT max(id) FROM fetches")
    finish(folder, seeds)
    asked = rows(database, f"SELECT url FROM fetches WHERE id > {last} AND url IN (SELECT url FROM sources)")
    assert asked == []
    assert dump(database) == expected
