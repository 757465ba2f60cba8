"""Epoint 新点 (上海 districts, 江苏): ``/zw/009001/009001001/<date>/<uuid>.html`` or ``showinfo.html?infoGuid=<uuid>``.

The second kind is one shell for every article; its script posts ``params={"infoid": "<uuid>"}`` to
``…/rest/<action>/getGovInfoDetail`` and is answered ``custom.data.infocontent``, HTML, or, where the report is a PDF
only, ``pdflist`` or ``attach``. Most lists are ordinary ones; others are posted for as ``params={"categoryNum": …,
"pageIndex": 0, "pageSize": 15}`` to ``…/rest/frontAppCustomAction/getPageInfoListNew`` and answered ``custom.infodata``
with ``title``, ``infourl``, ``infodate``, and ``custom.count``. A shell whose script names no such call stays a shell.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from crawler.families import Family, weigh
from crawler.items import Link, LinkKind, Page
from crawler.page.call_data import Value, read_object
from crawler.page.evidence import Sign
from crawler.page.links import walk
from crawler.page.pagers import MAX_PAGES, next_pages
from crawler.page.pages import parse_page
from crawler.page.rows import Row, date_of, is_data, items_of, number_of, page_of_rows, parse_json, text_of
from crawler.page.urls import join

_CALL = re.compile(r"['\"]([^'\"\s]{0,300}/rest/\w{1,60}/getGovInfoDetail)['\"]")
_LIST_CALL = re.compile(r"(projectName\s*\+\s*)?['\"]([^'\"\s]{0,200}/rest/\w{1,60}/get\w{0,30}InfoList\w{0,20})['\"]")
_PROJECT = re.compile(r"\bprojectName['\"]?\s*[:=]\s*['\"]([^'\"\s]{1,60})['\"]")
_LIST_PARAMETERS = re.compile(r"\{([^{}]{0,600}\bcategoryNum\b[^{}]{0,600})\}")
_ANSWER = re.compile(r"\"custom\"\s*:\s*\{")
_CONTENT = re.compile(r"\"(?:infocontent|pdflist|attach|infodata)\"\s*:")
_EVIDENCE = (
    Sign(_CALL, 80, ("getgovinfodetail",)),
    Sign(_LIST_CALL, 60, ("infolist",)),
    Sign(_ANSWER, 40, ('"custom"',)),
    Sign(_CONTENT, 40, ('"infocontent"', '"pdflist"', '"attach"', '"infodata"')),
)
_FILES = ("pdflist", "attach")
_ADDRESSES = ("url", "attachurl", "pdfurl", "filepath", "href")
_NAMES = ("name", "attachname", "filename", "title")


def _fingerprint(page: Page) -> int:
    """Take pages that name the call, and its answers; plain lists and articles of the system are like any other."""
    if "/rest/" not in page.text and not is_data(page.text):
        return 0
    return weigh(page, _EVIDENCE)


def _links(page: Page) -> tuple[Link, ...]:
    """Give the rows or the files of an answer, the call that a shell's script makes, or whatever a list shows."""
    if is_data(page.text):
        data = _custom(page)
        return tuple(_listed(page, data)) if "infodata" in data else tuple(_files(page))
    found = tuple(_detail_call(page)) or walk(page, next_pages)
    shown = any(link.kind in {"report", "attachment"} for link in found)
    return found if shown else (*found, *_first_list(page))


def _detail_call(page: Page) -> Iterator[Link]:
    """Yield the post for the article whose identifier stands in the shell's address."""
    call = _CALL.search(page.text)
    url = join(page.url, call.group(1)) if call else None
    query = {name.lower(): value for name, value in parse_qsl(urlsplit(page.url).query)}
    if url and (number := query.get("infoguid") or query.get("infoid")):
        form = (("params", json.dumps({"infoid": number}, separators=(",", ":"))),)
        # The fragment is not sent; in the store it tells the answers of one call apart.
        yield Link(f"{url}#{number}", "", "report", method="POST", form=form, article=number)


def _custom(page: Page) -> Mapping[str, object]:
    custom = parse_json(page.text).get("custom")
    return custom if isinstance(custom, Mapping) else {}


def _first_list(page: Page) -> Iterator[Link]:
    """Yield the post for the first page of the list that a page's script asks for."""
    call, parameters = _LIST_CALL.search(page.text), _LIST_PARAMETERS.search(page.text)
    members = read_object(parameters.group(1), page.text) if parameters else {}
    if call is None or not members:
        return
    project = _PROJECT.search(page.text) if call.group(1) else None
    url = join(page.url, f"{project.group(1) if project else ''}{call.group(2)}")
    if url:
        yield _list_post(url, members, 0, "column")


def _list_post(url: str, members: Mapping[str, Value], number: int, kind: LinkKind) -> Link:
    """Make the post for a page of a list, counted from zero; the fragment is not sent, and tells its answer what was
    asked."""
    written = json.dumps({**members, "pageIndex": number}, ensure_ascii=False)
    return Link(f"{url}#list={quote(written, safe='')}", "", kind, method="POST", form=(("params", written),))


def _listed(page: Page, data: Mapping[str, object]) -> Iterator[Link]:
    """Yield the rows of a list's answer; the first names all other pages, for its rows tell how many a page has."""
    records = tuple(items_of(data.get("infodata")))
    rows = [Row(text_of(r.get("infourl")), text_of(r.get("title")), date_of(r.get("infodate"))) for r in records]
    yield from walk(page_of_rows(page.url, "", rows), lambda _: ())
    url, _, written = page.url.partition("#list=")
    asked = parse_json(unquote(written))
    members = {name: value for name, value in asked.items() if isinstance(value, str | int)}
    if rows and members.get("pageIndex") == 0:
        last = min(-(-number_of(data.get("count")) // len(rows)), MAX_PAGES)
        yield from (_list_post(url, members, number, "next") for number in range(1, last))


def _files(page: Page) -> Iterator[Link]:
    """Yield the files that an answer names beside or instead of a body, and those its body links."""
    data = _custom(page).get("data")
    if not isinstance(data, Mapping):
        return
    for record in (record for name in _FILES for record in items_of(data.get(name))):
        url = join(page.url, _first(record, _ADDRESSES))
        if url:
            yield Link(url, _first(record, _NAMES), "attachment")
    title = escape(text_of(data.get("title")))
    body = parse_page(page.url, f"<html><body><h1>{title}</h1>{text_of(data.get('infocontent'))}</body></html>")
    yield from (link for link in walk(body, lambda _: ()) if link.kind == "attachment")


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := text_of(record.get(name)))), "")


FAMILY = Family("epoint", _fingerprint, _links, _EVIDENCE)
