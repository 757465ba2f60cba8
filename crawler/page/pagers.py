"""Further pages of a list: by the pager's links, else by the scripts that would write them.

``SCRIPTS`` is the table of pager scripts seen on portals, in the order in which they are believed. Two of them share
a name and count differently: ``createPageHTML(total, current, "index", "html")`` (TRS) counts from zero, so page 2 is
``index_1.html``; ``createPageHTML('id', total, current, 'list', 'shtml', rows)`` (Kaipu) counts from one, so page 2 is
``list_2.shtml``. Read as the other, either loses a page without a word.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.items import Link, Page
from crawler.page.pages import squeeze
from crawler.page.urls import canonical, join, same_site

MAX_PAGES = 5000
"""Most pages believed of one list: the longest real list of documents has some hundreds."""


@dataclass(frozen=True, slots=True)
class PagerScript:
    """A kind of pager: how its script is recognised, and the relative URLs of the pages after the current one."""

    name: str
    pattern: re.Pattern[str]
    pages: Callable[[re.Match[str], Page], Iterable[str]]


_NEXT = re.compile(r"\[?(?:下一?[页頁]|[后後]一?[页頁]|[末尾][页頁]|最[后後]一?[页頁])[>》»›→\]]*")
_NEXT_SIGN = re.compile(r"[>》»›]{1,2}|next(?:page)?[>»]*|last(?:page)?[>»]*", re.IGNORECASE)
_NUMBER = re.compile(r"[\[第]?(\d{1,4})页?\]?")
_PAGER_WORDS = re.compile(r"[上下前后]一?页|[首尾末]页|共\s*\d+\s*[页条]|跳转|第\s*\d+\s*页")
_PAGER_NAME = re.compile(r"page|pagi|fenye|fanye", re.IGNORECASE)
_CURRENT_NAME = re.compile(
    r"(?:^|[-_ ])(?:current|cur|active|on|thisclass|this|selected|now)(?:$|[-_ ])", re.IGNORECASE
)
_MAX_PAGER_CHARACTERS = 300
# Calendars and numbered lists are looked at no further than this: a pager stands near the list, with ten numbers.
_MAX_PAGER_LINKS = 200

_PARAMETER = r"(?i:page|pageNo|pageNum|pageNumber|pageIndex|currpage|currentPage|curPage|cur_page|pn)"
_PARAMETER_IN_URL = re.compile(rf"^(?P<before>.*[?&](?:{_PARAMETER})=)(?P<number>\d{{1,4}})(?P<after>(?:[&#].*)?)$")
_PARAMETER_IN_PAGE = re.compile(rf"['\"]([^'\"\s]*[?&](?:{_PARAMETER})=\d{{1,4}}(?:&[^'\"\s]*)?)['\"]")
# location.href = '/nb.html?page=' + number
_PARAMETER_BEGUN = re.compile(rf"['\"]([^'\"\s]*[?&](?:{_PARAMETER})=)['\"]\s*\+")
_NUMBER_IN_PATH = re.compile(r"^(?P<before>.*/(?:page|list)_)(?P<number>\d{1,4})(?P<after>\.s?html?)$")
_BARE_NUMBER = re.compile(r"/(\d{1,4})\.s?html?$")
_INDEX = re.compile(r"/(?P<name>[A-Za-z]\w*?)(?:_(?P<number>\d{1,4}))?\.(?P<extension>s?html?)$")
_VSB_FIRST = re.compile(r"/(?P<name>[^/]+)\.(?P<extension>html?)$")
_QUOTED = re.compile(r"['\"]([^'\"\s]{1,300})['\"]")
_ADDRESS = re.compile(r"[/?]|\.s?html?$")
_VARIABLE = r"\b{name}\s*=\s*['\"]?(\d{{1,5}})\b"


def next_pages(page: Page) -> tuple[Link, ...]:
    """Give further pages of a page's list, at most ``MAX_PAGES``, never the page itself.

    The pager's own links win, because offsets differ even between sites of one city; then comes the first script of
    ``SCRIPTS`` that gives pages.
    """
    return _linked(page) or scripted_pages(page)


def is_next_word(text: str) -> bool:
    """Tell whether the words of a link, without white space, name the next or the last page."""
    return _NEXT.fullmatch(text) is not None


def scripted_pages(page: Page) -> tuple[Link, ...]:
    """Give the further pages that the first known pager script of a page would write."""
    for script in SCRIPTS:
        match = script.pattern.search(page.text)
        links = _as_links(page, script.pages(match, page)) if match else ()
        if links:
            return links
    return ()


def _as_links(page: Page, hrefs: Iterable[str]) -> tuple[Link, ...]:
    """Join relative URLs to links, bounded and without the page itself and repeats."""
    own = canonical(page.url)
    kept: dict[str, Link] = {}
    for href in islice(hrefs, MAX_PAGES):
        url = join(page.url, href)
        if url is not None and canonical(url) != own:
            kept.setdefault(canonical(url), Link(url, "", "next"))
    return tuple(kept.values())


def _linked(page: Page) -> tuple[Link, ...]:
    """Give the pages after this one that its pager links: next, last and the numbers."""
    speaking = (node for node in page.root.iter("a", "option") if _speaks_like_a_pager(node))
    candidates = [node for node in islice(speaking, _MAX_PAGER_LINKS) if _is_pager_link(node)]
    current = _current_number(page, candidates)
    hrefs = (_target(node) for node in candidates if _is_ahead(node, current))
    return _as_links(page, (href for href in hrefs if href and href != "#"))


def _target(node: HtmlElement) -> str:
    """Give where a link of a pager leads, also one that hands the address to a script: ``gopage('index_2.html')``."""
    href = node.get("href") or node.get("value") or ""
    if href not in {"", "#"} and not href.lower().startswith("javascript"):
        return href
    quoted = (found.group(1) for found in _QUOTED.finditer(f"{node.get('onclick') or ''} {href}"))
    return next((text for text in quoted if _ADDRESS.search(text)), "")


def _speaks_like_a_pager(node: HtmlElement) -> bool:
    text = _words(node)
    return any(words.fullmatch(text) for words in (_NEXT, _NUMBER, _NEXT_SIGN))


def _words(node: HtmlElement) -> str:
    return squeeze(node.text_content()).replace(" ", "")


def _is_pager_link(node: HtmlElement) -> bool:
    """Tell whether a link is one of a pager; numbers and arrows are so only within a pager's block."""
    worded = node.tag == "a" and _NEXT.fullmatch(_words(node)) is not None
    return worded or _pager_block(node) is not None


def _pager_block(node: HtmlElement) -> HtmlElement | None:
    """Give the element around a link that is named like a pager or speaks like one, within four levels."""
    for outer in islice(node.iterancestors(), 4):
        if outer.tag in {"body", "html"}:
            return None
        text = outer.text_content()
        worded = len(text) <= _MAX_PAGER_CHARACTERS and (_PAGER_WORDS.search(text) or _is_named_pager(outer))
        if worded or _is_page_select(outer):
            return outer
    return None


def _is_page_select(node: HtmlElement) -> bool:
    """Tell whether a box offers addresses numbered from 1 on; one of years or months is none of a pager."""
    options = list(islice(node.iter("option"), _MAX_PAGER_LINKS)) if node.tag == "select" else []
    numbered = (_words(option) == str(number) for number, option in enumerate(options, 1))
    return len(options) > 1 and all(numbered) and all(_ADDRESS.search(node.get("value") or "") for node in options)


def _is_named_pager(node: HtmlElement) -> bool:
    return _PAGER_NAME.search(f"{node.get('class', '')} {node.get('id', '')}") is not None


def _current_number(page: Page, candidates: list[HtmlElement]) -> int:
    """Give the number of the current page from its URL or its mark in the pager; 1 where nothing says it."""
    for pattern in (_PARAMETER_IN_URL, _NUMBER_IN_PATH):
        if found := pattern.search(page.url):
            return int(found["number"])
    blocks = (_pager_block(node) for node in candidates)
    block = next((block for block in blocks if block is not None), None)
    marked = [node for node in block.iter() if _is_marked_current(node)] if block is not None else []
    return int(squeeze(marked[0].text_content())) if marked else 1


def _is_marked_current(node: HtmlElement) -> bool:
    if not isinstance(node.tag, str) or not squeeze(node.text_content()).isdecimal():
        return False
    if node.tag == "option":
        return node.get("selected") is not None
    return node.tag in {"strong", "b"} or _CURRENT_NAME.search(node.get("class") or "") is not None


def _is_ahead(node: HtmlElement, current: int) -> bool:
    number = _NUMBER.fullmatch(_words(node))
    return number is None or int(number.group(1)) > current


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
    if own or (page.url.endswith("/") and _PAGER_WORDS.search(page.text)):
        at = int(own.group(1)) if own else 1
        yield from (f"{k}.html" for k in range(at + 1, int(match.group(1)) + 1))


def _counted(match: re.Match[str], page: Page) -> Iterator[str]:
    """A declared total and a URL with the page's number in it: the page's own, or one its script names."""
    total = int(next(group for group in match.groups() if group))
    own = _PARAMETER_IN_URL.match(page.url) or _NUMBER_IN_PATH.match(page.url)
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
            return _PARAMETER_IN_URL.match(url)
    return None


_ARGUMENTS = (
    r"\s*(?P<total>\w+)\s*,\s*(?P<current>\w+)\s*,\s*['\"](?P<name>[^'\"]+)['\"]\s*,\s*['\"]\.?(?P<extension>\w+)['\"]"
)

SCRIPTS = (
    PagerScript("TRS createPageHTML", re.compile(r"createPageHTML\(" + _ARGUMENTS), _zero_based),
    PagerScript(
        "Kaipu createPageHTML", re.compile(r"createPageHTML\(\s*['\"][^'\"]*['\"]\s*," + _ARGUMENTS), _one_based
    ),
    PagerScript("VSB", re.compile(r"_simple_list_gotopage_fun\(\s*(\d{1,4})"), _backwards),
    PagerScript("parseInt", re.compile(r"parseInt\('(\d{1,4})'\)"), _bare_numbers),
    PagerScript(
        "declared total",
        re.compile(
            r"(?:totalPages?|countPage|pageCount|pageTotal|\bpages)['\"]?\s*[:=]\s*['\"]?(\d{1,4})\b"
            r"|共\s*(\d{1,4})\s*页|\b\d{1,4}\s*/\s*(\d{1,4})\s*(?:页\s*)?(?:<[^>]{0,300}>\s*){0,4}跳转"
        ),
        _counted,
    ),
    PagerScript("countPage", re.compile(r"countPage\s*=\s*['\"]?(\d{1,4})\b"), _count_variable),
)
"""Pager scripts, the most certain first."""
