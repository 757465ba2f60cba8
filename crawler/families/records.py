"""Lists that come as JSON or JSONP, whatever system answers them (吉林, 天津, 上海 and many one-offs).

The rows are the largest array of objects that have both a title and an address; the names of the fields differ.
The page's number stands in the query; the total, where there is one, counts pages or rows.
"""

import re
from collections.abc import Iterator, Mapping

from crawler.families import Family
from crawler.items import Link, Page
from crawler.page.data_calls import posted_again, posted_page
from crawler.page.links import walk
from crawler.page.pagers import MAX_PAGES
from crawler.page.rows import Row, date_of, is_data, items_of, number_of, page_of_rows, parse_data, text_of

_TITLE_NAMES = ("title", "articleTitle", "docTitle", "DOCTITLE", "infoTitle", "vc_title", "name", "subject", "bt")
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
)
_COLUMN_NAMES = ("channelName", "columnName", "categoryName", "chnlName")
_PAGES = ("totalPage", "totalPages", "pageCount", "pages", "pageTotal")
_TOTALS = ("total", "totalCount", "totalRecord", "count", "recordCount", "totalElements")
_A_TITLE = re.compile(rf"\"(?:{'|'.join(_TITLE_NAMES)})\"\s*:")
_A_URL = re.compile(rf"\"(?:{'|'.join(_URL_NAMES)})\"\s*:")
_NUMBER = re.compile(
    r"(?P<before>[?&](?:page|pageNo|pageNum|pageNumber|pageIndex|currpage|currentPage|curPage|cur_page|pn|p)=)(?P<number>\d{1,5})",
    re.IGNORECASE,
)
_SIZE = re.compile(r"[?&]_?(?:pageSize|page_size|size|limit|rows|perPage|per_page)=(\d{1,4})", re.IGNORECASE)
_MAX_DEPTH = 8


def _fingerprint(page: Page) -> int:
    """Take an answer that is data with titles and addresses, less surely than a system that knows its own answers."""
    return 40 if is_data(page.text) and _A_TITLE.search(page.text) and _A_URL.search(page.text) else 0


def _links(page: Page) -> tuple[Link, ...]:
    """Give the rows of an answer, and the pages after it while the declared total is not reached."""
    answer = parse_data(page.text)
    records = max(_arrays(answer), key=len, default=[])
    rows = [Row(_first(r, _URL_NAMES), _first(r, _TITLE_NAMES), _date(r)) for r in records]
    column = next((_first(r, _COLUMN_NAMES) for r in records), "")
    found = walk(page_of_rows(page.url, column, rows), lambda _: ())
    return (*found, *(_numbered(page, answer, len(rows)) if rows else ()))


def _arrays(value: object, depth: int = 0) -> Iterator[list[Mapping[str, object]]]:
    """Yield every array of an answer whose objects have a title and an address."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        records = [item for item in items_of(value) if _first(item, _TITLE_NAMES) and _first(item, _URL_NAMES)]
        if records:
            yield records
    for inner in value.values() if isinstance(value, dict) else ():
        yield from _arrays(inner, depth + 1)


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := text_of(record.get(name)))), "")


def _date(record: Mapping[str, object]) -> str:
    return next((found for name in _DATE_NAMES if (found := date_of(record.get(name)))), "")


def _numbered(page: Page, answer: object, rows: int) -> Iterator[Link]:
    """Yield the pages after an answer, whose number stands in its address or was posted."""
    posted, asked = posted_page(page.url), _NUMBER.search(page.url)
    if posted is not None:
        yield from (posted_again(page.url, number) for number in _following(page, answer, posted, rows))
    elif asked is not None:
        numbers = _following(page, answer, int(asked["number"]), rows)
        yield from (Link(_NUMBER.sub(rf"\g<before>{number}", page.url, count=1), "", "next") for number in numbers)


def _following(page: Page, answer: object, number: int, rows: int) -> range:
    """Give the numbers of the pages after an answer, which may be counted from zero.

    The first answer names them all, for its rows tell how many a page has, and the last page's do not. Where no total
    is declared, it is one page at a time: the walk ends at one that brings nothing new.
    """
    pages = _stated(answer, _PAGES) or -(-_stated(answer, _TOTALS) // rows)
    if pages and not page.goes_on:
        return range(number + 1, min(pages, MAX_PAGES) + (number > 0))
    size = _SIZE.search(page.url)
    is_cut = size is not None and rows < int(size.group(1))
    ended = bool(pages) and (is_cut or number >= pages)
    return range(0) if ended else range(number + 1, number + 2)


def _stated(value: object, names: tuple[str, ...], depth: int = 0) -> int:
    """Find a count by its name in an answer, the outermost first."""
    if not isinstance(value, dict) or depth > _MAX_DEPTH:
        return 0
    named = {name.lower(): stated for name, stated in value.items()}
    own = next((found for name in names if (found := number_of(named.get(name.lower())))), 0)
    return own or next((found for inner in value.values() if (found := _stated(inner, names, depth + 1))), 0)


FAMILY = Family("records", _fingerprint, _links)
