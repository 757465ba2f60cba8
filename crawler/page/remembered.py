"""Answers that are remembered: a host's menus stand on every page, and their URLs, words and classes are asked about anew
each time, which was the most of all work on a page."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

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
