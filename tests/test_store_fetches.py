"""The log of fetches and what is known of a URL from it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.fetches import OUTCOMES, known, record_fetch
from store.readings import record_damage
from store.records import Fetch, Known
from tests.store_kit import new_database, sha

URL = "http://www.yunling.example/nb/"
GOOD = Fetch(URL, "2024-02-01T01:02:03+00:00", 200, "ok", "", sha(1), '"v1"', "Thu, 01 Feb 2024 00:00:00 GMT")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        yield opened


def fetch(outcome: str, **other: str) -> Fetch:
    return Fetch(URL, "2024-02-02T01:02:03+00:00", 0, outcome, **other)


def test_every_fetch_is_a_row(db: Database) -> None:
    ids = [record_fetch(db, found) for found in (GOOD, fetch("unchanged"), fetch("blocked", detail="jsl"))]
    assert ids == [1, 2, 3]
    rows = list(db.query("SELECT outcome, detail, sha256, etag FROM fetches ORDER BY id"))
    assert rows[0] == {"outcome": "ok", "detail": "", "sha256": sha(1), "etag": '"v1"'}
    assert rows[2] == {"outcome": "blocked", "detail": "jsl", "sha256": None, "etag": None}


@pytest.mark.parametrize("outcome", [word for word in OUTCOMES if word != "ok"])
def test_a_later_fetch_without_a_good_body_does_not_lose_the_validators(db: Database, outcome: str) -> None:
    assert known(db, URL) is None
    record_fetch(db, GOOD)
    record_fetch(db, fetch(outcome, sha256=sha(2), etag='"challenge"'))
    assert known(db, URL) == Known(sha(1), '"v1"', "Thu, 01 Feb 2024 00:00:00 GMT")


def test_the_newest_body_counts(db: Database) -> None:
    record_fetch(db, GOOD)
    record_fetch(db, fetch("ok", sha256=sha(2)))
    assert known(db, URL) == Known(sha(2), "", "")
    assert known(db, URL + "other") is None


def test_a_damaged_body_is_not_known_until_it_is_fetched_again(db: Database) -> None:
    record_fetch(db, GOOD)
    record_damage(db, sha(1), "the content does not match its name")
    assert known(db, URL) is None
    record_fetch(db, GOOD)
    assert known(db, URL) is not None


def test_an_outcome_nobody_knows_is_refused(db: Database) -> None:
    with pytest.raises(ValueError, match="banned"):
        record_fetch(db, fetch("banned"))


def test_text_no_database_takes_is_kept_readable(db: Database) -> None:
    record_fetch(db, fetch("unreachable", detail="lone \ud800 and \x00"))
    assert db.execute("SELECT detail FROM fetches").fetchone() == ("lone \ufffd and \ufffd",)
