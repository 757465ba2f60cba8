"""What is remembered of a URL when it is come upon again: its bytes, its visits, its age, what it still owes."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database
from w3lib.url import safe_url_string

from crawler.page.urls import is_home
from crawler.walk.absences import NEVER, Absence, absence_of
from crawler.walk.revisits import Visited
from store.archive import Archive
from store.fetches import known
from store.records import Known
from store.visits import (
    Listed,
    ends_of_runs,
    is_source,
    is_unsettled,
    listed_on,
    moved_to,
    published,
    visits,
    was_asked,
)

MAX_MOVES = 5
"""Redirects followed through the log, as many as the crawl follows in one night."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a URL that was asked for.

    ``known`` is its last good body, ``visited`` when it was had and ``is_document`` whether it is one; ``None`` where
    nothing is kept of it. ``absence`` tells since when it is not there. Of a URL that led elsewhere ``visited`` is that of
    the document it led to. ``place`` and ``kept`` are where the content was had and its SHA-256, ``is_unsettled`` says
    that something it leads to is still to be had.
    """

    known: Known | None
    visited: Visited | None
    is_document: bool
    absence: Absence
    place: str = ""
    kept: str = ""
    is_unsettled: bool = False


NOTHING = Memory(None, None, False, NEVER)
"""Of a URL that was never asked for."""


class Memories:
    """Look-ups of one night; ``db`` sees what is committed, the ends of runs are those before it.

    ``kept_bytes`` is the size of all documents when it began.
    """

    def __init__(self, db: Database, archive: Archive) -> None:
        self._db, self._archive = db, archive
        self._ends = ends_of_runs(db)
        self.kept_bytes = int(db.execute("SELECT ifnull(sum(bytes), 0) FROM documents").fetchone()[0])

    def of(self, urls: Iterable[str]) -> dict[str, Memory]:
        """Give what is known of each URL that was ever asked for, whatever came of it."""
        return {url: self._remember(url) for url in urls if was_asked(self._db, url)}

    def listed_on(self, page_url: str) -> tuple[Listed, ...]:
        """Give the documents that were found on a page on other nights."""
        return listed_on(self._db, page_url)

    def _remember(self, url: str) -> Memory:
        absence = absence_of(self._db, url)
        place = self._place(url)
        kept = known(self._db, place)
        if kept is None or not self._archive.has(kept.sha256):
            return Memory(None, None, False, absence)
        return Memory(
            known=kept if place == url else None,
            visited=self._visited(place, kept.sha256),
            is_document=is_source(self._db, place),
            absence=absence,
            place=place,
            kept=kept.sha256,
            is_unsettled=is_unsettled(self._db, place),
        )

    def _place(self, url: str) -> str:
        """Give where the content of a URL stands: elsewhere when it led to a document there when it was last asked for."""
        place = url
        for _ in range(MAX_MOVES):
            if not (target := moved_to(self._db, place)):
                break
            place = safe_url_string(target)
        return place if place == url or (is_source(self._db, place) and not is_home(place)) else url

    def _visited(self, url: str, digest: str) -> Visited | None:
        found = visits(self._db, url)
        if found is None:
            return None
        nights = len(self._ends) - bisect_left(self._ends, found.last_id)
        return Visited(found.first_on, found.last_on, published(self._db, url, digest), found.times, nights)
