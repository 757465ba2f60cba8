"""A page that is listed and not there: asked for every night at first, then seldom, and again when it is back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from crawler.items import Link
from crawler.run.memory import NOTHING
from crawler.run.turns import Turns
from crawler.seeds import Seed
from crawler.walk.absences import Absence
from crawler.walk.lead import lead_to, seed_lead
from crawler.walk.revisits import revisits, turn_of
from tests.site import Handler, column, serve
from tests.site.portals import SAMPLE
from tests.site.run import crawl


def gone(handler: Handler) -> None:
    handler.send(410, b"gone", "text/plain")


def home(handler: Handler) -> None:
    handler.send(302, b"", "text/html", {"Location": "/"})


def soft(handler: Handler) -> None:
    handler.send(200, "<html><title>页面不存在</title><body>您访问的页面不存在</body></html>".encode())


ABSENT = {"gone": gone, "home": home, "soft": soft}


def with_turn(url: str, night: int, today: date) -> str:
    """Give an address that begins like a URL and has its turn on a night: the whole URL decides it, also its port."""
    day = today + timedelta(days=night)
    urls = (f"{url}{number}.html" for number in count())
    return next(url for url in urls if turn_of(url, 30, day) > turn_of(url, 30, day - timedelta(days=1)))


def test_what_is_not_there_is_asked_for_seldom_and_its_record_says_so(tmp_path: Path) -> None:
    """One page for each way to say that it is not there."""
    with serve({"/there.html": SAMPLE.replace("2021", "2018"), "/": column(title="首页")}) as site:
        today = datetime.now(UTC).date()
        paths = [with_turn(f"{site.url}/{name}", 4, today).removeprefix(site.url) for name in ABSENT]
        site.pages |= dict(zip(paths, ABSENT.values(), strict=True))
        titles = [f"星桥市民政局{year}年政府信息公开工作年度报告" for year in (2018, 2021, 2022, 2023)]
        site.pages["/nb/"] = column(*zip(["/there.html", *paths], titles, strict=True))
        asked = []
        for night in range(6):
            site.hits.clear()
            run = crawl(tmp_path, f"{site.url}/nb/", CLOCK_SHIFT_DAYS=night)
            asked.append([path in site.paths() for path in paths])
        assert asked == [[turn] * len(paths) for turn in (True, True, True, False, True, False)]
        told = [paths[0], "/", paths[2]]  # a redirect's end bears its outcome
        assert [run.outcomes(site.url)[path] for path in told] == ["not_found", "soft_404", "soft_404"]
        last = {path: run.details(site.url)[path] for path in told}
        assert all("not there on 4 nights, asked for every 30 from now on" in detail for detail in last.values()), last
        site.pages |= {path: SAMPLE.replace("2021", title[6:10]) for path, title in zip(paths, titles[1:], strict=True)}
        site.hits.clear()
        back = crawl(tmp_path, f"{site.url}/nb/", CLOCK_SHIFT_DAYS=40)
        assert {*paths} <= {*site.paths()}
    assert back.rows("SELECT year FROM reports ORDER BY year") == [(2018,), (2021,), (2022,), (2023,)]


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
