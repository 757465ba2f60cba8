"""Pager scripts: what a script that portals share would write, read from its call.

``SCRIPTS`` is the table of those seen on portals, in the order in which they are believed. Two of them share
a name and count differently: ``createPageHTML(total, current, "index", "html")`` (TRS) counts from zero, so page 2 is
``index_1.html``; ``createPageHTML('id', total, current, 'list', 'shtml', rows)`` (Kaipu) counts from one, so page 2 is
``list_2.shtml``. Read as the other, either loses a page without a word.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from crawler.items import Page
from crawler.page.urls import join, same_site


@dataclass(frozen=True, slots=True)
class PagerScript:
    """A kind of pager: what finds its script in a page, and the relative URLs of the pages after the current one."""

    name: str
    find: Callable[[str], re.Match[str] | None]
    pages: Callable[[re.Match[str], Page], Iterable[str]]


PAGER_WORDS = re.compile(r"[上下前后]一?页|[首尾末]页|共\s*\d+\s*[页条]|跳转|第\s*\d+\s*页")

PARAMETER = r"(?i:page|pageNo|pageNum|pageNumber|pageIndex|currpage|currentPage|curPage|cur_page|pn)"
PARAMETER_IN_URL = re.compile(rf"^(?P<before>.*[?&](?:{PARAMETER})=)(?P<number>\d{{1,4}})(?P<after>(?:[&#].*)?)$")
_PARAMETER_IN_PAGE = re.compile(rf"['\"]([^'\"\s]*[?&](?:{PARAMETER})=\d{{1,4}}(?:&[^'\"\s]*)?)['\"]")
# location.href = '/nb.html?page=' + number
_PARAMETER_BEGUN = re.compile(rf"['\"]([^'\"\s]*[?&](?:{PARAMETER})=)['\"]\s*\+")
NUMBER_IN_PATH = re.compile(r"^(?P<before>.*/(?:page|list)_)(?P<number>\d{1,4})(?P<after>\.s?html?)$")
_BARE_NUMBER = re.compile(r"/(\d{1,4})\.s?html?$")
_INDEX = re.compile(r"/(?P<name>[A-Za-z]\w*?)(?:_(?P<number>\d{1,4}))?\.(?P<extension>s?html?)$")
_VSB_FIRST = re.compile(r"/(?P<name>[^/]+)\.(?P<extension>html?)$")
_VARIABLE = r"\b{name}\s*=\s*['\"]?(\d{{1,5}})\b"


def _value(token: str, page: Page) -> int | None:
    """Give the number that an argument of a script is: printed there, or set as a variable elsewhere in the page."""
    if token.isdecimal():
        return int(token)
    found = re.search(_VARIABLE.format(name=re.escape(token)), page.text)
    return int(found.group(1)) if found else None


def _zero_based(match: re.Match[str], page: Page) -> Iterator[str]:
    """TRS: page k (from 0) is ``index_k.html``, the first ``index.html``."""
    total, current = _value(match["total"], page), _value(match["current"], page)
    if total is not None and current is not None:
        yield from (f"{match['name']}_{k}.{match['extension']}" for k in range(current + 1, total))


def _one_based(match: re.Match[str], page: Page) -> Iterator[str]:
    """Kaipu: page k (from 1) is ``list_k.shtml``, the first ``list.shtml``."""
    total, current = _value(match["total"], page), _value(match["current"], page)
    if total is not None and current is not None:
        yield from (f"{match['name']}_{k}.{match['extension']}" for k in range(current + 1, total + 1))


def _count_variable(match: re.Match[str], page: Page) -> Iterator[str]:
    """TRS pages that write their pager themselves: ``var countPage = N``, counted from zero, file named by the URL."""
    own = _INDEX.search(urlsplit(page.url).path)
    name, extension = (own["name"], own["extension"]) if own else ("index", "html")
    current = _value("currentPage", page)
    at = current if current is not None else int((own and own["number"]) or 0)
    yield from (f"{name}_{k}.{extension}" for k in range(at + 1, int(match.group(1))))


def _backwards(match: re.Match[str], page: Page) -> Iterator[str]:
    """VSB: page 1 is ``name.htm``, page 2 ``name/{total-1}.htm``, the last ``name/1.htm``."""
    path = urlsplit(page.url).path
    if deep := _BARE_NUMBER.search(path):
        extension = path.rpartition(".")[2]
        yield from (f"{k}.{extension}" for k in range(int(deep.group(1)) - 1, 0, -1))
    elif first := _VSB_FIRST.search(path):
        yield from (f"{first['name']}/{k}.{first['extension']}" for k in range(int(match.group(1)) - 1, 0, -1))


def _bare_numbers(match: re.Match[str], page: Page) -> Iterator[str]:
    """Lists whose pages are ``1.html``, ``2.html`` … with the total in ``parseInt('N')`` (西安, 延安)."""
    own = _BARE_NUMBER.search(urlsplit(page.url).path)
    if own or (page.url.endswith("/") and PAGER_WORDS.search(page.text)):
        at = int(own.group(1)) if own else 1
        yield from (f"{k}.html" for k in range(at + 1, int(match.group(1)) + 1))


def _counted(match: re.Match[str], page: Page) -> Iterator[str]:
    """A declared total and a URL with the page's number in it: the page's own, or one its script names."""
    total = int(next(group for group in match.groups() if group))
    own = PARAMETER_IN_URL.match(page.url) or NUMBER_IN_PATH.match(page.url)
    if own:
        yield from (f"{own['before']}{k}{own['after']}" for k in range(int(own["number"]) + 1, total + 1))
    elif template := _template(page):
        yield from (f"{template['before']}{k}{template['after']}" for k in range(2, total + 1))


def _template(page: Page) -> re.Match[str] | None:
    """Find in the page's text a URL of the same page with a page number in its query."""
    path = urlsplit(page.url).path
    whole = (found.group(1) for found in _PARAMETER_IN_PAGE.finditer(page.text))
    begun = (f"{found.group(1)}1" for found in _PARAMETER_BEGUN.finditer(page.text))
    for address in chain(whole, begun):
        url = join(page.url, address)
        if url and same_site(url, page.url) and urlsplit(url).path in {path, "/eportal/ui"}:
            return PARAMETER_IN_URL.match(url)
    return None


def declared_pages(page: Page) -> int:
    """Give how many pages a list says it has, else how many its rows make; 0 where it says nothing."""
    declared = _declared(page.text)
    if declared:
        return int(next(group for group in declared.groups() if group))
    rows, size = _ROWS.search(page.text), _SIZE.search(page.text)
    return -(-int(rows.group(1)) // int(size.group(1))) if rows and size else 0


def _declared(text: str) -> re.Match[str] | None:
    """Find the first place where a text says how many pages there are.

    Each pattern begins with fixed letters, for which a search runs; one pattern for all of them takes ten times as long.
    """
    found = (pattern.search(text) for pattern in _DECLARED)
    beside = _BESIDE_A_JUMP.search(text) if "跳转" in text else None
    return min((match for match in (*found, beside) if match), key=lambda match: match.start(), default=None)


_ARGUMENTS = (
    r"\s*(?P<total>\w+)\s*,\s*(?P<current>\w+)\s*,\s*['\"](?P<name>[^'\"]+)['\"]\s*,\s*['\"]\.?(?P<extension>\w+)['\"]"
)

_NAMES = ("totalPages?", "countPage", "pageCount", "PageCount", "pageTotal", r"pages(?<!\wpages)")
_DECLARED = (
    *(re.compile(name + r"['\"]?\s*[:=]\s*['\"]?(\d{1,4})\b") for name in _NAMES),
    re.compile(r"共\s*(\d{1,4})\s*页"),
    re.compile(r"第\s*\d{1,4}\s*/\s*(\d{1,4})\s*页"),
)
_BESIDE_A_JUMP = re.compile(r"\b\d{1,4}\s*/\s*(\d{1,4})\s*(?:页\s*)?(?:<[^>]{0,300}>\s*){0,4}跳转")
_ROWS = re.compile(r"(?:total(?:Records?|Count|Rows?)|[rR]ecordCount|\bcount)['\"]?\s*[:=]\s*['\"]?(\d{1,5})\b")
_SIZE = re.compile(r"(?:[pP]ageSize|perPage|\blimit)['\"]?\s*[:=]\s*['\"]?([1-9]\d{0,3})\b")

SCRIPTS = (
    PagerScript("TRS createPageHTML", re.compile(r"createPageHTML\(" + _ARGUMENTS).search, _zero_based),
    PagerScript(
        "Kaipu createPageHTML", re.compile(r"createPageHTML\(\s*['\"][^'\"]*['\"]\s*," + _ARGUMENTS).search, _one_based
    ),
    PagerScript("VSB", re.compile(r"_simple_list_gotopage_fun\(\s*(\d{1,4})").search, _backwards),
    PagerScript("parseInt", re.compile(r"parseInt\('(\d{1,4})'\)").search, _bare_numbers),
    PagerScript("declared total", _declared, _counted),
    PagerScript("countPage", re.compile(r"countPage\s*=\s*['\"]?(\d{1,4})\b").search, _count_variable),
)
"""Pager scripts, the most certain first."""
