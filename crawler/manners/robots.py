"""robots.txt, obeyed: fetched once a night from each host, and a host whose robots.txt fails is left for the night."""

import asyncio
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.answer.challenges import Verdict, judge
from crawler.manners.failures import UNANSWERED, LeftAloneError, RobotsError, outcome_and_cause
from crawler.manners.netguard import RefusedError
from crawler.manners.politeness import Stop, book_of, headers_of
from crawler.page.urls import join

MAX_ROBOTS_BYTES = 500 * 1024
"""First bytes of a robots.txt that count (RFC 9309, section 2.5)."""
MAX_ROBOTS_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Robots:
    """A host's robots.txt: its rules, or why the host is deferred to another night."""

    rules: Protego | None = None
    deferred: Stop | None = None


class RobotsMiddleware:
    """Obey robots.txt, and leave a host for the night when its robots.txt fails or is a block page.

    Stricter than Scrapy, which takes every failure for "all allowed": 404 and its like mean no rules; 401, 403, 429,
    5xx, a challenge, a web page or no answer mean that nobody has allowed us anything.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = str(crawler.settings["USER_AGENT"])
        self._robots: dict[str, asyncio.Task[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; Scrapy calls this."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let an allowed request pass; raises ``RobotsError``, or ``LeftAloneError`` for a deferred host."""
        if request.meta.get("dont_obey_robotstxt") or not self._crawler.settings.getbool("ROBOTSTXT_OBEY"):
            return
        robots = await self._of_host(request.url)
        if robots.deferred is not None:
            raise LeftAloneError(robots.deferred.outcome, f"host left for the night: {robots.deferred.detail}")
        if robots.rules is not None and not robots.rules.can_fetch(request.url, self._agent):
            raise RobotsError("forbidden by robots.txt")

    async def _of_host(self, url: str) -> Robots:
        """Give the rules of a URL's host, fetched once a night."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if origin not in self._robots:
            self._robots[origin] = asyncio.ensure_future(self._fetch(f"{origin}/robots.txt"))
        return await asyncio.shield(self._robots[origin])

    async def _fetch(self, url: str) -> Robots:
        """Fetch and read one robots.txt, following redirects; raises ``RefusedError`` for a private host."""
        first = url
        for _ in range(MAX_ROBOTS_REDIRECTS + 1):
            request = Request(url, callback=NO_CALLBACK, meta={"dont_obey_robotstxt": True}, priority=1000)
            try:
                response = await self._crawler.engine.download_async(request)
            except UNANSWERED as error:
                if isinstance(error, RefusedError) and url == first:
                    raise
                outcome, cause = outcome_and_cause(error)
                return Robots(deferred=Stop(outcome, f"robots.txt: {cause}"))
            target = join(url, (response.headers.get("Location") or b"").decode("latin-1"))
            if not (300 <= response.status < 400 and target):
                return self._read(response)
            url = target
        return Robots(deferred=Stop("robots", "robots.txt: too many redirects"))

    def _read(self, response: Response) -> Robots:
        """Judge an answer and parse its rules."""
        if response.status in {401, 403, 408, 412, 429, 468} or response.status >= 500:
            return Robots(deferred=Stop("robots", f"robots.txt answered HTTP {response.status}{_challenge(response)}"))
        if response.status != 200:
            return Robots()
        if b"<html" in response.body[:2000].lower():
            return self._read_page(response)
        rules = Protego.parse(response.body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", errors="ignore"))
        delay = rules.crawl_delay(self._agent)
        if delay:
            book_of(self._crawler).space(response.url, float(delay))
        return Robots(rules)

    def _read_page(self, response: Response) -> Robots:
        """Judge a web page in place of robots.txt: a "not found" page means no rules, any other is a block."""
        verdict = _verdict(response)
        if verdict.outcome in {"soft_404", "not_found"}:
            return Robots()
        found = f"{verdict.outcome} {verdict.detail}".strip()
        return Robots(deferred=Stop("robots", f"robots.txt is a web page ({found})"))


def _verdict(response: Response) -> Verdict:
    return judge(response.status, headers_of(response), response.body, response.url, response.url, "text/html")


def _challenge(response: Response) -> str:
    """Name the challenge that a failed robots.txt is, where it says more than its status."""
    verdict = _verdict(response)
    return f" ({verdict.outcome} {verdict.detail})" if verdict.detail in {"ruishu", "jsl", "captcha"} else ""
