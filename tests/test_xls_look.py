"""Figures of the old binary sheets that nobody sees as they are stored: fonts, fills, runs, heights, formulas shown."""

import io
import struct
from collections.abc import Callable

import pytest
import xlwt
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from xlwt.CompoundDoc import XlsDoc

from extract.errors import CorruptError
from extract.formats.xlsx import read
from tests.kit.doc import converted, needs_libreoffice
from tests.test_xlsx import made as made_new
from tests.test_xlsx import texts


def made(fill: Callable[[xlwt.Worksheet], object]) -> bytes:
    book = xlwt.Workbook()
    fill(book.add_sheet("s"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def printed(style: str = "", code: str = "General", value: object = 37) -> str:
    """Return what the middle one of three cells prints."""

    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "a")
        sheet.write(0, 1, value, xlwt.easyxf(style, num_format_str=code))
        sheet.write(0, 2, "b")

    return texts(read(made(fill), ""))[1]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("", "37"),
        ("font: struck_out on", "[37]"),
        ("font: escapement superscript", "[37]"),
        ("font: height 20", "[37]"),
        ("font: colour white", "[37]"),
        ("font: colour black", "37"),
        ("font: colour red", "37"),
        ("font: colour white; pattern: pattern solid, fore_colour red", "37"),
        ("font: colour red; pattern: pattern solid, fore_colour red", "[37]"),
        ("font: colour white; pattern: pattern fine_dots", "37"),
        ("align: horiz filled", "[37]"),
    ],
)
def test_a_figure_struck_out_or_of_the_colour_behind_it_is_set_apart(style: str, expected: str) -> None:
    assert printed(style) == expected


def test_words_that_are_not_seen_are_read_and_texts_have_formats_too() -> None:
    assert printed("font: colour white", value="规章") == "规章"
    assert printed(code=";;;", value="37") == ""
    assert printed(code='0"."0') == "37\ufffd"


def test_runs_of_a_text_are_set_apart() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "a")
        struck, plain = xlwt.easyfont("struck_out on"), xlwt.easyfont("")
        sheet.write_rich_text(0, 1, ["3", ("7", struck), ("9", plain)])
        sheet.write_rich_text(0, 2, [("3", plain), ("7", xlwt.easyfont("colour white"))])

    assert texts(read(made(fill), "")) == ["a", "3[7]9", "3[7]"]


def test_rows_without_height_and_columns_without_width_are_hidden() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        for row, line in enumerate((["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"])):
            for column, text in enumerate(line):
                sheet.write(row, column, text)
        sheet.row(1).height, sheet.row(1).height_mismatch = 10, True
        sheet.col(1).width = 20

    document = read(made(fill), "")
    assert texts(document) == ["a", "c", "g", "i"]
    assert [finding.rule for finding in document.notes] == ["hidden_cells"]


def test_a_sheet_that_shows_formulas_shows_no_figure() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "a")
        sheet.write(0, 1, 37)
        sheet.show_formulas = True

    assert texts(read(made(fill), "")) == ["a", "[37]"]


def font(colour: int = 0xFFFFFFFF, style: int = 0xFFFFFFFF) -> bytes:
    """Write the font of a rule: 64 bytes of a name, height, style, five small fields, colour, and what is unchanged."""
    return struct.pack("<64xII8xI4xI26x", 0xFFFFFFFF, style, colour, 0 if style == STRUCK else 0x9A)


def ruled(rule: bytes, *areas: tuple[int, int, int, int], later: bool = False) -> bytes:
    """Make a book of the cells a, 0, 37, 5 with a rule for areas (first and last row, first and last column)."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    for column, value in enumerate(("a", 0, 37, 5)):
        sheet.write(0, column, value)
    where = b"".join(struct.pack("<4H", *area) for area in areas)
    condition = struct.pack("<HH8xH", 1, 0, len(areas)) + where
    written = (
        ((0x879, bytes(12) + condition), (0x87A, bytes(12) + rule)) if later else ((0x1B0, condition), (0x1B1, rule))
    )
    records = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in written)
    stream = book.get_biff_data()
    buffer = io.BytesIO()
    XlsDoc().save(buffer, stream[:-4] + records + stream[-4:])
    return buffer.getvalue()


STRUCK, HAS_FONT, HAS_FILL = 0x80, 1 << 26, 1 << 29
ALWAYS = b"\x1d\x01"
B_TO_C = (0, 5, 1, 2)


def rule(parts: int, inside: bytes, formula: bytes = ALWAYS, kind: int = 2, comparison: int = 0) -> bytes:
    return struct.pack("<BBHHIH", kind, comparison, len(formula), 0, parts, 0) + inside + formula


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (rule(HAS_FONT, font(9)), ["[0]", "[37]", "5"]),
        (rule(HAS_FONT, font(10)), ["0", "37", "5"]),
        (rule(HAS_FONT, font(style=STRUCK)), ["[0]", "[37]", "5"]),
        (rule(HAS_FONT | HAS_FILL, font(9) + struct.pack("<HH", 0, 10 << 7)), ["0", "37", "5"]),
        (rule(HAS_FONT | HAS_FILL, font(10) + struct.pack("<HH", 0, 10 << 7)), ["[0]", "[37]", "5"]),
        (rule(HAS_FONT, font(9), b"\x1e\0\0", 1, 3), ["[0]", "37", "5"]),
        (rule(HAS_FONT, font(9), b"\x1f" + struct.pack("<d", 36.5), 1, 5), ["0", "[37]", "5"]),
        (rule(HAS_FONT, font(9), b"\x44\0\0\0\0", 1, 5), ["[0]", "[37]", "5"]),
    ],
)
def test_a_conditional_format_that_may_hide_a_figure_sets_it_apart(change: bytes, expected: list[str]) -> None:
    assert texts(read(ruled(change, (7, 9, 0, 0), B_TO_C), "")) == ["a", *expected]


def later_rule(inside: bytes, kind: int = 2, shown: bytes = b"") -> bytes:
    """Write a rule as later programs do: the size of its format before that, and much behind the formula."""
    size = struct.pack("<I", len(inside)) + (inside or bytes(2))
    return struct.pack("<BBHH", kind, 0, len(ALWAYS), 0) + size + ALWAYS + bytes(24) + (shown or bytes(6))


def dxf(parts: int, inside: bytes) -> bytes:
    return struct.pack("<IH", parts, 0) + inside


@pytest.mark.parametrize(
    ("change", "is_hidden"),
    [
        (later_rule(dxf(HAS_FONT, font(9))), True),
        (later_rule(dxf(HAS_FONT, font(10))), False),
        (later_rule(dxf(1 << 25, bytes(2))), True),
        (later_rule(b""), False),
        (later_rule(b"", 4, b"\0\0\0\2\0\0"), False),
        (later_rule(b"", 4, b"\0\0\0\0\0\0"), True),
        (later_rule(b"", 6, b"\0\0\0\3\1\1"), True),
        (later_rule(b"", 6, b"\0\0\0\3\1\0"), False),
    ],
)
def test_rules_of_later_programs_are_looked_at_too(change: bytes, is_hidden: bool) -> None:
    expected = ["a", "[0]", "[37]", "5"] if is_hidden else ["a", "0", "37", "5"]
    assert texts(read(ruled(change, (7, 9, 0, 0), B_TO_C, later=True), "")) == expected


@needs_libreoffice
def test_conditional_formats_that_libreoffice_writes_are_seen() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["a", 0, 37, 5])
        hiding = CellIsRule(operator="equal", formula=["0"], font=Font(color="FFFFFFFF"))
        sheet.conditional_formatting.add("B1:C1", hiding)

    (data,) = converted([made_new(fill)], "xlsx", "xls")
    assert texts(read(data, "")) == ["a", "[0]", "37", "5"]


def test_a_cell_whose_record_lost_its_kind_is_no_blank() -> None:
    good = ruled(rule(HAS_FONT, font(10)), B_TO_C)
    cells = struct.pack("<HHHH", 0xBD, 24, 0, 1)
    assert good.count(cells) == 1
    changed = {"no known kind": (0x6BD, 0, 1), "outside": (0xBD, 700, 1), "not of that number": (0xBD, 0, 2)}
    for reason, (kind, row, column) in changed.items():
        with pytest.raises(CorruptError, match=reason):
            read(good.replace(cells, struct.pack("<HHHH", kind, 24, row, column)), "")


def test_a_cell_that_moved_to_another_row_or_lost_its_number_is_damage() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "a")
        sheet.write(1, 0, "b")
        sheet.write(1, 1, 37.123456)

    good = made(fill)
    number = struct.pack("<HHHH", 0x203, 14, 1, 1)
    assert good.count(number) == 1
    for reason, changed in (("row 1, column 2", (0x203, 14, 0, 1)), ("not of its kind", (0x201, 14, 1, 1))):
        with pytest.raises(CorruptError, match=reason):
            read(good.replace(number, struct.pack("<HHHH", *changed)), "")


def test_two_cells_in_one_place_are_damage() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "a")
        sheet.write(0, 1, "b")

    good = made(fill)
    label = struct.pack("<HHHH", 0xFD, 10, 0, 1)
    assert good.count(label) == 1
    with pytest.raises(CorruptError, match="there twice"):
        read(good.replace(label, struct.pack("<HHHH", 0xFD, 10, 0, 0)), "")
