"""Whose report it is by what stands before its first section, and what is no report by the same words."""

import pytest

from extract.model import Reading
from extract.reading import read

REPORT = "政府信息公开工作年度报告"
PERIOD = "所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
SECTIONS = "一、总体情况\n2022年，我局公开信息62条。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"


def reading(text: str) -> Reading:
    return read(text.encode(), "report.txt")


@pytest.mark.parametrize(
    ("said", "agency"),
    [
        ("本报告由清江市教育局政务公开领导小组办公室编制。", "清江市教育局"),
        ("本报告由清江市人民政府信息公开工作领导小组办公室编制。", "清江市人民政府"),
        ("本报告由清江市人民政府信息公开办根据《条例》要求编制。", "清江市人民政府"),
        (
            "本报告由清江市商务区管理委员会根据" + "《关于政府信息公开的意见》" * 14 + "等文件编制。",
            "清江市商务区管理委员会",
        ),
        ("根据《条例》，清江市人民政府编制了2022年" + REPORT + "。全文包括回应解读等情况。", "清江市人民政府"),
        ("全文包括清江旗石桥镇人民政府信息公开总体情况等。", "清江旗石桥镇人民政府"),
        ("全文包括清江旗石桥镇2022年政府信息公开总体情况等。", "清江旗石桥镇"),
        ("全文包括政府信息公开工作总体情况等。", None),
        ("本报告由清江区人民政府综合各部门的年度报告编制而成。", "清江区人民政府"),
        ("本报告由清江区委信访局结合有关统计数据编制。", "清江区委信访局"),
        ("本报告由清江区人民政府办公室综合各部门的年度报告编制而成。", None),
        ("2022年，清江市卫生健康委员会以条例为指引。", "清江市卫生健康委员会"),
        ("2022年，清江经济开发区按照条例公开。", "清江经济开发区"),
        ("2022年，清江经济开发区税务局按照条例公开。", "清江经济开发区税务局"),
        ("本报告由清江市教育局办公室结合本年工作编制。", "清江市教育局"),
        ("本报告由清江高新区党政办公室按照《条例》要求编制。", "清江高新区"),
        ("本报告由清江区石桥街道党政综合办公室编制。", "清江区石桥街道"),
        ("本报告依据《条例》编制，涵盖清江县石桥乡人民政府2022年信息公开工作情况。", "清江县石桥乡人民政府"),
        ("根据《通知》编制本报告，现公布清江市人民政府2022年度政府信息公开工作报告。", "清江市人民政府"),
        ("如有疑问，请与清江市教育局办公室联系。", None),
    ],
)
def test_whose_report_an_introduction_says_it_is(said: str, agency: str | None) -> None:
    found = reading(f"{said}{PERIOD}\n{SECTIONS}")
    assert (found.agency, found.year, found.outcome) == (agency, 2022, "partial")


def test_a_report_written_for_an_office_above() -> None:
    said = f"县政务办：\n根据《通知》要求，我局编写了2021年{REPORT}，现将有关情况报告如下：\n一、概述\n"
    found = reading(f"{said}2021年，我局围绕招商引资工作。\n二、主动公开政府信息情况\n")
    assert (found.year, found.outcome) == (2021, "partial")


@pytest.mark.parametrize(
    ("text", "agency", "year"),
    [
        (
            f"特结合实际，编制清江县石桥镇2014年{REPORT}。本报告涵盖1月1日至12月31日期间的工作。\n一、概述\n过去一年，公开透明。\n",
            "清江县石桥镇",
            2014,
        ),
        (
            "2025年，清江县住建局落实《政府信息公开条例》。\n一、总体情况\n提质增效。\n" + SECTIONS[23:],
            "清江县住建局",
            2025,
        ),
        ("2026年1月10日发布。\n一、总体情况\n提质增效。\n" + SECTIONS[23:], None, None),
    ],
)
def test_what_only_the_introduction_says(text: str, agency: str | None, year: int | None) -> None:
    assert (reading(text).agency, reading(text).year) == (agency, year)


def test_an_article_on_the_reports_of_others_is_none() -> None:
    said = "各级行政机关应公布本单位政府信息公开工作年度报告。今年是公布年报的第八年。\n"
    page = f"2016年{REPORT}展示平台 来源：清江网\n截至2017年3月31日，均已发布了年度报告。\n"
    assert reading(said + page).outcome == "not_a_report"


def test_a_report_on_other_work_is_none() -> None:
    said = f"根据《法治政府建设与责任落实督察工作规定》，编制本报告。{PERIOD}\n一、总体情况\n"
    assert reading(f"{said}清江区坚持政府信息公开。\n二、主要做法\n").outcome == "not_a_report"


def test_a_list_of_columns_above_is_no_title() -> None:
    text = f"- 政策解读\n- 发展报告\n本年度报告根据《政府信息公开条例》编制。{PERIOD}\n一、概述\n今年以来，成效显著。\n"
    assert reading(text).outcome == "partial"


def test_the_first_sentences_are_whole_though_one_speaks_of_feelings() -> None:
    said = "一、总体情况\n（一）主动公开情况。2022年，清江市教育局公开信息62条。\n"
    assert reading(said + SECTIONS.partition("\n")[2]).agency == "清江市教育局"


@pytest.mark.parametrize("said", [f"2022年,清江省粮食局{REPORT}是根据《条例》编制。"])
def test_the_year_that_opens_an_introduction(said: str) -> None:
    found = reading(f"{said}\n一、总体情况\n健全机制。\n" + SECTIONS.partition("\n")[2].partition("\n")[2])
    assert (found.agency, found.year) == ("清江省粮食局", 2022)


def test_whom_to_ask_is_not_whose_report_it_is() -> None:
    said = f"一、总体情况\n根据《条例》编制2022年{REPORT}。如有疑问，请与清江市教育局办公室联系（电话：1）。\n"
    assert reading(said + SECTIONS.partition("\n")[2]).agency is None


@pytest.mark.parametrize(
    ("title", "agency"),
    [("标 题 | 清江市林业局2022年政府信息公开年度报告 | ||", "清江市林业局"), ("主题 | 教育 | ||", None)],
)
def test_a_table_above_the_report_states_title_and_date(title: str, agency: str | None) -> None:
    text = f"{title}\n索引号 | 000/2023-1 | 文号 | |\n发布机构 | 清江市政府办 | 发布日期 | 2023-01-09 |\n{SECTIONS}"
    found = reading(text)
    assert (found.agency, found.published) == (agency, "2023-01-09")
    assert (found.title or "").startswith(agency or "")


def test_a_table_above_that_states_an_explanation() -> None:
    assert reading(f"标题 | 清江市2022年{REPORT}解读 | ||\n来源 | 本网 | ||\n{SECTIONS}").outcome == "not_a_report"


@pytest.mark.parametrize(
    "text",
    [
        f"政策\n清江市数据局\n关于{REPORT}\n有关事项的通知\n来源：本网\n各县：\n一、抓紧部署\n编制{REPORT}。现予通知。\n",
        f"法律网\n清江市数据局关于做好2022年度{REPORT}有关事项的通知\n四、收费及减免情况\n" + SECTIONS,
        f"第一条 制定本制度。\n第二条 由办公室编制。\n第三条 各站所编制本站所的{REPORT}\n" + SECTIONS,
        f"{REPORT}范文\n本年度报告根据《条例》编制。\n" + SECTIONS,
        "政务\n政府信息公开年报\n清江县政府信息公开\n为方便公众，编制本文。\n一、公开范围\n除秘密外，应当公开。\n",
        f"各县：\n为做好{REPORT}的编制和发布工作，现就有关事项通知如下：\n一、认真部署\n{REPORT}应当全面。\n"
        + SECTIONS,
        f"首页 > 制度\n清江市数据局 关于印发《{REPORT}格式》的通知\n各县：\n现将{REPORT}格式印发给你们，请认真贯彻执行。\n"
        + SECTIONS,
    ],
    ids=[
        *("broken title", "below the site's name", "articles", "model text", "below a column's name"),
        *("words of a notice", "title below a path"),
    ],
)
@pytest.mark.parametrize("form", ["txt", "html"])
def test_rules_notices_and_model_texts_are_no_reports(text: str, form: str) -> None:
    page = "".join(f"<p>{line}</p>" for line in text.splitlines())
    data = text if form == "txt" else f"<html><body>{page}</body></html>"
    assert read(data.encode(), f"page.{form}").outcome == "not_a_report"


@pytest.mark.parametrize(
    "said",
    [
        f"现发布《清江市水务局2022年{REPORT}》。",
        "特编制清江市水务局2022年度政府信息公开工作报告。",
        "依据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。",
        f"- 项目中心\n- 政策解读\n本年度报告根据《条例》编制。{PERIOD}",
        f"全文包括概述、主动公开政府信息、回应解读、依申请公开政府信息、行政复议、行政诉讼、建议提案办理等情况。{PERIOD}",
    ],
)
def test_beginnings_that_speak_as_a_report(said: str) -> None:
    assert reading(f"{said}\n一、总体情况\n政府信息公开工作有序。公开62条。\n").outcome == "partial"


PARTS = ("主动公开情况", "依申请公开方面", "政府信息管理", "平台建设", "监督保障")


@pytest.mark.parametrize(("count", "outcome"), [(5, "partial"), (4, "partial"), (3, "not_a_report")])
def test_a_beginning_with_the_parts_prescribed_for_the_first_section(count: int, outcome: str) -> None:
    parts = "".join(
        f"（{ordinal}）{part}。政府信息公开有序。\n" for ordinal, part in zip("一二三四五", PARTS[:count], strict=False)
    )
    assert reading(f"一、总体情况\n2022年，清江市教育局做好工作。\n{parts}").outcome == outcome


def test_a_first_section_that_begins_with_the_introduction() -> None:
    said = f"一、总体情况\n本年度报告根据《条例》编制。{PERIOD}\n（一）政府信息公开有序。\n"
    assert (reading(said).outcome, reading(said).year) == ("partial", 2022)


def test_an_explanation_of_the_report_does_not_speak_as_one() -> None:
    said = f"现就清江市2022年{REPORT}作如下解读。{PERIOD}\n一、总体情况\n公开信息62条。\n"
    assert reading(said).outcome == "not_a_report"
