"""Who ought to report: agencies that a seed names, and those of a roster that people write.

The roster is ``expected.csv`` with the header ``agency,region,first_year,last_year,note``: an official full name, its
six-digit region or empty, the first and last year it had to report on (empty: not known, or still does).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from sqlite_utils import Database

from store.database import write
from store.fold.identity import Agency
from store.names import clean_name, official_name
from store.people.reviewing import FieldError, read_reviews
from store.registry.agencies import Registered, register
from store.registry.bodies import is_national

HEADER = ("agency", "region", "first_year", "last_year", "note")
_REGION = re.compile(r"[1-9]\d{5}")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Expected:
    """One agency that ought to report; ``url`` is its seed or empty, a year None where it is not known."""

    name: str
    region: str
    origin: Literal["seed", "roster"]
    url: str = ""
    first_year: int | None = None
    last_year: int | None = None
    note: str = ""

    @property
    def agency(self) -> Agency:
        """The agency under the name and region that its reports would have."""
        found = self._registered
        host = urlsplit(self.url).hostname or ""
        return Agency(found.name, found.region, None if found.region else host)

    @property
    def undecided(self) -> str:
        """Why it could be several agencies, or an empty string: its reports would never be taken for its own."""
        found = self._registered
        return "" if found.region or is_national(found.name) else found.problem or found.doubt

    @property
    def _registered(self) -> Registered:
        return register(official_name(clean_name(self.name)), self.region or None)


def read_expected(path: Path) -> tuple[Expected, ...]:
    """Read a roster; empty when there is no such file. Raises ``ReviewError`` with every mistake."""
    return tuple(read_reviews(path, HEADER, _expected))


def save_expected(db: Database, wanted: Iterable[Expected]) -> None:
    """Make the table ``expected`` hold exactly these agencies; one agency's several seeds are one row."""
    rows: dict[tuple[str, str], tuple[object, ...]] = {}
    for one in sorted(wanted, key=lambda one: (one.origin, one.url, one.name)):
        agency = one.agency
        key = agency.id, one.origin
        rows.setdefault(key, (*key, agency.name, agency.region, one.url, one.first_year, one.last_year, one.note))
    with write(db):
        if set(rows.values()) != set(db.execute("SELECT * FROM expected").fetchall()):
            db.execute("DELETE FROM expected")
            db.conn.executemany("INSERT INTO expected VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows.values())


def _expected(row: dict[str, str]) -> Expected:
    if not clean_name(row["agency"]):
        raise FieldError(1, "agency is empty or no name")
    if row["region"] and not _REGION.fullmatch(row["region"]):
        raise FieldError(2, f"region {row['region']!r} is not a six-digit code such as 110101")
    first, last = (_year(row[name], column) for column, name in ((3, "first_year"), (4, "last_year")))
    if first and last and first > last:
        raise FieldError(4, f"last_year {last} lies before first_year {first}")
    expected = Expected(row["agency"], row["region"], "roster", "", first, last, row["note"])
    if expected.undecided:
        raise FieldError(1, f"whose reports these would be is undecided: {expected.undecided}")
    return expected


def _year(text: str, column: int) -> int | None:
    if text and not _YEAR.fullmatch(text):
        raise FieldError(column, f"{text!r} is not a year such as 2019")
    return int(text) if text else None
