"""What styles and scripts do to the text of a page, made plain in its tree before anything is read.

Three things that a browser shows otherwise than the markup reads: text raised or struck out by its style, text of a
table that keeps its place and is not seen, and elements that are empty until a style or a script fills them. The rest,
of which nobody can tell how it looks, is in ``extract.html.disguised``.
"""

import re
from collections.abc import Iterator

from lxml import etree

from extract.html.counted import filled_later
from extract.html.disguised import set_disguised_apart
from extract.html.elements import CELLS, INLINE
from extract.html.tree import query
from extract.kept import of_short
from extract.text import LOST

_RAISED = re.compile(
    r"vertical-align\s*:\s*(?:super|text-top)|text-decoration[a-z-]{0,20}\s*:[^;]{0,80}line-through", re.IGNORECASE
)
_INVISIBLE = re.compile(
    r"(?:^|;)\s*(?:visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0(?:\.0*)?(?:px|pt|r?em|%)?\s*(?:;|!|$))",
    re.IGNORECASE,
)
_SHOWN_AGAIN = re.compile(r"font-size|visibility", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STYLES = "//@style"  # over the whole page: of tables alone, libxml2 takes five times as long
_STYLES_INSIDE = "descendant::*/@style"
_OWN_TEXT = "text()"

_GENERATED = re.compile(r"content\s{0,9}:[^;}]{0,200}?\b(?:attr\(\s*(?P<name>[\w-]+)|counter)", re.IGNORECASE)
_BINDING = re.compile(r"\s(?P<name>v-text|v-html|ng-bind|ng-bind-html|data-bind|x-text|x-html|:text)\s*=")
_FILLING = ("attr(", "counter(", "-text", "-html", "-bind", " :text")
"""One of these stands in all that the two patterns find."""

_COUNTING = "counter-"
_STYLED = "//*[@style]"
_STYLED_IN_TABLES = "//table//*[@style]"
_HOLDING = "//*[@*]"


def settle_styles(root: etree._Element, text: str) -> None:
    """Set apart what a style raises or strikes out, take out what it makes invisible, and mark what it fills.

    ``text`` is the page's. Few pages have any such style; a page has few styles, and they are looked at once each.
    """
    styles = frozenset(query(_STYLES)(root))
    if any("/*" in style for style in styles):
        styles = _without_comments(root)
    if any(map(_raises, styles)):
        _set_raised_apart(root)
    if any(map(_fades, styles)):
        _hide_faded(root)
    _mark_filled(root, text)
    set_disguised_apart(root, text, styles)


def _set_raised_apart(root: etree._Element) -> None:
    for node in query(_STYLED)(root):
        if node.tag in INLINE and _raises(node.get("style")):
            node.tag = "sup"


def _hide_faded(root: etree._Element) -> None:
    for node in query(_STYLED_IN_TABLES)(root):
        if _fades(node.get("style")):
            if not any(map(_SHOWN_AGAIN.search, query(_STYLES_INSIDE)(node))):
                _hide(node)
            elif any(map(str.isdigit, "".join(query(_OWN_TEXT)(node)))):
                node.text = f"{LOST}{node.text or ''}"  # figures that are not seen, around some that are


def _without_comments(root: etree._Element) -> frozenset[str]:
    """Take out what is written as a comment in styles, and return the styles that are left: ``/*display:none*/``."""
    for node in query(_STYLED)(root):
        style = node.get("style")
        if "/*" in style:
            node.set("style", _COMMENT.sub("", style))
    return frozenset(query(_STYLES)(root))


@of_short
def _raises(style: str) -> bool:
    return _RAISED.search(style) is not None


@of_short
def _fades(style: str) -> bool:
    return _INVISIBLE.search(style) is not None


def _hide(node: etree._Element) -> None:
    """Take an element out of sight. A cell and the cells of a row keep their places: only ``collapse`` closes a row."""
    if node.tag == "tr" and "collapse" not in (node.get("style") or "").lower():
        for cell in node:
            _empty(cell)
    elif node.tag in CELLS:
        _empty(node)
    else:
        node.set("hidden", "")


def _empty(cell: etree._Element) -> None:
    cell[:] = []
    cell.text = None


def _mark_filled(root: etree._Element, text: str) -> None:
    """Draw a picture in each element that is empty here and is not on the screen: its figure cannot be read."""
    bound = _bound(root, text) if any(word in text for word in _FILLING) else ()
    for node in (*bound, *filled_later(root, text)):
        node.append(etree.Element("canvas"))


def _bound(root: etree._Element, text: str) -> Iterator[etree._Element]:
    names = {found["name"] for pattern in (_GENERATED, _BINDING) for found in pattern.finditer(text)}
    for node in _empty_ones(root) if names else ():
        is_counting = None in names and _COUNTING in node.get("style", "")
        if is_counting or any(name in node.attrib for name in names if name):
            yield node


def _empty_ones(root: etree._Element) -> Iterator[etree._Element]:
    return (node for node in query(_HOLDING)(root) if not len(node) and not (node.text or "").strip())
