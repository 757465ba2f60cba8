"""Reports that their portals have taken down: kept, marked with the day, and told by the coverage."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from extract.reading import EXTRACTOR
from store.coverage import matrix
from store.explain import explain
from store.readings import record_arrival, save_reading
from store.records import Fetch, Source
from store.tables.schema import SCHEMA
from store.visits import Listed, listed_on
from store.withdrawals import note_back, note_withdrawn
from tests.store_kit import new_database, reading

LIST, URL = "http://a.example/nb/", "http://a.example/nb/1.html"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        fetch = Fetch(URL, "2025-01-02T20:00:00+00:00", 200, "ok", "", "ab" * 32)
        record_arrival(opened, fetch, "text/html", 1, Source(URL, parent_url=LIST, link_text="2023年年报"))
        save_reading(opened, fetch.sha256, reading(), EXTRACTOR)
        yield opened


def reasons(db: Database) -> dict[int, tuple[str, str]]:
    return {place.year: (place.status, place.reason) for place in matrix(db).places if place.report_id}


def test_coverage_keeps_a_withdrawn_report_and_says_since_when(db: Database) -> None:
    note_withdrawn(db, URL, "2025-02-03")
    note_withdrawn(db, URL, "2025-02-09")
    assert reasons(db) == {2023: ("complete", "withdrawn by its portal: not there since 2025-02-03")}
    db.execute("UPDATE reports SET reason = 'some tables only'")
    assert reasons(db)[2023][1] == "some tables only; withdrawn by its portal: not there since 2025-02-03"
    note_back(db, URL)
    assert reasons(db)[2023][1] == "some tables only"


def test_explain_says_since_when_a_report_is_not_there(db: Database) -> None:
    [[agency]] = db.execute("SELECT agency_id FROM reports").fetchall()
    assert explain(db, agency, 2023).reason == ""
    note_withdrawn(db, URL, "2025-02-03")
    assert explain(db, agency, 2023).reason == "withdrawn by its portal: not there since 2025-02-03"


def test_only_documents_are_withdrawn(db: Database) -> None:
    note_withdrawn(db, LIST, "2025-02-03")
    assert db.execute("SELECT * FROM withdrawn").fetchall() == []


def test_what_a_list_has_led_to_is_known(db: Database) -> None:
    assert listed_on(db, LIST) == (Listed(URL, "2023年年报"),)
    assert listed_on(db, URL) == ()


def test_an_older_database_gets_the_table_and_the_view() -> None:
    db = Database(memory=True)
    SCHEMA.apply(db, stop_before="0016_withdrawn_reports")
    SCHEMA.apply(db)
    assert "withdrawn" in db.table_names()
    assert db.execute("SELECT count(*) FROM coverage").fetchone() == (0,)
