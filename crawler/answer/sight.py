"""One look at an answer: what it is, and where it leads. Pure, so that it can be done in another process."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from crawler.answer.challenges import MAX_JUDGED_BYTES, Verdict, judged
from crawler.families import choose
from crawler.items import Link, Page
from crawler.page.links import is_report_page, marks, report_title
from crawler.page.pages import parse_page
from extract.html.charset import decode
from extract.sniff import media_type

_A_PAGE = re.compile(rb"[ \t\r\n]*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_WRITTEN = b"\t\n\r" + bytes(range(32, 256))


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer without its body. ``url`` is the one asked for last, with its fragment (on gkmlpt portals it names the
    column), ``asked`` the one before redirects; ``headers`` are by lower-case name. ``goes_on``: it was asked for as a
    further page of a list."""

    status: int
    url: str
    asked: str
    headers: Mapping[str, str]
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """What an answer is. ``title``, ``links`` and the ``family`` that found them are those of a page that can be walked
    (``is_page``); ``shown`` tells one page of a list from another."""

    verdict: Verdict
    media_type: str
    is_page: bool = False
    is_report: bool = False
    title: str = ""
    links: tuple[Link, ...] = ()
    family: str = ""
    shown: tuple[str, ...] = ()


def look(body: bytes, asked: Asked, max_page_bytes: int) -> Sight:
    """Judge an answer and, when it is a page of no more than ``max_page_bytes``, find its links."""
    claimed = asked.headers.get("content-type", "")
    text = _plain_page(body)
    kind = "text/html" if text else media_type(body, claimed, asked.url)
    verdict, page = judged(asked.status, asked.headers, body, asked.url, asked.asked, kind, text)
    markup = kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
    if verdict.outcome != "ok" or not markup or len(body) > max_page_bytes:
        return Sight(verdict, kind)
    whole = page or parse_page(asked.url, decode(body, claimed)[0])
    return _walked(verdict, kind, replace(whole, goes_on=asked.goes_on))


def _plain_page(body: bytes) -> str:
    """Give the text of a page in UTF-8 that says with its first word what it is, as most do: nothing of it needs to be
    weighed. An empty string for any other answer."""
    data = body.removeprefix(codecs.BOM_UTF8)
    if len(body) > MAX_JUDGED_BYTES or not _A_PAGE.match(data) or data.translate(None, _WRITTEN):
        return ""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


def _walked(verdict: Verdict, kind: str, page: Page) -> Sight:
    family = choose(page)
    links = family.links(page)
    listed = page.goes_on or any(link.kind == "next" for link in links)
    title, shown = report_title(page), marks(page, links) if listed else ()
    return Sight(verdict, kind, True, is_report_page(page), title, links, family.name, shown)
