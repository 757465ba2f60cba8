"""Every portal that no other family knows, and every one-off: a quarter of the report URLs seen.

Oddities met: links in options and ``onclick``; lists of bare agency names; year tabs; WebForms pagers; the column of
a single report being that report; stubs that only redirect; columns that a script fills from a call named in it.
"""

import re
from collections.abc import Iterator
from itertools import islice

from crawler.families import Family
from crawler.items import Link, Page
from crawler.page.data_calls import data_calls
from crawler.page.links import is_shown, walk
from crawler.page.pagers import next_pages
from crawler.page.pages import base_of, place_of
from crawler.page.urls import canonical, join, same_site
from crawler.page.xml_data import feeds

_QUOTED = re.compile(r"['\"]([^'\"\s<>]{8,400})['\"]")
_DATA_CALL = re.compile(
    r"/(?:api|rest|front|jsonp|govsearch)/|\.(?:json|xml)(?:\?|$)|[?&](?:callback|_isJson)=|/\w*(?:list|query|search)\w*\.(?:jsp|do|ashx|action)\?",
    re.IGNORECASE,
)
# url: '/list.jsp?channel=7', dataType: 'jsonp', jsonpCallback: 'result'
_JSONP = re.compile(
    r"['\"]?\s*,[^{}]{0,80}?dataType\s*:\s*['\"]jsonp['\"](?:[^{}]{0,80}?jsonpCallback\s*:\s*['\"](\w{1,40})['\"])?",
    re.IGNORECASE,
)
# $("#list").load("inner.html"), $.get("/nb/rows.html", show)
_LOADED = re.compile(r"(?:\.load|\$\.get)\(\s*['\"]([^'\"\s]{2,300})['\"]\s*(?:\)|,\s*(?:function\b|\(|\w+\s*[,)=]))")
_NOT_A_LIST = re.compile(
    r"\.(?:js|css|png|jpe?g|gif|svg|ico)(?:\?|$)|login|count|visit|weather|stat(?:istics?)?\b", re.IGNORECASE
)
_MAX_CALLS = 5
"""Calls tried of one page: a column has one or two, for the list and for a menu."""


def _fingerprint(_page: Page) -> int:
    """Take any page, less surely than a family that knows it."""
    return 1


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page by its words, and its list by whichever pager it has; an empty column leads to its script's calls."""
    found = walk(page, next_pages)
    fed = set(feeds(page))
    if any(is_shown(link) and link.url not in fed for link in found) or not place_of(page).annual:
        return found
    return (*found, *islice(_calls(page), _MAX_CALLS))


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
    for node in page.root.iter("script"):
        text = node.text or ""
        for quoted in _QUOTED.finditer(text):
            begun = quoted.group(1).endswith("=") and text[quoted.end() :].lstrip().startswith("+")
            yield from () if begun else _named_call(page, quoted.group(1) + _callback(quoted, text))
        yield from _named_call(page, node.get("src") or "")
        loaded = (join(base_of(page), found.group(1)) for found in _LOADED.finditer(text))
        yield from (Link(url, "", "column") for url in loaded if url)


def _named_call(page: Page, address: str) -> Iterator[Link]:
    url = join(base_of(page), address) if _DATA_CALL.search(address) else None
    if url:
        yield Link(url, "", "column")


def _callback(quoted: re.Match[str], text: str) -> str:
    """Give the parameter that a browser adds to a call for JSONP, or an empty string."""
    options = _JSONP.match(text, quoted.end())
    if options is None or "callback=" in quoted.group(1):
        return ""
    return f"{'&' if '?' in quoted.group(1) else '?'}callback={options.group(1) or 'callback'}"


FAMILY = Family("generic", _fingerprint, _links)
