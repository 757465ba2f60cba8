"""The record of runs: when each began and ended, why, and what it counted."""

import json
from collections.abc import Mapping

from sqlite_utils import Database

from store.database import write
from store.fetches import utc_now
from store.text import storable


def start_run(db: Database, isolation: str = "") -> int:
    """Note the beginning of a run, and how its readers are shut in, and return its id."""
    with write(db):
        row = db.execute("INSERT INTO runs (started, isolation) VALUES (?, ?)", (utc_now(), isolation))
        return int(row.lastrowid or 0)


def finish_run(db: Database, run: int, reason: str, counts: Mapping[str, int]) -> None:
    """Note the end of a run; a run without an end was killed."""
    with write(db):
        db.execute(
            "UPDATE runs SET finished = ?, reason = ?, counts = ? WHERE id = ?",
            (utc_now(), storable(reason), json.dumps(dict(counts), sort_keys=True), run),
        )
