"""Blank cells of tables in text whose rows do not stand in step: what the whole rows of a kind show of the others."""

from random import Random

import pytest

from extract.forms.flattened.offsets import offsets
from extract.forms.flattened.rows import lines
from extract.model import Grid, GridCell
from extract.reading import read
from tests.kit import text_layouts
from tests.kit.grades import Grades, grade
from tests.kit.truth import make_report

WIDTH = 7
WHOLE = ["标签", "", "1", "2", "3", "4", "5", "6", "21"]
AGENCY = ("云岭市水务局", "990100")


def shown(*rows: list[str]) -> list[int | None]:
    """Return how many cells stand before the values of each row, in a table whose other rows have other lengths."""
    others = [["组", "标签", "1", "2", "3", "4", "5", "6", "21"]] * 4
    cells = [
        GridCell(row, column, text, "")
        for row, texts in enumerate([*others, *rows])
        for column, text in enumerate(texts)
    ]
    found = offsets(lines(Grid(len(others) + len(rows), WIDTH + 3, tuple(cells), "", False, False)), WIDTH)
    return [found[number] for number in range(len(others), len(others) + len(rows))]


def test_whole_rows_of_a_kind_show_where_the_others_begin() -> None:
    first = ["标签", "", "", "2", "3", "4", "5", "6", "20"]
    inside = ["标签", "", "1", "2", "", "4", "5", "6", "18"]
    assert shown(WHOLE, WHOLE, first, inside) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    "row",
    [
        ["标签", "", "2", "3", "4", "5", "6", "20", ""],  # packed to the left
        ["标签", "1", "2", "3", "", "5", "6", "16", ""],  # begins a cell earlier, and does not add up
        ["标签", "", "", "1", "2", "3", "4", "5", "6"],  # gone on behind a blank
    ],
)
def test_a_row_whose_last_value_is_no_total_is_not_placed(row: list[str]) -> None:
    assert shown(WHOLE, WHOLE, row)[-1] is None


@pytest.mark.parametrize(
    "row", [["标签", "1", "2", "3", "", "5", "6", "17", ""], ["标签", "", "", "0", "5", "", "", "0", "5"]]
)
def test_a_row_alone_in_its_kind_is_not_placed(row: list[str]) -> None:
    assert shown(row) == [None]


WIDE = ["标签", "", "1", "2", "", "4", "5", "6", "20"]
NOUGHTS = ["标签", "", "0", "0", "", "0", "0", "", "0"]
FIRST_BLANK = ["标签", "", "", "2", "3", "4", "5", "6", "21"]


@pytest.mark.parametrize(
    ("others", "before"),
    [
        ([], None),
        ([WHOLE], 1),
        ([[*WHOLE[:-1], "22"]], None),
        ([WIDE], None),
        ([WIDE, WIDE], None),
        ([WIDE, WIDE, WIDE], 1),
        ([NOUGHTS, NOUGHTS], None),
        ([NOUGHTS, [*WHOLE[:-1], "22"]], 1),
        ([NOUGHTS, WHOLE, ["标签", "1", "2", "3", "", "5", "6", "17", ""]], None),  # one begins elsewhere
    ],
)
def test_the_widest_rows_of_a_kind_show_where_the_others_begin(others: list[list[str]], before: int | None) -> None:
    assert shown(*others, FIRST_BLANK)[-1] == before


@pytest.mark.parametrize(
    ("row", "before"),
    [
        (["标签", "", "8", "22", "8", "2", "34", "1", ""], 1),  # 1 is no total: it stands behind it
        (["标签", "", "8", "2", "8", "2", "3", "40", ""], None),  # 40 may be one
        (["标签", "", "8", "2", "8", "2", "3", "", ""], None),
    ],
)
def test_a_row_without_its_total_is_placed_where_it_fits_nowhere_else(row: list[str], before: int | None) -> None:
    assert shown(WHOLE, WHOLE, row)[-1] == before


HEADER = """(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) |
申请人情况 |
||||||||
自然人 |
法人或其他组织 |
总计 |
|||||||
{front}商业企业 |
科研机构 |
社会公益组织 |
法律服务机构 |
其他 |
|||||
"""


def lone_bars(label: str, cells: int) -> str:
    """Print a row whose cells but the total are blank, each blank closed by a bar on a line of its own."""
    return f"{label} |\n" + "|\n" * 6 + "0 |\n" + "|" * (cells - 8) + "\n"


@pytest.mark.parametrize(("front", "state"), [("", "reported"), ("|\n|\n", "unreadable")])
def test_rows_without_any_whole_one_begin_behind_their_labels_where_the_header_is_packed(
    front: str, state: str
) -> None:
    labels = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理")
    text = HEADER.format(front=front) + "".join(lone_bars(label, 10) for label in labels)
    cells = [
        cell for cell in read(text.encode(), "report.txt").cells if cell.row in ("new", "carried_in", "carried_out")
    ]
    assert {cell.state for cell in cells if cell.column == "total"} == {state}
    if state == "reported":
        assert {cell.state for cell in cells if cell.column != "total"} == {"blank"}


def test_half_a_bracket_is_no_figure_in_the_place_of_a_blank() -> None:
    text = (
        "申请人情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n"
        "2.重复申请 1 2 3 4 5 6 21\n3.要求提供公开出版物 1 2 3 4 5 20\n（\n五）不予处理 1.信访举报投诉类申请 1 2 3 4 5 6 21\n"
    )
    cells = [cell for cell in read(text.encode(), "report.txt").cells if cell.row == "unprocessed_publication"]
    assert all(cell.value is None for cell in cells)


@pytest.mark.parametrize("name", ["tabs", "ragged_tabs"])
def test_blanks_between_tabs_keep_their_places(name: str) -> None:
    grades = Grades()
    for seed in range(1, 13, 2):
        truth = make_report(seed, "2021", "dense", agency=AGENCY, blanks=True)
        text = text_layouts.LAYOUTS[name](truth, Random(seed))
        grades += grade(read(text.encode(), "report.txt"), truth.cells)
    assert grades.silent == []
    assert grades.right == grades.total()


REQUEST_HEADER = "\t申请人情况\n自然人\t法人或其他组织\t总计\n商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n"
RESULTS = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t"
REVIEW_HEADER = f"行政复议\t行政诉讼\n{RESULTS}未经复议直接起诉\t复议后起诉\n{RESULTS}{RESULTS}".rstrip("\t") + "\n"
NEW = "一、本年新收政府信息公开申请数量"


@pytest.mark.parametrize(
    ("row", "states"),
    [
        (f"{NEW}" + "\t" * 7, {"blank"}),
        (f"{NEW}" + "\t" * 6, {"absent"}),  # a cell is lost
        (f"{NEW}" + "\t" * 7 + "\n1\t0\t0\t0\t0\t0\t1", {"unreadable"}),  # its figures may be those below
        (f"3\t{NEW}" + "\t" * 7, {"unreadable"}),
    ],
)
def test_a_row_without_any_figure_is_blank_wherever_it_begins(row: str, states: set[str]) -> None:
    text = (
        REQUEST_HEADER
        + f"二、上年结转政府信息公开申请数量\t1\t\t\t\t\t\t1\n{row}\n四、结转下年度继续办理\t\t\t\t\t\t\t\n"
    )
    cells = [cell for cell in read(text.encode(), "report.txt").cells if cell.row == "new"]
    assert len(cells) == WIDTH
    assert {cell.state for cell in cells} == states


@pytest.mark.parametrize(
    ("rows", "states"),
    [
        ("\t" * 14, {"blank"}),
        ("\t" * 13, {"absent"}),
        ("\t" * 14 + "\n" + "\t" * 14, {"absent"}),
        ("\t" * 14 + "\n" + "\t".join("0" * 15), {"reported"}),
    ],
)
def test_a_review_table_whose_cells_are_all_blank(rows: str, states: set[str]) -> None:
    text = REQUEST_HEADER + f"{NEW}\t1\t0\t0\t0\t0\t0\t1\n\n{REVIEW_HEADER}{rows}\n四、存在的主要问题及改进情况\n"
    cells = [cell for cell in read(text.encode(), "report.txt").cells if cell.table == "review"]
    assert {cell.state for cell in cells} == states


STEPS = """|申请人情况|||||||总计|
||自然人|法人或其他组织||||||
|||商业企业|科研机构|社会公益组织|法律服务机构|其他||
一、本年新收政府信息公开申请数量||50|40|30|20|10|5|155|
二、上年结转政府信息公开申请数量||{carried_in}|
三、本年度办理结果|（一）予以公开|49|41|32|24|15|11|172|
|（三）不予公开|1.属于国家秘密|0|0|0|0|0|0|0
||2.其他法律行政法规禁止公开|0|0|0|0|0|0|0
||3.危及“三安全一稳定”|0|0|0|0|0|0|0
||4.保护第三方合法权益|0|0|0|0|0|0|0
||5.属于三类内部事务信息|0|0|0|0|0|0|0
||6.属于四类过程性信息|0|0|0|0|0|0|0
||7.属于行政执法案卷|0|0|0|0|0|0|0
（七）总计|49|41|32|24|15|11|172||
四、结转下年度继续办理||2|1|1|1|1|1|7|
"""
"""Rows of ten cells each (a bar stands for a tab), of which some begin behind a blank cell, and one does not."""


@pytest.mark.parametrize(
    ("carried_in", "read_as"),
    [
        ("|2|3|5|6|7|24", ["", "2", "3", "5", "6", "7", "24"]),
        ("1|2|3|5|6||24", ["1", "2", "3", "5", "6", "", "24"]),
        ("|0|0|5|6|7|9999", ["?"] * 7),  # fits no sum, wherever it begins
        ("2|3|5|6|7|24", ["?"] * 7),  # a cell less than the others
        ("||2|3|5|6|7|24", ["?"] * 7),  # a cell more
    ],
)
def test_sums_tell_where_a_row_in_step_with_the_others_begins(carried_in: str, read_as: list[str]) -> None:
    found = read(STEPS.format(carried_in=carried_in).replace("|", "\t").encode(), "report.txt")
    cells = [cell for cell in found.cells if cell.row == "carried_in"]
    assert [{"reported": cell.raw, "blank": ""}.get(cell.state, "?") for cell in cells] == read_as
    doubted = {finding.where.get("row") for finding in found.findings if finding.rule == "ambiguous_layout"}
    assert "carried_in" in doubted or "?" in read_as


def test_blank_rows_in_step_are_blank_wherever_they_begin() -> None:
    found = read(STEPS.format(carried_in="|" * 6).replace("|", "\t").encode(), "report.txt")
    assert {cell.state for cell in found.cells if cell.row == "carried_in"} == {"blank"}


def test_rows_with_as_many_cells_as_each_line_of_their_header_are_in_step() -> None:
    text = (
        "\t申请人情况\t\t\t\t\t\t总计\n\t自然人\t法人或其他组织\t\t\t\t\t\n\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t\n"
        f"{NEW}\t6\t\t5\t0\t\t7\t18\n二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0\n"
        "（一）予以公开\t\t\t6\t0\t5\t0\t0\t7\t18\n（二）部分公开\t\t\t0\t0\t0\t0\t0\t0\t0\n"
    )
    cells = [cell for cell in read(text.encode(), "report.txt").cells if cell.row == "new"]
    assert [cell.raw for cell in cells] == ["6", "", "5", "0", "", "7", "18"]
