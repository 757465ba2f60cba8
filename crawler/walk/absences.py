"""Pages that are still listed and no longer there: on how many nights the log of fetches says so.

A deleted article often stays in its list for years. After some nights it is asked for as seldom as an old report; a
server error or a block in between says nothing about it, a good answer ends the count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from crawler.page.urls import is_home

CONFIRMING_NIGHTS = 3
"""Nights on which a page was not there before that is believed: a portal is now and then rebuilt over a weekend."""

ABSENT = frozenset({"not_found", "soft_404"})
_LATEST = 60


@dataclass(frozen=True, slots=True)
class Absence:
    """The days on which a URL was asked for and not there, since it was last had; the latest first."""

    days: tuple[date, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        """Tell whether it was not there on enough nights to be asked for seldom."""
        return len(self.days) >= CONFIRMING_NIGHTS

    def with_day(self, day: date) -> "Absence":
        """Add a day on which it was not there either."""
        return self if day in self.days else Absence((day, *self.days))


NEVER = Absence()
"""That of a URL which was never asked for, or was there."""


def absence_of(db: Database, url: str) -> Absence:
    """Read from the log on which days a URL was not there since it was last had."""
    return Absence(tuple(dict.fromkeys(_days(db, url))))


def _days(db: Database, url: str) -> Iterator[date]:
    rows = db.execute(
        "SELECT at, outcome, detail FROM fetches WHERE url = ? ORDER BY id DESC LIMIT ?", (url, _LATEST)
    ).fetchall()
    for at, outcome, detail in rows:
        if outcome in {"ok", "unchanged"}:
            return
        if is_absent(outcome, detail):
            yield date.fromisoformat(at[:10])


def is_absent(outcome: str, detail: str) -> bool:
    """Tell whether a fetch found that its page is not there: it is said so, or sent to the front page."""
    return outcome in ABSENT or (outcome == "redirected" and is_home(detail))
