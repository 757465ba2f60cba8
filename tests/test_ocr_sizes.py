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


def read_rows(*rows: tuple[int, Sequence[str]], usual: int) -> list[list[str]]:
    """Read rows of cells, each in type of its own, with paper between them; ``usual`` is the height of the page's digits."""
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
    sheet = Sheet(page, ink_of(page, DPI), DPI, Digit(usual, 0.57 * usual))
    marks = marks_of_cells(cells, sheet.ink, DPI)
    found = [line for number, cell in enumerate(cells) for line in lines(number, cell, marks[number], sheet)]
    read = iter(["".join(sign.text for sign in signs) for _, signs in read_lines(found, sheet, engine().read)])
    return [[next(read) for _ in texts] for _, texts in rows]


@pytest.mark.parametrize(("numbers", "is_read"), [(5, True), (3, False)])
def test_a_table_in_smaller_type_tells_the_size_of_its_digits(numbers: int, is_read: bool) -> None:
    """Beside a table of 14 points figures of 8 were too low to be any; fewer than four do not vouch for each other."""
    large, small = ["57", "8", "62", "90", "6", "24"], ["23", "5", "69", "58", "7"][:numbers]
    assert read_rows((LARGE, large), (SMALL, small), usual=34) == [large, small if is_read else [UNREADABLE] * numbers]


def test_a_hyphen_is_a_mark() -> None:
    """It is a third of a digit long, and the network takes it for the character 一."""
    figures = ["57", "8", "62", "90", "6", "24"]
    assert read_rows((SMALL, [*figures, HYPHEN]), usual=19) == [[*figures, "—"]]
