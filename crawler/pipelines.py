"""From a fetched document to its place in the store: bytes first, then the log, then the reading.

Fetching does not wait for the reading: a document that is due waits by its hash, and the pool, which reads in other
processes, takes its bytes from the archive. So memory does not grow with what waits, and what the night leaves unread
is due in the next.
"""

import asyncio
import logging
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.items import Fetched
from crawler.run.desk import Desk, DeskClosedError
from crawler.run.night import SILENT, Night
from crawler.run.readers import log_isolation
from crawler.spiders.annual_reports import AnnualReportsSpider
from crawler.walk.errands import page_of
from crawler.walk.lead import Visit
from extract.readers.pool import ReaderPool
from store.fetches import HAD
from store.records import Fetch, Source

AHEAD = 2
"""Documents handed to the pool for each worker, so that none waits for the next."""

logger = logging.getLogger(__name__)


class EvidencePipeline:
    """Keep every page and document, and have each new document read once."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._workers = crawler.settings.getint("READER_WORKERS")
        niceness = crawler.settings.getint("READER_NICENESS")
        self._pool = ReaderPool(self._workers, niceness=niceness) if self._workers else None
        self._due: asyncio.Queue[tuple[str, str] | None] = asyncio.Queue()
        self._claimed: set[str] = set()
        self._readers: tuple[asyncio.Task[None], ...] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline; Scrapy calls this."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Start the lookers, and begin with what an earlier run fetched and could not read."""
        log_isolation()
        await self._spider.lookout.open()
        backlog = asyncio.ensure_future(self._claim_backlog())
        readers = (asyncio.ensure_future(self._read_due()) for _ in range(AHEAD * self._workers))
        self._readers = (backlog, *readers)

    async def close_spider(self) -> None:
        """Finish what is to be read, now that nothing else is waited for, then end the workers.

        A crawl that is stopped by hand leaves the rest.
        """
        try:
            if self._pool is not None:
                await asyncio.to_thread(self._pool.put_back, 0)
            await self._readers[0]
            for _ in self._readers[1:]:
                self._due.put_nowait(None)
            await asyncio.gather(*self._readers[1:])
        finally:
            await self._spider.lookout.close()
            if self._pool is not None:
                await asyncio.to_thread(self._pool.close)

    async def process_item(self, item: Any) -> Any:
        """Keep an item; when the store fails, close the spider."""
        try:
            if isinstance(item, Visit):
                await self._keep_visit(item)
            elif isinstance(item, Fetched):
                await self._keep_document(item)
        except DeskClosedError as error:
            self._give_up()
            raise DropItem("the store has failed", log_level="DEBUG") from error
        return item

    async def _keep_visit(self, visit: Visit) -> None:
        fetch = visit.fetch
        await self._desk.visit(fetch, visit.body)
        if fetch.outcome in HAD:
            await self._spider.rounds.done(page_of(fetch.url), *visit.errands)
        if fetch.outcome not in SILENT:
            logger.info("%s: %s", fetch.url, f"{fetch.outcome} {fetch.detail}".strip())

    async def _keep_document(self, item: Fetched) -> None:
        """Keep a document's bytes, its fetch and its source, then read it if it is due."""
        outcome = "unchanged" if item.unchanged else "ok"
        fetch = Fetch(
            item.url,
            item.fetched_at,
            item.status,
            outcome,
            item.detail,
            etag=item.etag,
            last_modified=item.last_modified,
            leads_on=item.leads_on,
        )
        digest, is_due = await self._desk.document(fetch, item.body, item.media_type, _source(item))
        self._night.documents.add(digest)
        await self._spider.rounds.done(page_of(item.url), *item.errands)
        if is_due:
            self._claim(digest, item.url)

    def _claim(self, digest: str, hint: str) -> None:
        """Have a document read, if anything is; the same bytes are read once, however often they come."""
        if self._pool is not None and digest not in self._claimed:
            self._claimed.add(digest)
            self._night.reading += 1
            self._due.put_nowait((digest, hint))

    async def _claim_backlog(self) -> None:
        """Have every document read that is due from earlier nights."""
        try:
            for digest in await self._desk.due():
                self._claim(digest, "")
        except DeskClosedError:
            self._give_up()

    async def _read_due(self) -> None:
        """Read what is due, one document after another, until there will be no more."""
        while (claim := await self._due.get()) is not None:
            try:
                if self._crawler.crawling:
                    await self._read(*claim)
            except DeskClosedError:
                self._give_up()
            finally:
                self._night.reading -= 1

    async def _read(self, digest: str, hint: str) -> None:
        """Have a document of the archive read and keep the reading."""
        body = await self._desk.body(digest)
        if body is not None and self._pool is not None:
            reading = await asyncio.wrap_future(self._pool.read(body, hint))
            await self._desk.save(digest, reading)
            self._night.readings[reading.outcome] += 1

    def _give_up(self) -> None:
        """Close the spider because nothing more can be kept."""
        engine = self._crawler.engine
        if engine.spider is not None and not self._closing:
            self._closing = True
            self._closer = asyncio.ensure_future(engine.close_spider_async(reason="store"))

    _closing = False

    @property
    def _spider(self) -> AnnualReportsSpider:
        spider = self._crawler.spider
        assert isinstance(spider, AnnualReportsSpider)
        return spider

    @property
    def _desk(self) -> Desk:
        return self._spider.desk

    @property
    def _night(self) -> Night:
        return self._spider.night


def _source(item: Fetched) -> Source:
    return Source(
        item.url,
        item.parent_url,
        item.link_text,
        item.page_title,
        item.seed_agency,
        item.seed_region,
        item.listed_on,
    )
