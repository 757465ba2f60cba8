"""VSB 博达 / webber (云南, 甘肃, 四川, 山东; also colleges): ``name.htm`` and ``/info/<tree>/<id>.htm``.

Pages of a list are counted backwards: page 2 of ``name.htm`` is ``name/{total-1}.htm``, the last ``name/1.htm``, and
what is on a page shifts as items arrive, so the list's own links are believed before its script. Lists made on demand
carry ``a<id>t=<total>&a<id>p=<page>&a<id>c=<rows>`` in their query (``…TreeTempUrl``, ``egovinfo.EgovInfoList``).
Files come from ``download.jsp?…wbfileid=`` without an extension, PDF bodies from ``showVsbpdfIframe(…)``. One article
stands under several trees, with the same ``wbnewsid`` or the same number behind the tree's.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from crawler.families import Family, weigh
from crawler.items import Link, Page
from crawler.page.evidence import Sign
from crawler.page.links import walk
from crawler.page.list_calls import with_calls
from crawler.page.pagers import next_pages
from crawler.page.urls import join
from extract.text import compact

_RESOURCES = re.compile(r"/system/resource/(?:js|style|pdfjs)/|/system/_content/")
_CALL = re.compile(r"_simple_list_gotopage_fun\(")
_ROW = re.compile(r"id=['\"]line_?u?\w*_\d")
_BODY = re.compile(r"vsb_content|v_news_content|showVsbpdfIframe\(")
_TREE = re.compile(r"[?&](?:amp;)?wbtreeid=\d")
_EVIDENCE = (
    Sign(_RESOURCES, 40, ("/system/",)),
    Sign(_CALL, 50, ("_simple_list_gotopage_fun(",)),
    Sign(_ROW, 30, ('id="line', "id='line")),
    Sign(_BODY, 40, ("vsb_content", "v_news_content", "showvsbpdfiframe(")),
    Sign(_TREE, 30, ("wbtreeid=",)),
)
_COUNTED = re.compile(
    r"(?P<before>[?&])(?P<name>a\w{0,40}?)t=(?P<total>\d{1,6})&(?:amp;)?(?P=name)p=(?P<number>\d{1,5})"
    r"&(?:amp;)?(?P=name)c=(?P<size>\d{1,4})"
)
_QUOTED = re.compile(r"['\"]([^'\"\s]*[?&]a\w{0,40}?t=\d[^'\"\s]*)['\"]")
_PRINTED = re.compile(r"(?<![\d/])(\d{1,4})\s*/\s*(\d{1,4})(?![\d/])")
_ARTICLE = re.compile(r"/info/\d+/(\d+)\.s?html?$")


def _fingerprint(page: Page) -> int:
    """Add up what of the system's markup is on the page."""
    return weigh(page, _EVIDENCE)


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page, an article that stands under several trees once."""
    return tuple(_once(with_calls(page, walk(page, _further))))


def _further(page: Page) -> tuple[Link, ...]:
    """Believe the list's own links, then its static pager, then the numbers in the query of a list made on demand."""
    return next_pages(page) or _counted(page)


def _counted(page: Page) -> tuple[Link, ...]:
    """Give the page after this one of a list made on demand.

    The total counts rows on some sites and pages on others; one page at a time is right for both, for the walk ends
    where a page brings nothing new.
    """
    own = _COUNTED.search(page.url)
    quoted = (join(page.url, found.group(1)) for found in _QUOTED.finditer(page.text))
    address = page.url if own else next((url for url in quoted if url and _COUNTED.search(url)), "")
    found = _COUNTED.search(address)
    number = int(own["number"]) if own else 1
    if found is None or number >= int(found["total"]) or _is_last(page, number):
        return ()
    name, before = found["name"], found["before"]
    following = f"{before}{name}t={found['total']}&{name}p={number + 1}&{name}c={found['size']}"
    return (Link(address[: found.start()] + following + address[found.end() :], "", "next"),)


def _is_last(page: Page, number: int) -> bool:
    """Tell whether the pager prints this page as the last of as many: ``3/3``."""
    return any(int(at) == int(of) == number for at, of in _PRINTED.findall(page.text))


def _once(links: Iterable[Link]) -> Iterable[Link]:
    """Yield links, but of those to one article under several trees only the first; others may stand on other pages."""
    seen: set[str] = set()
    for link in links:
        number = _article(link.url)
        article = f"{number} {compact(link.text)}" if number and link.kind == "report" else ""
        if article and article in seen:
            continue
        seen.add(article)
        yield replace(link, article=article)


def _article(url: str) -> str:
    """Give the number that an article has under every tree, or an empty string for what is no article."""
    parts = urlsplit(url)
    found = _ARTICLE.search(parts.path)
    return found.group(1) if found else parse_qs(parts.query).get("wbnewsid", [""])[0]


FAMILY = Family("vsb", _fingerprint, _links, _EVIDENCE)
