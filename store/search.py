"""Full text of the sections, for words of two characters and more: own bigrams in a contentless FTS5 table.

SQLite's trigram tokenizer finds nothing under three characters, and its word tokenizer nothing in Chinese. The table
keeps no text, so old words leave it only by the ``delete`` command with exactly the text that went in. Tokenizer
``ascii``: it takes every non-ASCII character for a letter, while ``unicode61`` drops characters newer than its tables.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from unicodedata import normalize

from sqlite_utils import Database

from store.database import snapshot

_RUN = re.compile(r"[^\W_]+")
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
    runs = _RUN.findall(_folded(words))
    if not runs:
        return []
    with snapshot(db):
        rows = _candidates(db, match_expression(words))
        hits = (row for row in rows if _holds(_folded(f"{row[4]}\n{row[5]}"), runs))
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
    runs = [run for run in _RUN.findall(_folded(words)) if len(run) > 1]
    return " ".join(f'"{" ".join(_pairs(run))}"' for run in runs)


def index_section(db: Database, rowid: int, heading: str, text: str) -> None:
    """Add a section's words, in the transaction that adds the section."""
    db.execute("INSERT INTO sections_fts (rowid, text) VALUES (?, ?)", (rowid, bigrams(heading, text)))


def unindex_section(db: Database, rowid: int, heading: str, text: str) -> None:
    """Take a section's words out again, in the transaction that removes it; the texts must be those indexed."""
    db.execute(
        "INSERT INTO sections_fts (sections_fts, rowid, text) VALUES ('delete', ?, ?)", (rowid, bigrams(heading, text))
    )


def bigrams(heading: str, text: str) -> str:
    """Return overlapping pairs of characters; changing this calls for a migration that rebuilds the index."""
    return " ".join(pair for run in _RUN.findall(_folded(f"{heading}\n{text}")) for pair in _pairs(run))


def _pairs(run: str) -> Iterator[str]:
    return (run[start : start + 2] for start in range(max(len(run) - 1, 1)))


def _folded(text: str) -> str:
    return normalize("NFKC", text).casefold()


def _hit(row: tuple[Any, ...], word: str) -> Hit:
    report_id, agency, year, number, heading, text = row
    place = max(_folded(text).find(word), 0)
    excerpt = text[max(place - _EXCERPT, 0) : place + len(word) + _EXCERPT].replace("\n", " ")
    return Hit(report_id, agency, year, number, heading, excerpt)
