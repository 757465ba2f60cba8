"""Hanweb 大汉 (浙江, 山东, 甘肃, 河北, 江苏): ``/col/colN/index.html`` and ``/art/Y/M/D/art_<col>_<id>.html``.

The rows are not in the DOM but in a ``<datastore>`` within a script, each a CDATA piece of HTML, up to three screens
of them. Later ones come from ``…/dataproxy.jsp?startrecord=S&endrecord=E&perpage=P``, a POST with the column's own
``columnid`` and ``unitid``; where a site encrypts these, only the link in ``<nextgroup>`` is left. The trap:
``?uid=U&pageNum=N`` on the column answers page 1 again, so links of that shape are never taken for pages.

Three more ways to the same reports: ``/module/xxgk/xxgkAnnualReport.jsp?area=<code>&fbtime=<year>`` renders the report
of one year, and no page links the years; the catalogue ``/module/xxgk/search.jsp`` is posted to, its rows are
``tr_main_value_odd``, its pager ``funGoPage('…search.jsp…', N)``, its tree ``tree.jsp`` with ``funclick('A02003')``;
the newer jpaas front names in its page a call ``…/front/page/build/unit`` (spelled ``bulidstatic`` as often as not)
that answers ``{"data": {"html": …}}``.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from crawler.families import Family, weigh
from crawler.items import Link, Page
from crawler.page.anchors import anchors
from crawler.page.evidence import Sign
from crawler.page.links import is_report_page, walk
from crawler.page.pagers import MAX_PAGES, next_pages
from crawler.page.pages import is_annual_name, parse_page, squeeze
from crawler.page.rows import parse_json, text_of, unescaped
from crawler.page.urls import join
from crawler.page.wording import is_year_name

_STORE = re.compile(r"<datastore\b", re.IGNORECASE)
# All rows as one piece, without a record for each.
_WHOLE = re.compile(r"<datastore>\s*<!\[CDATA\[([\s\S]{0,200000})", re.IGNORECASE)
_PROXY = re.compile(r"['\"]([^'\"\s]*dataproxy\.jsp)")
_COLUMN = re.compile(r"/col/col\d+/")
_ARTICLE = re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/art_\d+_\d+|art_[0-9a-f]{32})\.html")
_MODULE = re.compile(r"/module/(?:web|xxgk|jpage|jslib)/")
_UNIT = re.compile(r"['\"]([^'\"\s]*/front/page/build/unit)(?:\?([^'\"]*))?['\"]")
_UNIT_ANSWER = re.compile(r"^[\s\ufeff]*\{[\s\S]{0,400}?\"html\"\s*:\s*\"")
_EVIDENCE = (
    Sign(_STORE, 50, ("<data",)),
    Sign(_PROXY, 30, ("dataproxy.jsp",)),
    Sign(_COLUMN, 20, ("/col/col",)),
    Sign(_ARTICLE, 20, ("/art/",)),
    Sign(_MODULE, 20, ("/module/",)),
    Sign(_UNIT, 60, ("/front/page/build/unit",)),
)
_NEXT_GROUP = re.compile(r"<nextgroup>\s*<!\[CDATA\[\s*<a\s[^>]{0,200}?href=['\"]([^'\"]+)", re.IGNORECASE)
_TOTAL = re.compile(r"totalrecord['\"]?\s*+(?:[:=]\s*+['\"]?|>)\s*+(\d{1,6})", re.IGNORECASE)
_PER_PAGE = re.compile(r"perpage['\"]?\s*[:=]\s*['\"]?(\d{1,3})", re.IGNORECASE)
_KEYS = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
_DEFAULTS = {"col": "1", "appid": "1", "path": "/", "sourceContentType": "1", "permissiontype": "0"}
_VALUE = r"(?<![A-Za-z]){key}['\"]?\s*[:=]\s*['\"]?([^'\",&}}<>\s]+)"
_COLUMNS = re.compile(r"(?<![A-Za-z])columnid['\"]?\s*[:=]\s*['\"]?(\d[\d,]*)(?!\w)")
_TRAP = re.compile(r"[?&]uid=\d+&pageNum=", re.IGNORECASE)
_GROUP = 3
"""Screens in one window of the list: the pages ask for three at once."""

_GET_CALL = re.compile(r"['\"]([^'\"\s]*dataproxy\.jsp\?[^'\"\s]*columnid=[^'\"\s]*)['\"]")
_START, _END = re.compile(r"([?&](?:amp;)?startrecord=)\d*"), re.compile(r"([?&](?:amp;)?endrecord=)\d*")

_YEARLY = re.compile(r"/xxgkAnnualReport\.jsp\?(?=[^#]*\barea=)")
_YEAR = re.compile(r"([?&]fbtime=)(20[0-3]\d)")
_YEARS_AROUND = (-2, -1, 1, 2)
"""Years asked for beside a report's own: two, so that one missing year does not hide those before it."""

_CATALOGUE = re.compile(r"/module/xxgk/search\.jsp")
_GO_PAGE = re.compile(r"funGoPage\(\s*['\"]([^'\"]+)['\"]\s*,\s*['\"]?(\d{1,4})")
_PAGE_NUMBER = re.compile(r"([?&]currpage=)\d*")
_AT = re.compile(r"第\s*(\d{1,4})\s*页")
_TREE = re.compile(r"['\"]([^'\"\s]*/module/xxgk/tree\.jsp\?[^'\"\s]*)['\"]")
_NODE = re.compile(r"funclick\(\s*['\"](\w{1,20})['\"]")
_SEARCH = "search.jsp?standardXxgk={standard}&isAllList=1&texttype=&fbtime=&currpage=1&sortfield=,compaltedate:0"

_UNIT_KEYS = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId")
_UNIT_DEFAULTS = {"parseType": "bulidstatic", "pageType": "column", "editType": "null"}
_UNIT_SIZE = 50
_UNIT_PATH = "/front/page/build/unit"
_PAGER_CHARACTERS = 5
# Words of a pager's links, such as 下一页; those of a list's row are longer, also where it is no report.
_MAX_UNITS = 4
"""Parts of a page that are asked for: beside the list stand a menu and a trail, more is another kind of page."""

_PARAMETERS = re.compile(r"([?&]paramJson=)([^&#]*)")


def _fingerprint(page: Page) -> int:
    """Add up what of the system's markup is on the page; that of a year's report may be bare but for its address."""
    yearly = 60 if _YEARLY.search(page.url) else 0
    answered = 60 if _UNIT_PATH in page.url and _UNIT_ANSWER.search(page.text) else 0
    return min(100, yearly + answered + weigh(page, _EVIDENCE))


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page with its records put where a browser's script would put them."""
    if _UNIT_PATH in page.url and _UNIT_ANSWER.search(page.text):
        return _unit_answered(page)
    found = walk(_with_rows(page), lambda _: _further(page))
    known = {(link.url, link.form) for link in found}
    more = (*_other_years(page), *_tree(page), *_nodes(page), *_unit_calls(page, found))
    return (*found, *(link for link in dict.fromkeys(more) if (link.url, link.form) not in known))


def _with_rows(page: Page) -> Page:
    """Put the records of the datastore into the page's body; an answer of the list call has nothing else."""
    rows = "".join(_records(page))
    if not rows:
        return page
    head, mark, tail = page.text.rpartition("</body>")
    markup = f"{head}<ul>{rows}</ul>{mark}{tail}" if mark else f"<html><body>{rows}</body></html>"
    return replace(parse_page(page.url, markup), goes_on=page.goes_on)


def _records(page: Page) -> list[str]:
    """Give the pieces of HTML that the datastore holds; cut by hand, for a pattern is slow where ends are missing."""
    pieces = (piece.lstrip() for piece in page.text.split("<record>")[1:])
    records = [piece.removeprefix("<![CDATA[").partition("]]>")[0] for piece in pieces if piece.startswith("<![CDATA[")]
    whole = _WHOLE.search(page.text) if not records else None
    return [whole.group(1).partition("]]>")[0]] if whole else records


def _further(page: Page) -> tuple[Link, ...]:
    """Give the windows of the list after the one shown, else the page's own next group, else what any pager links."""
    if catalogue := tuple(_catalogue_page(page)):
        return catalogue
    windows = tuple(islice(_windows(page), MAX_PAGES))
    if windows or not _STORE.search(page.text):
        return windows or tuple(link for link in next_pages(page) if not _TRAP.search(link.url))
    group = _NEXT_GROUP.search(page.text)
    url = join(page.url, group.group(1)) if group and _remain(page) else None
    return (Link(url, "", "next"),) if url else ()


def _remain(page: Page) -> bool:
    """Tell whether the list declares more records than were shown so far; an undeclared total counts as more.

    The answer to a window of the list is one of several that its first page names: what follows is not its affair.
    """
    total, shown = _TOTAL.search(page.text), len(_records(page))
    if _END.search(page.url) is not None:
        return False
    return shown > 0 and (total is None or int(total.group(1)) > shown)


def _windows(page: Page) -> Iterator[Link]:
    """Yield the calls for the records after those on a column's page; nothing where its keys are hidden."""
    proxy, total, per_page = _PROXY.search(page.text), _TOTAL.search(page.text), _PER_PAGE.search(page.text)
    if not (total and per_page and int(per_page.group(1))):
        return
    shown, screen = len(_records(page)), int(per_page.group(1))
    for start in range(shown + 1, int(total.group(1)) + 1, _GROUP * screen):
        end = min(start + _GROUP * screen - 1, int(total.group(1)))
        link = _asked(page, start, end) or (proxy and _posted(page, proxy.group(1), start, end, screen))
        if link:
            yield link


def _asked(page: Page, start: int, end: int) -> Link | None:
    """Give the window by the page's own GET call, which has every key in its query."""
    calls = (found.group(1) for found in _GET_CALL.finditer(page.text))
    windowed = next((call for call in calls if _START.search(call) and _END.search(call)), "")
    url = join(page.url, windowed) if windowed else None
    if not url:
        return None
    return Link(_END.sub(rf"\g<1>{end}", _START.sub(rf"\g<1>{start}", url)), "", "next")


def _posted(page: Page, proxy: str, start: int, end: int, screen: int) -> Link | None:
    """Give the window by a POST with the column's keys."""
    form, url = _form(page), join(page.url, proxy.partition("?")[0])
    if not form or not url:
        return None
    return Link(f"{url}?startrecord={start}&endrecord={end}&perpage={screen}", "", "next", method="POST", form=form)


def _form(page: Page) -> tuple[tuple[str, str], ...]:
    """Read the keys of the list call from the page; empty where column or unit are missing or encrypted."""
    found = {key: re.search(_VALUE.format(key=key), page.text) for key in _KEYS}
    values = {key: match.group(1) if match else _DEFAULTS.get(key, "") for key, match in found.items()}
    columns = _COLUMNS.search(page.text)
    values["columnid"] = columns.group(1).strip(",") if columns else ""
    plain = bool(values["columnid"]) and values["unitid"].isdecimal() and bool(values["webid"])
    return tuple(values.items()) if plain else ()


def _other_years(page: Page) -> Iterator[Link]:
    """Yield the years that a yearly page offers, else those beside its own; a page that shows no report ends the search.

    They carry no words: a run limited to some years must still pass through the others.
    """
    year = _YEAR.search(page.url)
    if _YEARLY.search(page.url) is None or year is None or not is_report_page(page):
        return
    own = int(year.group(2))
    offered = {*_offered_years(page)} - {own}
    for other in sorted(offered or {own + step for step in _YEARS_AROUND}):
        yield Link(_YEAR.sub(rf"\g<1>{other}", page.url), "", "column")


def _offered_years(page: Page) -> Iterator[int]:
    """Yield the years of tabs and options that a script would follow."""
    for node in page.root.iter("a", "li", "span", "option"):
        text = squeeze(node.text_content()) if len(node) == 0 else ""
        if is_year_name(text) and (
            node.tag == "option" or node.get("onclick") or "script:" in (node.get("href") or "")
        ):
            yield int(text[:4])


def _catalogue_page(page: Page) -> Iterator[Link]:
    """Yield the next page of the catalogue: a POST with what the search form holds."""
    calls = {int(found.group(2)): found.group(1) for found in _GO_PAGE.finditer(page.text)}
    at = _AT.search(page.text)
    own = re.search(r"[?&]currpage=(\d{1,4})", page.url)
    current = int(own.group(1)) if own else int(at.group(1)) if at else 1
    later = sorted(number for number in calls if number > current)
    url = join(page.url, calls[later[0]]) if later else None
    if url is None or not _CATALOGUE.search(url):
        return
    url = url if urlsplit(url).query else f"{url}?{urlsplit(page.url).query}"
    counted = _PAGE_NUMBER.search(url) is not None
    numbered = _PAGE_NUMBER.sub(rf"\g<1>{current + 1}", url) if counted else f"{url}&currpage={current + 1}"
    yield Link(numbered, "", "next", method="POST", form=tuple(_search_form(page)))


def _search_form(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the hidden inputs of the catalogue's search form."""
    for node in page.root.iter("input"):
        if (node.get("type") or "").lower() == "hidden" and node.get("name"):
            yield node.get("name") or "", node.get("value") or ""


def _tree(page: Page) -> Iterator[Link]:
    """Yield the tree of the catalogue that a shell page loads."""
    found = _TREE.search(page.text)
    url = join(page.url, found.group(1)) if found else None
    if url:
        yield Link(url, "", "hub")


def _nodes(page: Page) -> Iterator[Link]:
    """Yield a search for each node of the catalogue's tree that is named after the annual reports."""
    query = dict(parse_qsl(urlsplit(page.url).query))
    for node in page.root.iter("a") if "area" in query else ():
        called = _NODE.search(f"{node.get('href') or ''} {node.get('onclick') or ''}")
        name = squeeze(node.text_content())
        url = join(page.url, _SEARCH.format(standard=query.get("standardXxgk", "1")))
        if called and url and is_annual_name(name):
            keys = ("infotypeId", called.group(1)), ("jdid", query.get("jdid", "")), ("area", query["area"])
            yield Link(url, name, "column", method="POST", form=(*keys, ("divid", query.get("divid", ""))))


def _unit_calls(page: Page, found: tuple[Link, ...]) -> Iterator[Link]:
    """Yield the calls that fill a page of the jpaas front, where the page itself shows no row.

    Each part of the page has a call of its own: a script's ``url`` and ``queryData``, else the one call that the text
    names.
    """
    if any(link.kind in {"report", "attachment"} for link in found):
        return
    scripts = (node for node in page.root.iter("script") if _UNIT_PATH in (node.get("url") or ""))
    named = tuple((node.get("url") or "", node.get("querydata") or "") for node in scripts)
    call = _UNIT.search(page.text)
    for address, keys in islice(named, _MAX_UNITS) if named else [(call.group(1), page.text)] if call else []:
        query = _unit_query(keys)
        url = join(page.url, address)
        if url and query:
            yield Link(f"{url}?{query}&paramJson={_parameters(1)}", "", "column")


def _unit_query(text: str) -> str:
    """Read the keys of a call; an empty string where one that has no default is missing."""
    read = {key: re.search(_VALUE.format(key=key), text) for key in _UNIT_KEYS}
    values = {key: match.group(1) if match else _UNIT_DEFAULTS.get(key, "") for key, match in read.items()}
    if not (values["webId"] and values["pageId"] and values["tplSetId"]):
        return ""
    return "&".join(f"{key}={quote(unquote(value), safe='')}" for key, value in values.items())


def _parameters(number: int) -> str:
    return quote(json.dumps({"pageNo": number, "pageSize": _UNIT_SIZE}, separators=(",", ":")))


def _unit_answered(page: Page) -> tuple[Link, ...]:
    """Give the rows of an answer of the jpaas front, and the next page while there are rows."""
    data = parse_json(page.text).get("data")
    markup = unescaped(text_of(data.get("html"))) if isinstance(data, Mapping) else ""
    rows = parse_page(page.url, f"<html><body>{markup}</body></html>")
    found = walk(rows, lambda _: ())
    asked = _PARAMETERS.search(page.url)
    number = parse_json(unquote(asked.group(2))).get("pageNo") if asked else None
    if not any(len(anchor.text) > _PAGER_CHARACTERS for anchor in anchors(rows)) or not isinstance(number, int):
        return found
    following = _PARAMETERS.sub(lambda match: f"{match.group(1)}{_parameters(number + 1)}", page.url)
    return (*found, Link(following, "", "next"))


FAMILY = Family("hanweb", _fingerprint, _links, _EVIDENCE)
