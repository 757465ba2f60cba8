"""What stands around a way out of a page: the heading above it, and whether it is in the page's furniture."""

import re
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from crawler.page.pages import content, squeeze
from crawler.page.remembered import remembered

MAX_CONTEXT_CHARACTERS = 60
"""Longest heading, and the longest text in which the date beside a link is looked for."""

_YEAR = re.compile(r"20\d\d")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "legend", "caption"})
_HEADING_CLASS = re.compile(r"(?:^|[-_ ])(?:title|tit|hd|caption|lmtit|column)(?:$|[-_ ])", re.IGNORECASE)
_FURNITURE_TAGS = frozenset({"header", "footer", "nav"})
_FURNITURE = re.compile(
    r"(?:^|[-_ ])(?:header|head|footer|foot|top|topnav|mainnav|mainmenu|navbar|nav|friend|friendlink|yqlj|copyright"
    r"|crumbs?|breadcrumbs?|position|location|dqwz)(?:$|[-_ ])",
    re.IGNORECASE,
)


class Surroundings:
    """What stands around the ways out of a page, found once for all of them."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._furniture: dict[HtmlElement, bool] = {}

    def is_furniture(self, node: HtmlElement) -> bool:
        """Tell whether an element or one around it is header, footer or menu."""
        path: list[HtmlElement] = []
        answer = False
        current: HtmlElement | None = node
        while current is not None:
            if current in self._furniture:
                answer = self._furniture[current]
                break
            path.append(current)
            current = current.getparent()
        for element in reversed(path):
            answer = answer or _is_furniture(element)
            self._furniture[element] = answer
        return answer

    def heading_above(self, node: HtmlElement) -> str:
        """Give the text of the last heading before an element, or of itself; an empty string where there is none."""
        return self._headings[node]

    @cached_property
    def _headings(self) -> dict[HtmlElement, str]:
        found: dict[HtmlElement, str] = {}
        context = ""
        for node in self._root.iter("*"):
            context = _heading(node) or context
            found[node] = context
        return found


def links_within(node: HtmlElement) -> int:
    """Count links in an element, up to five: enough to tell a row from a list, cheap on a huge page."""
    return sum(1 for _ in islice(node.iter("a"), 5))


def _heading(node: HtmlElement) -> str:
    """Give the text of an element that heads what follows, or an empty string."""
    if node.tag not in _HEADINGS and not _is_heading_class(node.get("class") or ""):
        return ""
    if node.tag in {"body", "html", "a"} or links_within(node) > 2:
        return ""
    text = squeeze(content(node))
    a_row = links_within(node) > 0 and _YEAR.search(text) is not None
    return text if len(text) <= MAX_CONTEXT_CHARACTERS and not a_row else ""


@remembered
def _is_heading_class(name: str) -> bool:
    return _HEADING_CLASS.search(name) is not None


def _is_furniture(node: HtmlElement) -> bool:
    if node.tag in {"html", "body", "head"}:
        return False
    return node.tag in _FURNITURE_TAGS or _is_furniture_name(f"{node.get('class', '')} {node.get('id', '')}")


@remembered
def _is_furniture_name(name: str) -> bool:
    return _FURNITURE.search(name) is not None
