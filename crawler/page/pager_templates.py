"""Pagers that a page's own script puts together: ``'index_' + (n - 1) + '.html'``, read as what it would write.

Every portal writes such a script in its own way. What is common to all is a sum of texts and one number that gives the
address of a page; where the sum, its variables and the words around it say so, pages are counted from zero (page 2 is
``index_1.html``) or from one. Where nothing says it, both are asked for, for a page that is not there costs a request
and one that is skipped costs its reports.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from crawler.items import Page
from crawler.page.pager_scripts import PARAMETER, declared_pages
from crawler.page.pager_words import next_calls
from crawler.page.pages import base_of
from crawler.page.urls import join, same_site

_STRING = r"\"(?:[^\"\\\n]|\\.){0,300}+\"|'(?:[^'\\\n]|\\.){0,300}+'"
_NAME = r"[A-Za-z_$][\w$.]{0,60}"
_SHIFTED = rf"\(\s*+(?:parseInt\(\s*+)?(?P<shifted>{_NAME})\s*+\)?\s*+(?P<shift>[+-]\s*+\d{{1,2}})\s*+\)"
_TERM = re.compile(rf"\s*+(?:(?P<string>{_STRING})|{_SHIFTED}|\(?\s*+(?P<name>{_NAME})(?:\(\))?\s*+\)?)")
_PLUS = re.compile(r"\s*\+(?![+=])")
_BEGINS = re.compile(rf"(?:(?<![\w$.])(?P<lead>{_NAME})\s*\+\s*)?(?:{_STRING})\s*\+(?![+=])")
_ASSIGNED = r"(?<![\w$.]){name}\s*[=:]\s*(?P<value>{string}|\d{{1,5}}|{other}\s*[+-]\s*\d{{1,2}})\s*(?:[;,\n}}/<]|$)"
_CHANGED = re.compile(rf"(?P<name>{_NAME})\s*(?P<shift>[+-]\s*\d{{1,2}})")
_ESCAPE = re.compile(r"\\(.)")
_PAGEISH = re.compile(r"page|页|頁|curr|goto", re.IGNORECASE)
_SLOT = "\0"
_A_NUMBER = "98765"  # what stands in the slot while an address is joined
_ADDRESS = re.compile(rf"[^\s\"'<>()=,;]*(?:\?[^\s\"'<>();]*)?{_SLOT}[^\s\"'<>();]*")
_IN_FILE = re.compile(rf"(?:^|/)(?:[A-Za-z]\w{{0,40}}?[_-]?)?{_SLOT}\.\w{{3,6}}$")
_IN_QUERY = re.compile(rf"[?&]{PARAMETER}={_SLOT}(?:$|[&#])")
_FROM_ZERO = re.compile(r"={2,3}\s*['\"]?0\b|<\s*1\b")
# currentPage != (countPage - 1): the last page has the number below the count.
_BELOW_COUNT = re.compile(r"(?:count|total)\w{0,20}\s*+\)?\s*+-\s*+1\b", re.IGNORECASE)
_FROM_ONE = re.compile(r"={2,3}\s*['\"]?1\b|<=?\s*1\b")
# $.ajax({url: '/list.jsp?page=' + page: a call for data, no page.
_ASKED = re.compile(r"\burl\s*:\s*$")
_CALL_CHARACTERS = 20
_AROUND_CHARACTERS = 160
_MAX_SCRIPT_CHARACTERS = 100_000
_MAX_TERMS = 12
_MAX_SUMS = 200
_MAX_PAGES = 5000


@dataclass(frozen=True, slots=True)
class _Template:
    """The address of a page with a slot for its number; ``shown`` is the number that the script puts there now, if the
    page says it, ``first`` the number of page 1 (``None`` where nothing tells)."""

    address: str
    shown: int | None
    first: int | None

    def at(self, number: int) -> str:
        """Give the address of the page with a number."""
        return self.address.replace(_SLOT, str(number))


def templated_pages(page: Page) -> tuple[str, ...]:
    """Give the addresses of the pages after this one that a sum of the page's own script would give."""
    every = tuple(_templates(page))
    if not every:
        return ()
    best = next((one for one in every if one.shown is not None), every[0])
    same = [one for one in every if one.address == best.address]
    first = next((one.first for one in same if one.first is not None), None)
    return tuple(_numbered(page, best, first, {one.shown for one in same}))


def _numbered(page: Page, template: _Template, first: int | None, shown: set[int | None]) -> Iterator[str]:
    """Yield the addresses after the page's own, up to the declared number of pages, else of the next page only."""
    own = _own_number(page, template)
    if own is None and first is None and 1 in shown:
        first = 0  # on page 1 the script's next page has the number 1
    total = declared_pages(page)
    begin = own + 1 if own is not None else (first if first is not None else 0) + 1
    if total:
        last = min(total - 1 if first == 0 else total, begin + _MAX_PAGES)
        yield from (template.at(number) for number in range(begin, last + 1))
    elif (call := next(iter(next_calls(page)), None)) is not None or begin in shown:
        unsaid = own is None and first is None and call is not None
        yield template.at((call.number if unsaid and call is not None else None) or begin)


def _own_number(page: Page, template: _Template) -> int | None:
    """Give the number in the page's own address, where it is one of the template's; ``None`` on a first page."""
    before, _, after = template.address.partition(_SLOT)
    inner = page.url[len(before) : len(page.url) - len(after)]
    fits = page.url.startswith(before) and page.url.endswith(after) and inner.isdecimal() and len(inner) < 6
    return int(inner) if fits else None


def _templates(page: Page) -> Iterator[_Template]:
    """Yield the addresses of pages that the sums of a page's scripts give, without those of other sites and folders."""
    for node in page.root.iter("script"):
        script = (node.text or "")[:_MAX_SCRIPT_CHARACTERS]
        for begins in islice(_BEGINS.finditer(script), _MAX_SUMS) if _PAGEISH.search(script) else ():
            found = _template(page, script, begins)
            if found is not None:
                yield found


def _template(page: Page, script: str, begins: re.Match[str]) -> _Template | None:
    if _ASKED.search(script, max(0, begins.start() - _CALL_CHARACTERS), begins.start()):
        return None
    around = script[max(0, begins.start() - _AROUND_CHARACTERS) : begins.end() + _AROUND_CHARACTERS]
    summed = _sum(script, begins.start()) if _PAGEISH.search(around) else None
    address = _ADDRESS.search(summed[0]) if summed else None
    if summed is None or address is None:
        return None
    url = _joined(page, address.group())
    return _Template(url, summed[1], _first(summed[2], around)) if url else None


def _joined(page: Page, address: str) -> str:
    """Join an address with a slot, where it is one of a list's pages: a file of the page's folder, or its own query."""
    named = _IN_FILE.search(address) is not None or _IN_QUERY.search(address) is not None
    url = join(base_of(page), address.replace(_SLOT, _A_NUMBER)) if named else None
    if url is None or not same_site(url, page.url) or ("?" not in url and _folder(url) != _folder(page.url)):
        return ""
    return url.replace(_A_NUMBER, _SLOT)


def _folder(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[0]


def _sum(script: str, start: int) -> tuple[str, int | None, int] | None:
    """Read a sum of texts and names: the text with a slot for its one number, that number if it is known, and what the
    sum adds to it. ``None`` for a sum with no number or with several."""
    text, slots, at = "", list[tuple[str, int]](), start
    for _ in range(_MAX_TERMS):
        term = _TERM.match(script, at)
        if term is None:
            break
        text += _text_of(script, term, slots)
        plus = _PLUS.match(script, term.end())
        if plus is None:
            break
        at = plus.end()
    if len(slots) != 1:
        return None
    name, shift = slots[0]
    known = _number(script, name)
    return text, None if known is None else known + shift, shift


def _text_of(script: str, term: re.Match[str], slots: list[tuple[str, int]]) -> str:
    """Give the text of a term; a name stands for the text or the fixed number it was given, else for the page's number."""
    if term["string"] is not None:
        return _ESCAPE.sub(r"\1", term["string"][1:-1])
    name, shift = term["shifted"] or term["name"], int((term["shift"] or "0").replace(" ", ""))
    value = _value(script, name)
    if value[:1] in {"'", '"'} and not value[1:-1].isdecimal():
        return _ESCAPE.sub(r"\1", value[1:-1])
    if value.strip("'\"").isdecimal() and not _PAGEISH.search(name) and not term["shifted"]:
        return value.strip("'\"")
    slots.append((name, shift))
    return _SLOT


def _value(script: str, name: str) -> str:
    found = re.search(_ASSIGNED.format(name=re.escape(name), string=_STRING, other=_NAME), script)
    return found["value"] if found else ""


def _number(script: str, name: str, depth: int = 0) -> int | None:
    """Give the number that a name was given, also by way of another one: ``nextPage = currentPage + 1``."""
    value = _value(script, name)
    if value.strip("'\"").isdecimal():
        return int(value.strip("'\""))
    changed = _CHANGED.fullmatch(value)
    inner = _number(script, changed["name"], depth + 1) if changed and depth < 3 else None
    return None if inner is None or changed is None else inner + int(changed["shift"].replace(" ", ""))


def _first(shift: int, around: str) -> int | None:
    """Tell from what a sum adds, and from the words around it, which number page 1 has."""
    if shift < 0 or _BELOW_COUNT.search(around):
        return 0
    if shift > 0:
        return None
    if _FROM_ZERO.search(around):
        return 0
    return 1 if _FROM_ONE.search(around) else None
