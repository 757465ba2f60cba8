"""Guangdong's common catalogue gkmlpt, which nearly every bureau of the province has.

Every page is one shell with ``window._CONFIG = {SID: '…', TREE: [{id, name, children, jump_url}], …}``; the column is
the number behind ``#``. Lists come from ``/gkmlpt/api/all/<column>?page=N&sid=<SID>``, mostly 100 articles a page with
``title``, ``url`` or ``post_url``, and a date under one of several names, as text or as seconds. An article's body is
HTML in ``_CONFIG.DETAIL.content``. The base may be a sub-directory of a host. Past the end the answer is 404 or empty.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from urllib.parse import urlsplit

from crawler.families import Family
from crawler.items import Link, Page
from crawler.page.links import walk
from crawler.page.pagers import MAX_PAGES, next_pages
from crawler.page.pages import is_annual_name, parse_page
from crawler.page.rows import Row, date_of, items_of, number_of, page_of_rows, parse_json, text_of
from crawler.page.urls import join

_CONFIG = re.compile(r"window\._CONFIG\s*=\s*\{")
_SID = re.compile(r"\bSID['\"]?\s*:\s*['\"]?(\d+)")
_TREE = re.compile(r"\bTREE['\"]?\s*:\s*(?=\[)")
_DETAIL = re.compile(r"\bDETAIL['\"]?\s*:\s*(?=\{)")
_ARTICLES = re.compile(r"['\"]articles['\"]\s*:\s*\[")
_BASE = re.compile(r"^(.*?/gkmlpt/)")
_CALL = re.compile(r"^(?P<before>.*/gkmlpt/api/all/\d+\?page=)(?P<number>\d{1,4})(?P<after>.*)$")
_SHORT_NAME = re.compile(r"年报|年度报告|工作年度报告")
_DATES = ("first_publish_time", "date", "created_at", "create_time", "display_publish_time")


def _fingerprint(page: Page) -> int:
    """Take the shell and the answers of its list call; nothing else has such a folder and such a configuration."""
    if "/gkmlpt/" not in page.url:
        return 0
    return 100 if _CONFIG.search(page.text) or _ARTICLES.search(page.text) else 5


def _links(page: Page) -> tuple[Link, ...]:
    """Give the annual-report columns of the tree and the one behind ``#``, or the rows of a list's answer."""
    if page.text.lstrip("\ufeff \r\n\t")[:1] == "{":
        return _answered(page)
    if article := _article(page):
        return walk(article, next_pages)
    found = walk(page, next_pages)
    calls = {link.url: link for link in (*_column_calls(page), *found)}
    return (*found, *(link for link in calls.values() if link not in found))


def _article(page: Page) -> Page | None:
    """Give an article's shell as the page that its script makes of it, or ``None`` for any other shell."""
    detail = _json_after(_DETAIL, page)
    content = text_of(detail.get("content")) if isinstance(detail, dict) else ""
    if not content or not isinstance(detail, dict):
        return None
    body = unescape(content) if content.lstrip().startswith("&lt;") else content
    title = escape(text_of(detail.get("title")))
    return parse_page(page.url, f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>")


def _column_calls(page: Page) -> Iterator[Link]:
    """Yield the list calls of the columns that concern us; a node that only points elsewhere gives that address."""
    base, sid = _BASE.match(page.url), _SID.search(page.text)
    if not base or not sid:
        return
    chosen = urlsplit(page.url).fragment
    if chosen.isdecimal():
        yield _call(base.group(1), chosen, sid.group(1), "")
    for node in _nodes(_json_after(_TREE, page)):
        name, number, jump = text_of(node.get("name")), text_of(node.get("id")), text_of(node.get("jump_url"))
        if not is_annual_name(name) and not _SHORT_NAME.fullmatch(name):
            continue
        url = join(page.url, jump) if jump else None
        if url:
            yield Link(url, name, "column")
        elif number.isdecimal():
            yield _call(base.group(1), number, sid.group(1), name)


def _call(base: str, column: str, sid: str, name: str) -> Link:
    return Link(f"{base}api/all/{column}?page=1&sid={sid}", name, "column")


def _json_after(name: re.Pattern[str], page: Page) -> object:
    """Read the JSON that stands behind a name inside a script's object; ``None`` where there is none."""
    start = name.search(page.text)
    try:
        return json.JSONDecoder().raw_decode(page.text, start.end())[0] if start else None
    except (ValueError, RecursionError):
        return None


def _nodes(tree: object) -> Iterator[Mapping[str, object]]:
    """Yield every node of the tree, parents first."""
    for node in items_of(tree):
        yield node
        yield from _nodes(node.get("children"))


def _answered(page: Page) -> tuple[Link, ...]:
    """Give the rows of one answer; the first names all others, for only its size tells how many rows an answer has."""
    answer = parse_json(page.text)
    classify = answer.get("classify")
    column = classify if isinstance(classify, dict) else {}
    articles = list(items_of(answer.get("articles")))
    rows = [Row(_address(article), text_of(article.get("title")), _date(article)) for article in articles]
    total = number_of(answer.get("total")) or number_of(column.get("post_count"))
    call = _CALL.match(page.url)
    last = min(-(-total // len(articles)), MAX_PAGES) if articles and call and call["number"] == "1" else 0
    found = walk(page_of_rows(page.url, text_of(column.get("name")), rows), lambda _: ())
    return (
        *found,
        *(Link(_CALL.sub(rf"\g<before>{number}\g<after>", page.url), "", "next") for number in range(2, last + 1)),
    )


def _address(article: Mapping[str, object]) -> str:
    return text_of(article.get("post_url")) or text_of(article.get("url"))


def _date(article: Mapping[str, object]) -> str:
    return next((found for name in _DATES if (found := date_of(article.get(name)))), "")


FAMILY = Family("gkmlpt", _fingerprint, _links)
