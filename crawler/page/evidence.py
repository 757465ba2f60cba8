"""What a portal system is known by: patterns of its markup, each with what it says for the system, of 100."""

import re
from dataclasses import dataclass

from crawler.page.marks import Marks


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """One pattern and its weight.

    ``marks`` are texts in small ASCII letters of which every match holds one, in whatever letters: the pattern is tried
    on a page that has one, and on every page where there are none.
    """

    pattern: re.Pattern[str]
    weight: int
    marks: tuple[str, ...] = ()


class Evidence:
    """The signs of all systems together, for all their marks are looked for in one pass over a page."""

    def __init__(self, signs: tuple[Sign, ...]) -> None:
        self._signs = signs
        self._marks = Marks(mark.encode() for sign in signs for mark in sign.marks)

    def possible(self, text: str) -> frozenset[Sign]:
        """Give the signs that a page may have: those whose marks it has, and those without marks."""
        found = self._marks.found(text.encode("utf-8", "replace").lower())
        return frozenset(s for s in self._signs if not s.marks or any(mark.encode() in found for mark in s.marks))
