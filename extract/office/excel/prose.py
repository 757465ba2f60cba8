"""Narrative that was typed into a sheet, a line a row: told from the rows of its tables, whose cells may be blank.

Sentences are prose wherever they stand; other lines (the signature, the date) before the first table and behind the last.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.html.table import PICTURE_MARK
from extract.labels import vocabulary
from extract.office.table import OfficeTable, Part, TableCell

_SENTENCE = re.compile(r".{8,}[。；;！!]|.{20,}[：:]", re.DOTALL)
_NOTHING = ("", PICTURE_MARK)
_TABLES = ("disclosure", "requests", "review", "statistics")
_Row = tuple[TableCell, ...]


def prose_apart(table: OfficeTable) -> Iterator[Part]:
    """Yield the lines of narrative of a sheet, and its other rows as tables, in order."""
    rows = table.rows
    lone = [_lone_text(row, rows[number + 1 : number + 2]) for number, row in enumerate(rows)]
    printed = [number for number, text in enumerate(lone) if text is None]
    inside = range(printed[0] - 1, printed[-1] + 1) if printed else range(0)
    numbered = enumerate(lone)
    kinds = [text is not None and _is_prose(text, is_inside=number in inside) for number, text in numbered]
    for is_prose, numbers in groupby(range(len(rows)), key=kinds.__getitem__):
        if is_prose:
            yield from (lone[number] or "" for number in numbers)
        else:
            yield OfficeTable(tuple(rows[number] for number in numbers))


def _lone_text(row: _Row, following: Sequence[_Row]) -> str | None:
    """Return the text of a row that prints nothing but its first cell; ``None`` for any other row."""
    first = row[0]
    if any(cell.is_continued for cell in (*row, *(below for line in following for below in line[:1]))):
        return None
    return first.text if first.text and all(cell.text in _NOTHING for cell in row[1:]) else None


def _is_prose(text: str, is_inside: bool) -> bool:
    return not _is_label(text) and (not is_inside or bool(_SENTENCE.fullmatch(text)))


def _is_label(text: str) -> bool:
    words = vocabulary()
    return words.group(text) is not None or any(words.meanings(text, table) for table in _TABLES)
