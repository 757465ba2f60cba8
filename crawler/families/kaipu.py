"""Kaipu 开普 / UCAP (黑龙江, 新疆, 四川, 江西, 湖南, 江苏): ``/site/cNNNNNN/list.shtml`` and 32-digit articles.

The pager is ``createPageHTML('page_div', total, current, 'list', 'shtml', rows)``, counted from one. Lists that a
script fills come from ``/common/search/<32 hex>?_isAgg=true&_isJson=true…&page=K`` (also ``/search/``,
``/searchList/``): ``data.results[]`` with ``title``, ``url`` (often ``//host/…``), ``publishedTimeStr``. Some sites
ignore ``_pageSize`` and always give 20. The month in an article's path is that of the draft.
"""

import re

from crawler.families import Family, weigh
from crawler.items import Link, Page
from crawler.page.evidence import Sign
from crawler.page.links import walk
from crawler.page.list_calls import with_calls
from crawler.page.pagers import next_pages
from crawler.page.rows import Row, date_of, is_data, items_of, number_of, page_of_rows, parse_json, text_of
from crawler.page.urls import join

_CALL = re.compile(r"createPageHTML\(\s*['\"][^'\"]*['\"]\s*,\s*\w+\s*,\s*\w+\s*,\s*['\"]")
_BODY = re.compile(r"UCAP-CONTENT|guestweb4|kaipuyun\.cn|/search4/s\?siteCode=")
_ARTICLE = re.compile(r"/c[0-9]\d{4,5}/\d{6}/(?:[0-9a-f]{32}|c\d\d_\d+)\.shtml")
_SEARCH = re.compile(r"['\"]([^'\"\s]*/search(?:List)?/[0-9a-f]{32}(?:\?[^'\"\s]*)?)")
_ANSWER = re.compile(r"\"results\"\s*:\s*\[")
_ANSWERED_ROW = re.compile(r"\"(?:publishedTimeStr|channelName)\"\s*:")
_EVIDENCE = (
    Sign(_CALL, 50, ("createpagehtml(",)),
    Sign(_BODY, 40, ("ucap-content", "guestweb4", "kaipuyun.cn", "/search4/")),
    Sign(_SEARCH, 40, ("/search/", "/searchlist/")),
    Sign(_ARTICLE, 25, tuple(f"/c{digit}" for digit in range(10))),
)
_PAGE = re.compile(r"([?&]page=)(\d{1,5})")
_QUERY = "?_isAgg=true&_isJson=true&_pageSize=20&_template=index&_rangeTimeGte=&_channelName=&page=1"


def _fingerprint(page: Page) -> int:
    """Add up what of the system's markup is on the page; of data, only its list answer is its own."""
    if is_data(page.text):
        return 100 if _ANSWER.search(page.text) and _ANSWERED_ROW.search(page.text) else 0
    return weigh(page, _EVIDENCE)


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page, or an answer of the list call; a page without rows leads to the call its script would make."""
    if page.text.lstrip("\ufeff \r\n\t")[:1] == "{":
        return _answered(page)
    found = walk(page, next_pages)
    shown = any(link.kind in {"report", "attachment"} for link in found)
    return found if shown else (*found, *_calls(page)) if _SEARCH.search(page.text) else with_calls(page, found)


def _calls(page: Page) -> tuple[Link, ...]:
    """Give the first page of each list that the page's script names; the query is completed where it lacks one."""
    urls = dict.fromkeys(join(page.url, _first_page(call)) for call in _SEARCH.findall(page.text))
    return tuple(Link(url, "", "column") for url in urls if url)


def _first_page(call: str) -> str:
    if "?" not in call:
        return call + _QUERY
    numbered = _PAGE.sub(r"\g<1>1", call)
    return numbered if _PAGE.search(numbered) else f"{numbered.rstrip('&')}&page=1"


def _answered(page: Page) -> tuple[Link, ...]:
    """Give the rows of one answer, and the next page while the declared total is not reached."""
    data = parse_json(page.text).get("data")
    answer = data if isinstance(data, dict) else {}
    results = list(items_of(answer.get("results")))
    rows = [Row(text_of(r.get("url")), text_of(r.get("title")), date_of(r.get("publishedTimeStr"))) for r in results]
    column = next((text_of(r.get("channelName")) for r in results), "")
    asked = _PAGE.search(page.url)
    number = int(asked.group(2)) if asked else 1
    size = max(number_of(answer.get("rows")), len(results))
    more = bool(results) and asked is not None and number * size < number_of(answer.get("total"))
    following = Link(_PAGE.sub(rf"\g<1>{number + 1}", page.url), "", "next")
    return (*walk(page_of_rows(page.url, column, rows), lambda _: ()), *((following,) if more else ()))


FAMILY = Family("kaipu", _fingerprint, _links, _EVIDENCE)
