"""The crawl with its delays off, beside a bare Scrapy spider that downloads the same pages; the longest reactor block.

A portal of loopback pages is served by this process; both spiders run in processes of their own, one after the other.
The crawl also judges, walks, archives, reads and stores every page, so it is slower; what counts is that it stays far
above the pace that politeness allows, and that the reactor is never held up for long.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call

from tests.site import column, serve
from tests.site.portals import report

ROOT = Path(__file__).parent.parent
PAGES, ROWS = 20, 20
BEAT_S = 0.005
QUICK = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 0, "LOG_LEVEL": "ERROR"}
TITLE = "星桥市第{}局2021年政府信息公开工作年度报告"


class Heartbeat:
    """A Scrapy extension that writes the longest time for which the reactor did not come round."""

    def __init__(self) -> None:
        self._last = 0.0
        self._longest_s = 0.0
        self._begun = 0.0
        self._loop: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension; Scrapy calls this."""
        beat = cls()
        crawler.signals.connect(beat.begin, signal=signals.spider_opened)
        crawler.signals.connect(beat.end, signal=signals.spider_closed)
        return beat

    def begin(self) -> None:
        """Start beating."""
        self._begun = self._last = time.perf_counter()
        self._loop = create_looping_call(self._beat)
        self._loop.start(BEAT_S)

    def end(self) -> None:
        """Stop and write what was measured."""
        self._loop.stop()
        result = {"seconds": time.perf_counter() - self._begun, "longest_block_s": self._longest_s}
        Path(os.environ["BENCHMARK_RESULT"]).write_text(json.dumps(result), encoding="ascii")

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest_s = max(self._longest_s, now - self._last - BEAT_S)
        self._last = now


class BareSpider(Spider):
    """Download every URL of a file, and nothing else."""

    name = "bare"

    def __init__(self, urls: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls

    async def start(self) -> AsyncIterator[Request]:
        """Ask for everything."""
        for url in self.urls:
            yield Request(url, dont_filter=True)

    def parse(self, _response: Response) -> Iterator[Any]:
        """Take an answer and do nothing with it."""
        yield from ()


def portal() -> dict[str, bytes | str]:
    """Make the pages: lists with a pager, and as many different reports as they have rows."""
    pages: dict[str, bytes | str] = {}
    for number in range(PAGES):
        rows = [(f"/r{number * ROWS + row}.html", TITLE.format(number * ROWS + row)) for row in range(ROWS)]
        more = f"<script>createPageHTML({PAGES}, {number}, 'index', 'html')</script>"
        pages["/nb/" if number == 0 else f"/nb/index_{number}.html"] = column(*rows, more=more)
        pages |= {path: report(title.partition("2021")[0], 2021) for path, title in rows}
    return pages


def measure(command: list[str], result: Path) -> dict[str, float]:
    """Run a command in a process of its own and give what its heartbeat wrote."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BENCHMARK_RESULT": str(result)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if not result.exists():
        raise RuntimeError(done.stderr)
    measured: dict[str, float] = json.loads(result.read_text(encoding="ascii"))
    return measured


def crawl_command(folder: Path, url: str) -> list[str]:
    seeds = folder / "seeds.csv"
    seeds.write_text(f"url,agency,region,note\n{url},,,\n", encoding="utf-8")
    extensions = {"crawler.politeness.HostBook": 100, "benchmarks.crawl.Heartbeat": 200}
    settings = {**QUICK, "DATA_DIR": folder / "data", "EXTENSIONS": json.dumps(extensions)}
    command = [sys.executable, "-m", "scrapy", "crawl", "annual_reports", "-a", f"seeds={seeds}"]
    return [*command, *(word for name, value in settings.items() for word in ("-s", f"{name}={value}"))]


def bare(urls: str, concurrency: int) -> None:
    """Run the bare spider on the URLs of a file."""
    settings = {**QUICK, "EXTENSIONS": {"benchmarks.crawl.Heartbeat": 200}, "TELNETCONSOLE_ENABLED": False}
    process = CrawlerProcess({**settings, "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency, "LOGSTATS_INTERVAL": 0})
    process.crawl(BareSpider, urls=Path(urls).read_text(encoding="utf-8").split())
    process.start()


def main() -> None:
    """Print pages a second and the longest reactor block of both, and of a second night of the crawl."""
    pages = portal()
    with serve({**pages, "/robots.txt": b""}) as site, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        urls = folder / "urls.txt"
        urls.write_text("\n".join(site.url + path for path in pages), encoding="utf-8")
        runs = {
            **{
                f"bare Scrapy, {count} at once": [
                    sys.executable,
                    "-c",
                    f"from benchmarks.crawl import bare; bare({str(urls)!r}, {count})",
                ]
                for count in (1, 8)
            },
            "crawl, first night": crawl_command(folder, f"{site.url}/nb/"),
            "crawl, second night": crawl_command(folder, f"{site.url}/nb/"),
        }
        print(f"{'':22}{'requests':>9}{'seconds':>9}{'a second':>9}{'block ms':>9}")
        for label, command in runs.items():
            site.hits.clear()
            measured = measure(command, folder / f"{label}.json")
            asked, seconds = len(site.paths()), measured["seconds"]
            block_ms = 1000 * measured["longest_block_s"]
            print(f"{label:22}{asked:>9}{seconds:>9.1f}{asked / seconds:>9.1f}{block_ms:>9.0f}", flush=True)
