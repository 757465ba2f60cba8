"""When known reports are asked for again, and which of a seed's pages are searched first."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from scrapy import Request
from scrapy.settings import Settings

from crawler.items import Link
from crawler.manners.failures import LeftAloneError
from crawler.manners.politeness import GroupMiddleware, HostBook
from crawler.run.clock import Clock
from crawler.run.memory import Memory
from crawler.run.rounds import are_rewritten
from crawler.run.turns import Turns
from crawler.seeds import Seed
from crawler.walk.absences import NEVER
from crawler.walk.answers import errand_of, errands_of
from crawler.walk.errands import Errands, page_of
from crawler.walk.lead import Lead, lead_to, seed_lead
from crawler.walk.revisits import Visited, from_settings, revisits
from crawler.walk.search import Frontier, worth
from store.records import Known

TABLE = revisits([(0, 1), (60, 7), (365, 30)], confirmed_after=2)
FIRST = date(2025, 1, 1)
URLS = [f"http://a.example/t{n}.html" for n in range(3000)]


@pytest.mark.parametrize(("age", "nights"), [(0, 1), (59, 1), (60, 7), (364, 7), (365, 30), (4000, 30)])
def test_the_older_the_rarer(age: int, nights: int) -> None:
    assert TABLE.every(age) == nights


def test_a_fresh_report_is_asked_for_in_every_run() -> None:
    assert TABLE.is_due(URLS[0], Visited(FIRST, FIRST, FIRST), FIRST)
    assert TABLE.is_due(URLS[0], Visited(FIRST, FIRST, FIRST - timedelta(days=59)), FIRST)


def test_what_nobody_has_dated_is_not_fresh() -> None:
    undated = Visited(FIRST, FIRST + timedelta(days=2), times=2)
    assert not TABLE.is_due(URLS[0], undated, FIRST + timedelta(days=2))
    assert all(TABLE.is_due(url, undated, FIRST + timedelta(days=9)) for url in URLS)


def old(last_on: date, times: int = 2, runs: int = 0, age: int = 500) -> Visited:
    return Visited(last_on, last_on, last_on - timedelta(days=age), times, runs)


def test_what_was_published_long_ago_is_old_when_it_is_found() -> None:
    assert not TABLE.is_due(URLS[0], old(FIRST), FIRST)
    assert TABLE.is_due(URLS[0], old(FIRST), FIRST + timedelta(days=30))
    assert TABLE.is_due(URLS[0], replace(old(FIRST), published_on=FIRST + timedelta(400)), FIRST), "a misprinted day"


@pytest.mark.parametrize(
    ("visited", "later", "is_unconfirmed"),
    [
        (old(FIRST, times=1), 0, False),
        (old(FIRST, times=1), 1, False),
        (old(FIRST, times=1, runs=1), 0, False),
        (old(FIRST, times=1, runs=1), 1, False),
        (old(FIRST, times=1, runs=2), 0, True),
        (old(FIRST, times=1), 2, True),
        (old(FIRST, times=2, runs=9), 0, False),
    ],
)
def test_what_was_had_once_is_confirmed_two_nights_later(visited: Visited, later: int, is_unconfirmed: bool) -> None:
    today = FIRST + timedelta(days=later)
    assert TABLE.is_unconfirmed(visited, today) is is_unconfirmed
    if later < 2:
        assert not any(TABLE.is_due(url, visited, today) for url in URLS)


@pytest.mark.parametrize(("age", "nights"), [(100, 7), (500, 30)])
def test_each_has_its_turn_once_and_the_load_is_even(age: int, nights: int) -> None:
    last = dict.fromkeys(URLS, FIRST)
    load: Counter[date] = Counter()
    for day in (FIRST + timedelta(days=n) for n in range(1, nights + 1)):
        for url in URLS:
            if TABLE.is_due(url, old(last[url], age=age), day):
                last[url] = day
                load[day] += 1
    assert sum(load.values()) == len(URLS)
    assert max(load.values()) < 1.5 * len(URLS) / nights


def test_a_turn_that_was_missed_is_made_up_for() -> None:
    assert all(TABLE.is_due(url, old(FIRST, age=100), FIRST + timedelta(days=7)) for url in URLS)


def lead_of(url: str, text: str = "", listed_on: str = "", page_title: str = "") -> Lead:
    begun = seed_lead(Seed("http://a.example/nb/"))
    return lead_to(Link(url, text, "report", listed_on), "http://a.example/nb/", page_title, begun)


def memory_of(visited: Visited | None) -> Memory:
    return Memory(Known("0" * 64, "", "") if visited else None, visited, True, NEVER)


def test_the_load_stays_even_after_a_first_night_that_found_thousands() -> None:
    """Each is confirmed soon, once; afterwards the nights have what their turns bring."""
    urls = URLS[:1200]
    visited = dict.fromkeys(urls, old(FIRST, times=1))
    load, confirmed = [], []
    for day in (FIRST + timedelta(days=n) for n in range(1, 66)):
        turns = Turns(TABLE, day, max_extra=120)
        due = [url for url in urls if not turns.rests(lead_of(url), memory_of(visited[url]))]
        visited |= {url: replace(visited[url], last_on=day, times=visited[url].times + 1) for url in due}
        load.append(len(due))
        confirmed.append(sum(one.times > 1 for one in visited.values()))
    assert load[0] == 0
    assert max(load) < 120 + 2 * 1.5 * len(urls) / 30, "at first two nights' turns"
    assert confirmed[10] == len(urls)
    assert max(load[-30:]) < 1.6 * len(urls) / 30
    assert all(one.times >= 3 for one in visited.values())


def test_something_new_beside_it_or_a_later_day_ends_its_rest() -> None:
    turns = Turns(TABLE, FIRST + timedelta(days=1), max_extra=1)
    resting = [url for url in URLS if not TABLE.is_due(url, old(FIRST), turns.today)]
    assert turns.rests(lead_of(resting[0]), memory_of(old(FIRST)))
    assert not turns.rests(lead_of(resting[0]), memory_of(old(FIRST)), beside_news=True)
    assert turns.rests(lead_of(resting[1]), memory_of(old(FIRST)), beside_news=True), "one extra visit is allowed"
    assert not turns.rests(lead_of(resting[0], listed_on="2025-01-02"), memory_of(old(FIRST)))
    assert turns.rests(lead_of(resting[0], listed_on="2025-01-01"), memory_of(old(FIRST)))
    assert turns.rests(lead_of(resting[0], listed_on="2052-01-02"), memory_of(old(FIRST))), "a misprint"
    same_night = Turns(TABLE, FIRST, max_extra=1)
    assert same_night.rests(lead_of(resting[0]), memory_of(old(FIRST)), beside_news=True), "it was asked for tonight"


def test_news_is_what_was_never_asked_for() -> None:
    turns, lead = Turns(TABLE, FIRST, 1), lead_of(URLS[0])
    assert turns.is_news(lead, {})
    assert not turns.is_news(lead, {URLS[0]: memory_of(None)})
    assert not turns.is_news(replace(lead, link=replace(lead.link, kind="column")), {})


@pytest.mark.parametrize(
    ("text", "page_title", "rests"),
    [
        ("星桥市审计局2019年政府信息公开工作年度报告", "", True),
        ("附表", "2019年年报", True),
        ("星桥市审计局2024年政府信息公开工作年度报告", "", False),
    ],
)
def test_the_year_in_the_words_tells_the_age_where_no_day_does(text: str, page_title: str, rests: bool) -> None:
    lead = lead_of(URLS[0], text, page_title=page_title)
    assert Turns(TABLE, FIRST, 9).rests(lead, memory_of(Visited(FIRST, FIRST))) is rests


def rows_of(*rows: tuple[str, str]) -> list[Link]:
    return [Link(f"http://a.example/{n}.html", text, "report", day) for n, (text, day) in enumerate(rows)]


def test_a_list_is_rewritten_when_some_of_its_rows_are() -> None:
    before = rows_of(("2023年年报", "2024-01-20"), ("2022年年报 浏览7次", ""), ("2021年年报", ""))
    again = rows_of(("2023年年报", "2024-01-20"), ("2022年年报 浏览9次", ""), ("2021年年报", ""))
    assert not are_rewritten(before, again)
    assert not are_rewritten(before, again[1:]), "a row that is gone"
    assert not are_rewritten(before[1:], again), "a row that is new"
    assert are_rewritten(before, [*again[:2], replace(again[2], text="2021年年报（更正）")])
    assert are_rewritten(before, [replace(again[0], listed_on="2024-03-01"), *again[1:]])
    rebuilt = [replace(link, text=f"{link.text}.") for link in again[1:]]
    assert not are_rewritten(before, [again[0], *rebuilt])


def test_a_page_is_settled_when_all_it_leads_to_was_had_and_itself_is_recorded() -> None:
    errands = Errands()
    errands.done("c")
    assert not errands.begin("page", ["a", "b", "c"])
    assert not errands.begin("other", ["b"])
    assert errands.done("a", "b") == []
    assert errands.done(page_of("page")) == ["page"]
    assert errands.done(page_of("other")) == ["other"]
    assert errands.begin("page", ["a"]), "had before"


def test_a_file_had_by_a_redirect_is_owed_no_more_to_the_page_that_names_it_itself() -> None:
    """Whichever of two pages comes first: one links to the file, the other to an address that redirects to it."""
    errands, target, seed = Errands(), "http://a.example/nb/g.pdf", Seed("http://a.example/nb/")
    plain, moved = (
        replace(seed_lead(seed), link=Link(url, "附件", "attachment"), asked=url)
        for url in (target, "http://a.example/nb/old.pdf")
    )
    errands.begin("page", [errand_of(plain)])
    errands.begin("other", [errand_of(moved)])
    pages = errands.done(*errands_of(moved.redirected_to(target)), page_of("page"), page_of("other"))
    assert sorted(pages) == ["other", "page"]


@pytest.mark.parametrize(
    ("path", "text", "rests"),
    [
        ("nb/202401/5839514.html", "县教育局", True),
        ("show.jsp?area=99&fbtime=2021", "", True),
        ("nb/2023/", "2023年", True),
        ("nb/bm/2022n/rsj/", "县教育局", True),
        ("nb/2023/", "县教育局", False),
        ("nb/jyj/", "县教育局", False),
        ("nb/index_2.html", "县教育局", False),
        ("c120310/list.shtml", "县教育局", False),
    ],
)
def test_a_report_that_is_linked_like_a_column_rests_unless_it_may_become_a_list(
    path: str, text: str, rests: bool
) -> None:
    today = FIRST + timedelta(days=400)
    begun = seed_lead(Seed("http://a.example/"))
    memory = Memory(Known("0" * 64, "", ""), Visited(FIRST, today, times=2), True, NEVER)
    lead = lead_to(Link(f"http://a.example/{path}", text, "column"), begun.link.url, "", begun)
    assert Turns(TABLE, today, 100).rests(lead, memory) is rests
    assert not Turns(TABLE, today, 100).rests(lead, replace(memory, is_document=False))


def test_the_setting_is_checked() -> None:
    with pytest.raises(ValueError, match="REVISIT_EVERY"):
        revisits([(0, 0)])
    with pytest.raises(ValueError, match="often"):
        revisits([("often", 1)])
    assert from_settings(Settings({"REVISIT_EVERY": [(30, 3)]})).every(31) == 3
    assert from_settings(Settings({"REVISIT_EVERY": "0:1,30:3"})).every(31) == 3
    assert from_settings(Settings({"REVISIT_EVERY": []})).every(5000) == 1


def test_the_clock_can_be_moved() -> None:
    now, later = Clock(), Clock.from_settings(Settings({"CLOCK_SHIFT_DAYS": 70}))
    assert (later.today() - now.today()).days in {70, 71}
    assert later.stamp()[:10] == later.today().isoformat()


def test_the_nearest_words_are_searched_first() -> None:
    names = ["县财政局", "政务公开", "部门街道", "政府信息公开专栏", "信息公开", "历年年报"]
    assert sorted(names, key=worth, reverse=True) == [
        "历年年报",
        "政府信息公开专栏",
        "信息公开",
        "政务公开",
        "部门街道",
        "县财政局",
    ]
    seed = Seed("http://a.example/")
    frontier, begun = Frontier(), seed_lead(seed)
    for name in (*names, "政务公开"):
        frontier.offer(lead_to(Link(f"http://a.example/{name}/", name, "hub"), seed.url, "", begun))
    order = []
    while (lead := frontier.best(seed.url)) is not None:
        order.append(lead.link.text)
    assert order == ["历年年报", "政府信息公开专栏", "信息公开", "政务公开", "部门街道", "县财政局"]


def test_search_steps_are_no_hops() -> None:
    begun = seed_lead(Seed("http://a.example/"))
    hub = lead_to(Link("http://a.example/zwgk/", "政务公开", "hub"), begun.link.url, "", begun)
    column = lead_to(Link("http://a.example/nb/", "年报", "column"), hub.link.url, "", hub)
    assert [(lead.steps, lead.hops) for lead in (begun, hub, column)] == [(0, 0), (1, 0), (1, 1)]


def book(now: list[float]) -> HostBook:
    settings = Settings({"MAX_HOST_FAILURES": 3, "MAX_RETRY_AFTER_S": 60, "MAX_CRAWL_DELAY_S": 60})
    settings.update({"GROUP_PAUSE_S": 30.0, "MAX_GROUP_CHALLENGES": 2})
    return HostBook(settings, clock=lambda: now[0])


def test_hosts_of_one_city_are_slowed_together_and_left_together() -> None:
    now = [0.0]
    city = book(now)
    first, second, third, other = (
        f"http://{host}/x" for host in ("jyj.xq99.gov.cn", "www.xq99.gov.cn", "czj.xq99.gov.cn", "www.yh99.gov.cn")
    )
    city.challenged(first, "blocked", "waf")
    with pytest.raises(LeftAloneError):
        city.check(first)
    city.check(second)
    assert (city.wait_s(second), city.wait_s(other)) == (30, 0)
    now[0] = 30
    city.heed(second, 200, "", again=False)
    assert (city.wait_s(third), city.wait_s(other)) == (30, 0)
    city.challenged(second, "blocked", "waf")
    with pytest.raises(LeftAloneError, match="2 hosts of"):
        city.check(third)
    city.check(other)


def test_a_city_has_one_turn_and_one_slot() -> None:
    city = book([0.0])
    assert city.turn("http://jyj.xq99.gov.cn/") is city.turn("https://www.xq99.gov.cn/a")
    assert city.turn("http://jyj.xq99.gov.cn/") is not city.turn("http://jyj.yh99.gov.cn/")
    slots = set()
    for url in ("http://jyj.xq99.gov.cn/", "http://xq99.gov.cn/", "http://127.0.0.1:9/", "http://127.0.0.1:8/"):
        request = Request(url)
        GroupMiddleware().process_request(request)
        slots.add(request.meta["download_slot"])
    assert slots == {"xq99.gov.cn", "127.0.0.1"}


def test_a_wait_that_one_host_asks_for_holds_for_its_city() -> None:
    city = book([0.0])
    city.heed("http://jyj.xq99.gov.cn/", 429, "20", again=False)
    assert city.wait_s("http://www.xq99.gov.cn/") == 20
