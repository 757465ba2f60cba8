"""Further pages of a list: by the pager's links, else by what its scripts would write, ask for or post."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.items import Link, Page
from crawler.page.pager_answers import answered_pages
from crawler.page.pager_backwards import backward_pages
from crawler.page.pager_forms import posted_pages
from crawler.page.pager_scripts import NUMBER_IN_PATH, PAGER_WORDS, PARAMETER_IN_URL, SCRIPTS, declared_pages
from crawler.page.pager_templates import templated_pages
from crawler.page.pager_words import is_next_word, next_calls, pager_words
from crawler.page.pages import base_of, squeeze
from crawler.page.urls import canonical, join, without_session

MAX_PAGES = 5000
"""Most pages believed of one list: the longest real list of documents has some hundreds."""

_NEXT_SIGN = re.compile(r"[>》»›]{1,2}|next(?:page)?[>»]*|last(?:page)?[>»]*", re.IGNORECASE)
_NUMBER = re.compile(r"[\[第]?(\d{1,4})页?\]?")
_PAGER_NAME = re.compile(r"page|pagi|fenye|fanye", re.IGNORECASE)
_CURRENT_NAME = re.compile(
    r"(?:^|[-_ ])(?:current|cur|active|on|thisclass|this|selected|now)(?:$|[-_ ])", re.IGNORECASE
)
_MAX_PAGER_CHARACTERS = 300
# Calendars and numbered lists are looked at no further than this: a pager stands near the list, with ten numbers.
_MAX_PAGER_LINKS = 200

_QUOTED = re.compile(r"['\"]([^'\"\s]{1,300})['\"]")
_ADDRESS = re.compile(r"[/?]|\.s?html?$")


def next_pages(page: Page) -> tuple[Link, ...]:
    """Give further pages of a page's list, at most ``MAX_PAGES``, never the page itself.

    The pager's own links win, because offsets differ even between sites of one city; then comes the first script of
    ``SCRIPTS`` that gives pages, then the page's own script, then the form that it would send.
    """
    read = _linked(page) or scripted_pages(page) or _as_links(page, _put_together(page)) or posted_pages(page)
    return read or answered_pages(page)


def _put_together(page: Page) -> Iterator[str]:
    """Yield what the page's own script would give, else the page's address with the next number that its pager calls."""
    backwards = backward_pages(page)
    yield from backwards or templated_pages(page)
    if backwards:
        return
    own = PARAMETER_IN_URL.match(page.url) or NUMBER_IN_PATH.match(page.url)
    if own and int(own["number"]) == declared_pages(page):
        return
    if own and any(call.number == int(own["number"]) + 1 for call in next_calls(page)):
        yield f"{own['before']}{int(own['number']) + 1}{own['after']}"


def scripted_pages(page: Page) -> tuple[Link, ...]:
    """Give the further pages that the first known pager script of a page would write."""
    for script in SCRIPTS:
        match = script.find(page.text)
        links = _as_links(page, script.pages(match, page)) if match else ()
        if links:
            return links
    return ()


def _as_links(page: Page, hrefs: Iterable[str]) -> tuple[Link, ...]:
    """Join relative URLs to links, bounded and without the page itself and repeats."""
    own, base = canonical(page.url), base_of(page)
    kept: dict[str, Link] = {}
    for href in islice(hrefs, MAX_PAGES):
        url = join(base, href)
        if url is not None and canonical(url) != own:
            kept.setdefault(canonical(url), Link(without_session(url), "", "next"))
    return tuple(kept.values())


def _linked(page: Page) -> tuple[Link, ...]:
    """Give the pages after this one that its pager links: next, last and the numbers."""
    speaking = (node for node in page.root.iter("a", "option", "link") if _speaks_like_a_pager(node))
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
    text = pager_words(node)
    return is_next_word(text) or any(words.fullmatch(text) for words in (_NUMBER, _NEXT_SIGN))


def _is_pager_link(node: HtmlElement) -> bool:
    """Tell whether a link is one of a pager; numbers and arrows are so only within a pager's block."""
    worded = node.tag in {"a", "link"} and is_next_word(pager_words(node))
    return worded or _pager_block(node) is not None


def _pager_block(node: HtmlElement) -> HtmlElement | None:
    """Give the element around a link that is named like a pager or speaks like one, within four levels."""
    for outer in islice(node.iterancestors(), 4):
        if outer.tag in {"body", "html"}:
            return None
        text = outer.text_content()
        worded = len(text) <= _MAX_PAGER_CHARACTERS and (PAGER_WORDS.search(text) or _is_named_pager(outer))
        if worded or _is_page_select(outer):
            return outer
    return None


def _is_page_select(node: HtmlElement) -> bool:
    """Tell whether a box offers addresses numbered from 1 on; one of years or months is none of a pager."""
    options = list(islice(node.iter("option"), _MAX_PAGER_LINKS)) if node.tag == "select" else []
    numbered = (pager_words(option) == str(number) for number, option in enumerate(options, 1))
    return len(options) > 1 and all(numbered) and all(_ADDRESS.search(node.get("value") or "") for node in options)


def _is_named_pager(node: HtmlElement) -> bool:
    return _PAGER_NAME.search(f"{node.get('class', '')} {node.get('id', '')}") is not None


def _current_number(page: Page, candidates: list[HtmlElement]) -> int:
    """Give the number of the current page from its URL or its mark in the pager; 1 where nothing says it."""
    for pattern in (PARAMETER_IN_URL, NUMBER_IN_PATH):
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
    number = _NUMBER.fullmatch(pager_words(node))
    return number is None or int(number.group(1)) > current
