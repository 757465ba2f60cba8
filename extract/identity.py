"""Whose report this is, for which year, under which title, published when: as far as the document itself says.

Order for the agency: title; the signature at the end; the opening sentence; the metadata of the page. For the year:
the period stated in the text beats the title (a copied title is the commoner mistake) and a finding is kept. Never a
year of a circular (〔2021〕30号), a comparison (比2021年), a date or a folder.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract.headings import heading_number
from extract.model import Document, Finding, Identity, Paragraph
from extract.text import compact, normal
from extract.titles import TitleReading, find_agency, is_agency, plain_year, read_title

_SPACE = re.compile(r"\s+")
_TITLE_END = re.compile(r"(?:报告|年报)(?:的?(?:公示|公告|公布|公开|发布|通告))?(?:\(.*)?$")
_TITLE_WINDOW = 12
_MAX_TITLE_CHARACTERS = 80
_PERIOD = re.compile(r"(?:自|从|为|期限)?(20[0-3]\d)年?1月1日(?:起|开始)?[至到—\-~]+(?:(20[0-3]\d)年)?12月31日")
_OPENING = re.compile(r"^(?:一、|\(一\)|1[.、])?(?:总体情况)?(?:按照|根据|依据)?(20[0-3]\d)年(?:度|来|以来)?[,，、,]?")
_DATE = re.compile(r"(20[0-3]\d)年(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日")
_ISO_DATE = re.compile(r"(20[0-3]\d)[-/.](1[0-2]|0?[1-9])[-/.](3[01]|[12]\d|0?[1-9])(?!\d)")
_PUBLISHED = re.compile(r"(?:发布|公开|成文|发文|发稿|更新|生成)?(?:日期|时间)[:：]")
_SIGNATURE_WINDOW = 4
_MENTION = re.compile(
    r"(?:^|[,，。;；])(?:一是)?(?:20\d\d年(?:度|以来|来)?[,，]?)?(?:在[^,，。]{2,30}(?:下|领导下|指导下)[,，])?"
)
_AGENCY_METADATA = ("发布机构", "发布机关", "发文机关", "ContentSource", "contentSource", "Author", "SiteName")
_PORTAL_NAMES = ("SiteName",)
_DATE_METADATA = ("PubDate", "发文日期", "发布日期", "成文日期", "公开日期", "生成日期")
_TITLE_METADATA = ("ArticleTitle", "title")
_OPENING_SENTENCES = 3
_INTRODUCTION_CHARACTERS = 600
_ANNOUNCED = re.compile(r"(?:公布|现公开|现将|发布|编制的)《?([^《》。；;]{4,60}?(?:报告|年报))")
_COMPILED_BY = re.compile(r"由([^，,。；;（(]{3,40}?)(?:(?:按照|根据|依据)[^。]{2,120}?)?(?:负责)?编制")
_BREADCRUMB = re.compile(r"^.*(?:>|＞|»|当前位置[:：]?|所在位置[:：]?)")
_SELF_DESCRIBED = re.compile(
    r"(?:本年度报告|本报告|本年报|年度报告).{0,80}(?:编制|统计期限|公布|组成)|统计期限|(?:公布|现将).{0,60}信息公开.{0,8}(?:报告|年报)"
)
_EXPLAINED = re.compile(r"解读|一图读懂|图解")


@dataclass(frozen=True, slots=True)
class Identified:
    """The identity of a document and what was noticed about it."""

    identity: Identity
    findings: tuple[Finding, ...]


def identify(document: Document) -> Identified:
    """Read agency, year, title and publication date from a document. What it does not say stays ``None``."""
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    metadata = dict(reversed(document.metadata))
    title = _title(document) or _title_metadata(metadata)
    introduction = _introduction(lines)
    announced = _announced(introduction)
    said = read_title(title) if title else announced
    period, opening = _period(lines), _opening_year(lines)
    year = period or (said.year if said else None) or (announced.year if announced else None) or opening
    agency = (
        (said.agency if said else None)
        or (announced.agency if announced else None)
        or _beside_title(lines, title)
        or _signature(lines)
        or _compiler(introduction)
        or _opening_agency(lines)
        # A title that names somebody we cannot make out is not overruled by what the portal says of itself.
        or (None if said and said.names_someone else _stated(metadata))
    )
    agency = _as_printed(agency, lines)
    findings = tuple(_conflict(said.year if said else None, period))
    return Identified(Identity(agency, year, title, _published(lines, metadata, year)), findings)


def describes_itself(document: Document) -> bool:
    """Say whether the introduction speaks as an annual report (本报告…统计期限…编制) and not as an explanation of one."""
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    introduction = _introduction(lines)
    return bool(_SELF_DESCRIBED.search(introduction)) and not _EXPLAINED.search(introduction)


def names_look_alike(document: Document) -> bool:
    """Say whether the document's own title is that of something else (解读, 通知, 部门决算, 网站工作年度报表).

    Asked in this order: headings of the page, what its metadata call the article, its first line of text; the first
    that names a report or a look-alike decides. Link lists and menus are not asked.
    """
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    titles = [block.text for block in paragraphs if block.role == "title"]
    metadata = dict(reversed(document.metadata))
    stated = [re.split(r"[_|]|--| - ", metadata.get(name, ""))[0] for name in _TITLE_METADATA]
    first = [block.text for block in paragraphs[:1] if len(compact(block.text)) <= _MAX_TITLE_CHARACTERS]
    kinds = (read_title(line).kind for line in ("".join(titles), *titles, *stated, *first))
    return next((kind for kind in kinds if kind != "unknown"), "unknown") == "look_alike"


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
    flat = [compact(line) for line in lines[:_TITLE_WINDOW]]
    place = next((place for place, line in enumerate(flat) if line and title.endswith(line)), None)
    below = flat[place + 1].strip("()") if place is not None and place + 1 < len(flat) else ""
    return below if is_agency(below) and not heading_number(below) else None


def _introduction(lines: list[str]) -> str:
    """Return the text before the first section, or the beginning of the text, compact."""
    stop = next((place for place, line in enumerate(lines) if heading_number(line) is not None), len(lines))
    return plain_year(compact("".join(lines[: max(stop, 1)])))[:_INTRODUCTION_CHARACTERS]


def _announced(introduction: str) -> TitleReading | None:
    """Return the report that the introduction announces (现公布长安区…2022年政府信息公开工作年度报告)."""
    readings = (read_title(found[1]) for found in _ANNOUNCED.finditer(introduction))
    return next((reading for reading in readings if reading.kind == "report"), None)


def _compiler(introduction: str) -> str | None:
    """Return the agency that says it compiled the report (由海丰县教育局编制)."""
    names = (found[1] for found in _COMPILED_BY.finditer(introduction))
    return next((name for name in names if is_agency(name)), None)


def _conflict(title_year: int | None, period: int | None) -> Iterator[Finding]:
    if title_year is not None and period is not None and title_year != period:
        detail = "the title and the period stated in the text name different years; the period is used"
        yield Finding("year", "FAIL", {}, period, title_year, detail=detail)


def _title(document: Document) -> str | None:
    """Return the first line (or two or three lines together) that names an annual report, before the first section."""
    lines: list[str] = []
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            continue
        if heading_number(block.text) is not None or len(lines) >= _TITLE_WINDOW:
            break
        lines.append(_BREADCRUMB.sub("", compact(block.text)))
    found = list(_title_candidates(lines))
    # A column's name (政府信息公开年报) and the second half of a broken title name nobody and no year.
    best = next((one for one in found if _tells(one)), found[0] if found else None)
    return None if best is None else _printed_title(best, document)


def _tells(title: str) -> bool:
    """Say whether a title names its agency or its year."""
    said = read_title(title)
    return said.agency is not None or said.year is not None


def _printed_title(title: str, document: Document) -> str:
    """Return a title with the characters the document prints (full-width brackets), without its white space."""
    squeezed = [_SPACE.sub("", block.text) for block in document.blocks if isinstance(block, Paragraph)]
    single = (_BREADCRUMB.sub("", line) for line in squeezed)
    double = (first + second for first, second in pairwise(squeezed))
    return next((line for line in (*single, *double) if compact(line) == title), title)


def _title_candidates(lines: list[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        if not _is_title(line):
            continue
        if read_title(line).agency is None and place and is_agency(lines[place - 1]):
            yield lines[place - 1] + line
        yield line
    for place in range(len(lines) - 1):
        together = lines[place] + lines[place + 1]
        if _is_title(together):
            yield together


def _is_title(line: str) -> bool:
    if len(line) > _MAX_TITLE_CHARACTERS or re.search(r"[。；;]|[,，].*[,，]", line):
        return False
    return read_title(line).kind == "report" and bool(_TITLE_END.search(line))


def _title_metadata(metadata: dict[str, str]) -> str | None:
    for name in _TITLE_METADATA:
        line = compact(re.split(r"[_|]|--| - ", metadata.get(name, ""))[0])
        if line and _is_title(line):
            return line
    return None


def _period(lines: list[str]) -> int | None:
    """Return the year of the stated period (统计期限自2023年1月1日起至12月31日止), the strongest statement in a text."""
    years = {
        int(found[1])
        for found in _PERIOD.finditer(plain_year(compact("".join(lines))))
        if found[2] is None or found[2] == found[1]
    }
    return years.pop() if len(years) == 1 else None


def _opening_year(lines: list[str]) -> int | None:
    """Return the year that opens the first section (2023年，我局…), or the first that opens a sentence there."""
    for sentence in _sentences(lines):
        found = _OPENING.match(sentence)
        if found:
            return int(found[1])
    return None


def _sentences(lines: list[str]) -> list[str]:
    """Return the sentences of the first section, or of the whole text when no heading is found."""
    start = next((place + 1 for place, line in enumerate(lines) if heading_number(line) == 1), 0)
    stop = next((p for p, line in enumerate(lines[start:], start) if heading_number(line) is not None), len(lines))
    text = plain_year(compact("".join(lines[start:stop])))
    return [sentence for sentence in re.split(r"(?<=[。；;情况])|(?<=情况。)", text) if sentence] if text else []


def _signature(lines: list[str]) -> str | None:
    """Return the agency that signs at the end: a name alone on a line, near a date."""
    tail = [compact(line) for line in lines if line.strip()][-_SIGNATURE_WINDOW:]
    for place, line in enumerate(tail):
        name = _DATE.sub("", line).strip("()（）")
        near_date = any(_DATE.search(other) for other in tail[max(0, place - 1) : place + 2])
        if name and near_date and is_agency(name):
            return name
    return None


def _opening_agency(lines: list[str]) -> str | None:
    """Return the agency named at the head of the first sentences (2024年,朝阳区科技局认真贯彻…)."""
    for sentence in _sentences(lines)[:_OPENING_SENTENCES]:
        for found in _MENTION.finditer(sentence):
            agency = find_agency(sentence[found.end() :])
            if agency is not None:
                return agency
    return None


def _stated(metadata: dict[str, str]) -> str | None:
    for name in _AGENCY_METADATA:
        value = compact(metadata.get(name, ""))
        # A portal's name is its government's, whoever's report it shows.
        is_portal = name in _PORTAL_NAMES and value.endswith(("政府", "省", "市", "区", "县", "旗", "州", "盟"))
        if value and is_agency(value) and not is_portal:
            return value
    return None


def _published(lines: list[str], metadata: dict[str, str], year: int | None) -> str | None:
    """Return the publication date: printed with its word, signed, or in the metadata; never before the year's end."""
    head = (normal(line) for line in lines[:_TITLE_WINDOW])
    labelled = (_date(line) for line in head if _PUBLISHED.search(compact(line)))
    tail = (_date(line) for line in reversed(lines[-_SIGNATURE_WINDOW:]) if len(compact(line)) < _MAX_TITLE_CHARACTERS)
    stated = (_date(metadata.get(name, "")) for name in _DATE_METADATA)
    for found in (*labelled, *tail, *stated):
        if found is not None and (year is None or int(found[:4]) > year):
            return found
    return None


def _date(text: str) -> str | None:
    found = _DATE.search(compact(text)) or _ISO_DATE.search(normal(text))
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None
