"""The lists of a night: their further pages are asked for one after another, and only while they bring something.

A pager may declare 5,000 pages, answer every number with the first page, or invent a row for each. What tells a list
from a trap is what it leads to: a page counts when a report or file that stands on it was had, and was not had from
the same list before.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile

from crawler.walk.lead import Lead

MAX_REPEATS = 3
"""Pages in a row that show nothing their list has not shown, or are not there; one may be a page that was moved."""

_CANDIDATES = frozenset({"report", "attachment", "column"})
_NOT_THERE = frozenset({"not_found", "soft_404", "empty"})


@dataclass(slots=True)
class _Sheet:
    """One page of a list: what stands on it and is not answered yet, and whether anything it led to counts."""

    open: set[str] = field(default_factory=set)
    good: bool = False


@dataclass(slots=True)
class _List:
    """One list: the pages that wait, what its pages have shown, and which reports were had from it, by their hashes."""

    waiting: deque[Lead] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    had: set[str] = field(default_factory=set)
    sheets: list[_Sheet] = field(default_factory=list)
    asked: int = 1
    repeats: int = 0

    @property
    def barren(self) -> int:
        """Count the latest pages that led to nothing; those of which something is still awaited do not count yet."""
        latest = takewhile(lambda sheet: not sheet.good, reversed(self.sheets))
        return sum(not sheet.open for sheet in latest)


class Lists:
    """The lists by the URL of their first page, each with the pages that wait for their turn."""

    def __init__(self, max_pages: int, max_barren: int) -> None:
        self._max_pages, self._max_barren = max_pages, max_barren
        self._lists: defaultdict[str, _List] = defaultdict(_List)
        self._awaited: dict[str, tuple[_List, _Sheet]] = {}
        self._known: set[str] = set()

    def page(self, lead: Lead, shown: Iterable[str], onward: Iterable[Lead]) -> None:
        """Take note of a page: what it shows, what is followed from it, and which further pages it names."""
        leads = tuple(onward)
        self.settle(lead, lead.asked if any(one.kind in {"report", "attachment"} for one in leads) else "")
        one, sheet = self._lists[lead.list_url], _Sheet()
        rows = {other.link.url: other for other in leads if other.kind != "next"}
        new = (rows.keys() | set(shown)) - one.seen
        one.seen |= new
        one.sheets.append(sheet)
        one.repeats = 0 if new else one.repeats + 1
        for key in new & rows.keys():
            if rows[key].kind in _CANDIDATES:
                self._await(one, sheet, key)
        if new:
            one.waiting.extend(other for other in leads if other.kind == "next")

    def _await(self, one: _List, sheet: _Sheet, key: str) -> None:
        """Wait for what stands on a page; what another list of the night has shown is something already."""
        if key in self._known:
            sheet.good = True
            return
        self._known.add(key)
        self._awaited[key] = one, sheet
        sheet.open.add(key)

    def settle(self, lead: Lead, had: str) -> None:
        """Take note of how something that stood on a list ended: what was ``had`` (a report's hash), or nothing."""
        key = lead.asked
        if key not in self._awaited:
            return
        one, sheet = self._awaited.pop(key)
        sheet.open.discard(key)
        if had and had not in one.had:
            one.had.add(had)
            sheet.good = True

    def miss(self, lead: Lead, outcome: str) -> None:
        """Take note of a failure; a further page that is not there is one that shows nothing."""
        self.settle(lead, "")
        if lead.kind == "next" and outcome in _NOT_THERE:
            self._lists[lead.list_url].sheets.append(_Sheet())
            self._lists[lead.list_url].repeats += 1

    def take(self, list_url: str) -> Lead | None:
        """Take the next page of a list; of one that has ended the one on which that is recorded, and no more."""
        one = self._lists.get(list_url)
        if one is None or not one.waiting:
            return None
        lead = one.waiting.popleft()
        if self.end(list_url):
            one.waiting.clear()
        return lead

    def count(self, list_url: str) -> None:
        """Count a further page that is asked for."""
        self._lists[list_url].asked += 1

    def end(self, list_url: str) -> str:
        """Say why no further page of a list is asked for, or give an empty string."""
        one = self._lists[list_url]
        if one.asked >= self._max_pages:
            return f"more than {self._max_pages} pages of one list"
        if one.repeats >= MAX_REPEATS:
            return f"{one.repeats} pages in a row of {list_url} show nothing new"
        if one.barren >= self._max_barren:
            return f"{one.barren} pages in a row of {list_url} brought no report"
        return ""
