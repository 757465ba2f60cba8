"""Hanweb 大汉 (浙江, 山东, 甘肃, 河北, 江苏): ``/col/colN/index.html`` and ``/art/Y/M/D/art_<col>_<id>.html``.

The rows are not in the DOM but in a ``<datastore>`` within a script, each a CDATA piece of HTML, up to three screens
of them. Later ones come from ``…/dataproxy.jsp?startrecord=S&endrecord=E&perpage=P``, a POST with the column's own
``columnid`` and ``unitid``; where a site encrypts these, only the link in ``<nextgroup>`` is left. The trap:
``?uid=U&pageNum=N`` on the column answers page 1 again, so links of that shape are never taken for pages.
"""

import re
from collections.abc import Iterator
from itertools import islice

from crawler.families import Family
from crawler.items import Link, Page
from crawler.links import walk
from crawler.pagers import MAX_PAGES, next_pages
from crawler.pages import parse_page
from crawler.urls import join

_STORE = re.compile(r"<datastore\b", re.IGNORECASE)
_PROXY = re.compile(r"['\"]([^'\"\s]*dataproxy\.jsp)")
_COLUMN = re.compile(r"/col/col\d+/")
_ARTICLE = re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/art_\d+_\d+|art_[0-9a-f]{32})\.html")
_MODULE = re.compile(r"/module/(?:web|xxgk|jpage|jslib)/")
_EVIDENCE = ((_STORE, 50), (_PROXY, 30), (_COLUMN, 20), (_ARTICLE, 20), (_MODULE, 20))
_NEXT_GROUP = re.compile(r"<nextgroup>\s*<!\[CDATA\[\s*<a\s[^>]{0,200}?href=['\"]([^'\"]+)", re.IGNORECASE)
_TOTAL = re.compile(r"totalrecord['\"]?\s*(?:[:=]\s*['\"]?|>)\s*(\d{1,6})", re.IGNORECASE)
_PER_PAGE = re.compile(r"perpage['\"]?\s*[:=]\s*['\"]?(\d{1,3})", re.IGNORECASE)
_KEYS = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
_DEFAULTS = {"col": "1", "appid": "1", "path": "/", "sourceContentType": "1", "permissiontype": "0"}
_VALUE = r"(?<![A-Za-z]){key}['\"]?\s*[:=]\s*['\"]?([^'\",&}}<>\s]+)"
_TRAP = re.compile(r"[?&]uid=\d+&pageNum=", re.IGNORECASE)
_GROUP = 3
"""Screens in one window of the list: the pages ask for three at once."""


def _fingerprint(page: Page) -> int:
    """Add up what of the system's markup is on the page."""
    return min(100, sum(weight for pattern, weight in _EVIDENCE if pattern.search(page.text)))


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page with its records put where a browser's script would put them."""
    return walk(_with_rows(page), lambda _: _further(page))


def _with_rows(page: Page) -> Page:
    """Put the records of the datastore into the page's body; an answer of the list call has nothing else."""
    rows = "".join(_records(page))
    if not rows:
        return page
    head, mark, tail = page.text.rpartition("</body>")
    return parse_page(page.url, f"{head}<ul>{rows}</ul>{mark}{tail}" if mark else f"<html><body>{rows}</body></html>")


def _records(page: Page) -> list[str]:
    """Give the pieces of HTML that the datastore holds; cut by hand, for a pattern is slow where ends are missing."""
    pieces = (piece.lstrip() for piece in page.text.split("<record>")[1:])
    return [piece.removeprefix("<![CDATA[").partition("]]>")[0] for piece in pieces if piece.startswith("<![CDATA[")]


def _further(page: Page) -> tuple[Link, ...]:
    """Give the windows of the list after the one shown, else the page's own next group, else what any pager links."""
    windows = tuple(islice(_windows(page), MAX_PAGES))
    if windows or not _STORE.search(page.text):
        return windows or tuple(link for link in next_pages(page) if not _TRAP.search(link.url))
    group = _NEXT_GROUP.search(page.text)
    url = join(page.url, group.group(1)) if group and _remain(page) else None
    return (Link(url, "", "next"),) if url else ()


def _remain(page: Page) -> bool:
    """Tell whether the list declares more records than the page shows; an undeclared total counts as more."""
    total = _TOTAL.search(page.text)
    shown = len(_records(page))
    return shown > 0 and (total is None or int(total.group(1)) > shown)


def _windows(page: Page) -> Iterator[Link]:
    """Yield the calls for the records after those on a column's page; nothing where its keys are hidden."""
    proxy, total, per_page = _PROXY.search(page.text), _TOTAL.search(page.text), _PER_PAGE.search(page.text)
    form = _form(page)
    url = join(page.url, proxy.group(1)) if proxy else None
    if not (url and form and total and per_page and int(per_page.group(1))):
        return
    shown, screen = len(_records(page)), int(per_page.group(1))
    for start in range(shown + 1, int(total.group(1)) + 1, _GROUP * screen):
        end = min(start + _GROUP * screen - 1, int(total.group(1)))
        window = f"{url}?startrecord={start}&endrecord={end}&perpage={screen}"
        yield Link(window, "", "next", method="POST", form=form)


def _form(page: Page) -> tuple[tuple[str, str], ...]:
    """Read the keys of the list call from the page; empty where column or unit are missing or encrypted."""
    found = {key: re.search(_VALUE.format(key=key), page.text) for key in _KEYS}
    values = {key: match.group(1) if match else _DEFAULTS.get(key, "") for key, match in found.items()}
    plain = values["columnid"].isdecimal() and values["unitid"].isdecimal() and bool(values["webid"])
    return tuple(values.items()) if plain else ()


FAMILY = Family("hanweb", _fingerprint, _links)
