"""Every status of the coverage, each with its evidence; who is expected, and what is due on which day."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.coverage import Place, matrix
from store.database import write
from store.expected import Expected, read_expected, save_expected
from store.fetches import OUTCOMES, record_fetch
from store.people.reviewing import ReviewError
from store.records import Fetch
from store.runs import judge_run, start_run
from store.tables.coverage_view import STATUSES
from tests.site import column, serve
from tests.site.run import crawl
from tests.store_kit import AGENCY, REGION, keep, new_database, reading, sha, source

LIST = source().parent_url
GOVERNMENT = "云岭市人民政府"
SEED = "http://www.yunling.example/ghj/"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        yield opened


def on(db: Database, day: str) -> None:
    judge_run(db, start_run(db), day, (), ())


def places(db: Database, agency: str = AGENCY) -> dict[int, Place]:
    return {place.year: place for place in matrix(db).places if place.agency == agency}


def statuses(db: Database, agency: str = AGENCY) -> dict[int, str]:
    return {year: place.status for year, place in places(db, agency).items()}


@pytest.mark.parametrize(
    ("day", "bureau", "government"),
    [
        ("2024-12-31", {2023: "complete"}, {2023: "complete"}),
        ("2025-01-01", {2023: "complete", 2024: "not_yet_due"}, {2023: "complete", 2024: "not_yet_due"}),
        ("2025-01-31", {2023: "complete", 2024: "not_yet_due"}, {2023: "complete", 2024: "not_yet_due"}),
        ("2025-02-01", {2023: "complete", 2024: "not_found"}, {2023: "complete", 2024: "not_yet_due"}),
        ("2025-03-31", {2023: "complete", 2024: "not_found"}, {2023: "complete", 2024: "not_yet_due"}),
        ("2025-04-01", {2023: "complete", 2024: "not_found"}, {2023: "complete", 2024: "not_found"}),
    ],
)
def test_what_is_due_goes_by_the_day_of_the_last_run(
    db: Database, day: str, bureau: dict[int, str], government: dict[int, str]
) -> None:
    keep(db, 1, reading(year=2023), source("1"))
    keep(db, 2, reading(year=2023, agency=GOVERNMENT), source("2"))
    on(db, day)
    assert statuses(db) == bureau
    assert statuses(db, GOVERNMENT) == government


def test_an_agency_that_reported_once_is_expected_ever_after(db: Database) -> None:
    keep(db, 1, reading(year=2021), source("1"))
    record_fetch(db, Fetch(LIST, "2025-06-01T00:00:00+00:00", 200, "ok", sha256=sha(9)))
    on(db, "2025-06-01")
    assert statuses(db) == {2021: "complete", 2022: "not_found", 2023: "not_found", 2024: "not_found"}
    late = places(db)[2024]
    assert (late.looked_at, late.looked_on, late.due) == (LIST, "2025-06-01T00:00:00+00:00", "2025-01-31")


def test_a_report_that_comes_late_or_early_is_there(db: Database) -> None:
    keep(db, 1, reading(year=2023), source("1"))
    on(db, "2025-01-10")
    assert statuses(db)[2024] == "not_yet_due"
    keep(db, 2, reading(year=2024), source("2"))
    assert statuses(db)[2024] == "complete"


def test_a_run_that_was_killed_moves_no_day(db: Database) -> None:
    keep(db, 1, reading(year=2023), source("1"))
    on(db, "2025-01-10")
    start_run(db)
    assert statuses(db) == {2023: "complete", 2024: "not_yet_due"}


FAILED = sorted(set(OUTCOMES) - {"ok", "unchanged", "redirected"})


@pytest.mark.parametrize("outcome", FAILED)
def test_how_the_last_look_ended_decides(db: Database, outcome: str) -> None:
    keep(db, 1, reading(year=2023), source("1"))
    on(db, "2025-06-01")
    record_fetch(db, Fetch(LIST, "2025-05-01T00:00:00+00:00", 200, "ok", sha256=sha(9)))
    at = "2025-06-01T00:00:00+00:00"
    number = record_fetch(db, Fetch(LIST, at, 0, outcome, "why"))
    place = places(db)[2024]
    wanted = {"refused": "out_of_scope", "not_found": "not_found", "soft_404": "not_found"}.get(outcome, "blocked")
    assert place.status == wanted
    assert (place.fetch_id, place.looked_at, place.looked_on) == (number, LIST, at)
    assert place.reason == f"the page that lists its reports could not be read: {outcome} why"
    assert places(db)[2023].status == "complete", "what is there is there"


def test_a_report_names_document_and_fetch(db: Database) -> None:
    keep(db, 1, reading(year=2023), source("1"))
    number = record_fetch(db, Fetch(source("1").url, "2024-01-20T00:00:00+00:00", 200, "ok", sha256=sha(1)))
    record_fetch(db, Fetch(source("1").url, "2024-02-20T00:00:00+00:00", 304, "unchanged"))
    place = places(db)[2023]
    assert (place.document, place.url, place.fetch_id) == (sha(1), source("1").url, number)


def test_an_agency_that_only_a_seed_names_is_expected_from_the_first_crawl_on(db: Database) -> None:
    save_expected(db, [Expected("云岭市规划局", REGION, "seed", SEED)])
    record_fetch(db, Fetch(SEED, "2024-02-01T00:00:00+00:00", 412, "blocked", "ruishu"))
    on(db, "2024-02-01")
    on(db, "2025-01-20")
    found = places(db, "云岭市规划局")
    assert {year: place.status for year, place in found.items()} == {2023: "blocked", 2024: "not_yet_due"}
    assert found[2023].looked_at == SEED


def test_a_seed_and_the_reports_found_under_it_are_one_agency(db: Database) -> None:
    keep(db, 1, reading(year=2023), source("1"))
    save_expected(db, [Expected(AGENCY, REGION, "seed", SEED), Expected(AGENCY, REGION, "roster", first_year=2022)])
    on(db, "2024-06-01")
    assert statuses(db) == {2022: "not_found", 2023: "complete"}


def test_the_roster_bounds_the_years(db: Database) -> None:
    keep(db, 1, reading(year=2021), source("1"))
    keep(db, 2, reading(year=2024), source("2"))
    save_expected(
        db,
        [
            Expected(AGENCY, REGION, "roster", last_year=2021),
            Expected("云岭市文物局", REGION, "roster", first_year=2022, last_year=2023),
        ],
    )
    on(db, "2025-06-01")
    assert statuses(db) == {2021: "complete", 2022: "out_of_scope", 2023: "out_of_scope", 2024: "complete"}
    assert places(db)[2022].reason == "expected.csv: until 2021"
    assert statuses(db, "云岭市文物局") == {2022: "not_found", 2023: "not_found", 2024: "out_of_scope"}
    assert "no report of this agency was ever found" in places(db, "云岭市文物局")[2022].reason


def test_an_agency_is_expected_until_another_follows_it(db: Database) -> None:
    """The reform of 2018: 工商行政管理局 became 市场监督管理局."""
    old, new = "云岭市工商行政管理局", "云岭市市场监督管理局"
    keep(db, 1, reading(year=2017, agency=old), source("1"))
    keep(db, 2, reading(year=2019, agency=new), source("2"))
    on(db, "2021-06-01")
    assert statuses(db, new) == {2019: "complete", 2020: "not_found"}
    with write(db):
        db.execute("INSERT OR IGNORE INTO body_successions VALUES ('工商行政管理局', '市场监督管理局', 2018, 'reform')")
    found = places(db, old)
    assert {year: place.status for year, place in found.items()} == {
        2017: "complete",
        2018: "out_of_scope",
        2019: "out_of_scope",
        2020: "out_of_scope",
    }
    assert found[2018].reason == "followed by another agency since 2018: reform"


def test_what_is_no_longer_named_is_no_longer_expected(db: Database) -> None:
    save_expected(db, [Expected("云岭市规划局", REGION, "seed", SEED)])
    on(db, "2024-06-01")
    assert statuses(db, "云岭市规划局") == {2023: "not_found"}
    save_expected(db, [])
    assert matrix(db).places == ()


def test_every_status_can_be_had(db: Database) -> None:
    """Guard the list itself: a status that is only described would be a promise."""
    view = db.execute("SELECT sql FROM sqlite_master WHERE name = 'coverage'").fetchone()[0]
    assert all(f"'{status}'" in view for status in STATUSES[4:])
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO reports VALUES ('x', 'x', 1, '', '', '', '', NULL, 'missing', '', NULL, '', '')")


def test_a_roster_is_read_and_its_mistakes_are_named(tmp_path: Path) -> None:
    file = tmp_path / "expected.csv"
    assert read_expected(file) == ()
    header = "agency,region,first_year,last_year,note\n"
    file.write_text(header + "云岭市教育局,990100,2019,,\n云岭市文物局,,,2022,merged\n", encoding="utf-8")
    first, second = read_expected(file)
    assert (first.agency.id, first.first_year, first.last_year) == ("990100-云岭市教育局", 2019, None)
    assert (second.region, second.last_year, second.note) == ("", 2022, "merged")
    file.write_text(header + ",990100,,,\n甲局,12,,,\n甲局,,19,,\n甲局,,2020,2019,\n", encoding="utf-8")
    with pytest.raises(ReviewError) as error:
        read_expected(file)
    assert [(problem.line, problem.column) for problem in error.value.problems] == [(2, 1), (3, 2), (4, 3), (5, 4)]


def test_a_roster_names_agencies_that_are_one(tmp_path: Path) -> None:
    """A line that could be several bodies' would stand as not found for ever, whatever they publish."""
    file = tmp_path / "expected.csv"
    lines = ("鼓楼区教育局,,,,", "鼓楼区教育局,320100,,,", "管委会,410522,,,", "区教育局,410500,,,", "水利部,,,,")
    file.write_text("\n".join(("agency,region,first_year,last_year,note", *lines)) + "\n", encoding="utf-8")
    with pytest.raises(ReviewError) as error:
        read_expected(file)
    assert [(problem.line, problem.column) for problem in error.value.problems] == [(2, 1), (4, 1), (5, 1)]
    assert "320106 (江苏省南京市鼓楼区) or 320302" in error.value.problems[0].message


def test_the_crawl_reads_roster_and_seeds(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    roster = data / "expected.csv"
    roster.write_text("agency,region,first_year,last_year,note\n白鹭县档案局,990121,2022,,\n", encoding="utf-8")
    with serve({"/nb/": column()}) as site:
        run = crawl(tmp_path, f"{site.url}/nb/,白鹭县财政局,990121,", CLOCK_SHIFT_DAYS=0)
        found = run.rows("SELECT agency_id, origin, url FROM expected ORDER BY origin")
        assert found == [
            ("990121-白鹭县档案局", "roster", ""),
            ("990121-白鹭县财政局", "seed", f"{site.url}/nb/"),
        ]
        assert {row[0] for row in run.rows("SELECT agency FROM coverage")} == {"白鹭县档案局", "白鹭县财政局"}
        roster.write_text("agency\n", encoding="utf-8")
        wrong = crawl(tmp_path, f"{site.url}/nb/,白鹭县财政局,990121,")
    assert wrong.code == 2
    assert "expected.csv, line 1, column 1: the header must be" in wrong.err


@pytest.mark.parametrize(
    ("old", "new", "since", "note"),
    [
        ("白鹭县国家税务局", "国家税务总局白鹭县税务局", 2018, "国税地税征管体制改革"),
        ("白鹭县地方税务局", "国家税务总局白鹭县税务局", 2018, "国税地税征管体制改革"),
        ("白鹭县环境保护局", "云岭市生态环境局白鹭县分局", 2019, "环保机构垂直管理改革"),
    ],
)
def test_a_body_that_another_followed_under_another_kind_of_name(
    db: Database, old: str, new: str, since: int, note: str
) -> None:
    db.execute("INSERT INTO body_successions VALUES ('国家税务局', '税务局', 2018, '国税地税征管体制改革')")
    db.execute("INSERT INTO body_successions VALUES ('地方税务局', '税务局', 2018, '国税地税征管体制改革')")
    keep(db, 1, reading(agency=old, year=2016), source("1", region="990121"))
    keep(db, 2, reading(agency=new, year=2020), source("2", region="990121"))
    keep(db, 3, reading(agency=new.replace("白鹭", "青石"), year=2020), source("3", region="990122"))
    on(db, "2021-06-01")
    gone = {year: "out_of_scope" if year >= since else "not_found" for year in range(2017, 2021)}
    assert statuses(db, old) == {2016: "complete", **gone}
    assert places(db, old)[2020].reason == f"followed by another agency since {since}: {note}"
    links = db.execute("SELECT successor_id, year FROM agency_successions").fetchall()
    assert links == [(f"990121-{new}", since)]
