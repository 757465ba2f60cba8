"""What a portal system is known by: patterns of its markup, each with what it says for the system, of 100."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.items import Page
from crawler.page.marks import ADDRESS_MARKS, Marks, folded, note_address_marks


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """One pattern and its weight.

    ``marks`` are texts in small ASCII letters of which every match holds one, in whatever letters: the pattern is tried
    on a page that has one, and on every page where there are none. Without a pattern a mark is the sign itself.
    """

    pattern: re.Pattern[str] | None
    weight: int
    marks: tuple[str, ...] = ()

    def is_on(self, page: Page) -> bool:
        """Tell whether a page that has one of the marks has the sign."""
        return self.pattern is None or self.pattern.search(page.text) is not None


class Evidence:
    """The signs of all systems together, for all their marks are looked for in one pass over a page, with those of
    addresses."""

    def __init__(self, signs: Iterable[Sign]) -> None:
        self._by_mark: defaultdict[bytes, set[Sign]] = defaultdict(set)
        unmarked = set()
        for sign in signs:
            for mark in sign.marks:
                self._by_mark[mark.encode()].add(sign)
            if not sign.marks:
                unmarked.add(sign)
        self._unmarked = frozenset(unmarked)
        self._marks = Marks((*self._by_mark, *ADDRESS_MARKS))

    def possible(self, page: Page) -> frozenset[Sign]:
        """Give the signs that a page may have: those whose marks it has, and those without marks."""
        found = self._marks.found(folded(page))
        note_address_marks(page, found)
        return self._unmarked.union(*(self._by_mark[mark] for mark in found if mark in self._by_mark))
