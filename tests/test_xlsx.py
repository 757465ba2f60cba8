"""Sheets, XLSX and XLS: numbers as printed, merges, hidden parts, formulas and errors, bombs and damage."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from random import Random

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from xlwt.CompoundDoc import XlsDoc

from extract.errors import CorruptError, EncryptedError, TooBigError, UnsupportedError
from extract.formats.xlsx import read
from extract.model import Document, Grid, Paragraph
from extract.office.excel.numbers import BUILT_IN, printed_number, printed_text
from extract.office.excel.sheets import cell_name
from extract.office.xls import workbook as ole_sheets
from extract.office.xlsx import workbook as ooxml_sheets
from extract.reading import read as read_report
from tests.comparing import assert_style_exact
from tests.kit import xlsx
from tests.kit.damage import damaged, read_or_refuse
from tests.kit.doc import converted, needs_libreoffice
from tests.kit.truth import make_report
from tests.test_forms import cells_of, wrong


@pytest.mark.parametrize("style", xlsx.STYLES)
def test_styles_come_back_exact(style: str) -> None:
    assert_style_exact(xlsx.STYLES[style])


@needs_libreoffice
def test_workbooks_saved_by_libreoffice_come_back_exact() -> None:
    truth = make_report(4, "2021", "dense", blanks=True, marks=True)
    files = [xlsx.STYLES[style](truth, Random(1)) for style in ("numbers", "formats", "sheets", "rich_text")]
    for target in ("xls", "xlsx"):
        for data in converted(files, "xlsx", target):
            assert wrong(read_report(data, ""), truth) == []


def made(fill: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    fill(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows(*lines: Sequence[object]) -> bytes:
    def fill(sheet: Worksheet) -> None:
        for line in lines:
            sheet.append(list(line))

    return made(fill)


def texts(document: Document) -> list[str]:
    return [cell.text for block in document.blocks if isinstance(block, Grid) for cell in block.cells]


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [
        ("3.0", "General", "3"),
        ("3", "0", "3"),
        ("-3", "General", "-3"),
        ("0.30000000000000004", "General", "0.3"),
        ("123456789012", "General", "123456789012"),
        ("1E-3", "General", "0.001"),
        ("0.25", "0.0000", "0.2500"),
        ("12345.678", "#,##0.00", "12,345.68"),
        ("1.005", "0.00", "1.01"),
        ("3.14159", "0.##", "3.14"),
        ("3", "0.##", "3"),
        ("0", "#", ""),
        ("7", "000", "007"),
        ("-0.4", "0", "0"),
        ("0.251", "0.00%", "25.10%"),
        ("3", '0"件"', "3件"),
        ("3", "0\\件", "3件"),
        ("-3", "0_);(0)", "(3)"),
        ("0", "0;-0;;@", ""),
        ("0", '0;-0;"无"', "无"),
        ("5", ";;;", ""),
        ("0", BUILT_IN[43], "-"),
        ("12", BUILT_IN[43], "12.00"),
        ("-12", BUILT_IN[41], "-12"),
        ("44935", "yyyy/m/d", "2023-01-09"),
        ("44935", 'yyyy"年"m"月"d"日";@', "2023-01-09"),
        ("1234567", "0,", "1234567\ufffd"),
        ("2.5", "# ?/?", "2.5\ufffd"),
        ("2.5", "0.00E+00", "2.5\ufffd"),
        ("12", '0"."0', "12\ufffd"),
        ("12", "0.0.0", "12\ufffd"),
        ("12", '"1"General', "112"),
        ("12", 'General"件"', "12件"),
        ("12", "[$¥-804]0", "¥12"),
        ("12", "[$1-804]0", "112"),
        ("12", "[Red]0", "12"),
        ("12", "[White]0", "12\ufffd"),
        ("12", "[白色]0", "12\ufffd"),
        ("12", "*10", "12\ufffd"),
        ("12", "* 0", "12"),
        ("12", "[h]", "12\ufffd"),
        ("12", "[DBNum1]0", "12"),
        ("12", '0"%"', "12%"),
        ("0.12", "0%", "12%"),
        ("-5", "0;@", "-5"),
        ("-5", "0;0", "5"),
        ("-7", "[<0]0;0", "-7\ufffd"),
        ("12", "[>100]0;[<5]0.0;0", "12"),
        ("3", "[>100]0;[<5]0.0;0", "3.0"),
        ("0", '[=0]"-";General', "-"),
        ("7", '[=0]"-";General', "7"),
        ("-7", '[=0]"";0', "-7"),
        ("0", '[Red][=0]"";0', ""),
        ("0", '[=0]"";[=1]"一"', ""),
        ("2", '[=0]"";[=1]"一"', "2\ufffd"),
        ("0", '0;[=0]""', "0\ufffd"),
        ("0", '[=0]"";0;0;@', ""),
        ("5", "G/通用格式", "5"),
        ("5", "@", "5"),
        ("5", "", ""),
        ("x", "0", "x"),
        ("1E400", "0", "1E400"),
        ("NaN", "0", "NaN"),
    ],
)
def test_numbers_are_printed_as_their_cells_print_them(stored: str, code: str, printed: str) -> None:
    assert printed_number(stored, code) == printed


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("General", "37"),
        ("0", "37"),
        ("@", "37"),
        (";;;", ""),
        ("0;0;0;", ""),
        (";;;@", "37"),
        ('@"件"', "37件"),
        ('0;0;0;"无"', "无"),
        ('0;-0;@"1"', "371"),
    ],
)
def test_texts_are_printed_by_the_section_for_texts(code: str, printed: str) -> None:
    assert printed_text("37", code) == printed


@given(st.text(max_size=30), st.text('0#?.,;@%"[]_*\\ ymdEG-件$', max_size=30))
def test_any_number_in_any_format_is_text(stored: str, code: str) -> None:
    assert isinstance(printed_number(stored, code), str)
    assert isinstance(printed_number("12.5", code), str)
    assert isinstance(printed_text(stored, code), str)


def test_days_count_from_the_epoch_of_the_book() -> None:
    assert printed_number("43473", "yyyy-mm-dd", is_1904=True) == "2023-01-09"
    assert texts(read(rows(["a", date(2023, 1, 9)]), ""))[1] == "2023-01-09"


def test_formulas_without_a_result_and_errors_are_unreadable_and_not_blank() -> None:
    truth = make_report(4, "2021", "dense")
    book = openpyxl.load_workbook(io.BytesIO(xlsx.STYLES["numbers"](truth, Random(1))))
    sheet = book.active
    assert sheet is not None
    by_place = {
        cell.at: key for key, cell in cells_of(read_report(xlsx.STYLES["numbers"](truth, Random(1)), "")).items()
    }
    formula, error = sorted(place for place in by_place if place)[3:5]
    sheet[formula.partition("!")[2]].value = "=1+1"
    sheet[error.partition("!")[2]].value = "#REF!"
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read_report(buffer.getvalue(), "")
    found = cells_of(reading)
    assert (found[by_place[formula]].state, found[by_place[formula]].raw) == ("unreadable", "=1+1")
    assert (found[by_place[error]].state, found[by_place[error]].raw) == ("unreadable", "#REF!")
    assert any(
        finding.rule == "formula" and formula.partition("!")[2] in finding.detail for finding in reading.findings
    )
    assert reading.outcome == "partial"


def test_a_formula_that_gives_an_empty_text_is_blank() -> None:
    data = part_replaced(rows(["a", "b"]), "xl/worksheets/sheet1.xml", b't="n"', b't="n"')
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><f>1+2</f><v>3</v></c>'
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1" t="b"><v>1</v></c></row></sheetData></worksheet>'
    )
    document = read(with_part(data, "xl/worksheets/sheet1.xml", sheet.encode()), "")
    assert texts(document) == ["a", "", "3", "#DIV/0!", "TRUE"]
    assert document.notes == ()


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("37_x000D_", "37"),
        ("_x0033_7", "37"),
        ("规章_x000d_\n4", "规章\n4"),
        ("_x005F_x0033_", "_x0033_"),
        ("a_x3_", "a_x3_"),
    ],
)
def test_escaped_signs_of_a_text_are_those_signs(stored: str, expected: str) -> None:
    cells = (
        f'<c r="A1" t="inlineStr"><is><t>{stored}</t></is></c><c r="B1" t="str"><f>A1</f><v>{stored}</v></c>'
        f'<c r="C1" t="inlineStr"><is><r><t>{stored}</t></r></is></c>'
    )
    sheet = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">{cells}'
    )
    data = with_part(rows(["a"]), "xl/worksheets/sheet1.xml", f"{sheet}</row></sheetData></worksheet>".encode())
    assert texts(read(data, "")) == [expected] * 3


def test_hidden_sheets_rows_and_columns_are_left_out_and_reported() -> None:
    def fill(sheet: Worksheet) -> None:
        for line in (["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]):
            sheet.append(line)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        assert sheet.parent is not None
        sheet.parent.create_sheet("old").sheet_state = "veryHidden"

    document = read(made(fill), "")
    assert texts(document) == ["a", "c", "g", "i"]
    assert [finding.rule for finding in document.notes] == ["hidden_cells", "hidden_cells"]


def test_texts_of_several_runs_are_one_and_raised_signs_stand_apart() -> None:
    runs = (
        b"<r><rPr><sz val='9'/></rPr><t>1</t></r><r><t>2</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>3</t></r>"
        b"<r><rPr><strike/></rPr><t>4</t></r><rPh sb='0' eb='1'><t>5</t></rPh>"
    )
    data = xlsx.with_shared_strings(rows(["a", "b"]))
    assert texts(read(part_replaced(data, "xl/sharedStrings.xml", b"<t>b</t>", runs), "")) == ["a", "12[3][4]"]


def test_a_sheet_that_is_not_there_is_corrupt() -> None:
    for name, old in (("xl/_rels/workbook.xml.rels", b'Id="rId1"'), ("xl/workbook.xml", b'r:id="rId1"')):
        with pytest.raises(CorruptError):
            read(part_replaced(rows(["a", 1]), name, old, old.replace(b"1", b"7")), "")


def test_a_zero_the_sheet_does_not_show_is_blank() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["a", 0, 1])
        sheet.sheet_view.showZeros = False

    assert texts(read(made(fill), "")) == ["a", "", "1"]


def test_titles_and_prose_are_paragraphs() -> None:
    lines: list[list[object]] = [
        ["某县教育局2023年政府信息公开工作年度报告"],
        ["一、总体情况"],
        ["长" * 80],
        ["规章", 1, 2],
        ["行政许可", 3, 4],
    ]
    blocks = read(rows(*lines), "").blocks
    assert [isinstance(block, Paragraph) for block in blocks] == [True, True, True, False]


def test_places_are_those_of_the_sheet() -> None:
    (block,) = read(rows([], [None, None, "a", 1]), "").blocks
    assert isinstance(block, Grid)
    assert [cell.at for cell in block.cells] == ["Sheet!C2", "Sheet!D2"]
    assert [cell_name((0, column)) for column in (0, 25, 26, 701, 702, 16_383)] == [
        "A1",
        "Z1",
        "AA1",
        "ZZ1",
        "AAA1",
        "XFD1",
    ]


def test_only_used_cells_count() -> None:
    def far(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["A1048576"], sheet["B1048576"] = "a", 1, "b", 2

    assert texts(read(made(far), "")) == ["a", "1", "b", "2"]
    stated = part_replaced(rows(["a", 1]), "xl/worksheets/sheet1.xml", b'ref="A1:B1"', b'ref="A1:XFD1048576"')
    assert texts(read(stated, "")) == ["a", "1"]


def test_wide_sheets_huge_merges_and_many_cells_are_bounded() -> None:
    def wide(sheet: Worksheet) -> None:
        for row in range(1, 6):
            sheet.cell(row, 1).value, sheet.cell(row, 16_384).value = "a", 1

    def merged(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B2"] = "a", "b"
        sheet.merged_cells.add("A1:XFD1048576")

    with pytest.raises(TooBigError, match="MAX_GRID_CELLS"):
        read(made(wide), "")
    assert read_or_refuse(read, made(merged)) is not None
    with pytest.raises(TooBigError, match="MAX_GRID_CELLS"):
        read(rows(*([list(range(101))] * 500)), "")


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as good, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in good.namelist():
            written.writestr(entry, content if entry == name else good.read(entry))
    return buffer.getvalue()


def part_replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as good:
        return with_part(data, name, good.read(name).replace(old, new))


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
def test_entities_and_broken_parts_are_refused(name: str) -> None:
    good = xlsx.with_shared_strings(rows(["a", 1]))
    assert texts(read(good, "")) == ["a", "1"]
    for content in (b'<!DOCTYPE d [<!ENTITY b SYSTEM "file:///etc/passwd">]><d>&b;</d>', b"<d>", b"\0"):
        with pytest.raises(CorruptError):
            read(with_part(good, name, content), "")


def test_too_many_sheets_are_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml_sheets, "MAX_SHEETS", 0)
    monkeypatch.setattr(ole_sheets, "MAX_SHEETS", 0)
    for style in ("one_sheet", "xls"):
        with pytest.raises(TooBigError, match="MAX_SHEETS"):
            read(xlsx.STYLES[style](make_report(1, "2021", "dense"), Random(1)), "")


def test_binary_workbooks_are_unsupported() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        written.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        )
        written.writestr("xl/workbook.bin", b"\x83\x01\0")
    with pytest.raises(UnsupportedError, match="XLSB"):
        read(buffer.getvalue(), "")


def test_errors_and_hidden_parts_of_the_old_format() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    for column, value in enumerate(("a", 1.5, True, xlwt.Formula("1/0"))):
        sheet.write(0, column, value)
    sheet.row(0).set_cell_error(4, "#REF!")
    sheet.write(1, 0, "b")
    sheet.row(1).hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    document = read(buffer.getvalue(), "")
    assert texts(document)[:3] == ["a", "1.5", "TRUE"]
    assert texts(document)[-1] == "#REF!"
    assert [finding.rule for finding in document.notes] == ["hidden_cells"]


def test_workbook_with_a_password_is_encrypted() -> None:
    book = xlwt.Workbook()
    book.add_sheet("s").write(0, 0, "a")
    stream = book.get_biff_data()
    first = 4 + int.from_bytes(stream[2:4], "little")
    file_pass = b"\x2f\0\6\0\0\0\0\0\0\0"
    buffer = io.BytesIO()
    XlsDoc().save(buffer, stream[:first] + file_pass + stream[first:])
    with pytest.raises(EncryptedError):
        read(buffer.getvalue(), "")
    for name in ("a.xls", "a.et", "a.xlsx", ""):
        assert read_report(buffer.getvalue(), name).outcome == "encrypted"


XLSX_SAMPLE = xlsx.STYLES["numbers"](make_report(3, "2021", "dense"), Random(3))
XLS_SAMPLE = xlsx.STYLES["xls"](make_report(3, "2021", "dense"), Random(3))


def test_damage_is_read_or_refused() -> None:
    whole = read(XLSX_SAMPLE, "").blocks
    for data in damaged(XLSX_SAMPLE, Random(1)):
        document = read_or_refuse(read, data)
        assert document is None or document.blocks == whole, "damage changed the text without an error"
    for data in damaged(XLS_SAMPLE, Random(1)):
        read_or_refuse(read, data)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", XLS_SAMPLE[:512], XLS_SAMPLE[:2000]]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    read_or_refuse(read, head + data)
