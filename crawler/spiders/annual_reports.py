"""The one spider: seeds, then pages, then whatever their family says leads to reports.

Every request ends as exactly one row of ``fetches``: as a `Fetched` (a document), or as a `Visit`.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.answer.challenges import Verdict
from crawler.answer.lookout import Lookout
from crawler.answer.sight import Asked, Sight
from crawler.items import Fetched, Link
from crawler.manners.failures import outcome_and_cause
from crawler.manners.politeness import book_of, headers_of, is_challenge
from crawler.page.urls import is_home
from crawler.run.clock import Clock
from crawler.run.desk import Desk, DeskClosedError
from crawler.run.judging import Judge
from crawler.run.memory import NOTHING, Memory
from crawler.run.night import SILENT, Night
from crawler.run.rounds import Rounds
from crawler.run.turns import Turns
from crawler.seeds import Seed
from crawler.walk.answers import (
    Answer,
    asked_key,
    bare,
    document,
    errands_of,
    is_document,
    kept_as,
    target_of,
    url_of,
    visit,
)
from crawler.walk.asking import request_for
from crawler.walk.bounds import Bounds, Gate, is_out_of_scope
from crawler.walk.decoys import Fronts, front_of, is_doubtful
from crawler.walk.lead import FRONT_PRIORITY, Lead, Visit, lead_to, seed_lead
from crawler.walk.lists import Lists
from crawler.walk.search import Frontier
from crawler.walk.unlisted import Unlisted
from crawler.walk.years import is_wanted
from store.records import Fetch, Known


class AnnualReportsSpider(Spider):
    """Walk the seeds' portals and hand on every report found."""

    name = "annual_reports"

    def __init__(self, seeds: tuple[Seed, ...], years: frozenset[int], desk: Desk, night: Night, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seeds, self.years, self.desk, self.night = seeds, years, desk, night
        self._asked: set[tuple[str, str, tuple[tuple[str, str], ...]]] = set()
        self._fronts = Fronts()
        self._frontier, self._unlisted = Frontier(), Unlisted()
        self._asking: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider; Scrapy calls this with the arguments the crawl command passes."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.clock = Clock.from_settings(crawler.settings)
        spider.turns = Turns.from_settings(crawler.settings, spider.clock.today())
        max_page_bytes = crawler.settings.getint("MAX_WALKED_BYTES")
        spider.lookout = Lookout(crawler.settings.getint("LOOKERS"), max_page_bytes)
        spider.lists = Lists(crawler.settings.getint("MAX_LIST_PAGES"), crawler.settings.getint("MAX_BARREN_PAGES"))
        spider.rounds = Rounds(spider.desk, spider.turns, spider.night, spider.lists, spider.lookout)
        spider.judging = Judge(spider.desk, spider.lookout, spider.turns)
        crawler.signals.connect(spider.idle, signals.spider_idle)
        spider.gate = Gate(Bounds.from_settings(crawler.settings), spider._frontier, spider.lists)
        return spider

    clock: Clock
    turns: Turns
    rounds: Rounds
    gate: Gate
    lists: Lists
    lookout: Lookout
    judging: Judge

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every seed."""
        async for step in self._guarded(*(self._follow(seed_lead(seed)) for seed in self.seeds)):
            yield step

    def idle(self) -> None:
        """Ask, when everything else was had, for what lists of other nights have shown and those of tonight do not."""
        if self._unlisted.is_waiting and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self._ask_for_unlisted())
        if self._asking is not None and not self._asking.done():
            raise DontCloseSpider

    async def _ask_for_unlisted(self) -> None:
        with suppress(DeskClosedError):
            due = [one for one in await self.rounds.unlisted(self._unlisted) if not self.gate.objection(one[0])]
            for lead, known in due:
                self.gate.count(lead)
                self.crawler.engine.crawl(self._request(lead, known))
            if not due:
                await self.crawler.engine.close_spider_async(reason="finished")

    async def parse(self, response: Response, lead: Lead, known: Known | None = None) -> AsyncIterator[Any]:
        """Judge an answer, hand on what it brought, and follow where it leads."""
        target = target_of(response)
        steps = self._read(response, lead, known) if target is None else self._redirect(response, lead, target)
        async for step in self._guarded(steps, self._go_on(lead)):
            yield step

    async def fail(self, failure: Failure, lead: Lead) -> AsyncIterator[Any]:
        """Record a request that brought no answer."""
        outcome, cause = outcome_and_cause(failure.value or RuntimeError("no cause is known"))
        yield self._visit(lead, Fetch(kept_as(lead.link), self.clock.stamp(), 0, outcome, cause))
        async for step in self._guarded(self._go_on(lead)):
            yield step

    async def _guarded(self, *parts: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Run the parts of a callback one after another; close the spider when nothing more can be kept."""
        try:
            for part in parts:
                async for step in part:
                    yield step
        except DeskClosedError as error:
            raise CloseSpider("store") from error

    async def _read(self, response: Response, lead: Lead, known: Known | None) -> AsyncIterator[Any]:
        """Hand on a final answer and follow its links."""
        answer = await self.judging.judge(response, lead, known)
        if answer is None:
            yield self._request(lead, None)
            return
        if is_home(answer.url):
            self._fronts.note(answer.url, answer.digest)
        elif not answer.unchanged and is_doubtful(lead, answer):
            first = self._fronts.is_first_doubt(answer.url)
            if first or self._fronts.is_awaited(answer.url):
                self._fronts.hold(answer, lead)
                if first:
                    yield self._front_request(answer, lead)
                return
        async for step in self._conclude(answer, lead):
            yield step

    async def _conclude(self, answer: Answer, lead: Lead) -> AsyncIterator[Any]:
        """Record an answer and follow its links; what is the front page's bytes under another URL is a decoy."""
        if is_doubtful(lead, answer) and self._fronts.is_decoy(answer.url, answer.digest):
            answer = replace(answer, sight=Sight(Verdict("throttled", "decoy"), answer.sight.media_type))
        self._heed(answer, lead)
        yield self._item(answer, lead)
        if answer.sight.is_page:
            async for step in self._walk(answer, lead):
                yield step

    def _front_request(self, held: Answer, lead: Lead) -> Request:
        """Ask once a night for the front page of a host, next of all, while answers that may be it are held back."""
        front = replace(lead, link=Link(front_of(held.url), "", "column"), asked=front_of(held.url))
        request = self._request(front, None)
        return request.replace(
            callback=partial(self.compare, front=front),
            errback=partial(self.uncompared, front=front),
            cb_kwargs={},
            priority=FRONT_PRIORITY,
        )

    async def compare(self, response: Response, front: Lead) -> AsyncIterator[Any]:
        """Record a front page, then go on with the answers that were held back for it."""
        sight = await self.lookout.look(response.body, Asked(response.status, front.asked, "", headers_of(response)))
        outcome = "redirected" if 300 <= response.status < 400 else sight.verdict.outcome
        if outcome == "ok":
            self._fronts.note(front.asked, await self.desk.digest(response.body))
        yield self._visit(front, Fetch(front.asked, self.clock.stamp(), response.status, outcome, sight.verdict.detail))
        async for step in self._guarded(self._concluded(front), self._go_on(front)):
            yield step

    async def uncompared(self, failure: Failure, front: Lead) -> AsyncIterator[Any]:
        """Go on with the answers whose host's front page could not be had."""
        async for step in self._guarded(self.fail(failure, front), self._concluded(front)):
            yield step

    async def _concluded(self, front: Lead) -> AsyncIterator[Any]:
        """Conclude what was held back for a front page."""
        for answer, lead in self._fronts.release(front.asked):
            async for step in self._conclude(answer, lead):
                yield step

    def _heed(self, answer: Answer, lead: Lead) -> None:
        """Leave a host for the night after one challenge; refusals by status, and decoys, are counted by the book."""
        verdict = answer.sight.verdict
        if is_challenge(answer.status, verdict):
            book_of(self.crawler).challenged(answer.url, verdict.outcome, f"{verdict.detail} at {answer.url}")
        elif lead.kind == "report":
            book_of(self.crawler).decoyed(answer.url, verdict.detail == "decoy")

    def _item(self, answer: Answer, lead: Lead) -> Fetched | Visit:
        """Make the one record of an answer: a document, or a visit."""
        if is_document(answer, lead):
            self.night.note_document(lead, answer.url, "unchanged" if answer.unchanged else "ok")
            self.lists.settle(lead, answer.digest if answer.sight.is_report or not answer.sight.is_page else "")
            return document(answer, lead, self.clock.stamp())
        return self._visit(lead, visit(answer, lead, self.clock.stamp()), answer.evidence)

    async def _walk(self, answer: Answer, lead: Lead) -> AsyncIterator[Any]:
        """Follow the links of a page, further pages of a list only while they bring something new."""
        links = answer.sight.links[: self.settings.getint("MAX_LINKS_PER_PAGE")]
        self.night.note_list(lead, answer.sight.family, links)
        onward = [lead_to(link, answer.url, answer.sight.title, lead) for link in links]
        self.lists.page(lead, answer.sight.shown, onward)
        self._unlisted.meet(*(other.link.url for other in onward))
        if not answer.sight.is_report:
            self._unlisted.expect(answer.url, lead, await self.desk.listed_on(answer.url))
        await self.rounds.begin(answer, lead, onward)
        wanted = []
        for other in onward:
            if other.kind == "hub":
                self._frontier.offer(other)
            elif not is_wanted(other.link.text, other.kind, self.years):
                self.lists.settle(other, other.asked)
            elif other.kind != "next":
                wanted.append(other)
        async for step in self._follow(*wanted):
            yield step

    async def _go_on(self, lead: Lead) -> AsyncIterator[Any]:
        """Ask for the next page of the list, and for the best page of the seed's search, now that an answer has come."""
        for take in (partial(self.lists.take, lead.list_url), partial(self._frontier.best, lead.seed.url)):
            asked = False
            while not asked and (onward := take()) is not None:
                async for step in self._follow(onward):
                    asked = asked or isinstance(step, Request)
                    yield step

    async def _redirect(self, response: Response, lead: Lead, target: str) -> AsyncIterator[Any]:
        """Record a redirect and follow it as a link, up to the limit of hops."""
        limit = self.settings.getint("REDIRECT_MAX_TIMES")
        loops = target == response.url or lead.redirects >= limit
        detail = f"given up after {lead.redirects + 1} redirects: {target}" if loops else target
        yield self._visit(lead, Fetch(url_of(response), self.clock.stamp(), response.status, "redirected", detail))
        if not loops:
            twin = bare(target) == bare(response.url)
            async for step in self._follow(lead.redirected_to(target), again=twin):
                yield step

    async def _follow(self, *leads: Lead, again: bool = False) -> AsyncIterator[Any]:
        """Ask for leads once a night (``again``: once more, for http redirected to https), or record why not."""
        fresh = [lead for lead in leads if self._is_first(lead, again)]
        await self.rounds.leave_to_others(lead for lead in leads if lead not in fresh)
        memories = await self.desk.recall(kept_as(lead.link) for lead in fresh if lead.link.method == "GET")
        self._unlisted.meet(*(lead.link.url for lead in leads), *(memory.place for memory in memories.values()))
        beside_news = bool(memories) and any(
            self.turns.is_news(lead, memories) and not self.gate.objection(lead) for lead in fresh
        )
        for lead in fresh:
            memory = memories.get(kept_as(lead.link), NOTHING) if lead.link.method == "GET" else NOTHING
            due = await self.rounds.due(lead, memory, beside_news)
            if due is None:
                async for step in self._walk_kept(lead, memory):
                    yield step
            elif reason := self.gate.objection(lead):
                if is_out_of_scope(reason):
                    await self.rounds.done(*errands_of(lead))
                if self.gate.is_news(lead.seed, reason):
                    yield self._visit(lead, Fetch(kept_as(lead.link), self.clock.stamp(), 0, "refused", reason))
            else:
                self.gate.count(lead)
                yield self._request(replace(lead, absence=due.absence), due.known)

    async def _walk_kept(self, lead: Lead, memory: Memory) -> AsyncIterator[Any]:
        """Follow the links of a page that is left while something it leads to is still to be had."""
        if memory.is_unsettled and (answer := await self.rounds.kept(lead, memory)) is not None:
            async for step in self._walk(answer, lead):
                yield step

    def _is_first(self, lead: Lead, again: bool) -> bool:
        """Tell whether a lead was not followed yet tonight, and note that it is now."""
        before = len(self._asked)
        self._asked.add(asked_key(lead.link))
        return len(self._asked) > before or again

    def _request(self, lead: Lead, known: Known | None) -> Request:
        """Build the request for a lead, conditional when its bytes are kept."""
        return request_for(lead, known, self.settings, self.parse, self.fail)

    def _visit(self, lead: Lead, fetch: Fetch, body: bytes = b"") -> Visit:
        """Make the record of a request without a document, and count it."""
        self.night.note_visit(lead, fetch)
        self._unlisted.note(lead, fetch, self.turns.today)
        if fetch.outcome not in SILENT:
            self.lists.miss(lead, fetch.outcome)
        return Visit(fetch, body, errands_of(lead))
