"""Text is taken out of a PDF without the fonts of the machine; its pages are drawn with them."""

from contextlib import closing
from io import BytesIO
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import ImageFont

from extract.pdf.box_font import box_font
from extract.pdf.pdfium.fonts import without_system_fonts
from extract.pdf.pdfium.ink import opened, read_inks
from tests.kit import pdf
from tests.kit.prints import CHINESE_FONT
from tests.kit.truth import make_report

REPORT = pdf.render(make_report(5, "2021", "dense"), Random(5))
"""Its one font is not part of the file."""

COUNTERS = Path("/proc/self/io")
SMALLEST_CHINESE_FONT = 1_000_000


def bytes_read() -> int:
    return int(COUNTERS.read_text(encoding="ascii").split()[1])


def drawn(data: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    with opened(data) as document, closing(document[0]) as page, closing(page.render(scale=1)) as bitmap:
        return np.array(bitmap.to_numpy(), dtype=np.uint8)


@pytest.mark.parametrize(
    ("text", "length"), [("年", 1000), ("7", 500), (" ", 500), ("\u3000", 1000), ("\U0002a6d6", 1000)]
)
def test_every_character_is_as_wide_as_in_chinese_fonts(text: str, length: int) -> None:
    assert ImageFont.truetype(BytesIO(box_font()), 1000).getlength(text) == length


def test_boxes_reach_below_the_baseline_and_blanks_show_nothing() -> None:
    font = ImageFont.truetype(BytesIO(box_font()), 1000)
    assert font.getbbox("年", anchor="ls") == (0, -880, 1000, 120)
    assert font.getmask("\u3000").getbbox() is None


@pytest.mark.skipif(not COUNTERS.exists(), reason="the system does not count the bytes a process reads")
def test_no_font_of_the_machine_is_read_for_its_text() -> None:
    read_inks(REPORT)
    before = bytes_read()
    inks = read_inks(REPORT)
    assert sum(len(ink.chars) for ink in inks) > 500
    assert bytes_read() - before < SMALLEST_CHINESE_FONT


@pytest.mark.skipif(not CHINESE_FONT, reason="no Chinese font is installed")
def test_pages_are_drawn_with_the_fonts_of_the_machine_afterwards() -> None:
    before = drawn(REPORT)
    read_inks(REPORT)
    assert np.array_equal(drawn(REPORT), before)
    with without_system_fonts():
        assert not np.array_equal(drawn(REPORT), before)


def test_the_machine_s_fonts_are_back_after_an_error() -> None:
    before = drawn(REPORT)
    with pytest.raises(ZeroDivisionError), without_system_fonts():
        raise ZeroDivisionError
    assert np.array_equal(drawn(REPORT), before)
