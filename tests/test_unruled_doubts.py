"""Tables without ruling lines printed too tightly: what may be another cell's is never believed."""

import pytest

from extract.model import Paragraph
from extract.pages.blocks import to_blocks
from extract.text import LOST
from tests.test_pages import Sheet, blocks, figures, header_of_seven, only_grid, rows
from tests.test_unruled_form import review

HEADER = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
LEFT = (60, 180, 300, 420)


def of_seven(*values: tuple[str, list[object]], step: float = 20) -> Sheet:
    sheet = header_of_seven(Sheet().text("申请人情况", 80, 330))
    for number, (label, row) in enumerate(values):
        figures(sheet, 140 + step * number, row).text(label, 140 + step * number)
    return sheet


def test_rows_as_close_as_the_lines_of_a_cell_keep_their_labels_and_blanks() -> None:
    labels = ("一、本年新收", "二、上年结转", "（一）予以公开", "（二）部分公开", "（七）总计")
    printed = [(label, ["1", "2", "3", "", "5", "6", "7"] if label[1] == "二" else [*range(7)]) for label in labels]
    found = rows(only_grid(of_seven(*printed, step=11.5)))[2:]
    assert found == [[label, *map(str, values)] for label, values in printed]


def test_a_group_close_to_its_row_is_a_word_of_its_own() -> None:
    sheet = of_seven(("一、本年新收", [*range(7)]), ("二、上年结转", [*range(7)]))
    figures(sheet, 180, range(7)).text("（三）不", 180, 60).text("1.属于国家秘密", 180, 103)
    assert rows(only_grid(sheet))[-1][:2] == ["（三）不", "1.属于国家秘密"]


def test_two_labels_beside_one_row_of_figures_leave_it_uncertain() -> None:
    sheet = of_seven(("一、本年新收", [*range(7)]), ("二、上年结转", [*range(7)]), ("（七）总计", [*range(7)]), step=40)
    sheet.text("（一）予以公开", 192, 60)
    sheet.text("（二）部分公开", 204, 60)
    found = rows(only_grid(sheet))
    assert [row[1] for row in found[2:] if "（一）" in row[0]] == [f"0{LOST}"]


def test_figures_printed_into_each_other_lose_only_their_row() -> None:
    sheet = of_seven(*((label, [*range(7)]) for label in ("一、本年新收", "二、上年结转", "（一）予以公开")))
    figures(sheet, 200, ["1", "2", "3", "4", "55555555", "66", "7"]).text("（七）总计", 200)
    found = rows(only_grid(sheet))
    assert [LOST in cell for cell in found[-1]] == [False] * 5 + [True, True, False]
    assert not any(LOST in cell for row in found[:-1] for cell in row)


@pytest.mark.parametrize(("end", "label"), [("开", ["（七）总公开", "8"]), ("2", ["（一）予以公开", "0"])])
def test_a_figure_that_touches_its_label_is_taken_off_where_the_columns_begin(end: str, label: list[str]) -> None:
    sheet = of_seven(*((label, [*range(7)]) for label in ("一、本年新收", "二、上年结转", "（一）予以公开")))
    figures(sheet, 200, ["8", *range(1, 7)])
    width = 10 if end == "开" else 5
    sheet.text("（七）总公", 200, 249 - width - 50).text(end, 200, 249 - width)
    assert rows(only_grid(sheet))[-1][:2] == label


def test_the_first_label_may_begin_above_its_figures() -> None:
    sheet = of_seven(
        *((label, ["100000", *range(1, 7)]) for label in ("政府信息数量", "二、上年结转", "（一）予以公开"))
    )
    found = rows(only_grid(sheet.text("一、本年新收到的公开申请的", 128, 70)))
    assert found[2][0] == "一、本年新收到的公开申请的政府信息数量"


def disclosure(broken: str = "") -> Sheet:
    sheet = Sheet().text("第二十条第（一）项", 80, 60)
    for x, word in zip(LEFT, HEADER, strict=True):
        if word == broken:
            sheet.text(word[:5], 94, x).text(word[5:], 106, x)
        else:
            sheet.text(word, 100, x)
    for y, label in ((130, "规章"), (160, "行政规范性文件")):
        sheet.text(label, y, 60).text("3", y, 200).text("4", y, 320).text("9", y, 440)
    return sheet


@pytest.mark.parametrize("broken", HEADER[1:])
def test_a_header_word_broken_over_two_lines_is_one_word(broken: str) -> None:
    assert rows(only_grid(disclosure(broken)))[1:] == [
        [*HEADER],
        ["规章", "3", "4", "9"],
        ["行政规范性文件", "3", "4", "9"],
    ]


def test_a_header_that_is_not_the_forms_leaves_its_figures_uncertain() -> None:
    found = rows(only_grid(disclosure().text("另有数", 112, 250)))
    assert [LOST in cell for cell in found[-1]] == [False, True, True, True]


def test_words_beside_a_label_leave_the_rows_around_them_uncertain() -> None:
    sheet = disclosure().text("43（其中修订1", 152, 190)
    sheet.text("行政许可", 190, 60).text("3", 190, 200).text("4", 190, 320).text("9", 190, 440)
    found = rows(only_grid(sheet))
    assert [any(LOST in cell for cell in row) for row in found if row[0] in ("规章", "行政规范性文件", "行政许可")] == [
        True,
        True,
        False,
    ]


def test_figures_right_of_their_words_by_the_same_step_say_where_a_blank_is() -> None:
    values = ["1"] * 15
    values[7] = ""
    assert rows(only_grid(review(values, shift=23)))[-1] == values


def test_a_header_printed_again_in_the_margin_is_no_running_title() -> None:
    pages = [Sheet().text("三、收到和处理政府信息公开申请情况", 60), Sheet(), Sheet()]
    for sheet in pages:
        header_of_seven(sheet.text("申请人情况", 50, 330))
    texts = [block.text for block in blocks(*(_higher(sheet, 30) for sheet in pages)) if isinstance(block, Paragraph)]
    assert sum("商业" in text for text in texts) == len(pages)


def _higher(sheet: Sheet, points: float) -> Sheet:
    return Sheet([char._replace(top=char.top - points, bottom=char.bottom - points) for char in sheet.chars])


def test_large_words_across_a_table_are_no_part_of_it() -> None:
    plain = of_seven(*((label, [*range(7)]) for label in ("一、本年新收", "二、上年结转", "（一）予以公开")))
    marked = Sheet([*plain.chars]).text("某某市某某局", 170, 130, 50)
    assert to_blocks([marked.content()]) == to_blocks([plain.content()])


def test_a_large_title_stays() -> None:
    sheet = Sheet().text("某某市某某局政府信息公开年报", 100, 100, 30).text("甲" * 40, 140).text("乙" * 40, 160)
    assert isinstance(first := blocks(sheet)[0], Paragraph)
    assert first.text.startswith("某某市某某局")
