"""Agency by year: what is there, what is missing, why; and what does not add up."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from rich.cells import cell_len
from sqlite_utils import Database

from extract.model import Reading
from store.coverage import failures, matrix, render, render_failures, to_json
from store.fetches import record_fetch
from store.readings import record_damage, record_document
from store.records import Fetch
from tests.store_kit import ADDS_UP, DOES_NOT, SECTIONS, keep, new_database, reading, sha, source

LIST = source().parent_url


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        yield opened


@pytest.fixture
def years(db: Database) -> Database:
    keep(db, 1, reading(ADDS_UP, year=2019), source("1"))
    keep(db, 2, reading(DOES_NOT, year=2020), source("2"))
    keep(db, 3, reading(absent=("review",), year=2021), source("3"))
    keep(db, 5, Reading("text/html", "partial", "云岭市教育局", 2023, sections=SECTIONS), source("5"))
    scan = Reading("application/pdf", "needs_ocr", detail="pictures only")
    keep(db, 6, scan, source("6", link_text="云岭市教育局2024年政府信息公开工作年度报告"))
    keep(db, 7, reading(agency="雾江区水利局", year=2021), source("7", host="wj.example", region=""))
    return db


def statuses(db: Database) -> dict[int, str]:
    return {place.year: place.status for place in matrix(db).places if place.agency == "云岭市教育局"}


def test_every_year_between_the_first_and_the_last_has_a_row(years: Database) -> None:
    assert statuses(years) == {
        2019: "complete",
        2020: "complete",
        2021: "partial",
        2022: "not_found",
        2023: "narrative",
        2024: "unreadable",
    }
    reasons = {place.year: place.reason for place in matrix(years).places}
    assert reasons[2022] == "no report for this year was found where the agency's reports are listed"
    assert reasons[2024] == "needs_ocr: pictures only"


def test_blocked_from_here_is_a_reason_and_not_an_absence(years: Database) -> None:
    record_fetch(years, Fetch(LIST, "2024-02-01T00:00:00+00:00", 200, "ok", sha256=sha(90)))
    record_fetch(years, Fetch(LIST, "2024-02-02T00:00:00+00:00", 412, "blocked", "ruishu"))
    [missing] = [place for place in matrix(years).places if place.year == 2022]
    assert (missing.status, missing.looked_at, missing.looked_on) == ("blocked", LIST, "2024-02-02T00:00:00+00:00")
    assert missing.reason == "the page that lists its reports could not be read: blocked ruishu"
    record_fetch(years, Fetch(LIST, "2024-02-03T00:00:00+00:00", 304, "unchanged"))
    [missing] = [place for place in matrix(years).places if place.year == 2022]
    assert (missing.status, missing.looked_at, missing.looked_on) == ("not_found", LIST, "2024-02-03T00:00:00+00:00")
    assert missing.reason.startswith("no report for this year was found")


def test_the_table_lines_up_under_double_width_characters(years: Database) -> None:
    lines = render(matrix(years)).splitlines()[:3]
    assert lines[0].split() == ["agency", "region", "2019", "2020", "2021", "2022", "2023", "2024"]
    assert lines[1].split() == ["云岭市教育局", "990100", "ok", "ok!", "part", "-", "text", "unread"]
    assert lines[2].split() == ["雾江区水利局", "?", "ok"]
    places = {cell_len(line[: line.index(word)]) for line, word in zip(lines, ("2021", "part", "ok"), strict=True)}
    assert len(places) == 1


def test_what_belongs_to_no_row_is_still_told(years: Database) -> None:
    keep(years, 8, reading(agency=None), source("8"))
    record_document(years, sha(9), "text/html", 10, source("9"))
    record_damage(years, sha(1), "altered")
    record_fetch(years, Fetch("http://x.example/\x1b[31m", "2024-02-02T00:00:00+00:00", 0, "unreachable", "reset"))
    text = render(matrix(years))
    assert f"{source('8').url}: neither the document nor its link, page or seed names an agency" in text
    assert f"{sha(1)}: altered" in text
    assert "unreachable: 1" in text
    assert "not read yet: 1" in text
    assert "\x1b" not in text


def test_the_json_holds_the_same(years: Database) -> None:
    found = json.loads(json.dumps(to_json(matrix(years)), ensure_ascii=False))
    assert [place["status"] for place in found["places"]].count("not_found") == 1
    assert found.keys() == {"places", "unresolved", "damaged", "unfetched", "due", "undecided", "open_corrections"}


def test_what_does_not_add_up(years: Database) -> None:
    found = failures(years)
    assert {(failure.agency, failure.year) for failure in found} == {("云岭市教育局", 2020)}
    [row] = [failure for failure in found if failure.rule == "row_total"]
    assert json.loads(row.where) == {"table": "requests", "row": "new"}
    assert {row.expected, row.actual} == {3, 4}
    assert "云岭市教育局 2020  row_total" in render_failures(found)


def test_an_empty_database_is_an_empty_answer(db: Database) -> None:
    assert render(matrix(db)) == ""
    assert failures(db) == []
    assert render_failures([]) == ""
