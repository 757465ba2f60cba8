"""What of a report is compared with others: its narrative without what must differ, and its figures above zero."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from store.tables.codebook import WIDE

MAX_TEXT = 20_000
"""Characters of a narrative that are compared; real ones have some thousands."""

_VARIES = re.compile(r"[\d\s０-９.,，。、:：;；%％]+")
"""Digits, spaces and marks: a copy of last year's text has another year and other numbers in it."""

_TEXT = """
SELECT group_concat(text, '') FROM (SELECT text FROM sections WHERE report_id = ? ORDER BY number)
"""
_NAME = "SELECT a.name FROM reports r JOIN agencies a ON a.id = r.agency_id WHERE r.id = ?"
_CELLS = """
SELECT 'disclosure', row || ifnull(item, ''), "column", value FROM disclosure
WHERE report_id = ?1 AND value > 0 AND "column" <> 'in_force'
UNION ALL SELECT 'statistics', row, '', value FROM statistics WHERE report_id = ?1 AND value > 0
"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A report's narrative, cleaned, and its figures above zero, each with its cell."""

    text: str
    figures: frozenset[tuple[Any, ...]]


def likeness(db: Database, report_id: str) -> Likeness:
    """Read from the database what of a report is compared."""
    [name] = db.execute(_NAME, (report_id,)).fetchone()
    [text] = db.execute(_TEXT, (report_id,)).fetchone()
    cleaned = _VARIES.sub("", (text or "").replace(name, ""))
    return Likeness(cleaned[:MAX_TEXT], frozenset(_figures(db, report_id)))


def _figures(db: Database, report_id: str) -> Iterator[tuple[Any, ...]]:
    # 现行有效 is left out: what is in force is the same from year to year unless something was issued or repealed.
    yield from db.execute(_CELLS, (report_id,)).fetchall()
    for table, columns in WIDE.items():
        rows = db.query(" ".join(("SELECT * FROM", table, "WHERE report_id = ?")), (report_id,))
        yield from (
            (table, row["row"], column, row[column])
            for row in rows
            for column in columns
            if isinstance(row[column], int | float) and row[column] > 0
        )
