"""Every earlier version of a report can be asked for: what was fetched by a day, folded as it was then."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.as_of import as_of, versions
from store.database import DATABASE_NAME
from store.explain import NotFoundError, explain
from store.fetches import record_fetch
from store.records import Fetch
from tests.site.run import scrapy
from tests.store_kit import ADDS_UP, AGENCY, Values, dump, keep, new_database, reading, sha, source

CORRECTED: Values = {**ADDS_UP, ("disclosure", "fees", "amount"): 99.5}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A report fetched on 20 January, corrected at the same address on 5 March, with a copy found in June."""
    with closing(new_database(tmp_path)) as opened:
        copy = source("copy.html", host="copy.yunling.example")
        told = f"{AGENCY}2023年政府信息公开工作年度报告（更正）"
        for number, what, where, at in (
            (1, reading(ADDS_UP), source("a.html"), "2024-01-20T02:00:00+00:00"),
            (2, reading(CORRECTED), source("a.html", link_text=told), "2024-03-05T16:30:00+00:00"),
            (3, reading(CORRECTED), copy, "2024-06-01T02:00:00+00:00"),
        ):
            record_fetch(opened, Fetch(where.url, at, 200, "ok", sha256=sha(number)))
            keep(opened, number, what, where)
        yield opened


def fees(db: Database, day: str) -> object:
    with closing(as_of(db, AGENCY, 2023, date.fromisoformat(day))) as past:
        [cell] = explain(past, AGENCY, 2023, "dis_fees_amount").cells
        return cell.cell.value


def correct(db: Database) -> None:
    columns = 'sha256, table_name, row, item, "column", value, state, agency, year, note, reviewer, date, expected_raw'
    correction = (sha(1), "disclosure", "fees", "", "amount", 30.5, "", "", None, "", "someone", "2024-02-10", "25.1")
    db.execute(f"INSERT INTO corrections ({columns}) VALUES ({', '.join('?' * 13)})", correction)


@pytest.mark.parametrize(
    ("day", "value"),
    [("2024-01-20", 25.1), ("2024-03-05", 25.1), ("2024-03-06", 99.5), ("2024-12-31", 99.5)],
)
def test_the_figure_is_that_of_the_day_in_china(db: Database, day: str, value: float) -> None:
    """16:30 UTC on 5 March is already 6 March in China."""
    assert fees(db, day) == value


def test_before_the_first_version_there_is_nothing(db: Database) -> None:
    with pytest.raises(NotFoundError, match="nothing was fetched by 2024-01-19; the first version is of 2024-01-20T02"):
        as_of(db, AGENCY, 2023, date(2024, 1, 19))


def told(db: Database) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(version.day), version.documents) for version in versions(db, AGENCY, 2023)]


def test_a_copy_that_says_the_same_is_no_version(db: Database) -> None:
    assert told(db) == [("2024-01-20", (sha(1),)), ("2024-03-06", (sha(2),))]


def test_a_page_and_its_attachment_of_one_day_are_one_version(db: Database) -> None:
    """The page has the text and no table; the attachment with the tables was fetched a minute later."""
    page, attachment = source("b.html", agency="清江市水务局"), source("b.docx", agency="清江市水务局")
    for number, values, where, at in ((4, {}, page, "00"), (5, ADDS_UP, attachment, "01")):
        record_fetch(db, Fetch(where.url, f"2024-01-25T02:{at}:00+00:00", 200, "ok", sha256=sha(number)))
        keep(db, number, reading(values, agency="清江市水务局"), where)
    assert [(str(one.day), one.documents) for one in versions(db, "清江市水务局", 2023)] == [
        ("2024-01-25", (sha(4), sha(5)))
    ]


def test_what_a_person_corrected_is_a_version(db: Database) -> None:
    correct(db)
    assert told(db)[:2] == [("2024-01-20", (sha(1),)), ("2024-02-10", ())]


def test_the_latest_version_is_the_report_as_it_is(db: Database) -> None:
    now = dump(db)
    with closing(as_of(db, AGENCY, 2023, date(2030, 1, 1))) as past:
        assert dump(past) == now
    assert dump(db) == now, "asking changes nothing"


def test_a_correction_by_a_person_counts_from_its_own_day(db: Database) -> None:
    correct(db)
    assert fees(db, "2024-02-09") == 25.1
    assert fees(db, "2024-02-10") == 30.5


def test_the_command_asks_for_a_day(db: Database, tmp_path: Path) -> None:
    data = f"DATA_DIR={tmp_path}"
    assert (tmp_path / DATABASE_NAME).exists()
    then = scrapy("explain", "--as-of", "2024-02-01", AGENCY, "2023", "dis_fees_amount", "-s", data)
    now = scrapy("explain", AGENCY, "2023", "dis_fees_amount", "-s", data)
    early = scrapy("explain", "--as-of", "2023-02-01", AGENCY, "2023", "-s", data)
    assert (then.code, now.code, early.code) == (0, 0, 2), then.err
    assert "25.1" in then.out
    assert sha(1) in then.out
    assert "99.5" in now.out
    assert "versions of 2024-01-20, 2024-03-06 (--as-of shows one)" in now.out
    assert "versions" not in then.out
    assert "nothing was fetched by 2023-02-01" in early.err
