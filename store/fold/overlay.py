"""People's corrections laid over a reading: the reading is kept as it is, what is folded is the corrected one.

A correction holds as long as the reader reads what the person saw (``expected_raw``). When it reads something else, or
when the table is now taken from another document, the correction is open again and is not applied.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from extract.judging import Figures
from extract.labels import templates
from extract.model import Finding, FormCell, Number, Reading, State
from extract.reading import checks
from extract.text import compact
from store.fold.cells import key_of, place_of
from store.fold.entries import Entry
from store.people.corrections import Correction

Verdicts = tuple[tuple[str, Finding], ...]
"""Findings about corrected cells, each with its document."""

_STATES: Mapping[str, State] = {"blank": "blank", "mark": "mark", "unreadable": "unreadable", "absent": "absent"}


def overlay(entry: Entry, corrections: Iterable[Correction]) -> tuple[Entry, tuple[Finding, ...]]:
    """Return an entry with its cells corrected and judged anew, and a finding for every correction of a cell."""
    cells = {key_of(cell): cell for cell in entry.reading.cells}
    found = []
    for correction in corrections:
        if correction.table:
            key = (correction.table, correction.row, correction.item, correction.column)
            cell = cells.get(key)
            found.append(_verdict(correction, cell))
            if cell is not None and _is_read(correction, cell.raw):
                cells[key] = _corrected(correction, cell)
    corrected = tuple(cells.values())
    if corrected == entry.reading.cells:
        return entry, tuple(found)
    return replace(entry, reading=_judged(entry.reading, corrected)), tuple(found)


def reopened_elsewhere(found: Iterable[tuple[str, Finding]], origins: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return findings about corrections of a report, given the document each of its tables was taken from."""
    return tuple(
        finding if origins.get(finding.where["table"]) == sha256 else _elsewhere(finding, origins)
        for sha256, finding in found
    )


def correct_identity(reading: Reading, corrections: Iterable[Correction]) -> tuple[Reading, tuple[Finding, ...]]:
    """Return a reading with agency and year as people corrected them, and a finding for every such correction."""
    found = []
    corrected = reading
    for correction in corrections:
        if correction.agency:
            found.append(_identity_verdict(correction, reading.agency, correction.agency))
            if _is_read(correction, reading.agency or ""):
                corrected = replace(corrected, agency=correction.agency)
        elif correction.year is not None:
            found.append(_identity_verdict(correction, reading.year, correction.year))
            if _is_read(correction, str(reading.year or "")):
                corrected = replace(corrected, year=correction.year)
    return corrected, tuple(found)


def _is_read(correction: Correction, raw: str) -> bool:
    return compact(raw) == compact(correction.expected_raw)


def _corrected(correction: Correction, cell: FormCell) -> FormCell:
    if correction.value is not None:
        return cell._replace(state="reported", value=correction.value)
    return cell._replace(state=_STATES[correction.state], value=None)


def _verdict(correction: Correction, cell: FormCell | None) -> Finding:
    wanted = correction.state or correction.value
    if cell is None:
        where = {"table": correction.table, "row": correction.row, "item": correction.item, "column": correction.column}
        place = {name: text for name, text in where.items() if text}
        return _reopened(correction, place, wanted, None, "the reader has no such cell now")
    old = cell.state if cell.value is None else cell.value
    if not _is_read(correction, cell.raw):
        detail = f"the reader now reads “{cell.raw}” where “{correction.expected_raw}” was corrected"
        return _reopened(correction, place_of(cell), wanted, old, detail)
    return Finding("corrected_by_person", "PASS", place_of(cell), old, wanted, detail=correction.signed)


def _identity_verdict(correction: Correction, read: Number | str | None, wanted: Number | str) -> Finding:
    if _is_read(correction, str(read or "")):
        return Finding("corrected_by_person", "PASS", {}, read, wanted, detail=correction.signed)
    detail = f"the reader now reads “{read or ''}” where “{correction.expected_raw}” was corrected"
    return _reopened(correction, {}, wanted, read, detail)


def _reopened(
    correction: Correction, where: dict[str, str], wanted: Number | str | None, read: Number | str | None, why: str
) -> Finding:
    detail = f"not applied, {why}; {correction.signed}"
    return Finding("correction_reopened", "NOT_ASSESSABLE", where, wanted, read, detail=detail)


def _elsewhere(finding: Finding, origins: Mapping[str, str]) -> Finding:
    if finding.rule == "correction_reopened":
        return finding
    now = origins.get(finding.where["table"])
    detail = f"not applied, the table is now taken from {f'document {now}' if now else 'no document'}; {finding.detail}"
    return Finding(
        "correction_reopened", "NOT_ASSESSABLE", finding.where, finding.actual, finding.expected, detail=detail
    )


def _judged(reading: Reading, cells: tuple[FormCell, ...]) -> Reading:
    """Return a reading with other cells and what the checks say of them; a second reading knows only the old ones."""
    form = next((form for form in templates() if form.name == reading.template), None)
    rules = {check.rule for check in checks()}
    kept = tuple(finding for finding in reading.findings if finding.rule not in rules)
    judged = tuple(found for check in checks() for found in check.judge(Figures(cells), form)) if form else ()
    return replace(reading, cells=cells, findings=(*kept, *judged))
