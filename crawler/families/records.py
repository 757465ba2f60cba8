"""Lists that come as data, JSON, JSONP or XML (also RSS and Atom), whatever system answers them (吉林, 天津, 上海 and many
one-offs).

The rows are the largest array of objects that have both a title and an address; the names of the fields differ. Where
there is none they may stand as HTML within a string. The page's number stands in the query; the total, where there is
one, counts pages or rows.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from crawler.families import Family
from crawler.items import Link, Page
from crawler.page.anchors import anchors
from crawler.page.data_calls import asked_again, asked_page
from crawler.page.links import walk
from crawler.page.pagers import MAX_PAGES
from crawler.page.pages import base_of
from crawler.page.row_addresses import address_of, told
from crawler.page.rows import (
    Row,
    date_of,
    is_data,
    items_of,
    number_of,
    page_of_markup,
    page_of_rows,
    parse_data,
    text_of,
    unescaped,
    words_of,
)
from crawler.page.urls import join
from crawler.page.xml_data import is_xml_data, parse_xml

_TITLE_NAMES = (
    "title",
    "articleTitle",
    "docTitle",
    "DOCTITLE",
    "infoTitle",
    "vc_title",
    "name",
    "subject",
    "bt",
    "channelName",
    "columnName",
    "chnlName",
)
_URL_NAMES = (
    "url",
    "linkUrl",
    "link",
    "href",
    "docUrl",
    "DOCPUBURL",
    "docpuburl",
    "visitUrl",
    "infoUrl",
    "htmlUrl",
    "path",
    "pubUrl",
    "channelUrl",
    "chnlUrl",
    "columnUrl",
)
_DATE_NAMES = (
    "publishedTimeStr",
    "publishDate",
    "publishTime",
    "pubDate",
    "date",
    "docRelTime",
    "DOCRELTIME",
    "createTime",
    "time",
    "published",
    "updated",
)
_COLUMN_NAMES = ("channelName", "columnName", "categoryName", "chnlName")
_PAGES = ("totalPage", "totalPages", "pageCount", "pages", "pageTotal")
_TOTALS = ("total", "totalCount", "totalRecord", "count", "recordCount", "totalElements")
_CHANNEL_URLS = ("channelUrl", "chnlUrl", "columnUrl")
_ITEMS = frozenset({"item", "entry"})
"""What holds such is a feed, not one of its rows."""

_NOWHERE = re.compile(r"(?:^|/)null\.s?html?$|^javascript:|^#?$", re.IGNORECASE)
_A_TITLE = re.compile(rf"\"(?:{'|'.join(_TITLE_NAMES)})\"\s*:", re.IGNORECASE)
_A_URL = re.compile(rf"\"(?:{'|'.join(_URL_NAMES)})\"\s*:", re.IGNORECASE)
_LIST_NAMES = (*_COLUMN_NAMES, "title")
"""Under these an answer says outside its rows of which column they are; a feed calls it its title."""

_A_LINK = re.compile(r"<a\s[^>]{0,300}?\bhref\s*=", re.IGNORECASE)
_NEXT_LINK = ("link_next", "next", "nextUrl", "nextPageUrl")
_LIKE_AN_ADDRESS = re.compile(r"^https?://|^[./?]")
_PAGER_CHARACTERS = 5
# Words of a pager's links, such as 下一页; those of a list's row are longer, also where it is no report.
_SIZE = re.compile(r"[?&]_?(?:pageSize|page_size|size|limit|rows|perPage|per_page)=(\d{1,4})", re.IGNORECASE)
_MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class _Array:
    """Rows that stand together, and what they stand under."""

    name: str
    rows: tuple[Row, ...]


def _fingerprint(page: Page) -> int:
    """Take an answer that is data with titles and addresses, less surely than a system that knows its own answers."""
    if is_data(page.text):
        listed = _A_TITLE.search(page.text) and (_A_URL.search(page.text) or told(page.url))
        return 40 if listed or _A_LINK.search(unescaped(page.text)) else 0
    return 40 if is_xml_data(page.text) else 0


def _links(page: Page) -> tuple[Link, ...]:
    """Give the rows of an answer, and the pages after it while the declared total is not reached."""
    answer = parse_xml(page.text) if is_xml_data(page.text) else parse_data(page.text)
    arrays = tuple(_arrays(answer, told(page.url), _stated(answer, text_of, _LIST_NAMES)))
    shown = tuple(page_of_rows(page.url, array.name, array.rows) for array in arrays)
    pieces = shown or (page_of_markup(page.url, _stated(answer, text_of, _LIST_NAMES), _markup(answer)),)
    count = max((len(array.rows) for array in arrays), default=0) or sum(map(_rows_in, pieces))
    found = dict.fromkeys(link for piece in pieces for link in walk(piece, lambda _: ()))
    return (*found, *(_numbered(page, answer, count) if count else ()))


def _rows_in(piece: Page) -> int:
    return sum(len(anchor.text) > _PAGER_CHARACTERS for anchor in anchors(piece))


def _markup(answer: object) -> str:
    """Give the longest string of an answer that holds links as HTML, where the rows stand in one."""
    texts = (unescaped(text) for text in _texts(answer))
    return max((text for text in texts if _A_LINK.search(text)), key=len, default="")


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth <= _MAX_DEPTH:
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from _texts(inner, depth + 1)


def _arrays(value: object, told_of: str, name: str = "", depth: int = 0) -> Iterator[_Array]:
    """Yield every array of an answer whose objects have a title and an address, or what the page has told an address is
    made of, with the name of what holds it: the node of a tree, a column."""
    if depth > _MAX_DEPTH:
        return
    own = _first(value, _TITLE_NAMES) if isinstance(value, dict) else ""
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _arrays(inner, told_of, own or name, depth + 1)
    records = [item for item in items_of(value) if _first(item, _TITLE_NAMES) and _address(item, told_of)]
    records = [] if any(_ITEMS & record.keys() for record in records) else records
    if records:
        column = next((_first(record, _COLUMN_NAMES) for record in records if not _first(record, _CHANNEL_URLS)), "")
        rows = (Row(_address(r, told_of), words_of(_first(r, _TITLE_NAMES)), _date(r)) for r in records)
        yield _Array(column or name, tuple(rows))


def _address(record: Mapping[str, object], told_of: str) -> str:
    """Give where a row leads; a node of a tree without a page of its own leads nowhere."""
    address = _first(record, _URL_NAMES)
    return address_of(told_of, record) if _NOWHERE.search(address) else address


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> str:
    """Give the first member of a record that has one of the names, in whatever letters."""
    named = {name.lower(): value for name, value in record.items()}
    return next((found for name in names if (found := text_of(named.get(name.lower())))), "")


def _date(record: Mapping[str, object]) -> str:
    named = {name.lower(): value for name, value in record.items()}
    return next((found for name in _DATE_NAMES if (found := date_of(named.get(name.lower())))), "")


def _numbered(page: Page, answer: object, rows: int) -> Iterator[Link]:
    """Yield the pages after an answer: the one that a feed names, else those whose number stands in its address or was
    posted."""
    following = _stated(answer, text_of, _NEXT_LINK)
    named = join(base_of(page), following) if _LIKE_AN_ADDRESS.search(following) else None
    number = asked_page(page.url)
    if named:
        yield Link(named, "", "next")
    elif number is not None:
        yield from (asked_again(page.url, further) for further in _following(page, answer, number, rows))


def _following(page: Page, answer: object, number: int, rows: int) -> range:
    """Give the numbers of the pages after an answer, which may be counted from zero.

    The first answer names them all, for its rows tell how many a page has, and the last page's do not. Where no total
    is declared, it is one page at a time: the walk ends at one that brings nothing new.
    """
    pages = _count(answer, _PAGES) or -(-_count(answer, _TOTALS) // rows)
    if pages and not page.goes_on:
        return range(number + 1, min(pages, MAX_PAGES) + (number > 0))
    size = _SIZE.search(page.url)
    is_cut = size is not None and rows < int(size.group(1))
    ended = bool(pages) and (is_cut or number >= pages)
    return range(0) if ended else range(number + 1, number + 2)


def _count(answer: object, names: tuple[str, ...]) -> int:
    return int(_stated(answer, lambda value: str(number_of(value) or ""), names) or 0)


def _stated(value: object, read: Callable[[object], str], names: tuple[str, ...], depth: int = 0) -> str:
    """Find what is stated under one of the names in an answer, the outermost first; in XML every element that holds
    others is an array, also where it is the only one."""
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    if not isinstance(value, dict) or depth > _MAX_DEPTH:
        return ""
    named = {name.lower(): stated for name, stated in value.items()}
    own = next((found for name in names if (found := read(named.get(name.lower())))), "")
    return own or next((found for inner in value.values() if (found := _stated(inner, read, names, depth + 1))), "")


FAMILY = Family("records", _fingerprint, _links)
