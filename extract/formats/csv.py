"""Separated values (CSV), as sheets are saved for publication: narrative, tables and notes one after the other.

Each field is a cell in the column it stands in; a record that has lost or gained a field ends elsewhere than the others.
"""

from collections import Counter
from dataclasses import replace

from extract.errors import CorruptError, TooBigError
from extract.formats import Format
from extract.html.charset import decode
from extract.limits import MAX_TEXT_CHARACTERS
from extract.model import Document
from extract.office.excel.prose import prose_apart
from extract.office.table import COLUMN_WIDTH, OfficeTable, TableCell, lay_out
from extract.plain_text.separated import Record, records, separator
from extract.text import CUT, LOST
from extract.traditional import NOTE, is_traditional, simplified

_MOST_ALIKE = 0.9


def read(data: bytes, hint: str) -> Document:
    """Read the records of a file as the rows of one table; prose in it becomes paragraphs.

    Raises ``CorruptError`` for bytes that are no text and ``TooBigError`` past a limit.
    """
    printed = decode(data, hint)[0]
    text = simplified(printed)
    if "\0" in text:
        raise CorruptError("the file holds NUL characters: it is not text")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise TooBigError(f"more than {MAX_TEXT_CHARACTERS} characters of text")
    found = list(records(_ended(text), separator(text)))
    blocks, _ = lay_out(prose_apart(OfficeTable(tuple(map(_row, _uneven_marked(found))))))
    return Document("text/csv", blocks, notes=(NOTE,) if is_traditional(printed) else ())


def _ended(text: str) -> str:
    """Mark the number with which a file breaks off amid its last line: more digits may have stood behind (7 of 76)."""
    return text + CUT if text[-1:].isdigit() else text


def _uneven_marked(found: list[Record]) -> list[Record]:
    """Mark the records with a field more or less than nearly all others: whose values are whose is not known.

    Where a program drops blank fields at the end, records end anywhere, and that says nothing.
    """
    several = [len(record.fields) for record in found if len(record.fields) > 1]
    usual, count = Counter(several).most_common(1)[0] if several else (0, 0)
    if count < _MOST_ALIKE * len(several):
        return found
    return [
        record if len(record.fields) in (1, usual) else replace(record, fields=(*record.fields, LOST))
        for record in found
    ]


def _row(record: Record) -> tuple[TableCell, ...]:
    return tuple(
        TableCell(
            place * COLUMN_WIDTH, (place + 1) * COLUMN_WIDTH, (field,), at=f"line {record.line} field {place + 1}"
        )
        for place, field in enumerate(record.fields)
    )


FORMAT = Format("csv", ("text/csv",), read)
