"""XLS (BIFF 2 to 8), read with xlrd: pure Python, and it tells error values from empty cells."""

import io
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import xlrd

from extract.damage import damage_is_corrupt
from extract.errors import EncryptedError, TooBigError
from extract.limits import MAX_GRID_CELLS
from extract.model import Finding
from extract.office.excel.drawings import cover, words_around
from extract.office.excel.looks import LOW_POINTS, NARROW_CHARACTERS, CellLook
from extract.office.excel.numbers import printed_number, printed_text
from extract.office.excel.rules import apply_rules
from extract.office.excel.sheets import MAX_SHEETS, Area, Place, Sheet, hidden_sheets
from extract.office.xls.drawings import drawings
from extract.office.xls.looks import LegacyLooks
from extract.office.xls.records import Record, sheets_of
from extract.office.xls.rules import hiding_rules

_WIDTH_UNITS, _HEIGHT_UNITS = 256, 20
"""Of a character's width, and of a point."""

_ENCRYPTED = "encrypted"
_UNICODE, _CHINESE = 80, "gb18030"
"""The first version of the format, as xlrd counts, whose texts need no code page; and what older ones that state none are in."""

_PRINTED = ("Print_Area", "_xlnm.Print_Area")
"""What xlrd calls the areas that are printed, and what LibreOffice does."""


def read_workbook(data: bytes) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """Return the visible sheets, and notes about hidden ones. Raises an ``ExtractError`` for anything else."""
    with damage_is_corrupt("workbook"):
        book = _opened(data)
        if book.nsheets > MAX_SHEETS:
            raise TooBigError(f"more than MAX_SHEETS = {MAX_SHEETS} sheets")
        shown = [sheet for sheet in book.sheets() if not sheet.visibility]
        hidden = [sheet.name for sheet in book.sheets() if sheet.visibility]
        looks = LegacyLooks(book)
        records = sheets_of(data)
        given = ((sheet, records[sheet.number] if sheet.number < len(records) else []) for sheet in shown)
        return tuple(_sheet(book, sheet, looks, found) for sheet, found in given), hidden_sheets(hidden)


def _opened(data: bytes) -> Any:
    # Without formatting_info there are no merged areas; xlrd reports on a log that is not ours.
    opened = partial(xlrd.open_workbook, file_contents=data, formatting_info=True, ragged_rows=True)
    try:
        book = opened(logfile=io.StringIO())
        is_of_no_code_page = book.biff_version < _UNICODE and not book.codepage
        return opened(logfile=io.StringIO(), encoding_override=_CHINESE) if is_of_no_code_page else book
    except xlrd.XLRDError as error:
        if _ENCRYPTED in str(error).lower():
            raise EncryptedError("the workbook needs a password") from error
        raise


def _sheet(book: Any, sheet: Any, looks: LegacyLooks, records: Sequence[Record]) -> Sheet:
    texts = _texts(book, sheet, looks)
    apply_rules(hiding_rules(records, book.colour_map), texts)
    drawn = list(drawings(records))
    above, below = words_around(drawn, texts)
    merged = [Area(top, left, end - 1, beside - 1) for top, end, left, beside in sheet.merged_cells]
    cover(drawn, texts, merged)
    return Sheet(
        str(sheet.name),
        texts,
        merged,
        frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden or _is_low(info)),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden or _is_narrow(info)),
        printed=tuple(_print_areas(book, sheet.number)),
        above=above,
        below=below,
    )


def _texts(book: Any, sheet: Any, looks: LegacyLooks) -> dict[Place, str]:
    texts: dict[Place, str] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            look = looks.of(cell.xf_index)
            runs = sheet.rich_text_runlist_map.get((row, column), ())
            text = printed_text(looks.of_runs(cell.value, runs), look.code) if runs else _text(book, cell, look)
            if text.strip() and (sheet.show_zero_values or cell.value != 0):
                is_unseen = look.is_unseen or _may_be_formula(sheet, cell)
                texts[row, column] = look._replace(is_unseen=is_unseen).printed(text)
        if len(texts) > MAX_GRID_CELLS:
            raise TooBigError(f"sheet has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} used cells")
    return texts


def _print_areas(book: Any, sheet: int) -> Iterator[Area]:
    names = (name for name in book.name_obj_list if name.name in _PRINTED and name.scope == sheet)
    for found in (area for name in names for area in _areas_named(name)):
        _, _, top, below, left, beside = found.coords
        yield Area(top, left, below - 1, beside - 1)


def _areas_named(name: Any) -> Sequence[Any]:
    return name.result.value if name.result is not None and isinstance(name.result.value, list) else ()


def _may_be_formula(sheet: Any, cell: Any) -> bool:
    """Say whether a sheet that shows formulas may show one here; xlrd does not tell which cells have one."""
    return bool(sheet.show_formulas) and cell.ctype != xlrd.XL_CELL_TEXT


def _is_low(info: Any) -> bool:
    return not info.has_default_height and 0 <= info.height < LOW_POINTS * _HEIGHT_UNITS


def _is_narrow(info: Any) -> bool:
    return bool(info.width < NARROW_CHARACTERS * _WIDTH_UNITS)


def _text(book: Any, cell: Any, look: CellLook) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return printed_text(str(cell.value), look.code)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return printed_number(repr(cell.value), look.code, is_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERR!"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    return ""
