"""Lists that a script posts for as JSON (上海: 普陀, 浦东): ``/front/api/data/affair``, ``/zwgk-search-front/api/data/…``.

The body is ``{"channelList": ["5144"], "pageNo": 1, "pageSize": 20, …}``, the answer ``{"data": {"list": [{"title",
"url", "display_date"}], "pageNo", "totalPage", "totalCount"}}``, its dates text or milliseconds. Totals end at 10,000
rows whatever the column holds. The channel stands in the page's script, as a number or as a variable's name.
"""

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

from crawler.families import Family, weigh
from crawler.items import Link, LinkKind, Page
from crawler.page.evidence import Sign
from crawler.page.links import walk
from crawler.page.pagers import next_pages
from crawler.page.rows import Row, date_of, is_data, items_of, number_of, page_of_rows, parse_json, text_of
from crawler.page.urls import join

_CALL = re.compile(r"['\"]([^'\"\s]{0,200}/api/data/(?:affair|search))['\"]")
_CALLED = re.compile(r"/api/data/(?:affair|search)$")
_CHANNEL = re.compile(r"channelList['\"]?\s*[:=]\s*\[\s*(?:['\"](\w{1,40})['\"]|(\w{1,40}))")
_VARIABLE = r"\b{name}['\"]?\s*[:=]\s*['\"]?(\w{{1,40}})"
_EVIDENCE = (
    Sign(_CALL, 60, ("/api/data/",)),
    Sign(_CHANNEL, 30, ("channellist",)),
)
_PAGE_SIZE = 20
_TOTALS = ("totalCount", "total", "count")
_URLS = ("url", "link", "linkUrl", "website")
_DATES = ("display_date", "displayDate", "issue_date", "publish_date")


def _fingerprint(page: Page) -> int:
    """Take a page whose script posts for a list, and the answers to what was posted."""
    if is_data(page.text):
        return 90 if _channel_asked(page.url) else 0
    return weigh(page, _EVIDENCE)


def _links(page: Page) -> tuple[Link, ...]:
    """Give the rows of an answer, or walk a page; one that shows no report leads to the list its script posts for."""
    if is_data(page.text):
        return _answered(page)
    found = walk(page, next_pages)
    shown = any(link.kind in {"report", "attachment"} for link in found)
    return found if shown else (*found, *_first_call(page))


def _first_call(page: Page) -> Iterator[Link]:
    call, channel = _CALL.search(page.text), _channel(page.text)
    url = join(page.url, call.group(1)) if call else None
    if url and channel:
        yield _posted(url, channel, 1, "column")


def _channel(text: str) -> str:
    """Read the number of the channel; a variable's is set elsewhere in the page."""
    found = _CHANNEL.search(text)
    if found is None or found.group(1) or found.group(2).isdecimal():
        return found.group(1) or found.group(2) if found else ""
    named = re.search(_VARIABLE.format(name=re.escape(found.group(2))), text)
    return named.group(1) if named else ""


def _channel_asked(url: str) -> str:
    return _asked(url, "channel")


def _asked(url: str, name: str) -> str:
    """Give what the fragment of an answer's address tells of what was posted."""
    parts = urlsplit(url)
    return parse_qs(parts.fragment).get(name, [""])[0] if _CALLED.search(parts.path) else ""


def _posted(url: str, channel: str, number: int, kind: LinkKind, rows: int = 0) -> Link:
    """Make the post for a page of a channel; the fragment is not sent, and tells its answer what was asked, and how many
    rows a page was found to have."""
    body = {"channelList": [channel], "pageNo": number, "pageSize": _PAGE_SIZE}
    fragment = f"channel={channel}&page={number}{f'&rows={rows}' if rows else ''}"
    return Link(f"{url.partition('#')[0]}#{fragment}", "", kind, method="POST", json=json.dumps(body))


def _answered(page: Page) -> tuple[Link, ...]:
    """Give the rows of one answer, and the next page while the declared number of pages is not reached."""
    data = parse_json(page.text).get("data")
    answer: Mapping[str, object] = data if isinstance(data, Mapping) else {}
    records = tuple(items_of(answer.get("list")))
    rows = [Row(_first(r, _URLS), text_of(r.get("title")), _date(r)) for r in records]
    number = number_of(answer.get("pageNo")) or number_of(_asked(page.url, "page"))
    found = walk(page_of_rows(page.url, "", rows), lambda _: ())
    size = number_of(_asked(page.url, "rows")) or len(rows)
    if not rows or not number or number >= _pages(answer, size):
        return found
    told = 0 if number_of(answer.get("totalPage")) else size
    return (*found, _posted(page.url, _channel_asked(page.url), number + 1, "next", told))


def _pages(answer: Mapping[str, object], size: int) -> int:
    """Give how many pages an answer says there are, else how many its rows make, of which a page has ``size``."""
    total = next((count for name in _TOTALS if (count := number_of(answer.get(name)))), 0)
    return number_of(answer.get("totalPage")) or -(-total // size)


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := text_of(record.get(name)))), "")


def _date(record: Mapping[str, object]) -> str:
    return next((found for name in _DATES if (found := date_of(record.get(name)))), "")


FAMILY = Family("affair", _fingerprint, _links, _EVIDENCE)
