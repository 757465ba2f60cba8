"""Reports that a page carries as a string of its script, which a browser would put on the screen.

Seen on 广东's gkmlpt (``window._CONFIG = {… DETAIL: {… "content": "…"}}``) and on pages filled by small scripts of their
own. Nothing is run: a string is taken as it is written, its escapes resolved, and counts only when it holds at least
three of the form's six headings, or of those that stood for them before 2019.
"""

import json
import re
from collections.abc import Iterator
from html import escape, unescape

from lxml import etree

from extract.headings import count_official, heading_number
from extract.html.tree import without_ends
from extract.text import LOST, compact

MIN_HEADINGS = 3
"""Official headings that make a string a report: a menu or a notice names one or two."""

_MIN_CHARACTERS = 100
_MAX_SCRIPT_CHARACTERS = 8 * 1024 * 1024
_DETAIL = re.compile(r"\bDETAIL['\"]?\s*[:=]\s*(?=\{)")
_QUOTE = re.compile(r"['\"`]")
_INSIDE = {
    '"': re.compile(r"[^\"\\\n]*(?:\\[\s\S][^\"\\\n]*)*"),
    "'": re.compile(r"[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*"),
    "`": re.compile(r"[^`\\]*(?:\\[\s\S][^`\\]*)*"),
}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([\s\S]))")
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " ", "v": " ", "0": "", "\n": ""}
_TAG = re.compile(r"<[^<>]*>")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def script_body(script: str) -> str:
    """Give the HTML of the report that a script holds as a string, or an empty string when it holds none."""
    if len(script) > _MAX_SCRIPT_CHARACTERS:
        return ""
    if detail := _detail(script):
        return detail
    return next((body for text in _strings(script) if (body := _report(text))), "")


def unfold(root: etree._Element) -> bool:
    """Put the report that a page's scripts hold at the end of its body; tell whether there was one."""
    bodies = (script_body(script.text or "") for script in root.iter("script"))
    body = next((body for body in bodies if body), "")
    if not body:
        return False
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    found = etree.fromstring(
        f"<html><body><div>{without_ends(body)}</div></body></html>".encode("utf-8", "replace"), parser
    )
    place = next(root.iter("body"), root)
    place.extend(list(found.iter("div"))[:1])
    return True


def _detail(script: str) -> str:
    """Give the article of a gkmlpt page under its title."""
    start = _DETAIL.search(script)
    try:
        detail = json.JSONDecoder().raw_decode(script, start.end())[0] if start else {}
    except (ValueError, RecursionError):
        return ""
    content, title = detail.get("content"), detail.get("title")
    body = _report(content) if isinstance(content, str) else ""
    return f"<h1>{escape(title)}</h1>{body}" if body and isinstance(title, str) else body


def _strings(script: str) -> Iterator[str]:
    """Yield the string literals of a script, resolved; a stray quotation mark costs only its own line."""
    at = 0
    while opened := _QUOTE.search(script, at):
        inside = _INSIDE[opened.group()].match(script, opened.end())
        at = inside.end() + 1 if inside else opened.end()
        if inside and script[inside.end() : at] == opened.group() and len(inside.group()) >= _MIN_CHARACTERS:
            yield _ESCAPE.sub(_resolved, inside.group())


def _resolved(match: re.Match[str]) -> str:
    """Resolve one escape; what stands for itself (``\\\\/``, ``\\\\"``) is kept."""
    code = match.group(1) or match.group(2)
    if code:
        return chr(int(code, 16))
    return _SHORT.get(match.group(3), match.group(3))


def _report(text: str) -> str:
    """Give a string as HTML when it holds a report; escaped once more, as some sites have it, it is unescaped."""
    whole = _SURROGATES.sub(LOST, text)
    body = unescape(whole) if whole.lstrip().startswith("&lt;") else whole
    return body if count_official(compact(body)) >= MIN_HEADINGS or _count_headed(body) >= MIN_HEADINGS else ""


def _count_headed(body: str) -> int:
    """Return how many of the six sections have a heading of their own between the tags of a text."""
    pieces = map(unescape, _TAG.split(body))
    return len({number for piece in pieces if (number := heading_number(piece)) is not None})
