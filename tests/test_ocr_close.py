"""Ruling lines close to text: strokes that end beside them, and lines so faint that text around outshines them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.ocr import recognition

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

DPI = 200
LEFT, RIGHT = 100, 700
TOP, BOTTOM = 100, 136


def verticals(page: NDArray[np.uint8]) -> set[int]:
    """Where vertical ruling lines of a page stand, in pixels."""
    from extract.ocr.picture import Picture
    from extract.ocr.rulings import rulings

    segments, _ = rulings(Picture(page, page, DPI))
    return {round(line.x0 * DPI / 72) for line in segments if line.x0 == line.x1}


def row() -> NDArray[np.uint8]:
    """Draw a row of a table that is hardly higher than its text."""
    page = np.full((300, 800), 255, np.uint8)
    for y in (TOP, BOTTOM):
        page[y : y + 2, LEFT:RIGHT] = 0
    return page


@pytest.mark.parametrize(("gap", "is_line"), [(0, True), (2, False)])
def test_a_stroke_that_ends_short_of_the_lines_of_its_row_is_none_of_them(gap: int, is_line: bool) -> None:
    page = row()
    page[TOP + 2 + gap : BOTTOM - gap, 400:402] = 0
    assert any(abs(x - 401) <= 1 for x in verticals(page)) == is_line


def test_a_faint_line_between_lines_of_text_is_whole() -> None:
    from extract.ocr.picture import Picture
    from extract.ocr.rulings import rulings

    page = np.full((300, 800), 255, np.uint8)
    page[150, LEFT:RIGHT] = 200
    for y in (122, 158):
        for x in range(250, 550, 5):
            page[y : y + 22, x : x + 2] = 60
    covered = rulings(Picture(page, page, DPI))[1][150, LEFT:RIGHT]
    assert np.count_nonzero(covered) >= 0.95 * (RIGHT - LEFT)


@pytest.mark.parametrize(("bright", "is_line"), [(False, True), (True, False)])
def test_a_line_goes_on_below_the_strokes_of_a_seal(bright: bool, is_line: bool) -> None:
    """Where there is paper in the gaps of a line instead of colour, its pieces are strokes."""
    from extract.ocr.picture import Picture, channels
    from extract.ocr.rulings import rulings

    page = np.full((300, 800, 3), 255, np.uint8)
    for y in (TOP, 180, 260):
        page[y : y + 2, LEFT:RIGHT] = 0
    for x in range(LEFT + 30, RIGHT - 20, 36):
        page[160:200, x : x + 9] = (255, 255, 255) if bright else (60, 50, 205)
    covered = np.count_nonzero(rulings(Picture(*channels(page), DPI))[1][:, LEFT:RIGHT], axis=1)
    assert covered[TOP] >= 0.95 * (RIGHT - LEFT)
    assert (covered[180] >= 0.95 * (RIGHT - LEFT)) == is_line
