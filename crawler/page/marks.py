"""Which of some fixed texts a page has, found in one pass over its bytes however many they are.

Looking for a hundred words one after another took longer than parsing the page; an automaton for all of them looks at
each byte once.
"""

from collections.abc import Iterable

from ahocorasick_rs import BytesAhoCorasick, Implementation


class Marks:
    """Some texts, as bytes, to be looked for together."""

    def __init__(self, marks: Iterable[bytes]) -> None:
        self._marks = tuple(dict.fromkeys(marks))
        self._automaton = BytesAhoCorasick(self._marks, implementation=Implementation.DFA)

    def found(self, data: bytes) -> frozenset[bytes]:
        """Give those that stand in some bytes, also where one is part of another."""
        found = self._automaton.find_matches_as_indexes(data, overlapping=True)
        return frozenset(self._marks[number] for number, _, _ in found)
