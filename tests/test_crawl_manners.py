"""Manners, on a real server: one request at a time, waits that are kept, robots.txt, hosts that are left alone."""

import time
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

from tests.site import Answer, Handler, Site, column, serve
from tests.site.run import Run, crawl

TITLES = [f"泉下县第{number}局2023年政府信息公开工作年度报告" for number in range(12)]
LIST = column(*((f"/r{number}.html", title) for number, title in enumerate(TITLES)))


def answer(status: int, body: bytes = b"<html><body>x</body></html>", headers: dict[str, str] | None = None) -> Answer:
    return lambda handler: handler.send(status, body, headers=headers)


def slow(handler: Handler) -> None:
    time.sleep(0.05)
    handler.send(200, b"<html><body>" + "泉".encode() * 300 + b"</body></html>")


def every(page: Answer | str, robots: Answer | str | bytes = "") -> dict[str, bytes | str | Answer]:
    return {"/nb/": LIST, "/robots.txt": robots, **{f"/r{number}.html": page for number in range(12)}}


def run_on(tmp_path: Path, pages: dict[str, bytes | str | Answer], **settings: object) -> tuple[Site, Run]:
    with serve(pages) as site:
        return site, crawl(tmp_path, f"{site.url}/nb/", **settings)


def test_one_request_at_a_time_without_any_delay(tmp_path: Path) -> None:
    site, _ = run_on(tmp_path, every(slow))
    # robots.txt, the list, twelve pages, and once the front page, for none of them reads as a report
    assert len(site.hits) == 15
    assert site.most_busy == 1


def test_the_delay_is_kept(tmp_path: Path) -> None:
    site, _ = run_on(tmp_path, every(slow), DOWNLOAD_DELAY=0.2, DOWNLOAD_DELAY_JITTER=0, MAX_PAGES_PER_SEED=5)
    gaps = [later.at - earlier.at for earlier, later in pairwise(site.hits)]
    # A busy machine lets one request arrive late, so that the next seems early; the sum bears no such error.
    assert min(gaps) > 0.1
    assert sum(gaps) > 0.19 * len(gaps)


REFUSALS = {403: "blocked", 429: "throttled", 500: "server_error"}


def test_three_refusals_in_a_row_end_the_night(tmp_path: Path) -> None:
    with ExitStack() as stack:
        # An address each: what one host does must not count against another.
        sites = [
            stack.enter_context(serve(every(answer(status)), host=f"127.0.0.{number}"))
            for number, status in enumerate(REFUSALS, start=11)
        ]
        run = crawl(tmp_path, *(f"{site.url}/nb/" for site in sites))
    outcomes, details = run.outcomes(""), run.details("")
    for site, outcome in zip(sites, REFUSALS.values(), strict=True):
        assert len([path for path in site.paths() if path != "/nb/"]) == 3
        assert [outcomes[f"{site.url}/r{number}.html"] for number in range(12)] == [outcome] * 12
        mine = [detail for url, detail in details.items() if url.startswith(site.url)]
        assert sum("left for the night" in detail for detail in mine) == 9


def test_refusals_that_are_not_in_a_row_do_not(tmp_path: Path) -> None:
    pages = every(slow) | {f"/r{number}.html": answer(500) for number in range(0, 12, 2)}
    site, _ = run_on(tmp_path, pages)
    assert len([path for path in site.paths() if path != "/"]) == 13


def test_one_challenge_ends_the_night_and_its_bytes_are_kept(tmp_path: Path) -> None:
    script = b"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>"
    site, run = run_on(tmp_path, every(answer(412, script)))
    assert len([path for path in site.paths() if path != "/nb/"]) == 1
    assert run.rows("SELECT outcome, detail FROM fetches WHERE status = 412 AND sha256 IS NOT NULL") == [
        ("blocked", "ruishu")
    ]


def test_retry_after_is_waited_for(tmp_path: Path) -> None:
    told: list[str] = []

    def busy_once(handler: Handler) -> None:
        if told:
            slow(handler)
        else:
            told.append(handler.path)
            handler.send(429, b"", headers={"Retry-After": "2"})

    site, run = run_on(tmp_path, every(busy_once), RETRY_TIMES=2)
    refused = next(hit for hit in site.hits if hit.status == 429)
    after = [hit.at - refused.at for hit in site.hits if hit.at > refused.at]
    assert min(after) >= 1.9
    assert "throttled" not in run.outcomes(site.url).values()


def test_too_long_a_retry_after_is_another_night(tmp_path: Path) -> None:
    site, run = run_on(tmp_path, every(answer(503, headers={"Retry-After": "315360000"})))
    assert len([path for path in site.paths() if path != "/nb/"]) == 1
    assert set(run.outcomes(site.url).values()) == {"ok", "throttled"}


ROBOTS: list[tuple[Answer | bytes, bool]] = [
    (answer(404), True),
    (answer(410), True),
    (answer(302, headers={"Location": "/elsewhere.txt"}), True),
    (answer(302, headers={"Location": "/robots.txt"}), False),
    (answer(403), False),
    (answer(500), False),
    (answer(412), False),
    (answer(200, "<html><body>请完成安全验证</body></html>".encode()), False),
    (answer(200, "<html><head><title>页面不存在</title></head><body>您访问的页面不存在</body></html>".encode()), True),
    (b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", False),
    ("# 说明".encode("gb18030") + b"\nUser-agent: *\nDisallow: /r\n", True),
    (b"User-agent: *\nDisallow: /x\n" + b"#" * 600_000 + b"\nDisallow: /\n", True),
]


def test_robots_in_every_state(tmp_path: Path) -> None:
    with ExitStack() as stack:
        # An address each: what one host does must not count against another.
        sites = [
            stack.enter_context(serve(every(slow, robots), host=f"127.0.0.{number}"))
            for number, (robots, _) in enumerate(ROBOTS, start=11)
        ]
        run = crawl(tmp_path, *(f"{site.url}/nb/" for site in sites), MAX_PAGES_PER_SEED=1)
    assert [("/nb/" in site.paths()) for site in sites] == [asked for _, asked in ROBOTS]
    outcomes = dict(run.rows("SELECT url, outcome FROM fetches WHERE url LIKE '%/nb/'"))
    assert [outcomes[f"{site.url}/nb/"] for site in sites] == ["ok" if asked else "robots" for _, asked in ROBOTS]
    assert run.code == 1


def test_a_challenge_in_place_of_robots_is_named(tmp_path: Path) -> None:
    challenge = answer(521, b"<script>document.cookie=('__jsl_clearance_s=')+('1');location.href='/'</script>")
    with serve(every(slow, challenge)) as site:
        run = crawl(tmp_path, f"{site.url}/nb/")
        assert site.paths() == []
    assert run.details(site.url)["/nb/"] == "host left for the night: robots.txt answered HTTP 521 (blocked jsl)"


def test_a_crawl_delay_is_kept(tmp_path: Path) -> None:
    site, _ = run_on(tmp_path, every(slow, "User-agent: *\nCrawl-delay: 0.5\n"), MAX_PAGES_PER_SEED=3)
    pages = [hit.at for hit in site.hits if hit.path != "/robots.txt"]
    assert min(later - earlier for earlier, later in pairwise(pages)) >= 0.5
