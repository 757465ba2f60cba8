"""Workbooks of Excel 5 and 95 (BIFF5): texts in a code page, no merged cells."""

import struct
from collections.abc import Mapping

import pytest

from extract.formats.xlsx import read
from extract.reading import read as read_report
from tests.kit import tables
from tests.kit.story import story
from tests.kit.truth import Truth, make_report
from tests.test_forms import wrong

_CELL_STYLE = 15
_WIDEST = 120
"""Characters of the longest text of a cell: the format has room for 255 bytes."""

Cells = Mapping[tuple[int, int], str | float]


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def begin(kind: int) -> bytes:
    return record(0x809, struct.pack("<4H", 0x500, kind, 0, 1996))


def named(text: str) -> bytes:
    encoded = text.encode("gbk")
    return bytes((len(encoded),)) + encoded


def workbook(cells: Cells, code_page: int = 936) -> bytes:
    """Write a book of one sheet, as a bare stream; a code page of 0 is not stated."""
    page = record(0x42, struct.pack("<H", code_page)) if code_page else b""
    font = record(0x31, struct.pack("<5H4B", 200, 0, 0x7FFF, 400, 0, 0, 0, 134, 0) + named("宋体"))
    styles = b"".join(record(0xE0, struct.pack("<3HBB2I", 0, 0, 1, 32, 0, 0x20C0, 0)) for _ in range(_CELL_STYLE + 1))
    head = begin(5) + page + font * 5 + styles
    name = named("表")
    sheet = struct.pack("<IBB", len(head) + 10 + len(name) + 4, 0, 0) + name
    rows, columns = (max(place[axis] for place in cells) + 1 for axis in (0, 1))
    extent = record(0x200, struct.pack("<5H", 0, rows, 0, columns, 0))
    written = b"".join(cell(place, value) for place, value in sorted(cells.items()))
    return head + record(0x85, sheet) + record(0xA) + begin(0x10) + extent + written + record(0xA)


def cell(place: tuple[int, int], value: str | float) -> bytes:
    where = struct.pack("<3H", *place, _CELL_STYLE)
    if not isinstance(value, str):
        return record(0x203, where + struct.pack("<d", value))
    encoded = value.encode("gbk")
    return record(0x204, where + struct.pack("<H", len(encoded)) + encoded)


def cells_of(truth: Truth) -> dict[tuple[int, int], str | float]:
    cells: dict[tuple[int, int], str | float] = {}
    top = 0
    for part in story(truth):
        if isinstance(part, str):
            pieces = [part[place : place + _WIDEST] for place in range(0, len(part), _WIDEST)]
            cells |= {(top + down, 0): piece for down, piece in enumerate(pieces)}
            top += len(pieces)
            continue
        for down, line in enumerate(tables.positions(part)):
            for right, (box, starts, begins) in enumerate(line):
                if starts and begins and box.text:
                    is_number = box.is_value and box.text.removeprefix("-").isdecimal()
                    cells[top + down, right] = float(box.text) if is_number else box.text
        top += len(part) + 1
    return cells


@pytest.mark.parametrize("code_page", [936, 0])
def test_a_report_of_excel_95_comes_back_exact(code_page: int) -> None:
    truth = make_report(7, "2021", "dense")
    reading = read_report(workbook(cells_of(truth), code_page), "a.xls")
    assert wrong(reading, truth) == []
    assert (reading.outcome, reading.agency, reading.year) == ("ok", truth.agency, truth.year)


def test_its_bytes_tell_what_it_is() -> None:
    data = workbook({(0, 0): "规章", (0, 1): 37.0})
    assert [block.text for grid in read(data, "").blocks for block in getattr(grid, "cells", ())] == ["规章", "37"]
    assert read_report(data, "a.xls").media_type == "application/vnd.ms-excel"
