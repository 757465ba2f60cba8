"""No private address unless a seed names it: links, redirects, refreshes, names, and robots.txt that leads astray."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.site import Answer, Site, column, serve
from tests.site.run import ROOT, Run, crawl, scrapy

TITLE = "泉下县第{}局2023年政府信息公开工作年度报告"


def pages(forbidden: str, port: int) -> dict[str, bytes | str | Answer]:
    spelled = ["127.0.0.2", "0x7f.2", "2130706434", "0177.0.0.2", "１２７.0.0.2", "127。0。0。2", "[::ffff:127.0.0.2]"]
    links = [(f"http://{host}:{port}/x.html", TITLE.format(number)) for number, host in enumerate(spelled)]
    links += [("/redirect.html", TITLE.format("转")), ("/refresh.html", TITLE.format("刷"))]
    links += [
        (f"http://localhost:{port}/name.html", TITLE.format("名")),
        (f"http://a@127.0.0.2:{port}/u", TITLE.format("户")),
    ]
    refresh = (
        f'<html><head><meta http-equiv="refresh" content="0;url={forbidden}/refreshed.html"></head><body></body></html>'
    )
    return {
        "/nb/": column(*links),
        "/redirect.html": lambda handler: handler.send(302, b"", headers={"Location": f"{forbidden}/redirected.html"}),
        "/refresh.html": refresh,
    }


@pytest.fixture(scope="module")
def sites() -> Iterator[tuple[Site, Site, Site]]:
    with ExitStack() as stack:
        secret = stack.enter_context(serve({"/x.html": "secret"}, host="127.0.0.2"))
        seeded = stack.enter_context(serve({}))
        seeded.pages.update(pages(secret.url, secret.port))
        astray = stack.enter_context(serve({}, host="127.0.0.3"))
        astray.pages["/robots.txt"] = lambda handler: handler.send(
            302, b"", headers={"Location": f"{secret.url}/robots.txt"}
        )
        astray.pages["/nb/"] = column()
        yield secret, seeded, astray


@pytest.fixture(scope="module")
def run(sites: tuple[Site, Site, Site], tmp_path_factory: pytest.TempPathFactory) -> Run:
    _, seeded, astray = sites
    folder = tmp_path_factory.mktemp("safety")
    return crawl(folder, f"{seeded.url}/nb/", f"{astray.url}/nb/", MAX_PAGES_PER_SEED=50)


def test_the_seeded_loopback_address_is_fetched(sites: tuple[Site, Site, Site], run: Run) -> None:
    assert sites[1].paths()[0] == "/nb/"
    assert "Traceback" not in run.err


def test_the_address_no_seed_names_is_never_connected_to(sites: tuple[Site, Site, Site], run: Run) -> None:
    assert sites[0].hits == []
    refused = [url for [url] in run.rows("SELECT url FROM fetches WHERE outcome = 'refused'")]
    assert f"{sites[0].url}/redirected.html" in refused
    assert f"{sites[0].url}/x.html" in refused


def test_a_robots_txt_that_leads_to_a_private_address_defers_the_host(sites: tuple[Site, Site, Site], run: Run) -> None:
    assert sites[2].paths() == []
    found = run.rows(f"SELECT outcome, detail FROM fetches WHERE url = '{sites[2].url}/nb/'")
    assert [outcome for outcome, _ in found] == ["refused"]


SCRIPT = """
import asyncio, sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

class Probe(Spider):
    name = "probe"
    async def start(self):
        for url in sys.argv[2:]:
            yield Request(url, self.parse, errback=self.fail, dont_filter=True, meta={"dont_obey_robotstxt": True})
    def parse(self, response):
        print("GOT", response.url)
    def fail(self, failure):
        print("REFUSED", type(failure.value).__name__, failure.value)

settings = get_project_settings()
settings.setdict({"ITEM_PIPELINES": {}, "EXTENSIONS": {"crawler.manners.politeness.HostBook": 1}, "DOWNLOAD_DELAY": 0,
                  "LOG_ENABLED": False, "PRIVATE_ADDRESSES_ALLOWED": [sys.argv[1]]}, priority="cmdline")
process = AsyncCrawlerProcess(settings)
process.crawl(Probe)
process.start()
"""


def test_the_guard_alone_refuses_addresses_names_and_other_ports(tmp_path: Path) -> None:
    """Below the scope rules: even if every link were in scope, the guard would hold."""
    with serve({"/": "page"}) as site, serve({"/": "secret"}, host="127.0.0.2") as secret:
        urls = [f"{site.url}/", f"{secret.url}/", f"http://localhost:{site.port}/", f"http://0x7f.2:{secret.port}/"]
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, f"127.0.0.1:{site.port}", *urls],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=ROOT,
            check=False,
            env={**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings"},
        )
        lines = sorted(done.stdout.splitlines())
        assert lines == [
            f"GOT {site.url}/",
            "REFUSED RefusedError private address 127.0.0.2",
            "REFUSED RefusedError private address 127.0.0.2",
            "REFUSED RefusedError private address behind the name",
        ], done.stderr
        assert secret.hits == []
        assert len(site.hits) == 1


def test_a_seed_may_name_a_host_that_resolves_to_loopback(tmp_path: Path) -> None:
    with serve({"/nb/": column()}) as site:
        run = crawl(tmp_path, f"http://localhost:{site.port}/nb/")
        assert "/nb/" in site.paths()
        assert run.outcomes(f"http://localhost:{site.port}") == {"/nb/": "ok"}


def test_a_mistake_in_the_seeds_stops_the_run_before_anything_is_fetched(tmp_path: Path) -> None:
    with serve({"/nb/": column()}) as site:
        run = crawl(tmp_path, f"{site.url}/nb/", "not a url,,,", f"{site.url}/x/,,12,")
        assert run.code == 2
        assert site.hits == []
        assert "line 3, column 1" in run.err
        assert "line 4, column 3" in run.err
        assert not run.database.exists()


@pytest.mark.parametrize(
    ("argument", "words"),
    [("years=2o22", "years"), ("only=nobody.example", "no seed has"), ("yeers=2022", "unknown argument yeers")],
)
def test_a_mistake_in_an_argument_stops_the_run(tmp_path: Path, argument: str, words: str) -> None:
    run = crawl(tmp_path, "http://127.0.0.1:1/nb/", arguments=[argument])
    assert run.code == 2
    assert words in run.err


def test_another_spider_is_a_usage_error() -> None:
    run = scrapy("crawl", "annual_report")
    assert run.code == 2
