"""Tables without ruling lines told by their words: rows and columns of which most print nothing."""

from dataclasses import replace
from random import Random
from typing import get_args

import pytest

from extract.formats.pdf import read_again
from extract.model import Grid
from extract.pages.blocks import to_blocks
from extract.pages.rules import Segment
from extract.pages.text import text_lines
from extract.pages.unruled.rows import row_of
from extract.reading import read, read_document
from extract.text import LOST
from tests.kit import pdf
from tests.kit.grades import Grades, grade
from tests.kit.truth import make_report, without_zeros
from tests.test_pages import COLUMNS, Sheet, blocks, figures, only_grid, rows

LABELS = ("一、本年新收", "二、上年结转", "（一）予以公开", "（二）部分公开", "（七）总计", "四、结转下年度继续办理")
NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
NOTHING = [""] * 7


def header(sheet: Sheet, y: float = 80, shift: float = 0.0) -> Sheet:
    """Print the header: each word in the middle over its column, in two lines."""
    sheet.text("申请人情况", y, 330 + shift)
    for x, name in zip(COLUMNS, NAMES, strict=True):
        half = (len(name) + 1) // 2
        for number, piece in enumerate((name[:half], name[half:])):
            sheet.text(piece, y + 20 + 12 * number, x + 5 - 5 * len(piece) + shift)
    return sheet


def page(*values: list[str], shift: float = 0.0, labels: tuple[str, ...] = LABELS) -> Sheet:
    """Print rows of the table; a figure of one digit stands in the middle of its column."""
    sheet = header(Sheet().text("三、收到和处理政府信息公开申请情况", 60))
    for number, (label, row) in enumerate(zip(labels, values, strict=False)):
        y = 140 + 20 * number
        sheet.text(label, y)
        for x, value in zip(COLUMNS, row, strict=True):
            sheet.text(value, y, x + 2.5 + shift)
    return sheet


def at(**values: str) -> list[str]:
    """Return a row that prints nothing but figures in some columns (c0 to c6)."""
    return [values.get(f"c{column}", "") for column in range(7)]


def test_rows_and_columns_that_print_nothing_are_blank() -> None:
    printed = [at(c1="3", c6="3"), NOTHING, NOTHING, at(c4="1", c6="1"), at(c6="4"), NOTHING]
    assert rows(only_grid(page(*printed))) == [
        ["", *NAMES],
        *([label, *row] for label, row in zip(LABELS, printed, strict=True)),
    ]


@pytest.mark.parametrize("shift", [20.0, -20.0])
def test_a_figure_between_two_words_is_of_neither(shift: float) -> None:
    found = rows(only_grid(page(at(c3="3"), *[NOTHING] * 5, shift=shift)))
    assert found[1][1:] == [LOST if "3" in cell else cell for cell in found[1][1:]] or all(
        cell in ("", f"3{LOST}") for cell in found[1][1:]
    )
    assert sum(LOST in cell for cell in found[1]) == 2


def test_figures_beside_their_words_are_known_where_rows_print_in_all_columns() -> None:
    printed = [["1", "2", "3", "4", "5", "6", "7"], at(c3="3"), NOTHING, NOTHING, NOTHING, NOTHING]
    assert [row[1:] for row in rows(only_grid(page(*printed, shift=18)))[1:]] == printed


def test_a_page_moved_against_the_header_s_is_not_read_by_it() -> None:
    first = page(*[at(c0="1", c6="1")] * 3)
    second = Sheet()
    for number, label in enumerate(LABELS[3:]):
        y = 100 + 20 * number
        second.text("1", y, COLUMNS[1] + 2.5 + 40).text("1", y, COLUMNS[6] + 2.5 + 40).text(label, y)
    found = [row for block in blocks(first, second) if isinstance(block, Grid) for row in rows(block)]
    assert not any(row[0] in LABELS[3:] and any(cell.isdecimal() for cell in row[1:]) for row in found)


def test_of_two_tables_in_one_section_none_is_taken_for_the_report_s() -> None:
    sheet = page(*[at(c0="1", c6="1")] * 3)
    header(sheet, 240)
    for number, label in enumerate(LABELS[:3]):
        sheet.text(label, 300 + 20 * number).text("2", 300 + 20 * number, COLUMNS[0]).text(
            "2", 300 + 20 * number, COLUMNS[6]
        )
    assert not any(isinstance(block, Grid) and block.aligned for block in to_blocks([sheet.content()]))


def test_a_figure_glued_to_a_label_is_passed_over_by_nobody() -> None:
    sheet = page(*[at(c0="1", c6="1")] * 5)
    sheet.text("8", 180, 60 + 70)
    assert not any(
        row[0] == "（一）予以公开" and row[1:] == at(c0="1", c6="1")
        for block in blocks(sheet)
        if isinstance(block, Grid)
        for row in rows(block)
    )


def test_a_mark_glued_to_a_label_is_no_blank() -> None:
    found = rows(only_grid(page(*[at(c1="1", c6="1")] * 5).text("—", 180, 60 + 70)))
    assert found[3][0].startswith("（一）予以公开")
    assert all(LOST in cell for cell in found[3][1:])


def test_a_mark_that_nearly_touches_the_figure_before_it_is_of_the_next_column() -> None:
    (line,) = text_lines(Sheet().text("35", 100, 200).text("-", 100, 211.5).chars)
    assert [token.text for token in row_of(line).values] == ["35", "-"]


def test_other_processing_is_a_row_of_the_form_of_2019() -> None:
    labels = (*LABELS[:4], "（六）其他处理", *LABELS[4:])
    printed = [[str(number)] * 7 for number in range(7)]
    printed[0] = at(c6="3")
    found = rows(only_grid(page(*printed, labels=labels)))
    assert found[5] == ["（六）其他处理", *["4"] * 7]


def test_two_pages_of_which_the_first_ends_amid_the_header() -> None:
    first = Sheet().text("三、收到和处理政府信息公开申请情况", 700).text("申请人情况", 760, 330)
    second = Sheet()
    for x, name in zip(COLUMNS, NAMES, strict=True):
        second.text(name[:2], 100, x - 5).text(name[2:4], 112, x - 5)
    for number, label in enumerate(LABELS):
        figures(second.text(label, 140 + 20 * number), 140 + 20 * number, at(c0="3", c6="3"))
    found = rows(only_grid(first, second))
    assert [row[1:] for row in found[1:]] == [at(c0="3", c6="3")] * 6


BLOCK = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
LEFT = (60.0, 180.0, 300.0, 420.0)


def block(*lines: tuple[str, list[str]], shift: float = 25.0) -> Sheet:
    """Print a block of table 1, its figures some points right of the beginning of their words."""
    sheet = Sheet().text("二、主动公开政府信息情况", 60).text("第二十条第（一）项", 80, 200)
    for x, word in zip(LEFT, BLOCK, strict=True):
        sheet.text(word, 100, x)
    for number, (label, values) in enumerate(lines):
        sheet.text(label, 120 + 20 * number)
        for x, value in zip(LEFT[1:], values, strict=True):
            sheet.text(value, 120 + 20 * number, x + shift)
    return sheet.text("三、收到和处理政府信息公开申请情况", 200)


@pytest.mark.parametrize("values", [["", "", ""], ["", "4", ""]], ids=["nothing", "one figure"])
def test_a_row_of_table_1_that_prints_nothing_is_blank(values: list[str]) -> None:
    found = rows(only_grid(block(("规章", ["", "", ""]), ("行政规范性文件", values))))
    assert found[1:] == [list(BLOCK), ["规章", "", "", ""], ["行政规范性文件", *values]]


def test_a_figure_between_two_words_of_table_1_is_of_neither() -> None:
    found = rows(only_grid(block(("规章", ["", "", ""]), ("行政规范性文件", ["", "4", ""]), shift=82)))
    assert found[-1] == ["行政规范性文件", "", f"4{LOST}", f"4{LOST}"]


def review(below: str) -> Sheet:
    sheet = Sheet().text("四、政府信息公开行政复议、行政诉讼情况", 60).text("行政复议", 80, 60)
    sheet.text("行政诉讼", 80, 300).text("未经复议直接起诉", 92, 235).text("复议后起诉", 92, 410)
    for column in range(15):
        word = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")[column % 5]
        sheet.text(word[:2], 104, 60 + 31 * column).text(word[2:], 116, 60 + 31 * column)
    return sheet.text(below, 160)


def test_a_review_table_that_ends_with_its_header_is_blank() -> None:
    assert rows(only_grid(review("五、存在的主要问题及改进情况")))[-1] == [""] * 15


def test_marks_below_a_review_header_are_no_part_of_it() -> None:
    sheet = review("五、存在的主要问题及改进情况").text("—", 136, 60).text("—", 136, 60 + 31 * 4)
    assert not any(row == [""] * 15 for found in blocks(sheet) if isinstance(found, Grid) for row in rows(found))


def test_two_figures_that_nearly_touch_are_not_read_as_one() -> None:
    sheet = block(("规章", ["", "", ""])).text("行政规范性文件", 140)
    sheet.text("52", 140, 226).text("1", 140, 238)
    assert not any("521" in row for found in blocks(sheet) if isinstance(found, Grid) for row in rows(found))


def test_a_header_with_something_below_is_not_taken_for_a_blank_table() -> None:
    assert [block for block in blocks(review("本年度未发生。")) if isinstance(block, Grid)] == []


@pytest.mark.parametrize("sheet", [page(*[NOTHING] * 6), block(("规章", ["", "", ""])), review("五、存在的问题")])
def test_nothing_is_blank_on_a_page_of_which_something_may_not_be_seen(sheet: Sheet) -> None:
    found = to_blocks([replace(sheet.content(), whole=False)])
    assert not any(isinstance(block, Grid) for block in found)


def test_figures_half_way_between_two_labels_are_of_neither() -> None:
    sheet = header(Sheet().text("三、收到和处理政府信息公开申请情况", 60))
    for number, label in enumerate(LABELS):
        sheet.text(label, 140 + 20 * number)
    for x, value in zip(COLUMNS, at(c0="3", c6="3"), strict=True):
        sheet.text(value, 190, x + 2.5)
    found = {row[0]: row[1:] for row in rows(only_grid(sheet))}
    assert all(LOST in cell for label in LABELS[2:4] for cell in found[label])
    assert found[LABELS[0]] == found[LABELS[5]] == NOTHING


def test_a_frame_around_a_table_of_which_only_the_header_stands_on_the_first_page() -> None:
    first, second = header(Sheet().text("三、收到和处理政府信息公开申请情况", 650), 700), Sheet()
    for number, label in enumerate(LABELS):
        figures(second.text(label, 100 + 20 * number), 100 + 20 * number, at(c0="3", c6="3"))
    for sheet, top, bottom in ((first, 685, 745), (second, 85, 320)):
        sides = ((55, top, 545, top), (55, bottom, 545, bottom), (55, top, 55, bottom), (545, top, 545, bottom))
        sheet.segments += [Segment(*side) for side in sides]
    assert [row[1:] for row in rows(only_grid(first, second))[1:]] == [at(c0="3", c6="3")] * 6


@pytest.mark.parametrize("engine", ["both", "pdfium"])
@pytest.mark.parametrize("align", get_args(pdf.Align))
@pytest.mark.parametrize("style", ["sparse", "dense"])
@pytest.mark.parametrize("rules", ["none", "rows"])
def test_reports_that_print_no_zeros_are_read(engine: str, align: pdf.Align, style: str, rules: str) -> None:
    grades = Grades()
    for seed, template in ((0, "2019"), (1, "2021")):
        truth = without_zeros(make_report(seed, template, style))
        printed = pdf.render(truth, Random(seed), rules=rules, align=align)
        reading = read(printed, "") if engine == "both" else read_document(read_again(printed, ""))
        grades += grade(reading, truth.cells)
    assert grades.silent == []
    assert grades.right > 0.85 * grades.total()
