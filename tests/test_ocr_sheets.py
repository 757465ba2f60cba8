"""Two pages beside each other on one sheet are two pages; a page that is wider than high is one."""

from collections.abc import Iterator
from itertools import zip_longest

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.ocr import recognition
from extract.reading import read
from tests.test_forms import silently_wrong, wrong
from tests.test_ocr import printed, report

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

Pixels = NDArray[np.uint8]


def sheets(pages: list[Pixels], scale: float) -> Iterator[Pixels]:
    """Yield sheets of two pages each, drawn smaller or as large as they are."""
    for left, right in zip_longest(pages[::2], pages[1::2]):
        both = np.hstack([left, np.full_like(left, 255) if right is None else right])
        yield np.asarray(cv2.resize(both, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


@pytest.mark.parametrize("scale", [1.0, 0.7072])
def test_two_pages_on_a_sheet_are_read_one_after_the_other(scale: float) -> None:
    from tests.kit import scan

    reading = read(scan.bound(list(sheets(scan.pages(printed()), scale)), 200, 90))
    assert silently_wrong(reading, report()) == []
    assert len(wrong(reading, report())) <= 2
    assert (reading.agency, reading.year) == (report().agency, report().year)
    numbers = [section.number for section in reading.sections]
    assert numbers == sorted(numbers)
    assert {1, 5, 6} <= set(numbers)  # the others are nothing but tables


def pages_on(*shown: Pixels) -> list[int]:
    from extract.ocr.picture import Picture
    from extract.ocr.sheets import pages_of

    return [len(pages) for pages in pages_of(Picture(page, page, 200) for page in shown)]


def sheet() -> Pixels:
    return np.full((1654, 2339), 255, np.uint8)


def prose(start: int, end: int, lines: int = 20) -> Pixels:
    page = sheet()
    for line in range(lines):
        top = 200 + 50 * line
        page[top : top + 24, start:end:8] = page[top : top + 24, start + 1 : end : 8] = 0
    return page


def test_a_sheet_of_two_is_told_by_its_lines_and_by_the_sheet_before() -> None:
    two, short = np.minimum(prose(150, 1050), prose(1300, 2190)), np.minimum(prose(150, 1050), prose(1900, 2190, 2))
    assert pages_on(two) == [2]
    assert pages_on(short) == [1]
    assert pages_on(two, short, two) == [2, 2, 2]
    assert pages_on(np.ascontiguousarray(two[:, :1100])) == [1]
    heading = two.copy()
    heading[100:130, 1000:1400:2] = 0
    assert pages_on(heading) == [1]


def test_columns_of_figures_are_no_page() -> None:
    page = prose(150, 1050)
    for left in range(1300, 2190, 150):
        page = np.minimum(page, prose(left, left + 60))
    assert pages_on(page) == [1]
