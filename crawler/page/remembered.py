"""Answers that are remembered: what is asked of one page several times, and what is asked anew of every page.

A host's menus stand on every page, and to look at their URLs, words and classes again each time was the most of all
work on a page.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import TypeVar

from crawler.items import Page

T = TypeVar("T")

KEPT = 8192
"""Answers of one kind: a host's menus have some hundred links, and a city's night some thirty hosts in turn."""

LONGEST_CHARACTERS = 200
"""Longest text of which an answer is kept: thousands of long ones would fill the memory that a looker may have."""


SCRIPTS_KEPT = 512
"""Answers about scripts of one kind: a host has the same few on all its pages."""

LONGEST_SCRIPT_CHARACTERS = 10_000
"""Longest script of which an answer is kept; libraries are files of their own."""


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what a pure function says of short texts."""
    return _up_to(LONGEST_CHARACTERS, KEPT, function)


def of_scripts(function: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what a pure function says of scripts that are not too long."""
    return _up_to(LONGEST_SCRIPT_CHARACTERS, SCRIPTS_KEPT, function)


def _up_to(longest: int, kept: int, function: Callable[[str], T]) -> Callable[[str], T]:
    of_short = lru_cache(maxsize=kept)(function)

    @wraps(function)
    def answer(text: str) -> T:
        return of_short(text) if len(text) <= longest else function(text)

    return answer


def matches(pattern: re.Pattern[str], script: str) -> Iterable[re.Match[str]]:
    """Give all matches of a pattern in a script, remembered for those that are not too long."""
    return _matches(pattern, script) if len(script) <= LONGEST_SCRIPT_CHARACTERS else pattern.finditer(script)


@lru_cache(maxsize=SCRIPTS_KEPT)
def _matches(pattern: re.Pattern[str], script: str) -> tuple[re.Match[str], ...]:
    return tuple(pattern.finditer(script))


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
