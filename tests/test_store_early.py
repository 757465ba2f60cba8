"""A year that was not over when the report was there is a misprint: the report waits for a person, never for a row."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.fetches import record_fetch
from store.fold.adopt import adopt
from store.people.corrections import HEADER
from store.records import Fetch
from tests.store_kit import AGENCY, REGION, keep, new_database, reading, sha, source

REPORT = f"{REGION}-{AGENCY}-2023"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        yield opened


def fetched(db: Database, at: str, listed_on: str = "", year: int = 2023) -> list[str]:
    where = source(listed_on=listed_on)
    record_fetch(db, Fetch(where.url, f"{at}T02:00:00+00:00", 200, "ok", sha256=sha(1)))
    return keep(db, 1, reading(year=year), where)


def problems(db: Database) -> list[str]:
    return [problem for [problem] in db.execute("SELECT problem FROM unresolved").fetchall()]


@pytest.mark.parametrize("day", ["2023-01-20", "2023-10-31", "2022-12-01"])
def test_a_report_is_not_older_than_its_year(db: Database, day: str) -> None:
    assert fetched(db, day) == []
    assert problems(db) == [f"it names 2023, and was there on {day}, before that year was over"]


@pytest.mark.parametrize("day", ["2023-11-01", "2023-12-20", "2024-01-10", "2026-05-01"])
def test_some_publish_before_their_year_has_ended(db: Database, day: str) -> None:
    assert fetched(db, day) == [REPORT]
    assert problems(db) == []


def test_what_was_there_early_stays_so_when_it_is_had_again(db: Database) -> None:
    fetched(db, "2023-02-01")
    assert fetched(db, "2024-02-01") == []
    assert len(problems(db)) == 1
    assert db.table("reports").count == 0


@pytest.mark.parametrize("year", ["2022", "2023"])
def test_a_person_says_which_year_it_is(db: Database, tmp_path: Path, year: str) -> None:
    fetched(db, "2023-02-01")
    line = {"sha256": sha(1), "year": year, "reviewer": "王工", "date": "2023-02-02", "expected_raw": "2023"}
    rows = [",".join(HEADER), ",".join(line.get(name, "") for name in HEADER)]
    (tmp_path / "corrections.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    adopt(db, tmp_path / "decisions.csv", tmp_path / "corrections.csv")
    assert [row[0] for row in db.execute("SELECT id FROM reports").fetchall()] == [f"{REGION}-{AGENCY}-{year}"]
    assert problems(db) == []


def test_a_day_in_a_list_is_told_and_decides_nothing(db: Database) -> None:
    """Lists keep the day of a page that is rewritten every year."""
    assert fetched(db, "2026-05-01", listed_on="2023-01-20") == [REPORT]
    rows = db.execute("SELECT verdict, expected, actual FROM findings WHERE rule = 'year_elsewhere'").fetchall()
    assert rows == [("NOT_ASSESSABLE", 2023, "2023-01-20")]
