"""The data that a script sends with a call: an object ``{channelId: 7, pageNo: 1}``, or a text ``"channelId=7&pageNo=" + n``.

Values are taken as they are printed, from a variable of the same script, or from an input of the page
(``$('#channelId').val()``); the number of the page is that of the first.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qs, parse_qsl

from lxml.html import HtmlElement

from crawler.items import Page

Value = str | int

PAGE_NAME = re.compile(r"page|page_?(?:no|num|number|index)|cur(?:r|rent)?_?page|(?:to|go|now)page|pn", re.IGNORECASE)
COLUMN_NAME = re.compile(
    r"(?:channel|column|col|cat|category|site|node|catalog|class|menu|type|organ|org|dept|lm|chnl)_?(?:id|code|no|list)?s?|c?id",
    re.IGNORECASE,
)
INPUT = r"\$\(\s*['\"]#?[\w\-\[\]='\"]{1,60}?['\"]\s*\)\.val\(\)|document\.getElementById\(\s*['\"][\w\-]{1,60}['\"]\s*\)\.value"
_MEMBER = re.compile(
    rf"(?:^|[,\s])['\"]?(?P<name>[A-Za-z_]\w{{0,40}})['\"]?\s*:\s*(?:['\"](?P<printed>[^'\"]*)['\"]|(?P<token>{INPUT}|[\w.$]{{1,60}}))"
)
_TERM = re.compile(
    rf"\s*(?:'(?P<one>[^'\n]{{0,300}})'|\"(?P<two>[^\"\n]{{0,300}})\"|(?P<token>{INPUT}|[\w.$]{{1,60}}))\s*"
)
_INPUT_NAME = re.compile(r"['\"]#?(?:input\[name=['\"]?)?([\w\-]{1,60})")
_GIVEN = re.compile(
    rf"(?<![\w$.])([\w.$]{{1,60}})\s*=\s*(?:['\"]([\w\-]{{1,60}})['\"]|(\d{{1,20}})(?![\w.])|({INPUT}))"
)
_OF_ADDRESS = r"\s*=\s*(?:new\s+URLSearchParams\([\w.]{1,60}\)\.)?[\w.$]{1,60}\(\s*['\"]([\w\-]{1,40})['\"]\s*\)"
_MAX_TERMS = 16

SCRIPTS_AT_HAND = 8
"""Scripts of which it is kept what they give their names, however long they are: those of the page that is looked at."""


def read_object(data: str, script: str, page: Page | None = None) -> dict[str, Value]:
    """Read the members of an object; an empty one where a value is neither printed nor set elsewhere."""
    found: dict[str, Value] = {}
    for member in _MEMBER.finditer(data):
        name, token = member["name"], member["token"]
        value = 1 if PAGE_NAME.fullmatch(name) else value_of(token, script, page) if token else member["printed"]
        if token and value == "":
            return {}
        found[name] = value
    return found


def read_text(script: str, start: int, page: Page | None = None) -> dict[str, Value]:
    """Read the members of a sum of texts and names that makes a form's body; an empty one where one is not known."""
    text, _ = read_sum(script, start, page)
    pairs = parse_qsl(text, keep_blank_values=True) if "=" in text else []
    return {name: 1 if PAGE_NAME.fullmatch(name) else value for name, value in pairs}


def read_sum(script: str, start: int, page: Page | None = None) -> tuple[str, int]:
    """Read a sum of texts and names that begins at a place of a script, and where it ends; no text where a name of it is
    not known."""
    text, end = "", start
    for term in islice(_terms(script, start), _MAX_TERMS):
        token = term["token"]
        part = _of_token(token, text, script, page) if token else term["one"] or term["two"] or ""
        text, end = text + part, term.end()
    return ("" if "\0" in text else text), end


def names_a_list(members: Mapping[str, Value]) -> bool:
    """Tell whether what a call sends names a column or a page."""
    return any(PAGE_NAME.fullmatch(name) or COLUMN_NAME.fullmatch(name) for name in members)


def _terms(script: str, start: int) -> Iterator[re.Match[str]]:
    """Yield the terms of a sum."""
    while term := _TERM.match(script, start):
        yield term
        if script[term.end() : term.end() + 1] != "+":
            return
        start = term.end() + 1


def _of_token(token: str, before: str, script: str, page: Page | None) -> str:
    """Give what a name in a sum stands for: 1 behind a page's parameter, a mark where it is not known."""
    name = re.split(r"[?&]", before)[-1].removesuffix("=")
    return "1" if PAGE_NAME.fullmatch(name) else str(value_of(token, script, page)) or "\0"


def value_of(token: str, script: str, page: Page | None) -> Value:
    """Give what an unquoted value is: a number, what an input of the page holds, or what its variable was given."""
    if token.isdecimal():
        return int(token)
    if token in {"true", "false", "null"}:
        return token
    if "(" in token:
        return _of_input(token, page)
    if named := _of_address(token, script, page):
        return named
    quoted, number, asked = _given(script).get(token, ("", "", ""))
    return int(number) if number else _of_input(asked, page) if asked else quoted


@lru_cache(maxsize=SCRIPTS_AT_HAND)
def _given(script: str) -> dict[str, tuple[str, str, str]]:
    """Give what each name of a script is given first: a text, a number, or what an input holds. In one pass: some scripts
    add up thousands of names."""
    found: dict[str, tuple[str, str, str]] = {}
    for given in _GIVEN.finditer(script):
        found.setdefault(given.group(1), (given.group(2) or "", given.group(3) or "", given.group(4) or ""))
    return found


def _of_address(token: str, script: str, page: Page | None) -> str:
    """Give what a variable was given from the query of the page's own address: ``var id = getQueryString("id")``."""
    query = parse_qs(page.url.partition("?")[2].partition("#")[0]) if page is not None else {}
    asked = re.search(rf"(?<![\w$.]){re.escape(token)}{_OF_ADDRESS}", script) if query else None
    return query.get(asked.group(1), [""])[0] if asked else ""


def _of_input(token: str, page: Page | None) -> str:
    """Give what the input that a script asks for holds, or what is chosen in its box; else an empty string."""
    named = _INPUT_NAME.search(token)
    for node in page.root.iter("input", "select") if page is not None and named else ():
        if named is not None and named.group(1) in {node.get("id"), node.get("name")}:
            return _chosen(node) if node.tag == "select" else node.get("value") or ""
    return ""


def _chosen(box: HtmlElement) -> str:
    options = tuple(box.iter("option"))
    marked = next((option for option in options if option.get("selected") is not None), None)
    shown = marked if marked is not None else next(iter(options), None)
    return "" if shown is None else shown.get("value") or ""
