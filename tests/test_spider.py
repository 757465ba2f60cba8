"""The spider's small parts: years, leads, waits, and what an error is recorded as."""

from datetime import UTC, datetime

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, DownloadTimeoutError
from scrapy.settings import Settings

from crawler.items import Link, LinkKind
from crawler.manners.failures import LeftAloneError, RobotsError, outcome_and_cause
from crawler.manners.netguard import RefusedError
from crawler.manners.politeness import HostBook, retry_after_s
from crawler.seeds import Seed
from crawler.walk.lead import lead_to, seed_lead
from crawler.walk.years import is_wanted, parse_years

NOW = datetime(2025, 2, 1, 12, 0, tzinfo=UTC)
REPORT = "泉下县财政局{}年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("text", "years"),
    [("", set()), ("2022", {2022}), ("2019-2021", {2019, 2020, 2021}), (" 2019-2020 , 2023 ", {2019, 2020, 2023})],
)
def test_years_are_read(text: str, years: set[int]) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize("text", ["22", "2022-", "2024-2019", "２０２２", "abc", "2019–2021", ",", "1999"])
def test_other_years_are_a_mistake(text: str) -> None:
    with pytest.raises(ValueError, match="years"):
        parse_years(text)


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        (REPORT.format(2022), "report", True),
        (REPORT.format(2020), "report", False),
        ("财政局年报", "report", True),
        ("附件：2020年表.pdf", "attachment", False),
        ("附件", "attachment", True),
        ("2022年", "column", True),
        ("2023年", "column", True),  # published in 2023: the reports of 2022
        ("2020年", "column", False),
        ("部门年报", "column", True),
        ("2020", "next", True),
    ],
)
def test_links_to_other_years_are_not_wanted(text: str, kind: LinkKind, wanted: bool) -> None:
    assert is_wanted(text, kind, frozenset({2022})) is wanted
    assert is_wanted(text, kind, frozenset())


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("-5", 0),
        ("soon", 0),
        ("", 0),
        ("1e9", 0),
        ("٣", 0),
        ("Sat, 01 Feb 2025 12:00:30 GMT", 30),
        ("Sat, 01 Feb 2025 11:00:00 GMT", 0),
        ("Thu, 01 Feb 2035 12:00:00 GMT", 10 * 365 * 86400 + 2 * 86400),
    ],
)
def test_retry_after(value: str, seconds: float) -> None:
    assert retry_after_s(value, NOW) == seconds


def test_the_book_counts_failures_in_a_row() -> None:
    book = HostBook(Settings({"MAX_HOST_FAILURES": 3, "MAX_RETRY_AFTER_S": 60, "MAX_CRAWL_DELAY_S": 60}))
    url = "http://a.example/x"
    for status in (403, 500, 200, 503, 429):
        book.heed(url, status, "", again=False)
    book.check(url)
    book.heed(url, 500, "", again=True)  # a repetition of what was counted
    book.check(url)
    book.heed(url, 500, "", again=False)
    with pytest.raises(LeftAloneError, match="3 failures in a row"):
        book.check(url)
    book.check("http://b.example/")


def test_the_book_waits_as_told() -> None:
    now = [100.0]
    settings = Settings({"MAX_HOST_FAILURES": 3, "MAX_RETRY_AFTER_S": 60, "MAX_CRAWL_DELAY_S": 5})
    book = HostBook(settings, clock=lambda: now[0])
    book.heed("http://a.example/", 429, "50", again=False)
    assert book.wait_s("http://a.example/") == 50
    now[0] += 49
    assert book.wait_s("http://a.example/") == 1
    book.space("http://b.example/", 999)
    book.heed("http://b.example/", 200, "", again=False)
    assert book.wait_s("http://b.example/") == 5
    book.heed("http://c.example/", 503, "61", again=False)
    with pytest.raises(LeftAloneError, match="asked to wait 61 s"):
        book.check("http://c.example/")


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (RefusedError("private address 127.0.0.2"), "refused"),
        (RobotsError("forbidden by robots.txt"), "robots"),
        (LeftAloneError("throttled", "later"), "throttled"),
        (DownloadTimeoutError(), "unreachable"),
        (CannotResolveHostError(), "unreachable"),
        (DownloadCancelledError(), "too_big"),
        (ValueError("odd"), "unreachable"),
    ],
)
def test_errors_have_an_outcome_and_a_cause(error: Exception, outcome: str) -> None:
    found, cause = outcome_and_cause(error)
    assert found == outcome
    assert cause


def test_pages_of_a_list_are_not_hops() -> None:
    seed = seed_lead(Seed("http://a.example/nb/"))
    further = lead_to(Link("http://a.example/nb/2.html", "下一页", "next"), "http://a.example/nb/", "", seed)
    column = lead_to(Link("http://a.example/nb/bm/", "部门", "column"), "http://a.example/nb/2.html", "", further)
    assert (further.hops, further.list_page, further.list_url) == (0, 2, "http://a.example/nb/")
    assert (column.hops, column.list_page, column.list_url) == (1, 1, "http://a.example/nb/bm/")
