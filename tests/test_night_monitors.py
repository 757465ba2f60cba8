"""A night is judged: zero where reports are known to exist, a family that fails, figures that stop adding up."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.items import Link
from crawler.monitors import Evidence, Expectation, Measured, measures
from crawler.monitors.closing import host_nights
from crawler.monitors.expectations import EXPECTATIONS, alarms
from crawler.run.night import Night
from crawler.seeds import Seed
from crawler.walk.lead import lead_to, seed_lead
from store.records import Fetch
from store.runs import Alarm, HostNight, conclude_run, judge_run, start_run, usual
from tests.site import Site, column, serve
from tests.site.run import Run, crawl
from tests.store_kit import ADDS_UP, DOES_NOT, Values, keep, new_database, reading, source
from tests.test_crawl_nights import REPORTS, TITLE
from tests.test_docs import section, table_rows

IN_MAY, IN_FEBRUARY, IN_DECEMBER = date(2024, 5, 2), date(2024, 2, 20), date(2024, 12, 1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        yield opened


def host(name: str, documents: int, family: str = "trs", reached: int = 1, whole: bool = True) -> HostNight:
    return HostNight(name, family, 1, reached, 5, documents, whole)


def judged(
    db: Database, *hosts: HostNight, today: date = IN_DECEMBER, night: Night | None = None, **accepted: list[str]
) -> tuple[Alarm, ...]:
    """Judge a night in which the hosts fared so, and keep it as history."""
    run = start_run(db)
    night = night or Night((), reason="finished", started="2024-01-01")
    found = alarms(Evidence(db, night, hosts, run, today), **accepted)
    judge_run(db, run, today.isoformat(), hosts, found)
    conclude_run(db, run, {"reports": db.table("reports").count})
    return found


def named(found: tuple[Alarm, ...]) -> list[tuple[str, str, str]]:
    return [(alarm.expectation, alarm.severity, alarm.subject) for alarm in found]


def test_the_first_night_has_nothing_to_compare_with(db: Database) -> None:
    assert judged(db, host("a.example", 0), host("b.example", 0, reached=0)) == ()


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        (0, [("documents_of_host", "error", "a.example"), ("missing_documents", "warning", "a.example")]),
        (2, [("documents_of_host", "error", "a.example"), ("missing_documents", "warning", "a.example")]),
        (13, [("missing_documents", "warning", "a.example")]),
        (15, []),
        (40, []),
    ],
)
def test_zero_or_a_tenth_of_what_was_there_is_an_error(
    db: Database, documents: int, expected: list[tuple[str, str, str]]
) -> None:
    judged(db, host("a.example", 20))
    assert named(judged(db, host("a.example", documents))) == expected


def test_several_bad_nights_do_not_become_the_rule(db: Database) -> None:
    judged(db, host("a.example", 20))
    for _ in range(10):
        assert named(judged(db, host("a.example", 0)))[0] == ("documents_of_host", "error", "a.example")


def test_a_night_that_was_not_whole_is_no_measure(db: Database) -> None:
    judged(db, host("a.example", 20, whole=False))
    assert judged(db, host("a.example", 1)) == ()
    judged(db, host("a.example", 20))
    limited = Night((), years=frozenset({2023}), reason="finished", started="2024-01-01")
    assert judged(db, host("a.example", 1, whole=False), night=limited) == ()


def test_an_accepted_error_is_a_warning_for_its_host_only(db: Database) -> None:
    judged(db, host("a.example", 20), host("b.example", 20, "kaipu"))
    found = judged(db, host("a.example", 0), host("b.example", 0, "kaipu"), accepted=["documents_of_host:a.example"])
    severities = {(a.subject, a.severity) for a in found if a.expectation == "documents_of_host"}
    assert severities == {("a.example", "warning"), ("b.example", "error")}


def test_all_of_a_family_failing_names_the_family(db: Database) -> None:
    names = [f"{letter}.example" for letter in "abcd"]
    judged(db, *(host(name, 10) for name in names), host("e.example", 10, "kaipu"))
    found = judged(db, *(host(name, 0, family="generic", reached=0) for name in names), host("e.example", 10, "kaipu"))
    assert named(found) == [("hosts_reached", "error", ""), ("hosts_of_family", "error", "trs")]
    assert "4 of 4 hosts brought nothing: a.example, b.example" in found[1].detail


def test_one_host_of_many_that_does_not_answer_is_no_error(db: Database) -> None:
    judged(db, *(host(f"{n}.example", 10) for n in range(4)))
    assert judged(db, *(host(f"{n}.example", 10 * (n > 0), reached=n > 0) for n in range(4))) == ()


def test_reports_that_vanish_are_an_error(db: Database) -> None:
    for year in range(2000, 2010):
        keep(db, year, reading(year=year), source(f"{year}"))
    judged(db)
    with db.conn:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM reports WHERE year = 2009")
    assert named(judged(db)) == [("reports_kept", "error", "")]


def add_reports(db: Database, years: range, what: Values, stamp: str) -> None:
    for year in years:
        keep(db, year, reading(what, year=year), source(f"{year}"))
        with db.conn:
            db.execute("UPDATE reports SET last_changed = ?, first_seen = ? WHERE year = ?", (stamp, stamp, year))


def test_findings_that_jump_are_an_error(db: Database) -> None:
    add_reports(db, range(1980, 2000), ADDS_UP, "2023-01-01")
    add_reports(db, range(2000, 2012), DOES_NOT, "2024-01-02")
    assert named(judged(db)) == [("reports_that_add_up", "error", ""), ("failed_checks", "warning", "")]


def test_a_few_bad_reports_are_not_judged(db: Database) -> None:
    add_reports(db, range(1980, 2000), ADDS_UP, "2023-01-01")
    add_reports(db, range(2000, 2009), DOES_NOT, "2024-01-02")
    assert judged(db) == ()


@pytest.mark.parametrize(
    ("today", "published", "expected"),
    [
        (IN_FEBRUARY, 0, [("reports_in_season", "error", ""), ("silence_in_season", "warning", "www.yunling.example")]),
        (IN_FEBRUARY, 1, [("silence_in_season", "warning", "www.yunling.example")]),
        (IN_FEBRUARY, 6, []),
        (IN_MAY, 0, [("reports_in_season", "error", ""), ("silence_in_season", "warning", "www.yunling.example")]),
        (IN_DECEMBER, 0, []),
        (date(2024, 1, 20), 0, []),
    ],
)
def test_silence_is_normal_out_of_season(
    db: Database, today: date, published: int, expected: list[tuple[str, str, str]]
) -> None:
    for number in range(12):
        keep(db, number, reading(agency=f"云岭市第{number}局", year=2022), source(f"{number}"))
    for number in range(published):
        keep(db, 100 + number, reading(agency=f"云岭市第{number}局", year=2023), source(f"n{number}"))
    assert named(judged(db, today=today)) == expected


def test_what_most_documents_cannot_be_read_is_an_error(db: Database) -> None:
    night = Night((), reason="finished", started="2024-01-01")
    night.readings.update({"ok": 4, "crashed": 8})
    assert named(judged(db, night=night)) == [("readable_documents", "error", "")]


def test_a_spent_budget_is_a_warning(db: Database) -> None:
    seed = Seed("http://a.example/nb/")
    night = Night((seed,), reason="finished", started="2024-01-01")
    night.note_visit(seed_lead(seed), Fetch(seed.url, "2024-01-01", 0, "refused", "budget_reached: 30 pages"))
    assert named(judged(db, night=night)) == [("budgets_spent", "warning", "")]


def test_hosts_are_counted_over_their_seeds() -> None:
    one, two = Seed("http://a.example/1/"), Seed("http://a.example/2/")
    night = Night((one, two), reason="finished")
    night.note_visit(seed_lead(one), Fetch(one.url, "", 200, "ok"))
    night.note_visit(seed_lead(two), Fetch(two.url, "", 412, "blocked", "ruishu"))
    night.note_document(seed_lead(one), "http://a.example/r", "ok")
    assert list(host_nights(night)) == [HostNight("a.example", "", 2, 1, 3, 1, True)]


def test_an_article_counts_once_with_all_its_files_and_as_much_when_it_rests() -> None:
    seed = Seed("http://a.example/nb/")
    page = lead_to(Link("http://a.example/1.html", "2023年度报告", "report"), seed.url, "", seed_lead(seed))
    files = [Link(f"http://a.example/{number}.png", "", "attachment") for number in range(12)]
    busy, quiet = (Night((seed,), reason="finished") for _ in range(2))
    busy.note_document(page, page.link.url, "ok")
    for file in files:
        busy.note_document(lead_to(file, page.link.url, "", page), file.url, "ok")
    quiet.note_resting(page)
    assert [night.health()[0].documents for night in (busy, quiet)] == [1, 1]
    assert [night.counts()["documents"] for night in (busy, quiet)] == [13, 1]


def test_a_file_in_a_list_counts_by_itself() -> None:
    seed = Seed("http://a.example/nb/")
    night = Night((seed,), reason="finished")
    for number in range(3):
        file = Link(f"http://a.example/{number}.pdf", "2023年度报告", "attachment")
        night.note_document(lead_to(file, seed.url, "", seed_lead(seed)), file.url, "ok")
    assert night.health()[0].documents == 3


def test_history_tells_the_family_that_last_found_something(db: Database) -> None:
    judged(db, host("a.example", 9, "kaipu"))
    judged(db, host("a.example", 4, "trs"))
    judged(db, host("a.example", 0, "generic"))
    found = usual(db, "a.example", 99)
    assert (found.documents, found.reached, found.family) == (9, True, "trs")


def test_every_expectation_is_described_with_its_bounds() -> None:
    said = [[row[0].strip("`"), *row[2:]] for row in table_rows(section("docs/operations.md", "Expectations"))]
    bounds = [[e.name, *("" if b is None else str(b) for b in (e.minimum, e.maximum))] for e in EXPECTATIONS]
    assert said == bounds
    assert {e.measure.__name__ for e in EXPECTATIONS} == {
        name
        for name, thing in vars(measures).items()
        if getattr(thing, "__module__", "") == measures.__name__ and not name.startswith("_")
    }


def test_a_value_on_its_bound_is_as_expected(db: Database) -> None:
    def half(evidence: Evidence) -> Iterator[Measured]:
        yield Measured("", 0.5, "")

    night = Night((), reason="finished")
    evidence = Evidence(db, night, (), 1, IN_MAY)
    assert alarms(evidence, (), [Expectation("half", half, "any", 0.5, 0.5)]) == ()
    [found] = alarms(evidence, (), [Expectation("half", half, "any", 0.51)])
    assert (found.severity, found.value, found.bound) == ("error", 0.5, 0.51)


# --- The whole command -----------------------------------------------------------------------------------------------


def listed(site: Site, *numbers: int) -> str:
    for number in numbers:
        site.pages[f"/{number}.html"] = REPORTS[number].read_bytes()
    return column(*((f"/{number}.html", TITLE.format(number, "")) for number in numbers))


def published(run: Run) -> int | None:
    path = run.database.parent / "published" / "annual_reports.db"
    if not path.exists():
        return None
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(copy.execute("SELECT count(*) FROM reports").fetchone()[0])


def test_an_empty_list_holds_back_the_published_copy(tmp_path: Path) -> None:
    with serve({}) as site:
        site.pages["/nb/"] = listed(site, 0, 1, 2, 3)
        good = crawl(tmp_path, f"{site.url}/nb/")
        assert (good.code, published(good)) == (0, 4), good.out
        site.pages["/nb/"] = column(("/new.html", TITLE.format("新", "")))
        site.pages["/new.html"] = REPORTS[4].read_bytes()
        bad = crawl(tmp_path, f"{site.url}/nb/")
        assert bad.code == 0, "one of four reports is more than a tenth"
        site.pages["/nb/"] = column()
        bad = crawl(tmp_path, f"{site.url}/nb/")
        accepted = crawl(tmp_path, f"{site.url}/nb/", ALARMS_ACCEPTED="documents_of_host:127.0.0.1")
    assert (bad.code, published(good)) == (3, 5)
    assert bad.out.startswith("Expectations not met (1):\n  documents_of_host 127.0.0.1: 0 found where 4 were")
    assert "Published: held back, expectations were not met; the copy of " in bad.out
    assert bad.rows("SELECT expectation, severity FROM runs_alarms WHERE run_id = 3") == [
        ("documents_of_host", "error"),
        ("missing_documents", "warning"),
    ]
    conclusions = [json.loads(text) for [text] in bad.rows("SELECT conclusion FROM runs ORDER BY id")]
    assert [c["exit_status"] for c in conclusions] == [0, 0, 3, 1]
    assert accepted.code == 1, "the seed gave no report"
    assert accepted.out.startswith("Warnings (2):")


def test_each_night_leaves_backup_and_digest(tmp_path: Path) -> None:
    with serve({}) as site:
        site.pages["/nb/"] = listed(site, 0)
        for _ in range(3):
            run = crawl(tmp_path, f"{site.url}/nb/", BACKUPS_KEPT=2, DIGESTS_KEPT=2)
    data = run.database.parent
    backups = sorted((data / "backups").iterdir())
    assert len(backups) == 2
    assert backups[-1].samefile(data / "published" / "annual_reports.db")
    digests = sorted(path.suffix for path in (data / "digests").iterdir())
    assert digests == [".json", ".json", ".txt", ".txt"]
    newest = max((data / "digests").glob("*.txt"))
    assert newest.read_text(encoding="utf-8") == run.out
    whole = json.loads(newest.with_suffix(".json").read_text(encoding="utf-8"))
    assert (whole["exit_status"], whole["new"], whole["alarms"]) == (0, [], [])
    [[day, family, documents]] = run.rows(
        "SELECT r.day, h.family, h.documents FROM runs r JOIN runs_hosts h ON h.run_id = r.id ORDER BY r.id DESC LIMIT 1"
    )
    assert (family, documents) == ("generic", 1)
    assert date.fromisoformat(day)


def test_what_cannot_be_written_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("backups", "digests"):
        (data / name).write_text("in the way", encoding="utf-8")
    with serve({}) as site:
        site.pages["/nb/"] = listed(site, 0)
        run = crawl(tmp_path, f"{site.url}/nb/")
    assert (run.code, published(run)) == (1, 1), run.out + run.err
    assert "Traceback" not in run.err
    assert "Backup: failed: " in run.out
    assert "The digest did not reach its file: FileExistsError" in run.out
    [[conclusion]] = run.rows("SELECT conclusion FROM runs")
    assert json.loads(conclusion)["exit_status"] == 1
