"""Read a `.dta` file of release 118 by its own map, as its description has it, and by nothing of what wrote it."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECTIONS = (
    "stata_dta",
    "map",
    "variable_types",
    "varnames",
    "sortlist",
    "formats",
    "value_label_names",
    "variable_labels",
    "characteristics",
    "data",
    "strls",
    "value_labels",
)
WIDTHS = {65526: ("<d", 8), 65528: ("<i", 4)}


@dataclass(frozen=True)
class Stata:
    names: list[str]
    labels: list[str]
    formats: list[str]
    rows: list[list[Any]]
    value_labels: dict[int, str]


def read_stata(path: Path) -> Stata:
    """Raises when a section is not where the map says; a missing number is ``.`` with its letter, if any."""
    data = path.read_bytes()
    start = data.index(b"<map>") + 5
    places = struct.unpack("<14Q", data[start : start + 112])
    assert places[-1] == len(data)
    assert data[places[-2] :] == b"</stata_dta>"
    part = {name: _content(data, places[number], name) for number, name in enumerate(SECTIONS) if number}
    columns = struct.unpack("<H", _content(data, data.index(b"<K>"), "K"))[0]
    count = struct.unpack("<Q", _content(data, data.index(b"<N>"), "N"))[0]
    types = struct.unpack(f"<{columns}H", part["variable_types"])
    texts = {name: _texts(part[name], columns) for name in ("varnames", "variable_labels", "formats")}
    return Stata(
        texts["varnames"],
        texts["variable_labels"],
        texts["formats"],
        _rows(part["data"], types, count),
        _labels(part["value_labels"]),
    )


def _content(data: bytes, start: int, tag: str) -> bytes:
    opening, closing = f"<{tag}>".encode(), f"</{tag}>".encode()
    assert data[start : start + len(opening)] == opening
    return data[start + len(opening) : data.index(closing, start)]


def _texts(part: bytes, columns: int) -> list[str]:
    width = len(part) // columns
    return [part[at : at + width].split(b"\0")[0].decode() for at in range(0, len(part), width)]


def _rows(data: bytes, types: tuple[int, ...], count: int) -> list[list[Any]]:
    rows, at = [], 0
    for _ in range(count):
        row: list[Any] = []
        for kind in types:
            form, width = WIDTHS.get(kind, ("", kind))
            row.append(_value(data[at : at + width], form))
            at += width
        rows.append(row)
    assert at == len(data)
    return rows


def _value(raw: bytes, form: str) -> Any:
    if not form:
        return raw.rstrip(b"\0").decode()
    bits = int.from_bytes(raw, "little")
    number = (bits - 0x7FE0000000000000) >> 40 if form == "<d" else bits - 2147483621
    if 0 <= number <= 26 and (form == "<i" or bits >= 0x7FE0000000000000):
        return f".{chr(96 + number)}" if number else "."
    return struct.unpack(form, raw)[0]


def _labels(part: bytes) -> dict[int, str]:
    if not part:
        return {}
    table = part[len("<lbl>") + 4 + 129 + 3 : -len("</lbl>")]
    count, length = struct.unpack("<ii", table[:8])
    starts = struct.unpack(f"<{count}i", table[8 : 8 + 4 * count])
    values = struct.unpack(f"<{count}i", table[8 + 4 * count : 8 + 8 * count])
    text = table[8 + 8 * count :]
    assert len(text) == length
    return {value: text[at:].split(b"\0")[0].decode() for at, value in zip(starts, values, strict=True)}
