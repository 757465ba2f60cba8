"""Whose report this is, for which year, under which title, published when: as far as the document itself says.

Order for the agency: title; the signature at the end; the opening sentence; the metadata of the page. For the year:
the period stated in the text beats the title (a copied title is the commoner mistake) and a finding is kept. Never a
year of a circular (〔2021〕30号), a comparison (比2021年), a date or a folder.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.headings import heading_number, outline
from extract.identity.agency_names import are_two, may_be_same
from extract.identity.dates import DATE, is_date_alone, plain_date
from extract.identity.doubted_year import doubts_on_year, title_of_page
from extract.identity.introduction import agency_at_head, announced, compiler, introduction, year_at_head
from extract.identity.narrator import government_of, place_that_tells, tells_of_itself
from extract.identity.period import stated_year
from extract.identity.printed_title import (
    TITLE_WINDOW,
    printed_title,
    stated_title,
)
from extract.identity.published import published
from extract.identity.tabled import tabled
from extract.identity.titles import TitleReading, find_agency, is_agency, plain_year, read_title
from extract.identity.whole_name import whole_name
from extract.model import Document, Finding, Identity, Paragraph
from extract.text import compact

_SPACE = re.compile(r"\s+")
_COUNTED = re.compile(
    r"截[至止]到?(20[0-3]\d)年(?:12月(?:31日|底)?|年?底|末)"
    r"|我(?:局|委|办|厅|县|区|市|镇|乡|街道|单位|中心)(20[0-3]\d)年度?的?(?:政府)?信息公开"
)
_OPENING = re.compile(r"^(?:一、|\(一\)|1[.、])?(?:总体情况)?(?:按照|根据|依据)?(20[0-3]\d)年(?:度|来|以来)?[,，、,]?")
_SENTENCE = re.compile("(?:(?!情况)[^。；;])+(?:情况)?[。；;]?|情况[。；;]?")
"""What ends with its stop, or with 情况 of a heading that runs on into its text."""

_HEADING_OF_PART = re.compile(r"^(?:[(（][一二三四五六七八九]+[)）]|\d{1,2}[.、])[^。；;,，:：、]{2,16}$")
"""The heading of a part of the first section, without a stop of its own."""

_OWN_WORK = re.compile(
    r"^(?:一、|\(一\)|1[.、])?(?:总体情况)?(20[0-3]\d)年度?(?:以来)?[,，、]?(?:我[局委办厅县区市镇乡街省州旗]|本[局委办厅机单县])"
)
"""A first sentence that tells of the agency's own work in a year, and not of a law or a plan of that year."""

_SIGNATURE_WINDOW = 4
_YEAR_ALONE = re.compile(r"\(?(20[0-3]\d)年度?\)?")
_SEALED = re.compile(r"\((?:盖?公?章|盖章处|印章?)\)$")
_SIGNED_BY = re.compile(r"^(?:(?:报告|填报|编制|发布)?(?:单位|机关)|落款)(?:名称)?(?:\(盖?公?章\))?:")
_ABOUT_REPORT = re.compile(
    r"(?:本(?:年度)?报告|本年报|报告|全文|(?:统计)?数据|如对)|(?:[(（][一二三四五六][)）]|\d{1,2}[.、])[^。]{0,20}。"
)
"""What the first section says of the report itself, and the headings of its parts."""

_MENTION = re.compile(
    r"(?:^|[,，。;；])(?:一是)?(?:20\d\d年(?:度|以来|来)?[,，]?)?(?:在[^,，。]{2,30}(?:下|领导下|指导下)[,，])?"
)
_AGENCY_METADATA = ("发布机构", "发布机关", "发文机关", "ContentSource", "contentSource", "Author", "SiteName")
_PORTAL_NAMES = ("SiteName",)
_OPENING_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Identified:
    """The identity of a document and what was noticed about it."""

    identity: Identity
    findings: tuple[Finding, ...]


def identify(document: Document) -> Identified:
    """Read agency, year, title and publication date from a document. What it does not say stays ``None``."""
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    metadata = {**tabled(document), **dict(reversed(document.metadata))}
    title = printed_title(document) or stated_title(metadata)
    before = introduction(lines)
    told = announced(before)
    said = read_title(title) if title else told
    period = stated_year(lines)
    year = (
        period
        or (said.year if said else None)
        or (told.year if told else None)
        or _year_alone(lines, title)
        or _opening_year(lines)
        or year_at_head(lines)
    )
    agency = (
        (said.agency if said and title else None)
        or _named_below(lines, title, told, before)
        # A title that names somebody we cannot make out is not overruled by what the portal says of itself.
        or (None if said and said.names_someone else _stated(metadata))
    )
    agency = _as_printed(agency, lines)
    of_page = title_of_page(document)
    named = (said.agency if said else None, told.agency if told else None, _signature(lines))
    findings = (
        *_conflict(said.year if said else None, period),
        *_told_of(year, lines),
        *(() if period else doubts_on_year(year, of_page, lines)),
        *_other_names(agency, (*named, of_page.agency if of_page else None)),
    )
    return Identified(Identity(agency, year, title, published(lines, title, metadata, year)), findings)


def _named_below(lines: list[str], title: str | None, told: TitleReading | None, before: str) -> str | None:
    """Return the agency that is named elsewhere than in the title, with its place where the report prints that."""
    named = (
        (told.agency if told else None)
        or _beside_title(lines, title)
        or _signature(lines)
        or _compiler(before, lines)
        or agency_at_head(lines)
        or _opening_agency(lines)
    )
    return whole_name(named, lines) if named else None


def _compiler(before: str, lines: list[str]) -> str | None:
    named = compiler(before)
    if named is None:
        return None
    sentences = _sentences(lines)
    openings = [sentence[found.end() :] for sentence in sentences for found in _MENTION.finditer(sentence)]
    return government_of(named, openings, "".join(sentences))


def _as_printed(agency: str | None, lines: list[str]) -> str | None:
    """Return a name with its brackets as the document prints them (names are compared in their normal form)."""
    if agency is None or "(" not in agency:
        return agency
    wide = agency.replace("(", "（").replace(")", "）")
    return wide if any(wide in _SPACE.sub("", line) for line in lines) else agency


def _beside_title(lines: list[str], title: str | None) -> str | None:
    """Return the agency whose name stands alone on the line below a title that names nobody."""
    if title is None:
        return None
    flat = [compact(line) for line in lines[:TITLE_WINDOW]]
    place = next((place for place, line in enumerate(flat) if line and title.endswith(line)), None)
    below = flat[place + 1].strip("()") if place is not None and place + 1 < len(flat) else ""
    return below if is_agency(below) and not heading_number(below) else None


def _year_alone(lines: list[str], title: str | None) -> int | None:
    """Return the year on a line of its own at the head of a report with a title; of several, as in a menu, none."""
    stop = next((place for place, line in enumerate(lines) if heading_number(line) is not None), len(lines))
    flat = (plain_year(compact(line)) for line in lines[: min(stop, TITLE_WINDOW)])
    years = [int(found[1]) for line in flat if (found := _YEAR_ALONE.fullmatch(line))] if title else []
    return years[0] if len(years) == 1 else None


def _conflict(title_year: int | None, period: int | None) -> Iterator[Finding]:
    if title_year is not None and period is not None and title_year != period:
        detail = "the title and the period stated in the text name different years; the period is used"
        yield Finding("year", "FAIL", {}, period, title_year, detail=detail)


def _told_of(year: int | None, lines: list[str]) -> Iterator[Finding]:
    told = {int(found[1]) for sentence in _sentences(lines) if (found := _OWN_WORK.match(sentence))}
    if year is not None and told and year not in told:
        detail = "the first sentences tell of another year; that of the title or the stated period is used"
        yield Finding("year", "NOT_ASSESSABLE", {}, year, min(told), detail=detail)


def _other_names(agency: str | None, named: Iterable[str | None]) -> Iterator[Finding]:
    """Yield a finding where title, introduction, signature and the title of the page cannot all be one body's."""
    others = [name for name in named if agency and name and not may_be_same(compact(agency), name)]
    if others:
        detail = "title, introduction, signature or the title of the page name different agencies; the first is used"
        yield Finding("agency", "NOT_ASSESSABLE", {}, agency, others[0], detail=detail)


def _opening_year(lines: list[str]) -> int | None:
    """Return the year that opens the first section (2023年，我局…), or the first that opens a sentence there; else the
    year up to whose end it counts (截至2024年12月31日) or whose work it tells of (我镇2023年政府信息公开工作)."""
    sentences = _sentences(lines)
    opening = (found for sentence in sentences if (found := _OPENING.match(sentence)))
    counted = (found for sentence in sentences if (found := _COUNTED.search(sentence)))
    return next((int(found[found.lastindex or 0]) for found in (*opening, *counted)), None)


def _sentences(lines: list[str]) -> list[str]:
    """Return the sentences of the first section, or of the whole text when no heading is found."""
    heads = outline(lines)
    start = next((place + 1 for place, number in enumerate(heads) if number == 1), 0)
    stop = next((place for place, number in enumerate(heads) if place >= start and number is not None), len(lines))
    text = plain_year("".join(_HEADING_OF_PART.sub(r"\g<0>。", compact(line)) for line in lines[start:stop]))
    return _SENTENCE.findall(text)


def _signature(lines: list[str]) -> str | None:
    """Return the agency that signs at the end: a name alone on a line, near a date. Two that sign together are nobody."""
    printed = [line for line in lines if line.strip()][-_SIGNATURE_WINDOW:]
    tail = [plain_date(line) for line in printed]
    for place, line in enumerate(tail):
        name = _SEALED.sub("", _SIGNED_BY.sub("", DATE.sub("", line))).strip("()（）")
        near_date = any(DATE.search(other) or is_date_alone(other) for other in tail[max(0, place - 1) : place + 2])
        if name and near_date and is_agency(name):
            return None if are_two(printed[place]) else name
    return None


def _opening_agency(lines: list[str]) -> str | None:
    """Return the agency named at the head of the first sentences (2024年,朝阳区科技局认真贯彻…)."""
    sentences = _sentences(lines)
    text = "".join(sentences)
    own = [sentence for sentence in sentences if not _ABOUT_REPORT.match(sentence)]
    for sentence in own[:_OPENING_SENTENCES]:
        for found in _MENTION.finditer(sentence):
            rest = sentence[found.end() :]
            agency = find_agency(rest)
            if agency is not None and tells_of_itself(agency, rest[len(agency) :], text):
                return agency
            if agency is None and not found.start() and (place := place_that_tells(rest, text)) is not None:
                return place
    return None


def _stated(metadata: dict[str, str]) -> str | None:
    for name in _AGENCY_METADATA:
        value = compact(metadata.get(name, ""))
        # A portal's name is its government's, whoever's report it shows.
        is_portal = name in _PORTAL_NAMES and value.endswith(("政府", "省", "市", "区", "县", "旗", "州", "盟"))
        if value and is_agency(value) and not is_portal:
            return value
    return None
