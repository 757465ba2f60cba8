"""Full text of the sections: overlapping pairs of characters in a contentless FTS5 table, and a view to ask in plain SQL.

SQLite's trigram tokenizer finds nothing under three characters, and its word tokenizers nothing in Chinese. The table
keeps no text, so old words leave it only by the ``delete`` command with exactly the text that went in. Tokenizer
``ascii``: it takes every non-ASCII character for a letter, while ``unicode61`` drops characters newer than its tables.

Whatever order reports come in, a section has the same number, and those of one agency lie side by side, year by year:
the index keeps the distance from one section of a word to the next, a byte or two within an agency and seven from one
to another.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from unicodedata import normalize

from sqlite_utils import Database

RUN = re.compile(r"[^\W_]+")
"""Characters that stand together: no pair reaches over a mark or a space."""

TABLE = "CREATE VIRTUAL TABLE sections_fts USING fts5(text, content='', tokenize='ascii')"

_RENUMBERED = """
DROP VIEW sections_search;
CREATE TABLE sections_by_agency (
  id INTEGER PRIMARY KEY, report_id TEXT NOT NULL REFERENCES reports, number INTEGER NOT NULL,
  heading TEXT NOT NULL, text TEXT NOT NULL,
  UNIQUE (report_id, number)
) STRICT;
INSERT INTO sections_by_agency SELECT section_id(report_id, number), report_id, number, heading, text FROM sections;
DROP TABLE sections;
ALTER TABLE sections_by_agency RENAME TO sections;
DROP TABLE sections_fts;
"""

_YEAR_BITS, _NUMBER_BITS = 7, 5
_AGENCY_BITS = 63 - _YEAR_BITS - _NUMBER_BITS
"""Among half a million agencies two share a number once in 18,000 databases; the second is then refused, loudly."""

VIEW = """
CREATE VIEW sections_search AS
SELECT asked.json AS words, s.report_id, a.name AS agency, a.region, r.year, s.number, s.heading, s.text
FROM json_tree AS asked
JOIN sections_fts ON sections_fts MATCH (
  SELECT CASE
    WHEN count(*) = 0 OR max(length(word.value) < 2 OR lower(word.value) GLOB '*[^0-9a-z〇㐀-䶿一-鿿𠀀-𿿽]*')
    THEN 'words_of_two_characters_or_more_without_marks : x'
    ELSE group_concat((
      WITH RECURSIVE pair(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM pair WHERE n < length(word.value) - 1)
      SELECT group_concat('"' || substr(lower(word.value), n, 2) || '"', ' + ') FROM pair
    ), ' AND ') END
  FROM json_each(asked.json) AS word)
JOIN sections s ON s.id = sections_fts.rowid
JOIN reports r ON r.id = s.report_id JOIN agencies a ON a.id = r.agency_id
WHERE asked.fullkey = '$'
"""
"""``WHERE words = '"行政复议"'`` or ``'["行政复议", "撤销"]'``: ``json`` is a hidden column of ``json_tree``, which SQLite gives
the constraint as an argument. What cannot be looked up is an error, never nothing found: a word that is no JSON is
malformed, and one that is too short or has marks asks for a column that does not exist. A connection that does not trust
its schema refuses the view, and before 3.41 also ``ALTER TABLE … RENAME``: a migration that renames drops it first."""


def section_id(report_id: str, number: int) -> int:
    """Give the number of a section's row: its agency's, from the hash of its id, then the year, then the section."""
    agency, _, year = report_id.rpartition("-")
    hashed = int.from_bytes(sha256(agency.encode()).digest()[:8]) >> (64 - _AGENCY_BITS)
    told = hashed << _YEAR_BITS | int(year) % (1 << _YEAR_BITS)
    return told << _NUMBER_BITS | number % (1 << _NUMBER_BITS)


def number_by_agency(db: Database) -> None:
    """Number the sections anew and build the index and its view anew, in the caller's transaction."""
    db.conn.create_function("section_id", 2, section_id, deterministic=True)
    _do(db, _RENUMBERED)
    db.execute(TABLE)
    for rowid, heading, text in db.execute("SELECT id, heading, text FROM sections ORDER BY id"):
        index_section(db, rowid, heading, text)
    db.execute(VIEW)


def _do(db: Database, statements: str) -> None:
    """Execute statement by statement: a script would end the caller's transaction."""
    for statement in filter(str.strip, statements.split(";")):
        db.execute(statement)


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
    return " ".join(pair for run in RUN.findall(folded(f"{heading}\n{text}")) for pair in pairs(run))


def pairs(run: str) -> Iterator[str]:
    """Yield the pairs of characters that stand together; a single character alone."""
    return (run[start : start + 2] for start in range(max(len(run) - 1, 1)))


def folded(text: str) -> str:
    """Return text as it is compared: in one width and one case."""
    return normalize("NFKC", text).casefold()
