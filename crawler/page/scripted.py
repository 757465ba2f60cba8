"""Links that a page's script holds as data: the nodes of a menu's tree, the rows of a list it will draw itself.

``var zNodes = [{id: 7, name: "政府信息公开年报", url: "/zwgk/nb/"}]``, ``{"title": "…2023年…年度报告", "url": "…"}``:
objects with words and an address, in either order, with or without quotes around their names. Older menus add their
nodes one by one: ``d.add(7, 0, '政府信息公开年报', '/zwgk/nb/')`` (dTree), and others write the links themselves.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.page.remembered import of_scripts
from crawler.page.written import written_links

MAX_SCRIPT_CHARACTERS = 500_000
"""Script looked through; a library of that size holds no menu."""

# A flat object; braces within its strings make it two that hold nothing.
_OBJECT = re.compile(r"\{([^{}]{10,1200})\}")
_INNER = re.compile(r"\{[^{}]{0,1200}\}")
# d.add(7, 0, '政府信息公开年报', '/zwgk/nb/'
_NODE_TEXT = r"('[^'\n]{1,200}'|\"[^\"\n]{1,200}\")"
_NODE = re.compile(rf"\.add\((?:\s*['\"]?-?\w{{1,20}}['\"]?\s*,){{2}}\s*{_NODE_TEXT}\s*,\s*{_NODE_TEXT}")
_NODE_ADDRESS = re.compile(rf"{_NODE_TEXT}$")
_FIELD = r"(?:^|[,\s'\"]){names}['\"]?\s*:\s*(\"[^\"\\]*(?:\\.[^\"\\]*)*\"|'[^'\\]*(?:\\.[^'\\]*)*')"
_TITLE = re.compile(_FIELD.format(names="(?:(?:doc|article|info)?title|name|text|label|subject)"), re.IGNORECASE)
_ADDRESS = re.compile(_FIELD.format(names="(?:(?:doc|docPub|link|info|visit|html)?url|href|link|path)"), re.IGNORECASE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Held:
    """One link in a script's data; ``beside`` is the whole object, in which a date may stand."""

    href: str
    text: str
    beside: str


NOTHING = Held("", "", "")
"""What stands with a way out of a page that has neither words nor a place on it."""


def held_links(script: str) -> tuple[Held, ...]:
    """Give the objects of a script that have Chinese words and an address, and the nodes of a tree that it builds."""
    return () if script.isascii() and "\\u" not in script else _held_links(script)


@of_scripts
def _held_links(script: str) -> tuple[Held, ...]:
    return tuple(_all_held(script))


def _all_held(script: str) -> Iterator[Held]:
    text = script[:MAX_SCRIPT_CHARACTERS]
    for whole in (text, _INNER.sub("0", text)) if ":" in text else ():
        for found in _OBJECT.finditer(whole):
            yield from _held(_TITLE.search(found.group(1)), _ADDRESS.search(found.group(1)), found.group(1))
    for node in _NODE.finditer(text):
        yield from _held(node, _NODE_ADDRESS.search(node.group()), "")
    yield from (Held(*link) for link in written_links(text) if _CHINESE.search(link[1]))


def _held(title: re.Match[str] | None, address: re.Match[str] | None, beside: str) -> Iterator[Held]:
    text, href = _value(title), _value(address)
    if href and not href.lower().startswith("javascript") and _CHINESE.search(text):
        yield Held(href, text, beside)


def _value(found: re.Match[str] | None) -> str:
    """Read a quoted value, also one whose characters are escaped."""
    if found is None:
        return ""
    quoted = found.group(1)
    try:
        value = json.loads(f'"{quoted[1:-1]}"')
    except ValueError:
        value = quoted[1:-1]
    return str(value).strip()
