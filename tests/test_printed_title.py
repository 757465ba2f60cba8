"""Which of the lines at the head of a page is the title, and what introductions of real reports say of themselves."""

import pytest

from extract.identity.identify import identify
from extract.identity.look_alikes import describes_itself, names_look_alike
from extract.model import Document, Identity, Paragraph

REPORT = "政府信息公开工作年度报告"


def document(*lines: str) -> Document:
    return Document("text/plain", tuple(Paragraph(line, f"line {number}") for number, line in enumerate(lines, 1)))


def identity(*lines: str) -> Identity:
    return identify(document(*lines)).identity


@pytest.mark.parametrize(
    "path",
    [
        ("首页 > 政务公开 > 2022 > 街道办事处政府信息公开工作年度报告",),
        ("当前页面:", "首页", "> 政务公开", "> 信息公开年度报告", "> 乡镇信息公开年度报告"),
        ("您当前所在位置:首页 > 信息公开年报", "名称 清江县石桥街道2022年政府信息公开年度报告"),
        ("政府信息公开年报", "发布时间:2023-01-09"),
    ],
)
def test_the_path_to_a_page_is_not_its_title(path: tuple[str, ...]) -> None:
    title = "清江县石桥街道2022年政府信息公开年度报告"
    said = identity(*path, title, "来源:本网", "一、总体情况")
    assert (said.agency, said.year, said.title) == ("清江县石桥街道", 2022, title)


@pytest.mark.parametrize("above", ["首页 > 年报 > 清江新区", "清江新区"])
def test_the_end_of_a_path_or_the_name_once_more_begins_no_title(above: str) -> None:
    said = identity(above, f"云澜清江新区2022年{REPORT}", "一、总体情况")
    assert (said.agency, said.title) == ("云澜清江新区", f"云澜清江新区2022年{REPORT}")


def test_a_title_with_what_a_lost_charset_left_behind_it() -> None:
    said = identity(f"2022年清江县教育局{REPORT}????????", "一、总体情况")
    assert (said.agency, said.title) == ("清江县教育局", f"2022年清江县教育局{REPORT}")


def test_a_title_that_stands_only_in_the_path_is_taken() -> None:
    assert identity(f"首页 > 年报 > 清江县教育局2022年{REPORT}", "一、总体情况").title == f"清江县教育局2022年{REPORT}"


@pytest.mark.parametrize(
    "said",
    [
        f"清江县水利局2022年{REPORT}（以下简称年报）是根据《条例》编制。",
        f"清江县水利局2022年{REPORT}根据《条例》编制。",
        f"按照要求，现编制形成了《清江县水利局2022年{REPORT}》。",
        f"根据《条例》要求，现面向社会公开《清江县水利局2022年度{REPORT}》。",
        f"结合实际，编制并向社会公布清江县水利局2022年{REPORT}。",
    ],
)
def test_what_an_introduction_announces(said: str) -> None:
    found = identity(said, "一、总体情况")
    assert (found.agency, found.year) == ("清江县水利局", 2022)
    assert identity("一、总体情况", said).agency in {"清江县水利局", None}


def test_an_announcement_that_names_the_agency_counts_before_one_that_does_not() -> None:
    said = f"根据《条例》，清江县水利局编制了清江县水利局2022年{REPORT}（以下简称《年报》）。"
    assert identity(f"2022年{REPORT}", said, "一、总体情况").agency == "清江县水利局"


@pytest.mark.parametrize(
    "said",
    [
        "所列数据的统计时限为2022年1月1日至12月31日。",
        "本报告数据统计时间为2022年1月1日-2022年12月31日。",
        f"点击查看图文解读 现公布清江县水利局2022年{REPORT}。",
    ],
)
def test_what_tells_a_report_from_an_explanation_of_one(said: str) -> None:
    assert describes_itself(document(said, "一、总体情况"))
    assert not describes_itself(document(f"现将{REPORT}解读如下。", "一、总体情况"))


@pytest.mark.parametrize("link", ["点击查看图文解读", "【相关解读】", "查看解读材料"])
def test_a_link_to_the_explanation_makes_no_explanation(link: str) -> None:
    lines = (link, f"现公布清江县水利局2022年{REPORT}。", "一、总体情况", "2022年，公开信息9条。")
    assert not names_look_alike(document(*lines))
    assert names_look_alike(document(f"清江县水利局2022年{REPORT}解读", *lines[2:]))


def test_a_circular_that_the_first_line_refers_to_makes_no_notice() -> None:
    referred = "根据《条例》和《国务院办公厅关于印发〈政府信息公开工作年度报告格式〉的通知》"
    lines = (f"现公布清江县水利局2022年{REPORT}。", "一、总体情况", "2022年，公开信息9条。")
    assert not names_look_alike(document(f"{referred}（国办公开办函", *lines))
    assert not names_look_alike(document(referred.removesuffix("》"), *lines))
    assert names_look_alike(document(f"{referred}，现将有关事项的通知如下", *lines))
    assert names_look_alike(document("关于转发《关于编制政府信息公开工作年度报告的通知》的函", *lines))


@pytest.mark.parametrize(
    "stamp", ["11/23/26, 10:39 AM ", "2023/1/12 14:33 ", "2023/1/12 下午2:33 ", "2023-01-12 10:21"]
)
@pytest.mark.parametrize("title", [f"清江县水利局2022年{REPORT}", f"2022年清江县水利局{REPORT}"])
def test_the_time_at_which_a_browser_printed_a_page_is_no_part_of_its_title(stamp: str, title: str) -> None:
    said = identity(f"{stamp}{title}", "一、总体情况")
    assert (said.title, said.agency, said.year) == (title, "清江县水利局", 2022)


def test_an_introduction_that_stands_in_the_first_section() -> None:
    lines = ("一、总体情况", f"根据《条例》规定，现公布我局2022年{REPORT}。", "（一）主动公开情况", "公开信息9条。")
    assert (identity(*lines).year, identity(*lines).agency) == (2022, None)
    lines = ("一、总体情况", "公开工作做得好。现将我局2022年度政府信息公开工作情况报告如下：")
    assert describes_itself(document(*lines))
    assert not describes_itself(document("一、总体情况", "年初发布了上一年的政府信息公开工作年度报告。"))


@pytest.mark.parametrize(
    "period",
    [
        "统计期限为202211日至20221231日。",
        "统计时限为2022年11日至2022年1231日",
        "统计期限自202211日起，至20221231日止。",
        "统计期限为20221月1日至12月31日。",
        "统计期限自2022年1月1日起至12月31日止。",
    ],
)
def test_a_period_that_lost_characters(period: str) -> None:
    assert identity(f"清江县水利局{REPORT}", period, "一、总体情况").year == 2022


@pytest.mark.parametrize(
    "said", ["电话：0999-202211-20221231。", "报告期自2022年1月1日至2023年12月31日。", "2022年1月10日至12月31日。"]
)
def test_other_digits_are_no_period(said: str) -> None:
    assert identity(f"清江县水利局{REPORT}", said, "一、总体情况").year is None


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("截止2024年12月31日，主动公开政府信息62条。", 2024),
        ("截至2024年底，公开62条。", 2024),
        ("本报告汇报我镇2023年政府信息公开工作。", 2023),
        ("截至2024年3月，公开62条。", None),
        ("与我局2023年预算相比增长。", None),
    ],
)
def test_the_year_that_a_first_section_counts(said: str, year: int | None) -> None:
    assert identity("一、总体情况", "（一）主动公开情况", said, "二、主动公开政府信息情况").year == year


@pytest.mark.parametrize(
    "said",
    [
        "2022年，以服务群众为着力点，较好地完成了政府网和政务信息公开工作。",
        "2022年，利用政府网站公开信息。",
        "2022年，成立了领导小组办公室。",
        "2022年，街道办事处公开信息。",
        "2022年，乡镇公开信息。",
    ],
)
def test_running_text_that_names_no_agency(said: str) -> None:
    assert identity("一、总体情况", said).agency is None


@pytest.mark.parametrize("place", range(4, 12))
@pytest.mark.parametrize("year", ["2022年", "2022年度"])
def test_a_title_broken_within_the_agencys_name(place: int, year: str) -> None:
    for title in (f"{year}清江市江北区发展和改革委员会{REPORT}", f"清江市江北区发展和改革委员会{year}{REPORT}"):
        cut = place + len(year) * title.startswith("2")
        said = identity(title[:cut], title[cut:], "一、总体情况", "公开信息9条。")
        assert (said.title, said.agency, said.year) == (title, "清江市江北区发展和改革委员会", 2022)


@pytest.mark.parametrize(
    "above", ["政务公开", "首页", "2023年1月12日", "市县信息公开专区", "清江县人民政府", "您在清江县门户网站"]
)
def test_what_stands_above_a_title_is_no_part_of_its_name(above: str) -> None:
    assert identity(above, f"水利局2022年{REPORT}", "一、总体情况").agency == "水利局"


@pytest.mark.parametrize("behind", ["发布日期: 2026年01月21日", "发文日期：2026-01-21", "公开时间:2026-01-21 10:20"])
def test_what_is_stated_of_an_article_behind_its_title_is_no_part_of_it(behind: str) -> None:
    title = f"清江市教育局2025年{REPORT}"
    lines = ("索引号 : 文 号 : 无", f"名 称: {title} {behind}", "一、总体情况")
    assert identity(*lines).title == title


def test_a_date_of_publication_announces_nothing() -> None:
    lines = (
        "信息来源:市教育局",
        "发布日期:2026-01-27 10:37",
        "浏览次数:",
        f"现公布清江市教育局2025年{REPORT}。",
        "一、总体情况",
    )
    assert identity(*lines).agency == "清江市教育局"
