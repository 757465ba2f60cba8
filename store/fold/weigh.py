"""Findings of a merged report: those of the chosen readings, and where the other readings stand against them."""

import json
from collections.abc import Iterable, Iterator
from typing import Literal

from extract.model import Finding, FormCell
from store.fold.cells import key_of, place_of
from store.fold.entries import Entry, about, of_table


def collect(
    tables: dict[str, Entry], entries: list[Entry], others: set[str], template: str | None
) -> tuple[Finding, ...]:
    """Return every finding once, in an order of its own.

    ``tables`` maps each table to the entry it was taken from, ``entries`` are all of the report, and ``others`` the
    documents that gave it something else (its narrative, its title).
    """
    used = others | {entry.sha256 for entry in tables.values()}
    found = [
        *(finding for name, entry in tables.items() for finding in _judged(name, entry, entries)),
        *(finding for entry in entries if entry.sha256 in used for finding in _beside_tables(entry, tables)),
        *(finding for name, entry in tables.items() for finding in _conflicts(name, entry, entries)),
        *(_other_form(entry, template) for entry in entries if entry.reading.template not in (None, template)),
    ]
    return tuple(finding for _, finding in sorted(_by_content(found).items()))


def _by_content(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {json.dumps(finding._asdict(), ensure_ascii=False, sort_keys=True): finding for finding in findings}


def _judged(table: str, chosen: Entry, entries: list[Entry]) -> Iterator[Finding]:
    seconds = [entry for entry in entries if entry.reading.media_type != chosen.reading.media_type]
    for finding in about(chosen, table):
        yield finding._replace(cause=_cause(finding, seconds)) if finding.verdict == "FAIL" else finding


def _cause(finding: Finding, seconds: list[Entry]) -> Literal["source", "reading"] | None:
    # A copy in another format is a second, independent reading; a second copy of the same kind is not.
    judged = [other for entry in seconds for other in _same_question(finding, entry)]
    if not judged:
        return finding.cause
    agree = any((other.expected, other.actual) == (finding.expected, finding.actual) for other in judged)
    return "source" if agree else "reading"


def _same_question(finding: Finding, entry: Entry) -> Iterator[Finding]:
    return (
        other
        for other in entry.reading.findings
        if (other.rule, other.where) == (finding.rule, finding.where) and other.verdict != "NOT_ASSESSABLE"
    )


def _beside_tables(entry: Entry, tables: dict[str, Entry]) -> Iterator[Finding]:
    yield from (finding for finding in entry.reading.findings if finding.where.get("table") not in tables)
    yield from entry.notes


def _conflicts(table: str, chosen: Entry, entries: list[Entry]) -> Iterator[Finding]:
    stands = {key_of(cell): cell for cell in of_table(chosen, table) if cell.state == "reported"}
    for other in entries:
        for cell in of_table(other, table):
            current = stands.get(key_of(cell))
            if current and cell.state == "reported" and cell.value != current.value:
                yield _conflict(current, cell, chosen, other)


def _conflict(current: FormCell, cell: FormCell, chosen: Entry, other: Entry) -> Finding:
    place = place_of(cell)
    if chosen.corrected and not other.corrected:
        detail = f"replaced by a correction; document {other.sha256} had the earlier figure"
        return Finding("conflict", "NOT_ASSESSABLE", place, current.value, cell.value, detail=detail)
    if other.is_recognised and not chosen.is_recognised:
        detail = f"document {other.sha256}, a picture, was recognised otherwise"
        return Finding("conflict", "NOT_ASSESSABLE", place, current.value, cell.value, "reading", detail)
    return Finding("conflict", "FAIL", place, current.value, cell.value, detail=f"document {other.sha256} differs")


def _other_form(entry: Entry, template: str | None) -> Finding:
    detail = f"document {entry.sha256} is on another form and was left out"
    return Finding("form_conflict", "NOT_ASSESSABLE", {}, template, entry.reading.template, detail=detail)
