"""Tables without ruling lines on pictures: where they are, what their cells are, and what nobody can say of them."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.ocr import recognition
from extract.pdf.ink import UNREADABLE
from tests.test_pages import Sheet, only_grid, rows

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

DPI = 200
Ink = NDArray[np.uint8]
LABEL, FIGURES = (60, 260), (400, 600, 800)


def paper() -> Ink:
    return np.zeros((600, 1000), np.uint8)


def printed(*tops: int, figures: Sequence[int] = FIGURES) -> Ink:
    """Print rows of a label and figures: boxes of ink as high as digits."""
    ink = paper()
    for top in tops:
        ink[top : top + 20, LABEL[0] : LABEL[1]] = 255
        for left in figures:
            ink[top : top + 20, left : left + 12] = 255
    return ink


def test_rows_of_short_parts_are_a_table_whose_cells_have_paper_around() -> None:
    from extract.ocr.unruled import zones

    [zone] = zones(printed(100, 140, 180), [(0, 600)], DPI)
    assert len(zone.cells) == 12
    left, top, right, bottom = zone.cells[1]
    assert left < FIGURES[0] - 5
    assert right > FIGURES[0] + 17
    assert top < 95
    assert bottom > 125


def test_a_figure_close_beside_a_label_of_several_lines_has_its_own_cell() -> None:
    """Between two lines of the label it would be cut in two, and passed over with both halves."""
    from extract.ocr.unruled import zones

    ink = printed(100, 140, 180, 300, figures=(440, 600, 800))
    for top in (260, 288, 316, 344):
        for left in range(LABEL[0], 340, 32):
            ink[top : top + 26, left : left + 30] = 255
    ink[300:320, 366:376] = 255
    [zone] = zones(ink, [(0, 600)], DPI)
    row = [cell for cell in zone.cells if cell[1] > 220]
    assert len(row) == 5
    assert row[0][2] < 366 <= row[1][0] + 15
    ink[300:320, 380:390] = 255
    assert len([cell for cell in zones(ink, [(0, 600)], DPI)[0].cells if cell[1] > 220]) == 5


@pytest.mark.parametrize("ink", [printed(100, 140), printed(100, 140, 180, figures=()), printed(100, 340, 580)])
def test_few_rows_or_rows_without_figures_or_far_apart_are_none(ink: Ink) -> None:
    from extract.ocr.unruled import zones

    assert zones(ink, [(0, 600)], DPI) == []


def test_rows_that_a_ruled_table_takes_are_not_looked_at() -> None:
    from extract.ocr.unruled import zones

    assert zones(printed(100, 140, 180), [(0, 130), (170, 600)], DPI) == []


def test_faint_ink_between_cells_is_left_over() -> None:
    from extract.ocr.marks import Digit
    from extract.ocr.unruled import left_over, zones

    ink = printed(100, 140, 180)
    tables = zones(ink, [(0, 600)], DPI)
    assert list(left_over(tables, ink, Digit(20, 12))) == []
    ink[145:157, 700:706] = 255
    assert list(left_over(tables, ink, Digit(20, 12))) == [(700, 145, 706, 157)]


@pytest.mark.parametrize(
    ("text", "gap", "left"),
    [
        ("12", 0, "12"),
        ("12", 20, "\ufffd\ufffd"),
        ("\ufffd", 20, "\ufffd\ufffd"),
        ("总计12", 0, "总计\ufffd\ufffd"),
        ("1.属于", 20, "1.属于"),
    ],
    ids=["one figure", "two columns", "two unreadable", "behind a word", "ordinal"],
)
def test_figures_that_may_be_of_another_column_are_unreadable(text: str, gap: int, left: str) -> None:
    from extract.ocr.marks import Digit, Sheet
    from extract.ocr.network import Sign
    from extract.ocr.unruled import doubted, zones
    from extract.ocr.words import Printed

    ink = printed(100, 140, 180)
    [zone] = zones(ink, [(0, 600)], DPI)
    ink[100:120, 400:] = 0
    ink[100:120, 400:412] = ink[100:120, 414 + gap : 426 + gap] = 255
    one = Printed([Sign(sign, 1.0, 0.5) for sign in text], (396, 96, 430 + gap, 124), 29, 1)
    [found] = doubted([zone], [one], Sheet(255 - ink, ink, DPI, Digit(20, 12)))
    assert "".join(sign.text for sign in found.signs) == left


@pytest.mark.parametrize(
    ("line", "kept"), [(("-", "3", "-"), "3"), (("总计", "3"), "\ufffd"), (("-", "3", "9"), "\ufffd")]
)
def test_the_number_of_a_page_is_no_figure_of_a_table(line: Sequence[str], kept: str) -> None:
    from extract.ocr.network import Sign
    from extract.ocr.words import Printed, without_lone_figures

    pieces = [Printed([Sign(text, 1.0, 0.5)], (20 * at, 0, 20 * at + 12, 24), 20, None) for at, text in enumerate(line)]
    assert without_lone_figures(pieces)[1].signs[0].text == kept


def test_ink_beside_a_table_moves_no_value_to_another_column() -> None:
    sheet = Sheet()
    for x, word in zip((60, 200, 300, 420), ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), strict=True):
        sheet.text(word, 100, x)
    sheet.text("规章", 120, 60).text("3", 120, 210).text("5", 120, 330).text("9", 120, 450)
    sheet.text("行政规范性文件", 140, 60).text("4", 140, 210).text("7", 140, 450).text(UNREADABLE, 140, 560)
    label, *values = rows(only_grid(sheet))[-1]
    assert label == "行政规范性文件"
    assert all(UNREADABLE in value for value in values)


@pytest.mark.parametrize("angle", [0.0, 0.6, -1.5])
def test_a_page_of_text_is_turned_straight(angle: float) -> None:
    import cv2

    from extract.ocr.slant import slant_of_text

    ink = paper()
    for top in range(60, 540, 40):
        for left in range(60, 900, 30):
            ink[top : top + 20, left : left + 22] = 255
    turn = cv2.getRotationMatrix2D((500, 300), -angle, 1)
    turned = np.asarray(cv2.warpAffine(ink, turn, (1000, 600)), np.uint8)
    assert slant_of_text(turned, DPI) == pytest.approx(angle, abs=0.11)
