"""Tables without ruling lines that only the form can tell: over page breaks, under touching headers, beside groups."""

import pytest

from extract.model import Grid
from extract.pages.rules import Segment
from tests.test_pages import Sheet, blocks, figures, header_of_seven, only_grid, rows

OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = ("一、本年新收", "二、上年结转", "（一）予以公开", "1.属于国家秘密")


def requests_on_two_pages(repeated: bool) -> tuple[Sheet, Sheet]:
    first = header_of_seven(Sheet().text("三、收到和处理政府信息公开申请情况", 60).text("申请人情况", 90, 330))
    figures(first, 740, [*range(7)]).text(GROUPS[0], 740).text("（二）部分公开", 760)
    second = Sheet()
    if repeated:
        header_of_seven(second.text("申请人情况", 90, 330))
    second.text("（区分处理的）", 120)
    for number, label in enumerate(GROUPS[1:], 1):
        figures(second, 116 + 24 * number, [number] * 7).text(label, 116 + 24 * number)
    figures(second, 116, [9] * 6 + [""])
    return first, second.text("四、政府信息公开行政复议、行政诉讼情况", 300)


@pytest.mark.parametrize("repeated", [False, True], ids=["header once", "header on both pages"])
def test_a_table_goes_on_over_a_page_break_and_so_does_a_label(repeated: bool) -> None:
    found = only_grid(*requests_on_two_pages(repeated))
    assert rows(found)[2] == [GROUPS[0], *map(str, range(7))]
    assert rows(found)[3] == ["（二）部分公开（区分处理的）", *["9"] * 6, ""]
    assert [row[0] for row in rows(found)[4:]] == list(GROUPS[1:])
    places = {cell.text: cell.at for cell in found.cells if cell.column == 0}
    assert places[GROUPS[0]].startswith("page 1 table 1 row 3 cell 1 [60,731,")
    assert places[GROUPS[1]].startswith("page 2 table 1 row 5 cell 1 [60,131,")


def review(values: list[str], *, touching: float = 0.0, shift: float = 8.0) -> Sheet:
    """Print table 3, header words in two lines, ``touching`` points wider than their columns leave room for."""
    sheet = (
        Sheet().text("四、政府信息公开行政复议、行政诉讼情况", 60).text("行政复议", 80, 100).text("行政诉讼", 80, 300)
    )
    sheet.text("未经复议直接起诉", 92, 220).text("复议后起诉", 92, 400)
    for column, value in enumerate(values):
        left = 60 + (31 - touching) * column
        sheet.text(OUTCOMES[column % 5][:2], 104, left).text(OUTCOMES[column % 5][2:], 116, left)
        sheet.text(value, 136, left + shift)
    return sheet


@pytest.mark.parametrize("touching", [0.0, 4.0, 9.0])
def test_header_words_of_the_review_table_say_where_a_blank_is(touching: float) -> None:
    values = [str(column % 7) for column in range(15)]
    values[3] = values[9] = ""
    found = only_grid(review(values, touching=touching))
    assert rows(found)[-2:] == [list(OUTCOMES * 3), values]


@pytest.mark.parametrize("blank", [0, 14])
def test_a_figure_below_no_header_word_leaves_the_review_table_unread(blank: int) -> None:
    values = ["1"] * 15
    values[blank] = ""
    assert not any(isinstance(block, Grid) for block in blocks(review(values, shift=23)))


@pytest.mark.parametrize("printed", [(100, 120), (100, 120, 140)], ids=["between", "beside the second"])
def test_items_have_the_label_that_heads_them_in_front(printed: tuple[int, ...]) -> None:
    sheet = Sheet()
    for x, word in zip((60, 240, 340, 440), ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"), strict=True):
        sheet.text(word, 80, x)
    middle = (printed[0] + printed[-1]) / 2
    sheet.text("其他对外管", middle - 6, 60).text("理服务事项", middle + 6, 60)
    items = ("行政检查", "行政确认", "行政奖励")[: len(printed)]
    for y, item in zip(printed, items, strict=True):
        sheet.text(item, y, 130).text("3", y, 260).text("1", y, 360).text("7", y, 460)
    sheet.text("政府集中采购", 180, 60).text("5", 180, 260).text("6", 180, 360).text("8", 180, 460)
    found = rows(only_grid(sheet))
    assert found[1:-1] == [["其他对外管理服务事项", item, "3", "1", "7"] for item in items]
    assert found[-1] == ["政府集中采购", "5", "6", "8"]


def frame(sheet: Sheet, top: float, bottom: float) -> Sheet:
    sheet.segments += [Segment(50, y, 560, y) for y in (top, bottom)] + [Segment(x, top, x, bottom) for x in (50, 560)]
    return sheet


def test_a_frame_around_a_table_without_lines_is_no_cell() -> None:
    sheet = header_of_seven(Sheet().text("申请人情况", 80, 330))
    for number, label in enumerate(GROUPS):
        figures(sheet, 130 + 20 * number, [number] * 7).text(label, 130 + 20 * number)
    found = only_grid(frame(sheet, 65, 200))
    assert rows(found)[2:] == [[label, *[str(number)] * 7] for number, label in enumerate(GROUPS)]


def test_a_ruled_header_belongs_to_the_rows_without_lines_below_it() -> None:
    header = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    sheet = Sheet().table(80, (60, 200, 320, 430, 550), [header])
    sheet.text("规章", 115, 70).text("3", 115, 220).text("9", 115, 460)
    sheet.text("行政规范性文件", 135, 70).text("4", 135, 350)
    assert rows(only_grid(sheet)) == [header, ["规章", "3", "", "9"], ["行政规范性文件", "", "4", ""]]
