"""Excel workbooks: one a table, with a second sheet that says what the columns mean.

Written row by row as SpreadsheetML (ECMA-376, part 1): libraries for it hold a sheet in memory or need to be installed.
Numbers are numbers; all else is text, so that no code loses a zero and no text is run as a formula.
"""

import os
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from store.errors import StoreError
from store.exports.formats import Format
from store.exports.tables import Column, Gap, Row
from store.exports.written import plain

MAX_ROWS = 1_048_576
"""Rows of a sheet, with that of the names."""

MAX_TEXT = 32_767
"""Characters of a cell."""

_NAMESPACE = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_NAMESPACE}/spreadsheetml/2006/main"'
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_NAMESPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_KINDS}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_NAMESPACE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_NAMESPACE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_NAMESPACE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_NAMESPACE}/officeDocument/2006/relationships"><sheets>'
    '<sheet name="rows" sheetId="1" r:id="r1"/><sheet name="columns" sheetId="2" r:id="r2"/></sheets></workbook>',
}
_SHEET = (
    f'<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>\n'
)
_SHEET_END = "</sheetData></worksheet>\n"


class TooMuchForASheetError(StoreError):
    """A table has more rows, or a cell more characters, than a sheet may hold; nothing is cut."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            f"{name}: {what}, more than a sheet of Excel holds; narrow it with --region or --year, or use csv"
        )


def _write(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    with path.open("wb") as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as book:
            for name, content in _PARTS.items():
                with book.open(_member(name), "w") as part:
                    part.write((_HEAD + content).encode())
            with book.open(_member("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as part:
                _write_sheet(part, path.name, chain([tuple(column.name for column in columns)], rows))
            with book.open(_member("xl/worksheets/sheet2.xml"), "w") as part:
                told = ((column.name, column.type, column.description) for column in columns)
                _write_sheet(part, path.name, chain([("column", "type", "meaning")], told))
        file.flush()
        os.fsync(file.fileno())


def _member(name: str) -> ZipInfo:
    """Name a part of the book, with the day that ZIP begins with: the same data gives the same bytes."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


def _write_sheet(part: IO[bytes], name: str, rows: Iterable[Row]) -> None:
    part.write((_HEAD + _SHEET).encode())
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise TooMuchForASheetError(name, f"more than {MAX_ROWS - 1} rows")
        part.write(f"<row>{''.join(_cell(name, value) for value in row)}</row>\n".encode())
    part.write(_SHEET_END.encode())


def _cell(name: str, value: Any) -> str:
    if value is None or isinstance(value, Gap) or value == "":
        return "<c/>"
    if isinstance(value, int | float):
        return f"<c><v>{plain(value)}</v></c>"
    if len(value) > MAX_TEXT:
        raise TooMuchForASheetError(name, f"a text of {len(value)} characters")
    text = escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", value))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


FORMAT = Format(
    name="xlsx",
    suffix=".xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=_write,
    tables=frozenset(("reports", "panel", "panel_states", "coverage", "agencies", "codebook")),
    told="- The second sheet of a workbook says what its columns mean. Long tables are in CSV only.\n",
)
