"""When a known report is asked for again: every night while it is fresh, then ever more seldom.

Corrections come mostly in the first weeks; asking each of some ten thousand old reports every night would cost their
servers more than it brings. Which night is a report's turn follows from its URL, so the load is spread evenly and a
run can be repeated; a night that was left out is made up for in the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True)
class Visited:
    """When a URL was first and last fetched well."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Revisits:
    """Rows of (age in days from which it holds, nights from one visit to the next), oldest last."""

    rows: tuple[tuple[int, int], ...]

    def every(self, age_days: int) -> int:
        """Give the number of nights from visit to visit at an age; 1 where no row holds yet."""
        return next((nights for since, nights in reversed(self.rows) if age_days >= since), 1)

    def is_due(self, url: str, visited: Visited, today: date) -> bool:
        """Tell whether a turn of the URL has come since its last visit; while it is fresh, always."""
        return self._is_turn(url, self.every((today - visited.first_on).days), visited.last_on, today)

    def is_missed(self, url: str, absent_on: date, today: date) -> bool:
        """Tell whether a page that is listed and not there is asked for: as seldom as the oldest report."""
        return self._is_turn(url, self.slowest, absent_on, today)

    @property
    def slowest(self) -> int:
        """The nights from one visit of the oldest report to the next."""
        return self.rows[-1][1] if self.rows else 1

    @staticmethod
    def _is_turn(url: str, nights: int, last_on: date, today: date) -> bool:
        if nights <= 1:
            return True
        offset = int.from_bytes(sha256(url.encode()).digest()[:4])
        return (today.toordinal() + offset) // nights > (last_on.toordinal() + offset) // nights


def revisits(rows: Iterable[Iterable[object]]) -> Revisits:
    """Check the rows of the setting; raises ``ValueError`` for one that is not two numbers, the second above 0."""
    checked = tuple(sorted((int(str(since)), int(str(nights))) for since, nights in rows))
    if any(since < 0 or nights < 1 for since, nights in checked):
        raise ValueError(f"REVISIT_EVERY {checked}: an age may not be below 0, nor the nights below 1")
    return Revisits(checked)


def from_settings(settings: BaseSettings) -> Revisits:
    """Read the table of ``REVISIT_EVERY``."""
    return revisits(settings.getlist("REVISIT_EVERY") if settings["REVISIT_EVERY"] else ())
