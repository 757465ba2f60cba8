"""Every portal that no other family knows, and every one-off: a quarter of the report URLs seen.

Oddities met: links in options and ``onclick``; lists of bare agency names; year tabs; WebForms pagers; the column of
a single report being that report; stubs that only redirect.
"""

from crawler.families import Family
from crawler.items import Link, Page
from crawler.links import walk
from crawler.pagers import next_pages


def _fingerprint(_page: Page) -> int:
    """Take any page, less surely than a family that knows it."""
    return 1


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page by its words, and its list by whichever pager it has."""
    return walk(page, next_pages)


FAMILY = Family("generic", _fingerprint, _links)
