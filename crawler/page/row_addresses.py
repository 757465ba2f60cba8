"""Lists whose rows come as data without an address: the page's script makes it of a number of the row.

``html += '<li><a href="/nb/show/' + item.id + '.html">' + item.title``, ``:href="'/nb/show/' + item.id"``,
``href="/nb/show/${item.id}.html"``. What the page says of it is handed on to the answer in the fragment of the address
that is asked for: it is not sent.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, unquote

from crawler.items import Link, Page
from crawler.page.remembered import once

_MARK = "rows="
_FIELD = r"[A-Za-z_$][\w$]{0,40}(?:\[\w{1,20}\])?\.(?P<field>\w{1,40})"
_SUMMED = re.compile(
    rf"\bhref\s*=[\s\"'\\]*(?P<before>[^\"'<>\s\\]{{1,200}})\\?['\"]\s*\+\s*{_FIELD}(?:\s*\+\s*['\"](?P<after>[^\"'<>\s\\]{{0,100}}))?"
)
_FILLED = re.compile(
    rf"\bhref\s*=\s*\\?[\"'](?P<before>[^\"'<>\s$]{{1,200}})\$\{{\s*{_FIELD}\s*\}}(?P<after>[^\"'<>\s$]{{0,100}})"
)
_NUMBER = re.compile(r"\w*(?:id|no|code|key|num)", re.IGNORECASE)
_SLOT = re.compile(r"\{(\w{1,40})\}")
_VALUE = re.compile(r"[\w\-]{1,80}")


def telling(page: Page, call: Link) -> Link:
    """Give a call for a list with what the page says of the addresses of its rows, if it says anything."""
    template = _template(page)
    mark = "&" if "#" in call.url else "#"
    return replace(call, url=f"{call.url}{mark}{_MARK}{quote(template, safe='')}") if template else call


def told(url: str) -> str:
    """Give what the address of an answer tells of its rows' addresses: a text with the name of a field in braces."""
    fragment = url.partition("#")[2]
    return unquote(fragment.rpartition(_MARK)[2]) if fragment.startswith(_MARK) or f"&{_MARK}" in fragment else ""


def untold(fragment: str) -> tuple[str, str]:
    """Part a fragment into what was posted and what it tells of the rows' addresses."""
    posted, mark, rows = fragment.rpartition(_MARK)
    return (posted.rstrip("&"), f"{mark}{rows}") if mark else (fragment, "")


def address_of(template: str, record: Mapping[str, object]) -> str:
    """Give the address of a row, or an empty string where the row has not what it is made of."""
    slot = _SLOT.search(template)
    value = str(record.get(slot[1], "")) if slot else ""
    return template.replace(slot[0], value) if slot and _VALUE.fullmatch(value) else ""


@once
def _template(page: Page) -> str:
    """Find the first address that a page makes of a number of a row."""
    for pattern in (_SUMMED, _FILLED):
        for found in pattern.finditer(page.text):
            if _NUMBER.fullmatch(found["field"]) and "{" not in found["before"]:
                return f"{found['before']}{{{found['field']}}}{found['after'] or ''}"
    return ""
