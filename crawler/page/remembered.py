"""Answers that are remembered: what is asked of one page several times, and what is asked anew of every page.

A host's menus stand on every page, and to look at their URLs, words and classes again each time was the most of all
work on a page.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from crawler.items import Page

T = TypeVar("T")

KEPT = 8192
"""Answers of one kind: a host's menus have some hundred links, and a city's night some thirty hosts in turn."""

LONGEST_CHARACTERS = 200
"""Longest text of which an answer is kept: thousands of long ones would fill the memory that a looker may have."""


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what a pure function says of short texts."""
    of_short = lru_cache(maxsize=KEPT)(function)

    @wraps(function)
    def answer(text: str) -> T:
        return of_short(text) if len(text) <= LONGEST_CHARACTERS else function(text)

    return answer


def once(function: Callable[[Page], T]) -> Callable[[Page], T]:
    """Remember what a pure function says of a page, with the page and as long as it.

    The answer hangs on nothing that hangs on the page itself: a page is let go at once when its work is done, while its
    tree is still in the processor's cache, for it takes three times as long later.
    """

    @wraps(function)
    def answer(page: Page) -> T:
        if answer not in page.answers:
            page.answers[answer] = function(page)
        found: T = page.answers[answer]
        return found

    return answer
