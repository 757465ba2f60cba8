"""Run the real commands in a child process, as a user does, and look at what they left behind."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
QUICK = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "False",
    "RETRY_TIMES": "0",
    "DOWNLOAD_TIMEOUT": "3",
    "READER_NICENESS": "0",
    "LOOKERS": "1",
    "READER_WORKERS": "1",
}
"""Settings that only make a test quick; what a test is about it sets itself."""

SIDE_BY_SIDE = {"LOOKERS": 2, "READER_WORKERS": 2}
"""As many processes as by default: for tests of many hosts or documents, of kills and of what one process must not
hold up."""

NOT_COMPARED = ("fetches", "runs", "_sqlite_migrations", "sections_fts")
"""The logs, the date of the migrations, and the index, whose pages are laid out in order of arrival."""

TIMES = {"first_seen", "last_changed", "at"}


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str
    database: Path

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return rows(self.database, sql)

    def outcomes(self, base: str) -> dict[str, str]:
        """The last outcome of each URL, by the part after ``base``."""
        found = self.rows("SELECT url, outcome FROM fetches ORDER BY id")
        return {url.removeprefix(base): outcome for url, outcome in found}

    def details(self, base: str) -> dict[str, str]:
        return {url.removeprefix(base): detail for url, detail in self.rows("SELECT url, detail FROM fetches")}


NAMED = """
import json, os, socket, sys
names, real = json.loads(os.environ["TEST_NAMES"]), socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: real(names.get(host, host), *rest, **more)
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[1:]])
"""
"""Scrapy with a resolver that knows some invented names; everything else is as it is."""


_CHILD = ("sh", "-c", '"$@"; exit "$?"', "sh")
"""The kernel counts a process's peak memory from that of the one it was made from: a shell's is small, pytest's is not."""


def scrapy(*arguments: str, cwd: Path = ROOT, environment: dict[str, str] | None = None) -> Run:
    program = ["-c", NAMED] if "TEST_NAMES" in (environment or {}) else ["-m", "scrapy"]
    done = subprocess.run(
        [*_CHILD, sys.executable, "-W", "error::DeprecationWarning", *program, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
    )
    return Run(done.returncode, done.stdout, done.stderr, Path())


def crawl_command(folder: Path, seeds: Iterable[str], arguments: Iterable[str] = (), **settings: object) -> list[str]:
    folder.mkdir(exist_ok=True)
    file = folder / "seeds.csv"
    file.write_text("url,agency,region,note\n" + "".join(f"{seed}\n" for seed in seeds), encoding="utf-8")
    command = ["crawl", "annual_reports", "-a", f"seeds={file}", "-s", f"DATA_DIR={folder / 'data'}"]
    for argument in arguments:
        command += ["-a", argument]
    for name, value in {**QUICK, **settings}.items():
        command += ["-s", f"{name}={value}"]
    return command


def crawl(
    folder: Path,
    *seeds: str,
    arguments: Iterable[str] = (),
    environment: dict[str, str] | None = None,
    **settings: object,
) -> Run:
    """Run the crawl on seed rows (a URL alone stands for a row with nothing else)."""
    rows_ = [seed if "," in seed else f"{seed},,," for seed in seeds]
    run = scrapy(*crawl_command(folder, rows_, arguments, **settings), environment=environment)
    return Run(run.code, run.out, run.err, folder / "data" / "annual_reports.db")


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


def dump(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the database says, but times and the logs of fetches and runs."""
    tables = [name for [name] in rows(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {table: _content(database, table) for table in tables if not table.startswith(NOT_COMPARED)}


def _content(database: Path, table: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in rows(database, f"PRAGMA table_info({table})") if row[1] not in TIMES]
    named = ", ".join(f'"{column}"' for column in columns)
    return sorted(rows(database, f"SELECT {named} FROM {table}"), key=repr)
