"""Addresses of documents that their portals have taken down: not there on several nights, by the log of fetches.

What was read stays: a report that is gone from its portal was published, and its archived bytes are the evidence.
"""

from sqlite_utils import Database

from store.database import write
from store.text import storable
from store.visits import is_source


def note_withdrawn(db: Database, url: str, since: str) -> None:
    """Note the first day (ISO, UTC) on which a document was not there any more; of other addresses nothing is noted."""
    if is_source(db, url):
        with write(db):
            db.execute("INSERT OR IGNORE INTO withdrawn VALUES (?, ?)", (storable(url), since))


def note_back(db: Database, url: str) -> None:
    """Take back that a document is gone: it was had again."""
    with write(db):
        db.execute("DELETE FROM withdrawn WHERE url = ?", (storable(url),))
