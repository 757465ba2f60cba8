"""Reports whose tables, or whole pages, are pictures: the pictures are files of the report, to be read like scans."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.items import Link, Page
from crawler.page.pages import elements, is_section_heading, tagged
from crawler.page.urls import join

MAX_PICTURES = 20
"""Pictures taken of one report: the longest scanned one seen has some fifteen pages."""

MIN_TABLE_CELLS = 20
"""Cells of a table that is one of the form's; the smallest has 30, boxes around a text have a few."""

_MIN_SIDE_PX = 200
_PICTURE = re.compile(r"\.(?:jpe?g|png|bmp|tiff?|webp)$", re.IGNORECASE)
_ORNAMENT = re.compile(
    r"logo|icon|ico_|qr|ewm|erweima|weixin|wechat|weibo|share|print|close|arrow|banner|btn|button|guohui|bg[_.\d]",
    re.IGNORECASE,
)
_PIXELS = re.compile(r"\s*(\d{1,5})")


def pictures(page: Page) -> Iterator[Link]:
    """Yield the pictures in the body of a report whose page has none of the form's tables; nothing for any other.

    The body begins with the first heading of the form, or, where a page is nothing but pictures, with its ``h1``.
    """
    if not any(_is_form_table(table) for table in tagged(page)["table"]):
        yield from islice(_in_body(page), MAX_PICTURES)


def _in_body(page: Page) -> Iterator[Link]:
    within = False
    for node in elements(page):
        within = within or node.tag == "h1" or is_section_heading(node.text or "")
        source = _source(node) if within and node.tag == "img" and _is_large(node) else ""
        url = join(page.url, source) if source else None
        if url:
            yield Link(url, node.get("alt") or node.get("title") or "", "attachment")


def _source(node: HtmlElement) -> str:
    """Give where a picture lies, also one that is loaded late; an empty string for what is no page of a document."""
    source = next((node.get(name) for name in ("data-original", "data-src", "src") if node.get(name)), "") or ""
    path = urlsplit(source).path if "[" not in source else ""
    return source if _PICTURE.search(path) and not _ORNAMENT.search(path.rpartition("/")[2]) else ""


def _is_large(node: HtmlElement) -> bool:
    """Tell whether a picture may be a page or a table: none of the sizes that are stated for it is small."""
    stated = (_PIXELS.match(node.get(name) or "") for name in ("width", "height"))
    relative = "%" in f"{node.get('width')}{node.get('height')}"
    return relative or all(int(found.group(1)) >= _MIN_SIDE_PX for found in stated if found)


def _is_form_table(table: HtmlElement) -> bool:
    cells = islice(table.iter("td", "th"), MIN_TABLE_CELLS)
    return sum(1 for _ in cells) == MIN_TABLE_CELLS
