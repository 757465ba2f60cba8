"""Web pages flattened to text in manners met on real portals, and texts that break off amid their tables."""

from random import Random

import pytest

from extract.model import Reading
from extract.reading import read
from tests.kit import separated, truth
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


MARKDOWN = """# 清江县民政局2023年政府信息公开工作年度报告
## 一、总体情况
公开信息9条。
**二、主动公开政府信息情况**
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
|---|:---:|---:|---|
| 规章 | 3 | 0 | 15 |
| 行政规范性文件 | 61 | 59 | 422 |

## 三、收到和处理政府信息公开申请情况
无。
"""


def test_markdown_headings_and_rules() -> None:
    found = read(MARKDOWN.encode(), "report.txt")
    assert (found.agency, found.year) == ("清江县民政局", 2023)
    assert [(section.number, section.text) for section in found.sections] == [
        (1, "公开信息9条。"),
        (2, ""),
        (3, "无。"),
    ]
    assert [value for _, value in row(found, "regulations")] == [3, 0, 15]
    assert [value for _, value in row(found, "normative_documents")] == [61, 59, 422]
    assert {finding.rule for finding in found.findings} == {"missing_rows"}


def test_a_page_that_is_all_in_one_table() -> None:
    text = f"|\n{TITLE} |\n||||||||\n|\n一、总体情况 |\n公开信息9条。 |\n|\n规章 |\n0 |\n"
    found = read(text.encode(), "report.txt")
    assert (found.agency, found.title) == ("清江县民政局", TITLE)
    assert [(section.number, section.text) for section in found.sections] == [(1, "公开信息9条。")]


def test_digits_glued_to_a_label() -> None:
    lines = (
        "第二十条第（一）项",
        "信息内容本年制发件数本年废止件数现行有效件数",
        "规章000",
        "行政规范性文件4032",
        "第二十条第（六）项",
        "信息内容本年处理决定数量",
        "行政处罚12",
        "行政强制0",
        "三、收到和处理政府信息公开申请情况",
    )
    found = reading("\n".join(lines))
    assert row(found, "regulations") == [("unreadable", None)] * 3
    assert row(found, "normative_documents") == [("unreadable", None)] * 3
    assert (row(found, "penalties"), row(found, "coercion")) == ([("reported", 12)], [("reported", 0)])


REVIEW = """四、政府信息公开行政复议、行政诉讼情况
行政复议 行政诉讼
未经复议直接起诉 复议后起诉
{header}
1 2 3 4 10 5 6 7 8 26 9 10 11 12 42
五、存在的主要问题及改进情况
"""
HALVES = "结果 结果 其他 尚未 总\n{0} 结果 结果 其他 尚未 总 结果 结果 其他 尚未 总\n{0} {0}"
COLUMNS = """结 结 其 尚
结 结 其 尚 结 结 其 尚
果 果 他 未
总计 果 果 他 未 总 果 果 他 未 总
维 纠 结 审
维 纠 结 审 计 维 纠 结 审 计
持 正 果 结
持 正 果 结 持 正 果 结"""


@pytest.mark.parametrize("header", [HALVES.format("维持 纠正 结果 审结 计"), COLUMNS], ids=["halves", "characters"])
def test_labels_of_narrow_columns_broken_line_by_line(header: str) -> None:
    found = reading(REVIEW.format(header=header))
    assert [value for _, value in row(found, "reconsideration")] == [1, 2, 3, 4, 10]
    assert [value for _, value in row(found, "litigation_direct")] == [5, 6, 7, 8, 26]
    assert [value for _, value in row(found, "litigation_after_reconsideration")] == [9, 10, 11, 12, 42]


@pytest.mark.parametrize(
    "second", ["纠正 维持 结果 审结 计", "维持 纠正 结果 审结", "维持 纠正 审结 结果 计", "维持 纠正 结果 审结 计 计"]
)
def test_broken_labels_in_another_order_say_nothing(second: str) -> None:
    found = reading(REVIEW.format(header=HALVES.format(second)))
    assert [cell.value for cell in found.cells if cell.table == "review" and cell.value is not None] == []


def test_a_title_whose_cell_spans_a_hundred_columns() -> None:
    found = read(f"{TITLE} | {'|' * 120}\n2024-01-26 点击数: | {'|' * 120}\n|\n一、总体情况\n无。\n".encode(), "a.txt")
    assert (found.agency, found.title) == ("清江县民政局", TITLE)


def test_a_header_cell_merged_over_two_columns_and_printed_in_both() -> None:
    text = "| 信息内容 | 采购项目数量 | 采购总金额 | 采购总金额 |\n| 政府集中采购 |  | 251 | 251 |\n"
    cells = [cell for cell in read(text.encode(), "report.txt").cells if cell.row == "procurement"]
    assert {(cell.column, cell.state) for cell in cells} == {("projects", "unreadable"), ("amount", "unreadable")}


MERGED_LABELS = """| 第二十条第（一）项 | | | | |
|---|---|---|---|---|
| 信息内容 | | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |
| 规章 | | 3 | 2 | 9 |
| 规范性文件 | | 45 | 0 |  |

三、收到和处理政府信息公开申请情况
| 申请人情况 | | | 自然人 | 法人或其他组织 | | | | | 总计 |
| | | | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |
| 一、本年新收政府信息公开申请数量 | | | 5 | 0 | 0 | 0 | 0 | 0 | 5 |
| 二、上年结转政府信息公开申请数量 | | | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
| 三、本年度办理结果 | （一）予以公开 | | 0 | 0 | 4 | 0 | 0 | 0 |  |
| | （二）部分公开 | | 2 | 0 | 0 | 0 | 0 | 0 | 2 |
| | （三）不予公开 | 1.属于国家秘密 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |
"""


def test_the_rows_of_a_markdown_table_keep_the_place_of_their_cells() -> None:
    found = {(cell.row, cell.column): cell for cell in read(MERGED_LABELS.encode(), "report.txt").cells}
    assert found["regulations", "disclosed"].value == 9
    assert [found["normative_documents", name].value for name in ("made", "newly_disclosed")] == [45, 0]
    assert found["normative_documents", "disclosed"].state == "blank"
    assert found["granted", "research_institute"].value == 4
    assert found["granted", "total"].state == "blank"
    assert found["refused_state_secret", "natural_person"].value == 3


def test_a_row_whose_place_no_whole_row_shows_is_not_read() -> None:
    whole = ("| 5 | 0 | 0 | 0 | 0 | 0 | 5 |", "| 1 | 0 | 0 | 0 | 0 | 0 | 1 |")
    blank = MERGED_LABELS.replace(whole[0], "| 5 | 0 | 0 | 0 | 0 |  | |").replace(whole[1], "| 1 | 0 | 0 | 0 | 0 | | |")
    blank = blank.replace("| 2 | 0 | 0 | 0 | 0 | 0 | 2 |", "| 2 | 0 | 0 | 0 | 0 | 0 | |")
    below_its_header = read(blank.encode(), "report.txt").cells
    assert {cell.state for cell in below_its_header if cell.row == "new"} == {"reported", "blank"}
    # A header that is not over the figures shows no more than their order.
    blank = blank.replace(
        "情况 | | | 自然人 | 法人或其他组织 | | | | | 总计 |", "情况 | 自然人 | 法人或其他组织 | | | | | 总计 | | |"
    )
    blank = blank.replace("| | | | | 商业企业", "| | | 商业企业").replace("| 其他 | |", "| 其他 | | | |")
    cells = read(blank.encode(), "report.txt").cells
    assert {cell.state for cell in cells if cell.row in ("new", "granted")} == {"unreadable"}


BARS = ("| {} |", "{} |", "{}", "| {}")


@pytest.mark.parametrize("bars", BARS)
def test_lines_with_as_many_bars_are_rows(bars: str) -> None:
    lines = [line for line in MERGED_LABELS.splitlines() if "---" not in line]
    text = "\n".join(bars.format(line[1:-1].strip(" ")) if "|" in line else line for line in lines)
    found = {(cell.row, cell.column): cell for cell in read(text.encode(), "report.txt").cells}
    assert [found["normative_documents", name].value for name in ("made", "newly_disclosed")] == [45, 0]
    assert found["granted", "research_institute"].value == 4
    assert found["granted", "total"].state == "blank"
    assert found["refused_state_secret", "natural_person"].value == 3


def test_a_row_of_tabs_that_may_have_lost_its_last_cell_says_so() -> None:
    text = "信息内容\t\t采购项目数量\t采购总金额\n政府集中采购\t\t17\n"
    cells = [cell for cell in read(text.encode(), "report.txt").cells if cell.row == "procurement"]
    assert {(cell.column, cell.state) for cell in cells} == {("projects", "unreadable"), ("amount", "unreadable")}


def test_a_surplus_cell_before_or_behind_the_values_of_table_3() -> None:
    header = "行政复议 | 行政诉讼 |\n结果维持 |\n结果纠正 |\n其他结果 |\n尚未审结 |\n总计 |\n未经复议直接起诉 |\n复议后起诉 |\n"
    outcomes = "结果维持 |\n结果纠正 |\n其他结果 |\n尚未审结 |\n总计 |\n" * 2
    for values, state in (
        (["", *"23005", *"00000", *"0000", ""], "unreadable"),
        ([*"23005", *"0000000000", ""], "reported"),
    ):
        text = header + outcomes + "".join(f"{value} |\n" for value in values) + "五、存在的主要问题及改进情况\n"
        cells = read(text.encode(), "report.txt").cells
        assert {cell.state for cell in cells if cell.row == "reconsideration"} == {state}


@pytest.mark.parametrize("rest", ["", "\n\t行政强制\n\t3\n"])
@pytest.mark.parametrize("cell", ["{} |\n", "\t{}\n"])
def test_digits_of_two_lines_of_a_cell_are_not_glued(cell: str, rest: str) -> None:
    head = f"{cell}\n{cell}{cell}\n".format("第二十条第（六）项", "信息内容", "本年处理决定数量")
    body = f"{cell}{cell}".format("行政处罚", "2740\n266") + (rest if "\t" in cell else "")
    found = reading(f"二、主动公开政府信息情况\n{head}{body}三、其他\n")
    assert row(found, "penalties") == [("unreadable", None)]


def test_a_number_directly_below_the_last_row_of_a_table_doubts_it() -> None:
    head = "第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n"
    found = reading(f"二、主动公开政府信息情况\n{head}行政事业性收费\t2740\n266\n三、其他\n")
    doubted = [finding.where.get("row") for finding in found.findings if finding.rule == "unknown_label"]
    assert "fees" in doubted


def test_a_label_that_only_resembles_one_of_table_1_is_told() -> None:
    head = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
    found = reading(f"二、主动公开政府信息情况\n{head}行政规范性文件49\t45\t\t\n三、其他\n")
    told = [finding.where for finding in found.findings if finding.rule == "label"]
    assert told == [{"table": "disclosure", "row": "normative_documents"}]


@pytest.mark.parametrize("last", ["2", "1"])
def test_a_page_number_among_the_figures_of_table_3_doubts_them_all(last: str) -> None:
    """Fourteen figures and the number of a page look like fifteen figures of which the last are one further left."""
    outcomes = " ".join(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    head = f"行政复议 行政诉讼\n{outcomes}\n未经复议直接起诉 复议后起诉\n{outcomes} {outcomes}\n"
    found = reading(f"四、行政复议和行政诉讼情况\n{head}0 0 0 2 2 0 0 0 0 0 0 1 1 0\n{last}\n五、其他\n")
    assert {cell.state for cell in found.cells if cell.table == "review"} == {"reported"}
    told = [finding.where["row"] for finding in found.findings if finding.rule == "displaced"]
    assert told == ([] if last == "2" else ["reconsideration", "litigation_direct", "litigation_after_reconsideration"])


def test_figures_of_table_3_in_columns_are_not_doubted_for_a_sum_that_fails() -> None:
    data = separated.STYLES["sheet"](truth.make_report(3, "2021", "sparse"), Random(1))
    row = next(cell.at for cell in read(data, "a.csv").cells if cell.table == "review")
    lines = data.splitlines()
    place = int(row.split()[1]) - 1
    lines[place] = lines[place].rpartition(b",")[0] + b",9999"
    found = read(b"\n".join(lines), "a.csv")
    assert {cell.state for cell in found.cells if cell.table == "review"} == {"reported"}
    rules = {finding.rule for finding in found.findings if finding.verdict != "PASS"}
    assert "review_total" in rules
    assert "displaced" not in rules


@pytest.mark.parametrize("sign", ["\n", " "])
def test_bodies_of_the_review_table_in_another_order_are_not_read_by_the_forms(sign: str) -> None:
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3
    figures = sign.join(map(str, range(15)))
    for bodies in (("行政复议", "行政诉讼"), ("行政诉讼", "行政复议")):
        header = "\n".join(map(sign.join, (bodies, ("未经复议直接起诉", "复议后起诉"), outcomes)))
        text = f"甲县水务局2022年政府信息公开工作年度报告\n四、行政复议、行政诉讼情况\n{header}\n{figures}\n五、存在的主要问题\n"
        found = {cell.state for cell in read(text.encode(), "a.txt").cells if cell.table == "review"}
        assert ("reported" in found) == (bodies[0] == "行政复议")
