"""The records of an XLS (BIFF8) one after another: what xlrd leaves out of them, and signs that they are damaged.

The format has no check sums, and xlrd passes over records it does not know: a cell whose record lost its kind would be
blank. Known are the kinds that xlrd names, and all from 0x0850 on, where later programs put theirs ([MS-XLS], 2.3).
"""

import io
import struct
from collections.abc import Iterator
from typing import NamedTuple

from xlrd.biffh import biff_rec_name_dict
from xlrd.compdoc import SIGNATURE, CompDoc

from extract.errors import CorruptError

_STREAM = "Workbook"
_BOF, _EOF, _SHEET, _DIMENSIONS, _ROW = 0x0809, 0x000A, 0x0085, 0x0200, 0x0208
_OF_CELLS = 0
_LATER = range(0x0850, 0x1000)
_NO_KINDS = 0x0300
"""From here to those of later programs, kinds are few and known; below, there are some that xlrd does not name."""

_ONE_CELL = frozenset((0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E))
"""FORMULA, BLANK, NUMBER, LABEL, BOOLERR, RSTRING, LABELSST, RK."""

_SIZES = {0x0201: 6, 0x0203: 14, 0x0205: 8, 0x00FD: 10, 0x027E: 10}
"""Bytes of those of one size: one bit makes BLANK of NUMBER, and its figure would be a blank."""

_SEVERAL_CELLS = {0x00BD: 6, 0x00BE: 2}
"""MULRK and MULBLANK, and the bytes of each of their cells; the last two bytes are the last column."""


_CELLS = _ONE_CELL | frozenset(_SEVERAL_CELLS)
_KNOWN = frozenset(biff_rec_name_dict)


class Record(NamedTuple):
    """A record: its kind, and what it holds."""

    kind: int
    data: bytes


def sheets_of(data: bytes) -> list[list[Record]]:
    """Return the records of each sheet in order; none of a book older than BIFF8.

    Raises ``CorruptError`` where cells are damaged, and whatever a broken container makes its parser raise.
    """
    if not data.startswith(SIGNATURE):
        return []
    stream, start, size = CompDoc(data, logfile=io.StringIO()).locate_named_stream(_STREAM)
    content = bytes(stream[start : start + size]) if stream else b""
    listed = (record.data for record in _records(content, 0) if record.kind == _SHEET)
    # Charts are listed too, and xlrd leaves them out.
    places = [int.from_bytes(said[:4], "little") for said in listed if said[5] == _OF_CELLS]
    sheets = [list(_records(content, place)) for place in places]
    for sheet in sheets:
        _refuse_damaged(sheet)
    return sheets


def _records(content: bytes, place: int) -> Iterator[Record]:
    """Yield the records of a part of the stream, without those of charts in it."""
    depth = 0
    while place + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, place)
        place += 4 + size
        depth += {_BOF: 1, _EOF: -1}.get(kind, 0)
        if depth <= 0:
            return
        if depth == 1:
            yield Record(kind, content[place - size : place])


def _refuse_damaged(records: list[Record]) -> None:
    cells = [number for number, record in enumerate(records) if record.kind in _CELLS]
    among = range(cells[0], cells[-1] + 1) if cells else range(0)
    for number, record in enumerate(records):
        if not (record.kind in _KNOWN or record.kind in _LATER or (record.kind < _NO_KINDS and number not in among)):
            raise CorruptError(f"a record of no known kind (0x{record.kind:04X}) stands in a sheet")
    extent = next((_extent(record.data) for record in records if record.kind == _DIMENSIONS), None)
    of_rows = dict(_columns(record.data) for record in records if record.kind == _ROW)
    seen: set[tuple[int, int]] = set()
    for row, column in (place for number in cells for place in _places(records[number])):
        is_outside = extent is not None and not (row in extent[0] and column in extent[1])
        if is_outside or (row, column) in seen or (of_rows.get(row) and column not in of_rows[row]):
            raise CorruptError(f"a cell claims to be in row {row + 1}, column {column + 1}: outside, or there twice")
        seen.add((row, column))


def _columns(data: bytes) -> tuple[int, range]:
    """Return the number of a row, and the columns that it states it uses."""
    row, first, end = struct.unpack_from("<HHH", data)
    return row, range(first, end)


def _extent(data: bytes) -> tuple[range, range] | None:
    """Return the rows and columns that a sheet states it uses; ``None`` where it states none."""
    top, below, left, beside = struct.unpack_from("<IIHH", data)
    return (range(top, below), range(left, beside)) if below > top and beside > left else None


def _places(record: Record) -> Iterator[tuple[int, int]]:
    row, column = struct.unpack_from("<HH", record.data)
    if len(record.data) != _SIZES.get(record.kind, len(record.data)):
        raise CorruptError(f"the cell in row {row + 1}, column {column + 1} is not of its kind")
    if record.kind in _ONE_CELL:
        return iter(((row, column),))
    (last,) = struct.unpack_from("<H", record.data, len(record.data) - 2)
    if (last + 1 - column) * _SEVERAL_CELLS[record.kind] != len(record.data) - 6:
        raise CorruptError(f"cells from column {column + 1} to {last + 1} of row {row + 1} are not of that number")
    return ((row, beside) for beside in range(column, last + 1))
