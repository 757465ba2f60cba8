"""Pagers that count backwards: the page after the first has the highest number, the oldest page is number 1.

Each new page is added at the front, so that what an old page's address shows stays as it is. A column of 德州, of the
audit office or of SASAC is ``index.html``, and its further pages are ``index_<part>_<number>.html``, named by the part of
the page that they are of: ``var maxPageNum2603340 = 16`` says how many there are, or a hidden block links them all.
Others write the sum into their own script: ``'list_' + (total - n + 1) + '.html'``. VSB's are read in ``pager_scripts``.
"""

import re
from collections.abc import Iterator
from itertools import islice

from crawler.items import Page
from crawler.page.pages import base_of
from crawler.page.urls import join, same_site

_COUNT_OF_PART = re.compile(r"\bmaxPageNum_?(?P<part>\d{1,12})\s*=\s*['\"]?(?P<total>\d{1,4})\b")
_OF_PART = r"(?:^|/)(?P<name>[A-Za-z]\w{{0,20}}_{part}_)(?P<number>\d{{1,4}})(?P<end>\.s?html?)$"
_ANY_PART = re.compile(_OF_PART.format(part=r"\d{3,12}"))
_PART_IN_TEXT = re.compile(r"_\d{3,12}_\d{1,4}\.s?html?")
_NAMED = re.compile(r"/(?P<name>[A-Za-z]\w{0,20}?)(?P<end>\.s?html?)$")

_NAME = r"[A-Za-z_$][\w$.]{0,60}"
_TEXT = r"['\"](?P<{name}>[^'\"\s<>]{{0,200}})['\"]"
# m_url + 'index_' + (maxPage - n + 1) + '.html', 'nb.jsp?p=' + (total - n)
_DIFFERENCE = re.compile(
    rf"\+\s*+\(?\s*+(?:parseInt\(\s*+)?(?P<total>{_NAME}|\d{{1,4}})\s*+\)?\s*+-\s*+{_NAME}\s*+(?P<shift>[+-]\s*+\d)?\s*+\)?"
    rf"(?:\s*+\+\s*+{_TEXT.format(name='after')})?"
)
_BEFORE = re.compile(rf"(?:(?<![\w$.])(?P<lead>{_NAME})\s*(?:\+\s*|$))?(?:{_TEXT.format(name='text')}\s*)?$")
_BEFORE_CHARACTERS = 300
_VALUE = r"(?<![\w$.]){name}\s*=\s*(?:['\"](?P<text>[^'\"\s<>]{{0,200}})['\"]|(?P<number>\d{{1,4}})\b)"
_PAGEISH = re.compile(r"page|页|goto", re.IGNORECASE)
_PAGE = re.compile(r"^[^?]*[A-Za-z_/-]\0[^?]{0,10}\.s?html?$|\?(?:.*&)?\w{1,20}=\0(?:&|$)")
_MAX_SUMS = 20
_MAX_SCRIPT_CHARACTERS = 100_000
_MAX_PAGES = 5000


def backward_pages(page: Page) -> tuple[str, ...]:
    """Give the addresses of the pages after this one of a list that counts them backwards, the newest first."""
    return tuple(_of_part(page)) or tuple(_linked_parts(page)) or tuple(_summed(page))


def _of_part(page: Page) -> Iterator[str]:
    """Yield the pages of the first part of the page that says how many it has; of the part that the address names."""
    own = _ANY_PART.search(page.url)
    for declared in _COUNT_OF_PART.finditer(page.text) if "maxPageNum" in page.text else ():
        if own is not None and f"_{declared['part']}_" in own["name"]:
            yield from (f"{own['name']}{number}{own['end']}" for number in range(int(own["number"]) - 1, 0, -1))
            return
        if own is None and int(declared["total"]) > 1:
            named = _NAMED.search(page.url.partition("?")[0])
            name, end = (named["name"], named["end"]) if named else ("index", ".html")
            first = int(declared["total"]) - 1
            yield from (f"{name}_{declared['part']}_{number}{end}" for number in range(first, 0, -1))
            return


def _linked_parts(page: Page) -> Iterator[str]:
    """Yield what a hidden block without words links: the pages of one part, in the page's own folder."""
    own = _ANY_PART.search(page.url)
    linked: dict[int, str] = {}
    for node in page.root.iter("a") if _PART_IN_TEXT.search(page.text) else ():
        href = node.get("href") or ""
        found = _ANY_PART.search(href)
        if found and not (node.text_content().strip() or len(node)) and _is_beside(page, href):
            linked.setdefault(int(found["number"]), href)
    below = int(own["number"]) if own else _MAX_PAGES
    yield from (linked[number] for number in sorted(linked, reverse=True) if number < below)


def _is_beside(page: Page, href: str) -> bool:
    url = join(base_of(page), href) or ""
    return url.rpartition("/")[0] == page.url.partition("?")[0].rpartition("/")[0]


def _summed(page: Page) -> Iterator[str]:
    """Yield what a sum of the page's own script gives for the pages after this one."""
    for node in page.root.iter("script"):
        script = (node.text or "")[:_MAX_SCRIPT_CHARACTERS]
        for found in islice(_DIFFERENCE.finditer(script), _MAX_SUMS) if _PAGEISH.search(script) else ():
            before, after, total = _before(script, found.start()), found["after"] or "", _number(script, found["total"])
            if total and _PAGE.search(f"{before}\0{after}") and _is_within(page, f"{before}1{after}"):
                shift = int((found["shift"] or "0").replace(" ", ""))
                yield from (f"{before}{number}{after}" for number in _numbers(page, before, after, total, shift))
                return


def _before(script: str, end: int) -> str:
    """Give the text to which a script adds a number: printed there, the value of a name, or both."""
    found = _BEFORE.search(script, max(0, end - _BEFORE_CHARACTERS), end)
    return f"{_text(script, found['lead'] or '')}{found['text'] or ''}" if found else ""


def _is_within(page: Page, href: str) -> bool:
    url = join(base_of(page), href)
    return url is not None and same_site(url, page.url)


def _numbers(page: Page, before: str, after: str, total: int, shift: int) -> range:
    """Count from the page's own number down, else from that of the second page.

    Where the sum adds nothing, the first page may be number 0 or 1 of the count: both ends are asked for.
    """
    first, last = (total - 2 + shift, shift) if shift > 0 else (total - 1 + shift, 0)
    own = re.search(rf"{re.escape(before.rpartition('/')[2])}(\d{{1,4}}){re.escape(after)}$", page.url)
    return range(min(int(own.group(1)) - 1 if own else first, _MAX_PAGES), last - 1, -1)


def _number(script: str, name: str) -> int:
    """Give the number that a name was given last, for scripts begin with 0; 0 where none is known."""
    if name.isdecimal():
        return int(name)
    given = [found["number"] for found in re.finditer(_VALUE.format(name=re.escape(name)), script) if found["number"]]
    return int(given[-1]) if given else 0


def _text(script: str, name: str) -> str:
    found = re.search(_VALUE.format(name=re.escape(name)), script) if name else None
    return (found["text"] or "") if found else ""
