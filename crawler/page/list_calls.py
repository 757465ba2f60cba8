"""Calls for a list, or for an article's body, that the script of a page makes, where the page itself shows none.

Whatever system made the page: a list of TRS may be filled by a call for JSONP, one of a catalogue by a post.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import unquote

from crawler.items import Link, Page
from crawler.page.call_data import read_sum
from crawler.page.data_calls import data_calls
from crawler.page.links import is_shown
from crawler.page.pages import base_of, has_few_words, is_annual, tagged
from crawler.page.remembered import matches, of_scripts, remembered
from crawler.page.row_addresses import telling
from crawler.page.urls import canonical, join, same_site
from crawler.page.xml_data import feeds

_QUOTED = re.compile(r"['\"]([^'\"\s<>]{8,400})['\"]")
_DATA_CALL = re.compile(
    r"/(?:api|rest|front|jsonp|govsearch)/|\.(?:json|xml)(?:\?|$)|[?&](?:callback|_isJson)=|/\w*(?:list|query|search)\w*\.(?:jsp|do|ashx|action)\?",
    re.IGNORECASE,
)
# url: '/list.jsp?channel=7', dataType: 'jsonp', jsonpCallback: 'result'
_JSONP = re.compile(
    r"\s*,[^{}]{0,80}?dataType\s*:\s*['\"]jsonp['\"](?:[^{}]{0,80}?jsonpCallback\s*:\s*['\"](\w{1,40})['\"])?",
    re.IGNORECASE,
)
# $("#list").load("inner.html"), $.get("/nb/rows.html", show)
_LOADED = re.compile(r"(?:\.load|\$\.get)\(\s*['\"]([^'\"\s]{2,300})['\"]\s*(?:\)|,\s*(?:function\b|\(|\w+\s*[,)=]))")
_NOT_A_LIST = re.compile(
    r"\.(?:js|css|png|jpe?g|gif|svg|ico)(?:\?|$)|login|count(?![ry]|ies)|visit|weather|stat(?:istics?)?\b"
    r"|/(?:[\w\-]*[_\-])?(?:head(?:er)?|foot(?:er)?|top(?:nav|bar)?|bottom|nav(?:bar)?|menu|left|right|banner|sidebar)(?:[_\-][\w\-]*|\d*)"
    r"\.(?:[sj]?html?|jsp|php|aspx?)(?:\?|$)",
    re.IGNORECASE,
)
_ARTICLE_NUMBER = re.compile(
    r"[?&\"{](?:id|info_?(?:id|guid)|article_?id|news_?id|doc_?id|guid|content_?id)\"?[=:]", re.IGNORECASE
)
_FEW_CHARACTERS = 100
_MAX_CALLS = 5
"""Calls tried of one page: a column has one or two, for the list and for a menu."""


def with_calls(page: Page, found: tuple[Link, ...]) -> tuple[Link, ...]:
    """Give what was found on a page, and where that is no row of a column, the calls of its script for these; where it is
    nothing at all, the call for the body of an article."""
    fed = set(feeds(page))
    if any(is_shown(link) and link.url not in fed for link in found):
        return found
    if not is_annual(page):
        return found or (tuple(_body_calls(page)) if has_few_words(page, _FEW_CHARACTERS) else ())
    return (*found, *(telling(page, call) for call in islice(_calls(page), _MAX_CALLS)))


def _body_calls(page: Page) -> Iterator[Link]:
    """Yield the call for the body of an article whose page is a shell: with its number, and for no list."""
    for call in islice(_calls(page), _MAX_CALLS):
        if _ARTICLE_NUMBER.search(unquote(call.url)):
            yield replace(call, kind="report") if call.method == "POST" else call


def _calls(page: Page) -> Iterator[Link]:
    """Yield the calls for data that the scripts of a page make: those named whole, then those with an object of data."""
    seen = {(canonical(page.url), "GET")}
    for call in (*_named_calls(page), *data_calls(page)):
        key = (canonical(call.url), call.method)
        if key not in seen and same_site(call.url, page.url) and not _NOT_A_LIST.search(call.url):
            seen.add(key)
            yield call


def _named_calls(page: Page) -> Iterator[Link]:
    """Yield the addresses in a page's scripts that ask for data; what a script goes on with is no whole address."""
    for node in tagged(page)["script"]:
        text = node.text or ""
        for said in _said(text):
            yield from _named_call(page, said if isinstance(said, str) else _summed(text, said, page))
        yield from _named_call(page, node.get("src") or "")
        loaded = (join(base_of(page), found.group(1)) for found in matches(_LOADED, text))
        yield from (Link(url, "", "column") for url in loaded if url)


@of_scripts
def _said(script: str) -> tuple[str | int, ...]:
    """Give the addresses of a script that ask for data, and where those begin of which the page must tell a part."""
    starts = [quoted.start() for quoted in _QUOTED.finditer(script) if _begins_address(quoted)]
    whole = ((start, _summed(script, start)) for start in starts)
    return tuple(address or start for start, address in whole if not address or _asks_for_data(address))


def _begins_address(quoted: re.Match[str]) -> bool:
    before = quoted.string[max(0, quoted.start() - 3) : quoted.start()].rstrip()
    return not before.endswith("+") and quoted.group(1)[0] not in "&?="


def _summed(script: str, start: int, page: Page | None = None) -> str:
    """Give the address that begins at a place of a script; none where nobody tells a part of it."""
    address, end = read_sum(script, start, page)
    return address + _callback(address, script, end)


def _named_call(page: Page, address: str) -> Iterator[Link]:
    url = join(base_of(page), address) if _asks_for_data(address) else None
    if url:
        yield Link(url, "", "column")


@remembered
def _asks_for_data(address: str) -> bool:
    return _DATA_CALL.search(address) is not None


def _callback(address: str, script: str, end: int) -> str:
    """Give the parameter that a browser adds to a call for JSONP, or an empty string."""
    options = _JSONP.match(script, end)
    if options is None or not address or "callback=" in address:
        return ""
    return f"{'&' if '?' in address else '?'}callback={options.group(1) or 'callback'}"
