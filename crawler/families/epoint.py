"""Epoint 新点 (上海 districts, 江苏): ``/zw/009001/009001001/<date>/<uuid>.html`` or ``showinfo.html?infoGuid=<uuid>``.

The second kind is one shell for every article; its script posts ``params={"infoid": "<uuid>"}`` to
``…/rest/<action>/getGovInfoDetail`` and is answered ``custom.data.infocontent``, HTML, or, where the report is a PDF
only, ``pdflist`` or ``attach``. Lists are ordinary ones. A shell whose script names no such call stays a shell.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import parse_qsl, urlsplit

from crawler.families import Family, weigh
from crawler.items import Link, Page
from crawler.page.evidence import Sign
from crawler.page.links import walk
from crawler.page.pagers import next_pages
from crawler.page.pages import parse_page
from crawler.page.rows import is_data, items_of, parse_json, text_of
from crawler.page.urls import join

_CALL = re.compile(r"['\"]([^'\"\s]{0,300}/rest/\w{1,60}/getGovInfoDetail)['\"]")
_ANSWER = re.compile(r"\"custom\"\s*:\s*\{")
_CONTENT = re.compile(r"\"(?:infocontent|pdflist|attach)\"\s*:")
_EVIDENCE = (
    Sign(_CALL, 80, ("getgovinfodetail",)),
    Sign(_ANSWER, 40, ('"custom"',)),
    Sign(_CONTENT, 40, ('"infocontent"', '"pdflist"', '"attach"')),
)
_FILES = ("pdflist", "attach")
_ADDRESSES = ("url", "attachurl", "pdfurl", "filepath", "href")
_NAMES = ("name", "attachname", "filename", "title")


def _fingerprint(page: Page) -> int:
    """Take pages that name the call, and its answers; plain lists and articles of the system are like any other."""
    if "getGovInfoDetail" not in page.text and not is_data(page.text):
        return 0
    return weigh(page, _EVIDENCE)


def _links(page: Page) -> tuple[Link, ...]:
    """Give the files of an answer, the call that a shell's script makes, or whatever a list shows."""
    if is_data(page.text):
        return tuple(_files(page))
    return tuple(_detail_call(page)) or walk(page, next_pages)


def _detail_call(page: Page) -> Iterator[Link]:
    """Yield the post for the article whose identifier stands in the shell's address."""
    call = _CALL.search(page.text)
    url = join(page.url, call.group(1)) if call else None
    query = {name.lower(): value for name, value in parse_qsl(urlsplit(page.url).query)}
    if url and (number := query.get("infoguid") or query.get("infoid")):
        form = (("params", json.dumps({"infoid": number}, separators=(",", ":"))),)
        # The fragment is not sent; in the store it tells the answers of one call apart.
        yield Link(f"{url}#{number}", "", "report", method="POST", form=form, article=number)


def _files(page: Page) -> Iterator[Link]:
    """Yield the files that an answer names beside or instead of a body, and those its body links."""
    custom = parse_json(page.text).get("custom")
    data = custom.get("data") if isinstance(custom, Mapping) else None
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
