"""Boxes drawn around a figure part no cell, and what is empty in one is no blank cell."""

import pytest

from extract.model import Grid
from extract.pages.rules import Segment
from extract.text import LOST
from tests.test_pages import Sheet, only_grid, rows

XS = [60.0, 220.0, 290.0, 360.0]
ROWS = [["信息内容", "制发", "废止"], ["规章", "12", "3"], ["行政规范性文件", "4", "5678"]]


def printed() -> Sheet:
    return Sheet().table(300, XS, ROWS)


def frame(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> Sheet:
    sheet.segments += [
        Segment(x0, top, x1, top),
        Segment(x0, bottom, x1, bottom),
        Segment(x0, top, x0, bottom),
        Segment(x1, top, x1, bottom),
    ]
    return sheet


@pytest.mark.parametrize(
    "box",
    [
        (221.0, 321.5, 232.0, 333.0),  # around 12, apart from all rules
        (221.0, 320.0, 232.0, 333.0),  # right below the ruling line
        (291.0, 342.5, 310.0, 356.0),  # around 5678
    ],
)
def test_a_box_around_a_figure_leaves_it_in_its_cell(box: tuple[float, float, float, float]) -> None:
    assert rows(only_grid(frame(printed(), *box))) == ROWS
    twice = frame(frame(printed(), *box), *(edge + 0.3 for edge in box))
    assert rows(only_grid(twice)) == ROWS


def test_an_empty_box_is_no_blank_cell() -> None:
    sheet = Sheet().table(300, XS, [["信息内容", "制发", "废止"], ["规章", "", "3"]])
    assert rows(only_grid(frame(sheet, 240, 322, 262, 337)))[1] == ["规章", LOST, "3"]


def test_boxes_that_are_the_cells_of_a_table_stay() -> None:
    sheet = Sheet()
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            left, top = XS[column], 300.0 + 20 * row
            frame(sheet, left + 1, top + 1, XS[column + 1] - 1, top + 19).text(cell, top + 12, left + 4, 8)
    assert rows(only_grid(sheet)) == ROWS


def test_a_box_around_words_stays_a_table() -> None:
    sheet = frame(Sheet().table(300, XS, [["信息内容", "制发", "废止"], ["规章", "", "3"]]), 230, 322, 280, 337)
    grid = only_grid(sheet.text("合计", 333, 240, 8))
    assert isinstance(grid, Grid)
    assert "合计" in [cell.text for cell in grid.cells]
