"""How far a list is walked: over pages without a report to a report, and not for ever."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.items import Link
from crawler.seeds import Seed
from crawler.walk.lead import Lead, lead_to, seed_lead
from crawler.walk.lists import Lists
from tests.site import Handler, column, serve
from tests.site.portals import LOOK_ALIKES, reports
from tests.site.run import crawl

URL = "http://www.xq99.gov.cn/nb/"
TITLE = "星桥市第{}局2023年政府信息公开工作年度报告"


def walked(lists: Lists, rows: Callable[[int], list[str]], good: Callable[[str], str], pages: int) -> int:
    """Walk a list of so many pages, each of which brings rows that end as ``good`` says; count those asked for."""
    seed = seed_lead(Seed(URL))
    numbered = [Link(f"{URL}?page={number}", "", "next") for number in range(2, pages + 1)]
    lead: Lead | None = seed
    asked = 0
    while lead is not None and not lists.end(URL):
        asked += 1
        here = [lead_to(Link(row, TITLE, "report"), lead.link.url, "", lead) for row in rows(asked)]
        further = [lead_to(link, URL, "", seed) for link in numbered] if asked == 1 else []
        lists.page(lead, [f"news {asked}"] if good("") else [], [*here, *further])
        for row in here:
            lists.settle(row, good(row.link.url))
        lead = lists.take(URL)
        lists.count(URL)
    return asked


def test_a_list_is_walked_to_its_end() -> None:
    assert walked(Lists(200, 5), lambda page: [f"{URL}{page}.html"], lambda url: url or "news", 50) == 50


def test_pages_without_a_report_between_reports_end_nothing() -> None:
    def rare(page: int) -> list[str]:
        return [] if page % 5 else [f"{URL}{page}.html"]

    assert walked(Lists(200, 5), rare, lambda url: url or "news", 50) == 50


@pytest.mark.parametrize(
    ("good", "asked", "reason"),
    [
        (lambda url: "" if url else "news", 5, "5 pages in a row of http://www.xq99.gov.cn/nb/ brought no report"),
        (
            lambda url: "the same" if url else "news",
            6,
            "5 pages in a row of http://www.xq99.gov.cn/nb/ brought no report",
        ),
    ],
    ids=["rows that are not there", "rows that are one report"],
)
def test_invented_rows_end_a_list(good: Callable[[str], str], asked: int, reason: str) -> None:
    lists = Lists(200, 5)
    assert walked(lists, lambda page: [f"{URL}{page}.html"], good, 50) == asked
    assert lists.end(URL) == reason


def test_a_pager_that_answers_the_first_page_ends_a_list() -> None:
    lists = Lists(200, 30)
    assert walked(lists, lambda _: [f"{URL}1.html"], lambda url: url, 50) == 4
    assert lists.end(URL) == f"3 pages in a row of {URL} show nothing new"


def test_what_is_still_awaited_ends_no_list() -> None:
    lists, seed = Lists(200, 1), seed_lead(Seed(URL))
    elsewhere = lead_to(Link("http://jyj.xq99.gov.cn/1.html", TITLE, "report"), URL, "", seed)
    lists.page(seed, (), [elsewhere])
    assert lists.end(URL) == ""
    lists.miss(elsewhere, "unreachable")
    assert lists.end(URL).endswith("brought no report")


def test_a_mixed_column_is_walked_past_pages_of_other_things(tmp_path: Path) -> None:
    found, rows = reports("/r/", "星桥市水务局", range(2022, 2024))
    others = [(f"/forbidden/n{number}.html", f"关于第{number}批公示名单的公告") for number in range(4)]

    def pages() -> Iterator[tuple[str, str]]:
        for number, row in enumerate([rows[0], *others, LOOK_ALIKES[0], rows[1]], 1):
            more = f'<div class="page"><a href="/gg/?page={number + 1}">下一页</a></div>' if number < 7 else ""
            yield "/gg/" if number == 1 else f"/gg/?page={number}", column(row, title="公示公告", more=more)

    with serve({**dict(pages()), **found}) as site:
        run = crawl(tmp_path, f"{site.url}/gg/")
        assert set(site.paths()) == {*dict(pages()), *found}
    assert run.rows("SELECT year FROM reports ORDER BY year") == [(2022,), (2023,)]


def test_a_list_that_invents_rows_ends_and_says_so(tmp_path: Path) -> None:
    def page(handler: Handler) -> None:
        number = int(handler.path.rpartition("=")[2] or 1) if "=" in handler.path else 1
        more = f'<div class="page"><a href="/nb/?page={number + 1}">下一页</a></div>'
        handler.send(200, column((f"/r{number}.html", TITLE.format(number)), more=more).encode())

    with serve({"/nb/": page, **{f"/nb/?page={number}": page for number in range(2, 60)}}) as site:
        run = crawl(tmp_path, f"{site.url}/nb/", MAX_BARREN_PAGES=4, MAX_HOST_FAILURES=100)
        assert 4 <= len([path for path in site.paths() if path.startswith("/nb/")]) <= 8
    [[told]] = run.rows("SELECT detail FROM fetches WHERE outcome = 'refused'")
    assert told.startswith("budget_reached: ")
    assert told.endswith(f" pages in a row of {site.url}/nb/ brought no report")
