"""Lonsun 龙讯 (安徽; also counties in 四川, 甘肃, 湖北, 青海): ``/public/column/<organ>?type=T&action=list&catId=C``.

Type 3 is the annual reports, type 4 the catalogue. The first page stands in the HTML, or is only filled by a script;
every page comes from ``/site/label/8888?IsAjax=1&labelName=publicInfoList&siteId=…&organId=…&type=…&catId=…
&pageIndex=N&…&file=…``, which answers HTML. ``file=`` and the path before ``/site/`` differ from site to site, so the
page's own call is copied and only ``pageIndex`` is changed. ``pageCount:N`` stands in the page's script.
"""

import re
from collections.abc import Iterator

from crawler.families import Family, weigh
from crawler.items import Link, Page
from crawler.page.evidence import Sign
from crawler.page.links import walk
from crawler.page.pagers import MAX_PAGES, next_pages
from crawler.page.urls import join

_LABEL = re.compile(r"/site/label/\d+[?'\"]")
_NAME = re.compile(r"labelName=publicInfoList|publicInfoList_")
_COLUMN = re.compile(r"/public/column/\d+\?")
_ROWS = re.compile(r"class=['\"](?:[^'\"]*\s)?(?:xxgk_nav_con|xxgk_navli|gk_list)\b")
_EVIDENCE = (
    Sign(_LABEL, 50, ("/site/label/",)),
    Sign(_NAME, 30, ("publicinfolist",)),
    Sign(_COLUMN, 30, ("/public/column/",)),
    Sign(_ROWS, 20, ("xxgk_nav", "gk_list")),
)
_LITERAL = re.compile(r"['\"]([^'\"\s]{0,200}/site/label/\d+\?[^'\"]*)(['\"])")
# The next pieces of a call that a script puts together: '…pageIndex=' + page + '&action=list'.
_PIECE = re.compile(r"\s*+\+\s*+[\w.$()+\- ]{1,60}?\s*+\+\s*+(['\"])([^'\"]*)\1")
# The call with its query in an object: url: '/site/label/8888', data: {labelName: 'publicInfoList', …}.
_OBJECT = re.compile(
    r"['\"]([^'\"\s]{0,200}/site/label/\d+)['\"]\s*,\s*(?:\w{1,20}\s*:\s*['\"]?\w{1,20}['\"]?\s*,\s*){0,5}"
    r"(?:data\s*:\s*)?\{([^{}]{0,1000})\}"
)
_MEMBER = re.compile(r"['\"]?(\w{1,40})['\"]?\s*:\s*['\"]?([^'\",{}\s]*)")
_INDEX = re.compile(r"([?&]pageIndex=)(\d{0,5})")
_RANDOM = re.compile(r"&_=[\d.]*(?=&|$)")
_COUNT = re.compile(r"pageCount['\"]?\s*[:=]\s*['\"]?(\d{1,5})")
_MAX_PIECES = 6


def _fingerprint(page: Page) -> int:
    """Add up what of the system's markup is on the page; an answer of its list call is known by the call."""
    asked = 60 if _LABEL.search(page.url) else 0
    return min(100, asked + weigh(page, _EVIDENCE))


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page; one whose list only a script fills leads to the call for its first page, also where it says how many
    there are."""
    found = walk(page, _further)
    shown = any(link.kind in {"report", "attachment"} for link in found)
    return found if shown else (*found, *_first_call(page))


def _first_call(page: Page) -> Iterator[Link]:
    call = _call(page)
    if call and not _LABEL.search(page.url):
        yield Link(_numbered(call, 1), "", "column")


def _further(page: Page) -> tuple[Link, ...]:
    """Give the later pages by the page's own call, else by whatever pager it has."""
    call, count = _call(page), _COUNT.search(page.text)
    own = _INDEX.search(page.url)
    at = int(own.group(2) or 1) if own else 1
    if not call or not count:
        return next_pages(page)
    last = min(int(count.group(1)), at + MAX_PAGES)
    return tuple(Link(_numbered(call, number), "", "next") for number in range(at + 1, last + 1))


def _call(page: Page) -> str:
    """Give the list call: the URL asked for when this is its answer, else the one the page's script puts together."""
    if _LABEL.search(page.url):
        return page.url
    found = _LITERAL.search(page.text)
    if found is None:
        return _call_by_object(page)
    text, end = found.group(1), found.end()
    for _ in range(_MAX_PIECES):
        piece = _PIECE.match(page.text, end)
        if piece is None:
            break
        text, end = text + piece.group(2), piece.end()
    return join(page.url, _RANDOM.sub("", text)) or ""


def _call_by_object(page: Page) -> str:
    found = _OBJECT.search(page.text)
    members = _MEMBER.findall(found.group(2)) if found else []
    # Where the number of the page is a variable, it is put in later.
    query = "&".join(f"{name}={value}" for name, value in members if name != "pageIndex" or value.isdecimal())
    return join(page.url, f"{found.group(1)}?{query}") or "" if found else ""


def _numbered(call: str, number: int) -> str:
    """Put the number of a page into a call."""
    if _INDEX.search(call):
        return _INDEX.sub(rf"\g<1>{number}", call, count=1)
    return f"{call}&pageIndex={number}"


FAMILY = Family("lonsun", _fingerprint, _links, _EVIDENCE)
