"""The generic walk: which ways out of a page lead to reports, to further columns, to files.

A page is judged by what it says (titles, breadcrumbs, words of links), never by the vendor or the shape of its URLs:
a quarter of the portals are one-offs. Unclear links become columns, because a column's page is looked at again:
whether it is a report is decided there by its content (:func:`is_report_page`).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import islice

from crawler.items import Link, LinkKind, Page
from crawler.page.anchors import Anchor, anchors, is_cut
from crawler.page.chosen_forms import submitted
from crawler.page.files import is_file_link, is_file_name, is_file_url, is_page_url
from crawler.page.pages import (
    Place,
    is_annual_name,
    is_scripted_report,
    meta,
    page_marks,
    place_of,
    titles,
    visible_text,
)
from crawler.page.pictures import pictures
from crawler.page.remembered import once
from crawler.page.urls import canonical, is_home, same_page, same_site
from crawler.page.wording import OPENNESS, as_column, as_hub, as_report, is_more, is_report_title, is_year_name
from crawler.page.xml_data import feeds
from extract.identity.titles import is_agency, read_title
from extract.text import compact

_FRONT_TITLE = re.compile(r"(?:人民政府|管理委员会|门户网站|政府网|政务网)(?:网站|门户网站|首页)?$")
# A piece of HTML that a script puts into a page has none of these: what it leads to is that page's.
_WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_NEIGHBOUR = re.compile(r"^(?:上|下|前|后)一?(?:篇|条)|^(?:上|下)一个")
# Beside a report's own files stand at most the reports before and after it; a list has more.
_FEW_ROWS = 3
# A front page that only lets its reader in.
_ENTRANCE = re.compile(
    r"(?:点击|请)?进入(?:网站|首页|主页|官网|门户|中文版)?|(?:网站|中文)首页|中文版|enter", re.IGNORECASE
)
_FEW_WAYS = 3
# What a front page whose menus a script writes leads to all the same.
_SITE_MAP = re.compile(r"(?:网站|站点)(?:地图|导航)|sitemap", re.IGNORECASE)
# Rows of a list by which it is told from its other pages; a page of more is told by these as well.
_MAX_MARKS = 300


def walk(page: Page, pages: Callable[[Page], tuple[Link, ...]]) -> tuple[Link, ...]:
    """Give the links of a page that are worth following; ``pages`` finds further pages of the same list.

    A report's own page gives its attachments and the tabs of other years only. Links towards other columns (the
    site's openness pages, directories of departments and townships) are given by pages on the way to one: not by a
    column, and not beside reports. A column without rows of its own leads to the feeds that its head names. Further pages
    are given only for an annual-report column, a list that shows a report and the pages after such a one: other lists
    have thousands of pages that do not concern us.
    """
    found = anchors(page)
    if is_report_page(page):
        return _unique(page, (*_attachments(found), *pictures(page), *_year_tabs(page, found)))
    place = place_of(page)
    near = (*_judged(page, place, found, _judge), *_cut_rows(place, found))
    near = (*near, *submitted(page)) if place.annual else near
    listed = any(link.kind in {"report", "attachment"} for link in near)
    further = pages(page) if place.annual or listed or page.goes_on else ()
    fed = feeds(page) if place.annual and not page.goes_on and not any(is_shown(link) for link in near) else ()
    arrived = page.goes_on or place.annual or listed or (near and not _is_on_the_way(page, place))
    hubs = () if arrived else _judged(page, place, found, _judge_hub)
    hubs = hubs or (() if arrived or near else _judged(page, place, found, _judge_site_map))
    return _unique(page, (*near, *(Link(url, "", "column") for url in fed), *hubs, *further))


def is_shown(link: Link) -> bool:
    """Tell whether a link is of a column's own list; a menu names the annual-report columns beside an empty one too."""
    return link.kind in {"report", "attachment"} or (link.kind == "column" and not is_annual_name(link.text))


@once
def is_report_page(page: Page) -> bool:
    """Tell whether a page is itself a report: by its sections, else by a report's title over a body without a list."""
    if is_report_title(meta(page, "ArticleTitle")) or is_scripted_report(page):
        return True
    marks = page_marks(page)
    if marks >= 3 or not any(is_report_title(title) for title in titles(page)):
        return marks >= 3
    return marks == 2 or _has_file_and_no_list(page, anchors(page))


def marks(page: Page, links: tuple[Link, ...]) -> tuple[str, ...]:
    """Give short marks of what a page shows, by which it is told whether it shows anything that its list has not.

    They are of all rows, not only of those that are followed. Where rows are data, the links tell what they are; where
    none of them is followed, the whole text.
    """
    shown = {_mark(canonical(anchor.url)) for anchor in islice(anchors(page), _MAX_MARKS) if not anchor.furniture}
    followed = any(link.kind != "next" for link in links)
    return tuple(shown) if shown or followed else (_mark(page.text),)


def _mark(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def report_title(page: Page) -> str:
    """Give the title of a report's page: the first of its titles that reads as one, else the first of all."""
    every = titles(page)
    return next((title for title in every if is_report_title(title)), every[0] if every else "")


def _has_file_and_no_list(page: Page, found: tuple[Anchor, ...]) -> bool:
    """Tell whether files are offered, or pictures shown, and fewer reports are linked than a list has (neighbours do not count)."""
    body = [anchor for anchor in found if not anchor.furniture]
    files = [anchor for anchor in body if _is_file(anchor)]
    rows = [a for a in body if is_report_title(a.text) and a not in files and not _NEIGHBOUR.search(a.text)]
    reports_as_files = sum(is_report_title(anchor.text) for anchor in files)
    offered = bool(files) or next(pictures(page), None) is not None
    return offered and len(rows) < _FEW_ROWS and reports_as_files < _FEW_ROWS


def _is_file(anchor: Anchor) -> bool:
    """Tell whether a way out leads to a file; its words count only where the URL is not that of a page."""
    return is_file_url(anchor.url) or (not is_page_url(anchor.url) and is_file_name(anchor.text))


def _attachments(found: Iterable[Anchor]) -> Iterator[Link]:
    """Yield the files of a report's page; those in header and footer (forms, guides) are not the report's."""
    for anchor in found:
        if _is_file(anchor) and not anchor.furniture:
            yield _link(anchor, "attachment")


def _year_tabs(page: Page, found: Iterable[Anchor]) -> Iterator[Link]:
    """Yield tabs and options that show the same agency's report of another year."""
    for anchor in found:
        if not anchor.furniture and same_site(anchor.url, page.url) and is_year_name(anchor.text):
            yield _link(anchor, "column")


def _judged(
    page: Page, place: Place, found: Iterable[Anchor], judge: Callable[[Page, Place, Anchor], LinkKind | None]
) -> tuple[Link, ...]:
    return tuple(_link(anchor, kind) for anchor in found if (kind := judge(page, place, anchor)) is not None)


def _cut_rows(place: Place, found: Iterable[Anchor]) -> Iterator[Link]:
    """Yield the rows whose words a list has cut before anything could tell what they are, where a report stands beside
    them."""
    body = tuple(anchor for anchor in found if not anchor.furniture) if place.annual else ()
    beside = {anchor.context for anchor in body if _is_report(place, anchor, compact(anchor.text))}
    for anchor in body:
        text = compact(anchor.text)
        if is_cut(text) and anchor.context in beside and read_title(text).kind != "look_alike":
            yield _link(anchor, "report")


def _judge(page: Page, place: Place, anchor: Anchor) -> LinkKind | None:
    """Judge one way out. What only resembles a report is dropped before its other words are looked at."""
    if anchor.source in {"frame", "redirect"}:
        return _judge_unworded(page, place, anchor)
    text = compact(anchor.text)
    if not text or read_title(text).kind == "look_alike":
        return None
    if _is_report(place, anchor, text):
        return "attachment" if _is_file(anchor) else "report"
    inside = _is_column(page, place, anchor, text)
    if _is_file(anchor):
        return "attachment" if inside and place.annual and not anchor.furniture else None
    return "column" if inside else None


def _judge_unworded(page: Page, place: Place, anchor: Anchor) -> LinkKind | None:
    """Judge a frame or a redirect, which has no words of its own: the page speaks for it."""
    if is_file_link(anchor.url, ""):
        return "attachment" if place.annual or place.openness else None
    if anchor.source == "redirect":
        return "column"  # one that leaves the site is refused by the rules of scope, and so leaves a trace
    if not same_site(anchor.url, page.url):
        return None
    titled = any(is_report_title(title) for title in titles(page))
    return "report" if titled else "column" if place.annual else None


def _is_on_the_way(page: Page, place: Place) -> bool:
    """Tell whether a page leads to columns of many agencies: a front page, one of the openness pages, or the menu that such
    a page shows in a frame, which has no title of its own."""
    if not titles(page) and _WHOLE.search(page.text):
        return True
    return place.openness or is_home(page.url) or any(_FRONT_TITLE.search(title) for title in titles(page))


def _judge_hub(page: Page, place: Place, anchor: Anchor) -> LinkKind | None:
    """Judge whether a link leads towards a column: to openness pages, a directory, an agency's part of a directory."""
    text = compact(anchor.text)
    if not same_site(anchor.url, page.url) or is_file_link(anchor.url, text):
        return None
    if is_home(page.url) and (_ENTRANCE.fullmatch(text) or (_is_entrance(page) and not is_home(anchor.url))):
        return "hub"
    menu = place.openness and "/search" not in anchor.url
    if anchor.source == "frame" and (menu or not visible_text(page)):
        return "hub"  # a page that is nothing but its frames, or has its menu in one
    named = as_hub(text)
    if named == "named" or (named == "part" and anchor.source != "option" and _is_on_the_way(page, place)):
        return "hub"
    listed = (place.openness and not anchor.furniture) or (anchor.source == "option" and is_home(page.url))
    return "hub" if listed and is_agency(text) else None


def _judge_site_map(page: Page, _place: Place, anchor: Anchor) -> LinkKind | None:
    """Judge whether a link of a front page that leads nowhere else leads to the map of its site."""
    named = is_home(page.url) and _SITE_MAP.fullmatch(compact(anchor.text)) is not None
    return "hub" if named and same_site(anchor.url, page.url) else None


def _is_entrance(page: Page) -> bool:
    """Tell whether a front page only lets its reader in: it has a few links, and sends nobody on by itself."""
    found = anchors(page)
    return len(found) <= _FEW_WAYS and all(anchor.source == "link" for anchor in found)


def _is_report(place: Place, anchor: Anchor, text: str) -> bool:
    """Tell whether a link's words name one report; with no year in them, the date of a list's row must do."""
    match as_report(text):
        case "named" | "cut":
            return True
        case "undated":
            return bool(anchor.listed_on)
        case "cut year":
            return place.annual and not anchor.furniture
        case "worded":
            return place.annual and bool(anchor.listed_on)
        case _:
            return False


def _is_column(page: Page, place: Place, anchor: Anchor, text: str) -> bool:
    """Tell whether a link's words name a column: of annual reports, or (within one) of a year, a group, an agency."""
    named = as_column(text)
    if not named or same_page(anchor.url, page.url):
        return False
    match named:
        case "named":
            return True
        case "short":
            return place.openness or OPENNESS.search(anchor.context) is not None
        case "more":
            return is_annual_name(anchor.context)
        case _:
            return place.annual and not anchor.furniture and same_site(anchor.url, page.url)


def _link(anchor: Anchor, kind: LinkKind) -> Link:
    text = anchor.context if is_more(compact(anchor.text)) else anchor.text
    return Link(anchor.url, text, kind, anchor.listed_on)


_RANK: dict[LinkKind, int] = {"attachment": 0, "report": 1, "column": 2, "next": 3, "hub": 4}


def _unique(page: Page, links: Iterable[Link]) -> tuple[Link, ...]:
    """Keep one link a target (a form counts as part of it), the most telling kind first; never the page itself."""
    kept: dict[tuple[str, tuple[tuple[str, str], ...]], Link] = {}
    own = canonical(page.url)
    for link in links:
        key = (canonical(link.url), link.form)
        if (key[0] == own and not link.form) or (key in kept and _RANK[kept[key].kind] <= _RANK[link.kind]):
            continue
        kept[key] = link
    return tuple(kept.values())
