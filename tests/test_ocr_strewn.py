"""Paper strewn with single dark pixels: they are no traces of figures, and what is printed as dots stays."""

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.ocr import recognition
from extract.reading import read
from tests.test_forms import silently_wrong
from tests.test_ocr import first_page, packed, report, share_right

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

Pixels = NDArray[np.uint8]
SHARE = 0.003


def strewn(page: Pixels) -> Pixels:
    return np.where(np.random.default_rng(1).random(page.shape) < SHARE, 0, page).astype(np.uint8)


def cleaned(page: Pixels) -> Pixels:
    from extract.ocr.picture import Picture
    from extract.ocr.strewn import without_dots

    found = without_dots(Picture(page, page.copy(), 200))
    assert np.array_equal(found.pixels, found.black)
    return found.pixels


def test_a_table_on_strewn_paper_is_read() -> None:
    reading = read(packed(strewn(first_page())))
    assert silently_wrong(reading, report()) == []
    assert share_right(reading, report(), "disclosure") == 1


def test_single_dots_go_and_print_stays() -> None:
    printed = np.full((800, 800), 255, np.uint8)
    printed[100, 50:750:3] = 0  # a dotted line
    printed[150:750:3, 60] = 0
    printed[300:312:2, 300:312:2] = 0  # what is left of a stroke
    printed[500:503, 500:503] = 0  # a point
    page = strewn(printed)
    found = cleaned(page)
    assert (found[100, 50:750:3] == 0).all()
    assert (found[150:750:3, 60] == 0).all()
    assert (found[300:312:2, 300:312:2] == 0).all()
    assert (found[500:503, 500:503] == 0).all()
    free = printed == 255
    free[100] = free[:, 60] = False
    assert (found[free] == 0).sum() < 0.2 * (page[free] == 0).sum()


def test_light_dots_part_no_line_and_strokes_stay_apart() -> None:
    page = np.full((800, 800), 255, np.uint8)
    page[100, 50:750] = page[150:750, 60] = 0
    page[300:320, 300:302] = page[300:320, 303:305] = 0  # an 11
    page = np.where(np.random.default_rng(2).random(page.shape) < 0.01, 255, strewn(page)).astype(np.uint8)
    found = cleaned(page)
    assert (found[100, 50:750] == 0).mean() > 0.99
    assert (found[150:750, 60] == 0).mean() > 0.99
    assert (found[300:320, 302] == 255).all()


def test_paper_with_a_few_dots_stays_as_it_is() -> None:
    page = np.full((800, 800), 255, np.uint8)
    page[::100, ::100] = 0
    assert np.array_equal(cleaned(page), page)


def figure(dotted: bool) -> str:
    """Return what is made of a digit in two pieces that all readings call 3, with a dot left of it or without."""
    from extract.ocr.figures import read_lines
    from extract.ocr.marks import Digit, InkLine, Mark, Sheet
    from extract.ocr.network import Sign

    ink, dots = np.zeros((40, 60), np.uint8), np.full((40, 60), 255, np.uint8)
    ink[10:13, 20:29] = ink[16:30, 22:30] = 255
    dots[14, 20] = 0
    marks = (Mark(20, 10, 29, 13, 27), Mark(22, 16, 30, 30, 112))
    sheet = Sheet(255 - ink, ink, 200, Digit(20, 12), dots=dots if dotted else None)
    said = [Sign("3", 1.0, 0.5)]
    [(_, signs)] = read_lines([InkLine(0, (0, 0, 60, 40), marks)], sheet, lambda strips: [said for _ in strips])
    return "".join(sign.text for sign in signs)


def test_a_digit_in_pieces_is_not_read_on_strewn_paper() -> None:
    """Of the upright stroke of a 5 but a dot may have been left."""
    from extract.pdf.ink import UNREADABLE

    assert figure(dotted=False) == "3"
    assert figure(dotted=True) == UNREADABLE


def test_dots_beside_a_figure_are_seen_when_it_is_read_again() -> None:
    from extract.ocr.marks import Digit, InkLine, Mark, Sheet
    from extract.ocr.specks import has_specks, with_specks

    page, dots = np.full((40, 60), 255, np.uint8), np.full((40, 60), 255, np.uint8)
    dots[20, 24] = 0
    sheet = Sheet(page, 255 - page, 200, Digit(20, 12), dots=dots)
    near, far = (InkLine(0, (0, 0, 60, 40), (Mark(left, 10, left + 8, 30, 90),)) for left in (27, 45))
    assert has_specks(near, sheet)
    assert not has_specks(far, sheet)
    assert (with_specks(near, sheet) == 0).sum() == 1
