"""What the log tells of a URL's visits: how often, since when, how old its content is, and what is still owed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from extract.reading import EXTRACTOR
from store.fetches import record_fetch
from store.readings import record_arrival, save_reading
from store.records import Fetch, Source
from store.runs import finish_run, start_run
from store.tables.schema import SCHEMA
from store.visits import (
    Visits,
    ends_of_runs,
    is_source,
    is_unsettled,
    moved_to,
    note_leads,
    published,
    published_by,
    visits,
    was_asked,
)
from tests.store_kit import new_database, reading

URL = "http://a.example/1.html"
DIGEST = "ab" * 32


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        yield opened


def fetch(day: int, outcome: str = "ok", detail: str = "", url: str = URL, leads_on: bool = False) -> Fetch:
    return Fetch(url, f"2025-01-{day:02}T20:00:00+00:00", 200, outcome, detail, DIGEST, leads_on=leads_on)


def test_only_what_was_had_is_a_visit(db: Database) -> None:
    assert (visits(db, URL), was_asked(db, URL)) == (None, False)
    for day, outcome in ((1, "server_error"), (2, "ok"), (3, "unreachable"), (5, "unchanged"), (6, "not_found")):
        record_fetch(db, fetch(day, outcome))
    assert visits(db, URL) == Visits(2, date(2025, 1, 2), date(2025, 1, 5), 4)
    assert was_asked(db, URL)
    assert not is_source(db, URL)


def test_the_last_redirect_counts(db: Database) -> None:
    record_fetch(db, fetch(1, "redirected", "http://a.example/2.html"))
    assert (moved_to(db, URL), moved_to(db, "http://a.example/2.html")) == ("http://a.example/2.html", "")
    record_fetch(db, fetch(2))
    assert moved_to(db, URL) == ""


def test_a_night_is_over_when_a_run_came_to_its_end(db: Database) -> None:
    record_fetch(db, fetch(1))
    start_run(db)  # killed
    record_fetch(db, fetch(1))
    finish_run(db, start_run(db), "finished", {})
    record_fetch(db, fetch(2))
    finish_run(db, start_run(db), "closespider_timeout", {})
    finish_run(db, start_run(db), "finished", {})
    assert ends_of_runs(db) == (2, 3)


@pytest.mark.parametrize(
    ("listed_on", "printed", "year", "expected"),
    [
        ("2024-01-29", "2024-01-30", 2023, date(2024, 1, 29)),
        ("", "2024-01-30", 2023, date(2024, 1, 30)),
        ("", None, 2023, published_by(2023)),
        ("", None, None, None),
    ],
)
def test_how_old_it_is(
    db: Database, listed_on: str, printed: str | None, year: int | None, expected: date | None
) -> None:
    record_arrival(db, fetch(1), "text/html", 1, Source(URL, listed_on=listed_on))
    assert published(db, URL, DIGEST) == (date(2024, 1, 29) if listed_on else None)
    save_reading(db, DIGEST, reading(year=year, published=printed), EXTRACTOR)
    assert published(db, URL, DIGEST) == expected


def test_a_page_is_unsettled_until_it_leads_to_nothing_more(db: Database) -> None:
    record_fetch(db, fetch(1, leads_on=True))
    record_fetch(db, fetch(2, "server_error"))
    assert is_unsettled(db, URL)
    note_leads(db, URL, False)
    assert not is_unsettled(db, URL)
    record_fetch(db, fetch(3, "unchanged", leads_on=True))
    assert is_unsettled(db, URL)
    record_fetch(db, fetch(4))
    assert not is_unsettled(db, URL)


def test_pages_kept_by_an_earlier_version_are_looked_through_once() -> None:
    db = Database(memory=True)
    SCHEMA.apply(db, stop_before="0012_unsettled_pages")
    for digest, kind in (("aa", "text/html"), ("bb", "application/pdf")):
        db.execute("INSERT INTO documents (sha256, media_type, bytes) VALUES (?, ?, 1)", (digest, kind))
        db.execute("INSERT INTO sources VALUES (?, ?, '', '', '', '', '', '')", (digest, f"http://a.example/{digest}"))
    SCHEMA.apply(db)
    assert db.execute("SELECT url FROM unsettled").fetchall() == [("http://a.example/aa",)]
