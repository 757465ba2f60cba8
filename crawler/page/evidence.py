"""What a portal system is known by: patterns of its markup, each with what it says for the system, of 100."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """One pattern and its weight.

    ``marks`` are texts of which every match holds one. A pattern that begins with no fixed text is tried at every
    character of a page; with marks only on the few pages that have one, which is told thirty times as fast.
    """

    pattern: re.Pattern[str]
    weight: int
    marks: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        """Tell whether a text has the pattern."""
        if self.marks and not any(mark in text for mark in self.marks):
            return False
        return self.pattern.search(text) is not None


def weigh(text: str, signs: Iterable[Sign]) -> int:
    """Add up what a page's text has of the signs, up to 100."""
    return min(100, sum(sign.weight for sign in signs if sign.is_in(text)))
