"""Questions about one region look at that region only, however many agency-years there are."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from benchmarks.store import QUESTIONS, WORDS
from benchmarks.store import main as benchmark
from tests.store_kit import keep, new_database, reading, source

BIG = ("reports", "agencies", "requests", "review", "disclosure", "findings", "fetches", "sources", "placements")
ALIASES = ("a", "r", "p", "o", "s", "f", "later", "earlier")
_WHOLE = re.compile(rf"^SCAN (?:{'|'.join((*BIG, *ALIASES))})\b")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        keep(opened, 1, reading(year=2022), source("1", region="990001"))
        keep(opened, 2, reading(year=2023), source("2", region="990001"))
        yield opened


def scans(db: Database, question: str) -> list[str]:
    return [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {question}").fetchall() if _WHOLE.match(row[3])]


@pytest.mark.parametrize("name", QUESTIONS)
def test_one_region_is_found_by_an_index(db: Database, name: str) -> None:
    assert scans(db, QUESTIONS[name]) == []
    assert name == "missing" or db.execute(QUESTIONS[name]).fetchall()


def test_a_look_at_everything_would_be_seen(db: Database) -> None:
    assert scans(db, "SELECT * FROM reports r WHERE title = ''") == ["SCAN r"]


def test_the_benchmark_prints_a_line_a_size(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.store.STEPS", (500,))
    benchmark(["--rows", "900", "--text"])
    header, *lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["500", "900"]
    assert all(len(line.split()) == 6 + len(QUESTIONS) + len(WORDS) for line in lines), header
