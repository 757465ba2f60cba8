"""Text of which only the order is known, with a line or a column more or less: no number moves into another column."""

import pytest

from extract.reading import read
from tests.test_form_traps import HEAD, reported

LABELS = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（七）总计")


def bars(*rows: tuple[str, ...]) -> str:
    return "\n".join(f"{cell} |" for row in rows for cell in row)


def test_a_doubled_number_in_a_row_with_a_blank_is_not_the_blank_ones() -> None:
    zeros = ("0",) * 7
    rows = [(label, *zeros) for label in LABELS]
    spoiled = ("四、结转下年度继续办理", "", *zeros)
    text = bars(HEAD, *rows, spoiled) + "\n四、政府信息公开行政复议、行政诉讼情况\n"
    found = read(f"三、收到和处理政府信息公开申请情况\n{text}".encode(), "report.txt").cells
    assert {c.state for c in found if c.row == "carried_out"} == {"unreadable"}
    assert {c.column: (c.state, c.value) for c in found if c.row == "new"} == reported((0,) * 7)


def test_a_row_with_a_blank_among_too_many_figures_is_not_read() -> None:
    row = "（一）予以公开\t" + "\t".join(("0", "0", "0", "0", "0", "", "0", "0", "", "0"))
    rows = ["\t".join((label, *"0000000")) for label in (LABELS[0], LABELS[1], LABELS[3])]
    text = "\n".join(("\t".join(("", *HEAD)), *rows, row))
    found = read(f"三、收到和处理政府信息公开申请情况\n{text}\n四、其他\n".encode(), "report.txt").cells
    assert {c.state for c in found if c.row == "granted"} == {"unreadable"}
    assert {c.column: (c.state, c.value) for c in found if c.row == "new"} == reported((0,) * 7)


def test_a_row_with_more_figures_than_columns_is_told() -> None:
    rows = [(label, *"0000000") for label in LABELS[:3]]
    text = bars(HEAD, *rows, (LABELS[3], *"00000000")) + "\n四、政府信息公开行政复议、行政诉讼情况\n"
    found = read(f"三、收到和处理政府信息公开申请情况\n{text}".encode(), "report.txt").findings
    told = [finding.where for finding in found if finding.rule == "surplus_value"]
    assert told == [{"table": "requests", "row": "processed_total"}]


@pytest.mark.parametrize("row", ["\t0\n\t\t103\n\t", "\t0\n\t0\n\t103\n\t"])
def test_a_row_with_a_blank_and_a_cell_more_than_its_header_is_not_read(row: str) -> None:
    head = "\t第二十条第（六）项\n\n\t信息内容\n\t上一年项目数量\n\t本年增/减\n\t处理决定数量\n\n"
    text = f"{head}\t行政处罚\n{row}\n\n\t行政强制\n\t3\n\t-1\n\t5\n"
    found = read(f"二、主动公开政府信息情况\n{text}三、其他\n".encode(), "report.txt").cells
    assert {cell.state for cell in found if cell.row == "penalties"} == {"unreadable"}
    assert [cell.value for cell in found if cell.row == "coercion"] == [3, -1, 5]


def test_half_a_cell_fills_no_place_of_a_blank_that_left_no_trace() -> None:
    text = "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n行政规范性文件 49 0.\n45\n规章 1 2 3\n"
    found = read(f"二、主动公开政府信息情况\n{text}三、其他\n".encode(), "report.txt").cells
    assert {cell.state for cell in found if cell.row == "normative_documents"} == {"unreadable"}


def test_a_header_that_a_blank_line_parts_keeps_all_its_columns() -> None:
    text = "\t第二十条第（五）项\n\n\t信息内容\n\t上一年项目数量\n\n\t本年增/减\n\t处理决定数量\n\n\t行政许可\n\t51\n\t77\n\t\n\n\t行政强制\n\t3\n\t-1\n\t5\n"
    found = read(f"二、主动公开政府信息情况\n{text}三、其他\n".encode(), "report.txt").cells
    cells = {(c.row, c.column): c.value for c in found if c.state == "reported"}
    assert cells["licensing", "items_last_year"] == 51
    assert cells["licensing", "change"] == 77
    assert ("licensing", "decisions") not in cells
    assert cells["coercion", "decisions"] == 5


def test_a_subtotal_does_not_fill_the_place_of_a_blank() -> None:
    header = "\t".join(("", *HEAD[:6], "小计", HEAD[6]))
    whole = [f"{label}\t1\t2\t0\t0\t0\t0\t2\t3" for label in LABELS]
    text = "\n".join((header, "申请人情况", *whole, "四、结转下年度继续办理\t1\t2\t0\t0\t0\t0\t2\t"))
    found = read(f"三、收到和处理政府信息公开申请情况\n{text}\n四、其他\n".encode(), "report.txt").cells
    assert {c.state for c in found if c.row == "carried_out"} == {"unreadable"}


def test_no_zero_beside_a_blank_is_taken_for_it_where_there_are_more_columns() -> None:
    header = "\t".join(("", *HEAD[:6], "小计", HEAD[6], "上年数"))
    whole = [f"{label}\t1\t2\t0\t0\t0\t0\t2\t3\t0" for label in LABELS]
    text = "\n".join((header, "申请人情况", *whole, "四、结转下年度继续办理\t0\t0\t0\t0\t\t0\t0\t0\t0"))
    found = read(f"三、收到和处理政府信息公开申请情况\n{text}\n四、其他\n".encode(), "report.txt").cells
    assert {c.state for c in found if c.row == "carried_out"} == {"unreadable"}


def test_a_mark_is_not_passed_over_for_a_surplus_number() -> None:
    text = "第二十条第（六）项\n信息内容\t本年处理决定数量\t上年数\n行政处罚\t5\t3\t\n行政强制\t/\t44\n"
    found = read(f"二、主动公开政府信息情况\n{text}三、其他\n".encode(), "report.txt").cells
    assert [c.state for c in found if c.row == "coercion"] == ["unreadable"]


def test_a_review_table_printed_twice_with_other_figures_gives_none_of_them() -> None:
    outcomes = " ".join(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3)
    header = f"行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n{outcomes}\n"
    last_year, this_year = "2 0 1 0 3 0 0 0 0 0 0 0 0 0 0", "4 0 0 0 4 0 0 0 0 0 0 0 0 0 0"
    text = (
        f"四、政府信息公开行政复议、行政诉讼情况\n\n{header}{last_year}\n\n{header}{this_year}\n\n五、存在的主要问题\n"
    )
    reading = read(text.encode(), "report.txt")
    assert {c.state for c in reading.cells if c.row == "reconsideration"} == {"unreadable"}
    assert {f.where["row"] for f in reading.findings if f.rule == "repeated_row"} >= {"reconsideration"}


@pytest.mark.parametrize("gap", ["", " ", "\n", "\n\n"])
@pytest.mark.parametrize("signs", ["1. 2. 3.", "1、 2、 3、", "(1) (2) (3)", "（1） （2） （3）", "1) 2) 3)", "① ② ③"])
def test_an_ordinal_parted_from_its_label_is_no_value_of_the_row_before(signs: str, gap: str) -> None:
    one, two, three = (sign + gap for sign in signs.split())
    rows = (
        f"{one}信访举报投诉类申请 0 0 0 0 0 3\n{two}重复申请 1 0 0 0 0 0 1\n{three}要求提供公开出版物 0 0 0 0 0 0 0\n"
    )
    text = f"三、收到和处理政府信息公开申请情况\n申请人情况\n{' '.join(HEAD)}\n（五）不予处理\n{rows}\n四、其他\n"
    found = [c for c in read(text.encode(), "report.txt").cells if c.row.startswith("unprocessed")]
    assert {c.state for c in found if c.row == "unprocessed_petition"} == {"unreadable"}
    assert {c.column: (c.state, c.value) for c in found if c.row == "unprocessed_repeat"} == reported((1, *(0,) * 5, 1))


@pytest.mark.parametrize("cell", ["{}\t{}\n", "{} {}\n", "{} |\n{} |\n"])
def test_two_labels_of_table_1_in_one_cell_are_told(cell: str) -> None:
    rows = cell.format("行政处罚行政强制", "36597697")
    text = f"第二十条第（六）项\n{cell.format('信息内容', '本年处理决定数量')}{rows}"
    found = read(f"二、主动公开政府信息情况\n{text}三、其他\n".encode(), "report.txt")
    assert {cell.state for cell in found.cells if cell.row == "penalties"} == {"absent"}
    told = [finding.where for finding in found.findings if finding.rule == "label"]
    assert told == [{"table": "disclosure", "row": "coercion"}]
