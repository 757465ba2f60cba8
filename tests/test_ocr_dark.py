"""White print on dark: the heads of tables are read, and no figure becomes another one where dark meets light."""

from random import Random

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.ocr import recognition
from extract.reading import read
from tests.kit.truth import make_report
from tests.test_forms import silently_wrong, wrong

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

Pixels = NDArray[np.uint8]
DPI, WHITE, NAVY = 200, 255, (121, 78, 31)


def with_dark_rows(page: Pixels, rows: list[tuple[int, int]], colour: tuple[int, int, int]) -> Pixels:
    """Print some rows of a grey picture white on a colour (blue, green, red)."""
    out = cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)
    for top, bottom in rows:
        share = (page[top:bottom, :, np.newaxis] / WHITE).astype(np.float32)
        out[top:bottom] = (WHITE - share * (WHITE - np.array(colour, np.float32))).astype(np.uint8)
    return out


def in_black(dark: Pixels, table: Pixels) -> Pixels:
    """Draw the long lines of a table black again."""
    lines = np.zeros_like(table)
    for shape in ((1, 60), (40, 1)):
        lines |= cv2.morphologyEx(WHITE - table, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    out = dark.copy()
    out[lines > 128] = 0
    return out


@pytest.mark.parametrize("drawn", ["white", "black"])
@pytest.mark.parametrize("colour", [NAVY, (0, 0, 0), (127, 127, 127)])
def test_heads_that_are_white_on_dark_are_read(colour: tuple[int, int, int], drawn: str) -> None:
    from tests.kit import pdf, scan

    truth = make_report(5, "2021", "sparse", agency=("云岭市教育局", "990100"), year=2023)
    table = scan.first_table(scan.pages(pdf.render(truth, Random(1)))[0])
    lines = np.flatnonzero((table < 128).mean(axis=1) > 0.8)
    edges = [int(row) for row in lines[np.diff(lines, prepend=-9) > 1]]
    heads = [(edges[0], edges[2]), (edges[4], edges[6])]
    dark = with_dark_rows(table, heads, colour)
    dark = in_black(dark, table) if drawn == "black" else dark
    dark[:, :6] = dark[:, -6:] = WHITE
    reading = read(scan.bound([dark], DPI, 95))
    assert silently_wrong(reading, truth) == []
    assert [cell for cell, _ in wrong(reading, truth) if cell["table"] == "disclosure"] == []


def ground() -> Pixels:
    page = np.full((400, 800), 240, np.uint8)
    page[100:200, 100:700] = 60
    return page


def test_what_is_dark_is_a_ground_where_something_bright_is_printed_on_it() -> None:
    from extract.ocr.dark import lightened
    from extract.ocr.picture import Picture

    page = ground()
    assert lightened(Picture(page, page, DPI)).grounds == ()
    for x in range(150, 250, 12):
        page[140:160, x : x + 4] = WHITE
    found = lightened(Picture(page, page, DPI))
    assert found.grounds == [(100, 100, 700, 200)]
    assert found.picture.black[150, 152] == 0
    assert found.picture.black[120, 400] == WHITE
    page[100:200, 100:700] = np.random.default_rng(1).integers(0, 200, (100, 600))
    assert lightened(Picture(page, page, DPI)).grounds == ()


def test_a_grey_head_around_white_cells_is_no_ground() -> None:
    """The head has the shape of an L: its box holds cells of figures too, which are white but no print."""
    from extract.ocr.dark import lightened
    from extract.ocr.picture import Picture

    page = ground()
    page[page == 60] = 170
    page[150:198, 500:698] = 255
    for x in range(150, 250, 12):
        page[120:140, x : x + 4] = 0
    assert lightened(Picture(page, page, DPI)).grounds == ()


def test_lines_of_the_colour_of_the_ground_are_seen_beside_it() -> None:
    from extract.ocr.grids import ruled
    from extract.ocr.picture import Picture, channels

    page = np.full((500, 800, 3), WHITE, np.uint8)
    blue = (196, 114, 68)
    page[100:160, 100:702] = blue
    for y in (160, 220, 280):
        page[y : y + 2, 100:702] = blue
    for x in (100, 300, 500, 700):
        page[100:282, x : x + 2] = blue
        if x < 700:
            for stroke in range(x + 60, x + 140, 12):
                page[120:142, stroke : stroke + 4] = WHITE
    assert len(ruled(Picture(*channels(page), DPI)).cells) == 9


def test_traditional_forms_that_the_model_sees_are_simplified() -> None:
    from extract.ocr.chars import chars_of
    from extract.ocr.network import Sign
    from extract.ocr.words import Printed

    signs = [Sign(text, 1.0, place) for text, place in (("增", 0.2), ("減", 0.5), ("3", 0.8))]
    assert "".join(char.text for char in chars_of(Printed(signs, (0, 0, 90, 30), 25, 0), 0.36)) == "增减3"


def test_columns_go_on_through_a_ground_up_to_the_head_of_several() -> None:
    """Texts of a head: one over the first column, one over the second and third, below it one over each of these."""
    from extract.ocr.heads import lines_of
    from extract.pages.rules import Segment

    ink = np.zeros((400, 800), np.uint8)
    for left, top, right in ((150, 140, 250), (420, 110, 580), (350, 165, 480), (520, 165, 650)):
        ink[top : top + 20, left:right] = WHITE
    scale = 72 / DPI
    body = [Segment(x * scale, 200 * scale, x * scale, 400 * scale) for x in (100, 300, 500, 700)]
    found = [
        tuple(round(side / scale) for side in (line.x0, line.top, line.x1, line.bottom))
        for line in lines_of((100, 100, 700, 200), body, ink, DPI)
    ]
    assert set(found[:2]) == {(300, 100, 300, 200), (500, 147, 500, 200)}
    assert (300, 147, 700, 147) in found
    own = [*body, Segment(300 * scale, 100 * scale, 300 * scale, 200 * scale)]
    assert list(lines_of((100, 100, 700, 200), own, ink, DPI)) == []


def test_a_dash_above_a_figure_is_no_minus() -> None:
    from extract.ocr.marks import InkLine, Mark
    from extract.ocr.network import Sign
    from extract.ocr.page import _with_lone_strokes

    lines = [InkLine(cell, (0, 0, 50, 50), (Mark(0, 0, 9, 9, 9),)) for cell in (1, 1, 2, 3, 3)]
    read = [[Sign(text, 1.0, 0.5)] for text in ("—", "2", "—", "5", "件")]
    assert _with_lone_strokes(lines, read) == {1}


def test_a_cell_without_room_for_a_figure_is_not_blank() -> None:
    from extract.ocr.engine import engine
    from extract.ocr.page import page_content
    from extract.ocr.picture import Picture

    page = np.full((300, 800), WHITE, np.uint8)
    for y in (100, 160, 178):
        page[y : y + 2, 100:702] = 0
    for x in (100, 400, 700):
        page[100:180, x : x + 2] = 0
    chars = page_content(Picture(page, page, DPI), engine()).chars
    assert len(chars) == 2
    assert all(160 < (char.top + char.bottom) / 2 * DPI / 72 < 180 for char in chars)


def test_figures_beside_a_line_that_may_be_a_stroke_are_doubtful() -> None:
    from extract.ocr.grids import cells_of
    from extract.ocr.picture import Picture
    from extract.pages.rules import Segment

    page = np.full((300, 800), WHITE, np.uint8)
    scale = 72 / DPI
    across = [Segment(100 * scale, y * scale, 700 * scale, y * scale) for y in (100, 160, 220)]
    down = [Segment(x * scale, 100 * scale, x * scale, 220 * scale) for x in (100, 400, 700)]
    stroke = Segment(680 * scale, 160 * scale, 680 * scale, 220 * scale)
    assert cells_of(Picture(page, page, DPI), [*across, *down])[1] == set()
    cells, doubtful = cells_of(Picture(page, page, DPI), [*across, *down, stroke])
    assert sorted(cells[number][0] for number in doubtful) == [400, 680]
