"""The year a report says that it counts: 统计期限自2023年1月1日起至12月31日止."""

import re

from extract.identity.titles import plain_year
from extract.text import compact

# What comes before the year is looked at after it: a pattern that begins with 20 is found five times as fast.
# Copies of pages lose single characters: 统计期限为20241月1日, 201711日至20171231日, 202011日起，至20201231日.
_PERIODS = tuple(
    map(
        re.compile,
        (
            r"(20[0-3]\d)(?<!\d20..)年?(?:0?1|元)月?0?1日(?:[0零]时)?(?:起|开始)?[,，]?[至到—\-~]+(?:(20[0-3]\d)年?)?12月?31日",
            r"(20[0-3]\d)(?<!\d20..)[./-]0?1[./-]0?1日?起?[,，]?[至到—\-~]+(?:(20[0-3]\d)[./-])?12[./-]31(?!\d)",
            r"(?:统计|数据)[^。]{0,12}?(20[0-3]\d)年\d{1,2}月\d{1,2}日起?[,，]?[至到—\-~]+(20[0-3]\d)年12月31日",
            r"统计(?:期限|时限|时间)[为是从自:]{0,2}(20[0-3]\d)年(?:度|全年|(?:0?1|元)月份?[至到—\-~]+12月)",
        ),
    )
)


def stated_year(lines: list[str]) -> int | None:
    """Return the year of the stated period (统计期限自2023年1月1日起至12月31日止), the strongest statement in a text."""
    text = _with_plain_days(plain_year(compact("".join(lines))))
    stated = ({*found.groups()} - {None} for period in _PERIODS for found in period.finditer(text))
    years = {int(year) for named in stated if len(named) == 1 for year in named}
    return years.pop() if len(years) == 1 else None


def _with_plain_days(text: str) -> str:
    return text.replace("十二月三十一日", "12月31日").replace("一月一日", "1月1日")
