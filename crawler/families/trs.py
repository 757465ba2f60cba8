"""TRS 拓尔思, the default guess for directories named in pinyin (重庆, 广西, 福建, 山西, 贵州, most of 北京).

Static lists of 15 to 25 rows; the pager is written by ``createPageHTML(total, current, "index", "html")``, counted
from zero, or by the page's own ``countPage``. The date in ``t20220311_2706087.htm`` is the system's, possibly that of
a migration, and says nothing of the report. Files are called ``P`` and 18 or more digits.
"""

import re

from crawler.families import Family, weigh
from crawler.items import Link, Page
from crawler.page.evidence import Sign
from crawler.page.links import walk
from crawler.page.list_calls import with_calls
from crawler.page.pagers import next_pages, scripted_pages

_CALL = re.compile(r"createPageHTML\(\s*\w+\s*,\s*\w+\s*,\s*['\"]")
_COUNT = re.compile(r"\bcountPage\s*=\s*\d")
_ARTICLE = re.compile(r"/t(?:20\d{6}_)?[0-9]\d{3,}\.s?html?\b")
_FILE = re.compile(r"/P0\d{17,}\.\w{2,4}\b")
_EVIDENCE = (
    Sign(_CALL, 50, ("createpagehtml(",)),
    Sign(None, 30, ("trs_editor", "trs_ueditor", "custom_unionstyle")),
    Sign(_COUNT, 20, ("countpage",)),
    Sign(_ARTICLE, 20, tuple(f"/t{digit}" for digit in range(10))),
    Sign(_FILE, 10, ("/p0",)),
)


def _fingerprint(page: Page) -> int:
    """Add up what of the system's markup is on the page."""
    return weigh(page, _EVIDENCE)


def _further(page: Page) -> tuple[Link, ...]:
    """Believe the call before the links: it writes the pager, and static links beside it may be left over."""
    return scripted_pages(page) if _CALL.search(page.text) else next_pages(page)


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page by its words, and its list by the system's own pager."""
    return with_calls(page, walk(page, _further))


FAMILY = Family("trs", _fingerprint, _links, _EVIDENCE)
