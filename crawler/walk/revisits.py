"""When a known report is asked for again: every night while it is fresh, once more soon after it was found, then seldom.

Corrections come mostly in the first weeks after publication; asking each of some ten thousand old reports every night
would cost their servers more than it brings. Which night is a report's turn follows from its URL, so the load is spread
evenly and a run can be repeated; a night that was left out is made up for in the next.

What was had once only may have been the page of a bad hour: a decoy, a page amid its correction. So an old report that
was found is asked for once more some nights later, whatever its age, and only then in turns.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True)
class Visited:
    """When a URL was first and last fetched well, by when what stands there was published, as far as it is known, how
    often it was had, and how many runs have come to their end since it last was."""

    first_on: date
    last_on: date
    published_on: date | None = None
    times: int = 1
    runs: int = 0

    @property
    def since(self) -> date:
        """The day from which the age of what stands there counts: it may be old when it is first found."""
        return min(self.first_on, self.published_on or self.first_on)

    def nights(self, today: date) -> int:
        """Count the nights since the last visit: days, or runs where several share a day. What a killed run had and
        the run that goes on after it are one night."""
        return max((today - self.last_on).days, self.runs)


@dataclass(frozen=True, slots=True)
class Revisits:
    """Rows of (age in days from which it holds, nights from one visit to the next), oldest last, and the nights after
    which what was had once only is asked for again."""

    rows: tuple[tuple[int, int], ...]
    confirmed_after: int

    def every(self, age_days: int) -> int:
        """Give the number of nights from visit to visit at an age; 1 where no row holds yet."""
        return next((nights for since, nights in reversed(self.rows) if age_days >= since), 1)

    def is_due(self, url: str, visited: Visited, today: date) -> bool:
        """Tell whether a turn of the URL has come since its last visit; while it is fresh, always.

        What nobody has dated is not fresh: a report says its year, so this is a picture, or a file that cannot be read.
        """
        age = (today - visited.since).days
        every = self.every(age if visited.published_on else max(age, self._no_longer_fresh))
        too_soon = visited.times == 1 and visited.nights(today) < min(every, self.confirmed_after)
        return every <= 1 or (not too_soon and self._is_turn(url, every, visited.last_on, today))

    @property
    def _no_longer_fresh(self) -> int:
        return next((since for since, nights in self.rows if nights > 1), 0)

    def is_unconfirmed(self, visited: Visited, today: date) -> bool:
        """Tell whether what was had once only is to be asked for once more."""
        return visited.times == 1 and visited.nights(today) >= self.confirmed_after

    def is_missed(self, url: str, absent_on: date, today: date) -> bool:
        """Tell whether a page that is listed and not there is asked for: as seldom as the oldest report."""
        return self._is_turn(url, self.slowest, absent_on, today)

    @property
    def slowest(self) -> int:
        """The nights from one visit of the oldest report to the next."""
        return self.rows[-1][1] if self.rows else 1

    @staticmethod
    def _is_turn(url: str, nights: int, last_on: date, today: date) -> bool:
        return nights <= 1 or turn_of(url, nights, today) > turn_of(url, nights, last_on)


def turn_of(url: str, nights: int, day: date) -> int:
    """Number the turns of a URL that has one every so many nights; other URLs have theirs on other nights."""
    return (day.toordinal() + int.from_bytes(sha256(url.encode()).digest()[:4])) // nights


def revisits(rows: Iterable[Iterable[object]], confirmed_after: int = 1) -> Revisits:
    """Check the rows of the setting; raises ``ValueError`` for one that is not two numbers, the second above 0."""
    checked = tuple(sorted((int(str(since)), int(str(nights))) for since, nights in rows))
    if any(since < 0 or nights < 1 for since, nights in checked):
        raise ValueError(f"REVISIT_EVERY {checked}: an age may not be below 0, nor the nights below 1")
    return Revisits(checked, confirmed_after)


def from_settings(settings: BaseSettings) -> Revisits:
    """Read the table of ``REVISIT_EVERY``, on the command line ``0:1,60:7,365:30``, and ``CONFIRMED_AFTER``."""
    rows = settings.getlist("REVISIT_EVERY") if settings["REVISIT_EVERY"] else ()
    pairs = (row.split(":") if isinstance(row, str) else row for row in rows)
    return revisits(pairs, settings.getint("CONFIRMED_AFTER"))
