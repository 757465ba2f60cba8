"""The elements of a page that lead somewhere, and the addresses as they are written there."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement

from crawler.items import Page
from crawler.page.marks import ADDRESS_MARKS, address_marks
from crawler.page.pages import elements
from crawler.page.remembered import of_scripts

Source = Literal["link", "option", "script", "frame", "redirect"]

_SCRIPTED = re.compile(
    r"(?:open|location(?:\.href)?\s*=|location\.(?:replace|assign)|gotourl|openurl)\s*+\(?\s*+['\"]([^'\"]+)"
    r"|\b\w{1,40}\(\s*['\"]((?:https?:/|\.{0,2})/[^'\"\s]+)['\"]",
    re.IGNORECASE,
)
_SCRIPT_FILE = re.compile(r"showVsbpdfIframe\(\s*['\"]([^'\"]+)|pdfsrc\s*=\s*['\"]([^'\"]+)", re.IGNORECASE)
# location.href = 'list.html?year=' + this.value
_CHOSEN = re.compile(
    r"(?:location(?:\.href)?\s*=|open\()\s*['\"](?P<before>[^'\"]{2,300})['\"]\s*\+\s*"
    r"(?:this|self)\.(?:value|options\[[^\]]{1,60}\]\.value)(?:\s*\+\s*['\"](?P<after>[^'\"]{1,100})['\"])?"
)
# document.getElementById('listFrame').src = '/nb/list.html'
_FRAMED = re.compile(
    r"frame[\w\-]{0,30}['\"]?\s*+\)?\s*+\.(?:src\s*+=|attr\(\s*+['\"]src['\"]\s*+,)\s*+"
    r"(?:'([^'\s]{2,300})'|\"([^\"\s]{2,300})\")(?!\s*\+)",
    re.IGNORECASE,
)
# The same by a name that only the frame of the page tells: $("#list").attr("src", "/nb/list.html")
_FILLED = re.compile(
    r"(?:getElementById\(\s*['\"]|\$\(\s*['\"]#)(?P<name>[\w\-]{1,40})['\"]\s*\)\s*"
    r"\.(?:src\s*=|attr\(\s*['\"]src['\"]\s*,)\s*['\"](?P<address>[^'\"\s]{2,300})['\"](?!\s*\+)"
)
_URL_LIKE = re.compile(r"^(?:https?:)?/|^\.|\.(?:s?html?|jspx?|aspx?|php|pdf|docx?)\b|\?\w+=", re.IGNORECASE)


def ways(page: Page) -> tuple[HtmlElement, ...]:
    """Give the elements that may lead on, in document order.

    libxml2 finds them in a tenth of the time of a walk in Python; only where some have an address in an attribute that
    any element may have, they are put in order by a walk.
    """
    named = tuple(page.root.iter(*_READERS))
    others = set(_called(page)).difference(named)
    found = others.union(named)
    return tuple(node for node in elements(page) if node in found) if others else named


def _called(page: Page) -> Iterator[HtmlElement]:
    """Yield the elements with an attribute that any element may have and that leads on."""
    marks = address_marks(page)
    for name, attribute in _anywhere().items():
        found = attribute(page.root) if name in marks else ()
        for value in found if isinstance(found, list) else ():
            node = value.getparent() if isinstance(value, etree._ElementUnicodeResult) else None
            if isinstance(node, HtmlElement):
                yield node


@cache
def _anywhere() -> dict[bytes, etree.XPath]:
    """Compile what finds the attributes of any element that lead on; a union of them would cost the square of them."""
    return {name: etree.XPath(f"//@{name.decode()}") for name in ADDRESS_MARKS if name != b"frame"}


def plain_link(node: HtmlElement) -> str:
    """Give the address that a link has where it belongs, as nearly all have it; an empty string for any other element."""
    href = (node.get("href") or "").strip() if node.tag == "a" else ""
    return "" if href == "#" or href[:10].lower() == "javascript" else href


def exits(node: HtmlElement) -> Iterator[tuple[Source, str]]:
    """Yield (source, raw URL) for each way out that one element has."""
    read = _READERS.get(str(node.tag))
    if read is not None:
        yield from read(node)
    if node.tag not in {"a", "area", "select", "option"} and (found := _SCRIPTED.search(node.get("onclick") or "")):
        yield "script", found.group(1) or found.group(2)
    if shown := node.get("pdfsrc"):
        yield "frame", shown
    if node.tag not in {"a", "area"} and (named := node.get("data-href") or node.get("data-url")):
        yield "link", named


def _link_exits(node: HtmlElement) -> Iterator[tuple[Source, str]]:
    """Read ``href``; where that is a script or empty, the URL that the script opens."""
    href = (node.get("href") or "").strip()
    is_script = href[:10].lower() == "javascript"
    if href and href != "#" and not is_script:
        yield "link", href
    elif scripted := _SCRIPTED.search(f"{node.get('onclick') or ''} {href if is_script else ''}"):
        yield "script", scripted.group(1) or scripted.group(2)
    elif named := node.get("data-href") or node.get("data-url"):
        yield "link", named


def _option_exits(node: HtmlElement) -> Iterator[tuple[Source, str]]:
    """Read an option whose value is an address, or is put into one when it is chosen."""
    value = (node.get("value") or "").strip()
    outer = node.getparent()
    chosen = _CHOSEN.search(outer.get("onchange") or "") if outer is not None and value else None
    if chosen and "://" not in value:
        yield "option", f"{chosen['before']}{value}{chosen['after'] or ''}"
    elif _URL_LIKE.search(value):
        yield "option", value


def _frame_exits(node: HtmlElement) -> Iterator[tuple[Source, str]]:
    written = (node.get(name) or "" for name in ("src", "data", "data-src", "lay-src"))
    if target := next((one for one in written if one and one != "about:blank"), ""):
        yield "frame", target


def _script_exits(node: HtmlElement) -> Iterator[tuple[Source, str]]:
    """Read the files that a viewer's script shows in place of a body, and the pages that it puts into a frame."""
    shown, filled = _framed(node.text or "")
    yield from (("frame", address) for address in shown)
    frames = {frame.get("id") or frame.get("name") for frame in node.getroottree().iter("iframe")} if filled else set()
    yield from (("frame", found["address"]) for found in filled if found["name"] in frames)


@of_scripts
def _framed(script: str) -> tuple[tuple[str, ...], tuple[re.Match[str], ...]]:
    """Give what a script shows in a frame, and what it puts into the frame of some name."""
    small = script.lower()
    patterns = (_SCRIPT_FILE, _FRAMED) if "frame" in small or "pdfsrc" in small else ()
    shown = (found.group(1) or found.group(2) for pattern in patterns for found in pattern.finditer(script))
    return tuple(shown), tuple(_FILLED.finditer(script)) if "src" in script else ()


_READERS: dict[str, Callable[[HtmlElement], Iterator[tuple[Source, str]]]] = {
    "a": _link_exits,
    "area": _link_exits,
    "option": _option_exits,
    "iframe": _frame_exits,
    "frame": _frame_exits,
    "embed": _frame_exits,
    "object": _frame_exits,
    "script": _script_exits,
    "textarea": lambda _: iter(()),
}
