"""Both PDF engines put characters where they are printed, however a producer turns fonts and pages about."""

import pytest

from extract.formats.pdf import read, read_again
from extract.forms.second import compare
from extract.forms.slots import FormRow, Printed
from tests.test_pdf import assembled, grids, objects, rows, stream

DIGITS = {ord("1"): "one", ord("2"): "two", ord("3"): "three", ord("4"): "four"}
MEANINGS = b"""/CIDInit /ProcSet findresource begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <31> <34> <0031> endbfrange endcmap end"""
UPRIGHT, FLIPPED = "1 0 0 1 0 0 cm", "1 0 0 -1 0 842 cm"


def drawn_font(down: float) -> bytes:
    """A font of drawn glyphs whose heights are stored upwards (1) or downwards (-1), and whose matrix says so."""
    names = " ".join(f"/{name} 6 0 R" for name in DIGITS.values())
    return (
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 {0.001 * down} 0 0]"
        f" /CharProcs << {names} >> /Encoding << /Type /Encoding /Differences [49 /one /two /three /four] >>"
        " /FirstChar 49 /LastChar 52 /Widths [500 500 500 500] /Resources << >> /ToUnicode 7 0 R"
        " /FontDescriptor << /Type /FontDescriptor /FontName /Drawn /Flags 4 /ItalicAngle 0 >> >>"
    ).encode()


def page(space: str, letters: str, down: float) -> bytes:
    """Two ruled rows, the numbers at the foot of their cells: a character box that hangs lower is in the next row."""
    turned = space == FLIPPED
    lines = "".join(f"100 {y} m 200 {y} l S\n" for y in (600, 580, 560))
    lines += "".join(f"{x} 600 m {x} 560 l S\n" for x in (100, 150, 200))
    places = ((110, 583, "1"), (160, 583, "2"), (110, 563, "3"), (160, 563, "4"))
    printed = "".join(
        f"BT /F1 12 Tf 1 0 0 {letters} {x} {842 - y if turned else y} Tm ({digit}) Tj ET\n" for x, y, digit in places
    )
    made = objects(f"{lines} q {space} {printed} Q".encode(), font=drawn_font(down))
    glyph = stream(f"500 0 0 0 450 {700 * down} d1 0 0 450 {700 * down} re f".encode())
    return assembled([*made, glyph, stream(MEANINGS)])


@pytest.mark.parametrize(
    ("space", "letters", "down"),
    [(UPRIGHT, "1", 1), (FLIPPED, "-1", 1), (FLIPPED, "-1", -1), (FLIPPED, "1", -1)],
    ids=["plain", "flipped page", "browser", "mirrored letters"],
)
def test_letters_of_drawn_fonts_stand_on_their_line(space: str, letters: str, down: float) -> None:
    data = page(space, letters, down)
    for document in (read(data, ""), read_again(data, "")):
        assert [rows(grid) for grid in grids(document)] == [[["1", "2"], ["3", "4"]]]


def review(*figures: str) -> FormRow:
    """The five figures of one body; a blank of another body leaves the printed row not full."""
    option = tuple(Printed(figure, "page 1") for figure in figures)
    return FormRow(
        "review", "litigation_direct", None, ("upheld", "corrected", "other", "pending", "total"), (option,), ""
    )


def test_figures_that_one_engine_sees_where_the_other_sees_blanks_are_a_second_candidate() -> None:
    blank, full = review("", "", "", "", ""), review("1", "2", "3", "4", "10")
    merged, agreed = compare([blank], [full])
    assert merged[0].options == (*blank.options, *full.options)
    assert not agreed
    assert compare([full], [full])[1]
