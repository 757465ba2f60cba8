"""General table extractors on the same files: pdfplumber for PDF, python-docx for DOCX, both of the extra ``bench``.

They know nothing of the form, so their tables are led to cells as a patient person would, and to their advantage:
- Our own vocabulary of labels finds the row: any cell of a table row may hold the label, misprints and all.
- Rows are looked for in all tables, so a table cut by a page break costs nothing. In the requests table the seven
  last cells behind the label that are cells at all are the columns; in the disclosure table the first ones.
- The review table is the first row of 15 values, in the form's order.
- A cell counts as right when it holds the printed number, mark or blank; as missed when no row leads to it or the row
  has another number of cells; as wrong when another number stands there.
"""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

import docx
import pdfplumber

from extract.labels import RowLabel, vocabulary
from extract.text import compact, parse_number
from tests.kit.form import REQUEST_COLUMNS, REVIEW_COLUMNS, REVIEW_ROWS
from tests.kit.truth import Truth, TruthCell

Rows = Sequence[Sequence[str | None]]
_TABLES = ("disclosure", "requests")
_REVIEW_WIDTH = len(REVIEW_ROWS) * len(REVIEW_COLUMNS)


def tables_of_pdf(data: bytes) -> list[Rows]:
    """Return the tables pdfplumber finds with its own settings, page by page."""
    with pdfplumber.open(BytesIO(data)) as document:
        return [table for page in document.pages for table in page.extract_tables()]


def tables_of_docx(data: bytes) -> list[Rows]:
    """Return the tables python-docx gives; a merged cell counts once, where it begins. None where it fails."""
    try:
        return [rows for table in docx.Document(BytesIO(data)).tables for rows in _with_inner(table)]
    except (AttributeError, LookupError, ValueError):  # the strict form of the format, cells in content controls
        return []


def _with_inner(table: Any) -> Iterator[Rows]:
    """Yield the rows of a table, and those of the tables inside its cells."""
    seen: dict[Any, str] = {}
    rows: list[list[str]] = []
    for row in table.rows:
        new = {cell._tc: cell for cell in row.cells if cell._tc not in seen}
        seen |= {element: cell.text for element, cell in new.items()}
        rows.append([seen[element] for element in new])
        for cell in new.values():
            for inner in cell.tables:
                yield from _with_inner(inner)
    yield rows


PEERS: dict[str, tuple[str, Callable[[bytes], list[Rows]]]] = {
    "pdf": ("pdfplumber", tables_of_pdf),
    "docx": ("python-docx", tables_of_docx),
}
"""The peer of a format and what it does with a file."""


def grade_tables(tables: list[Rows], truth: Truth) -> tuple[int, int, int]:
    """Return how many cells of the truth the tables have right, lack, and have wrong."""
    rows = [row for table in tables for row in table]
    printed = dict(_labelled(rows)) | dict(_review(rows))
    right = missed = wrong = 0
    for cell in truth.cells:
        text = _at(cell, printed.get((cell["table"], cell["row"], cell["item"])), truth)
        if text is None:
            right, missed = (right + 1, missed) if cell["state"] == "absent" else (right, missed + 1)
        elif _same(cell, text):
            right += 1
        elif parse_number(text).state == "unreadable":
            missed += 1
        else:
            wrong += 1
    return right, missed, wrong


Name = tuple[str, str, str | None]


def _labelled(rows: Rows) -> Iterator[tuple[Name, list[str]]]:
    for row in rows:
        cells = [cell for cell in row if cell is not None]
        places = [place for place, cell in enumerate(cells) if _label(cell) is not None]
        if not places:
            continue
        label = _label(cells[places[-1]])
        assert label is not None
        after = cells[places[-1] + 1 :]
        item = None
        if label.row == "other_services" and after and parse_number(after[0]).state == "unreadable":
            item, after = compact(after[0]), after[1:]
        if any(parse_number(text).state == "reported" for text in after):  # else it is a header: 其他, 总计
            yield (label.table, label.row, item), after


def _label(text: str) -> RowLabel | None:
    words = vocabulary()
    return words.row(text, _TABLES) or words.resembling(text, _TABLES)


def _review(rows: Rows) -> Iterator[tuple[Name, list[str]]]:
    width = len(REVIEW_COLUMNS)
    for row in rows:
        cells = [cell for cell in row if cell is not None]
        if len(cells) == _REVIEW_WIDTH and all(parse_number(cell).state != "unreadable" for cell in cells):
            for place, (name, _) in enumerate(REVIEW_ROWS):
                yield ("review", name, None), cells[place * width : (place + 1) * width]
            return


def _at(cell: TruthCell, values: list[str] | None, truth: Truth) -> str | None:
    """Return the text at a cell's column, counted from the end where the table is the requests table."""
    if values is None:
        return None
    columns = _columns(cell, truth)
    if cell["column"] not in columns:
        return None
    values = values[-len(columns) :] if cell["table"] == "requests" else values[: len(columns)]
    return values[columns.index(cell["column"])] if len(values) == len(columns) else None


def _columns(cell: TruthCell, truth: Truth) -> list[str]:
    if cell["table"] == "requests":
        return [name for name, _ in REQUEST_COLUMNS]
    if cell["table"] == "review":
        return [name for name, _ in REVIEW_COLUMNS]
    place = (cell["table"], cell["row"], cell["item"])
    return [column for table, row, item, column in truth.printed if (table, row, item) == place]


def _same(cell: TruthCell, text: str) -> bool:
    parsed = parse_number(text)
    value = None if cell["value"] is None else float(cell["value"])
    return parsed.state == cell["state"] and (None if parsed.value is None else float(parsed.value)) == value
