"""Figures that stand in an attribute: a script or a style sheet of the portal writes them on the screen, or counts up to
them from the figure that the markup has.

What such a cell shows nobody can tell who does not run the page: one that is empty here is no blank, and a figure other
than the attribute's is set apart. The same holds for an empty element that a script of the page calls by its id.
"""

import re
from collections.abc import Iterator

from lxml import etree

from extract.html.elements import CELLS
from extract.html.tree import query

_HELD = re.compile(
    r"data-(?:[A-Za-z0-9_]{1,20}-){0,3}(?:value|val|number|num|counter|count|to|target|end|final|content|text)[ =]"
)
_NAME = re.compile(r"data-(?:.*-)?(?:value|val|number|num|counter|count|to|target|end|final|content|text)")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_CALLED = re.compile(r"(?:getElementById|querySelector|\$|jQuery)\(\s{0,9}[\"']#?([\w-]{1,99})[\"']")
_SCRIPTS = "//script/text()"
_IN_CELLS = "//table//*[@*][not(*)]"


def filled_later(root: etree._Element, text: str) -> Iterator[etree._Element]:
    """Yield the elements of tables that are empty until a script or a style fills them; ``text`` is the page's."""
    called = frozenset(name for script in query(_SCRIPTS)(root) for name in _CALLED.findall(script))
    if called or _HELD.search(text):
        for node in query(_IN_CELLS)(root):
            if not (node.text or "").strip() and (node.get("id") in called or _held(node)):
                yield node


def counting(root: etree._Element, text: str) -> Iterator[etree._Element]:
    """Yield the elements of tables whose figure is another than the one their attribute has."""
    if _HELD.search(text):
        for node in query(_IN_CELLS)(root):
            said = (node.text or "").strip()
            if (
                node.tag not in CELLS
                and _NUMBER.fullmatch(said)
                and _plain(said) not in (_held(node) or {_plain(said)})
            ):
                yield node


def _held(node: etree._Element) -> set[str]:
    """Return the numbers that stand in attributes of an element."""
    values = (str(value).strip() for name, value in node.attrib.items() if _NAME.fullmatch(str(name)))
    return {_plain(value) for value in values if _NUMBER.fullmatch(value)}


def _plain(number: str) -> str:
    """Return a number without what changes nothing about it: 1,200 and 1200.0 are the same."""
    bare = number.replace(",", "").lstrip("+")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare
