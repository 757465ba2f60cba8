"""What stands before the first section: which report it announces, who compiled it, and whose work it speaks of first."""

import re
from collections.abc import Iterator, Sequence

from extract.headings import heading_number
from extract.identity.narrator import tells_of_itself
from extract.identity.titles import TitleReading, find_agency, is_agency, plain_year, read_title
from extract.text import compact

_LONGEST = 600
_LONGEST_SENTENCE = 300
_NOW = re.compile(r"[现特](?:面?向社会|公布|公开|[将把]|编制)|编制[^。,，]{2,30}信息公开[^。,，]{0,8}(?:报告|年报)")
_ANNOUNCED = re.compile(
    r"(?:公布|现公开|社会(?:公众)?公开|现[将把]|发布|编制(?!并|本(?:年度)?报告)[的了]?|形成了?)《?([^《》。；;:：]{4,60}?(?:报告|年报))"
    r"|^((?:20\d\d年度?,)?[^《》。；;,，]{4,60}?(?:报告|年报))(?:\(以下简称[^)]{1,12}\))?[,，]?是?(?:根据|依据|按照)"
)
_COMPILED_BY = re.compile(
    r"由(?P<by>[^，,。；;（(]{3,40}?)(?:(?:按照|根据|依据|综合(?!办)|结合|汇总)[^。]{2,300}?)?(?:负责)?编制"
    r"|[，,](?P<subject>[^，,。；;（(]{3,40}?)(?:\([^()]{2,60}\))?编制了(?:20\d\d年度?|本年度|本)"
    r"|(?:全文|报告|内容|主要)包括(?P<of>[^，,。；;:：（(]{3,40}?)(?:20\d\d年度?)?政府信息公开(?:工作)?的?总体情况"
    r"|(?:涵盖了?|现公布|现[将把])(?P<covers>[^，,。；;:：（(]{3,40}?)20\d\d年(?:度|(?:0?1月0?1日至12月31日)?期间的?)?"
    r"(?:政府|政务)?信息公开(?:工作)?(?:的?总体)?情况"
    r"|本(?:年度)?(?:报告|年报)是(?P<is>[^，,。；;（(由]{3,40}?)(?:根据|依据|按照)[^。]{2,300}?编制"
)
"""由…编制; …编制了2022年…; 全文包括…政府信息公开总体情况: what is reported on is the compiler's."""

_OWN_OFFICE = re.compile(
    r"(?:(?<=人民政府)|(?<=办事处)|(?<=管委会)|(?<=[区镇乡]))(?:党政(?:综合)?办(?:公室)?|综合办公室)$"
    r"|(?<=街道)党政(?:综合)?办(?:公室)?$|(?<=[局厅])(?:(?:指挥中心|综合)?办公室|[\u4e00-\u9fff]{2,6}[科股])$"
    r"|(?:政务公开|(?:政府)?信息公开)(?:工作)?(?:领导小组)?办(?:公室)?$"
)
"""The office that writes an agency's report: it is no agency of its own."""

_GATHERED = re.compile("综合|结合|汇总")
_GOVERNMENTS_OFFICE = re.compile("政府(?:办公室|办公厅|办)$")
"""An office that gathers the figures of others compiles its government's report, not its own."""

_SPEAKS = re.compile("本(?:年度)?(?:报告|年报)")
_AT_HEAD = re.compile(r"20\d\d年(?:度|以?来)?[,，、]")


def introduction(lines: Sequence[str]) -> str:
    """Return the text before the first section, or the first sentences of it where they introduce the report."""
    before = "".join(before_sections(lines))
    first = "".join(lines[(stop := _stop(lines)) + 1 : stop + 2])
    if "。" not in before and (_NOW.search(flat := compact(first)) or _SPEAKS.match(flat)):
        before += first
    return plain_year(compact(before))[:_LONGEST]


def before_sections(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines before the first section; of a text that begins with it, its heading."""
    return lines[: max(_stop(lines), 1)]


def _stop(lines: Sequence[str]) -> int:
    return next((place for place, line in enumerate(lines) if heading_number(line) is not None), len(lines))


def announced(said: str) -> TitleReading | None:
    """Return the report that the introduction announces (现公布长安区…2022年政府信息公开工作年度报告)."""
    readings = [read_title(found[1] or found[2]) for found in _ANNOUNCED.finditer(said)]
    reports = [reading for reading in readings if reading.kind == "report"]
    telling = [*(one for one in reports if one.agency), *(one for one in reports if one.year), *reports]
    return telling[0] if telling else None


def compiler(said: str) -> str | None:
    """Return the agency that says it compiled the report (由海丰县教育局编制)."""
    return next((name for name in _compilers(said) if is_agency(name)), None)


def _compilers(said: str) -> Iterator[str]:
    for found in _COMPILED_BY.finditer(said):
        name = _OWN_OFFICE.sub("", found["by"] or found["subject"] or found["of"] or found["covers"] or found["is"])
        if _GOVERNMENTS_OFFICE.search(name) and _GATHERED.search(found[0]):
            continue
        # 清江镇人民政府信息公开总体情况: 政府 belongs to both.
        yield f"{name}政府" if name.endswith("人民") else name


def year_at_head(lines: Sequence[str]) -> int | None:
    """Return the year that opens the introduction (2025年，县住建局…), not that of a date."""
    opened = _AT_HEAD.match(introduction(lines))
    return int(opened[0][:4]) if opened else None


def agency_at_head(lines: Sequence[str]) -> str | None:
    """Return the agency that opens a line of the introduction behind its year (2021年，清江市教育局…)."""
    text = introduction(lines)
    for line in before_sections(lines):
        said = plain_year(compact(line[:_LONGEST_SENTENCE]))
        opened = _AT_HEAD.match(said)
        rest = said[opened.end() :] if opened is not None and "。" in said else ""
        agency = find_agency(rest)
        if agency is not None and tells_of_itself(agency, rest[len(agency) :], text):
            return agency
    return None
