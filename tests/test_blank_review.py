"""Review tables that are blank from end to end: their cells are blank, not absent, in every file format."""

import io
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from extract.reading import read
from tests.kit.mutants.prints import PRINTS
from tests.kit.story import story
from tests.kit.tables import Rows
from tests.kit.truth import make_report


def printed(name: str) -> bytes:
    """Return a report with a blank review table."""
    truth = make_report(5, "2021", "dense")
    return PRINTS[name][0](truth, [part if isinstance(part, str) else _emptied(part) for part in story(truth)])


def _emptied(rows: Rows) -> Rows:
    if rows[0][0].text != "行政复议":
        return rows
    return [[replace(box, text="") if box.is_value else box for box in row] for row in rows]


def states(data: bytes) -> set[str]:
    return {cell.state for cell in read(data, "").cells if cell.table == "review"}


def changed(change: Callable[[Worksheet, int], object]) -> bytes:
    """Return a workbook with something done to the blank row of its review table."""
    book = openpyxl.load_workbook(io.BytesIO(printed("xlsx")))
    sheet = book.worksheets[0]
    [head] = {cell.row for row in sheet.iter_rows() for cell in row if cell.value == "结果维持" and cell.column > 5}
    change(sheet, head + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def hide(sheet: Worksheet, row: int) -> None:
    sheet.row_dimensions[row].hidden = True


def merge(sheet: Worksheet, row: int) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=15)


@pytest.mark.parametrize("name", ["html", "docx", "rtf", "xlsx", "csv"])
def test_it_is_blank(name: str) -> None:
    assert states(printed(name)) == {"blank"}


@pytest.mark.parametrize("change", [hide, merge])
def test_a_row_that_is_hidden_or_one_cell_is_none_of_it(change: Callable[[Worksheet, int], object]) -> None:
    assert states(changed(change)) == {"absent"}
