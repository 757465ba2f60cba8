"""What a person sees while the crawl runs: one moving line on a terminal, a plain line now and then elsewhere."""

import logging
import sys
from typing import Any, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import Spider, signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.log import get_scrapy_root_handler
from twisted.python.failure import Failure
from typing_extensions import override

from crawler.page.urls import host_of
from crawler.spiders.annual_reports import AnnualReportsSpider

logger = logging.getLogger(__name__)

_TERMINAL_INTERVAL_S = 0.5


class Progress:
    """Show pages, documents, the queue and the current host while the spider runs."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._interval_s = crawler.settings.getfloat("PROGRESS_INTERVAL_S")
        if self._interval_s <= 0:
            raise NotConfigured
        self._console = Console(stderr=True)
        self._live: Live | None = None
        self._loop: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension; Scrapy calls this."""
        progress = cls(crawler)
        crawler.signals.connect(progress.begin, signal=signals.spider_opened)
        crawler.signals.connect(progress.end, signal=signals.spider_closed)
        return progress

    def begin(self) -> None:
        """Start showing; on a terminal the log is printed above the moving line."""
        if self._console.is_terminal and self._crawler.settings.get("LOG_FILE") is None:
            self._live = Live(console=self._console, transient=True, auto_refresh=False, redirect_stdout=False)
            self._live.start()
            _print_log_to(sys.stderr)
        self._loop = create_looping_call(self._show)
        self._loop.start(_TERMINAL_INTERVAL_S if self._live else self._interval_s, now=self._live is not None)

    def end(self) -> None:
        """Stop showing and leave the terminal as it was."""
        if self._loop is not None and self._loop.running:
            self._loop.stop()
        if self._live is not None:
            self._live.stop()
            _print_log_to(sys.stderr)

    def _show(self) -> None:
        if self._live is None:
            logger.info("%s", self._line())
        else:
            self._live.update(Text(self._line(), overflow="ellipsis", no_wrap=True), refresh=True)

    def _line(self) -> str:
        spider = self._crawler.spider
        assert isinstance(spider, AnnualReportsSpider)
        night = spider.night
        counts = night.counts()
        engine = self._crawler.engine
        queued = len(engine.scheduler) if isinstance(engine.scheduler, Scheduler) else 0
        waiting = queued + len(engine.downloader.active)
        return (
            f"{night.outcomes.total()} pages, {counts['documents']} documents, {night.readings.total()} read, "
            f"{waiting} waiting, {night.reading} being read; {host_of(night.current)}"
        )


def _print_log_to(stream: Any) -> None:
    """Send Scrapy's log to a stream; while the moving line is shown, the one that rich has put in place."""
    handler = get_scrapy_root_handler()
    if isinstance(handler, logging.StreamHandler):
        handler.setStream(stream)


class QuietLogFormatter(LogFormatter):
    """Log lines without bodies: an item holds a whole document."""

    @override
    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """Name the kind of an item and where it came from."""
        return {"level": logging.DEBUG, "msg": "%s", "args": (_name(item),)}

    @override
    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Say that an item could not be kept; the cause is told once, at the end."""
        return {"level": logging.DEBUG, "msg": "not kept: %s", "args": (_name(item),)}

    @override
    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Name the item that a fault of ours could not be finished for."""
        return {"level": logging.ERROR, "msg": "fault while keeping %s", "args": (_name(item),)}


def _name(item: Any) -> str:
    fetch = getattr(item, "fetch", item)
    return f"{type(item).__name__} {getattr(fetch, 'url', '')}"
