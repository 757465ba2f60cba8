"""Lines of text outside tables: found by their ink, and by the detector only where rows of ink are no lines."""

import numpy as np
import pytest

from extract.ocr import recognition

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

DPI, WIDTH, HEIGHT = 200, 800, 400
Box = tuple[int, int, int, int]


def found(*inked: Box, free: tuple[int, int] = (0, HEIGHT)) -> tuple[list[Box], list[tuple[int, int]]]:
    """Return the boxes of text on a page with ink in some boxes, and between which rows the detector was asked."""
    from extract.ocr.rows import texts

    ink, asked = np.zeros((HEIGHT, WIDTH), np.uint8), []
    for left, top, right, bottom in inked:
        ink[top:bottom, left:right] = 255

    def find(start: int, end: int) -> list[Box]:
        asked.append((start, end))
        return [(1, start, 2, end)]

    return texts(ink, [free], DPI, find), asked


def test_lines_are_found_by_their_ink_with_paper_around() -> None:
    boxes, asked = found((100, 50, 700, 80), (100, 110, 400, 140))
    assert boxes == [(100, 45, 700, 85), (100, 105, 400, 145)]
    assert asked == []


def test_what_stands_apart_on_a_line_is_a_piece_of_its_own() -> None:
    boxes, _ = found((100, 50, 200, 80), (220, 50, 300, 80), (340, 50, 400, 80))
    assert [(left, right) for left, _, right, _ in boxes] == [(100, 300), (340, 400)]


@pytest.mark.parametrize(
    "inked",
    [
        [(100, 50, 700, 200)],  # a seal, a picture
        [(100, 50, 700, 75), (300, 75, 305, 90), (100, 90, 700, 115)],  # two lines that touch
        [(100, 0, 700, 25)],  # cut by the edge of the picture
    ],
)
def test_the_detector_is_asked_where_rows_of_ink_are_no_lines(inked: list[Box]) -> None:
    line = (100, 300, 700, 330)
    boxes, [(start, end)] = found(*inked, line)
    assert start <= inked[0][1]
    assert inked[-1][3] <= end < line[1]
    assert boxes[-1] == (1, start, 2, end)
    assert (100, 295, 700, 335) in boxes


def test_dirt_and_rows_of_tables_are_not_looked_at() -> None:
    assert found((100, 50, 102, 52), (100, 200, 700, 205)) == ([], [])
    assert found((100, 50, 700, 80), free=(100, HEIGHT)) == ([], [])
    assert found() == ([], [])
