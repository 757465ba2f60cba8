"""A page that is listed and not there: asked for every night at first, then seldom, and again when it is back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.items import Link
from crawler.run.memory import NOTHING
from crawler.run.turns import Turns
from crawler.seeds import Seed
from crawler.walk.absences import Absence
from crawler.walk.lead import lead_to, seed_lead
from crawler.walk.revisits import revisits, turn_of
from tests.site import Answer, Handler, column, serve
from tests.site.portals import SAMPLE
from tests.site.run import crawl

ROWS = (
    ("/1.html", "星桥市民政局2023年政府信息公开工作年度报告"),
    ("/2.html", "星桥市民政局2022年政府信息公开工作年度报告"),
)


def gone(handler: Handler) -> None:
    handler.send(410, b"gone", "text/plain")


def home(handler: Handler) -> None:
    handler.send(302, b"", "text/html", {"Location": "/"})


def soft(handler: Handler) -> None:
    handler.send(200, "<html><title>页面不存在</title><body>您访问的页面不存在</body></html>".encode())


def shift_for_turn(url: str, night: int) -> int:
    """Give the days to put the clock on so that the turn of a URL, which also its port decides, falls on a night."""
    today = datetime.now(UTC).date()
    days = ((shift, today + timedelta(days=shift + night)) for shift in range(31))
    return next(shift for shift, day in days if turn_of(url, 30, day) > turn_of(url, 30, day - timedelta(days=1)))


@pytest.mark.parametrize("answer", [gone, home, soft])
def test_what_is_not_there_is_asked_for_seldom_and_its_record_says_so(tmp_path: Path, answer: Answer) -> None:
    there = SAMPLE.replace("2021", "2022")
    with serve({"/nb/": column(*ROWS), "/1.html": answer, "/2.html": there, "/": column(title="首页")}) as site:
        asked = []
        first = shift_for_turn(f"{site.url}/1.html", night=4)
        for night in range(6):
            site.hits.clear()
            run = crawl(tmp_path, f"{site.url}/nb/", CLOCK_SHIFT_DAYS=first + night)
            asked.append("/1.html" in site.paths())
        assert asked == [True, True, True, False, True, False]
        last = "SELECT detail FROM fetches WHERE outcome IN ('not_found', 'soft_404') ORDER BY id DESC LIMIT 1"
        assert "not there on 4 nights, asked for every 30 from now on" in run.rows(last)[0][0]
        site.pages["/1.html"] = SAMPLE.replace("2021", "2023")
        site.hits.clear()
        back = crawl(tmp_path, f"{site.url}/nb/", CLOCK_SHIFT_DAYS=first + 40)
        assert "/1.html" in site.paths()
    assert back.rows("SELECT year FROM reports ORDER BY year") == [(2022,), (2023,)]


@pytest.mark.parametrize(
    ("path", "given_up"),
    [("show.jsp?area=99&fbtime=2018", True), ("show.jsp?area=99&fbtime=2024", False), ("nb/2018/", False)],
)
def test_a_year_that_is_chosen_and_not_there_is_asked_for_seldom_unless_its_report_may_still_come(
    path: str, given_up: bool
) -> None:
    begun = seed_lead(Seed("http://a.example/"))
    lead = lead_to(Link(f"http://a.example/{path}", "", "column"), begun.link.url, "", begun)
    today = date(2025, 2, 14)
    turns = Turns(revisits([(0, 1), (365, 3000)]), today, 100)
    absence = Absence(tuple(today - timedelta(days=age) for age in (1, 2, 3)))
    assert turns.is_given_up(lead, replace(NOTHING, absence=absence)) is given_up
    assert not turns.is_given_up(lead, NOTHING)
