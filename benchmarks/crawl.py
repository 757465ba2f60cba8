"""The crawl with its delays off, beside a bare Scrapy spider that downloads the same pages; the longest reactor block.

A portal on each of several loopback addresses, served by a process of its own; the spiders run one after the other,
also in processes of their own. The bare one is what an ordinary user of Scrapy runs: Scrapy's own settings, event loop
and concurrency, without delays, console and log. The crawl judges, walks and archives every page and has it read
meanwhile; it asks one host for one page at a time, which the bare spider does not. One run reads nothing, which tells
what reading costs. Times are those from the first request to the last answer; what the reader had left then is finished
afterwards and told in its own column. On a busy machine believe the processor times, not those of the clock.

All is done with two kinds of pages: short ones, of 7 kB, where what counts is the work for an answer, and pages as they
are on portals, of 30 to 100 kB (`benchmarks.portal_pages`), where it is the work for its bytes.
"""

import asyncio
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call

from benchmarks import portal_pages
from tests.site import column
from tests.site.portals import report

ROOT = Path(__file__).parent.parent
HOSTS = tuple(f"127.0.0.{number}" for number in range(21, 29))
ROWS = 20
BEAT_S = 0.005
QUICK = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 0, "LOG_LEVEL": "ERROR"}
TITLE = "星桥市第{}局2021年政府信息公开工作年度报告"

COLUMNS = (
    "answers", "seconds", "a second", "of bare %", "reactor ms", "process ms", "lookers ms", "block ms", "busy ms", "rest s",
)  # fmt: skip
"""Processor time for each answer, until the last one: of the crawling process in its main thread (reactor) and in all
(process; that of forcing files to disk one by one, when the archive's journal is settled, comes after the last answer);
to the end: of its lookers. Block: the longest time by the clock for which the reactor did not come round; busy: by its
own processor time, which other programs cannot lengthen."""

Pages = Mapping[str, tuple[bytes, bytes]]


class Heartbeat:
    """A Scrapy extension: the longest time for which the reactor did not come round, and how long was downloaded."""

    def __init__(self) -> None:
        self._last = self._begun = self._answered = 0.0
        self._longest_s = self._busiest_s = self._thread_s = self._process_s = self._spent_s = 0.0
        self._answers = self._seen = 0
        self._used = 0.0, 0.0
        self._loop: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension; Scrapy calls this."""
        beat = cls()
        crawler.signals.connect(beat.begin, signal=signals.spider_opened)
        crawler.signals.connect(beat.answer, signal=signals.response_downloaded)
        crawler.signals.connect(beat.end, signal=signals.spider_closed)
        return beat

    def begin(self) -> None:
        """Start beating."""
        self._last, self._spent_s = time.perf_counter(), time.thread_time()
        self._loop = create_looping_call(self._beat)
        self._loop.start(BEAT_S)

    def answer(self) -> None:
        """Note an answer; the first, of robots.txt or a list, begins the measured time."""
        self._answered = time.perf_counter()
        if not self._answers:
            self._begun, self._used = self._answered, (time.thread_time(), time.process_time())
        self._answers += 1

    def end(self) -> None:
        """Stop and write what was measured."""
        self._loop.stop()
        result = {
            "answers": self._answers,
            "seconds": self._answered - self._begun,
            "after_s": time.perf_counter() - self._answered,
            "longest_block_s": self._longest_s,
            "longest_busy_s": self._busiest_s,
            "lookers_s": sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]),
            "reactor_s": self._thread_s - self._used[0],
            "process_s": self._process_s - self._used[1],
        }
        Path(os.environ["BENCHMARK_RESULT"]).write_text(json.dumps(result), encoding="ascii")

    def _beat(self) -> None:
        now, spent_s = time.perf_counter(), time.thread_time()
        self._longest_s = max(self._longest_s, now - self._last - BEAT_S)
        self._busiest_s = max(self._busiest_s, spent_s - self._spent_s)
        self._last, self._spent_s = now, spent_s
        if self._seen != self._answers:
            self._seen = self._answers
            self._thread_s, self._process_s = time.thread_time(), time.process_time()


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


def short_portal() -> dict[str, bytes]:
    """Make a host's pages: lists with a pager, and as many different reports as they have rows."""
    return portal(10, lambda body, _: body, lambda title, _: report(title.partition("2021")[0], 2021))


def real_portal() -> dict[str, bytes]:
    """Make a host's pages as they are on portals."""
    return portal(10, portal_pages.within, portal_pages.reports())


def portal(lists: int, dressed: Callable[[str, str], str], report_of: Callable[[str, int], str]) -> dict[str, bytes]:
    """Make the pages of so many lists and of the reports on them."""
    pages: dict[str, bytes] = {"/robots.txt": b""}
    for number in range(lists):
        rows = [(f"/r{number * ROWS + row}.html", TITLE.format(number * ROWS + row)) for row in range(ROWS)]
        more = f"<script>createPageHTML({lists}, {number}, 'index', 'html')</script>"
        shown = dressed(column(*rows, more=more), "政府信息公开年报")
        pages["/nb/" if number == 0 else f"/nb/index_{number}.html"] = shown.encode()
        pages |= {path: report_of(title, int(path[2:-5])).encode() for path, title in rows}
    return pages


PORTALS: Mapping[str, Callable[[], dict[str, bytes]]] = {"short pages": short_portal, "pages of portals": real_portal}


def answers(pages: Mapping[str, bytes], host: str) -> Pages:
    """Write the whole answers for a host's pages beforehand: (with the page, to a matching condition)."""
    return {path: _answer(body.replace("星桥市".encode(), f"{host[-2:]}市".encode())) for path, body in pages.items()}


def _answer(body: bytes) -> tuple[bytes, bytes]:
    head = f'Content-Type: text/html; charset=utf-8\r\nETag: "{sha256(body).hexdigest()[:16]}"\r\n'.encode()
    whole = b"HTTP/1.1 200 OK\r\n" + head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    return whole, b"HTTP/1.1 304 Not Modified\r\n" + head + b"\r\n"


class Server(asyncio.Protocol):
    """HTTP enough for two spiders, so cheap that what is measured is not the server."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin with a client."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each whole request."""
        *requests, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1].decode()
            whole, unchanged = self._pages[path]
            self._transport.write(unchanged if b"\r\nIf-None-Match:" in request else whole)


def _serve(kind: str, ready: Connection) -> None:
    async def run() -> None:
        loop, pages = asyncio.get_running_loop(), PORTALS[kind]()
        host_pages = {host: answers(pages, host) for host in HOSTS}
        server = await loop.create_server(partial(Server, host_pages[HOSTS[0]]), HOSTS[0], 0)
        port = server.sockets[0].getsockname()[1]
        for host in HOSTS[1:]:
            await loop.create_server(partial(Server, host_pages[host]), host, port)
        ready.send(port)
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def serving(kind: str) -> Iterator[int]:
    """Serve the portals in a process of their own and give their port."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(kind, there), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def measure(command: list[str], result: Path) -> dict[str, float]:
    """Run a command in a process of its own and give what its heartbeat wrote."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BENCHMARK_RESULT": str(result)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if not result.exists():
        raise RuntimeError(done.stderr)
    measured: dict[str, float] = json.loads(result.read_text(encoding="ascii"))
    return measured


def crawl_command(folder: Path, urls: list[str], **more: object) -> list[str]:
    folder.mkdir(exist_ok=True)
    seeds = folder / "seeds.csv"
    seeds.write_text("url,agency,region,note\n" + "".join(f"{url},,,\n" for url in urls), encoding="utf-8")
    extensions = {
        "crawler.manners.politeness.HostBook": 100,
        "crawler.run.pauses.ShortPauses": 200,
        "benchmarks.crawl.Heartbeat": 300,
    }
    settings = {**QUICK, "DATA_DIR": folder / "data", "EXTENSIONS": json.dumps(extensions), **more}
    command = [sys.executable, "-m", "scrapy", "crawl", "annual_reports", "-a", f"seeds={seeds}"]
    return [*command, *(word for name, value in settings.items() for word in ("-s", f"{name}={value}"))]


def bare(urls: str, **settings: int) -> None:
    """Run the bare spider on the URLs of a file."""
    quiet = {"EXTENSIONS": {"benchmarks.crawl.Heartbeat": 200}, "TELNETCONSOLE_ENABLED": False, "LOGSTATS_INTERVAL": 0}
    process = CrawlerProcess({**QUICK, **quiet, **settings})
    process.crawl(BareSpider, urls=Path(urls).read_text(encoding="utf-8").split())
    process.start()


def commands(kind: str, folder: Path, port: int) -> dict[str, list[str]]:
    """Give what is measured, by name."""
    urls = folder / "urls.txt"
    pages = [path for path in PORTALS[kind]() if path != "/robots.txt"]
    urls.write_text("\n".join(f"http://{host}:{port}{path}" for path in pages for host in HOSTS), encoding="utf-8")
    call = f"from benchmarks.crawl import bare; bare({str(urls)!r})"
    columns = [f"http://{host}:{port}/nb/" for host in HOSTS]
    return {
        "bare Scrapy": [sys.executable, "-c", call],
        "crawl, nothing read": crawl_command(folder / "c", columns, READER_WORKERS=0),
        "crawl": crawl_command(folder / "a", columns),
        "crawl, second night": crawl_command(folder / "a", columns, REVISIT_EVERY=""),
        "crawl of one host": crawl_command(folder / "b", columns[:1]),
    }


def main() -> None:
    """Print pages a second and the longest reactor block of both, and of a second night of the crawl."""
    print(f"{'':20}" + "".join(f"{name:>11}" for name in COLUMNS))
    for kind in PORTALS:
        with serving(kind) as port, tempfile.TemporaryDirectory() as name:
            print(kind)
            compare(commands(kind, Path(name), port), Path(name))


def compare(measured: Mapping[str, list[str]], folder: Path) -> None:
    """Run one command after another and print a row for each; the first is the bare spider."""
    bare_rate = 0.0
    for label, command in measured.items():
        m = measure(command, folder / f"{label}.json")
        bare_rate = bare_rate or rate(m)
        print(f"  {label:18}" + "".join(f"{value:>11.1f}" for value in row(m, bare_rate)), flush=True)


def rate(m: Mapping[str, float]) -> float:
    """Give the answers a second of one run."""
    return m["answers"] / m["seconds"]


def row(m: Mapping[str, float], bare_rate: float) -> Iterator[float]:
    """Give the figures of one run in the order of ``COLUMNS``."""
    yield from (m["answers"], m["seconds"], rate(m), 100 * rate(m) / bare_rate)
    yield from (1000 * m[name] / m["answers"] for name in ("reactor_s", "process_s", "lookers_s"))
    yield from (1000 * m[name] for name in ("longest_block_s", "longest_busy_s"))
    yield m["after_s"]
