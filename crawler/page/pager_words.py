"""The words of a pager's links, also of those that are only a picture or an arrow, and the calls they make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.items import Page
from crawler.page.pages import squeeze

_NEXT = re.compile(r"\[?(?:下一?[页頁]|[后後]一?[页頁]|[末尾][页頁]|最[后後]一?[页頁])[>》»›→\]]*")
_LAST = re.compile(r"\[?(?:[末尾]|最[后後]一?)[页頁]")
_MORE_ROWS = re.compile(r"(?:点击)?(?:加载|查看|显示|展开)更多\w{0,2}[>》»…]*")
_NEXT_NAME = re.compile(r"(?:^|[-_ ])(?:next|nxt|nextn?|nextpage|pagenext)(?:$|[-_ ])", re.IGNORECASE)
# /images/nextn.gif is the picture nextn
_FILE = re.compile(r"^.*/|\.\w{2,5}(?:\?.*)?$")
_CALL = re.compile(r"\b([A-Za-z_$][\w$]{0,40})\(([^()]{0,200})\)")
_ARGUMENT = re.compile(r"['\"]?(\d{1,5})['\"]?")
_THE_NEXT_PAGE = "下一页"
_GIVEN = ("data-page", "data-pageno", "data-pagenum", "data-page-index", "data-current", "data-index")
"""Attributes in which a link holds the number of a page for the script that listens to it."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a pager's link calls: a function of the page's script, and the number of a page that it hands over, if any."""

    name: str
    number: int | None


def is_next_word(text: str) -> bool:
    """Tell whether the words of a link, without white space, name the next or the last page."""
    return _NEXT.fullmatch(text) is not None


def pager_words(node: HtmlElement) -> str:
    """Give the words of a link without white space; of one that has none, those of its picture or its class."""
    if (node.get("rel") or "").lower() == "next":
        return _THE_NEXT_PAGE
    return squeeze(node.text_content()).replace(" ", "") or (_unwritten(node) if node.tag == "a" else "")


def _unwritten(node: HtmlElement) -> str:
    """Give what a link without words shows: its title, its picture's, or the next page where its class or the name of its
    picture says so."""
    pictures = (picture.get("alt") or picture.get("title") for picture in node.iter("img"))
    said = (node.get("title"), node.get("aria-label"), *pictures)
    text = next((squeeze(words).replace(" ", "") for words in said if words), "")
    named = (node.get("class") or "", *(_FILE.sub("", picture.get("src") or "") for picture in node.iter("img")))
    return text or (_THE_NEXT_PAGE if any(_NEXT_NAME.search(name) for name in named) else "")


def next_calls(page: Page) -> Iterator[Call]:
    """Yield what the links of the next page call, and those that load more rows; those of the last page are not among them."""
    for node in page.root.iter("a", "button"):
        called = f"{node.get('onclick') or ''} {node.get('href') or ''}"
        given = next((number for name in _GIVEN if (number := node.get(name) or "").isdecimal()), "")
        if given and _goes_on(pager_words(node)):
            yield Call("", int(given))
        if "(" in called and _goes_on(pager_words(node)):
            yield from _calls(called)


def _goes_on(words: str) -> bool:
    return _MORE_ROWS.fullmatch(words) is not None or (is_next_word(words) and not _LAST.match(words))


def _calls(text: str) -> Iterator[Call]:
    for found in _CALL.finditer(text):
        arguments = [_ARGUMENT.fullmatch(part.strip()) for part in found.group(2).split(",")]
        numbers = [int(argument.group(1)) for argument in arguments if argument]
        yield Call(found.group(1), numbers[0] if len(numbers) == 1 else None)
