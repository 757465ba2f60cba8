"""A report as a workbook, written with openpyxl (XLSX) or xlwt (XLS); see ``STYLES``."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from random import Random

import openpyxl
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.kit import tables
from tests.kit.story import story
from tests.kit.tables import Box, Rows
from tests.kit.truth import Truth

Figure = tuple[str | int | float, str]
"""What a cell stores, and its number format."""


def as_text(box: Box) -> Figure:
    """Store everything as text."""
    return box.text, "@"


def as_number(box: Box) -> Figure:
    """Store figures as numbers with the format that prints them."""
    whole, dot, decimals = box.text.partition(".")
    if not box.is_value or not (whole.removeprefix("-") + decimals).isdecimal():
        return box.text, "General"
    return (float(box.text), "0." + "0" * len(decimals)) if dot else (int(box.text), "General")


def _formatted(box: Box, rng: Random) -> Figure:
    """Store figures as numbers, printed with separators, with a unit, or with marks as accountants have them."""
    value, code = as_number(box)
    if isinstance(value, int):
        return value, rng.choice(
            ("#,##0", "#,##0;-#,##0", "0_ ", "0_);-0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "0"_ ;_ @_ ', "0.00")
        )
    return value, code


def _write(sheet: Worksheet, top: int, rows: Rows, figure: Callable[[Box], Figure], left: int = 1) -> int:
    """Write a table with its merges and return the row below it."""
    for down, line in enumerate(tables.positions(rows)):
        for right, (box, starts, begins) in enumerate(line):
            if not (starts and begins):
                continue
            row, column = top + down, left + right
            cell = sheet.cell(row, column)
            value, cell.number_format = figure(box)
            cell.value = value if value != "" else None
            if box.colspan > 1 or box.rowspan > 1:
                sheet.merge_cells(
                    start_row=row,
                    start_column=column,
                    end_row=row + box.rowspan - 1,
                    end_column=column + box.colspan - 1,
                )
    return top + len(rows)


def _saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _one_sheet(truth: Truth, figure: Callable[[Box], Figure], left: int = 1, gap: int = 0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    top = 1
    for part in story(truth):
        if isinstance(part, str):
            sheet.cell(top, left).value = part
            sheet.merge_cells(start_row=top, start_column=left, end_row=top, end_column=left + 14)
            top += 1 + gap
        else:
            top = _write(sheet, top, part, figure, left) + gap
    return _saved(book)


_INLINE = re.compile(rb't="inlineStr"([^>]*)><is>(.*?)</is>', re.DOTALL)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = (
    b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"'
    b' Target="sharedStrings.xml" Id="rId99"/></Relationships>'
)


def with_shared_strings(data: bytes) -> bytes:
    """Move the texts out of the cells into the part that Excel keeps them in."""
    strings: list[bytes] = []

    def moved(found: re.Match[bytes]) -> bytes:
        strings.append(b"<si>" + found[2] + b"</si>")
        return b't="s"' + found[1] + b"><v>%d</v>" % (len(strings) - 1)

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as good, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in good.namelist():
            content = good.read(name)
            if name.startswith("xl/worksheets/"):
                content = _INLINE.sub(moved, content)
            made.writestr(name, content.replace(b"</Relationships>", _LINK) if "workbook.xml.rels" in name else content)
        made.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">'.encode() + b"".join(strings) + b"</sst>")
    assert strings, "there was no text in a cell"
    return buffer.getvalue()


def one_sheet(truth: Truth, rng: Random) -> bytes:
    """Everything on one sheet, figures as text."""
    return with_shared_strings(_one_sheet(truth, as_text))


def numbers(truth: Truth, rng: Random) -> bytes:
    """Everything on one sheet away from its corner, with empty rows between the parts, figures as numbers."""
    return _one_sheet(truth, as_number, left=3, gap=2)


def formats(truth: Truth, rng: Random) -> bytes:
    """Figures as numbers in the formats of accountants."""
    return _one_sheet(truth, lambda box: _formatted(box, rng))


def sheets(truth: Truth, rng: Random) -> bytes:
    """Prose and tables on sheets of their own; a hidden sheet, row and column hold last year's figures."""
    book = openpyxl.Workbook()
    sheet, top = book.active, 1
    for number, part in enumerate(story(truth)):
        if isinstance(part, str):
            sheet.cell(top, 1).value = part
            top += 1
        else:
            sheet = book.create_sheet(f"表{number}")
            last = _write(sheet, 1, part, as_number)
            beside = tables.width(part) + 1
            sheet.cell(last, 1).value = "规章"
            for column in range(2, beside):
                sheet.cell(last, column).value = 77
            sheet.row_dimensions[last].hidden = True
            for row in range(1, last):
                sheet.cell(row, beside).value = 88
            sheet.column_dimensions[get_column_letter(beside)].hidden = True
            sheet = book.create_sheet(f"文{number}")
            top = 1
    old = book.create_sheet("2012")
    old.sheet_state = "hidden"
    old.append(["规章", 9, 9, 9])
    return _saved(book)


def rich_text(truth: Truth, rng: Random) -> bytes:
    """Labels of several fonts, figures among them."""

    def figure(box: Box) -> Figure:
        half = len(box.text) // 2
        font = InlineFont(rFont="宋体", sz=10)
        pieces = [TextBlock(font, piece) for piece in (box.text[:half], box.text[half:]) if piece]
        return (CellRichText(pieces) if len(pieces) > 1 else box.text), "General"

    return with_shared_strings(_one_sheet(truth, figure))


def xls(truth: Truth, rng: Random) -> bytes:
    """The old binary format."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("年报")
    top = 0
    for part in story(truth):
        if isinstance(part, str):
            sheet.write_merge(top, top, 0, 14, part)
            top += 1
            continue
        for row, column, box in _places(part):
            value, code = as_number(box)
            style = xlwt.easyxf(num_format_str=code)
            ends = top + row, top + row + box.rowspan - 1, column, column + box.colspan - 1
            if box.rowspan == box.colspan == 1:
                sheet.write(top + row, column, value, style)
            else:
                sheet.write_merge(*ends, value, style)
        top += len(part)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _places(rows: Rows) -> Iterator[tuple[int, int, Box]]:
    for row, line in enumerate(tables.positions(rows)):
        for column, (box, starts, begins) in enumerate(line):
            if starts and begins:
                yield row, column, box


STYLES: dict[str, Callable[[Truth, Random], bytes]] = {
    style.__name__: style for style in (one_sheet, numbers, formats, sheets, rich_text, xls)
}
