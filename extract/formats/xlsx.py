"""Sheets: XLSX from its ZIP and XML, XLS through xlrd. Titles and prose in cells become paragraphs."""

from collections.abc import Iterator

from extract.formats import Format
from extract.model import Document, Finding
from extract.office.excel.prose import prose_apart
from extract.office.excel.sheets import Sheet, hidden_notes, to_table
from extract.office.table import Part, lay_out
from extract.office.xls import workbook as xls_workbook
from extract.office.xlsx import workbook as xlsx_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_XLS = "application/vnd.ms-excel"
_ZIP_SIGNATURE = b"PK"


def read(data: bytes, charset_hint: str) -> Document:
    """Read the visible sheets of a workbook, each as one table, with numbers as their cells print them.

    The hint is not used. Raises ``EncryptedError`` for a workbook with a password, ``UnsupportedError`` for XLSB,
    ``TooBigError`` past a limit and ``CorruptError`` for anything damaged.
    """
    del charset_hint
    is_zip = data.startswith(_ZIP_SIGNATURE)
    sheets, notes = (xlsx_workbook if is_zip else xls_workbook).read_workbook(data)
    blocks, left_out = lay_out(part for sheet in sheets for part in _parts(sheet))
    about: list[Finding] = [finding for sheet in sheets for finding in hidden_notes(sheet)]
    return Document(_XLSX if is_zip else _XLS, blocks, (), (*notes, *left_out, *about))


def _parts(sheet: Sheet) -> Iterator[Part]:
    yield from sheet.above
    yield from prose_apart(to_table(sheet))
    yield from sheet.below


FORMAT = Format("xlsx", (_XLSX, _XLS), read)
