"""The statistics table of 2014 printed without ruling lines: columns, halves, broken labels, doubts."""

from collections.abc import Callable, Sequence

import pytest

from extract.model import Grid, Paragraph
from extract.pages.text import text_lines
from extract.pages.unruled.columns import BEFORE, cells_of
from extract.pages.unruled.rows import row_of
from extract.reading import read
from extract.text import LOST
from tests.kit import form2014, styles2014
from tests.kit.form2014 import Report
from tests.kit.grades import grade
from tests.kit.tables import Rows
from tests.test_pages import Sheet, blocks, only_grid, rows, texts

ROWS = (
    ("一、主动公开情况", "", ""),
    ("（一）主动公开政府信息数", "条", "12"),
    ("其中：主动公开规范性文件数", "条", "3"),
    ("制发规范性文件总数", "件", "4"),
    ("1.政府公报公开政府信息数", "条", "5"),
    ("2.政府网站公开政府信息数", "条", ""),
    ("3.政务微博公开政府信息数", "条", "0"),
    ("4.政务微信公开政府信息数", "条", "7"),
    ("5.其他方式公开政府信息数", "条", "8"),
)


def table(rows: Sequence[Sequence[str]] = ROWS, step: float = 20) -> Sheet:
    sheet = Sheet().text("统计指标", 80, 60).text("单位", 80, 300).text("统计数", 80, 400)
    for number, row in enumerate(rows):
        for text, x in zip(row, (60, 300, 400), strict=True):
            sheet.text(text, 100 + step * number, x)
    return sheet


def printed(*sheets: Sheet) -> list[list[str]]:
    grid = only_grid(*sheets)
    assert grid.aligned
    return rows(grid)


@pytest.mark.parametrize(
    "style",
    [
        styles2014.plain,
        styles2014.no_units,
        styles2014.numbered,
        styles2014.halves,
        styles2014.spanning_groups,
        styles2014.last_year_too,
    ],
)
def test_reports_without_lines_are_read_whole(style: Callable[[Report], Rows]) -> None:
    for seed, (blanks, marks) in enumerate(((False, False), (True, False), (False, True))):
        report = form2014.make_report(seed, dense=True, blanks=blanks, marks=marks)
        grades = grade(read(styles2014.to_pdf(report, style(report), "none"), ""), report.cells)
        assert (grades.flagged, grades.silent) == (0, [])


@pytest.mark.parametrize("style", [styles2014.numbered_halves, styles2014.groups_beside])
def test_nothing_is_wrong_in_silence_where_columns_are_narrow(style: Callable[[Report], Rows]) -> None:
    for seed in range(3):
        report = form2014.make_report(seed, dense=True, blanks=seed == 1, marks=seed == 2)
        assert grade(read(styles2014.to_pdf(report, style(report), "none"), ""), report.cells).silent == []


def test_blank_cells_are_cells() -> None:
    assert printed(table())[6] == ["2.政府网站公开政府信息数", "条", ""]
    assert printed(table())[1] == ["一、主动公开情况", "", ""]


def test_a_label_over_three_lines_is_one_with_its_value_beside_the_second() -> None:
    sheet = table().text("（一）主动公开", 290, 60).text("政府信", 302, 60).text("息数", 314, 60)
    assert printed(sheet.text("条", 302, 300).text("9", 302, 400))[-1] == ["（一）主动公开政府信息数", "条", "9"]


@pytest.mark.parametrize(("y", "touched"), [(211, [7, 8]), (291, [9])])
def test_a_value_without_words_leaves_its_neighbours_uncertain(y: float, touched: Sequence[int]) -> None:
    found = printed(table(step=22 if y == 211 else 20).text("45", y + (32 if y == 211 else 0), 400))
    assert [number for number, row in enumerate(found) if LOST in row[2]] == touched


def test_a_row_that_lacks_its_unit_is_uncertain() -> None:
    found = printed(table([*ROWS[:5], ("2.政府网站公开政府信息数", "", ""), *ROWS[6:]]))
    assert found[6] == ["2.政府网站公开政府信息数", LOST, LOST]


def test_an_unknown_piece_below_a_blank_row_leaves_it_uncertain() -> None:
    found = printed(table([*ROWS[:6], ("含各子站", "", "31"), *ROWS[6:]]))
    assert found[6] == ["2.政府网站公开政府信息数", "条", LOST]


def test_a_header_printed_again_on_the_next_page_is_no_row() -> None:
    found = printed(table(ROWS[:5]), table(ROWS[5:]))
    assert [row[0] for row in found] == ["统计指标", *(label for label, _, _ in ROWS)]


def test_words_above_the_table_and_the_signature_below_stay_text() -> None:
    sheet = (
        table().text("附表：政府信息公开情况统计表", 60, 200).text("某县某局", 300, 380).text("2017年2月1日", 320, 380)
    )
    assert len(printed(sheet)) == 1 + len(ROWS)
    assert texts(sheet)[0] == "附表：政府信息公开情况统计表"


@pytest.mark.parametrize(("size", "last"), [(14.0, "8"), (10.0, f"8{LOST}")], ids=["larger", "of the same type"])
def test_words_close_below_the_table_may_be_the_rest_of_its_last_label(size: float, last: str) -> None:
    assert printed(table().text("某县某局", 280, 60, size))[-1][-1] == last


def test_words_left_of_the_labels_must_head_rows_of_the_form() -> None:
    assert printed(table().text("一、主动公开情况", 180, 0, 6))[0] == ["统计指标", "单位", "统计数"]
    assert all(isinstance(block, Paragraph) for block in blocks(table().text("另一张表", 180, 5)))


def test_what_stands_between_columns_is_of_the_nearer_one() -> None:
    (line,) = text_lines(Sheet().text("甲", 100, 60).text("乙", 100, 100).text("丙", 100, 185).chars)
    cells = cells_of(row_of(line), [(90.0, 120.0), (200.0, 220.0)])
    assert cells is not None
    assert {place: part.text for place, part in cells.items()} == {BEFORE: "甲", 0: "乙", 1: "丙"}


def test_words_over_two_columns_that_leave_no_gap_are_of_neither() -> None:
    (line,) = text_lines(Sheet().text("横跨两列的文字", 100, 60).chars)
    assert cells_of(row_of(line), [(60.0, 90.0), (100.0, 130.0)]) is None


def test_text_between_two_parts_of_the_table_is_no_part_of_it() -> None:
    between = Sheet().text("三、依申请公开情况", 100).text("本年收到申请均按时办结。", 120)
    grids = [block for block in blocks(table(ROWS[:5]), between, table(ROWS[5:])) if isinstance(block, Grid)]
    assert [len(rows(grid)) for grid in grids] == [6, 5]


def test_ends_of_labels_in_either_margin_are_no_running_title() -> None:
    low, high = Sheet().text("信息数", 800), Sheet().text("信息数", 70)
    assert texts(low, high) == ["信息数信息数"]
    assert texts(Sheet().text("某某局年报", 70), Sheet().text("某某局年报", 70).text("正文", 300)) == ["正文"]


def test_marks_in_the_middle_and_figures_at_the_right_are_one_column() -> None:
    sheet = Sheet().text("统计指标", 80, 60).text("单位", 80, 300).text("统计数", 80, 400)
    for number, (label, unit, value) in enumerate(ROWS[1:]):
        y, text = 100 + 20 * number, value or "——"
        sheet.text(label, y, 60).text(unit, y, 300).text(text, y, 405 if text == "——" else 450)
    assert [row[-1] for row in printed(sheet)[1:]] == [value or "——" for _, _, value in ROWS[1:]]


def test_labels_behind_labels_that_make_no_halves_are_not_read() -> None:
    sheet = table()
    sheet.text("涉及商业秘密", 120, 460).text("4.政务微信公开政府信息数", 240, 460)
    assert not any(isinstance(block, Grid) for block in blocks(sheet))


def test_a_header_on_the_second_page_alone_is_no_row_and_heads_none() -> None:
    first, second = (
        Sheet(),
        Sheet().text("序号", 80, 60).text("统计指标", 80, 100).text("单位", 80, 300).text("统计数", 80, 400),
    )
    for number, (label, unit, value) in enumerate(ROWS[1:]):
        sheet, y = (first if number < 5 else second), 400 + 20 * number if number < 5 else 20 * number
        sheet.text(str(number + 1), y, 60).text(label, y, 100).text(unit, y, 300).text(value or "0", y, 400)
    assert [row[-1] for row in printed(first, second)] == [value or "0" for _, _, value in ROWS[1:]]
