"""Addresses of documents that their portals have taken down: not there on several nights, by the log of fetches.

What was read stays: a report that is gone from its portal was published, and its archived bytes are the evidence.
"""

from sqlite_utils import Database

from store.database import write
from store.text import storable
from store.visits import is_source


def note_withdrawn(db: Database, url: str, since: str, at: str = "") -> None:
    """Note the first day (ISO, UTC) on which a document was not there any more, and at which instant that was certain; of
    other addresses nothing is noted."""
    if is_source(db, url):
        with write(db):
            db.execute("INSERT OR IGNORE INTO withdrawn (url, since, at) VALUES (?, ?, ?)", (storable(url), since, at))


def note_back(db: Database, url: str) -> None:
    """Take back that a document is gone: it was had again."""
    with write(db):
        db.execute("DELETE FROM withdrawn WHERE url = ?", (storable(url),))


def withdrawn_after(db: Database, instant: str) -> list[tuple[str, str, str]]:
    """Give what was found withdrawn at an instant or later: agency and year of the report that stood there (empty for a
    file beside one), since when it is not there, and its address."""
    return db.execute(
        "SELECT ifnull(group_concat(a.name || ' ' || r.year, ', '), ''), w.since, w.url FROM withdrawn w"
        " LEFT JOIN reports r ON r.url = w.url LEFT JOIN agencies a ON a.id = r.agency_id"
        " WHERE w.at >= ? GROUP BY w.url ORDER BY 1, w.url",
        (instant,),
    ).fetchall()
