"""Figures of a PDF whose codes do not say what is printed, or that are printed so that nobody can make them out."""

import pytest

from extract.formats.pdf import read, read_again
from extract.text import LOST
from tests.test_pdf import CHINESE, EXPECTED, assembled, chinese, grids, objects, rows, ruled_page, stream
from tests.test_pdf_drawn import PROSE

LATIN = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {} >>"
NAMED = "/Encoding << /Differences [55 /seven 97 /five /seven] >>"
UNNAMED = "/Encoding << /Differences [49 /cid10060 /cid10061] >>"
"""Names that say nothing, as Ghostscript makes of glyph numbers."""

SUBSET = "<< /Type /Font /Subtype /Type0 /BaseFont /AB+S /Encoding /Identity-H /ToUnicode 7 0 R /DescendantFonts [<< "
SUBSET += "/Type /Font /Subtype /CIDFontType2 /BaseFont /AB+S /DW 500 /CIDSystemInfo << /Registry (Adobe) "
SUBSET += "/Ordering (Identity) /Supplement 0 >> >>] >>"


def meanings(told: dict[str, str]) -> bytes:
    """A map from codes to characters."""
    width = len(next(iter(told)))
    listed = " ".join(f"<{code}> <{text.encode('utf-16-be').hex()}>" for code, text in told.items())
    space = f"1 begincodespacerange <{'0' * width}> <{'F' * width}> endcodespacerange"
    return stream(f"begincmap {space} {len(told)} beginbfchar {listed} endbfchar endcmap".encode())


def first(font: str, code: str, told: dict[str, str] | None = None) -> str:
    """What is read of a figure 10 with another one behind it, printed by codes of a font with such a map."""
    content = f"{ruled_page()}{PROSE} BT /F2 12 Tf 272 580 Td <{code}> Tj ET".encode()
    made = objects(content, font=CHINESE)
    made[2] = made[2].replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R")
    data = assembled([*made, font.encode(), *([meanings(told)] if told else [])])
    return rows(grids(read(data, ""))[0])[0][1]


MAPPED = "/ToUnicode 7 0 R"


@pytest.mark.parametrize(
    ("font", "code", "told"),
    [
        (LATIN.format(MAPPED), "37", {"37": "7"}),
        (LATIN.format(f"{NAMED} {MAPPED}"), "62", {"62": "7"}),
        (LATIN.format(f"{NAMED} {MAPPED}"), "62", {"61": "5"}),
        (LATIN.format(f"/FontDescriptor << /Flags 4 /FontFile 4 0 R >> {MAPPED}"), "31", {"31": "7"}),
        (LATIN.format(f"/FontDescriptor << /Flags 32 /FontFile 4 0 R >> {MAPPED}"), "31", {"31": "7"}),
        (SUBSET, "0007", {"0007": "7", "0008": "7"}),
        (LATIN.format(f"/FontDescriptor << /Flags 4 /FontFile 4 0 R >> {UNNAMED} {MAPPED}"), "31", {"31": "7"}),
        (LATIN.format(f"/FontDescriptor << /Flags 32 /FontFile 4 0 R >> {UNNAMED} {MAPPED}"), "31", {"31": "7"}),
    ],
)
def test_a_map_that_the_encoding_does_not_contradict_is_believed(font: str, code: str, told: dict[str, str]) -> None:
    assert first(font, code, told) == "107"


@pytest.mark.parametrize(("font", "told"), [(SUBSET, "72"), (SUBSET.replace("/DW 500", "/DW 10"), "7")])
def test_a_code_of_two_figures_or_without_width_is_none(font: str, told: str) -> None:
    assert first(font, "0007", {"0007": told}) == f"10{LOST}"


OWN_SPACE = "1 begincodespacerange <0000> <FFFF> endcodespacerange"


def of_own_encoding(table: str) -> str:
    """A figure 7 by code 7 of a font whose own encoding names glyphs, the widths of which are all that is known."""
    font = SUBSET.replace("/Identity-H", "8 0 R").replace("/DW 500", "/DW 10 /W [55 [500] 65 [500 500]]")
    content = f"{ruled_page()}{PROSE} BT /F2 12 Tf 272 580 Td <0007> Tj ET".encode()
    made = objects(content, font=CHINESE)
    made[2] = made[2].replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R")
    data = assembled([*made, font.encode(), meanings({"0007": "7"}), stream(f"begincmap {table} endcmap".encode())])
    return rows(grids(read(data, ""))[0])[0][1]


@pytest.mark.parametrize(
    "table",
    [
        f"{OWN_SPACE} 1 begincidchar <0007> 55 endcidchar",
        f"{OWN_SPACE} 2 begincidrange <0000> <0003> 1 <0006> <0008> 65 endcidrange",
    ],
)
def test_text_in_an_encoding_that_the_file_brings_is_read_by_its_codes(table: str) -> None:
    assert of_own_encoding(table) == "107"


@pytest.mark.parametrize(
    "table",
    [
        "1 begincodespacerange <00> <FF> endcodespacerange 1 begincidchar <07> 55 endcidchar",
        f"/GBK-EUC-H usecmap {OWN_SPACE} 1 begincidchar <0007> 55 endcidchar",
        f"{OWN_SPACE}",
        f"{OWN_SPACE} 1 begincidchar <0007> 56 endcidchar",  # a glyph without width
    ],
)
def test_an_encoding_that_is_not_understood_gives_no_figure(table: str) -> None:
    assert of_own_encoding(table) != "107"


@pytest.mark.parametrize("told", ["1", " ", "\u200b", "中"])
@pytest.mark.parametrize(
    ("how", "code"),
    [("", "37"), (NAMED, "62"), (f"{NAMED} /FontDescriptor << /Flags 4 /FontFile3 4 0 R >>", "62")],
)
def test_a_map_that_names_another_character_than_the_encoding_is_not(how: str, code: str, told: str) -> None:
    assert first(LATIN.format(f"{how} {MAPPED}"), code, {code: told}) == f"10{LOST}"


def test_two_codes_of_one_figure_are_no_figures() -> None:
    assert first(SUBSET, "00070008", {"0007": "7", "0008": "7"}) == f"10{LOST * 2}"
    assert first(SUBSET, "00070008", {"0007": "7", "0008": "8"}) == "1078"


def test_a_font_of_pictures_prints_no_figures() -> None:
    assert first(LATIN.format("").replace("Helvetica", "Wingdings"), "37") == f"10{LOST}"


def set_as(matrix: str, size: float = 12, how: str = "") -> str:
    """The second digit of the first figure, set by another matrix than the others."""
    content = ruled_page().replace("<00310030> Tj", "<0031> Tj").encode().decode()
    digit = f"q BT {how} /F1 {size} Tf {matrix} Tm <0036> Tj ET Q"
    data = assembled(objects(f"{content}{PROSE}{digit}".encode(), font=CHINESE))
    return rows(grids(read(data, ""))[0])[0][1]


@pytest.mark.parametrize(
    ("matrix", "size", "how"),
    [
        ("-1 0 0 -1 272 588", 12, ""),
        ("1 0 0 1 272 588", -12, ""),
        ("-1 0 0 1 272 580", 12, ""),
        ("1 0 0 -1 266 588", 12, ""),
        ("1 0 0 1 272 580", 12, "-100 Tz"),
        ("1 0 0 1 266 580", 12, "5 Tz"),
        ("1 0 0 1 266 580", 0.5, ""),
    ],
)
def test_a_digit_on_its_head_mirrored_squeezed_or_tiny_is_no_figure(matrix: str, size: float, how: str) -> None:
    assert sorted(set_as(matrix, size, how)) == ["1", LOST]


def test_two_negative_signs_make_an_upright_digit() -> None:
    assert set_as("-1 0 0 -1 266 580", -12) == "16"
    assert set_as("0.1 0 0 0.1 266 580", 120) == "16"
    assert set_as("-1 0 0 1 266 580", 12, "-100 Tz") == "16"


def test_a_page_set_with_negative_sizes_is_upright() -> None:
    content = (ruled_page() + chinese(100, 500, "说明文字")).replace("12 Tf ", "-12 Tf -1 0 0 -1 0 0 Tm ")
    lines = [line.split(" Tm ") for line in content.splitlines()]
    turned = "\n".join(f"{line[0][:-3]}{_place(line[1])}" if len(line) > 1 else line[0] for line in lines)
    data = assembled(objects(turned.encode(), font=CHINESE))
    assert [rows(grids(engine(data, ""))[0]) for engine in (read, read_again)] == [EXPECTED] * 2


def _place(rest: str) -> str:
    """Write a place as part of the matrix: behind a mirrored one it would be counted backwards."""
    x, y, *shown = rest.split(" ")
    return f"{x} {y} Tm {' '.join(shown[1:])}"


@pytest.mark.parametrize("drawn", ["260 586 m 264 586 l 262 579 l S", "260 586 m 264 586 l 262 579 l h f"])
def test_a_figure_of_three_corners_is_no_blank(drawn: str) -> None:
    content = ruled_page().replace("<00310030> Tj", "<> Tj") + PROSE + drawn
    data = assembled(objects(content.encode(), font=CHINESE))
    assert [rows(grids(engine(data, ""))[0])[0][1] for engine in (read, read_again)] == [LOST] * 2
