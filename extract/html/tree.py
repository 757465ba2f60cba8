"""Bytes of a web page to an element tree, and which elements are not text on the screen."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lxml import etree

from extract.errors import CorruptError
from extract.html.charset import decode
from extract.text import CUT, LOST

SKIPPED = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "noembed",
        "noframes",
        "template",
        "select",
        "option",
        "button",
        "canvas",
        "meter",
        "progress",
        "textarea",
        "iframe",
        "frameset",
        "object",
        "embed",
        "svg",
        "math",
        "map",
        "audio",
        "video",
        "xml",
    ]
)
"""Elements whose text a reader of the page does not see as text (``xml``: Word's data islands)."""

_HIDING = re.compile(r"display\s*:\s*none(?![\w-])|mso-hide\s*:\s*all", re.IGNORECASE)
_DISPLAY = re.compile(r"(?:^|;)\s*+display\s*+:\s*+([a-z-]{1,30})\s*+(!\s*+important\s*+)?(?=;|\Z)", re.IGNORECASE)
_DISPLAYS = frozenset(("block", "contents", "flex", "grid", "inline", "list-item", "none", "flow-root"))
_ZERO_WIDTH = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_CONTROL = r"\x00-\x08\x0e-\x1f\x7f"
_UNSEEN = re.compile(rf"[{_CONTROL}{_ZERO_WIDTH}]+")
_BURST = re.compile(rf"(?<=[\d.,])[{_CONTROL}]|[{_CONTROL}](?=[\d.,])|\A\s*+[{_CONTROL}]++\s*+\Z")
"""Control characters beside digits, or alone: a digit of which one bit is lost is one of them (1 is U+0011)."""

_CLOSED_CELL = re.compile(r"</t[dh]", re.IGNORECASE)
_OPENED = re.compile(r"<(?:td|th|p|div|span|font|b|strong|center)(?:\s[^<>]*)?\Z", re.IGNORECASE)
_OPEN_CELL = re.compile(r"<t[dh](?:\s[^<>]*)?>")
_LONGEST_CELL = 4000
_BEGUN_TAG = re.compile(r"(<[a-z][a-z0-9]*)[^<]*\Z", re.IGNORECASE)
_END = re.compile(r"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])\s*>")
_BROKEN_TAG = re.compile(
    r"<(?!/?+(?:td|th|tr|p|span|div|br)[\s/>])"  # nearly all tags: told apart in half the time
    r"(?:[#-&(-.:;@\[\]^-`{-~\x00-\x08\ufffd]|/(?![A-Za-z\s])|<[tT][dhrDHR]|/?[A-Za-z][A-Za-z0-9:_-]*+[^\s/>])"
)
"""What begins like a tag and is none, or a tag with a character that no tag has. 《 and words may follow <."""

_UNCLOSED_TAG = re.compile(
    r"""</?+(?:td|th|tr|p|span|div|font|b|strong|u|o:p)(?:\s(?:[^<>"']|"[^"<>]*+"|'[^'<>]*+')*+)?+(?=<)""",
    re.IGNORECASE,
)
"""A tag in which the next one begins: what stands between them is not shown, digits among it."""

_SWALLOWED = re.compile(r"""=\s*+(?:"[^"<>]*+>[^"<]*+<[/a-zA-Z]|'[^'<>]*+>[^'<]*+<[/a-zA-Z])""")
"""What may be a value that lost its end, or one that ends in = (href='list?year='>)."""

_SWALLOWING = re.compile(
    r"""<(?=[a-zA-Z](?:[^<>"']|"[^"<>]*+"|'[^'<>]*+')*+(?:"[^"<>]*+>[^"<]*+<[/a-zA-Z]|'[^'<>]*+>[^'<]*+<[/a-zA-Z]))"""
)
"""A tag with such a value (lang='EN-US:>3</span><span lang=): what follows is taken for a part of it, digits among it."""

_SHORT, _KEPT = 120, 8192
_DEPTH_LIMIT_MESSAGE = "Excessive depth"


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. ``is_cut``: the parser gave up at its depth limit, and what follows is missing."""

    root: etree._Element
    charset: str
    text: str
    is_cut: bool


def parse(data: bytes, hint: str) -> Page:
    """Parse any bytes as HTML, the way a browser forgives them. Raises ``CorruptError`` when nothing is there."""
    text, charset = decode(data, hint)
    # A browser ignores a zero byte between characters; the parser would show it as a lost character.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_damage_marked(_end_marked(without_ends(text.replace("\0", "")))).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise CorruptError(f"page cannot be parsed: {error}") from error
    if root is None:
        raise CorruptError("page is empty")
    is_cut = any(_DEPTH_LIMIT_MESSAGE in entry.message for entry in parser.error_log)
    return Page(root, charset, text, is_cut)


def without_ends(markup: str) -> str:
    """Return a page without the tags that end it: a browser goes on after them, libxml2 2.14 takes in nothing more.

    Editors paste whole pages into a page, and their ends stay there.
    """
    return _END.sub("", markup)


def _end_marked(text: str) -> str:
    """Mark words, a cell or a tag that the end of the file cuts off, in a page that otherwise closes its cells.

    Of a number there, nobody knows how many digits are lost.
    """
    before, tag_end, tail = text.rpartition(">")
    if not tag_end or not ("</td" in text or _CLOSED_CELL.search(text)):
        return text
    if "<" in tail:
        marked = before + tag_end + _BEGUN_TAG.sub(rf"\1>{LOST}", tail)
        return marked if marked != text or not _ends_in_cell(text) else f"{text}>{CUT}"
    if not tail.strip() and _OPENED.match(before, max(0, before.rfind("<"))):
        return text + LOST
    return text + CUT if tail.strip() or _ends_in_cell(text) else text


def _ends_in_cell(text: str) -> bool:
    """Say whether the last cell is not closed: Word gives each digit an element, and more of them may have followed.

    Of the tags of tables, its own is then the last.
    """
    tail = text[-_LONGEST_CELL:].lower()
    return bool(_OPEN_CELL.match(tail, max(tail.rfind("<t"), tail.rfind("</t"), 0)))


def _damage_marked(text: str) -> str:
    """Put a lost character before each broken tag: the parser drops such a tag in silence, and cells with it."""
    marked = _BROKEN_TAG.sub(lambda found: LOST + found[0], text) if _BROKEN_TAG.search(text) else text
    if _SWALLOWED.search(marked):
        marked = _SWALLOWING.sub(LOST + "<", marked)
    is_closed = text.count("<") == text.count(">")
    return marked if is_closed else _UNCLOSED_TAG.sub(lambda found: LOST + found[0], marked)


@cache
def query(path: str) -> Callable[[etree._Element], Any]:
    """Return an XPath query, prepared once: what libxml2 looks for itself costs a tenth of a look at every element."""
    return etree.XPath(path, smart_strings=False)


def drop_empty_rows(root: etree._Element) -> None:
    """Take the rows without text away that have no height: Word ends a table with one that only holds its columns apart.

    Below a table that lost its figures they would be blank cells.
    """
    for row in query("//tr[@height='0' and not(normalize-space())]")(root):
        row.getparent().remove(row)


def is_unseen(node: etree._Element) -> bool:
    """Say whether an element and all within it is not shown."""
    if node.tag in SKIPPED:
        return True
    style = node.get("style")
    if node.get("hidden") is not None:
        return style is None or hides(style) or not _displays(style)  # a style of its own shows it again
    return style is not None and hides(style)


def hides(style: str) -> bool:
    """Say whether an element of this style is not shown."""
    return _hides_short(style) if len(style) <= _SHORT else _hides(style)


def _hides(style: str) -> bool:
    if not (found := _HIDING.search(style)):
        return False
    stated = _displays(style)
    return found[0][0] in "mM" or not stated or stated[-1] == "none"


def _displays(style: str) -> list[str]:
    """Return how a style says that an element is displayed, the last one holds; words that CSS does not know are none."""
    stated = [(word.lower(), bool(urgent)) for word, urgent in _DISPLAY.findall(style) if _is_display(word)]
    return [word for word, urgent in stated if urgent] or [word for word, _ in stated]


def _is_display(word: str) -> bool:
    return word.lower() in _DISPLAYS or word.lower().startswith(("inline-", "table"))


_hides_short = lru_cache(maxsize=_KEPT)(_hides)
"""Word gives every cell and run of a page one of a few styles."""


def clean(text: str) -> str:
    """Return a line of text as printed: white space of every kind as single spaces, nothing invisible."""
    return _clean_short(text) if len(text) <= _SHORT else _clean(text)


def _clean(text: str) -> str:
    if text.isalnum():  # a word or a number: no space, nothing invisible
        return text
    # Behind this sign a browser shows a text from its end: which digits are seen first, the markup does not say.
    shown = _UNSEEN.sub("", text.replace("\u202e", LOST))
    if len(shown) < len(text) and _BURST.search(text):
        return _clean(_BURST.sub(LOST, text))
    return " ".join(shown.split())


_clean_short = lru_cache(maxsize=_KEPT)(_clean)
"""Cells, labels and indentation repeat, on a page and from page to page."""
