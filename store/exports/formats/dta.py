"""Stata: a `.dta` file of release 118 (Stata 14 and later), with labels, and the reason in every missing value.

Stata has 26 kinds of missing numbers beside the plain one; the states of a cell are the first of them, so that `tab x, miss`
tells a blank from a figure that could not be read. The format is that of https://www.stata.com/help.cgi?dta.
"""

import os
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from store.errors import StoreError
from store.exports.formats import Format
from store.exports.panel import STATES
from store.exports.tables import Column, Gap, Row

_MAX_BYTES = 2045
"""Longest text that stands in a row."""

_NUMBERED = {state: number for number, state in enumerate((s for s in STATES if s != "reported"), start=1)}
"""``.a`` for the first state, ``.b`` for the second, …"""

_LONG_MISSING = 2_147_483_621
_DOUBLE_MISSING, _DOUBLE_STEP = 0x7FE0_0000_0000_0000, 0x0000_0100_0000_0000
_EPOCH = date(1960, 1, 1).toordinal()
_LABEL = "why_empty"


class TextTooLongError(StoreError):
    """A text is longer than a row of a Stata file may hold; it is not cut."""

    def __init__(self, column: str, length: int) -> None:
        super().__init__(f"{column}: a text of {length} bytes is too long for Stata ({_MAX_BYTES}); use --format csv")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How values of a column are kept: Stata's number of the type, how it is shown, and the bytes of a value."""

    code: int
    shown: str
    packed: Callable[[Any], bytes]
    labelled: bool = False


def _write(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    widths, count = _measured(columns, rows)
    kinds = [_kind(column, width) for column, width in zip(columns, widths, strict=True)]
    with path.open("wb") as file:
        starts = [file.tell()]
        file.write(b"<stata_dta>" + _header(len(columns), count))
        starts.append(file.tell())
        file.write(_tagged("map", bytes(14 * 8)))
        for tag, content in _descriptions(columns, kinds):
            starts.append(file.tell())
            file.write(_tagged(tag, content))
        starts.append(file.tell())
        _write_rows(file, kinds, rows)
        for tag, content in (
            ("strls", b""),
            ("value_labels", _value_labels() if any(k.labelled for k in kinds) else b""),
        ):
            starts.append(file.tell())
            file.write(_tagged(tag, content))
        starts.append(file.tell())
        file.write(b"</stata_dta>")
        starts.append(file.tell())
        file.seek(starts[1])
        file.write(_tagged("map", struct.pack("<14Q", *starts)))
        file.flush()
        os.fsync(file.fileno())


def _measured(columns: Sequence[Column], rows: Iterable[Row]) -> tuple[list[int], int]:
    """Return the bytes that the texts of each column need, and the number of rows."""
    texts = [place for place, column in enumerate(columns) if column.type in ("string", "datetime")]
    widths, count = [1] * len(columns), 0
    for row in rows:
        count += 1
        for place in texts:
            widths[place] = max(widths[place], len(str(row[place] or "").encode()))
    for column, width in zip(columns, widths, strict=True):
        if width > _MAX_BYTES:
            raise TextTooLongError(column.name, width)
    return widths, count


def _kind(column: Column, width: int) -> _Kind:
    kinds = {
        "number": _Kind(65526, "%10.0g", _double, labelled=True),
        "integer": _Kind(65528, "%12.0g", _long),
        "year": _Kind(65528, "%12.0g", _long),
        "boolean": _Kind(65528, "%12.0g", _long),
        "date": _Kind(65528, "%tdCCYY-NN-DD", _day),
    }
    return kinds.get(column.type) or _Kind(width, f"%-{min(width, 244)}s", lambda value: _text(value, width))


def _double(value: Any) -> bytes:
    if value is None or isinstance(value, Gap):
        return struct.pack("<Q", _DOUBLE_MISSING + _DOUBLE_STEP * (_NUMBERED[value.state] if value else 0))
    return struct.pack("<d", value)


def _long(value: Any) -> bytes:
    return struct.pack("<i", _LONG_MISSING if value is None else value)


def _day(value: Any) -> bytes:
    return _long(date.fromisoformat(value).toordinal() - _EPOCH if value else None)


def _text(value: Any, width: int) -> bytes:
    return str(value if value is not None else "").encode().ljust(width, b"\0")


def _header(columns: int, rows: int) -> bytes:
    parts = (
        _tagged("release", b"118"),
        _tagged("byteorder", b"LSF"),
        _tagged("K", struct.pack("<H", columns)),
        _tagged("N", struct.pack("<Q", rows)),
        _tagged("label", struct.pack("<H", 0)),
        _tagged("timestamp", b"\0"),
    )
    return _tagged("header", b"".join(parts))


def _descriptions(columns: Sequence[Column], kinds: Sequence[_Kind]) -> Iterator[tuple[str, bytes]]:
    yield "variable_types", b"".join(struct.pack("<H", kind.code) for kind in kinds)
    yield "varnames", b"".join(_text(column.name, 129) for column in columns)
    yield "sortlist", bytes(2 * (len(columns) + 1))
    yield "formats", b"".join(_text(kind.shown, 57) for kind in kinds)
    yield "value_label_names", b"".join(_text(_LABEL if kind.labelled else "", 129) for kind in kinds)
    yield "variable_labels", b"".join(_text(column.description[:80], 321) for column in columns)
    yield "characteristics", b""


def _write_rows(file: BinaryIO, kinds: Sequence[_Kind], rows: Iterable[Row]) -> None:
    file.write(b"<data>")
    for row in rows:
        file.write(b"".join(kind.packed(value) for kind, value in zip(kinds, row, strict=True)))
    file.write(b"</data>")


def _value_labels() -> bytes:
    """Name the states after their missing values; as a number of a label ``.a`` is the one after ``.``."""
    texts = [f"{state}\0".encode() for state in _NUMBERED]
    starts = [sum(map(len, texts[:number])) for number in range(len(texts))]
    values = [_LONG_MISSING + number for number in _NUMBERED.values()]
    count, text = len(texts), b"".join(texts)
    table = struct.pack(f"<ii{count}i{count}i", count, len(text), *starts, *values) + text
    return _tagged("lbl", struct.pack("<i", len(table)) + _text(_LABEL, 129) + bytes(3) + table)


def _tagged(tag: str, content: bytes) -> bytes:
    return b"<%b>%b</%b>" % (tag.encode(), content, tag.encode())


FORMAT = Format(
    name="dta",
    suffix=".dta",
    media_type="application/x-stata-dta",
    write=_write,
    tables=frozenset(("reports", "panel", "coverage", "agencies")),
    told="""- In the Stata files a missing figure says why: `.a` blank, `.b` mark, `.c` unreadable, `.d` absent, `.e` not_on_form, `.f`
  no_form, `.g` not_read (value label `why_empty`). `missing(x)` and `x < .` take all of them for missing.
""",
)
