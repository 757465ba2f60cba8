"""Figures of a PDF that are no text, drawn as curves or put in as pictures: their cells are not blank."""

import pytest

from extract.formats.pdf import read, read_again
from extract.text import LOST
from tests.test_pdf import CHINESE, chinese, grids, one_page, rows, ruled_page, texts

TWO = "260 580 m 263 580 l 264 583 264 585 261 586 c h f\n"
SEVEN = "260 586 m 265 586 l 262 580 l 261 580 l 264 585 l 260 585 l h f\n"
PICTURE = "q 9 0 0 8 260 579 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q\n"
PROSE = chinese(60, 780, "一、总体情况。" + "本机关认真贯彻条例" * 4, 10)
"""A page with less text and a picture is taken for a scan."""

GROUND = "q 50 0 0 30 250 570 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q\n"
BORDER = "250 570 m 252 572 l 252 598 l 250 600 l h f\n"


def first(figure: str, drawn: str) -> list[str]:
    content = ruled_page().replace("<00310030> Tj", f"<{figure.encode('utf-16-be').hex()}> Tj")
    page = one_page(drawn + content + PROSE, font=CHINESE)
    return [rows(grids(engine(page, ""))[0])[0][1] for engine in (read, read_again)]


@pytest.mark.parametrize("drawn", [TWO, SEVEN, PICTURE])
def test_a_drawn_figure_is_unreadable(drawn: str) -> None:
    assert first("", drawn) == [LOST, LOST]
    assert first("1", drawn.replace("26", "27")) == [f"1{LOST}"] * 2


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
