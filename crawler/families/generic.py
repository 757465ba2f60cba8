"""Every portal that no other family knows, and every one-off: a quarter of the report URLs seen.

Oddities met: links in options and ``onclick``; lists of bare agency names; year tabs; WebForms pagers; the column of
a single report being that report; stubs that only redirect; columns that a script fills from a call named in it.
"""

from crawler.families import Family
from crawler.items import Link, Page
from crawler.page.links import walk
from crawler.page.list_calls import with_calls
from crawler.page.pagers import next_pages


def _fingerprint(_page: Page) -> int:
    """Take any page, less surely than a family that knows it."""
    return 1


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page by its words, and its list by whichever pager it has; an empty column leads to its script's calls."""
    return with_calls(page, walk(page, next_pages))


FAMILY = Family("generic", _fingerprint, _links)
