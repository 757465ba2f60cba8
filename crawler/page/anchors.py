"""Everything on a page that leads somewhere: links, options, scripts that open a URL, frames, redirects.

Each comes with what a reader sees of it: its words (the ``title`` attribute where that is longer), the date printed
beside it, the heading above it, and whether it stands in the page's furniture (header, footer, main menu).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

from crawler.items import Page
from crawler.page.files import viewed_file
from crawler.page.pages import LATEST, elements, squeeze, visible_text
from crawler.page.scripted import held_links
from crawler.page.urls import join, without_session

Source = Literal["link", "option", "script", "frame", "redirect"]

MAX_ANCHORS = 20_000
"""Most anchors taken from one page; the largest real list seen has some hundreds."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One way out of a page. ``listed_on`` is an ISO date or empty; ``context`` the nearest heading above."""

    url: str
    text: str
    listed_on: str
    context: str
    source: Source
    furniture: bool


_DATE = re.compile(r"(?<!\d)(20\d\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)日?")
_YEAR = re.compile(r"20\d\d")
_DATE_AT_END = re.compile(r"[\s\[(（【]*(?<!\d)20\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?[\s\])）】]*$")
_DECORATION = re.compile(r"^[\s·•●■◆▪◎>»›\-—|*]+|\s*(?:\[更多\]|\bnew\b|NEW!?|\|)\s*$")
_CUT = re.compile(r"(?:…|\.{2,})$")
_POINTER = re.compile(r"[\[【]?(?:点击)?(?:查看|详情|浏览|查阅|打开)(?:详情|全文|内容|年报|报告)?[>》]*[\]】]?")
_TITLE_LABEL = re.compile(r"^(?:标题|文章标题|点击查看|查看)[:：]\s*")
_SCRIPTED = re.compile(
    r"(?:open|location(?:\.href)?\s*=|location\.(?:replace|assign)|gotourl|openurl)\s*\(?\s*['\"]([^'\"]+)"
    r"|\b\w{1,40}\(\s*['\"]((?:https?:/|\.{0,2})/[^'\"\s]+)['\"]",
    re.IGNORECASE,
)
_REFRESH = re.compile(r"url\s*=\s*['\"]?\s*([^'\"]+)", re.IGNORECASE)
# What a script only begins ('/list?page=' + number) is no address yet.
_JUMP = re.compile(
    r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"](?!\s*\+)|location\.(?:replace|assign)\(\s*['\"]([^'\"]+)['\"](?!\s*\+)"
)
_SCRIPT_FILE = re.compile(r"showVsbpdfIframe\(\s*['\"]([^'\"]+)|pdfsrc\s*=\s*['\"]([^'\"]+)", re.IGNORECASE)
_URL_LIKE = re.compile(r"^(?:https?:)?/|^\.|\.(?:s?html?|jspx?|aspx?|php|pdf|docx?)\b|\?\w+=", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "legend", "caption"})
_HEADING_CLASS = re.compile(r"(?:^|[-_ ])(?:title|tit|hd|caption|lmtit|column)(?:$|[-_ ])", re.IGNORECASE)
_FURNITURE_TAGS = frozenset({"header", "footer", "nav"})
_FURNITURE = re.compile(
    r"(?:^|[-_ ])(?:header|head|footer|foot|top|topnav|mainnav|mainmenu|navbar|nav|friend|friendlink|yqlj|copyright"
    r"|crumbs?|breadcrumbs?|position|location|dqwz)(?:$|[-_ ])",
    re.IGNORECASE,
)
_ROWS = frozenset({"li", "tr", "dd", "dl"})
_MAX_CONTEXT_CHARACTERS = 60
# A title has up to a hundred characters; a link around a whole page would be cleaned for seconds.
_MAX_WORDS_CHARACTERS = 2000
# A jump is read from scripts only on a page this small; elsewhere it is a button's handler.
_MAX_JUMP_PAGE_CHARACTERS = 3000
_MAX_JUMP_PAGE_WORDS = 100


@lru_cache(maxsize=LATEST)
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
    for node in page.root.iter("meta"):
        found = _REFRESH.search(node.get("content") or "")
        if found and (node.get("http-equiv") or "").lower() == "refresh":
            return join(page.url, found.group(1)) or ""
    if len(page.text) < _MAX_JUMP_PAGE_CHARACTERS and len(visible_text(page)) < _MAX_JUMP_PAGE_WORDS:
        scripts = " ".join(node.text or "" for node in page.root.iter("script"))
        onload = " ".join(node.get("onload") or "" for node in page.root.iter("body"))
        jump = _JUMP.search(f"{scripts} {onload}")
        return (join(page.url, jump.group(1) or jump.group(2)) if jump else None) or ""
    return ""


def _all_anchors(page: Page) -> Iterator[Anchor]:
    if target := redirect_target(page):
        yield Anchor(target, "", "", "", "redirect", furniture=False)
    base = _base(page)
    context = ""
    furniture = _Furniture()
    for node in elements(page):
        if node.tag in _HEADINGS or node.get("class"):
            context = _heading(node) or context
        for source, href in _exits(node) if _may_lead_on(node) else ():
            if url := join(base, viewed_file(href) or href):
                yield Anchor(
                    without_session(url), _words(node), _listed_on(node), context, source, furniture.holds(node)
                )
        for held in held_links(node.text or "") if node.tag == "script" else ():
            if url := join(base, held.href):
                yield Anchor(without_session(url), _clean(held.text), _printed_date(held.beside), "", "script", False)


def _base(page: Page) -> str:
    """Give the URL that links are joined to; a ``<base>`` on another host is one of the wrong ones and is ignored."""
    declared = next((node.get("href") for node in page.root.iter("base") if node.get("href")), None)
    base = join(page.url, declared) if declared else None
    same_host = base is not None and base.split("/")[2] == page.url.split("/")[2]
    return base if base is not None and same_host else page.url


def _may_lead_on(node: HtmlElement) -> bool:
    return node.tag in _READERS or any(node.get(name) for name in ("onclick", "pdfsrc"))


def _exits(node: HtmlElement) -> Iterator[tuple[Source, str]]:
    """Yield (source, raw URL) for each way out that one element has."""
    read = _READERS.get(str(node.tag))
    if read is not None:
        yield from read(node)
    if node.tag not in {"a", "area", "select", "option"} and (found := _SCRIPTED.search(node.get("onclick") or "")):
        yield "script", found.group(1) or found.group(2)
    if shown := node.get("pdfsrc"):
        yield "frame", shown


def _link_exits(node: HtmlElement) -> Iterator[tuple[Source, str]]:
    """Read ``href``; where that is a script or empty, the URL that the script opens."""
    href = (node.get("href") or "").strip()
    scripted = _SCRIPTED.search(f"{node.get('onclick') or ''} {href if href.lower().startswith('javascript') else ''}")
    if href and href != "#" and not href.lower().startswith("javascript"):
        yield "link", href
    elif scripted:
        yield "script", scripted.group(1) or scripted.group(2)
    elif named := node.get("data-href") or node.get("data-url"):
        yield "link", named


def _option_exits(node: HtmlElement) -> Iterator[tuple[Source, str]]:
    value = (node.get("value") or "").strip()
    if _URL_LIKE.search(value):
        yield "option", value


def _frame_exits(node: HtmlElement) -> Iterator[tuple[Source, str]]:
    target = node.get("src") or node.get("data") or ""
    if target and target != "about:blank":
        yield "frame", target


def _script_exits(node: HtmlElement) -> Iterator[tuple[Source, str]]:
    """Read the files that a viewer's script shows in place of a body."""
    for found in _SCRIPT_FILE.finditer(node.text or ""):
        yield "frame", found.group(1) or found.group(2)


_READERS: dict[str, Callable[[HtmlElement], Iterator[tuple[Source, str]]]] = {
    "a": _link_exits,
    "area": _link_exits,
    "option": _option_exits,
    "iframe": _frame_exits,
    "frame": _frame_exits,
    "embed": _frame_exits,
    "object": _frame_exits,
    "script": _script_exits,
}


def _words(node: HtmlElement) -> str:
    """Give the words of a link: its title where that is longer, without bullets and the date glued to its end."""
    if node.tag == "script":
        return ""
    seen = _clean(node.text_content())
    seen = (_beside_words(node) or seen) if _POINTER.fullmatch(seen) else seen
    pictures = (picture.get("alt") or picture.get("title") or "" for picture in node.iter("img"))
    titled = _clean(_TITLE_LABEL.sub("", node.get("title") or next(pictures, "")))
    cut = is_cut(seen) and titled.startswith(_CUT.sub("", seen))
    return titled if cut or len(titled) > len(seen) else seen


def _beside_words(node: HtmlElement) -> str:
    """Give what stands beside a link in its row, for one that only says 查看; the first words name the row."""
    row = next((outer for outer in islice(node.iterancestors(), 4) if outer.tag in _ROWS), None)
    if row is None or _links_within(row) > 4:
        return ""
    texts = (_clean(text) for text in row.itertext())
    return next((text for text in texts if text and not text.isdecimal() and not _POINTER.fullmatch(text)), "")


def is_cut(text: str) -> bool:
    """Tell whether the words of a link end as those that a list has cut short do."""
    return _CUT.search(text) is not None


def _clean(text: str) -> str:
    text = squeeze(text[:_MAX_WORDS_CHARACTERS])
    shorter = _DATE_AT_END.sub("", text)
    return _DECORATION.sub("", shorter or text).strip()


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
    own = node.text_content()
    at_end = _DATE_AT_END.search(squeeze(own[-_MAX_CONTEXT_CHARACTERS:]))
    yield at_end.group() if at_end else ""
    for outer in islice(node.iterancestors(), 4):
        if outer.tag in {"body", "html"} or _links_within(outer) > (4 if outer.tag in _ROWS else 1):
            return
        yield outer.text_content().replace(own, " ", 1)


def _text_until_next_link(node: HtmlElement) -> str:
    """Join the text that follows a link among its siblings, up to the next link."""
    parts = [node.tail or ""]
    for sibling in islice(node.itersiblings(), 6):
        if not isinstance(sibling.tag, str) or _links_within(sibling):
            break
        parts.append(f"{sibling.text_content()} {sibling.tail or ''}")
    return " ".join(parts)


def _links_within(node: HtmlElement) -> int:
    """Count links in an element, up to five: enough to tell a row from a list, cheap on a huge page."""
    return sum(1 for _ in islice(node.iter("a"), 5))


def _heading(node: HtmlElement) -> str:
    """Give the text of an element that heads what follows, or an empty string."""
    if node.tag not in _HEADINGS and not _HEADING_CLASS.search(node.get("class") or ""):
        return ""
    if node.tag in {"body", "html", "a"} or _links_within(node) > 2:
        return ""
    text = squeeze(node.text_content())
    a_row = _links_within(node) > 0 and _YEAR.search(text) is not None
    return text if len(text) <= _MAX_CONTEXT_CHARACTERS and not a_row else ""


class _Furniture:
    """Remembers for each element whether it stands in header, footer or menu, so that a page is judged in one pass."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement, bool] = {}

    def holds(self, node: HtmlElement) -> bool:
        """Tell whether an element or one around it is furniture."""
        path: list[HtmlElement] = []
        answer = False
        current: HtmlElement | None = node
        while current is not None:
            if current in self._known:
                answer = self._known[current]
                break
            path.append(current)
            current = current.getparent()
        for element in reversed(path):
            answer = answer or _is_furniture(element)
            self._known[element] = answer
        return answer


def _is_furniture(node: HtmlElement) -> bool:
    if node.tag in {"html", "body", "head"}:
        return False
    return node.tag in _FURNITURE_TAGS or _FURNITURE.search(f"{node.get('class', '')} {node.get('id', '')}") is not None
