"""Figures of a PDF that are no text, drawn as curves or put in as pictures: their cells are not blank."""

from itertools import pairwise
from math import cos, radians, sin

import pytest

from extract.formats.pdf import read, read_again
from extract.pages.rules import Segment
from extract.pages.strokes import without_strokes
from extract.text import LOST
from tests.test_pdf import CHINESE, chinese, grids, one_page, rows, ruled_page, texts

TWO = "260 580 m 263 580 l 264 583 264 585 261 586 c h f\n"
SEVEN = "260 586 m 265 586 l 262 580 l 261 580 l 264 585 l 260 585 l h f\n"
ONE = "262 580 m 262 588 l S\n"
THIN_ONE = "262 580 0.9 8 re f\n"
FAT_ONE = "262 580 4 8 re f\n"
OBLIQUE_ONE = "260 580 m 263 588 l S\n"
ZERO = "260 580 5 8 re S\n"
CORNERED_TWO = "260 589 m 265 589 l 265 585 l 260 585 l 260 580 l 265 580 l S\n"
DASH = "260 584 m 266 584 l S\n"
PICTURE = "q 9 0 0 8 260 579 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q\n"
PROSE = chinese(60, 780, "一、总体情况。" + "本机关认真贯彻条例" * 4, 10)
"""A page with less text and a picture is taken for a scan."""

GROUND = "q 50 0 0 30 250 570 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q\n"
BORDER = "250 570 m 252 572 l 252 598 l 250 600 l h f\n"


def first(figure: str, drawn: str) -> list[str]:
    content = ruled_page().replace("<00310030> Tj", f"<{figure.encode('utf-16-be').hex()}> Tj")
    page = one_page(drawn + content + PROSE, font=CHINESE)
    return [rows(grids(engine(page, ""))[0])[0][1] for engine in (read, read_again)]


@pytest.mark.parametrize("drawn", [TWO, SEVEN, ONE, THIN_ONE, FAT_ONE, OBLIQUE_ONE, ZERO, CORNERED_TWO, PICTURE])
def test_a_drawn_figure_is_unreadable(drawn: str) -> None:
    assert first("", drawn) == [LOST, LOST]
    assert first("1", drawn.replace("26", "27")) == [f"1{LOST}"] * 2


def test_a_dash_that_is_drawn_is_no_blank_and_underlines_a_figure() -> None:
    assert first("", DASH) == [LOST, LOST]
    assert first("10", DASH.replace("584", "578")) == ["10", "10"]


def test_short_ruling_lines_and_dashes_are_none() -> None:
    lines = "250 585 m 262 585 l S 262 570 m 262 600 l S\n"
    dashes = "".join(f"256 {y} m 256 {y + 4} l S\n" for y in range(571, 600, 7))
    assert all("�" not in text for text in first("", lines) + first("10", dashes))
    assert first("10", f"0.9 g {FAT_ONE.replace('262 580 4 8', '250.5 570.5 49 29')} 0 g\n") == ["10", "10"]
    assert first("", "1 g 262 580 4 8 re f 0 g\n") == ["", ""]


def parted(gap: float, step: float) -> str:
    """Rows of figures so far apart, with lines around each cell that stop short of its corners."""
    xs, ys = (100, 250, 300, 350), [624 - step * row for row in range(4)]
    lines = [f"{x0 + gap} {y} m {x1 - gap} {y} l S\n" for x0, x1 in pairwise(xs) for y in ys]
    lines += [f"{x} {y0 - gap} m {x} {y1 + gap} l S\n" for x in xs for y0, y1 in pairwise(ys)]
    words = [chinese(x + 5, y - step + 4, "11") for x in xs[:-1] for y in ys[:-1]]
    return "".join(lines + words) + PROSE


def test_lines_that_stop_a_little_short_of_corners_are_no_strokes() -> None:
    for engine in (read, read_again):
        assert rows(grids(engine(one_page(parted(1.8, 16), font=CHINESE), ""))[0]) == [["11"] * 3] * 3


def test_cells_with_round_corners_have_no_strokes() -> None:
    sides = (
        "253 570 m 297 570 l 300 570 300 570 300 573 c 300 581 l 300 584 300 584 297 584 c 253 584 l 250 584 250 584 "
    )
    sides += "250 581 c 250 573 l 250 570 250 570 253 570 c S\n"
    assert first("10", sides) == ["10", "10"]


def test_figures_between_many_strokes_are_lost() -> None:
    for engine in (read, read_again):
        document = engine(one_page(parted(3, 12), font=CHINESE), "")
        found = [text for grid in grids(document) for row in rows(grid) for text in row]
        assert not found or any(LOST in text for text in found)


def test_a_drawing_of_thousands_of_short_lines_is_no_figure() -> None:
    lines = [Segment(100 + n % 50 / 4, 100 + n / 250, 103.2 + n % 50 / 4, 100 + n / 250) for n in range(4000)]
    assert without_strokes(lines, set(lines), []) == (lines, [])
    ruling, (box,) = without_strokes(lines[:2500], set(lines), [])
    assert (ruling, box) == ([], Segment(100, 100, 115.45, 2499 / 250 + 100))


def aslant(text: str, x: float, y: float, degrees: float, size: float = 12) -> str:
    turn = f"{cos(radians(degrees)):.4f} {sin(radians(degrees)):.4f} {-sin(radians(degrees)):.4f} {cos(radians(degrees)):.4f}"
    return f"BT /F1 {size} Tf {turn} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


@pytest.mark.parametrize("degrees", [4, 20, 45, -30, 120])
def test_a_figure_at_an_angle_is_no_blank(degrees: float) -> None:
    assert first("", aslant("17", 270, 582, degrees)) == [LOST, LOST]
    assert first("1", aslant("7", 278, 582, degrees)) == [f"1{LOST}"] * 2


@pytest.mark.parametrize(
    "mark",
    [aslant("2023", 150, 500, 45, 60), aslant("内部2023", 240, 570, 30), aslant("2024-01-31 09:15", 240, 560, 20)],
)
def test_watermarks_leave_no_trace_in_cells(mark: str) -> None:
    assert first("10", mark) == ["10", "10"]


@pytest.mark.parametrize(("size", "rise"), [(7, 0), (7, 2), (8, -1)])
def test_a_small_digit_beside_a_figure_is_none_of_it(size: float, rise: float) -> None:
    assert first("10", chinese(272, 580 + rise, "7", size)) == [f"10{LOST}"] * 2


@pytest.mark.parametrize("drawn", [BORDER, GROUND])
def test_borders_and_the_ground_of_a_cell_are_no_figures(drawn: str) -> None:
    assert first("10", drawn) == ["10", "10"]


def test_a_picture_beside_words_is_none() -> None:
    assert first("五件", PICTURE.replace("260", "285")) == ["五件", "五件"]


@pytest.mark.parametrize("drawn", [TWO, PICTURE])
def test_without_ruling_lines_it_stands_in_its_line(drawn: str) -> None:
    content = drawn.replace("260", "300").replace("263", "303").replace("264", "304").replace("261", "301")
    content += PROSE + (
        chinese(100, 620, "第二十条第（一）项") + chinese(100, 600, "信息内容") + chinese(280, 600, "本年制发件数")
    )
    content += chinese(400, 600, "本年废止件数") + chinese(100, 580, "规章") + chinese(420, 580, "3")
    (grid,) = grids(read(one_page(content, font=CHINESE), ""))
    assert rows(grid)[-1] == ["规章", LOST, "3"]


def test_pictures_in_prose_leave_no_trace() -> None:
    page = one_page(PROSE + PICTURE + chinese(100, 580, "本机关的总体情况"), font=CHINESE)
    assert texts(read(page, ""))[-1] == "本机关的总体情况"


def test_a_digit_that_is_not_shown_makes_its_figure_unreadable() -> None:
    hidden = chinese(272, 580, "7").replace("BT", "BT 3 Tr")
    page = one_page(ruled_page() + hidden + PROSE.replace("BT", "BT 0 Tr"), font=CHINESE)
    assert rows(grids(read(page, ""))[0])[0][1] == f"10{LOST}"


def test_a_text_layer_below_a_picture_is_read() -> None:
    page = one_page((ruled_page() + PROSE).replace("BT", "BT 3 Tr"), font=CHINESE)
    assert rows(grids(read(page, ""))[0])[0][1] == "10"
