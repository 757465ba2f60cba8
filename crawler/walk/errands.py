"""What the pages of tonight lead to, each until it was had: a page may rest only when everything it leads to was.

A page that rests is not asked for, so a file that it alone leads to would not be, either. What was refused by a budget,
failed, or was not come to because the run was killed is therefore still owed; the store keeps the mark
(`store.visits`), and the page's kept bytes are walked again the next night.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable


class Errands:
    """The pages that still wait for something, by what they wait for: any key that tells one request from another."""

    def __init__(self) -> None:
        self._done: set[Hashable] = set()
        self._left: dict[str, set[Hashable]] = {}
        self._pages: defaultdict[Hashable, list[str]] = defaultdict(list)

    def begin(self, page: str, errands: Iterable[Hashable]) -> bool:
        """Take note of what a page leads to, and that it is to be recorded itself (`page_of`); tell whether all is done."""
        self._left[page] = {page_of(page), *errands} - self._done
        for errand in self._left[page]:
            self._pages[errand].append(page)
        return not self._left[page]

    def done(self, *errands: Hashable) -> list[str]:
        """Take note of what was had, or need not be; give the pages that wait for nothing any more."""
        self._done.update(errands)
        return [page for errand in errands for page in self._pages.pop(errand, ()) if self._is_last(page, errand)]

    def _is_last(self, page: str, errand: Hashable) -> bool:
        self._left[page].discard(errand)
        return not self._left[page]


def page_of(url: str) -> Hashable:
    """Give the errand of recording a page: what it leads to is settled after that, not before."""
    return "page", url
