"""A title that was copied: what the head of the page and the signature say of year and agency."""

import pytest

from extract.identity.identify import identify
from extract.model import Document, Finding, Paragraph
from extract.reading import read

NAME = "云岭市水务局"
TEXT = ("一、总体情况", "我局认真落实条例。", "六、其他需要报告的事项", "无。")
TITLE = f"{NAME}2022年政府信息公开工作年度报告"


def document(*lines: str, page: str = "", media: str = "text/html") -> Document:
    metadata = (("title", page),) if page else ()
    return Document(media, tuple(Paragraph(line, f"line {n}") for n, line in enumerate(lines)), metadata)


def found(source: Document, rule: str) -> list[Finding]:
    return [finding for finding in identify(source).findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("page", "years"),
    [(f"{NAME}2021年政府信息公开工作年度报告_门户网站", [2021]), (f"{TITLE}_门户网站", []), ("政府信息公开年报", [])],
)
def test_the_title_of_the_page_names_another_year(page: str, years: list[int]) -> None:
    source = document(TITLE, *TEXT, page=page)
    assert identify(source).identity.year == 2022
    assert [finding.actual for finding in found(source, "year")] == years


def test_the_period_that_the_text_states_is_not_doubted() -> None:
    stated = "本报告所列数据的统计期限自2022年1月1日起，至2022年12月31日止。"
    page = f"{NAME}2021年政府信息公开工作年度报告"
    assert found(document(TITLE, stated, *TEXT, NAME, "2024年1月9日", page=page), "year") == []


def test_the_title_that_a_word_file_kept_is_not_asked() -> None:
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    old = "石桥县教育局2019年政府信息公开工作年度报告"
    assert identify(document(TITLE, *TEXT, page=old, media=media)).findings == ()


@pytest.mark.parametrize(
    ("signature", "doubted"),
    [
        ((NAME, "2023年1月9日"), False),
        ((f"{NAME}2023年1月9日",), False),
        ((NAME, "2022年12月28日"), False),
        ((NAME, "2022年1月9日"), True),
        ((NAME, "（2024年1月9日）"), True),
        ((f"{NAME} 2024年1月9日",), True),
        (("我局于2024年1月9日起施行新办法。",), False),
    ],
)
def test_a_signature_of_no_day_to_report_on_the_year(signature: tuple[str, ...], doubted: bool) -> None:
    assert bool(found(document(TITLE, *TEXT, *signature), "year")) == doubted


@pytest.mark.parametrize(("other", "doubted"), [("石桥县教育局", True), ("水务局", False), (NAME, False)])
def test_the_title_of_the_page_names_another_agency(other: str, doubted: bool) -> None:
    source = document(TITLE, *TEXT, page=f"{other}2022年政府信息公开工作年度报告")
    assert identify(source).identity.agency == NAME
    assert bool(found(source, "agency")) == doubted


@pytest.mark.parametrize(("year", "doubted"), [(2016, True), (2021, False), (2023, False)])
def test_a_form_that_was_not_yet_in_force(year: int, doubted: bool) -> None:
    table = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n行政规范性文件 | 2 | 0 | 4\n"
    text = f"一、总体情况\n{year}年度，我局认真落实条例。\n二、主动公开政府信息情况\n第二十条第（一）项\n{table}"
    reading = read(text.encode(), "report.txt")
    assert (reading.year, reading.template) == (year, "2021")
    assert [finding.actual for finding in reading.findings if finding.rule == "year"] == [2021] * doubted
