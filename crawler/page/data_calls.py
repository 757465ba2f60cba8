"""Calls for a list that a script makes with an object of data: ``$.ajax({url: '/list', data: {channelId: 7, pageNo: 1}})``.

Nothing is run: the call is believed where its data names a column or a page, every value of it is printed, and it is no
call that writes. The number of the page is that of the first.
"""

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote, urlencode

from crawler.items import Link, LinkKind, Page
from crawler.page.pages import base_of
from crawler.page.rows import parse_json
from crawler.page.urls import join

Value = str | int

_AJAX = re.compile(r"(?:ajax|get|post|getJSON|request|axios(?:\.\w{1,10})?)\s*\(\s*(?=\{|['\"])", re.IGNORECASE)
_URL = re.compile(r"(?:^|\burl\s*:)\s*['\"]([^'\"\s]{2,300})['\"](?!\s*\+)")
_DATA = re.compile(r"(?:\b(?:data|params)\s*:\s*(?:JSON\.stringify\(\s*)?|,\s*)\{([^{}]{3,600})\}")
_MEMBER = re.compile(r"(?:^|[,\s])['\"]?([A-Za-z_]\w{0,40})['\"]?\s*:\s*(?:['\"]([^'\"]*)['\"]|([\w.$]{1,60}))")
_PAGE_NAME = re.compile(r"page|page_?(?:no|num|number|index)|cur(?:r|rent)?_?page|pn", re.IGNORECASE)
_COLUMN_NAME = re.compile(
    r"(?:channel|column|col|cat|category|site|node|catalog|class|menu|type|organ|org|dept)_?(?:id|code|no|list)?s?|c?id",
    re.IGNORECASE,
)
_POSTS = re.compile(r"\b(?:type|method)\s*:\s*['\"]post['\"]", re.IGNORECASE)
_POST_CALL = re.compile(r"(?:axios\.)?post\b", re.IGNORECASE)
_AS_JSON = re.compile(r"application/json|JSON\.stringify", re.IGNORECASE)
_WRITES = re.compile(
    r"save|add|insert|update|delete|remove|submit|upload|comment|vote|hits?\b|click|count|visit|log", re.IGNORECASE
)
_VARIABLE = r"(?<![\w$.]){name}\s*=\s*(['\"]?)([\w\-]{{1,60}})['\"]?"
_LONGEST_CALL = 1500


def data_calls(page: Page) -> Iterator[Link]:
    """Yield the first page of each list that a script of a page asks for with an object of data."""
    for node in page.root.iter("script"):
        script = node.text or ""
        for found in _AJAX.finditer(script):
            text = script[found.end() : found.end() + _LONGEST_CALL]
            url, data = _URL.search(text.lstrip("{").lstrip()), _DATA.search(text)
            address = join(base_of(page), url.group(1)) if url and not _WRITES.search(url.group(1)) else None
            if address and data:
                yield from _call(address, members_of(data.group(1), script), found.group() + text)


def posted_page(url: str) -> int | None:
    """Give the number of the page that was posted for, by the address under which its answer is kept; ``None`` where
    nothing was posted that names one."""
    _, members = _asked(url)
    return next(
        (value for name, value in members.items() if _PAGE_NAME.fullmatch(name) and isinstance(value, int)), None
    )


def posted_again(url: str, number: int) -> Link:
    """Give the post for another page of the list whose answer is kept under an address."""
    kind, members = _asked(url)
    numbered = {name: number if _PAGE_NAME.fullmatch(name) else value for name, value in members.items()}
    return _posted(url.partition("#")[0], numbered, kind, "next")


def _asked(url: str) -> tuple[str, Mapping[str, Value]]:
    """Read how and what was posted from the fragment of an address."""
    kind, _, written = url.partition("#")[2].partition("=")
    members = parse_json(unquote(written)) if kind in {"form", "json"} else {}
    return kind, {name: value for name, value in members.items() if isinstance(value, str | int)}


def _call(url: str, members: Mapping[str, Value], text: str) -> Iterator[Link]:
    """Make the call, where its data is that of a list and nothing of it is missing."""
    named = any(_PAGE_NAME.fullmatch(name) or _COLUMN_NAME.fullmatch(name) for name in members)
    posts = _POSTS.search(text) is not None or _POST_CALL.match(text) is not None
    if named and posts:
        yield _posted(url, members, "json" if _AS_JSON.search(text) else "form", "column")
    elif named:
        yield Link(f"{url}{'&' if '?' in url else '?'}{urlencode(members)}", "", "column")


def _posted(url: str, members: Mapping[str, Value], kind: str, link_kind: LinkKind) -> Link:
    """Make a post; the fragment is not sent, and tells its answer what was asked."""
    written = json.dumps(members, ensure_ascii=False)
    address = f"{url}#{kind}={quote(written, safe='')}"
    if kind == "json":
        return Link(address, "", link_kind, method="POST", json=written)
    return Link(
        address, "", link_kind, method="POST", form=tuple((name, str(value)) for name, value in members.items())
    )


def members_of(data: str, script: str) -> dict[str, Value]:
    """Read the members of an object; an empty one where a value is neither printed nor set elsewhere in the script."""
    found: dict[str, Value] = {}
    for name, printed, token in _MEMBER.findall(data):
        value = 1 if _PAGE_NAME.fullmatch(name) else _value(token, script) if token else printed
        if token and value == "":
            return {}
        found[name] = value
    return found


def _value(token: str, script: str) -> Value:
    """Give what an unquoted value is: a number, or what its variable was given."""
    assigned = re.search(_VARIABLE.format(name=re.escape(token)), script)
    printed = (
        token if token.isdecimal() or token in {"true", "false", "null"} else assigned.group(2) if assigned else ""
    )
    quoted = assigned is not None and assigned.group(1) != ""
    return int(printed) if printed.isdecimal() and not quoted else printed
