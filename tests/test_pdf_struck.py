"""A line through a figure makes it nobody's; lines that underline it or rule its cell do not."""

import pytest

from extract.pages.rules import Segment
from extract.text import LOST
from tests.test_pages import XS, Sheet, only_grid, rows, texts

# The figure 88 of the second cell stands on a base line at 129, in type of 8 points.
CELL = [["规章", "88 33", "2"]]


@pytest.mark.parametrize(
    ("y", "right", "expected"),
    [
        (126, 231, f"{LOST}{LOST} 33"),
        (126, 242, f"{LOST}{LOST} {LOST}{LOST}"),
        (130, 231, "88 33"),
        (122.5, 231, "88 33"),
    ],
)
def test_struck_figures_are_unreadable(y: float, right: float, expected: str) -> None:
    sheet = Sheet().table(120, XS, CELL)
    sheet.segments.append(Segment(221, y - 0.25, right, y + 0.25))
    assert rows(only_grid(sheet))[0][1] == expected


def test_a_line_longer_than_the_words_rules_the_page() -> None:
    sheet = Sheet().text("12 件", 100)
    sheet.segments.append(Segment(40, 96, 140, 96.5))
    assert texts(sheet) == ["12 件"]


def test_struck_words_stay() -> None:
    sheet = Sheet().text("删去的话", 100)
    sheet.segments.append(Segment(60, 96, 100, 96.5))
    assert texts(sheet) == ["删去的话"]
