"""The whole path of one document: bytes -> format -> form, sections, identity -> checks -> Reading."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

import extract.archives
import extract.checks
import extract.formats
from extract.archives import Archive, Member
from extract.checks import Check
from extract.discover import discover
from extract.errors import CorruptError, ExtractError, TooBigError, UnsupportedError
from extract.formats import Format
from extract.forms import FormReading, read_form, read_twice
from extract.forms.captions import with_captions
from extract.forms.complete import is_complete
from extract.forms.entries import TABLE as STATISTICS
from extract.forms.money import with_units
from extract.forms.parted_heads import with_heads
from extract.forms.prose_tables import without_tables_in_prose
from extract.headings import count_official
from extract.identity.doubted_year import doubts_by_form
from extract.identity.identify import Identified, identify
from extract.identity.look_alikes import (
    describes_itself,
    has_prescribed_parts,
    is_on_others,
    is_rule_or_notice,
    names_look_alike,
)
from extract.identity.titles import read_title
from extract.judging import Figures
from extract.labels import sum_rules, vocabulary
from extract.legibility import proven
from extract.limits import MAX_ARCHIVE_DEPTH, MAX_DOCUMENT_BYTES
from extract.members import REPORTS, from_members
from extract.model import Document, Finding, Outcome, Paragraph, Reading, Section
from extract.narrative_numbers import narrative_numbers
from extract.ocr.recognition import PICTURE
from extract.pieces import are_pieces, has_text, joined
from extract.sections import read_sections
from extract.sniff import EMPTY, media_type
from extract.text import compact
from extract.torn import torn

EXTRACTOR = "19"
"""Version of the reader. Documents read by another version are due to be read again; raise it with every change
that can change a reading."""

_ALL_IN_PICTURES = "the page shows nothing of the report but pictures"
_CUT = "markup"
_TOO_DEEP = "nested too deeply, and what could be read of it is no report"
_REPORT_HEADINGS = 3
_SUBJECT = "信息公开"
_SENTENCES = 2
_LISTED_TITLES = 3


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
def archives() -> dict[str, Archive]:
    """Return the archive reader of each media type."""
    found = discover(extract.archives, "ARCHIVE", Archive)
    return {name: archive for archive in found for name in archive.media_types}


@cache
def checks() -> tuple[Check, ...]:
    """Return every check, in name order."""
    return tuple(discover(extract.checks, "CHECK", Check))


def read(data: bytes, hint: str = "") -> Reading:
    """Read one document. Never raises for what the bytes hold: the outcome and ``detail`` say what went wrong.

    ``hint`` is what is known from outside (a Content-Type, a file name); bytes decide, the hint breaks ties. Raises
    ``TypeError`` for what is no bytes, such as a path or a text.
    """
    if not isinstance(data, bytes | bytearray):
        raise TypeError(f"a document is bytes, not {type(data).__name__}")
    return _read(data, hint, 0)


def _read(data: bytes, hint: str, depth: int) -> Reading:
    media = media_type(data, hint)
    try:
        archive = archives().get(media)
        if archive is not None:
            members = _members(archive, data, depth)
            return _in_pieces(media, members) or from_members(media, [(file.name, found) for file, found in members])
        form = _format(data, media)
        document = form.read(data, hint)
        return read_document(document, _second(form, data, hint))
    except ExtractError as error:
        return Reading(media, error.outcome, detail=str(error))


def _members(archive: Archive, data: bytes, depth: int) -> list[tuple[Member, Reading]]:
    if depth >= MAX_ARCHIVE_DEPTH:
        raise TooBigError(f"archives inside archives, more than {MAX_ARCHIVE_DEPTH} deep")
    return [(member, _read(member.data, member.name, depth + 1)) for member in archive.members(data)]


def _in_pieces(media: str, members: Iterable[tuple[Member, Reading]]) -> Reading | None:
    """Read a report whose text and tables are files of their own; ``None`` where the members are no such pieces."""
    reports = [(member, found) for member, found in members if found.outcome in REPORTS]
    if not are_pieces([found for _, found in reports]) or any(found.media_type in archives() for _, found in reports):
        return None
    reports.sort(key=lambda report: (not has_text(report[1]), report[0].name))
    return read_document(joined(media, [(member.name, _document(member)) for member, _ in reports]))


def _document(member: Member) -> Document:
    return _format(member.data, media_type(member.data, member.name)).read(member.data, member.name)


def _format(data: bytes, media: str) -> Format:
    if len(data) > MAX_DOCUMENT_BYTES:
        raise TooBigError(f"{len(data)} bytes, more than {MAX_DOCUMENT_BYTES}")
    if media == EMPTY:
        raise CorruptError("empty file")
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
    """Read the report a document holds.

    ``second`` is an independent reading of the same document; without one its tables are read once more by order alone.
    """
    identified = identify(document)
    year = identified.identity.year
    printed = _as_printed(document)
    form = read_twice(printed, year) if second is None else read_form(printed, year, _as_printed(second))
    form, illegible = proven(form) if document.is_recognised else (form, ())
    sections = read_sections(_narrative(document, form))
    outcome = _outcome(document, identified, sections, form)
    if outcome in ("not_a_report", "too_big"):
        detail = _TOO_DEEP if outcome == "too_big" else ""
        return Reading(document.media_type, outcome, title=identified.identity.title, detail=detail)
    stated = narrative_numbers(sections, form.cells, identified.identity.year)
    doubts = (*torn(document, form.cells), *_judge(form))
    on_year = doubts_by_form(year, form.template.first_year) if form.template else ()
    findings = (*document.notes, *identified.findings, *on_year, *form.findings, *illegible, *doubts, *stated)
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
        detail=_ALL_IN_PICTURES if outcome == "needs_ocr" else "",
    )


def _as_printed(document: Document) -> Document:
    """Return a document whose tables have their headers, captions and units in them, as most reports print them."""
    return with_units(with_captions(with_heads(document)))


def _narrative(document: Document, form: FormReading) -> Document:
    """Return a document without the lines of a statistics table that lost its cells."""
    has_statistics = form.template is not None and any(table.name == STATISTICS for table in form.template.tables)
    prints_statistics = has_statistics and any(c.table == STATISTICS and c.state != "absent" for c in form.cells)
    return without_tables_in_prose(document, vocabulary()) if prints_statistics else document


def is_whole(form: FormReading) -> bool:
    """Say whether every row of the template is printed with all its columns, and every printed cell was read."""
    if form.template is None or "unreadable" in [cell.state for cell in form.cells]:
        return False
    return is_complete(form.cells, form.template) if form.complete is None else form.complete


def _judge(form: FormReading) -> Iterator[Finding]:
    if form.template is None:
        return
    figures = Figures(form.cells, form.ledger)
    for check in checks():
        for finding in check.judge(figures, form.template):
            yield finding._replace(cause=_cause(finding, form)) if finding.verdict == "FAIL" else finding


def _cause(finding: Finding, form: FormReading) -> Literal["source", "reading"] | None:
    """Say whose error a failed check is: the source's, where two readings agree on every row it speaks of."""
    table, row = finding.where["table"], finding.where.get("row")
    if table not in form.seconded:
        return None
    if finding.rule in sum_rules() and "column" in finding.where:
        row = None  # a sum over rows: every row of the table may be a member
    printed = {(cell.table, cell.row, cell.item) for cell in form.cells if cell.state == "reported"}
    members = {name for name in printed if name[0] == table and (row is None or name[1] == row)}
    return "source" if members <= form.confirmed else "reading"


def _outcome(document: Document, identified: Identified, sections: tuple[Section, ...], form: FormReading) -> Outcome:
    """Say how the reading ended: a report has the tables, or the sections, or at least a report's title and text."""
    if names_look_alike(document):
        return "not_a_report"
    if form.template is not None:
        return "ok" if is_whole(form) else "partial"
    if not _is_narrative(document, identified, sections):
        # What was not read may be the report.
        return "too_big" if any(note.rule == _CUT for note in document.notes) else "not_a_report"
    in_pictures = not sections and any(note.rule == PICTURE for note in document.notes)
    return "needs_ocr" if in_pictures else "partial"


def _is_narrative(document: Document, identified: Identified, sections: tuple[Section, ...]) -> bool:
    """Say whether a document without tables is an annual report by its title, or by its own words and headings."""
    said = read_title(identified.identity.title or "")
    # A column's name (政府信息公开年报) stands above guides and rules too.
    tells = said.names_someone or said.year is not None or identified.identity.year is not None
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    text = "".join(lines)
    if is_on_others(document):
        return False
    if said.kind == "report" and tells:
        # A list of reports holds their titles too, but no sentence.
        named = {compact(line) for line in lines if read_title(line).kind == "report"}
        return text.count("。") >= _SENTENCES or len(named) < _LISTED_TITLES
    if _SUBJECT not in text:
        return False
    if describes_itself(document):
        return True
    if is_rule_or_notice(document):
        return False
    return has_prescribed_parts(document) or max(len(sections), count_official(text)) >= _REPORT_HEADINGS
