"""What lies on the cells of a sheet, and what of a sheet is printed."""

import io
import zipfile
from random import Random

import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from extract.errors import TooBigError
from extract.formats.xlsx import read
from extract.model import Grid, Paragraph
from extract.office.excel import drawings as sheet_drawings
from extract.reading import read as read_report
from tests.comparing import assert_exact
from tests.kit import xlsx
from tests.kit.doc import converted, needs_libreoffice
from tests.kit.truth import make_report
from tests.test_xlsx import made, part_replaced, rows

_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
_KIND = "application/vnd.openxmlformats-officedocument.drawing+xml"
_WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
PICTURE = "<xdr:pic><xdr:spPr><a:noFill/></xdr:spPr></xdr:pic>"
TABLE = (("项目", "件数", "备注", ""), ("规章", 37, 4, "x"), ("文件", None, 5, None), ("合计", 42, None, None))


def shape(fill: str = _WHITE, text: str = "", hidden: str = "0") -> str:
    words = f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>" if text else ""
    name = f'<xdr:nvSpPr><xdr:cNvPr id="2" name="s" hidden="{hidden}"/></xdr:nvSpPr>'
    geometry = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"/>'
    return f"<xdr:sp>{name}<xdr:spPr>{geometry}{fill}</xdr:spPr>{words}</xdr:sp>"


def corner(name: str, row: int, column: int, down: int = 0, right: int = 0) -> str:
    stated = f"<xdr:col>{column}</xdr:col><xdr:colOff>{right}</xdr:colOff><xdr:row>{row}</xdr:row>"
    return f"<xdr:{name}>{stated}<xdr:rowOff>{down}</xdr:rowOff></xdr:{name}>"


def over(inside: str, top: int, left: int, bottom: int, right: int) -> str:
    """Anchor a drawing from the top left corner of one cell to that of another."""
    ends = corner("from", top, left) + corner("to", bottom, right)
    return f"<xdr:twoCellAnchor>{ends}{inside}<xdr:clientData/></xdr:twoCellAnchor>"


def drawn(data: bytes, *anchors: str) -> bytes:
    """Put drawings on the first sheet of a workbook."""
    link = f'<Relationship Id="rId9" Type="{_OFFICE}/drawing" Target="../drawings/drawing9.xml"/>'
    tag = f'<drawing xmlns:r="{_OFFICE}" r:id="rId9"/></worksheet>'
    override = f'<Override PartName="/xl/drawings/drawing9.xml" ContentType="{_KIND}"/></Types>'
    data = part_replaced(data, SHEET, b"</worksheet>", tag.encode())
    buffer = io.BytesIO(part_replaced(data, "[Content_Types].xml", b"</Types>", override.encode()))
    with zipfile.ZipFile(buffer, "a") as package:
        links = f'<Relationships xmlns="{_LINKS}">{link}</Relationships>'
        package.writestr("xl/worksheets/_rels/sheet1.xml.rels", links)
        drawing = f'<xdr:wsDr xmlns:xdr="{_DRAWN}" xmlns:a="{_MAIN}">{"".join(anchors)}</xdr:wsDr>'
        package.writestr("xl/drawings/drawing9.xml", drawing)
    return buffer.getvalue()


def figures(data: bytes) -> list[str]:
    """Return what the cells behind the first column of a sheet print, below its head."""
    (grid,) = (block for block in read(data, "").blocks if isinstance(block, Grid))
    return [found.text for found in grid.cells if found.column and found.row]


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        (over(PICTURE, 1, 1, 2, 2), "[37] 4 x - 5 - 42 - -"),
        (over(PICTURE, 1, 1, 3, 3), "[37] [4] x [图片] [5] - 42 - -"),
        (over(shape(), 1, 1, 3, 3), "[37] [4] x - [5] - 42 - -"),
        (over(shape(text="8"), 2, 1, 3, 2), "37 4 x [图片] 5 - 42 - -"),
        (over(shape("<a:noFill/>"), 1, 1, 3, 3), "37 4 x - 5 - 42 - -"),
        (over(shape("<a:noFill/>", "8"), 2, 1, 3, 2), "37 4 x [图片] 5 - 42 - -"),
        (over(shape(hidden="1"), 1, 1, 3, 3), "37 4 x - 5 - 42 - -"),
        (over(PICTURE, 1, 3, 4, 9), "37 4 x - 5 [图片] 42 - [图片]"),
        (over(PICTURE, 9, 1, 12, 3), "37 4 x - 5 - 42 - -"),
        (
            f'<xdr:oneCellAnchor>{corner("from", 1, 1)}<xdr:ext cx="609600" cy="190500"/>{shape()}</xdr:oneCellAnchor>',
            "[37] 4 x - 5 - 42 - -",
        ),
        (f"<xdr:oneCellAnchor>{corner('from', 1, 1)}</xdr:oneCellAnchor>", "[37] 4 x - 5 - 42 - -"),
        (f"<xdr:absoluteAnchor>{shape()}</xdr:absoluteAnchor>", "[37] [4] x - [5] - [42] - -"),
        (
            f"<xdr:twoCellAnchor>{corner('from', 0, 0, 180000, 600000)}{corner('to', 2, 2, 9, 9)}{shape()}</xdr:twoCellAnchor>",
            "[37] 4 x - 5 - 42 - -",
        ),
    ],
)
def test_figures_under_a_drawing_are_set_apart_and_blanks_it_may_fill_are_none(anchor: str, expected: str) -> None:
    assert [text or "-" for text in figures(drawn(rows(*TABLE), anchor))] == expected.split()


def test_a_merged_cell_is_covered_where_any_of_it_is() -> None:
    def fill(sheet: Worksheet) -> None:
        for line in TABLE:
            sheet.append(list(line))
        sheet["C2"] = sheet["D2"] = None
        sheet.merge_cells("B2:D2")

    assert figures(drawn(made(fill), over(shape(), 1, 3, 2, 4)))[0] == "[37]"
    assert figures(drawn(made(fill), over(PICTURE, 1, 2, 2, 4)))[:2] == ["[37]", ""]


@pytest.mark.parametrize(
    ("area", "expected"),
    [("B2:C2", "37 [4] x - 5 - 42 - -"), ("C2:C4", "37 4 x - [5] - 42 - -"), ("B3:C3", "37 4 x - [5] - 42 - -")],
)
def test_a_figure_hidden_under_a_merged_cell_is_no_blank(area: str, expected: str) -> None:
    """Spreadsheets empty the cells they join; a file in which one holds a figure is damaged, or a program's."""
    data = rows(*TABLE)
    merged = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells><pageMargins'
    assert [
        text or "-" for text in figures(part_replaced(data, SHEET, b"<pageMargins", merged.encode()))
    ] == expected.split()


def test_a_figure_written_into_all_cells_of_a_merged_one_is_one_figure() -> None:
    data = rows(("项目", "件数", "备注"), ("规章", 37, 37))
    merged = '<mergeCells count="1"><mergeCell ref="B2:C2"/></mergeCells><pageMargins'
    assert figures(part_replaced(data, SHEET, b"<pageMargins", merged.encode())) == ["37"]


def test_words_of_drawings_are_lines_above_and_below_the_table() -> None:
    anchors = (
        over(shape(text="说明：略"), 5, 0, 6, 4),
        over(shape(text="某局年报"), 0, 0, 1, 4),
        over(shape(text="9"), 7, 0, 8, 1),
    )
    data = drawn(made(lambda sheet: [sheet.cell(row, 1, f"行{row}") for row in range(3, 6)]), *anchors)
    assert [block.text for block in read(data, "").blocks if isinstance(block, Paragraph)][0::4] == [
        "某局年报",
        "说明：略",
    ]


def test_a_seal_below_the_tables_changes_nothing() -> None:
    truth = make_report(3, "2021", "dense")
    data = xlsx.STYLES["one_sheet"](truth, Random(1))
    last = max(int(str(cell.at).rpartition("!")[2][1:]) for cell in _cells(data))
    assert_exact(drawn(data, over(PICTURE, last + 1, 0, last + 9, 9)), truth)


def _cells(data: bytes) -> list[object]:
    return [
        cell for block in read(data, "").blocks if isinstance(block, Grid) for cell in block.cells if cell.column == 0
    ]


def test_too_many_drawings_are_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_drawings, "MAX_DRAWINGS", 1)
    with pytest.raises(TooBigError):
        read(drawn(rows(*TABLE), *[over(shape(), 1, 1, 2, 2)] * 2), "")
    monkeypatch.setattr(sheet_drawings, "_MOST_BLANKS", 1)
    with pytest.raises(TooBigError):
        read(drawn(rows(*TABLE), over(PICTURE, 1, 1, 3, 3)), "")


def print_areas(sheet: Worksheet, area: str) -> None:
    for line in TABLE:
        sheet.append(list(line))
    sheet.print_area = area


@pytest.mark.parametrize(
    ("area", "is_told"), [("A1:D4", False), ("A1:C9 D1:D2", False), ("A1:D3", True), ("A1:A9 C1:C9", True)]
)
def test_figures_outside_the_print_area_are_read_and_told(area: str, is_told: bool) -> None:
    data = made(lambda sheet: print_areas(sheet, area))
    document = read(data, "")
    assert [note.rule for note in document.notes] == ["print_area"] * is_told
    assert figures(data) == figures(rows(*TABLE))


@needs_libreoffice
def test_the_old_format_is_looked_at_likewise() -> None:
    anchors = (over(shape(text="8"), 2, 1, 3, 2), over(shape(), 1, 2, 2, 3), over(shape(text="说明：略"), 9, 0, 11, 4))
    data = drawn(made(lambda sheet: print_areas(sheet, "A1:D3")), *anchors)
    (old,) = converted([data], "xlsx", "xls")
    document = read(old, "")
    assert [text or "-" for text in figures(old)] == ["37", "[4]", "x", "[图片]", "5", "-", "42", "-", "-"]
    assert [note.rule for note in document.notes] == ["print_area"]
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["说明：略"]


def test_a_bitmap_on_a_sheet_of_the_old_format_covers_its_cells() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row, line in enumerate(TABLE):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write(row, column, value)
    sheet.insert_bitmap_data(_bitmap(40, 10), 1, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    assert [text or "-" for text in figures(buffer.getvalue())] == ["[37]", "4", "x", "-", "5", "-", "42", "-", "-"]


def _bitmap(width: int, height: int) -> bytes:
    pixels = bytes(width * 3 + (-width * 3) % 4) * height
    head = b"BM" + (54 + len(pixels)).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little")
    size = (40, width, height)
    return head + b"".join(n.to_bytes(4, "little") for n in size) + b"\1\0\x18\0" + bytes(24) + pixels


def test_a_report_with_a_covered_figure_is_partial() -> None:
    truth = make_report(3, "2021", "dense")
    data = xlsx.STYLES["numbers"](truth, Random(1))
    (asked,) = [c for c in read_report(data, "").cells if (c.table, c.row, c.column) == ("requests", "new", "total")]
    row = int("".join(filter(str.isdigit, asked.at.rpartition("!")[2])))
    column = ord(asked.at.rpartition("!")[2][0]) - ord("A")
    reading = read_report(drawn(data, over(shape(), row - 1, column, row, column + 1)), "")
    states = [c.state for c in reading.cells if c.at == asked.at]
    assert (reading.outcome, states) == ("partial", ["unreadable"])
