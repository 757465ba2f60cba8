"""Who an agency is where the sources do not tell: one line in ``decisions.csv`` decides it for good.

The file has the header ``document,name,place,agency,region,note``. A line speaks of one ``document`` (its SHA-256), or
of a printed ``name`` on one ``place``: a host, or the six-digit region of a portal. ``agency`` is the official full
name, ``region`` its six-digit code or empty.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from store.names import clean_name
from store.people.reviewing import FieldError, ReviewError, read_reviews
from store.people.written import FileProblem

HEADER = ("document", "name", "place", "agency", "region", "note")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REGION = re.compile(r"[1-9]\d{5}")
_HOST = re.compile(r"[a-z0-9][a-z0-9.-]*[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line: whose documents these are. Empty texts where the line says nothing."""

    document: str
    name: str
    place: str
    agency: str
    region: str
    note: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What the line speaks of; two lines must not speak of the same."""
        return self.document, self.name, self.place


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read a file of decisions, in the order of what they speak of; empty when there is no such file.

    Raises ``ReviewError`` with every mistake: a field that cannot be right, two lines on the same thing.
    """
    found = read_reviews(path, HEADER, _decision)
    lines: dict[tuple[str, str, str], int] = {}
    twice = [
        FileProblem(str(path), line, 0, f"line {lines[decision.key]} decides the same otherwise")
        for decision, line in found.items()
        if lines.setdefault(decision.key, line) != line
    ]
    if twice:
        raise ReviewError(tuple(twice))
    return tuple(sorted(found, key=lambda decision: decision.key))


def _decision(row: dict[str, str]) -> Decision:
    name, agency, place = clean_name(row["name"]), clean_name(row["agency"]), row["place"].lower()
    if bool(row["document"]) == bool(row["name"] or place):
        raise FieldError(1, "either document, or name and place: what is decided?")
    if row["document"] and not _SHA256.fullmatch(row["document"]):
        raise FieldError(1, "document is not a SHA-256 in 64 lower-case hexadecimal digits")
    if not row["document"] and not name:
        raise FieldError(2, "name is empty or no name")
    if not row["document"] and not (_HOST.fullmatch(place) or _REGION.fullmatch(place)):
        raise FieldError(3, f"place {row['place']!r} is neither a host nor a six-digit region")
    if not agency:
        raise FieldError(4, "agency is empty or no name")
    if row["region"] and not _REGION.fullmatch(row["region"]):
        raise FieldError(5, f"region {row['region']!r} is not a six-digit code such as 110101")
    return Decision(row["document"], name, place, agency, row["region"], row["note"])


def decision_on_document(db: Database, sha256: str) -> Decision | None:
    """Return what was decided of one document."""
    row = db.execute(_SELECT_DOCUMENT, (sha256,)).fetchone()
    return Decision(*row) if row else None


def decisions_on_places(db: Database, places: Iterable[str]) -> tuple[Decision, ...]:
    """Return what was decided of names on these hosts and regions."""
    wanted = sorted(set(places) - {""})
    return tuple(Decision(*row) for place in wanted for row in db.execute(_SELECT_PLACE, (place,)).fetchall())


_SELECT_DOCUMENT = "SELECT document, name, place, agency, region, note FROM decisions WHERE document = ?"
_SELECT_PLACE = (
    "SELECT document, name, place, agency, region, note FROM decisions WHERE place = ? AND document = '' ORDER BY name"
)
