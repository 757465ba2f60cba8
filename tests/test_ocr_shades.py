"""Grey heads of tables: their ground becomes paper, and nothing else does."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from extract.ocr import recognition

if TYPE_CHECKING:
    from extract.ocr.picture import Pixels

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

DPI, GREY = 200.0, 191


def page() -> "Pixels":
    """Return a page with a head in the shape of an L: two lines of labels, and below them one beside a white cell."""
    made = np.full((600, 900), 255, np.uint8)
    made[100:200, 100:800] = GREY
    made[200:250, 100:300] = GREY
    for top, bottom, left, right in ((98, 100, 98, 802), (200, 202, 98, 802), (250, 252, 98, 802)):
        made[top:bottom, left:right] = 0
    for left in (98, 300, 800):
        made[98:252, left : left + 2] = 0
    for x in range(120, 780, 9):
        made[140:165, x : x + 4] = 20
    return made


def lifted(made: "Pixels") -> "Pixels":
    from extract.ocr.picture import Picture
    from extract.ocr.shades import without_shades

    found = without_shades(Picture(made, made, DPI))
    assert (found.pixels == found.black).all()
    return found.pixels


def test_a_grey_ground_becomes_paper_and_print_on_it_stays() -> None:
    found = lifted(page())
    assert (found[page() == GREY] == 255).all()
    assert (found[page() == 20] < 40).all()


def test_what_is_paler_than_a_ground_in_a_white_cell_beside_it_is_not_lost() -> None:
    made = page()
    made[210:240, 400:402] = 210
    assert (lifted(made)[210:240, 400:402] == 210).all()


def test_light_that_falls_off_and_grain_are_left_as_they_are() -> None:
    slope = np.tile(np.linspace(120, 255, 900).astype(np.uint8), (600, 1))
    assert (lifted(slope) == slope).all()
    grain = np.clip(page() + np.random.default_rng(1).normal(0, 12, (600, 900)), 0, 255).astype(np.uint8)
    assert (lifted(grain) == grain).all()


def test_a_grey_bar_in_a_white_cell_is_no_ground() -> None:
    """What it covers may be a figure: the cell is not blank."""
    made = page()
    made[210:240, 400:500] = GREY
    assert (lifted(made)[210:240, 400:500] == GREY).all()


def test_a_grey_title_is_print() -> None:
    title = np.full((600, 900), 255, np.uint8)
    for x in range(100, 800, 50):
        title[100:150, x : x + 14] = 140
        title[120:132, x : x + 40] = 140
    assert (lifted(title) == title).all()


@pytest.mark.parametrize(("grey", "is_whole"), [(160, False), (191, True), (235, True)])
def test_reports_with_grey_heads_are_read(grey: int, is_whole: bool) -> None:
    """Labels are drawn on grey; where it ends beside white cells there was ink.

    The kit prints the heading of section four upon the first line of its table, which is then hard to read on grey.
    """
    from random import Random

    from extract.ocr.grids import ruled
    from extract.ocr.picture import Picture
    from extract.reading import read
    from tests.kit import pdf, scan
    from tests.kit.truth import make_report
    from tests.test_forms import silently_wrong, wrong

    truth = make_report(3, "2021", "sparse")
    pages = scan.pages(pdf.render(truth, Random(3)))
    for drawn in pages:
        for left, top, right, bottom in ruled(Picture(drawn, drawn, DPI)).cells:
            if right - left > bottom - top and left < drawn.shape[1] / 3:
                part = drawn[top:bottom, left:right]
                part[:] = (part.astype(np.float32) * grey / 255).astype(np.uint8)
    reading = read(scan.bound(pages))
    assert silently_wrong(reading, truth) == []
    assert not is_whole or not [cell for cell, _ in wrong(reading, truth) if cell["table"] != "review"]
