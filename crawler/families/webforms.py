"""ASP.NET WebForms, on hand-made sites everywhere: lists whose pages all have one URL.

A pager is ``javascript:__doPostBack('AspNetPager1','2')`` (also ``MoreInfoList1$Pager``, ``GridView1`` with
``Page$2``); the page is posted back to itself with every hidden input (``__VIEWSTATE``, ``__EVENTVALIDATION``, some
also ``__CSRFTOKEN``), the chosen options, and the pager as the event. The hidden inputs of one page are good for the
next only, so pages are asked for one after another. A ``<select>`` of years posts itself back in the same way.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml.html import HtmlElement

from crawler.families import Family, weigh
from crawler.items import Link, LinkKind, Page
from crawler.page.evidence import Sign
from crawler.page.forms import chosen, hidden
from crawler.page.links import walk
from crawler.page.list_calls import with_calls
from crawler.page.pager_words import is_next_word, pager_words
from crawler.page.pagers import next_pages
from crawler.page.pages import squeeze
from crawler.page.urls import join, without_session
from crawler.page.wording import is_year_name

_STATE = re.compile(r"name=['\"]?__VIEWSTATE['\"]?")
_CALL = re.compile(r"__doPostBack\(")
_PAGER = re.compile(r"AspNetPager|MoreInfoList")
_EVIDENCE = (
    Sign(_STATE, 40, ("__viewstate",)),
    Sign(_CALL, 30, ("__dopostback(",)),
    Sign(_PAGER, 20, ("aspnetpager", "moreinfolist")),
)
_EVENT = re.compile(r"__doPostBack\(\s*\\?['\"]([^'\"\\]+)\\?['\"]\s*,\s*\\?['\"]([^'\"\\]*)\\?['\"]\s*\)")
_NUMBERED = re.compile(r"(?:Page\$)?(\d{1,5})")
_EVENT_NAMES = ("__EVENTTARGET", "__EVENTARGUMENT")
_CURRENT = frozenset({"span", "b", "strong", "font"})
# A page of a list has ten numbers; a calendar of post-backs is not read to its end.
_MAX_EVENTS = 200


def _fingerprint(page: Page) -> int:
    """Add up what of the system's markup is on the page."""
    return weigh(page, _EVIDENCE)


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page, and post it back for the next page of its list and for each year it offers."""
    found = walk(page, _further)
    annual = any(link.kind in {"report", "attachment"} for link in found)
    return (*found, *_years(page)) if annual else with_calls(page, found)


def _further(page: Page) -> tuple[Link, ...]:
    """Give the pages that are linked, else the one page that can be posted for."""
    linked = next_pages(page)
    event = None if linked else _next_event(page)
    return (_posted(page, "", "next", event[0], event[1:], {}),) if event else linked


def _next_event(page: Page) -> tuple[HtmlElement, str, str] | None:
    """Find the link of the next page: by its words, else the first number after the current one."""
    events = tuple(islice(_events(page), _MAX_EVENTS))
    for node, target, argument in events:
        if is_next_word(pager_words(node)):
            return node, target, argument
    return next((event for event in events if _follows_current(event[0], event[2])), None)


def _events(page: Page) -> Iterator[tuple[HtmlElement, str, str]]:
    """Yield the links that post the page back, with the event's target and argument."""
    for node in page.root.iter("a"):
        found = _EVENT.search(f"{node.get('href') or ''} {node.get('onclick') or ''}")
        if found and node.get("disabled") is None:
            yield node, found.group(1), found.group(2)


def _follows_current(node: HtmlElement, argument: str) -> bool:
    """Tell whether a number is the one right after the current page's, which is no link."""
    number, before = _NUMBERED.fullmatch(argument), node.getprevious()
    if before is None and (cell := node.getparent()) is not None and cell.tag == "td":
        before = next((child for outer in cell.itersiblings(preceding=True) for child in outer), None)
    if number is None or before is None or before.tag not in _CURRENT:
        return False
    current = _words(before)
    return current.isdecimal() and int(number.group(1)) == int(current) + 1


def _years(page: Page) -> Iterator[Link]:
    """Yield one post for each year of a select that posts itself back, but the year that is shown."""
    for select in page.root.iter("select"):
        found = _EVENT.search(select.get("onchange") or "")
        for option in select.iter("option") if found else ():
            text = squeeze(option.text_content())
            if found and is_year_name(text) and option.get("selected") is None:
                picked = {select.get("name") or "": option.get("value") or text}
                yield _posted(page, text, "column", select, (found.group(1), found.group(2)), picked)


def _posted(
    page: Page, text: str, kind: LinkKind, node: HtmlElement, event: tuple[str, str], picked: Mapping[str, str]
) -> Link:
    """Make the post that an event of a node would send."""
    form = next(node.iterancestors("form"), None)
    url = join(page.url, form.get("action") or page.url) if form is not None else page.url
    within = form if form is not None else page.root
    held = {name: value for name, value in hidden(within) if name not in _EVENT_NAMES}
    fields = {**held, **dict(chosen(within)), **picked}
    fields |= dict(zip(_EVENT_NAMES, event, strict=True))
    return Link(without_session(url or page.url), text, kind, method="POST", form=tuple(fields.items()))


def _words(node: HtmlElement) -> str:
    return squeeze(node.text_content()).replace(" ", "")


FAMILY = Family("webforms", _fingerprint, _links, _EVIDENCE)
