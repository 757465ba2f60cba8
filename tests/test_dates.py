"""Days as reports print them, and the signature beside them."""

from datetime import date, timedelta

import pytest

from extract.identity.dates import iso, plain_date
from extract.identity.identify import identify
from extract.model import Document, Identity, Paragraph

DIGITS = "〇一二三四五六七八九"
REPORT = "政府信息公开工作年度报告"


def identity(*lines: str) -> Identity:
    return identify(Document("text/plain", tuple(Paragraph(line, "line 1") for line in lines))).identity


def in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + "十" * bool(tens) + (DIGITS[ones] if ones else "")


def test_every_day_of_a_year_in_chinese_numerals() -> None:
    for number in range(365):
        day = date(2023, 1, 1) + timedelta(days=number)
        words = "".join(DIGITS[int(digit)] for digit in str(day.year))
        assert iso(f"{words}年{in_words(day.month)}月{in_words(day.day)}日") == day.isoformat()


@pytest.mark.parametrize(
    "text", ["二〇二三年二一月三日", "二〇二三年一月二一日", "二〇二三年一月四十日", "二〇二三年〇月一日"]
)
def test_what_is_no_day_stays_none(text: str) -> None:
    assert iso(text) is None
    assert plain_date(text).startswith("2023年")


@pytest.mark.parametrize(
    "day", ["二○二三年一月十二日", "2023年元月12日", "2023 年 1 月 12 日", "2023.1.12", "日期：2023年1月12日"]
)
@pytest.mark.parametrize("name", ["清江县水利局", "清江县水利局（盖章）", "单位：清江县水利局", "（清江县水利局）"])
def test_who_signs_beside_a_day(name: str, day: str) -> None:
    said = identity("一、总体情况", "公开信息36条。", "六、其他需要报告的事项", "无。", name, day)
    assert (said.agency, said.published) == ("清江县水利局", "2023-01-12")


@pytest.mark.parametrize("tail", [("来源：清江县水利局", "2023-01-12"), ("清江县水利局", "阅读2023-01-12次")])
def test_what_a_page_says_of_itself_at_its_end_is_no_signature(tail: tuple[str, str]) -> None:
    assert identity("一、总体情况", "公开信息36条。", "六、其他需要报告的事项", "无。", *tail).agency is None


@pytest.mark.parametrize(
    ("years", "wanted"),
    [(["2022年度"], 2022), (["二〇二二年"], 2022), (["（2022年）"], 2022), (["2024年", "2023年"], None)],
)
def test_a_year_on_a_line_of_its_own_above_the_title(years: list[str], wanted: int | None) -> None:
    assert identity(*years, "清江县水利局", REPORT, "一、总体情况", "公开信息36条。").year == wanted
