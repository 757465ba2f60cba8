"""Figures of sheets that nobody sees as they are stored: fonts, fills, conditional formats, heights, formulas shown."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from extract.errors import CorruptError, TooBigError
from extract.formats.xlsx import read
from extract.office.excel import rules as sheet_rules
from tests.test_xlsx import made, part_replaced, rows, texts, with_part

WHITE = Font(color="FFFFFFFF")
RED = PatternFill("solid", fgColor="FFFF0000")


def printed(change: Callable[[Cell], object], value: object = 37) -> str:
    """Return what the middle one of three cells prints after a change."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["a", value, "b"])
        cell = sheet["B1"]
        assert isinstance(cell, Cell)
        change(cell)

    return texts(read(made(fill), ""))[1]


@pytest.mark.parametrize(
    ("font", "fill", "expected"),
    [
        (Font(), PatternFill(), "37"),
        (Font(strike=True), PatternFill(), "[37]"),
        (Font(strike=False), PatternFill(), "37"),
        (Font(vertAlign="superscript"), PatternFill(), "[37]"),
        (Font(vertAlign="baseline"), PatternFill(), "37"),
        (Font(sz=1), PatternFill(), "[37]"),
        (WHITE, PatternFill(), "[37]"),
        (Font(color="FFFDFDFD"), PatternFill(), "[37]"),
        (Font(color=Color(theme=0)), PatternFill(), "[37]"),
        (Font(color=Color(theme=0, tint=-0.5)), PatternFill(), "37"),
        (Font(color=Color(theme=1)), PatternFill(), "37"),
        (Font(color=Color(indexed=9)), PatternFill(), "[37]"),
        (Font(color=Color(indexed=64)), PatternFill(), "37"),
        (WHITE, RED, "37"),
        (Font(color="FFFF0000"), RED, "[37]"),
        (Font(color=Color(theme=4)), PatternFill("solid", fgColor=Color(theme=4)), "[37]"),
        (Font(color="FFFF0000"), PatternFill("solid", fgColor="FFFFFFFF"), "37"),
        (WHITE, PatternFill("gray125"), "37"),
    ],
)
def test_a_figure_struck_out_or_of_the_colour_behind_it_is_set_apart(
    font: Font, fill: PatternFill, expected: str
) -> None:
    def change(cell: Cell) -> None:
        cell.font, cell.fill = font, fill

    assert printed(change) == expected


def test_words_that_are_not_seen_are_read_and_figures_that_fill_their_cell_are_not() -> None:
    def whiten(cell: Cell) -> None:
        cell.font = WHITE

    def repeat(cell: Cell) -> None:
        cell.alignment = Alignment(horizontal="fill")

    def hide(cell: Cell) -> None:
        cell.number_format = ";;;"

    assert printed(whiten, "规章") == "规章"
    assert printed(repeat) == "[37]"
    assert printed(hide, "37") == ""


HIDING = FormulaRule(formula=["TRUE"], font=Font(color="FFFFFFFF"))


@pytest.mark.parametrize(
    ("rule", "value", "expected"),
    [
        (HIDING, 37, "[37]"),
        (HIDING, "规章", "规章"),
        (FormulaRule(formula=["TRUE"], font=Font(color="FFFF0000")), 37, "37"),
        (FormulaRule(formula=["TRUE"], font=Font(strike=True)), 37, "[37]"),
        (FormulaRule(formula=["TRUE"], font=Font(color="FFFF0000"), fill=PatternFill(bgColor="FFFF0000")), 37, "[37]"),
        (FormulaRule(formula=["TRUE"], font=Font(color="FFFFFFFF"), fill=PatternFill(bgColor="FFFF0000")), 37, "37"),
        (CellIsRule(operator="equal", formula=["0"], font=Font(color="FFFFFFFF")), 0, "[0]"),
        (CellIsRule(operator="equal", formula=["0"], font=Font(color="FFFFFFFF")), 37, "37"),
        (CellIsRule(operator="greaterThan", formula=["A1"], font=Font(color="FFFFFFFF")), 37, "[37]"),
        (DataBarRule("min", None, "max", None, color="FF0000", showValue=False), 37, "[37]"),
        (DataBarRule("min", None, "max", None, color="FF0000"), 37, "37"),
    ],
)
def test_a_conditional_format_that_may_hide_a_figure_sets_it_apart(rule: object, value: object, expected: str) -> None:
    def change(cell: Cell) -> None:
        cell.parent.conditional_formatting.add("A1:B2 D4", rule)

    assert printed(change, value) == expected


def test_a_conditional_number_format_sets_figures_apart_in_its_area_only() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["a", 1, 2])
        rule = FormulaRule(formula=["TRUE"])
        rule.dxf = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode=";;;"))
        sheet.conditional_formatting.add("B1", rule)

    assert texts(read(made(fill), "")) == ["a", "[1]", "2"]


def test_rules_of_the_newer_kind_are_seen_too() -> None:
    data = rows(["a", 37, "b"])
    newer = (
        b'<extLst><ext><x14:conditionalFormattings xmlns:x14="x" xmlns:xm="m"><x14:conditionalFormatting>'
        b'<x14:cfRule type="expression"><xm:f>TRUE</xm:f><x14:dxf><font><strike/></font></x14:dxf></x14:cfRule>'
        b"<xm:sqref>B1:C1</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    assert texts(read(part_replaced(data, "xl/worksheets/sheet1.xml", b"</worksheet>", newer), ""))[1] == "[37]"


def test_too_many_rules_are_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rules, "MAX_RULES", 1)

    def fill(sheet: Worksheet) -> None:
        sheet.append(["a", 1])
        sheet.conditional_formatting.add("B1 C1", HIDING)

    with pytest.raises(TooBigError, match="MAX_RULES"):
        read(made(fill), "")


def test_rows_without_height_and_columns_without_width_are_hidden() -> None:
    def fill(sheet: Worksheet) -> None:
        for line in (["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]):
            sheet.append(line)
        sheet.row_dimensions[2].height = 0.5
        sheet.column_dimensions["B"].width = 0.1

    document = read(made(fill), "")
    assert texts(document) == ["a", "c", "g", "i"]
    assert [finding.rule for finding in document.notes] == ["hidden_cells"]


def test_a_sheet_that_shows_formulas_shows_no_figure() -> None:
    book = openpyxl.load_workbook(io.BytesIO(rows(["a", 37, 5])))
    assert book.active is not None
    book.active.sheet_view.showFormulas = True
    buffer = io.BytesIO()
    book.save(buffer)
    data = part_replaced(buffer.getvalue(), "xl/worksheets/sheet1.xml", b"<v>37</v>", b"<f>36+1</f><v>37</v>")
    assert texts(read(data, "")) == ["a", "=36+1", "5"]


def test_a_formula_whose_result_is_formatted_away_is_blank_and_one_without_is_not() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["a", 37, 5, 6])
        sheet["B1"].number_format = ";;;"

    data = made(fill)
    for old, new in ((b"<v>37</v>", b"<f>36+1</f><v>37</v>"), (b"<v>5</v>", b'<f t="shared" si="0"/>')):
        data = part_replaced(data, "xl/worksheets/sheet1.xml", old, new)
    document = read(data, "")
    assert texts(document) == ["a", "", "=", "6"]
    assert [finding.rule for finding in document.notes] == ["formula"]


def test_a_shared_text_with_a_number_of_no_sense_is_none_of_the_others() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1"><v>1</v></c><c r="B1" t="s"><v>-1</v></c></row></sheetData></worksheet>'
    )
    assert texts(read(with_part(rows(["a", "b"]), "xl/worksheets/sheet1.xml", sheet), "")) == ["1", "\ufffd"]


@pytest.mark.parametrize("claimed", [b"A1", b"B7", b"C1"])
def test_a_cell_in_the_place_of_another_is_damage(claimed: bytes) -> None:
    data = rows(["a", 37, 5])
    with pytest.raises(CorruptError, match="claims to be"):
        read(part_replaced(data, "xl/worksheets/sheet1.xml", b'r="B1"', b'r="' + claimed + b'"'), "")
