"""Calls for a list that a script makes with an object of data: ``$.ajax({url: '/list', data: {channelId: 7, pageNo: 1}})``.

Nothing is run: the call is believed where its data names a column or a page, every value of it is printed, and it is no
call that writes. The number of the page is that of the first.
"""

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from crawler.items import Link, Page

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
_AS_JSON = re.compile(r"application/json|JSON\.stringify", re.IGNORECASE)
_WRITES = re.compile(
    r"save|add|insert|update|delete|remove|submit|upload|comment|vote|hits?\b|click|count|visit|log", re.IGNORECASE
)
_VARIABLE = r"(?<![\w$.]){name}\s*=\s*['\"]?([\w\-]{{1,60}})['\"]?"
_LONGEST_CALL = 1500


def data_calls(page: Page) -> Iterator[Link]:
    """Yield the first page of each list that a script of a page asks for with an object of data."""
    for node in page.root.iter("script"):
        script = node.text or ""
        for found in _AJAX.finditer(script):
            text = script[found.end() : found.end() + _LONGEST_CALL]
            url, data = _URL.search(text.lstrip("{").lstrip()), _DATA.search(text)
            if url and data and not _WRITES.search(url.group(1)):
                yield from _call(url.group(1), _members(data.group(1), script), found.group() + text)


def _call(url: str, members: Mapping[str, str], text: str) -> Iterator[Link]:
    """Make the call, where its data is that of a list and nothing of it is missing."""
    named = any(_PAGE_NAME.fullmatch(name) or _COLUMN_NAME.fullmatch(name) for name in members)
    posts = (
        _POSTS.search(text[:_LONGEST_CALL]) is not None
        or re.match(r"(?:axios\.)?post\b", text, re.IGNORECASE) is not None
    )
    if not named:
        return
    if not posts:
        yield Link(f"{url}{'&' if '?' in url else '?'}{urlencode(members)}", "", "column")
    elif _AS_JSON.search(text):
        yield Link(url, "", "column", method="POST", json=json.dumps(members, ensure_ascii=False))
    else:
        yield Link(url, "", "column", method="POST", form=tuple(members.items()))


def _members(data: str, script: str) -> dict[str, str]:
    """Read the members of an object; an empty one where a value is neither printed nor set elsewhere in the script."""
    found = {}
    for name, printed, token in _MEMBER.findall(data):
        value = "1" if _PAGE_NAME.fullmatch(name) else _value(token, script) if token else printed
        if token and not value:
            return {}
        found[name] = value
    return found


def _value(token: str, script: str) -> str:
    if token.isdecimal() or token in {"true", "false", "null"}:
        return token
    assigned = re.search(_VARIABLE.format(name=re.escape(token)), script)
    return assigned.group(1) if assigned else ""
