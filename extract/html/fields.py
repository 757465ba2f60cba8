"""Elements of a cell that hold no text and yet show something: form fields, drawings, what a script writes there.

Some portals publish the form as it was filled in, each figure in an ``input`` of its own. What cannot be read from the
page is a picture: the cell is not blank.
"""

import re

from lxml import etree

from extract.html.tree import hides, query
from extract.text import LOST

_UNWRITTEN = frozenset(("hidden", "button", "submit", "reset", "checkbox", "radio", "image", "file", "color", "range"))
"""Kinds of ``input`` that show no value; a browser takes a kind it does not know for ``text``."""

_BUTTONS = frozenset(("button", "submit", "reset"))
_DRAWN = frozenset(("svg", "object", "embed", "canvas", "iframe", "math", "meter", "progress"))
WRITING = "document.write"
_NUMBER = re.compile(r"\s*+-?(?:\d++(?:\.\d++)?|\.\d++)(?:[eE][+-]?\d++)?\s*+")


def shown_value(node: etree._Element) -> str:
    """Return the text that a form field shows; an empty one for an empty or hidden field and any other element."""
    if node.tag not in _VALUES or node.get("hidden") is not None or hides(node.get("style") or ""):
        return ""
    return _VALUES[str(node.tag)](node)


def is_drawn(node: etree._Element) -> bool:
    """Say whether an element shows what only a browser can make out: a drawing, a frame, what a script writes.

    A figure on a button, or hinted at in a field that is empty, is seen too, and none that the report states.
    """
    if node.tag in _DRAWN or node.tag == "script":
        return node.tag != "script" or WRITING in (node.text or "")
    is_shown = node.get("hidden") is None and not hides(node.get("style") or "")
    return is_shown and any(map(str.isdigit, _written_on(node)))


def _written_on(node: etree._Element) -> str:
    """Return what stands on a button, or in an empty field in place of a value."""
    if node.tag == "button":
        return str(query("string()")(node))
    if (node.get("type") or "").strip().lower() in _BUTTONS:
        return node.get("value") or ""
    return "" if shown_value(node) else node.get("placeholder") or ""


def _of_input(node: etree._Element) -> str:
    kind = (node.get("type") or "text").strip().lower()
    value = node.get("value") or ""
    if kind == "password" or (kind == "number" and not _NUMBER.fullmatch(value)):
        return LOST if value else ""  # dots; or nothing at all, where a browser takes it for no number (1,234)
    return "" if kind in _UNWRITTEN else value


def _of_text_area(node: etree._Element) -> str:
    return node.text or ""


def _of_choice(node: etree._Element) -> str:
    """Return the chosen option; the first where none is marked, as a browser shows it."""
    options = list(node.iter("option"))
    if node.get("multiple") is not None and len(options) > 1:
        return LOST  # a list of which several are seen
    chosen = [option for option in options if option.get("selected") is not None][-1:] or options[:1]
    return "".join(option.get("label") or str(query("string()")(option)) for option in chosen)


_VALUES = {"input": _of_input, "textarea": _of_text_area, "select": _of_choice}
