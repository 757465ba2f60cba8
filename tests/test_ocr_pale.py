"""Figures of pale print have to be the same in black and white."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from extract.ocr import recognition
from extract.pdf.ink import UNREADABLE
from tests.test_ocr_figures import drawn

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")


@pytest.mark.parametrize(("darkness", "pale"), [(255, False), (100, False), (50, True), (0, False)])
def test_print_hardly_darker_than_paper_is_pale(darkness: int, pale: bool) -> None:
    from extract.ocr.pale import is_pale

    ink = np.zeros((200, 200), np.uint8)
    ink[50:150:5, 40:160] = 255 if darkness else 0
    page = np.where(ink > 0, 235 - min(darkness, 235), 235).astype(np.uint8)
    assert is_pale(page, ink) == pale


@pytest.mark.parametrize(("pale", "black", "wanted"), [(True, "57", "57"), (True, "37", UNREADABLE), (False, "", "57")])
def test_a_figure_of_pale_print_is_asked_for_in_black_and_white(pale: bool, black: str, wanted: str) -> None:
    """A pale 5 was taken for 3 from near and from far, with certainties above 0.99."""
    from extract.ocr.figures import read_lines
    from extract.ocr.network import Sign
    from extract.ocr.picture import Pixels

    lines, sheet = drawn("57")
    answers = iter(("57", "57", black))

    def read(strips: Sequence[Pixels]) -> list[list[Sign]]:
        return [[Sign(text, 0.99, place) for place, text in enumerate(next(answers))] for _ in strips]

    [(_, found)] = read_lines(lines, replace(sheet, pale=pale), read)
    assert "".join(sign.text for sign in found) == wanted
