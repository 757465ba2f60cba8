"""Numbers that the narrative states against the table of requests: a second voice of the same report, never a verdict.

Only sentences that can mean nothing else are believed: 新收 or 收到 … 信息公开申请 N 件 (or 未收到, none) for the row 本年新收,
办结 or 答复 … 申请 N 件 for 总计 of what was processed. A sentence that speaks of another year, compares, or names a part
(其中, by post, by one kind of applicant) is left out, and so is a number that the narrative itself states in two ways.
"""

import re
from collections.abc import Iterable, Iterator

from extract.model import Finding, FormCell, Section, Verdict
from extract.text import compact

_SUBJECT = "申请"
"""Stands in every sentence that is believed; most have it not."""

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_OTHER = re.compile(
    r"上年|去年|上一?年度|同期|同比|环比|相比|较|历年|累计|以来|近[两三四五]年|其中|网上|信函|当面|邮寄|现场|自然人|企业"
)
_OBJECT = (
    r"(?:(?:政府)?信息公开申请(?:数量|事项|办件|件)?|依申请公开(?:政府信息)?(?:申请|事项|件)?)(?:共|共计|为|总数为)?"
)
_UNIT = "(?:件|宗|起|份)"
_RECEIVED = "(?:新收|新收到|收到|共收到|接收|接到|受理)"
_STATED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("new", re.compile(rf"{_RECEIVED}到?{_OBJECT}(\d{{1,6}}){_UNIT}")),
    ("new", re.compile(rf"{_RECEIVED}了?(\d{{1,6}}){_UNIT}(?:政府)?信息公开申请(?![^,，]{{0,10}}(?:复议|诉讼))")),
    ("processed_total", re.compile(rf"(?:办结|答复|办理答复|办理)(?:完毕)?{_OBJECT}(\d{{1,6}}){_UNIT}")),
)
# 未收到…申请 says 0; what was not received is no request where 复议, 诉讼 or 投诉 follow.
_NONE = re.compile(
    r"(?:未|没有)(?:收到|接到|受理)过?(?:任何)?(?:公民、法人[和或及、]其他组织|社会公众)?(?:提出)?(?:任何)?(?:形式)?的?"
    r"(?:政府信息公开的?申请|信息公开的?申请|(?:政府)?信息?依申请公开|依申请公开)(?![^,，]{0,10}(?:复议|诉讼|投诉|举报))"
)
_YEAR = re.compile(r"(20\d\d)年")


def narrative_numbers(sections: Iterable[Section], cells: Iterable[FormCell], year: int | None) -> Iterator[Finding]:
    """Yield one finding for each number of the table that the narrative states once and plainly: PASS where both are
    the same, else NOT_ASSESSABLE, for prose may count otherwise than the form."""
    told = list(_told(sections, year))
    if not told:
        return
    totals = [cell for cell in cells if cell.column == "total" and cell.table == "requests" and cell.item is None]
    table = {cell.row: cell for cell in totals}
    for row in dict.fromkeys(name for name, _ in _STATED):
        stated = {number: sentence for name, number, sentence in told if name == row}
        cell = table.get(row)
        if len(stated) == 1 and cell is not None and cell.state == "reported":
            [(number, sentence)] = stated.items()
            verdict: Verdict = "PASS" if number == cell.value else "NOT_ASSESSABLE"
            detail = f"requests {row} total; the narrative says: {sentence}"
            yield Finding("narrative_numbers", verdict, {}, cell.value, number, detail=detail)


def _told(sections: Iterable[Section], year: int | None) -> Iterator[tuple[str, int, str]]:
    """Yield (row, number, words) for each plain statement."""
    for section in sections:
        for sentence in _SENTENCE.findall(section.text) if all(sign in section.text for sign in _SUBJECT) else ():
            text = compact(sentence)
            if _SUBJECT not in text or _OTHER.search(text) or any(int(named) != year for named in _YEAR.findall(text)):
                continue
            for row, pattern in _STATED:
                yield from ((row, int(found[1]), found[0]) for found in pattern.finditer(text))
            yield from (("new", 0, found[0]) for found in _NONE.finditer(text))
