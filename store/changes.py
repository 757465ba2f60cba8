"""What differs between two readings of one document: told before the later one takes the place of the earlier."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extract.model import Finding, FormCell, Reading
from store.fold.cells import key_of
from store.fold.entries import Entry
from store.fold.overlay import correct_identity, overlay
from store.people.corrections import Correction

_FACTS = ("outcome", "media_type", "agency", "year", "template", "title", "published")
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is read otherwise. ``kind`` is fact, cell, section, failure or correction; ``what`` names it
    (``requests.new.total``), and ``before`` and ``after`` are for people, ``-`` where there is nothing."""

    kind: str
    what: str
    before: str
    after: str


def changes(before: Reading, after: Reading, corrections: Iterable[Correction] = ()) -> tuple[Change, ...]:
    """Return what ``after`` reads otherwise than ``before``, and which of people's corrections it opens again."""
    people = tuple(corrections)
    told = {
        "fact": (_facts(before), _facts(after)),
        "cell": (_cells(before), _cells(after)),
        "section": (_sections(before), _sections(after)),
        "failure": (_failures(before.findings), _failures(after.findings)),
        "correction": (_applied(before, people), _applied(after, people)),
    }
    return tuple(change for kind, (old, new) in told.items() for change in _differences(kind, old, new))


def _differences(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for what in dict.fromkeys((*old, *new)):
        before, after = old.get(what, _NOTHING), new.get(what, _NOTHING)
        if before != after:
            yield Change(kind, what, before, after)


def _facts(reading: Reading) -> dict[str, str]:
    return {name: str(value) for name in _FACTS if (value := getattr(reading, name)) is not None}


def _cells(reading: Reading) -> dict[str, str]:
    return {".".join(part for part in key_of(cell) if part): _said(cell) for cell in reading.cells}


def _said(cell: FormCell) -> str:
    return str(cell.value) if cell.state == "reported" else f"{cell.state} “{cell.raw}”" if cell.raw else cell.state


def _sections(reading: Reading) -> dict[str, str]:
    return {f"{section.number} {section.heading}": section.text for section in reading.sections}


def _failures(findings: Iterable[Finding]) -> dict[str, str]:
    return {
        f"{finding.rule} {json.dumps(finding.where, ensure_ascii=False, sort_keys=True)}": "FAIL"
        for finding in findings
        if finding.verdict == "FAIL"
    }


def _applied(reading: Reading, corrections: tuple[Correction, ...]) -> dict[str, str]:
    """Tell of each correction, by its place, whether it holds over a reading."""
    _, of_cells = overlay(Entry("", reading), corrections)
    _, of_identity = correct_identity(reading, corrections)
    states = {"corrected_by_person": "applied", "correction_reopened": "open again"}
    return {
        f"{json.dumps(finding.where, ensure_ascii=False, sort_keys=True)} number {number}": states[finding.rule]
        for number, finding in enumerate((*of_cells, *of_identity), start=1)
    }
