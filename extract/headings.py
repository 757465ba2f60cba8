"""The six headings of the report since 2019, and what stood for them before, recognised by words, not by ordinals."""

import re
from collections.abc import Sequence
from functools import lru_cache

from extract.text import compact

_ORDINAL = r"(?:第?[一二三四五六七八九][、.,:部]?分?|\([一二三四五六]\)|[1-8][、.])?"
_PROBLEMS = r"(?:主要)?(?:困难)?(?:问题|不足)(?:(?:[和与、及]|以及)(?:不足|困难))?"
# Reports before 2019 have no prescribed headings. Their 收费及减免 follows 依申请公开 and stays part of it.
_WORDS: tuple[tuple[int, str], ...] = (
    (
        1,
        r"(?:20\d\d年(?:度)?)?(?:(?:政府)?信息公开)?(?:年度|主要)?(?:工作)?(?:总体|基本)(?:工作)?情况"
        r"|(?:主要|年度)?(?:工作)?(?:概述|概况)",
    ),
    (
        2,
        r"(?:行政机关)?主动公开政府信息(?:的)?情况|政府信息主动公开(?:的)?情况|主动公开(?:政府)?(?:信息)?(?:的)?情况",
    ),
    (
        3,
        r"(?:行政机关)?收到和处理政府信息公开(?:的)?申请(?:(?:的)?情况)?"
        r"|(?:政府信息)?依申请公开(?:政府)?(?:信息)?(?:办理|受理|处理)?(?:的)?情况",
    ),
    (
        4,
        r"(?:因)?政府信息公开(?:工作)?(?:被申请|被提起|引起的|提起)?行政复议、?(?:和|及|提起)?(?:被提起)?行政诉讼(?:的)?情况"
        r"|(?:因?政府信息公开(?:工作|类)?)?(?:被?申请)?(?:举报(?:投诉)?、?)?(?:申请)?(?:行政)?复议[、和及与]?"
        r"(?:被?提起)?(?:行政)?诉讼[、和及与]?(?:举报|投诉|申诉|举报投诉)?的?情况",
    ),
    (
        5,
        r"(?:当前)?(?:(?:政府)?(?:信息公开)?工作|政府信息公开)?(?:目前)?存在的?"
        rf"{_PROBLEMS}(?:、|及|和|与|以及)?(?:下一?步)?(?:工作)?"
        r"(?:计划|打算|安排)?(?:改进|整改)?(?:的)?(?:情况|措施|意见|方向)?"
        r"|主要问题[及和与](?:改进|整改)(?:情况|措施|意见)",
    ),
    (
        6,
        r"(?:其[他它]?)?需要?(?:报告|说明)的?(?:其他)?(?:事项|情况|问题)(?:(?:与|和|及)附[表件])?|其[他它]报告事项",
    ),
)
_ONLY_NUMBERED = ((2, r"[二2][、.](?:行政机关)?主动公开政府信息"), (6, r"[六6][、.]其[他它]事项"))
_WRITTEN = (*((number, rf"{_ORDINAL}(?:{words})") for number, words in _WORDS), *_ONLY_NUMBERED)
_HEADING = re.compile(rf"(?:{'|'.join(f'({words})' for _, words in _WRITTEN)})[。:、]?")
"""All headings in one look; the number of the group tells which."""

_NUMBERED = re.compile(r"[一二三四五六七八九][、.,]")
_SECOND_LEVEL = re.compile(r"\([一二三四五六七八九十]+\)|\d{1,2}[、.]")
_OFFICIAL = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
MAX_HEADING_CHARACTERS = 50
_LONGEST_LINE = 120


def heading_number(text: str) -> int | None:
    """Return which of the six sections a line heads (1 to 6), or ``None`` for any other line."""
    return _of_line(text) if len(text) <= _LONGEST_LINE else _of_prose(text)


def _heading_number(text: str) -> int | None:
    if len(text) > MAX_HEADING_CHARACTERS and len("".join(text.split())) > 2 * MAX_HEADING_CHARACTERS:
        return None  # prose, told without the cost of its normal form
    line = compact(text)
    if len(line) > MAX_HEADING_CHARACTERS:
        return None
    found = _HEADING.fullmatch(line)
    return None if found is None or found.lastindex is None else _WRITTEN[found.lastindex - 1][0]


# Every line of a document is asked many times, from the search for its content to its sections.
_of_line = lru_cache(maxsize=2048)(_heading_number)
_of_prose = lru_cache(maxsize=64)(_heading_number)


def outline(lines: Sequence[str]) -> tuple[int | None, ...]:
    """Return for every line which of the six sections it heads.

    Most reports repeat the words inside the first section: （一）主动公开情况, （二）依申请公开情况. Such headings of the
    second level head none where the text has headings of the first.
    """
    heads = tuple(map(heading_number, lines))
    numbered = [place for place, number in enumerate(heads) if number is not None]
    inner = {place for place in numbered if _SECOND_LEVEL.match(compact(lines[place]))}
    if not inner or len(inner) == len(numbered):
        return heads
    return tuple(None if place in inner else number for place, number in enumerate(heads))


def is_numbered(text: str) -> bool:
    """Say whether a line begins with a Chinese ordinal of the first level (一、)."""
    return bool(_NUMBERED.match(compact(text)))


def count_official(text: str) -> int:
    """Return how many of the six official headings occur anywhere in a text: three or more mean a report's page."""
    whole = compact(text)
    return sum(compact(heading) in whole for heading in _OFFICIAL)
