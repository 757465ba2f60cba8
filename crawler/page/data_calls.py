"""Calls for a list that a script makes with data: ``$.ajax({url: '/list', data: {channelId: 7, pageNo: 1}})``.

Nothing is run: the call is believed where its data names a column or a page, every value of it is printed, and it is no
call that writes. The number of the page is that of the first. What is posted stands in the fragment of the address under
which the answer is kept: it is not sent, and tells what was asked.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote, unquote, urlencode

from crawler.items import Link, LinkKind, Page
from crawler.page.call_data import PAGE_NAME, Value, names_a_list, read_object, read_text
from crawler.page.pages import base_of, tagged
from crawler.page.remembered import matches
from crawler.page.row_addresses import untold
from crawler.page.rows import parse_json
from crawler.page.urls import join

_CALL = re.compile(
    r"\b(?:ajax|get|post|getJSON|load|request|fetch|axios(?:\.\w{1,10})?)\s*\(\s*(?=\{|['\"])|\.open\(\s*['\"]POST['\"]\s*,\s*(?=['\"])",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:^|\burl\s*:)\s*['\"]([^'\"\s]{2,300})['\"](?!\s*\+)")
_OBJECT = re.compile(
    r"(?:\b(?:data|params|body)\s*:\s*(?:JSON\.stringify\(\s*|new\s+URLSearchParams\(\s*|Qs\.stringify\(\s*)?|,\s*(?:Qs\.stringify\(\s*)?)\{([^{}]{3,600})\}",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"(?:\b(?:data|body)\s*:|\.send\()\s*(?=['\"][\w\[\].]{1,40}=)|^\s*['\"][^'\"\s]{2,300}['\"]\s*,\s*(?=['\"][\w\[\].]{1,40}=)"
)
_POSTS = re.compile(r"\b(?:type|method)\s*:\s*['\"]post['\"]", re.IGNORECASE)
_POST_CALL = re.compile(r"(?:axios\.)?post\b|load\b|\.open\b", re.IGNORECASE)
_AS_JSON = re.compile(r"application/json|JSON\.stringify", re.IGNORECASE)
_WRITES = re.compile(
    r"save|add(?!r)|insert|update|delete|remove|submit|upload|comment|vote|hits?\b|click|count(?![ry]|ies)|visit|(?<!cata)(?<!b)log",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<before>[?&](?:page|pageNo|pageNum|pageNumber|pageIndex|currpage|currentPage|curPage|cur_page|pn|p)=)(?P<number>\d{1,5})",
    re.IGNORECASE,
)
_LONGEST_CALL = 1500


def data_calls(page: Page) -> Iterator[Link]:
    """Yield the first page of each list that a script of a page asks for with data."""
    for node in tagged(page)["script"]:
        script = node.text or ""
        for found in matches(_CALL, script):
            text = script[found.end() : found.end() + _LONGEST_CALL]
            url = _URL.search(text.lstrip("{").lstrip())
            address = join(base_of(page), url.group(1)) if url and not _WRITES.search(url.group(1)) else None
            if address:
                yield from _call(address, _members(page, script, found.end(), text), found.group() + text)


def asked_page(url: str) -> int | None:
    """Give the number of the page that was asked for: posted, as the address says under which the answer is kept, else
    in its query. ``None`` where neither names one."""
    _, members = _asked(url)
    posted = (value for name, value in members.items() if PAGE_NAME.fullmatch(name))
    number = next((int(value) for value in posted if str(value).isdecimal()), None)
    queried = _NUMBER.search(url.partition("#")[0])
    return number if number is not None or queried is None else int(queried["number"])


def asked_again(url: str, number: int) -> Link:
    """Ask for another page of the list whose answer is kept under an address, in the way in which that was asked for."""
    kind, members = _asked(url)
    address, _, fragment = url.partition("#")
    rows = untold(fragment)[1]
    if not any(PAGE_NAME.fullmatch(name) for name in members):
        address = _NUMBER.sub(rf"\g<before>{number}", address, count=1)
    numbered = {name: number if PAGE_NAME.fullmatch(name) else value for name, value in members.items()}
    if not kind:
        return Link(f"{address}#{rows}" if rows else address, "", "next")
    posted = _posted(address, numbered, kind, "next")
    return replace(posted, url=f"{posted.url}&{rows}") if rows else posted


def was_posted(url: str) -> bool:
    """Tell whether an address is one under which the answer to a call of a script is kept."""
    return bool(_asked(url)[0])


def _members(page: Page, script: str, start: int, text: str) -> dict[str, Value]:
    """Read what a call sends: an object, else a text."""
    ends = re.search(r"\)\s*;|\n\s*\n", text)
    own = text[: ends.end()] if ends and not text.startswith("{") else text
    written, named = _OBJECT.search(own), _TEXT.search(text)
    if written:
        return read_object(written.group(1), script, page)
    return read_text(script, start + named.end(), page) if named else {}


def _asked(url: str) -> tuple[str, Mapping[str, Value]]:
    """Read how and what was posted from the fragment of an address."""
    kind, _, written = untold(url.partition("#")[2])[0].partition("=")
    if kind not in {"form", "json"}:
        return "", {}
    members = parse_json(unquote(written))
    return kind, {name: value for name, value in members.items() if isinstance(value, str | int)}


def _call(url: str, members: Mapping[str, Value], text: str) -> Iterator[Link]:
    """Make the call, where its data is that of a list and nothing of it is missing."""
    listed = names_a_list(members) or (bool(members) and _NUMBER.search(url) is not None)
    if listed and (_POSTS.search(text) or _POST_CALL.match(text)):
        yield _posted(url, members, "json" if _AS_JSON.search(text) else "form", "column")
    elif listed:
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
