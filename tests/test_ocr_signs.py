"""A minus that touches the first digit of its number is one all the same; the bars of digits are none."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.ocr import recognition

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

HEIGHT, WIDTH = 20, 12


def parts(ink: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
    """Return the boxes of a mark that is all the ink there is, parted."""
    from extract.ocr.marks import Digit, Mark, Sheet
    from extract.ocr.signs import with_own_signs

    x, y, width, height = cv2.boundingRect(ink)
    mark = Mark(x, y, x + width, y + height, cv2.countNonZero(ink))
    found = with_own_signs([mark], Sheet(255 - ink, ink, 200, Digit(HEIGHT, WIDTH)))
    assert sum(part.area for part in found) == mark.area
    return [part[:4] for part in found]


def digit(at: int) -> NDArray[np.uint8]:
    ink = np.zeros((40, 60), np.uint8)
    cv2.ellipse(ink, (at + 6, 20), (5, 9), 0, 0, 360, (255,), 2)
    return ink


def bar(ink: NDArray[np.uint8], left: int, right: int, top: int, bottom: int) -> NDArray[np.uint8]:
    ink[top:bottom, left:right] = 255
    return ink


def test_a_minus_that_touches_its_number_is_a_mark_of_its_own() -> None:
    minus, number = parts(bar(digit(19), 10, 20, 19, 21))
    assert minus[1:] == (19, number[0], 21)
    assert number[2] - number[0] <= WIDTH + 2


@pytest.mark.parametrize(("left", "top", "bottom"), [(10, 11, 13), (10, 27, 29), (10, 14, 26), (16, 19, 21)], ids=str)
def test_what_is_high_low_thick_or_short_is_no_minus(left: int, top: int, bottom: int) -> None:
    assert len(parts(bar(digit(19), left, 20, top, bottom))) == 1


def test_digits_that_touch_have_no_minus() -> None:
    assert len(parts(np.maximum(digit(10), digit(22)))) == 1


def test_a_number_whose_minus_touches_it_is_read() -> None:
    """Three certain readings, and the shape: one of them alone says 17."""
    from extract.ocr.figures import read_lines
    from extract.ocr.marks import Digit, Mark, Sheet
    from extract.ocr.network import Sign
    from extract.ocr.signs import signed_lines

    ink = bar(np.maximum(digit(19), digit(34)), 10, 20, 19, 21)
    labels, count = cv2.connectedComponents(ink)[1], 2
    marks = [
        Mark(x, y, x + w, y + h, 100)
        for x, y, w, h in (cv2.boundingRect(np.where(labels == n + 1, 255, 0).astype(np.uint8)) for n in range(count))
    ]
    sheet = Sheet(255 - ink, ink, 200, Digit(HEIGHT, WIDTH))
    found = list(signed_lines(0, (0, 0, 60, 40), marks, sheet))
    signs = [Sign(text, 1.0, 0.5) for text in "-00"]
    [(_, read)] = read_lines(found, sheet, lambda strips: [signs for _ in strips])
    assert "".join(sign.text for sign in read) == "-00"
