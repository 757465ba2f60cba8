"""Web pages flattened to text in manners met on real portals, and texts that break off amid their tables."""

from random import Random

import pytest

from extract.model import Reading
from extract.reading import read
from tests.kit.form2014 import make_report
from tests.kit.styles2014 import TEXT

TITLE = "清江县民政局2023年政府信息公开工作年度报告"
LONE_BARS = """一、总体情况
2023年，我局认真做好公开工作。
二、主动公开政府信息情况
|
第二十条第(一)项 | |||
|
信息内容 |
本年制发件数 |
本年废止件数 |
现行有效件数 (历史累计) |
|
规章 |
0 |
0 |
|
|
行政规范性文件 |
5 |
12 |
8 |
三、收到和处理政府信息公开申请情况
2023年，我局共收到8份政府信息公开申请，均为自然人申请。
|
(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) |
申请人情况 | |||||||
|
自然人 |
法人或其他组织 |
总计 | ||||
|
商业企业 |
科研机构 |
社会公益组织 |
法律服务机构 |
其他 | ||
|
一、本年新收政府信息公开申请数量 |
8 |
0 |
0 |
0 |
0 |
0 |
8 | ||
四、政府信息公开行政复议、行政诉讼情况
无。
"""
ROW = "第二十条第(五)项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | 7{}"


def reading(text: str) -> Reading:
    return read(f"{TITLE}\n{text}".encode(), "report.txt")


def row(found: Reading, name: str) -> list[tuple[str, object]]:
    return [(cell.state, cell.value) for cell in found.cells if cell.row == name]


def test_a_bar_alone_above_a_row_takes_no_heading_into_the_table() -> None:
    found = reading(LONE_BARS)
    assert [section.number for section in found.sections] == [1, 2, 3, 4]
    assert found.sections[2].text == "2023年，我局共收到8份政府信息公开申请，均为自然人申请。"
    assert row(found, "regulations") == [("reported", 0), ("reported", 0), ("blank", None)]
    assert row(found, "normative_documents") == [("reported", 5), ("reported", 12), ("reported", 8)]
    assert [value for _, value in row(found, "new")] == [8, 0, 0, 0, 0, 0, 8]


@pytest.mark.parametrize("end", ["", "\n", " \n\n"])
def test_a_number_with_which_a_text_breaks_off_is_not_certain(end: str) -> None:
    found = reading(ROW.format(end))
    assert row(found, "licensing") == [("unreadable", None)]
    assert row(reading(ROW.format(" |")), "licensing") == [("reported", 7)]
    assert row(reading(ROW.format("\n三、收到和处理政府信息公开申请情况\n")), "licensing") == [("reported", 7)]


def test_a_row_with_which_a_text_breaks_off_is_unreadable_and_not_absent() -> None:
    header = LONE_BARS[LONE_BARS.index("(本列数据") : LONE_BARS.index("四、")].replace("|\n|\n", "|\n")
    found = reading(f"三、收到和处理政府信息公开申请情况\n{header}(二)部分公开 | 0 | 0 | 0 | 0\n")
    assert row(found, "granted_in_part") == [("unreadable", None)] * 7
    assert [value for _, value in row(found, "new")] == [8, 0, 0, 0, 0, 0, 8]


def test_a_text_that_ends_with_the_last_row_of_the_form_is_whole() -> None:
    report = make_report(2)
    whole = TEXT["tabs"](report, Random(2))
    lines = whole[: whole.rindex(report.lines[-1].text)] + report.lines[-1].text
    assert row(read(lines.encode(), "report.txt"), "trainees") == [("reported", int(report.lines[-1].text))]
