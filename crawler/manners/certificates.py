"""Hosts whose certificate cannot be verified, or whose TLS is too old, and which an operator has decided to ask all the
same: verified first, every time; only then asked again without, and the answer says so."""

import copy

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.page.urls import host_of

UNVERIFIED = "certificate not verified"
"""Flag of an answer, and detail of its fetch."""

_TLS_FAULTS = ("SSL routines", "VerificationError", "certificate verify failed")


class RelaxedHosts:
    """The hosts of ``RELAXED_TLS_HOSTS``, and the handler that talks to them without verifying."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._hosts = frozenset(crawler.settings.getlist("RELAXED_TLS_HOSTS"))
        self._handler: HTTP11DownloadHandler | None = None

    def holds(self, url: str, error: Exception) -> bool:
        """Tell whether a failed request may be repeated without verifying: its TLS failed, and its host is listed."""
        return host_of(url) in self._hosts and any(fault in str(error) for fault in _TLS_FAULTS)

    async def download(self, request: Request) -> Response:
        """Repeat a request without verifying; the answer carries the flag ``UNVERIFIED``."""
        self._handler = self._handler or self._unverifying()
        response = await self._handler.download_request(request)
        return response.replace(flags=[*response.flags, UNVERIFIED])

    async def close(self) -> None:
        """Close the connections."""
        if self._handler is not None:
            await self._handler.close()

    def _unverifying(self) -> HTTP11DownloadHandler:
        """Make a handler of the same crawl in which one setting differs."""
        crawler = copy.copy(self._crawler)
        crawler.settings = self._crawler.settings.copy()
        crawler.settings.frozen = False
        crawler.settings.set("DOWNLOAD_VERIFY_CERTIFICATES", False, priority="cmdline")
        return HTTP11DownloadHandler(crawler)
