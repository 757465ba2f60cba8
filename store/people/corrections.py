"""What people have corrected: cells of the form and identities, keyed by the document's SHA-256.

``corrections.csv`` has the header of ``HEADER``. A line says one thing of one document: a cell's ``value`` (a number,
money in 万元) or ``state`` (blank, mark, unreadable, absent), or the ``agency``, or the ``year``. ``expected_raw`` is
what the reader reads there: the printed text of the cell, the agency or the year; when it reads something else, the
correction is open again.
"""

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import get_args

from sqlite_utils import Database

from extract.model import Number, State
from extract.text import parse_number, plain
from store.names import clean_name
from store.people.reviewing import FieldError, ReviewError, read_reviews
from store.people.written import FileProblem

HEADER = (
    *("sha256", "table", "row", "item", "column", "value", "state", "agency", "year"),
    *("note", "reviewer", "date", "expected_raw"),
)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line. ``table`` is empty for an agency or a year; ``value`` is None where a state is given."""

    sha256: str
    table: str
    row: str
    item: str
    column: str
    value: Number | None
    state: str
    agency: str
    year: int | None
    note: str
    reviewer: str
    date: str
    expected_raw: str

    @property
    def key(self) -> tuple[str, ...]:
        """What the line speaks of; two lines must not speak of the same."""
        kind = "agency" if self.agency else "year" if self.year else ""
        return self.sha256, kind, self.table, self.row, self.item, self.column

    @property
    def signed(self) -> str:
        """Who corrected it, when and why."""
        return f"corrected by {self.reviewer} on {self.date}" + (f": {self.note}" if self.note else "")


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a file of corrections, in the order of what they speak of; empty when there is no such file.

    Raises ``ReviewError`` with every mistake: a field that cannot be right, two lines on the same cell.
    """
    found = read_reviews(path, HEADER, _correction)
    lines: dict[tuple[str, ...], int] = {}
    twice = [
        FileProblem(str(path), line, 0, f"line {lines[correction.key]} corrects the same otherwise")
        for correction, line in found.items()
        if lines.setdefault(correction.key, line) != line
    ]
    if twice:
        raise ReviewError(tuple(twice))
    return tuple(sorted(found, key=lambda correction: correction.key))


def _correction(row: dict[str, str]) -> Correction:
    if not _SHA256.fullmatch(row["sha256"]):
        _refuse("sha256", "is not a SHA-256 in 64 lower-case hexadecimal digits")
    told = [name for name in ("value", "state", "agency", "year") if row[name]]
    if len(told) != 1:
        raise FieldError(0, "a line gives exactly one of value, state, agency and year")
    _check_place(row, is_cell=told[0] in ("value", "state"))
    _check_signature(row)
    if row["state"] and (row["state"] not in get_args(State) or row["state"] == "reported"):
        _refuse("state", "is not blank, mark, unreadable or absent (a number stands in value)")
    if row["agency"] and not clean_name(row["agency"]):
        _refuse("agency", "is no name")
    if row["year"] and not _YEAR.fullmatch(row["year"]):
        _refuse("year", f"{row['year']!r} is not a year such as 2023")
    return Correction(
        sha256=row["sha256"],
        table=row["table"],
        row=row["row"],
        item=row["item"],
        column=row["column"],
        value=_number(row["value"]),
        state=row["state"],
        agency=clean_name(row["agency"]),
        year=int(row["year"]) if row["year"] else None,
        note=row["note"],
        reviewer=row["reviewer"],
        date=row["date"],
        expected_raw=row["expected_raw"],
    )


def _check_place(row: dict[str, str], is_cell: bool) -> None:
    for name in ("table", "row", "column"):
        if is_cell and not row[name]:
            _refuse(name, "is empty: which cell is corrected?")
    for name in ("table", "row", "item", "column"):
        if not is_cell and row[name]:
            _refuse(name, "must be empty where agency or year is corrected")


def _check_signature(row: dict[str, str]) -> None:
    if not row["reviewer"]:
        _refuse("reviewer", "is empty: who corrected it?")
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        _refuse("date", f"{row['date']!r} is not a day such as 2024-03-31")


def _number(text: str) -> Number | None:
    found = parse_number(text)
    if text and (found.value is None or found.unit or found.remark):
        _refuse("value", f"{text!r} is not a plain number")
    return None if found.value is None else plain(found.value)


def _refuse(name: str, message: str) -> None:
    raise FieldError(HEADER.index(name) + 1, f"{name} {message}")


COLUMNS = tuple("table_name" if field.name == "table" else field.name for field in fields(Correction))
"""Columns of the table ``corrections``, in the order of the record."""

_SELECT = " ".join(("SELECT", ", ".join(f'"{name}"' for name in COLUMNS), "FROM corrections"))


def corrections_of(db: Database, sha256: str) -> tuple[Correction, ...]:
    """Return what was corrected of one document, in a fixed order."""
    rows = db.execute(f'{_SELECT} WHERE sha256 = ? ORDER BY table_name, "row", item, "column", agency', (sha256,))
    return tuple(Correction(*row) for row in rows.fetchall())


def stored_corrections(db: Database) -> set[Correction]:
    """Return every correction the database holds."""
    return {Correction(*row) for row in db.execute(_SELECT).fetchall()}


def rows_of_corrections(corrections: Iterable[Correction]) -> list[tuple[object, ...]]:
    """Return corrections as rows of their table."""
    return [astuple(correction) for correction in corrections]
