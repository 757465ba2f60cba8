"""Figures of a table in other type than the rest of its page, and the hyphens that stand for nothing among them."""

from collections.abc import Sequence

import numpy as np
import pytest

from extract.ocr import recognition
from extract.pdf.ink import UNREADABLE

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

WIDTH, HEIGHT, BETWEEN, DPI = 120, 60, 80, 200
LARGE, SMALL = 48, 26
HYPHEN, LONG, HIGH = "-", 7, 2
"""A hyphen of common type in pixels, beside digits 20 pixels high."""


def read_rows(*rows: tuple[int, Sequence[str]], usual: int, last: int = 1) -> list[list[str]]:
    """Read rows of cells, each in type of its own, with paper between them; ``usual`` is the height of the page's digits.

    Each is a table, the ``last`` rows are one together.
    """
    from PIL import Image, ImageDraw, ImageFont

    from extract.ocr.engine import engine
    from extract.ocr.figures import read_lines
    from extract.ocr.marks import Digit, Sheet, lines, marks_of_cells
    from extract.ocr.rulings import ink_of

    picture = Image.new("L", (WIDTH * max(len(texts) for _, texts in rows), (HEIGHT + BETWEEN) * len(rows)), 255)
    draw, cells = ImageDraw.Draw(picture), []
    for row, (size, texts) in enumerate(rows):
        for column, text in enumerate(texts):
            left, top = column * WIDTH, row * (HEIGHT + BETWEEN)
            cells.append((left, top, left + WIDTH, top + HEIGHT))
            if text == HYPHEN:
                draw.rectangle((left + 50, top + 30, left + 49 + LONG, top + 29 + HIGH), fill=0)
            else:
                draw.text((left + 30, top + 5), text, fill=0, font=ImageFont.load_default(size))
    page = np.array(picture)
    tops = [row * (HEIGHT + BETWEEN) for row in range(len(rows) - last + 1)]
    tables = [(top, top + HEIGHT) for top in tops[:-1]] + [(tops[-1], len(page))]
    sheet = Sheet(page, ink_of(page, DPI), DPI, Digit(usual, 0.57 * usual), tables=tables)
    marks = marks_of_cells(cells, sheet.ink, DPI)
    found = [line for number, cell in enumerate(cells) for line in lines(number, cell, marks[number], sheet)]
    read = iter(["".join(sign.text for sign in signs) for _, signs in read_lines(found, sheet, engine().read)])
    return [[next(read) for _ in texts] for _, texts in rows]


@pytest.mark.parametrize(("numbers", "is_read"), [(5, True), (3, False)])
def test_a_table_in_smaller_type_tells_the_size_of_its_digits(numbers: int, is_read: bool) -> None:
    """Beside a table of 14 points figures of 8 were too low to be any; fewer than four do not vouch for each other."""
    large, small = ["57", "8", "62", "90", "6", "24"], ["23", "5", "69", "58", "7"][:numbers]
    assert read_rows((LARGE, large), (SMALL, small), usual=34) == [large, small if is_read else [UNREADABLE] * numbers]


@pytest.mark.parametrize(("last", "is_read"), [(2, True), (1, False)])
def test_rows_of_one_table_tell_the_size_together_whatever_stands_between_them(last: int, is_read: bool) -> None:
    """Section two has a head of two lines before each few rows: these are no tables of their own."""
    large = ["57", "83", "62", "90", "86", "24", "38", "79"]
    small = (["23", "5"], ["69", "58"])
    found = read_rows((LARGE, large), (SMALL, small[0]), (SMALL, small[1]), usual=34, last=last)
    assert found == [large, *(small if is_read else ([UNREADABLE] * 2,) * 2)]


def test_the_rows_of_tables_are_those_of_cells_close_to_each_other() -> None:
    from extract.ocr.sizes import tables

    cells = [(0, 200, 50, 240), (0, 0, 50, 40), (50, 0, 90, 100), (0, 40, 50, 100), (0, 110, 50, 150)]
    assert tables(cells, DPI) == [(0, 150), (200, 240)]


def test_a_hyphen_is_a_mark() -> None:
    """It is a third of a digit long, and the network takes it for the character 一."""
    figures = ["57", "8", "62", "90", "6", "24"]
    assert read_rows((SMALL, [*figures, HYPHEN]), usual=19) == [[*figures, "—"]]


@pytest.mark.parametrize(("count", "is_mark"), [(8, True), (7, False)])
def test_strokes_that_are_hardly_hyphens_are_marks_where_there_are_many_alike(count: int, is_mark: bool) -> None:
    """Of 7 points they are five pixels long and three high, and the network is not certain of them."""
    from extract.ocr.hyphens import hyphens
    from extract.ocr.marks import InkLine, Mark
    from extract.ocr.network import Sign

    inside = (0, 0, WIDTH, HEIGHT)
    lines = [InkLine(number, inside, (Mark(50, 30, 55, 33, 13),)) for number in range(count)]
    other = InkLine(count, inside, (Mark(50, 30, 60, 36, 50),))
    read = [(Sign(HYPHEN, 0.6, 0.5),)] * (count + 1)
    assert hyphens([*lines, other], read, [16.0] * (count + 1)) == (set(range(count)) if is_mark else set())
    assert hyphens(lines[:1], [(Sign(HYPHEN, 0.9, 0.5),)], [16.0]) == {0}
    assert hyphens(lines, [(Sign("1", 0.9, 0.5),)] * count, [16.0] * count) == set()


def test_digits_of_a_table_in_slightly_larger_type_may_touch() -> None:
    """Beside figures of 9 points, three digits of 10.5 in one mark are too wide for three."""
    from extract.ocr.marks import Digit, InkLine, Mark, Sheet
    from extract.ocr.shapes import could_be
    from extract.ocr.sizes import sizes

    def line(row: int, width: int, height: int) -> InkLine:
        return InkLine(
            row, (0, 100 * row, WIDTH, 100 * row + HEIGHT), (Mark(9, 100 * row, 9 + width, 100 * row + height, 99),)
        )

    lines = [*(line(row, 12, 19) for row in range(8)), *(line(row, 14, 21) for row in range(8, 12)), line(12, 43, 21)]
    paper = np.full((1300, WIDTH), 255, dtype=np.uint8)
    sheet = Sheet(paper, paper, DPI, Digit(19, 12), tables=[(0, 800), (800, 1300)])
    *_, found = sizes(lines, ["5"] * 12 + [""], sheet)
    assert could_be(3, lines[-1].marks, found)
    assert not could_be(3, lines[-1].marks, sheet.digit)
