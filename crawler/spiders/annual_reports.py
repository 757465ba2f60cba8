"""The one spider: seeds, then pages, then whatever their family says leads to reports.

Every request ends as exactly one row of ``fetches``: as a `Fetched` (a document), or as a `Visit`.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from functools import partial
from hashlib import sha256
from typing import Any, Self

from scrapy import FormRequest, Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure
from w3lib.url import safe_url_string

from crawler.answers import Answer, bare, conditions, document, header, page_of, referer, url_of
from crawler.challenges import judge
from crawler.desk import Desk, DeskClosedError
from crawler.failures import outcome_and_cause
from crawler.families import choose
from crawler.items import Fetched, Link, Page
from crawler.lead import Lead, Visit, lead_to, seed_lead
from crawler.links import is_report_page, report_title
from crawler.night import Night
from crawler.politeness import book_of, headers_of, is_challenge
from crawler.scope import Candidate, Limits
from crawler.scope import judge as judge_scope
from crawler.seeds import Seed
from crawler.urls import canonical, join
from crawler.years import is_wanted
from extract.sniff import media_type
from store.fetches import utc_now
from store.records import Fetch, Known

KEPT_OUTCOMES = {"ok", "blocked", "soft_404", "empty", "js_shell", "wrong_type"}
"""Outcomes whose bytes are evidence: a report, or the page that stood in its place."""


class AnnualReportsSpider(Spider):
    """Walk the seeds' portals and hand on every report found."""

    name = "annual_reports"

    def __init__(self, seeds: tuple[Seed, ...], years: frozenset[int], desk: Desk, night: Night, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seeds, self.years, self.desk, self.night = seeds, years, desk, night
        self._asked: set[tuple[str, str, tuple[tuple[str, str], ...]]] = set()
        self._pages: Counter[str] = Counter()
        self._listed: dict[str, set[str]] = {}
        self._told: set[tuple[str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider; Scrapy calls this with the arguments the crawl command passes."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.limits = Limits(
            settings.getint("URLLENGTH_LIMIT"),
            settings.getint("MAX_PATH_SEGMENTS"),
            settings.getint("MAX_SEGMENT_REPEATS"),
        )
        return spider

    limits: Limits

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every seed."""
        try:
            for seed in self.seeds:
                async for step in self._follow(seed_lead(seed)):
                    yield step
        except DeskClosedError as error:
            raise CloseSpider("store") from error

    async def parse(self, response: Response, lead: Lead, known: Known | None = None) -> AsyncIterator[Any]:
        """Judge an answer, hand on what it brought, and follow where it leads."""
        try:
            target = join(response.url, header(response, "Location")) if 300 <= response.status < 400 else None
            if response.status != 304 and target is not None:
                steps = self._redirect(response, lead, target)
            else:
                steps = self._read(response, lead, known)
            async for step in steps:
                yield step
        except DeskClosedError as error:
            raise CloseSpider("store") from error

    async def fail(self, failure: Failure, lead: Lead) -> AsyncIterator[Any]:
        """Record a request that brought no answer."""
        outcome, cause = outcome_and_cause(failure.value or RuntimeError("no cause is known"))
        yield self._visit(lead, Fetch(lead.link.url, utc_now(), 0, outcome, cause))

    async def _read(self, response: Response, lead: Lead, known: Known | None) -> AsyncIterator[Any]:
        """Hand on a final answer and follow its links."""
        answer = await self._judge(response, lead, known)
        if answer is None:
            yield self._request(lead, None)
            return
        self._heed(answer)
        page = page_of(answer, self.settings.getint("MAX_WALKED_BYTES"))
        yield self._item(answer, lead, page)
        if page is not None:
            async for step in self._walk(page, lead):
                yield step

    def _heed(self, answer: Answer) -> None:
        """Leave a host for the night after one challenge; plain refusals by status are counted by the book."""
        if is_challenge(answer.status, answer.verdict):
            detail = f"{answer.verdict.detail} at {answer.url}"
            book_of(self.crawler).stop(answer.url, answer.verdict.outcome, detail)

    async def _judge(self, response: Response, lead: Lead, known: Known | None) -> Answer | None:
        """Judge an answer; ``None`` when a 304 means bytes that the archive has lost."""
        body = response.body
        if response.status == 304:
            kept = await self.desk.body(known.sha256) if known is not None else None
            if kept is None:
                return None
            body = kept
        claimed = header(response, "Content-Type")
        kind = media_type(body, claimed, response.url)
        status = 200 if response.status == 304 else response.status
        verdict = judge(status, headers_of(response), body, response.url, lead.asked, kind)
        return Answer(
            url=url_of(response),
            status=response.status,
            body=body,
            media_type=kind,
            verdict=verdict,
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
            unchanged=known is not None and sha256(body).hexdigest() == known.sha256,
            charset=claimed,
        )

    def _item(self, answer: Answer, lead: Lead, page: Page | None) -> Fetched | Visit:
        """Make the one record of an answer: a document, or a visit."""
        outcome = answer.verdict.outcome
        if outcome == "ok" and (page is None or lead.kind in {"report", "attachment"} or is_report_page(page)):
            self.night.note_document(lead, answer.url, "unchanged" if answer.unchanged else "ok")
            return document(answer, lead, page)
        recorded = "unchanged" if outcome == "ok" and answer.unchanged else outcome
        fetch = Fetch(
            answer.url, utc_now(), answer.status, recorded, answer.verdict.detail, "", answer.etag, answer.last_modified
        )
        return self._visit(lead, fetch, answer.body if outcome in KEPT_OUTCOMES else b"")

    async def _walk(self, page: Page, lead: Lead) -> AsyncIterator[Any]:
        """Follow the links of a page, further pages of a list only while they bring something new."""
        links = choose(page).links(page)[: self.settings.getint("MAX_LINKS_PER_PAGE")]
        fresh = self._is_fresh(lead, links)
        title = report_title(page)
        for link in links:
            if (link.kind != "next" or fresh) and is_wanted(link.text, link.kind, self.years):
                async for step in self._follow(lead_to(link, page.url, title, lead)):
                    yield step

    def _is_fresh(self, lead: Lead, links: tuple[Link, ...]) -> bool:
        """Tell whether a page of a list shows anything that its earlier pages did not."""
        seen = self._listed.setdefault(lead.list_url, set())
        rows = {canonical(link.url) for link in links if link.kind != "next"}
        fresh = bool(rows - seen)
        seen |= rows
        return fresh

    async def _redirect(self, response: Response, lead: Lead, target: str) -> AsyncIterator[Any]:
        """Record a redirect and follow it as a link, up to the limit of hops."""
        limit = self.settings.getint("REDIRECT_MAX_TIMES")
        loops = target == response.url or lead.redirects >= limit
        detail = f"given up after {lead.redirects + 1} redirects: {target}" if loops else target
        yield self._visit(lead, Fetch(url_of(response), utc_now(), response.status, "redirected", detail))
        if not loops:
            twin = bare(target) == bare(response.url)
            async for step in self._follow(lead.redirected_to(target), again=twin):
                yield step

    async def _follow(self, lead: Lead, again: bool = False) -> AsyncIterator[Any]:
        """Ask for a lead once a night (``again``: once more, for http redirected to https), or record why not."""
        link = lead.link
        key = (bare(link.url), link.method, link.form)
        if key in self._asked and not again:
            return
        self._asked.add(key)
        reason = next(self._objections(lead), "")
        if reason:
            if self._is_news(lead.seed, reason):
                yield self._visit(lead, Fetch(link.url, utc_now(), 0, "refused", reason))
            return
        self._pages[lead.seed.url] += 1
        yield self._request(lead, await self._known(link))

    def _is_news(self, seed: Seed, reason: str) -> bool:
        """Tell whether a refusal must be recorded: a spent budget once a seed, everything else each time."""
        if not reason.startswith("budget_reached"):
            return True
        told = (seed.url, reason) in self._told
        self._told.add((seed.url, reason))
        return not told

    def _objections(self, lead: Lead) -> Iterator[str]:
        """Yield the reasons for which a lead is not followed."""
        opinion = judge_scope(Candidate(lead.link.url, lead.kind, lead.seed), self.limits)
        if not opinion.accept:
            yield f"out of scope: {opinion.reason}"
        budget = self.settings.getint("MAX_PAGES_PER_SEED")
        if self._pages[lead.seed.url] >= budget:
            yield f"budget_reached: {budget} pages of {lead.seed.url}"
        hops = self.settings.getint("DEPTH_LIMIT")
        if lead.hops > hops:
            yield f"budget_reached: more than {hops} links from the seed"
        pages = self.settings.getint("MAX_LIST_PAGES")
        if lead.list_page > pages:
            yield f"budget_reached: more than {pages} pages of one list"

    async def _known(self, link: Link) -> Known | None:
        return await self.desk.known(safe_url_string(link.url)) if link.method == "GET" else None

    def _request(self, lead: Lead, known: Known | None) -> Request:
        """Build the request for a lead, conditional when its bytes are kept."""
        limit = self.settings.getint("ATTACHMENT_MAXSIZE" if lead.kind == "attachment" else "DOWNLOAD_MAXSIZE")
        common: dict[str, Any] = {
            "callback": self.parse,
            "errback": partial(self.fail, lead=lead),
            "cb_kwargs": {"lead": lead, "known": known},
            "meta": {"download_maxsize": limit},
            "dont_filter": True,
            "headers": {**conditions(known), **referer(lead)},
        }
        if lead.link.method == "POST":
            return FormRequest(lead.link.url, formdata=list(lead.link.form), method="POST", **common)
        return Request(lead.link.url, **common)

    def _visit(self, lead: Lead, fetch: Fetch, body: bytes = b"") -> Visit:
        """Make the record of a request without a document, and count it."""
        self.night.note_visit(lead, fetch)
        return Visit(fetch, body)
