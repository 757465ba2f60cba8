"""Which of some fixed texts a page has, found in one pass over its bytes however many they are.

Looking for a hundred words one after another took longer than parsing the page; an automaton for all of them looks at
each byte once.
"""

from collections.abc import Iterable

from ahocorasick_rs import BytesAhoCorasick, Implementation

from crawler.items import Page
from crawler.page.remembered import once

ADDRESS_MARKS = (b"onclick", b"pdfsrc", b"data-href", b"data-url", b"frame")
"""Attributes that any element may have and that lead on, and what scripts have that show a page in a frame. A page without
them, as most are, is not searched for such."""


class Marks:
    """Some texts, as bytes, to be looked for together."""

    def __init__(self, marks: Iterable[bytes]) -> None:
        self._marks = tuple(dict.fromkeys(marks))
        self._automaton = BytesAhoCorasick(self._marks, implementation=Implementation.DFA)

    def found(self, data: bytes) -> frozenset[bytes]:
        """Give those that stand in some bytes, also where one is part of another."""
        found = self._automaton.find_matches_as_indexes(data, overlapping=True)
        return frozenset(self._marks[number] for number, _, _ in found)


@once
def folded(page: Page) -> bytes:
    """Give the text of a page as UTF-8 in small ASCII letters, in which marks are looked for."""
    return page.text.encode("utf-8", "replace").lower()


@once
def address_marks(page: Page) -> frozenset[bytes]:
    """Give those of ``ADDRESS_MARKS`` that a page has; whoever looks for other marks of it notes them with those."""
    return frozenset(mark for mark in ADDRESS_MARKS if mark in folded(page))


def note_address_marks(page: Page, found: Iterable[bytes]) -> None:
    """Note the marks of addresses among those found on a page, unless it is said already which it has."""
    page.answers.setdefault(address_marks, frozenset(found).intersection(ADDRESS_MARKS))
