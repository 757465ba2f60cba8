"""A look at one site: a handful of polite requests from a URL to one report, with nothing stored."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.answer.challenges import Verdict, judge
from crawler.families import choose
from crawler.items import Link, LinkKind, Page
from crawler.manners.failures import outcome_and_cause
from crawler.manners.politeness import headers_of
from crawler.page.data_calls import was_posted
from crawler.page.files import is_file_url
from crawler.page.links import is_report_page
from crawler.page.pages import is_annual_name, parse_page, place_of
from crawler.page.rows import is_data
from crawler.page.urls import is_home, same_site
from crawler.page.wording import is_year_name
from crawler.page.xml_data import is_xml_data
from crawler.walk.answers import header, target_of, url_of
from crawler.walk.asking import request_to
from crawler.walk.search import worth
from extract.html.charset import decode
from extract.identity.titles import read_title
from extract.sniff import media_type
from extract.text import compact

MAX_REQUESTS = 8
"""Pages asked for, robots.txt not counted: from an entrance page and a home page over two directories, a menu in a frame
and a column to a report, and one redirect."""

_REDIRECTED = "redirected to "
_ORDER: tuple[LinkKind, ...] = ("report", "attachment", "column", "hub")


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of a probe. ``page`` and ``links`` are there for a page that can be walked; ``is_part``: the page that
    led to it shows it as its own, in a frame or by a call of its script, for the link has no words."""

    url: str
    status: int
    verdict: Verdict
    body: bytes = b""
    kind: str = ""
    page: Page | None = None
    links: tuple[Link, ...] = ()
    is_part: bool = False

    @property
    def is_report(self) -> bool:
        """Tell whether the answer is a report to be read: a file, or a page that reads as one."""
        final = self.verdict.outcome == "ok" and not self.is_redirect
        return final and (self.page is None or is_report_page(self.page))

    @property
    def is_redirect(self) -> bool:
        """Tell whether the answer only says where to ask instead."""
        return self.verdict.detail.startswith(_REDIRECTED)

    @property
    def is_rows(self) -> bool:
        """Tell whether the answer is what a script of a page has asked for: data, or a piece that was posted for."""
        return self.page is not None and (is_answer(self.page.text) or was_posted(self.url))

    @property
    def is_column(self) -> bool:
        """Tell whether the answer is a page, and not only rows for one, that is a column of annual reports or lists some."""
        if self.page is None or self.is_report or self.is_rows:
            return False
        return place_of(self.page).annual or any(link.kind in {"report", "attachment"} for link in self.links)


@dataclass(slots=True)
class Probe:
    """What a probe has seen, in order."""

    steps: list[Step] = field(default_factory=list)

    @property
    def first(self) -> Step | None:
        """The first answer that is no redirect."""
        return next((step for step in self.steps if not step.is_redirect), None)

    @property
    def column(self) -> Step | None:
        """The first page that is a column: a better seed than the home page from which it was found."""
        return next((step for step in self.steps if step.is_column), None)

    @property
    def rows(self) -> tuple[Link, ...]:
        """What the column shows by itself, in a frame, or by the answers to its script's calls."""
        column = self.column or self.first
        pages = [step for step in self.steps if step is column or step.is_rows or step.is_part]
        return tuple(link for step in pages for link in step.links)

    @property
    def report(self) -> Step | None:
        """The report that was found."""
        return next((step for step in self.steps if step.is_report), None)


class ProbeSpider(Spider):
    """Follow the most telling link of each page until one report is there; from a dead end the next best one."""

    name = "probe"

    def __init__(self, url: str, probe: Probe, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url, self.probe = url, probe
        self._asked: set[str] = set()
        self._open: list[Link] = []

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the URL."""
        for request in self._ask(Link(self.url, "", "column")):
            yield request

    def parse(self, response: Response, is_part: bool = False) -> Iterator[Request]:
        """Note an answer and choose where to go on."""
        target = target_of(response)
        if target is not None:
            self.probe.steps.append(Step(url_of(response), response.status, Verdict("ok", f"{_REDIRECTED}{target}")))
            yield from self._ask(Link(target, "", "column"))
            return
        step = replace(look(response), is_part=is_part)
        self.probe.steps.append(step)
        if not step.is_report:
            self._open = [*sorted(step.links, key=_telling), *self._open]
            yield from self._go_on()

    def _go_on(self) -> Iterator[Request]:
        """Ask for the most telling link that is left, those of the latest page first."""
        while self._open:
            link = self._open.pop(0)
            requests = tuple(self._ask(link)) if link.kind in _ORDER else ()
            yield from requests
            if requests:
                return

    def fail(self, failure: Failure) -> Iterator[Request]:
        """Note a request that brought no answer, and go on."""
        outcome, cause = outcome_and_cause(failure.value or RuntimeError("no cause is known"))
        url = getattr(failure, "request", Request(self.url)).url
        self.probe.steps.append(Step(url, 0, Verdict("server_error", f"{outcome}: {cause}")))
        yield from self._go_on()

    def _ask(self, link: Link) -> Iterator[Request]:
        """Yield the request for a link of the same site, unless it was asked for or enough were."""
        known = link.url in self._asked and link.method == "GET"
        if known or len(self._asked) >= MAX_REQUESTS or not same_site(link.url, self.url):
            return
        self._asked.add(link.url)
        common: dict[str, Any] = {"callback": self.parse, "errback": self.fail, "dont_filter": True}
        is_part = link.kind == "column" and not link.text and link.url != self.url
        yield request_to(link, **common, cb_kwargs={"is_part": is_part})


def look(response: Response) -> Step:
    """Judge an answer and, when it is a page, walk it."""
    url, kind = url_of(response), media_type(response.body, header(response, "Content-Type"), response.url)
    verdict = judge(response.status, headers_of(response), response.body, url, url, kind)
    text = kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
    if verdict.outcome != "ok" or not text:
        return Step(url, response.status, verdict, response.body, kind)
    page = parse_page(url, decode(response.body, header(response, "Content-Type"))[0])
    return Step(url, response.status, verdict, response.body, kind, page, choose(page).links(page))


def _telling(link: Link) -> tuple[int, int, bool]:
    """Rank links: reports before columns before pages that lead on; the newest stand first on a page."""
    rank = _ORDER.index(link.kind) if link.kind in _ORDER else len(_ORDER)
    return rank, -worth(link.text), is_home(link.url)


def why(link: Link) -> str:
    """Say in words why a link would be followed."""
    text = compact(link.text)
    if link.kind in {"report", "attachment"}:
        year = read_title(text).year
        named = f"its words name a report of {year}" if year else "it stands where reports are listed"
        return f"a file, {named}" if is_file_url(link.url) else named
    if link.kind == "next":
        return "a further page of the list"
    if link.kind == "hub" and not text:
        return "a frame of a page that is nothing else, or a catalogue's tree"
    if link.kind == "hub":
        return f"it leads towards columns (worth {worth(text)})"
    if is_annual_name(text):
        return "it is named after the annual reports"
    if is_year_name(text):
        return "a year of the column"
    return "a part of the column" if text else "a frame, a redirect or a call of the page's script"


def is_answer(text: str) -> bool:
    """Tell whether a text is data, and no page."""
    return is_data(text) or is_xml_data(text)


def data_or_page(step: Step) -> str:
    """Name what kind of answer a step is."""
    return (
        "data" if step.page is not None and is_answer(step.page.text) else "page" if step.page is not None else "file"
    )
