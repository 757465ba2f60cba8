"""One look at an answer: what it is, and where it leads. Pure, so that it can be done in another process."""

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.challenges import Verdict, judged
from crawler.families import choose
from crawler.items import Link, Page
from crawler.links import is_report_page, report_title
from crawler.pages import parse_page
from extract.html.charset import decode
from extract.sniff import media_type


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer without its body. ``url`` is the one asked for last, with its fragment (on gkmlpt portals it names the
    column), ``asked`` the one before redirects; ``headers`` are by lower-case name."""

    status: int
    url: str
    asked: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sight:
    """What an answer is. ``title``, ``links`` and the ``family`` that found them are those of a page that can be walked
    (``is_page``)."""

    verdict: Verdict
    media_type: str
    is_page: bool = False
    is_report: bool = False
    title: str = ""
    links: tuple[Link, ...] = ()
    family: str = ""


def look(body: bytes, asked: Asked, max_page_bytes: int) -> Sight:
    """Judge an answer and, when it is a page of no more than ``max_page_bytes``, find its links."""
    claimed = asked.headers.get("content-type", "")
    kind = media_type(body, claimed, asked.url)
    verdict, page = judged(asked.status, asked.headers, body, asked.url, asked.asked, kind)
    markup = kind.startswith("text/") or kind.endswith(("xml", "json"))
    if verdict.outcome != "ok" or not markup or len(body) > max_page_bytes:
        return Sight(verdict, kind)
    return _walked(verdict, kind, page or parse_page(asked.url, decode(body, claimed)[0]))


def _walked(verdict: Verdict, kind: str, page: Page) -> Sight:
    family = choose(page)
    return Sight(verdict, kind, True, is_report_page(page), report_title(page), family.links(page), family.name)
