"""Figures of the old binary sheets that nobody sees as they are stored: fonts, fills, runs, heights, formulas shown."""

import io
from collections.abc import Callable

import pytest
import xlwt

from extract.formats.xlsx import read
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
