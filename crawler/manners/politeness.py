"""Manners: one request a host at a time, waits when told, robots.txt first, and a host that refuses is left alone.

The rules stand in `HostBook`, one a crawl. `PoliteHandler` asks it at the last moment before a request is sent, so
that neither a burst of the scheduler nor a request queued earlier slips past. robots.txt is kept by `crawler.manners.robots`.
"""

import asyncio
import time
import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.answer.challenges import Verdict, judge
from crawler.answer.signs import may_be_challenge
from crawler.manners.certificates import RelaxedHosts
from crawler.manners.failures import UNANSWERED, LeftAloneError
from crawler.page.urls import host_of, site_of

MAX_CHALLENGE_BYTES = 64 * 1024
UNPACKED_AT_ONCE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a host is left for the night: the outcome its requests are recorded with, and a sentence."""

    outcome: str
    detail: str


class HostBook:
    """What is known of each host in this night: its turn, how long to wait, and whether it is left alone.

    Hosts of one registered domain are a group: a city's portals and bureaus stand behind one firewall, which counts
    our requests together. A group has one turn; a host of it that is challenged slows all, a second one ends the
    night for all. (Resolved addresses would be no better guide: they change, and a CDN's are shared with strangers.)

    ``clock`` gives seconds that only grow; all times are kept in it.
    """

    def __init__(self, settings: BaseSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._max_wait_s = settings.getfloat("MAX_RETRY_AFTER_S")
        self._max_crawl_delay_s = settings.getfloat("MAX_CRAWL_DELAY_S")
        self._max_failures = settings.getint("MAX_HOST_FAILURES")
        self._group_pause_s = settings.getfloat("GROUP_PAUSE_S")
        self._max_challenged = settings.getint("MAX_GROUP_CHALLENGES")
        self._challenged: defaultdict[str, set[str]] = defaultdict(set)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._not_before: dict[str, float] = {}
        self._spacing_s: dict[str, float] = {}
        self._failures: defaultdict[str, int] = defaultdict(int)
        self._decoys: defaultdict[str, int] = defaultdict(int)
        self.stops: dict[str, Stop] = {}
        """Hosts and whole groups (under ``*.`` and their name) left for the night."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the book as a Scrapy extension: one a crawl, found by ``crawler.get_extension``."""
        return cls(crawler.settings)

    def turn(self, url: str) -> asyncio.Lock:
        """Give the lock that whoever talks to a host of the URL's group must hold."""
        return self._turns[group_of(url)]

    def wait_s(self, url: str) -> float:
        """Seconds until the URL's host may be asked again, 0 for now."""
        moments = (self._not_before.get(key, 0.0) for key in _keys(url))
        return max(0.0, max(moments) - self._clock())

    def check(self, url: str) -> None:
        """Raise ``LeftAloneError`` for a host that is left for the night."""
        stop = next((self.stops[key] for key in _keys(url) if key in self.stops), None)
        if stop is not None:
            raise LeftAloneError(stop.outcome, f"not asked, host left for the night: {stop.detail}")

    def stop(self, url: str, outcome: str, detail: str) -> None:
        """Leave a URL's host alone for the rest of the night; the first reason is kept."""
        self.stops.setdefault(host_of(url), Stop(outcome, detail))

    def challenged(self, url: str, outcome: str, detail: str) -> None:
        """Leave a host that answered with a challenge, slow its group, and leave the group after another host's."""
        host, group = _keys(url)
        self.stop(url, outcome, detail)
        self._challenged[group].add(host)
        self._spacing_s[group] = self._group_pause_s
        self._not_before[group] = self._clock() + self._group_pause_s
        if len(self._challenged[group]) >= self._max_challenged:
            self.stops.setdefault(group, Stop(outcome, f"{len(self._challenged[group])} hosts of {group}, {detail}"))

    def decoyed(self, url: str, decoy: bool) -> None:
        """Count decoys in a row: a host may answer one deleted article so, but several are a silent throttle."""
        host = host_of(url)
        self._decoys[host] = self._decoys[host] + 1 if decoy else 0
        if self._decoys[host] >= self._max_failures:
            self.stop(url, "throttled", f"{self._decoys[host]} decoys in a row, the last at {url}")

    def space(self, url: str, seconds: float) -> None:
        """Keep a host's Crawl-delay, cut to the longest one that is believed."""
        self._spacing_s[host_of(url)] = min(seconds, self._max_crawl_delay_s)

    def heed(self, url: str, status: int, retry_after: str, again: bool) -> None:
        """Learn from an answer. ``again``: the request is a repetition, whose failure has been counted already."""
        host, group = _keys(url)
        for key in (host, group):
            self._not_before[key] = self._clock() + self._spacing_s.get(key, 0.0)
        if status in {429, 503}:
            self._hold(url, retry_after_s(retry_after, datetime.now(UTC)))
        if status not in {403, 429} and status < 500:
            self._failures[host] = 0
        elif not (again and status >= 500):
            self._failures[host] += 1
        if self._failures[host] >= self._max_failures:
            self.stop(url, outcome_of(status), f"{self._failures[host]} failures in a row, the last HTTP {status}")

    def _hold(self, url: str, seconds: float) -> None:
        """Let a host rest as long as it asks, or for the night when that is too long."""
        if seconds > self._max_wait_s:
            self.stop(url, "throttled", f"asked to wait {seconds:.0f} s")
        elif seconds > 0:
            self._not_before[_keys(url)[1]] = self._clock() + seconds


def group_of(url: str) -> str:
    """Give the group of a URL's host: its registered domain, and an address by itself."""
    return site_of(url)


def _keys(url: str) -> tuple[str, str]:
    """Give the keys under which a URL's host and its group are kept."""
    return host_of(url), f"*.{group_of(url)}"


def outcome_of(status: int) -> str:
    """Give the outcome under which a host that keeps answering with this status is recorded."""
    if status == 429:
        return "throttled"
    return "server_error" if status >= 500 else "blocked"


def retry_after_s(value: str, now: datetime) -> float:
    """Read a Retry-After header, seconds or an HTTP date; what is neither, or lies in the past, is 0."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def book_of(crawler: Crawler) -> HostBook:
    """Find the night's book; raises ``RuntimeError`` when the extension has been switched off."""
    book = crawler.get_extension(HostBook)
    if book is None:
        raise RuntimeError("EXTENSIONS must keep crawler.manners.politeness.HostBook")
    return book


class GroupMiddleware:
    """Put requests to all hosts of a group into one slot, so that Scrapy's own delay holds between any two of them."""

    def process_request(self, request: Request) -> None:
        """Name the slot of a request."""
        request.meta.setdefault("download_slot", group_of(request.url))


class PoliteHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, asking the book before each request.

    This is where "one request a host" is kept: Scrapy's own slots send bursts when DOWNLOAD_DELAY is 0.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._relaxed = RelaxedHosts(crawler)

    async def download_request(self, request: Request) -> Response:
        """Wait for the host's turn, send the request, learn from the answer."""
        book = book_of(self._crawler)
        async with book.turn(request.url):
            await self._rest(book, request.url)
            response = await self._download(request)
            if is_cut_short(response):
                raise ResponseDataLossError("the compressed answer broke off")
            retry_after = (response.headers.get("Retry-After") or b"").decode("latin-1")
            book.heed(request.url, response.status, retry_after, "retry_times" in request.meta)
            if not request.meta.get("dont_obey_robotstxt"):
                _heed_challenge(book, response)
        return response

    async def close(self) -> None:
        """Close the connections; Scrapy calls this."""
        await self._relaxed.close()
        await super().close()

    async def _download(self, request: Request) -> Response:
        """Send a request; once more without verifying where the operator has said so for this host."""
        try:
            return await super().download_request(request)
        except UNANSWERED as error:
            if not self._relaxed.holds(request.url, error):
                raise
            return await self._relaxed.download(request)

    async def _rest(self, book: HostBook, url: str) -> None:
        """Sleep until the host may be asked, in short naps so that a stopping crawl need not wait."""
        book.check(url)
        while (wait := book.wait_s(url)) > 0:
            await asyncio.sleep(min(wait, 0.5))
            if not self._crawler.crawling:
                raise LeftAloneError("throttled", "not asked: the crawl was stopped while the host rested")


def is_cut_short(response: Response) -> bool:
    """Tell whether a gzip body ends before its end mark; Scrapy would take the half that can be unpacked as the whole.

    Memory stays small whatever the body unpacks to.
    """
    if (response.headers.get("Content-Encoding") or b"").lower() != b"gzip" or not response.body:
        return False
    unpacker, rest = zlib.decompressobj(wbits=31), response.body
    try:
        while rest and not unpacker.eof:
            unpacker.decompress(rest, UNPACKED_AT_ONCE_BYTES)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return not unpacker.eof


def _heed_challenge(book: HostBook, response: Response) -> None:
    """Leave a host after one challenge, before its next request goes out.

    Bodies that are long or compressed are left to the spider, which judges every page: a challenge is short.
    """
    body = response.body
    if len(body) > MAX_CHALLENGE_BYTES or "Content-Encoding" in response.headers or not may_be_challenge(body):
        return
    verdict = judge(response.status, headers_of(response), body, response.url, response.url, "")
    if is_challenge(response.status, verdict):
        book.challenged(response.url, verdict.outcome, f"{verdict.detail} at {response.url}")


def is_challenge(status: int, verdict: Verdict) -> bool:
    """Tell a challenge or block page, after which a host is left at once, from a plain refusal, which is counted."""
    return verdict.outcome == "blocked" and status not in {401, 403, 405, 406}


def headers_of(response: Response) -> dict[str, str]:
    """Give a response's headers by lower-case name."""
    return {name.decode("latin-1").lower(): values[0].decode("latin-1") for name, values in response.headers.items()}
