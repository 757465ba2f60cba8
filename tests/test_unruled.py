"""Tables printed without ruling lines: narrow gaps, broken figures, blank cells at their ends."""

from collections.abc import Sequence

import pytest

from extract.model import Grid
from extract.pages.blocks import to_blocks
from extract.pages.text import text_lines
from extract.pages.unruled.rows import row_of
from extract.text import LOST
from tests.test_pages import COLUMNS, Sheet, blocks, figures, header_of_seven, only_grid, rows

OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def page(*values: Sequence[object], step: float = 20) -> Sheet:
    """Print rows of table 2 below its header."""
    sheet = header_of_seven(Sheet().text("申请人情况", 80, 330))
    labels = ("一、本年新收", "二、上年结转", "（一）予以公开", "（二）部分公开", "四、结转下年度继续办理")
    for number, (label, row) in enumerate(zip(labels, values, strict=False)):
        figures(sheet, 140 + step * number, row).text(label, 140 + step * number)
    return sheet


@pytest.mark.parametrize(("gap", "parts"), [(1.0, ["228937085"]), (4.0, ["2289", "37085"])])
def test_figures_that_nearly_touch_are_two(gap: float, parts: list[str]) -> None:
    (line,) = text_lines(Sheet().text("2289", 100, 200).text("37085", 100, 220 + gap).chars)
    assert [token.text.replace(" ", "") for token in row_of(line).values] == parts


@pytest.mark.parametrize(("space", "text"), [(203, "228"), (206, "228"), (205, "2 28")])
def test_white_space_that_runs_into_the_next_cell_parts_no_figure(space: float, text: str) -> None:
    behind = 200 if text == "228" else 205
    sheet = Sheet().text("2", 100, behind - 5).text("28", 100, behind if text == "228" else 210)
    (line,) = text_lines(sheet.text(" ", 100, space).chars)
    assert line.text == text


def test_full_width_digits_are_digits() -> None:
    (line,) = text_lines(Sheet().text("5", 100, 200).text("１２", 100, 209).chars)
    assert [token.text for token in row_of(line).values] == ["5", "１２"]


@pytest.mark.parametrize("place", [0, 10, 22], ids=["left", "middle", "right"])
def test_header_words_that_touch_are_cut_between_the_columns(place: int) -> None:
    sheet = Sheet().text("行政复议", 60, 100).text("行政诉讼", 60, 300)
    sheet.text("未经复议直接起诉", 76, 235).text("复议后起诉", 76, 410)
    for column in range(15):
        left, word = 60 + 31.0 * column, OUTCOMES[column % 5]
        sheet.text(word[:3], 92, left).text(word[3:], 104, left + 10)
        sheet.text(str(column % 3), 124, left + place)
    found = only_grid(sheet)
    assert rows(found)[-2:] == [list(OUTCOMES * 3), [str(column % 3) for column in range(15)]]


def test_rows_with_blank_cells_at_either_end_are_rows() -> None:
    blank = [["1", "", "", "", "", "", "1"], [*range(7)], [*range(7)], [*range(7)], ["", "2", "3", "", "", "4", "9"]]
    assert [row[1:] for row in rows(only_grid(page(*blank)))[2:]] == [[str(value) for value in row] for row in blank]


@pytest.mark.parametrize("shift", [11, -11], ids=["below", "above"])
def test_a_piece_of_a_broken_figure_leaves_its_neighbours_uncertain(shift: float) -> None:
    sheet = page(*[[*range(7)]] * 5, step=22).text("45", 184 + shift, COLUMNS[2])
    found = rows(only_grid(sheet))[2:]
    touched = [number for number, row in enumerate(found) if row[3] == f"2{LOST}"]
    assert touched == ([2, 3] if shift > 0 else [1, 2])
    assert [[cell for cell in row if LOST in cell] for row in found if row[3] == "2"] == [[]] * 3


def test_a_piece_behind_the_last_row_leaves_that_one_uncertain() -> None:
    sheet = page(*[[*range(7)]] * 5).text("45", 231, COLUMNS[6])
    assert rows(only_grid(sheet))[-1][-1] == f"6{LOST}"


def test_words_over_several_columns_make_no_table() -> None:
    sheet = page(*[[*range(7)]] * 3).text("一段说明文字横跨数列", 171, COLUMNS[1])
    assert not any(isinstance(block, Grid) for block in to_blocks([sheet.content()]))
    assert any("一段说明文字" in block.text for block in blocks(sheet) if not isinstance(block, Grid))


def test_header_words_left_of_their_values_are_no_labels() -> None:
    sheet = Sheet().text("行政复议", 60, 60).text("行政诉讼", 60, 215)
    sheet.text("未经复议直接起诉", 76, 215).text("复议后起诉", 76, 370)
    for column in range(15):
        left, word = 60 + 31.0 * column, OUTCOMES[column % 5]
        sheet.text(word[:2], 92, left).text(word[2:], 104, left).text(str(column % 3), 124, left + 25)
    assert rows(only_grid(sheet))[-2:] == [list(OUTCOMES * 3), [str(column % 3) for column in range(15)]]


def test_blank_cells_of_the_disclosure_table_stand_below_their_words() -> None:
    sheet = Sheet().text("第二十条第（一）项", 80, 200)
    for x, word in zip((60, 180, 300, 420), ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), strict=True):
        sheet.text(word, 100, x)
    sheet.text("规章", 120, 60).text("3", 120, 210).text("9", 120, 450)
    sheet.text("行政规范性文件", 140, 60).text("4", 140, 330)
    assert rows(only_grid(sheet))[-2:] == [["规章", "3", "", "9"], ["行政规范性文件", "", "4", ""]]


@pytest.mark.parametrize(("gap", "first"), [(5.0, "4"), (2.0, None)])
def test_a_value_that_nearly_touches_its_label_is_no_blank(gap: float, first: str | None) -> None:
    sheet = Sheet()
    for x, word in zip((60, 128, 300, 420), ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), strict=True):
        sheet.text(word, 100, x)
    sheet.text("行政规范性文件", 120, 60).text("4", 120, 130 + gap).text("7", 120, 330).text("9", 120, 450)
    found = rows(only_grid(sheet))[-1]
    assert found == (["行政规范性文件", first, "7", "9"] if first else ["行政规范性文件4", "7", "9"])


def test_words_of_cells_beside_each_other_do_not_run_into_one_line_by_degrees() -> None:
    sheet = Sheet()
    for number, word in enumerate(("甲", "乙", "丙", "丁")):
        sheet.text(word, 100 + 3 * number, 60 + 40 * number)
    assert [line.text.split() for line in text_lines(sheet.chars)] == [["甲", "乙", "丙"], ["丁"]]
