"""One report from all the documents that are readings of it: a fold that depends on their set only.

Order, repetition and restarts change nothing. Every document's own reading is kept; the fold chooses, table by table,
the best one and says where the others contradict it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from extract.labels import sum_rules
from extract.model import Finding, FormCell, Reading, Section
from store.fold.cells import sound
from store.fold.entries import Entry, about, of_table
from store.fold.weigh import collect

ReportOutcome = Literal["complete", "partial", "narrative", "unreadable"]

NARRATIVE = "sections"
"""The name under which ``Report.origins`` tells where the narrative was taken from."""

_UNREAD = frozenset({"unreadable", "absent"})


@dataclass(frozen=True, slots=True)
class Report:
    """One agency's report for one year. ``document`` and ``url`` are those of the best document as a whole;
    ``origins`` names the document of each table and of the narrative."""

    template: str | None
    title: str | None
    published: str | None
    url: str
    document: str
    outcome: ReportOutcome
    reason: str
    consistent: int | None
    cells: tuple[FormCell, ...]
    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]
    origins: tuple[tuple[str, str], ...]


def fold(readings: Iterable[Entry]) -> Report:
    """Merge readings of one report; raises ``ValueError`` when none of them is of a report."""
    ranked = _ranked(readings)
    if not ranked:
        raise ValueError("no reading of a report to fold")
    best = ranked[0]
    template = next((entry.reading.template for entry in ranked if entry.reading.template), None)
    of_form = [entry for entry in ranked if entry.reading.template == template]
    tables = _tables(of_form)
    narrator = max(ranked, key=_narrative_rank)
    sections = _sections(narrator.reading)
    outcome, reason = _outcome(tables, sections, ranked)
    findings = collect(tables, ranked, {narrator.sha256, best.sha256}, template)
    return Report(
        template=template,
        title=next((entry.reading.title for entry in ranked if entry.reading.title), None),
        published=next((entry.published for entry in ranked if entry.published), None),
        url=best.url,
        document=best.sha256,
        outcome=outcome,
        reason=reason,
        consistent=_consistent(findings, outcome),
        cells=tuple(cell for name, entry in tables.items() for cell in of_table(entry, name)),
        findings=findings,
        sections=sections,
        origins=tuple(_origins(tables, narrator, sections)),
    )


def _ranked(readings: Iterable[Entry]) -> list[Entry]:
    entries = {entry.sha256: _sound_entry(entry) for entry in readings if entry.reading.outcome != "not_a_report"}
    return sorted(entries.values(), key=lambda entry: _rank(entry, entry.reading.cells), reverse=True)


def _sound_entry(entry: Entry) -> Entry:
    cells, complaints = sound(entry.reading.cells)
    findings = (*entry.reading.findings, *complaints)
    return replace(entry, reading=replace(entry.reading, cells=cells, findings=findings))


def _rank(entry: Entry, cells: Iterable[FormCell]) -> tuple[bool | int | str, ...]:
    outcome, corrected, published = entry.reading.outcome, entry.corrected, entry.published
    reported = sum(cell.state == "reported" for cell in cells)
    told = len(_sections(entry.reading))
    return (
        outcome == "ok",
        outcome == "partial",
        corrected,
        _in_season(entry),
        not entry.is_recognised,
        reported,
        told,
        published,
        -sum(finding.verdict == "FAIL" for finding in entry.reading.findings),
        entry.sha256,
    )


def _in_season(entry: Entry) -> bool:
    """Tell whether nothing says that it is older or younger than the year after the one it names.

    A second report that comes a year later, and does not call itself a correction, is mostly the next one under a
    title that was copied; it must not take the place of the one that came in time.
    """
    year = entry.reading.year
    return year is None or not entry.published or entry.published[:4] in (str(year), str(year + 1))


def _narrative_rank(entry: Entry) -> tuple[object, ...]:
    return (len(_sections(entry.reading)), _rank(entry, entry.reading.cells))


def _sections(reading: Reading) -> tuple[Section, ...]:
    told = sorted((section for section in reading.sections if section.text.strip()), key=lambda s: s.number)
    return tuple(_joined(list(group)) for _, group in groupby(told, key=lambda section: section.number))


def _joined(parts: list[Section]) -> Section:
    return replace(parts[0], text="\n".join(part.text for part in parts))


def _tables(of_form: list[Entry]) -> dict[str, Entry]:
    names = dict.fromkeys(cell.table for entry in of_form for cell in entry.reading.cells)
    return {name: _best_for(name, of_form) for name in names}


def _best_for(table: str, entries: list[Entry]) -> Entry:
    cells = {entry.sha256: of_table(entry, table) for entry in entries}
    return max(entries, key=lambda entry: (_any_reported(cells[entry.sha256]), _rank(entry, cells[entry.sha256])))


def _any_reported(cells: Iterable[FormCell]) -> bool:
    return any(cell.state == "reported" for cell in cells)


def _origins(tables: dict[str, Entry], narrator: Entry, sections: tuple[Section, ...]) -> Iterator[tuple[str, str]]:
    yield from ((name, entry.sha256) for name, entry in tables.items())
    if sections:
        yield NARRATIVE, narrator.sha256


def _outcome(tables: dict[str, Entry], sections: tuple[Section, ...], ranked: list[Entry]) -> tuple[ReportOutcome, str]:
    problems = [problem for name, entry in tables.items() if (problem := _unread(name, entry))]
    if tables and not problems and not _all_from_one_partial(tables):
        return "complete", ""
    said = sorted({_said(entry.reading) for entry in ranked})
    if any(_any_reported(of_table(entry, name)) for name, entry in tables.items()):
        return "partial", "; ".join(problems or said)
    if sections:
        return "narrative", f"no figure of the form was read ({'; '.join(said)})"
    return "unreadable", "; ".join(said)


def _said(reading: Reading) -> str:
    return ": ".join(part for part in (reading.outcome, reading.detail) if part)


def _all_from_one_partial(tables: dict[str, Entry]) -> bool:
    return {entry.reading.outcome for entry in tables.values()} == {"partial"} and len(
        {entry.sha256 for entry in tables.values()}
    ) == 1


def _unread(name: str, entry: Entry) -> str:
    # "ok" is the reader's word that every table was read; of a partial reading only a flawless table is believed.
    if entry.reading.outcome == "ok":
        return ""
    cells = of_table(entry, name)
    if not _any_reported(cells):
        return f"{name}: not read"
    unread = sum(cell.state in _UNREAD for cell in cells)
    doubts = sorted({finding.rule for finding in about(entry, name) if finding.verdict != "PASS"})
    return f"{name}: {unread} cells not read" if unread else f"{name}: {', '.join(doubts)}" if doubts else ""


def _consistent(findings: tuple[Finding, ...], outcome: ReportOutcome) -> int | None:
    """Return 1 when every sum of the form holds, 0 when any figure contradicts another, None when it is open.

    A sum with a blank or unreadable member is open: a report is not called consistent on the sums that are left.
    """
    about_figures = [finding for finding in findings if "table" in finding.where]
    if any(finding.verdict == "FAIL" for finding in about_figures):
        return 0
    judged = [finding.verdict for finding in about_figures if finding.rule in sum_rules()]
    return 1 if outcome == "complete" and judged and set(judged) == {"PASS"} else None
