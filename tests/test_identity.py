"""Whose report, for which year: what a document says of itself, and what it must not be believed about."""

import pytest

from extract.identity.identify import identify
from extract.model import Document, Identity, Paragraph
from extract.reading import read

REPORT = "政府信息公开工作年度报告"


def identity(*lines: str, **metadata: str) -> Identity:
    blocks = tuple(Paragraph(line, f"line {number}") for number, line in enumerate(lines, 1))
    return identify(Document("text/plain", blocks, tuple(metadata.items()))).identity


def page(title: str, body: str = "") -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode()


def test_title_of_two_lines() -> None:
    said = identity("清江市教育局", f"2022年{REPORT}", "一、总体情况")
    assert (said.agency, said.year, said.title) == ("清江市教育局", 2022, f"清江市教育局2022年{REPORT}")


def test_agency_below_a_title_that_names_nobody() -> None:
    said = identity(f"2022年{REPORT}", "清江市教育局", "一、总体情况")
    assert (said.agency, said.title) == ("清江市教育局", f"2022年{REPORT}")


def test_title_keeps_the_printed_brackets() -> None:
    title = f"中国（云澜）自由贸易试验区清江片区管理委员会2022年{REPORT}"
    said = identity(title, "一、总体情况")
    assert (said.title, said.agency) == (title, "中国（云澜）自由贸易试验区清江片区管理委员会")


def test_signature_and_its_date() -> None:
    said = identity("一、总体情况", "2022年，我局公开信息。", "清江市教育局", "2023 年 1 月 9 日")
    assert (said.agency, said.year, said.published) == ("清江市教育局", 2022, "2023-01-09")


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("清江市教育局 清江市财政局", None),
        ("清江市教育局\u3000\u3000\u3000清江市人民政府教育督导室", None),
        ("中共清江市委办公室  清江市人民政府办公室", None),
        ("清江市 教育局", "清江市教育局"),
        ("清江市人民政府 办公室", "清江市人民政府办公室"),
        ("清江市人民政府 市场监督管理局", "清江市人民政府市场监督管理局"),
        ("清江市教育局 2023年1月9日", "清江市教育局"),
    ],
)
def test_two_that_sign_on_one_line_are_not_one_agency(line: str, agency: str | None) -> None:
    assert identity("一、总体情况", "2022年公开信息。", "六、其他需要报告的事项", line, "2023年1月9日").agency == agency


def test_the_period_beats_the_title_and_the_conflict_is_told() -> None:
    lines = [f"清江市教育局2023年{REPORT}", "统计期限自2022年1月1日起至2022年12月31日止。", "一、总体情况"]
    blocks = tuple(Paragraph(line, "line 1") for line in lines)
    said = identify(Document("text/plain", blocks))
    assert said.identity.year == 2022
    assert [(finding.rule, finding.verdict, finding.expected, finding.actual) for finding in said.findings] == [
        ("year", "FAIL", 2022, 2023)
    ]


def test_no_year_of_a_circular_a_comparison_or_a_date() -> None:
    said = identity("一、总体情况", "根据国办公开办函〔2021〕30号，比2020年增长。", "1998年成立。")
    assert said.year is None


def test_a_portals_name_is_no_agency() -> None:
    assert identity("一、总体情况", "我局公开信息。", SiteName="清江市人民政府").agency is None
    assert identity("一、总体情况", "我局公开信息。", ContentSource="清江市教育局").agency == "清江市教育局"


def test_a_title_naming_somebody_unknown_is_not_overruled_by_metadata() -> None:
    said = identity(f"清江特别事务甲乙丙2023年{REPORT}", "一、总体情况", ContentSource="清江市教育局")
    assert said.agency is None


@pytest.mark.parametrize(
    "title",
    [
        f"一图读懂：清江县人民政府2023年{REPORT}",
        f"清江县教育局2023年{REPORT}解读",
        f"关于做好2023年{REPORT}编制工作的通知",
        "清江县2023年法治政府建设年度报告",
        "清江县教育局2023年政府网站工作年度报表",
        "清江县教育局2023年度部门决算",
        "清江县教育局2023年工作总结",
    ],
)
def test_look_alike_pages_are_no_reports(title: str) -> None:
    body = "<p>一、总体情况</p><p>信息公开工作做得好。我局继续努力。</p><p>五、存在的主要问题及改进情况</p><p>六、其他需要报告的事项</p>"
    assert read(page(title, body)).outcome == "not_a_report"
    assert read(page(f"清江县教育局2023年{REPORT}", body)).outcome == "partial"


def test_a_list_of_reports_is_no_report() -> None:
    rows = "".join(f"<li><a href='/{year}.html'>清江县教育局{year}年{REPORT}</a></li>" for year in range(2019, 2025))
    assert read(page("政府信息公开年报", f"<ul>{rows}</ul>")).outcome == "not_a_report"


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        (f"青禾县石桥乡人民政府2022年信息公开{REPORT[6:]}", "青禾县石桥乡人民政府"),
        (f"标题清江市教育局2022年{REPORT}", "清江市教育局"),
        (f"信息名称:|清江市教育局2022年{REPORT}", "清江市教育局"),
    ],
)
def test_agencies_of_titles(line: str, agency: str) -> None:
    said = identity(line, "一、总体情况")
    assert (said.agency, said.year) == (agency, 2022)


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("2022年，市生态环境局雾江分局坚持主动公开。", "市生态环境局雾江分局"),
        ("2022年，清江市墨池区人民政府石桥街道办事处认真贯彻落实。", "清江市墨池区人民政府石桥街道办事处"),
        ("2022年，区发展改革委紧紧围绕重点工作。", "区发展改革委"),
        ("2022年，市生态环境局指导各分局做好公开。", "市生态环境局"),
    ],
)
def test_a_branch_is_not_taken_for_the_body_it_belongs_to(sentence: str, agency: str) -> None:
    assert identity("一、总体情况", sentence).agency == agency


def test_the_name_of_a_column_is_no_title() -> None:
    said = identity(
        "首页 > 石桥镇人民政府 > 政府信息公开年报",
        f"石桥镇2021年{REPORT}",
        "由石桥镇人民政府办公室编制。",
        "一、总体情况",
    )
    assert (said.agency, said.year, said.title) == ("石桥镇", 2021, f"石桥镇2021年{REPORT}")


def test_the_second_half_of_a_broken_title_is_no_title() -> None:
    said = identity("清江市人民政府2016年", REPORT, "清江市人民政府办公室", "2017年3月1日", "一、概述")
    assert (said.agency, said.year, said.title) == ("清江市人民政府", 2016, f"清江市人民政府2016年{REPORT}")


@pytest.mark.parametrize(
    "line",
    [
        "本年报由清江市教育局编制的2017年度政府信息公开年度报告。",
        "根据《条例》要求,特编制清江市教育局2017年政府信息公开工作年度报告。",
        f"现公开清江市教育局2017年{REPORT}。",
        "本报告由清江市教育局按照《中华人民共和国政府信息公开条例》要求编制，统计期限自2017年1月1日起至2017年12月31日止。",
    ],
)
def test_an_introduction_names_agency_and_year(line: str) -> None:
    said = identity(line, "一、概述", "全年公开信息12条。")
    assert (said.agency, said.year) == ("清江市教育局", 2017)


@pytest.mark.parametrize("office", ["党政办公室", "党政综合办公室", "党政办", "综合办公室"])
def test_the_office_that_writes_the_report_of_a_town_is_no_agency(office: str) -> None:
    said = identity(f"本年度报告由石桥镇人民政府{office}编制。", "一、总体情况", "全年公开信息12条。")
    assert said.agency == "石桥镇人民政府"
    office_of_county = identity("本年度报告由清江县人民政府办公室编制。", "一、总体情况", "全年公开信息12条。")
    assert office_of_county.agency == "清江县人民政府办公室"


@pytest.mark.parametrize(
    ("opening", "told"),
    [
        ("2023年，我局公开信息8条。", 2023),
        ("2022年，我局公开信息8条。2023年，我局将再接再厉。", None),
        ("根据2019年修订的条例，我局公开信息。", None),
        ("2021年度我县全面推进。统计期限自2022年1月1日起至2022年12月31日止。", 2021),
        ("2021年是开局之年。", None),
    ],
)
def test_first_sentences_of_another_year_than_the_title_are_a_finding(opening: str, told: int | None) -> None:
    lines = (f"清江市教育局2022年{REPORT}", "一、总体情况", opening, "二、主动公开政府信息情况")
    blocks = tuple(Paragraph(line, f"line {number}") for number, line in enumerate(lines, 1))
    said = identify(Document("text/plain", blocks))
    found = [(finding.verdict, finding.expected, finding.actual) for finding in said.findings if finding.rule == "year"]
    assert (said.identity.year, found) == (2022, [("NOT_ASSESSABLE", 2022, told)] if told else [])


@pytest.mark.parametrize(
    "stated",
    [
        "自2022年01月01日至2022年12月31日",
        "从2022年元月1日起至2022年12月31日",
        "自2022年1月1日0时至2022年12月31日24时",
        "为2022.1.1-2022.12.31",
        "为2022-01-01至2022-12-31",
        "自二〇二二年一月一日起至十二月三十一日",
        "为2022年1月至12月",
        "为2022年度",
    ],
)
def test_the_period_in_other_words_beats_the_title_too(stated: str) -> None:
    said = identity(f"清江市教育局2023年{REPORT}", f"本报告数据统计期限{stated}。", "一、总体情况")
    assert said.year == 2022


@pytest.mark.parametrize("above", ["清江市人民政府门户网站", "清江市政务服务平台"])
def test_a_site_is_no_agency(above: str) -> None:
    said = identity(above, f"2022年{REPORT}", "一、总体情况")
    assert (said.agency, said.year, said.title) == (None, 2022, f"2022年{REPORT}")


@pytest.mark.parametrize(
    ("said", "agency"),
    [
        ("2022年，清江市政府办公室印发要点，我局认真落实。", None),
        ("2022年，国务院办公厅的格式施行后，认真落实。", None),
        ("2022年，清江县人民政府高度重视，我局认真落实。", None),
        ("2022年，清江县政务公开办加强指导，我镇认真落实。", None),
        ("2022年，清江县人民政府高度重视，我县公开有序。", "清江县人民政府"),
        ("2022年，清江县人民政府办公室公开有序，我办认真落实。", "清江县人民政府办公室"),
        ("2022年，清江县人民政府办公室公开有序，推动我县工作。", "清江县人民政府办公室"),
        ("2022年，石桥镇人民政府公开有序，我镇认真落实。", "石桥镇人民政府"),
        ("2022年，石桥街道办公开有序，我街道认真落实。", "石桥街道"),
        ("2022年，清江县教育局公开有序，推动我县教育，我局落实。", "清江县教育局"),
    ],
)
def test_who_directs_the_work_is_not_who_tells_of_it(said: str, agency: str | None) -> None:
    assert identity("一、总体情况", said, "二、主动公开政府信息情况").agency == agency
