"""Full text of the sections, for words of two characters and more, by the index of ``store.tables.full_text``."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlite_utils import Database

from store.database import snapshot
from store.tables.full_text import RUN, folded, pairs

_EXCERPT = 60
"""Characters of text shown on either side of a hit."""

MAX_MATCHES = 20_000
"""Sections looked up in the index and sorted; a word in more of them is found soon by reading the newest reports."""

_SELECT = """
SELECT s.report_id, a.name, r.year, s.number, s.heading, s.text
FROM sections s JOIN reports r ON r.id = s.report_id JOIN agencies a ON a.id = r.agency_id
"""
_MATCHING = "WHERE s.id IN (SELECT rowid FROM sections_fts WHERE sections_fts MATCH ?)"
_INDEXED = " ".join((_SELECT, _MATCHING, "ORDER BY r.year DESC, a.id, s.number"))
_OF_YEAR = " ".join((_SELECT, "WHERE r.year = ? ORDER BY r.agency_id, s.number"))
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM sections_fts WHERE sections_fts MATCH ? LIMIT ?)"
_YEARS = "SELECT DISTINCT year FROM reports ORDER BY year DESC"


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that has the words, with an excerpt of its text."""

    report_id: str
    agency: str
    year: int
    number: int
    heading: str
    excerpt: str


def search(db: Database, words: str, limit: int = 100) -> list[Hit]:
    """Find sections that contain every word (separated by white space), newest reports first.

    Words of a single character are not in the index: alone they are found by reading every section.
    """
    runs = RUN.findall(folded(words))
    if not runs:
        return []
    with snapshot(db):
        rows = _candidates(db, match_expression(words))
        hits = (row for row in rows if _holds(folded(f"{row[4]}\n{row[5]}"), runs))
        return [_hit(row, runs[0]) for row in islice(hits, limit)]


def _candidates(db: Database, expression: str) -> Iterable[tuple[Any, ...]]:
    """Yield sections, newest reports first: those that the index names, or all where it names none or very many."""
    if expression and db.execute(_COUNT, (expression, MAX_MATCHES + 1)).fetchone()[0] <= MAX_MATCHES:
        yield from db.execute(_INDEXED, (expression,))
        return
    for [year] in db.execute(_YEARS).fetchall():
        yield from db.execute(_OF_YEAR, (year,))


def _holds(text: str, runs: Iterable[str]) -> bool:
    return all(run in text for run in runs)


def match_expression(words: str) -> str:
    """Return the FTS5 query for words typed by a person; an empty string when there is nothing to look up."""
    runs = [run for run in RUN.findall(folded(words)) if len(run) > 1]
    return " ".join(f'"{" ".join(pairs(run))}"' for run in runs)


def _hit(row: tuple[Any, ...], word: str) -> Hit:
    report_id, agency, year, number, heading, text = row
    place = max(folded(text).find(word), 0)
    excerpt = text[max(place - _EXCERPT, 0) : place + len(word) + _EXCERPT].replace("\n", " ")
    return Hit(report_id, agency, year, number, heading, excerpt)
