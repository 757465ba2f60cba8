"""Rows of table 1 with blanks that lost a cell: the others then stand for columns that are not theirs.

Headers tell how many cells a row has, and whole rows whether other cells stand before the columns (below a label that
spans two).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.forms.disclosure import INFORMATION
from extract.forms.flattened.offsets import offset_below
from extract.forms.flattened.rows import Line
from extract.forms.slots import FormRow
from extract.labels import key, vocabulary

ReadRow = tuple[Line, Line | None, FormRow]
"""A row, the header above it, and what was read."""


def length_of(header: Line | None, wanted: int) -> int:
    """Return how many cells a header for ``wanted`` columns has from 信息内容 on; 0 where there is none.

    In texts where no sign ends a row its line goes on with the first label, or begins with the article.
    """
    if header is None:
        return 0
    goes_on = bool(header.words) and vocabulary().row(header.words[-1].text, ("disclosure",)) is not None
    start = next((cell.column for cell in header.words if key(cell.text) in INFORMATION), 0)
    return 1 + wanted if goes_on else header.length - start


def without_cut(read: Sequence[ReadRow], last: Line) -> Iterator[FormRow]:
    """Yield rows, those without a reading that may have lost a cell with a figure.

    Headers tell nothing of it where whole rows are not filled up as they are; ``last``, the last row of a table, need not be.
    Where the figures of a whole row do not stand below its header, no row with blanks is believed.
    """
    whole = [(line, _beyond(header, row)) for line, header, row in read if row.is_full and row.item is None]
    is_apart = any(line.values[0] is not line.filled[0] for line, _ in whole)
    is_beside = any(row.is_full and _is_beside(line, header, len(row.columns)) for line, header, row in read)
    is_filled_up = all(len(line.values) > len(line.filled) for line, beyond in whole if beyond > 0)
    for line, header, row in read:
        wanted = len(row.columns)
        is_packed = len(line.values) == wanted
        is_short = (
            is_filled_up and _beyond(header, row) > len(line.values) - wanted and not (is_packed and line is last)
        )
        cut = is_short or is_beside or (is_apart and is_packed and row.item is None)
        yield replace(row, options=()) if cut and line.complete and len(line.filled) < wanted else row


def _is_beside(line: Line, header: Line | None, wanted: int) -> bool:
    """Say whether the figures of a whole row do not stand below their headers, but beside a column of blank cells."""
    offset = offset_below(line, header, wanted) if line.complete and header and line.length == header.length else None
    return offset is not None and line.values.index(line.filled[0]) != offset


def _beyond(header: Line | None, row: FormRow) -> int:
    """Return how many cells of a header are no columns."""
    return length_of(header, len(row.columns)) - 1 - len(row.columns)
