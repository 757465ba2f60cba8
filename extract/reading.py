"""The whole path of one document: bytes -> format -> form, sections, identity -> checks -> Reading."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Literal

import extract.checks
import extract.formats
from extract.checks import Check
from extract.discover import discover
from extract.errors import ExtractError, TooBigError, UnsupportedError
from extract.formats import Format
from extract.forms import FormReading, read_form
from extract.headings import count_official
from extract.identity import Identified, describes_itself, identify
from extract.limits import MAX_DOCUMENT_BYTES
from extract.model import Document, Finding, Outcome, Paragraph, Reading, Section
from extract.second import flattened
from extract.sections import read_sections
from extract.sniff import media_type
from extract.titles import read_title

EXTRACTOR = "1"
"""Version of the reader. Documents read by another version are due to be read again; raise it with every change
that can change a reading."""

_REPORT_HEADINGS = 3


@cache
def formats() -> dict[str, Format]:
    """Return the format that reads each media type. Raises ``TypeError`` when two formats claim one type."""
    claimed: dict[str, Format] = {}
    for found in discover(extract.formats, "FORMAT", Format):
        for name in found.media_types:
            if name in claimed:
                raise TypeError(f"{name} is claimed by {claimed[name].name} and {found.name}")
            claimed[name] = found
    return claimed


@cache
def checks() -> tuple[Check, ...]:
    """Return every check, in name order."""
    return tuple(discover(extract.checks, "CHECK", Check))


def read(data: bytes, hint: str = "") -> Reading:
    """Read one document. Never raises for what the bytes hold: the outcome and ``detail`` say what went wrong.

    ``hint`` is what is known from outside (a Content-Type, a file name); bytes decide, the hint breaks ties.
    """
    media = media_type(data, hint)
    try:
        form = _format(data, media)
        document = form.read(data, hint)
        return read_document(document, _second(form, data, hint) or flattened(document))
    except ExtractError as error:
        return Reading(media, error.outcome, detail=str(error))


def _format(data: bytes, media: str) -> Format:
    if len(data) > MAX_DOCUMENT_BYTES:
        raise TooBigError(f"{len(data)} bytes, more than {MAX_DOCUMENT_BYTES}")
    form = formats().get(media)
    if form is None:
        raise UnsupportedError(f"no reader for {media}")
    return form


def _second(form: Format, data: bytes, hint: str) -> Document | None:
    """Return another engine's reading; one that fails where the first did not is no reading to compare with."""
    if form.second is None:
        return None
    try:
        return form.second(data, hint)
    except ExtractError:
        return None


def read_document(document: Document, second: Document | None = None) -> Reading:
    """Read the report a document holds; ``second`` is an independent reading of the same document."""
    identified = identify(document)
    sections = read_sections(document)
    form = read_form(document, identified.identity.year, second)
    outcome = _outcome(document, identified, sections, form)
    if outcome == "not_a_report":
        return Reading(document.media_type, outcome, title=identified.identity.title)
    findings = (*document.notes, *identified.findings, *form.findings, *_judge(form))
    return Reading(
        document.media_type,
        outcome,
        identified.identity.agency,
        identified.identity.year,
        form.template.name if form.template else None,
        identified.identity.title,
        identified.identity.published,
        sections,
        form.cells,
        findings,
    )


def _judge(form: FormReading) -> Iterator[Finding]:
    if form.template is None:
        return
    for check in checks():
        for finding in check.judge(form.cells, form.template):
            yield replace(finding, cause=_cause(finding, form)) if finding.verdict == "FAIL" else finding


def _cause(finding: Finding, form: FormReading) -> Literal["source", "reading"] | None:
    """Say whose error a failed check is: the source's, where two readings agree on every row it speaks of."""
    if form.confirmed is None:
        return None
    table, row = finding.where["table"], finding.where.get("row")
    printed = {(cell.table, cell.row, cell.item) for cell in form.cells if cell.state == "reported"}
    members = {name for name in printed if name[0] == table and (row is None or name[1] == row)}
    return "source" if members <= form.confirmed else "reading"


def _outcome(document: Document, identified: Identified, sections: tuple[Section, ...], form: FormReading) -> Outcome:
    """Say how the reading ended: a report has the tables, or the sections, or at least a report's title and text."""
    if form.template is not None:
        unread = any(cell.state == "unreadable" for cell in form.cells)
        missing = len({cell.table for cell in form.cells if cell.state != "absent"}) < len(form.template.tables)
        return "partial" if unread or missing else "ok"
    text = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    title = identified.identity.title
    named = title is not None and read_title(title).kind == "report"
    if named or describes_itself(document) or max(len(sections), count_official(text)) >= _REPORT_HEADINGS:
        return "partial"
    return "not_a_report"
