"""Pictures that hide or invent figures: what is not certain is unreadable, never another number and never blank."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.model import FormCell, Reading
from extract.ocr import recognition
from extract.reading import read
from tests.kit.truth import Truth, make_report
from tests.test_forms import silently_wrong

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

Pixels = NDArray[np.uint8]
RED = (60, 50, 205)  # blue, green, red
WHITE = 255


def report() -> Truth:
    return make_report(5, "2021", "dense", agency=("清江市教育局", "990100"), year=2023, marks=True, blanks=True)


@pytest.fixture(scope="module")
def page() -> Pixels:
    """The title, the first section, the table of section 2 and the beginning of that of section 3."""
    from random import Random

    from tests.kit import pdf, scan

    return scan.pages(pdf.render(report(), Random(1)))[0]


@pytest.fixture(scope="module")
def table(page: Pixels) -> Pixels:
    """The table of section 2 alone: 规章 40, 17, 48; 行政规范性文件 23, 51 and a blank cell; 行政强制 7629."""
    from tests.kit import scan

    return scan.first_table(page)


def shown(picture: Pixels) -> Reading:
    reading = read(bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 80])[1]))
    assert silently_wrong(reading, report()) == []
    return reading


def cell(reading: Reading, row: str, column: str) -> FormCell:
    return next(one for one in reading.cells if (one.row, one.column) == (row, column))


def box(found: FormCell, table: Pixels) -> tuple[int, int, int, int]:
    """Return the pixels of a cell of the table, by its place in points of a page as long as A4."""
    scale = max(table.shape) / 11.69 / 72
    left, top, right, bottom = (round(int(edge) * scale) for edge in found.at.rpartition("[")[2][:-1].split(","))
    return left, top, right, bottom


def test_a_solid_seal_over_figures_hides_them_and_makes_none_blank(table: Pixels) -> None:
    clear = shown(table)
    value, blank = cell(clear, "coercion", "decisions"), cell(clear, "normative_documents", "in_force")
    assert (value.value, blank.state) == (7629, "blank")
    over = np.full((*table.shape, 3), WHITE, np.uint8)
    for one in (value, blank):
        left, top, right, bottom = box(one, table)
        cv2.circle(over, ((left + right) // 2, (top + bottom) // 2), 40, RED, -1, cv2.LINE_AA)
    sealed = shown(np.minimum(cv2.cvtColor(table, cv2.COLOR_GRAY2BGR), over))
    assert cell(sealed, "coercion", "decisions").state in ("unreadable", "absent")
    assert cell(sealed, "normative_documents", "in_force").state in ("unreadable", "absent")


def test_figures_in_red_are_not_blank(table: Pixels) -> None:
    left, top, right, bottom = box(cell(shown(table), "coercion", "decisions"), table)
    page = cv2.cvtColor(table, cv2.COLOR_GRAY2BGR)
    inside = page[top + 6 : bottom - 6, left + 6 : right - 6]
    inside[:] = np.where(inside < 150, np.array(RED, np.uint8), inside)
    assert cell(shown(page), "coercion", "decisions").state == "unreadable"


def test_a_table_without_vertical_lines_gives_no_figure_another_column(table: Pixels) -> None:
    lines = cv2.morphologyEx(WHITE - table, cv2.MORPH_OPEN, np.ones((30, 1), np.uint8))
    shown(np.where(cv2.dilate(lines, np.ones((1, 5), np.uint8)) > 40, WHITE, table).astype(np.uint8))


def test_a_negative_is_read_or_not_but_breaks_nothing(table: Pixels) -> None:
    assert shown(WHITE - table).outcome in ("partial", "not_a_report")


def test_a_whole_page_on_its_side_is_read(page: Pixels) -> None:
    reading = shown(np.ascontiguousarray(np.rot90(page)))
    assert cell(reading, "coercion", "decisions").value == 7629
    assert reading.year == 2023


@pytest.mark.parametrize(("texts", "is_doubtful"), [((12, 52), True), ((26, 40), False)])
def test_a_label_in_the_middle_of_each_row_is_two_labels(texts: tuple[int, int], is_doubtful: bool) -> None:
    """A cell over two rows, and the ruling between them drawn only at its right."""
    from extract.ocr.grids import cells_of
    from extract.ocr.picture import Picture
    from extract.ocr.rulings import rulings

    page = np.full((300, 700), WHITE, np.uint8)
    for y, start in ((100, 50), (140, 350), (180, 50)):
        page[y : y + 2, start:652] = 0
    for x in (50, 350, 500, 650):
        page[100:182, x : x + 2] = 0
    for top in texts:
        for x in range(120, 280, 20):
            cv2.rectangle(page, (x, 100 + top), (x + 12, 100 + top + 14), 0, 2)
    picture = Picture(page, page, 200)
    cells, doubtful = cells_of(picture, rulings(picture)[0])
    assert len(cells) == 5
    assert bool(doubtful) == is_doubtful
