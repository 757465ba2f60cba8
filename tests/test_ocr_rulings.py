"""Ruling lines of a picture are told from strokes of text that stand in a row."""

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.ocr import recognition
from extract.reading import read

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

DPI = 200
LEFT, RIGHT, TOP, BOTTOM = 100, 190, 100, 220
MIDDLE = 160


def cell(strokes: bool) -> NDArray[np.uint8]:
    """Draw a narrow cell between two long lines, with a line through its middle that strokes may cross."""
    page = np.full((400, 800), 255, np.uint8)
    for y in (TOP, BOTTOM):
        page[y : y + 3, LEFT:700] = 0
    for x in (LEFT, RIGHT, 697):
        page[TOP:BOTTOM, x : x + 3] = 0
    page[MIDDLE : MIDDLE + 3, LEFT:RIGHT] = 0
    if strokes:
        for x in range(LEFT + 10, RIGHT - 6, 8):
            page[MIDDLE - 12 : MIDDLE + 13, x : x + 4] = 0
    return page


@pytest.mark.parametrize(("strokes", "is_line"), [(False, True), (True, False)])
def test_a_short_line_that_strokes_cross_is_text(strokes: bool, is_line: bool) -> None:
    from extract.ocr.picture import Picture
    from extract.ocr.rulings import rulings

    page = cell(strokes)
    segments, covered = rulings(Picture(page, page, DPI))
    y = (MIDDLE + 1) * 72 / DPI
    found = [segment for segment in segments if segment.top == segment.bottom and abs(segment.top - y) < 2]
    assert bool(found) == is_line
    assert bool(covered[MIDDLE + 1, (LEFT + RIGHT) // 2]) == is_line


@pytest.mark.parametrize(("meets", "is_line"), [(False, False), (True, True)])
def test_a_short_line_above_strokes_is_one_that_meets_others(meets: bool, is_line: bool) -> None:
    """Bold characters have a line of strokes at their top, too."""
    from extract.ocr.picture import Picture
    from extract.ocr.rulings import rulings

    page = np.full((400, 800), 255, np.uint8)
    for x in (100, 350, 697):
        page[100:300, x : x + 3] = 0
    for y in (100, 300):
        page[y : y + 3, 100:700] = 0
    start = 350 if meets else 420
    page[150:153, start:640] = 0
    for x in range(start + 4, 640, 8):
        page[153:170, x : x + 4] = 0
    assert bool(rulings(Picture(page, page, DPI))[1][151, 500]) == is_line


def test_a_label_whose_last_character_is_misread_is_still_known() -> None:
    """持 alone on its line is often taken for 特."""
    columns = ["结果维特", "结果纠正", "其他结果", "尚未审结", "总计"]
    head = "".join(f"<td>{label}</td>" for label in columns * 3)
    figures = "".join(f"<td>{value}</td>" for value in [3, 1, 0, 1, 5] * 3)
    table = (
        "<table><tr><td colspan=5 rowspan=2>行政复议</td><td colspan=10>行政诉讼</td></tr>"
        "<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
        f"<tr>{head}</tr><tr>{figures}</tr></table>"
    )
    reading = read(f"<html><meta charset=utf-8><body>{table}</body></html>".encode(), "text/html")
    upheld = [cell.value for cell in reading.cells if (cell.table, cell.column) == ("review", "upheld")]
    assert upheld == [3, 3, 3]


# --- Lines of other kinds ---------------------------------------------------------------------------------------------

ROWS, COLUMNS = range(100, 341, 60), range(100, 701, 200)
CELLS = (len(ROWS) - 1) * (len(COLUMNS) - 1)
BLUE, BLACK = (196, 114, 68), (0, 0, 0)


def table(colour: tuple[int, int, int], dash: int, gap: int) -> NDArray[np.uint8]:
    """Draw a table in one colour (blue, green, red), its lines of dashes with gaps between."""
    page = np.full((500, 800, 3), 255, np.uint8)
    for y in ROWS:
        for x in range(COLUMNS[0], COLUMNS[-1], dash + gap):
            page[y : y + 2, x : x + dash] = colour
    for x in COLUMNS:
        for y in range(ROWS[0], ROWS[-1], dash + gap):
            page[y : y + dash, x : x + 2] = colour
    return page


@pytest.mark.parametrize(
    ("colour", "dash", "gap", "cells"),
    [
        (BLACK, 20, 0, CELLS),
        (BLACK, 7, 5, CELLS),
        (BLUE, 20, 0, CELLS),
        (BLACK, 7, 60, 0),
        (BLACK, 18, 12, 0),
        (BLACK, 13, 15, 0),
    ],
)
def test_tables_with_dashed_and_with_coloured_lines_are_found(
    colour: tuple[int, int, int], dash: int, gap: int, cells: int
) -> None:
    from extract.ocr.grids import ruled
    from extract.ocr.picture import Picture, channels

    found = ruled(Picture(*channels(table(colour, dash, gap)), DPI))
    assert len(found.cells) == cells


def test_a_blank_cell_between_coloured_lines_is_blank() -> None:
    from extract.ocr.engine import engine
    from extract.ocr.page import page_content
    from extract.ocr.picture import Picture, channels

    assert page_content(Picture(*channels(table(BLUE, 20, 0)), DPI), engine()).chars == []


def test_strokes_of_labels_below_each_other_are_no_dashed_line() -> None:
    from extract.ocr.dashes import dashed

    ink = np.zeros((700, 300), np.uint8)
    for y in range(50, 650, 22):
        ink[y : y + 12, 50:52] = ink[y : y + 12, 54:90] = 255
    assert [int(lines.max()) for lines in dashed(ink, DPI)] == [0, 0]
    ink[:, 54:90] = 0
    assert [int(lines.max()) for lines in dashed(ink, DPI)] == [0, 255]


@pytest.mark.parametrize(("columns", "is_line"), [(1, False), (3, True)])
def test_a_lone_row_of_short_strokes_is_no_dashed_line(columns: int, is_line: bool) -> None:
    """Two labels of the same words, one above the other, have strokes at the same places."""
    from extract.ocr.dashes import dashed

    ink = np.zeros((200, 400), np.uint8)
    for x in range(50, 50 + 100 * columns, 100):
        for y in range(60, 140, 9):
            ink[y : y + 6, x : x + 2] = 255
    assert bool(dashed(ink, DPI)[1].any()) == is_line


@pytest.mark.parametrize(("dash", "gap"), [(7, 5), (4, 4)])
@pytest.mark.parametrize("end", range(3, 12, 2))
def test_dashed_lines_do_not_stick_out_of_their_table(dash: int, gap: int, end: int) -> None:
    """What sticks out would be a row or a column more, in which nothing has room."""
    from extract.ocr.dashes import dashed

    bottom, right = ROWS[-1] + end - 6, COLUMNS[-1] + end - 6
    ink = np.zeros((500, 800), np.uint8)
    for y in (*ROWS[:-1], bottom):
        for x in range(COLUMNS[0], right, dash + gap):
            ink[y : y + 2, x : min(right, x + dash)] = 255
    for x in (*COLUMNS[:-1], right):
        for y in range(ROWS[0], bottom, dash + gap):
            ink[y : min(bottom, y + dash), x : x + 2] = 255
    across, down = dashed(ink, DPI)
    assert np.flatnonzero(across.any(axis=0))[[0, -1]].tolist() == pytest.approx([COLUMNS[0], right], abs=3)
    assert np.flatnonzero(down.any(axis=1))[[0, -1]].tolist() == pytest.approx([ROWS[0], bottom], abs=3)


@pytest.mark.parametrize(("gap", "is_line"), [(0, True), (1, False), (2, False)])
def test_a_stroke_that_ends_a_pixel_before_the_lines_of_a_low_row_is_text(gap: int, is_line: bool) -> None:
    """In rows as low as their text 十 and 件 reach from line to line but for a pixel, and parted the heads of tables."""
    from extract.ocr.picture import Picture
    from extract.ocr.rulings import rulings

    page = np.full((400, 800), 255, np.uint8)
    for y in (100, 127, 154):
        page[y : y + 2, 100:700] = 80
    for x in (100, 697):
        page[100:156, x : x + 3] = 0
    page[102 + gap : 127 - gap, 400:402] = 40
    assert bool(rulings(Picture(page, page, DPI))[1][114, 400]) == is_line
