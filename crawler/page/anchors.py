"""Everything on a page that leads somewhere: links, options, scripts that open a URL, frames, redirects.

Each comes with what a reader sees of it: its words (the ``title`` attribute where that is longer), the date printed
beside it, the heading above it, and whether it stands in the page's furniture (header, footer, main menu).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.items import Page
from crawler.page.chosen import chosen
from crawler.page.clicked import clicked
from crawler.page.exits import Source, exits, plain_link, ways
from crawler.page.files import viewed_file
from crawler.page.functions import opened
from crawler.page.marks import address_marks
from crawler.page.pages import base_of, content, has_few_words, squeeze, tagged
from crawler.page.remembered import KEPT, LONGEST_CHARACTERS, once
from crawler.page.scripted import NOTHING, Held, held_links
from crawler.page.surroundings import MAX_CONTEXT_CHARACTERS, Surroundings, links_within
from crawler.page.urls import join, led_to, without_session

MAX_ANCHORS = 20_000
"""Most anchors taken from one page; the largest real list seen has some hundreds."""


@dataclass(eq=False)
class Anchor:
    """One way out of a page. All but its ``url`` and ``source`` is looked for when it is asked for: of most ways, those
    of the menus, nothing else ever is. Not frozen, for it takes three times as long to make a frozen one."""

    url: str
    source: Source
    node: HtmlElement | None
    around: Surroundings
    held: Held = NOTHING

    @cached_property
    def text(self) -> str:
        """What a reader sees of it: its words, or its title where that is longer."""
        return _clean(self.held.text) if self.node is None else _words(self.node)

    @cached_property
    def listed_on(self) -> str:
        """The ISO date printed beside it, or an empty string."""
        return _printed_date(self.held.beside) if self.node is None else _listed_on(self.node)

    @property
    def context(self) -> str:
        """The nearest heading above it, or an empty string."""
        return "" if self.node is None else self.around.heading_above(self.node)

    @property
    def furniture(self) -> bool:
        """Whether it stands in header, footer or main menu."""
        return self.node is not None and self.around.is_furniture(self.node)


_DATE = re.compile(r"(?<!\d)(20\d\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)日?")
_DATE_AT_END = re.compile(
    r"(?<![\s\[(（【])[\s\[(（【]*+(?<!\d)20\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?[\s\])）】]*$"
)
_DECORATION = re.compile(r"^[\s·•●■◆▪◎>»›\-—|*]+|(?<!\s)\s*+(?:\[更多\]|\bnew\b|NEW!?|\|)\s*+$")
_CUT = re.compile(r"(?:…|(?<!\.)\.{2,})$")
_POINTER = re.compile(r"[\[【]?(?:点击)?(?:查看|详情|浏览|查阅|打开)(?:详情|全文|内容|年报|报告)?[>》]*[\]】]?")
_TITLE_LABEL = re.compile(r"^(?:标题|文章标题|点击查看|查看)[:：]\s*")
_REFRESH = re.compile(r"url\s*=\s*['\"]?\s*([^'\"]+)", re.IGNORECASE)
# What a script only begins ('/list?page=' + number) is no address yet.
_JUMP = re.compile(
    r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"](?!\s*\+)|location\.(?:replace|assign)\(\s*['\"]([^'\"]+)['\"](?!\s*\+)"
)
_ELSE = re.compile(r"\belse\b")
_ELSE_CHARACTERS = 60
_OF_TELEPHONES = re.compile(r"navigator\.(?:userAgent|platform)|\b(?:Android|iPhone|isMobile)\b", re.IGNORECASE)
_ROWS = frozenset({"li", "tr", "dd", "dl"})
_CARDS = frozenset({"div", "p", "section", "article"})
_ROWS_AS_DATA = ("='[{", '="[{')
_HOLDERS = frozenset({"script", "textarea"})
# A title has up to a hundred characters; a link around a whole page would be cleaned for seconds.
_MAX_WORDS_CHARACTERS = 2000
# A jump is read from scripts only on a page this small; elsewhere it is a button's handler.
_MAX_JUMP_PAGE_CHARACTERS = 3000
_MAX_JUMP_PAGE_WORDS = 100


@once
def anchors(page: Page) -> tuple[Anchor, ...]:
    """Give every way out of a page in document order, redirects first."""
    return tuple(islice(_all_anchors(page), MAX_ANCHORS))


def is_iso_date(year: str, month: str, day: str) -> str:
    """Give the ISO form of a printed date, or an empty string for a day that does not exist."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def redirect_target(page: Page) -> str:
    """Give where a page sends its reader (meta refresh, or a script on a very small page), or an empty string."""
    for node in tagged(page)["meta"]:
        found = _REFRESH.search(node.get("content") or "")
        if found and (node.get("http-equiv") or "").lower() == "refresh":
            return join(page.url, found.group(1)) or ""
    if len(page.text) < _MAX_JUMP_PAGE_CHARACTERS and has_few_words(page, _MAX_JUMP_PAGE_WORDS):
        scripts = " ".join(node.text or "" for node in tagged(page)["script"])
        onload = " ".join(node.get("onload") or "" for node in page.root.iter("body"))
        jump = next((jump for jump in _JUMP.finditer(f"{scripts} {onload}") if not _is_for_telephones(jump)), None)
        return (join(page.url, jump.group(1) or jump.group(2)) if jump else None) or ""
    return ""


def _is_for_telephones(jump: re.Match[str]) -> bool:
    """Tell whether only the browser of a telephone is sent there, and no other one by an ``else`` before it."""
    if _OF_TELEPHONES.search(jump.string) is None:
        return False
    return _ELSE.search(jump.string[max(0, jump.start() - _ELSE_CHARACTERS) : jump.start()]) is None


def _all_anchors(page: Page) -> Iterator[Anchor]:
    around = Surroundings(page.root)
    if target := redirect_target(page):
        yield Anchor(target, "redirect", None, around)
    base, has_viewers = base_of(page), b"pdfsrc" in address_marks(page)
    for node in ways(page):
        plain = "" if has_viewers else plain_link(node)
        found: Iterable[tuple[Source, str]] = (("link", plain),) if plain else _exits(page, node)
        for source, href in found:
            if url := led_to(base, viewed_file(href) or href):
                yield Anchor(url, source, node, around)
        if node.tag in _HOLDERS:
            yield from _held(base, node, around)
    yield from _by_attribute(page, base, around)


def _by_attribute(page: Page, base: str, around: Surroundings) -> Iterator[Anchor]:
    """Yield what attributes hold that are no addresses: rows as data, and what a click puts into an address."""
    for node in _with_rows(page):
        yield from _held_in(base, node, around)
    for node, href in clicked(page):
        if url := led_to(base, href):
            yield Anchor(url, "script", node, around)


def _held(base: str, node: HtmlElement, around: Surroundings) -> Iterator[Anchor]:
    for held in held_links(node.text or ""):
        if joined := join(base, held.href):
            yield Anchor(without_session(joined), "script", None, around, held)


def _with_rows(page: Page) -> Iterator[HtmlElement]:
    """Yield the elements to which an attribute hands rows as data: ``<my-list :items='[{"title": …, "url": …}]'>``."""
    if any(mark in page.text for mark in _ROWS_AS_DATA):
        yield from (node for node in page.root.xpath("//*[@*[starts-with(., '[{')]]") if isinstance(node, HtmlElement))


def _held_in(base: str, node: HtmlElement, around: Surroundings) -> Iterator[Anchor]:
    for value in node.attrib.values():
        for held in held_links(value) if value.startswith("[{") else ():
            if joined := join(base, held.href):
                yield Anchor(without_session(joined), "script", None, around, held)


def _exits(page: Page, node: HtmlElement) -> Iterator[tuple[Source, str]]:
    """Yield the ways out of an element; where it only calls a function of the page, what that opens."""
    leads = False
    for way in exits(node):
        leads = True
        yield way
    if node.tag == "option" and not leads and (address := chosen(page, node)):
        yield "option", address
    called = "" if leads else f"{node.get('onclick') or ''} {node.get('href') or ''}"
    if "(" in called and (address := opened(page, called)):
        yield "script", address


def _words(node: HtmlElement) -> str:
    """Give the words of a link: its title where that is longer, without bullets and the date glued to its end."""
    if node.tag == "script":
        return ""
    titled = node.get("title") or node.get("alt") or ""
    if not len(node) and len(text := node.text or "") + len(titled) <= LONGEST_CHARACTERS:
        words = _plain_words(text, titled)
        if words is not None:
            return words
    return _pointed(node, titled)


def _pointed(node: HtmlElement, titled: str) -> str:
    """Give the words of any link, also of one that is a picture or only says 查看."""
    seen = _clean(content(node))
    seen = (_beside_words(node) or seen) if _POINTER.fullmatch(seen) else seen
    pictures = (picture.get("alt") or picture.get("title") or "" for picture in node.iter("img"))
    return _longer(seen, _clean(titled or next(pictures, ""), is_title=True))


@lru_cache(maxsize=KEPT)
def _plain_words(text: str, titled: str) -> str | None:
    """Give the words of a link that holds nothing else, as those of menus do; ``None`` where those beside it count."""
    seen = _cleaned(text, is_title=False)
    return None if _POINTER.fullmatch(seen) else _longer(seen, _cleaned(titled, is_title=True))


def _longer(seen: str, titled: str) -> str:
    cut = is_cut(seen) and titled.startswith(_CUT.sub("", seen))
    return titled if cut or len(titled) > len(seen) else seen


def _beside_words(node: HtmlElement) -> str:
    """Give what stands beside a link in its row, for one that only says 查看; the first words name the row."""
    outers = islice(node.iterancestors(), 4)
    row = next((outer for outer in outers if outer.tag in _ROWS or _is_card(node, outer)), None)
    if row is None or links_within(row) > 4:
        return ""
    texts = (_clean(text) for text in row.itertext())
    return next((text for text in texts if text and not text.isdecimal() and not _POINTER.fullmatch(text)), "")


def _is_card(node: HtmlElement, outer: HtmlElement) -> bool:
    """Tell whether an element holds one way out, and the words that name it."""
    alone = outer.tag in _CARDS and sum(1 for _ in islice(outer.iter("a", "button"), 2)) <= 1
    return alone and len(squeeze(outer.text_content())) > len(squeeze(content(node)))


def is_cut(text: str) -> bool:
    """Tell whether the words of a link end as those that a list has cut short do."""
    return _CUT.search(text) is not None


def _clean(text: str, is_title: bool = False) -> str:
    return _clean_short(text, is_title) if len(text) <= LONGEST_CHARACTERS else _cleaned(text, is_title)


def _cleaned(text: str, is_title: bool) -> str:
    text = squeeze((_TITLE_LABEL.sub("", text) if is_title else text)[:_MAX_WORDS_CHARACTERS])
    shorter = _DATE_AT_END.sub("", text)
    return _DECORATION.sub("", shorter or text).strip()


_clean_short = lru_cache(maxsize=KEPT)(_cleaned)
"""The words of menus stand on every page of a host."""


def _listed_on(node: HtmlElement) -> str:
    """Give the date printed beside a link: after it, within it, or in its row of the list."""
    return next((found for text in _beside(node) if (found := _printed_date(text))), "")


def _printed_date(text: str) -> str:
    found = _DATE.search(text)
    return is_iso_date(*found.groups()) if found else ""


def _beside(node: HtmlElement) -> Iterator[str]:
    """Yield the texts in which a link's date may stand, the nearest first."""
    if node.tag not in {"a", "li", "tr", "div", "td", "span", "p"}:
        return
    yield _text_until_next_link(node)
    own = content(node)
    at_end = _DATE_AT_END.search(squeeze(own[-MAX_CONTEXT_CHARACTERS:]))
    yield at_end.group() if at_end else ""
    for outer in islice(node.iterancestors(), 4):
        if outer.tag in {"body", "html"} or links_within(outer) > (4 if outer.tag in _ROWS else 1):
            return
        yield outer.text_content().replace(own, " ", 1)


def _text_until_next_link(node: HtmlElement) -> str:
    """Join the text that follows a link among its siblings, up to the next link."""
    parts = [node.tail or ""]
    for sibling in islice(node.itersiblings(), 6):
        if not isinstance(sibling.tag, str) or links_within(sibling):
            break
        parts.append(f"{sibling.text_content()} {sibling.tail or ''}")
    return " ".join(parts)
