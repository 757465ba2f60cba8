"""Figures in cells: which readings a number needs, and which zeros stand for others."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from extract.ocr import recognition
from extract.pdf.ink import UNREADABLE

if TYPE_CHECKING:
    from extract.ocr.marks import InkLine, Mark, Sheet
    from extract.ocr.network import Sign
    from extract.ocr.picture import Pixels

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

WIDTH, NARROW, HEIGHT, DPI = 100, 75, 60, 200
ZEROS = 12


def drawn(*texts: str, wide: int = NARROW) -> "tuple[list[InkLine], Sheet]":
    """Return the lines of a row of cells, each with one text of digits some 20 pixels high, and their sheet."""
    from PIL import Image, ImageDraw, ImageFont

    from extract.ocr.marks import Digit, Sheet, lines, marks_of_cells
    from extract.ocr.rulings import ink_of

    picture = Image.new("L", (WIDTH * len(texts), HEIGHT), 255)
    for number, text in enumerate(texts):
        ImageDraw.Draw(picture).text((number * WIDTH + 20, 15), text, fill=0, font=ImageFont.load_default(28))
    # The zeros of Pillow's own type are as wide as an O.
    page = np.array(picture.resize((wide * len(texts), HEIGHT)))
    cells = [(number * wide, 0, (number + 1) * wide, HEIGHT) for number in range(len(texts))]
    sheet = Sheet(page, ink_of(page, DPI), DPI, Digit(19, 10))
    marks = marks_of_cells(cells, sheet.ink, DPI)
    return [line for number, cell in enumerate(cells) for line in lines(number, cell, marks[number], sheet)], sheet


def test_of_zeros_that_look_alike_a_few_are_read() -> None:
    from extract.ocr.engine import engine
    from extract.ocr.figures import read_lines

    shown: list[int] = []

    def read(strips: "Sequence[Pixels]") -> "Sequence[Sequence[Sign]]":
        shown.append(len(strips))
        return engine().read(strips)

    texts = [*["0"] * ZEROS, "8", "6", "9", "60", "806"]
    lines, sheet = drawn(*texts)
    found = ["".join(sign.text for sign in signs) for _, signs in read_lines(lines, sheet, read)]
    assert found[:ZEROS] == ["0"] * ZEROS
    assert all(one in (text, UNREADABLE) for one, text in zip(found, texts, strict=True))
    assert shown[0] <= len(texts) - ZEROS + 4


def test_a_ring_among_figures_is_0_even_where_it_is_as_wide_as_an_o() -> None:
    from extract.ocr.engine import engine
    from extract.ocr.figures import read_lines

    lines, sheet = drawn("0", "0", "100", wide=WIDTH)
    found = read_lines(lines, sheet, engine().read)
    assert ["".join(sign.text for sign in signs) for _, signs in found] == ["0", "0", "100"]


def test_no_other_digit_stands_behind_a_zero() -> None:
    from extract.ocr.rings import spokesmen

    lines, sheet = drawn(*["0"] * ZEROS, *"8698", "00")
    assert len(spokesmen(lines, sheet)) == ZEROS - 4
    assert set(spokesmen(lines, sheet)) < set(range(ZEROS))
    assert spokesmen(*drawn(*"0000")) == {}


@pytest.mark.parametrize(
    ("second", "third", "wanted"),
    [
        (("11", 0.4), ("11", 0.9), "11"),  # uncertain from far away, and the stretched reading agrees
        (("I1", 0.4), ("11", 0.9), "11"),
        (("11", 0.4), ("17", 0.9), UNREADABLE),
        (("11", 0.4), ("11", 0.5), UNREADABLE),
        (("17", 0.9), ("11", 0.9), UNREADABLE),  # two certain readings that differ: no third one is asked
        (("", 0.0), ("11", 0.9), UNREADABLE),
    ],
)
def test_a_third_reading_decides_only_where_the_second_is_uncertain(
    second: tuple[str, float], third: tuple[str, float], wanted: str
) -> None:
    from extract.ocr.figures import read_lines
    from extract.ocr.network import Sign

    def signs() -> Iterator[tuple["Sign", ...]]:
        for text, score in (("11", 1.0), second, third):
            yield tuple(Sign(sign, score, 0.5) for sign in text)

    answers = signs()
    lines, sheet = drawn("11")
    [(_, found)] = read_lines(lines, sheet, lambda strips: [next(answers) for _ in strips])
    assert "".join(sign.text for sign in found) == wanted


@pytest.mark.parametrize(
    ("first", "second", "third", "wanted"),
    [
        (("42", 0.5), ("42", 0.9), ("42", 0.9), "42"),
        (("42", 0.5), ("42", 0.9), ("42", 0.5), UNREADABLE),
        (("42", 0.5), ("42", 0.9), ("47", 0.9), UNREADABLE),
        (("47", 0.5), ("42", 0.9), ("42", 0.9), UNREADABLE),  # three readings have to agree
        (("42", 0.5), ("42", 0.5), ("42", 0.9), UNREADABLE),
        (("4日", 0.5), ("40", 0.9), ("40", 0.9), "40"),  # a zero with a point in it
        (("q2", 0.9), ("92", 0.9), ("", 0.0), "92"),
    ],
)
def test_a_third_reading_decides_where_only_the_first_is_uncertain(
    first: tuple[str, float], second: tuple[str, float], third: tuple[str, float], wanted: str
) -> None:
    from extract.ocr.figures import read_lines
    from extract.ocr.network import Sign

    answers = iter([tuple(Sign(sign, score, 0.5) for sign in text) for text, score in (first, second, third)])
    lines, sheet = drawn("42")
    [(_, found)] = read_lines(lines, sheet, lambda strips: [next(answers) for _ in strips])
    assert "".join(sign.text for sign in found) == wanted


# --- Marks ------------------------------------------------------------------------------------------------------------


def marked(*boxes: tuple[int, int, int, int]) -> "list[InkLine]":
    """Return the lines of a cell of 100 by 60 pixels with ink in some boxes; digits are 20 pixels high."""
    from extract.ocr.marks import Digit, Sheet, lines, marks_of_cells

    ink, cell = np.zeros((60, 100), np.uint8), (0, 0, 100, 60)
    for left, top, right, bottom in boxes:
        ink[top:bottom, left:right] = 255
    [marks] = marks_of_cells([cell], ink, DPI)
    return list(lines(0, cell, marks, Sheet(255 - ink, ink, DPI, Digit(20, 12))))


def test_a_point_between_digits_is_kept_however_small() -> None:
    digits = (20, 20, 30, 40), (36, 20, 46, 40)
    [line] = marked(*digits, (32, 37, 35, 40))
    assert len(line.marks) == 3
    for speck in ((32, 28, 35, 31), (70, 37, 73, 40), (10, 37, 13, 40)):  # between the digits, but high; beside them
        assert len(marked(*digits, speck)[0].marks) == 2
    assert marked((32, 37, 35, 40)) == []


def test_strokes_of_one_character_are_one_line() -> None:
    assert len(marked((30, 15, 60, 30), (44, 24, 47, 46))) == 1  # 个
    assert len(marked((30, 10, 60, 13), (32, 18, 58, 38))) == 1  # 元
    assert len(marked((30, 15, 40, 28), (30, 29, 40, 35))) == 1  # a 2 of which the thinnest stroke is lost
    assert len(marked((30, 15, 40, 28), (30, 33, 40, 39))) == 2  # higher than a digit: two lines of small type
    number, upper, lower = (30, 5, 40, 25), (25, 30, 45, 33), (25, 36, 45, 55)
    assert [len(line.marks) for line in marked(number, upper, lower)] == [1, 2]


# --- Shapes -----------------------------------------------------------------------------------------------------------


def test_shapes_tell_a_stroke_from_a_digit() -> None:
    from extract.ocr.marks import Digit, Mark
    from extract.ocr.shapes import could_be, is_bar, is_slash, is_upright, is_zero

    digit = Digit(20, 12)
    ring = np.full((20, 12), 255, np.uint8)
    ring[3:17, 3:9] = 0
    assert is_zero([Mark(0, 0, 12, 20, 156)], ring, digit)
    assert not is_zero([Mark(0, 0, 12, 20, 240)], np.full((20, 12), 255, np.uint8), digit)
    slash = np.zeros((20, 12), np.uint8)
    for row in range(20):
        slash[row, (19 - row) // 2 : (19 - row) // 2 + 2] = 255
    assert is_slash([Mark(0, 0, 12, 20, 40)], slash, 20)
    seven = slash.copy()
    seven[0:2] = 255
    assert not is_slash([Mark(0, 0, 12, 20, 60)], seven, 20)  # its bar is where slashes may have a serif
    assert not is_upright([Mark(0, 0, 12, 20, 40)], slash)
    post = np.full((20, 3), 255, np.uint8)
    assert is_upright([Mark(0, 0, 3, 20, 60)], post)
    foot = np.zeros((20, 12), np.uint8)
    foot[:, 5:8] = foot[16:] = 255  # as wide as the digit, and thicker than what the edges leave out
    assert is_upright([Mark(0, 0, 12, 20, 100)], foot)
    assert is_bar([Mark(0, 8, 20, 11, 60)], 20)
    assert not is_bar([Mark(0, 0, 6, 6, 30)], 20)
    assert could_be(2, [Mark(0, 0, 24, 20, 200)], digit)
    assert not could_be(1, [Mark(0, 0, 24, 20, 200)], digit)
    assert not could_be(1, [Mark(0, 0, 3, 40, 120)], digit)


def test_a_comma_that_touches_a_digit_is_none() -> None:
    """29,449 in two pieces, the comma one with the digits behind it."""
    from extract.ocr.marks import Digit, Mark
    from extract.ocr.shapes import could_be

    marks = [Mark(0, 0, 24, 18, 269), Mark(25, 0, 68, 20, 433)]
    assert could_be(5, marks, Digit(18, 12), points=1)
    assert not could_be(5, marks, Digit(18, 12))
    assert not could_be(4, marks, Digit(18, 12), points=1)
    own = [Mark(0, 0, 24, 18, 269), Mark(26, 15, 31, 20, 20), Mark(33, 0, 69, 18, 433)]
    assert could_be(5, own, Digit(18, 12), points=1)
    assert not could_be(4, own, Digit(18, 12), points=1)  # it stands apart: no digit is wider for it


def test_a_ring_with_a_point_in_its_middle_is_a_zero() -> None:
    from extract.ocr.marks import Digit, Mark
    from extract.ocr.shapes import is_pointed_zero

    ring, digit = np.zeros((22, 16), np.uint8), Digit(22, 16)
    ring[3:19, 3:13] = 255
    outer = [Mark(0, 0, 16, 22, 192)]

    def pointed(left: int, top: int, right: int, bottom: int, paper: int = 255) -> bool:
        page = ring.copy()
        page[top:bottom, 3:13] = np.minimum(page[top:bottom, 3:13], paper)
        page[top:bottom, left:right] = 0
        return is_pointed_zero(outer, page, digit)

    assert pointed(6, 9, 10, 13)
    assert pointed(7, 10, 9, 12)  # too small for a mark
    assert pointed(6, 9, 10, 13, paper=150)  # joined to the ring by its blur
    assert not pointed(6, 9, 10, 13, paper=100)  # the bar of an 8
    assert not pointed(6, 3, 10, 7)  # not in its middle
    assert not pointed(4, 9, 12, 13)  # as wide as the bar of an 8
    assert not is_pointed_zero(outer, np.full((22, 16), 255, np.uint8), digit)


@pytest.mark.parametrize(("texts", "is_read"), [(("0", "62", "9", "8"), True), (("1", "10", "11", "13"), False)])
def test_a_thin_digit_in_pieces_is_one_where_traces_join_them(texts: tuple[str, ...], is_read: bool) -> None:
    """Beside bold words the palest strokes of thin type are too pale for ink; what has a 1 in it might be another number."""
    from dataclasses import replace

    from extract.ocr.engine import engine
    from extract.ocr.figures import read_lines

    lines, sheet = drawn(*texts)
    broken = [replace(line, marks=tuple(_halves(line.marks[-1], *line.marks[:-1]))) for line in lines]
    ink = sheet.ink.copy()
    for line in broken:
        ink[:, line.marks[-2].right : line.marks[-1].left] = 0
    seen, blind = (
        ["".join(sign.text for sign in signs) for _, signs in read_lines(broken, page, engine().read)]
        for page in (replace(sheet, ink=ink, traces=sheet.ink), replace(sheet, ink=ink))
    )
    assert blind == [UNREADABLE] * len(texts)
    assert seen == (list(texts) if is_read else blind)


def _halves(last: "Mark", *others: "Mark") -> "Iterator[Mark]":
    """Yield marks, the last of them as its left and its right half."""
    middle = (last.left + last.right) // 2
    yield from (*others, last._replace(right=middle - 1), last._replace(left=middle + 1))


@pytest.mark.parametrize(("speck", "wanted"), [(False, "12"), (True, UNREADABLE)])
def test_a_figure_whose_specks_make_it_another_one_is_unreadable(speck: bool, wanted: str) -> None:
    """In black and white the thin strokes of a 4 fall into specks, which were painted over as dirt: 42 became 12."""
    from dataclasses import replace

    from extract.ocr.engine import engine
    from extract.ocr.figures import read_lines

    [line], sheet = drawn("42" if speck else "12")
    assert len(line.marks) == 2
    four, two = line.marks
    stem = replace(line, marks=(four._replace(left=four.right - 6) if speck else four, two))
    ink = sheet.ink.copy()
    if speck:
        ink[:, four.left + 4 : four.right - 6] = 0
    [(_, signs)] = read_lines([stem], replace(sheet, ink=ink), engine().read)
    assert "".join(sign.text for sign in signs) == wanted
