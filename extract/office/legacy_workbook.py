"""XLS (BIFF 2 to 8), read with xlrd: pure Python, and it tells error values from empty cells."""

import io
from typing import Any

import xlrd

from extract.damage import damage_is_corrupt
from extract.errors import EncryptedError, TooBigError
from extract.limits import MAX_GRID_CELLS
from extract.model import Finding
from extract.office.numbers import GENERAL, printed_number
from extract.office.sheets import MAX_SHEETS, Area, Sheet, hidden_sheets

_ENCRYPTED = "encrypted"


def read_workbook(data: bytes) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """Return the visible sheets, and notes about hidden ones. Raises an ``ExtractError`` for anything else."""
    with damage_is_corrupt("workbook"):
        book = _opened(data)
        if book.nsheets > MAX_SHEETS:
            raise TooBigError(f"more than MAX_SHEETS = {MAX_SHEETS} sheets")
        shown = [sheet for sheet in book.sheets() if not sheet.visibility]
        hidden = [sheet.name for sheet in book.sheets() if sheet.visibility]
        return tuple(_sheet(book, sheet) for sheet in shown), hidden_sheets(hidden)


def _opened(data: bytes) -> Any:
    try:
        # Without formatting_info there are no merged areas; xlrd reports on a log that is not ours.
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if _ENCRYPTED in str(error).lower():
            raise EncryptedError("the workbook needs a password") from error
        raise


def _sheet(book: Any, sheet: Any) -> Sheet:
    texts = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            text = _text(book, cell)
            if text.strip() and (sheet.show_zero_values or cell.value != 0):
                texts[row, column] = text
        if len(texts) > MAX_GRID_CELLS:
            raise TooBigError(f"sheet has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} used cells")
    return Sheet(
        str(sheet.name),
        texts,
        tuple(Area(top, left, below - 1, beside - 1) for top, below, left, beside in sheet.merged_cells),
        frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
    )


def _text(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return printed_number(repr(cell.value), _format(book, cell.xf_index), is_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERR!"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    return ""


def _format(book: Any, style: int | None) -> str:
    if style is None or not 0 <= style < len(book.xf_list):
        return GENERAL
    found = book.format_map.get(book.xf_list[style].format_key)
    return GENERAL if found is None else str(found.format_str)
