"""Days as reports print them: 2023年1月12日, 二〇二三年一月十二日, 2023年元月12日, 2023-01-12, 2023.1.12."""

import re

from extract.identity.titles import plain_year
from extract.text import compact, normal

DATE = re.compile(r"(20[0-3]\d)年(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日")
_ISO_DATE = re.compile(
    r"(20[0-3]\d)[-/.](1[0-2]|0?[1-9])[-/.](?:(3[01]|[12]\d|0?[1-9])(?!\d)|(3[01]|[12]\d|0[1-9])(?=\d\d:\d\d))"
)
"""Copies of pages lose the space before the time: 2021-03-2918:26."""

_AT_EDGE = re.compile(rf"^[\W_]*(?:{DATE.pattern}|{_ISO_DATE.pattern})|(?:{DATE.pattern}|{_ISO_DATE.pattern})[\d:\W]*$")
_IN_WORDS = re.compile(
    r"(?<=20\d\d年)(元|正|十?[一二]|[三四五六七八九十])月((?:[一二三]?十)?[一二三四五六七八九]|[一二三]?十)日"
)
_FIRST = ("元", "正")  # of the year's months
_TEN = 10


def plain_date(text: str) -> str:
    """Return text in its plain form, its dates in digits."""
    return _IN_WORDS.sub(_in_digits, plain_year(compact(text)).replace("年元月", "年1月"))


def _in_digits(found: re.Match[str]) -> str:
    month = 1 if found[1] in _FIRST else _number(found[1])
    return f"{month}月{_number(found[2])}日"


def _number(words: str) -> int:
    """Return a number below a hundred: 十二, 二十, 三十一."""
    tens, ten, ones = words.rpartition("十")
    return (_digit(tens) or 1) * _TEN * bool(ten) + _digit(ones)


def _digit(word: str) -> int:
    return "零一二三四五六七八九".index(word) if word else 0


def iso(text: str) -> str | None:
    """Return the first day that a text names, as 2023-01-12."""
    found = DATE.search(plain_date(text)) or _ISO_DATE.search(normal(text))
    if found is None:
        return None
    year, month, day = (part for part in found.groups() if part is not None)
    return f"{year}-{int(month):02}-{int(day):02}"


def day_at_edge(line: str) -> str | None:
    """Return the day with which a line begins or ends, but for signs and a time."""
    printed = next((text for text in (plain_date(line), normal(line)) if _AT_EDGE.search(text)), None)
    return None if printed is None else iso(printed)


def is_date_alone(line: str) -> bool:
    """Tell whether a line is nothing but a day."""
    return bool(DATE.fullmatch(plain_date(line)) or _ISO_DATE.fullmatch(normal(line).strip()))
