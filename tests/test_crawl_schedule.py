"""Nights in a row: what is asked again, what is noticed, what is never lost; decoys; budgets that end a walk."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.walk.unlisted import SAMPLE
from tests.site import Answer, Handler, column, serve
from tests.site.portals import TITLE, page, report, reports
from tests.site.run import Run, crawl

AGENCY = "星桥市水务局"
REPORTS, ROWS = reports("/r", AGENCY, range(2017, 2024))


def state(run: Run) -> list[tuple[object, ...]]:
    return run.rows(
        "SELECT a.name, r.year, r.outcome, r.document FROM reports r JOIN agencies a ON a.id = r.agency_id ORDER BY 1, 2"
    )


def test_three_nights(tmp_path: Path) -> None:
    """Nothing new; two new, one corrected, one deleted, and a list that fails; then as before."""
    new, new_rows = reports("/n", "星桥市审计局", range(2022, 2024))
    with serve(
        {
            "/nb/": column(*ROWS),
            "/b/nb/": column(*reports("/b", "星桥市统计局", range(2022, 2024))[1]),
            **REPORTS,
            **reports("/b", "星桥市统计局", range(2022, 2024))[0],
        }
    ) as site:
        seeds = [f"{site.url}/nb/", f"{site.url}/b/nb/"]
        first = crawl(tmp_path, *seeds)
        before = state(first)
        assert len(before) == len(ROWS) + 2

        site.hits.clear()
        second = crawl(tmp_path, *seeds)
        assert state(second) == before
        assert {hit.status for hit in site.hits if hit.path != "/robots.txt"} == {304}
        assert sorted(site.paths()) == ["/b/nb/", "/nb/"]
        assert "New reports" not in second.out

        site.pages |= {**new, "/nb/": column(*new_rows, *ROWS), "/b/nb/": lambda handler: handler.send(500, b"")}
        site.pages["/r2019.html"] = report(AGENCY, 2019).replace("认真", "切实")
        del site.pages["/r2018.html"]
        third = crawl(tmp_path, *seeds)
        after = state(third)
    assert "New reports (2)" in third.out
    assert "Changed reports (1)" in third.out
    assert [row[:3] for row in after if "审计" not in str(row[0])] == [row[:3] for row in before]
    assert third.outcomes(site.url)["/r2018.html"] == "not_found"
    assert sum(a != b for a, b in zip([r for r in after if "审计" not in str(r[0])], before, strict=True)) == 1
    assert third.code == 1


def test_old_reports_take_turns_and_lists_are_asked_every_night(tmp_path: Path) -> None:
    today = datetime.now(UTC).date().isoformat()
    pages, rows = reports("/r", AGENCY, range(2010, 2024))  # so many that a night is hardly the turn of half of them
    with serve({"/nb/": column(*rows, day=today), **pages}) as site:
        seed = f"{site.url}/nb/"
        before = state(crawl(tmp_path, seed))
        crawl(tmp_path, seed, CLOCK_SHIFT_DAYS=70)
        asked: list[str] = []
        unlisted: list[str] = []
        for day in range(71, 78):
            site.hits.clear()
            if day == 74:
                site.pages["/nb/"] = column(*rows[:1], day=today)  # a list cut short takes nothing away
            if day == 75:
                site.pages["/nb/"] = column(*rows, day=today)
            run = crawl(tmp_path, seed, CLOCK_SHIFT_DAYS=day)
            assert site.paths().count("/nb/") == 1
            found = [path for path in site.paths() if path != "/nb/"]
            (unlisted if day == 74 else asked).extend(found)  # of what goes off its list some are asked for at once
            assert state(run) == before
            assert "reached, but no report" not in run.out
        assert len(asked) == len(set(asked))
        assert len({*asked, *unlisted}) >= len(rows) - 2
        assert SAMPLE <= len(unlisted) < len(rows) - 1
        assert "Left for a later night" in run.out

        site.pages["/r2019.html"] = report(AGENCY, 2019).replace("认真", "切实")
        changed = [crawl(tmp_path, seed, CLOCK_SHIFT_DAYS=day) for day in (85, 86)]
    assert "Changed reports (1)" in changed[0].out
    assert "Changed reports" not in changed[1].out


def test_tabs_of_years_that_are_old_reports_take_turns_too(tmp_path: Path) -> None:
    """The report at the seed's address is asked for every night: it is where the next year's tab will stand."""
    years = range(2016, 2024)
    tabs = "".join(f"<li><a href='/nb/show?nbYear={year}'>{year}年</a></li>" for year in years)
    pages = {f"/nb/show?nbYear={year}": report(AGENCY, year).replace("</body>", f"{tabs}</body>") for year in years}
    with serve({**pages, "/nb/show": pages["/nb/show?nbYear=2023"]}) as site:
        seed = f"{site.url}/nb/show"
        before = state(crawl(tmp_path, seed))
        assert len(before) == len(years)
        crawl(tmp_path, seed, CLOCK_SHIFT_DAYS=400)
        site.hits.clear()
        assert state(crawl(tmp_path, seed, CLOCK_SHIFT_DAYS=401)) == before
    assert "/nb/show" in site.paths()
    assert len(site.paths()) <= 4


def test_front_page_bytes_under_a_reports_address_are_a_decoy(tmp_path: Path) -> None:
    front = page("<a href='/xw/'>新闻</a><a href='/ly/'>旅游</a><a href='/hd/'>互动</a>" + "<p>介绍</p>" * 60, "星桥市")
    pages = {"/nb/": column(*ROWS[:2]), "/": front, **REPORTS}
    with serve({**pages, ROWS[1][0]: front}) as site:
        run = crawl(tmp_path, f"{site.url}/nb/")
        assert site.paths().count("/") == 1
        details = run.rows("SELECT url, outcome, detail, sha256 FROM fetches WHERE outcome = 'throttled'")
        assert (f"{site.url}{ROWS[1][0]}", "throttled", "decoy", None) in details
        assert f"{site.url}{ROWS[1][0]}" not in {url for [url] in run.rows("SELECT url FROM sources")}


def test_a_page_that_is_no_report_and_no_decoy_is_kept(tmp_path: Path) -> None:
    with serve(
        {
            "/nb/": column(*ROWS[:1]),
            "/": page("别的" * 80),
            ROWS[0][0]: page("<p>内容正在更新，请稍候再来。</p>" * 20, "星桥市"),
        }
    ) as site:
        run = crawl(tmp_path, f"{site.url}/nb/")
    assert run.rows("SELECT outcome FROM documents") == [("not_a_report",)]


def session(handler: Handler) -> None:
    """Link oneself under a new session each time."""
    number = int(handler.path.rsplit("=", 1)[-1]) if "=" in handler.path else 0
    handler.send(200, column((f"/nb/?sid={number + 1}", "部门年报"), ROWS[0]).encode())


def long_column(handler: Handler) -> None:
    """A column that declares 5,000 pages."""
    number = int(handler.path.rpartition("_")[2][:-5]) if "_" in handler.path else 0
    rows = (f"/x{number}.html", TITLE.format(AGENCY, 2023))
    more = f"<script>createPageHTML(5000, {number}, 'index', 'html')</script>"
    handler.send(200, column(rows, more=more).encode())


def maze(handler: Handler) -> None:
    """Openness pages without end, each leading to three more."""
    here = handler.path.rstrip("/")
    links = "".join(f'<a href="{here}/{n}x{len(here)}/">政府信息公开</a>' for n in range(3))
    handler.send(200, page(links + "<p>介绍</p>" * 60, "星桥市人民政府").encode())


class Endless(dict[str, bytes | str | Answer]):
    """Pages that answer every path alike."""

    def __init__(self, answer: Answer) -> None:
        super().__init__({"/robots.txt": b""})
        self.answer = answer

    def get(self, key: str, *_: object) -> bytes | str | Answer:
        if key == "/robots.txt":
            return b""
        return report(AGENCY, 2023) if key.startswith(("/x", "/r")) else self.answer


@pytest.mark.parametrize(
    ("answer", "settings", "most", "said"),
    [
        (session, {"MAX_PAGES_PER_SEED": 20}, 20, "links from the seed"),
        (long_column, {"MAX_PAGES_PER_SEED": 60, "MAX_LIST_PAGES": 12, "MAX_WALKED_BYTES": 100_000}, 61, "12 pages of one list"),
        (maze, {"MAX_SEARCH_PAGES": 15}, 16, "15 pages in search of columns"),
    ],
    ids=["session ids", "5,000 pages", "maze"],
)  # fmt: skip
def test_what_grows_ends_at_its_budget_and_says_so(
    tmp_path: Path, answer: Answer, settings: dict[str, int], most: int, said: str
) -> None:
    with serve(Endless(answer)) as site:
        run = crawl(tmp_path, f"{site.url}/nb/", **settings)
        assert len(site.paths()) <= most + 1
    details = [detail for [detail] in run.rows("SELECT detail FROM fetches WHERE detail LIKE 'budget_reached%'")]
    assert any(said in detail for detail in details), details
    assert "budget_reached" in run.out


def test_a_slow_site_ends_with_the_night_and_says_so(tmp_path: Path) -> None:
    def slow(handler: Handler) -> None:
        time.sleep(0.3)
        long_column(handler)

    with serve(Endless(slow)) as site:
        run = crawl(tmp_path, f"{site.url}/nb/", CLOSESPIDER_TIMEOUT=3)
    assert "stopped before its end (closespider_timeout)" in run.out
    assert run.code == 1


def test_a_list_that_shows_one_report_under_ever_new_addresses_ends_alike_each_night(tmp_path: Path) -> None:
    counts = []
    with serve(Endless(long_column)) as site:
        for number in (0, 1):
            site.hits.clear()
            crawl(tmp_path, f"{site.url}/nb/", CLOCK_SHIFT_DAYS=number, MAX_BARREN_PAGES=3)
            counts.append(sum(path.startswith("/nb/") for path in site.paths()))
    assert counts[1] <= counts[0] + 1
