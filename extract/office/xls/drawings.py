"""Drawings of an XLS, which xlrd does not give: OfficeArt in the records MSODRAWING, one OBJ and perhaps a TXO for each.

[MS-XLS], 2.4.181, 2.4.189, 2.4.329 and 2.5.193; [MS-ODRAW], 2.2.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.office.excel.drawings import Content, Drawing
from extract.office.excel.sheets import Area
from extract.office.xls.records import Record

_ART, _GOES_ON, _OBJECT, _TEXT = 0x00EC, 0x003C, 0x005D, 0x01B6
_SHAPE, _PROPERTIES, _ANCHOR, _DATA = 0xF004, 0xF00B, 0xF010, 0xF011
_CONTAINER = 0xF
_FILLS, _SHOWS = 0x01BF, 0x03BF
"""Properties of an OfficeArt shape: a bit for each, and 16 bits above it one that says whether it holds."""

_FILLED, _HIDDEN = 0x10, 0x2
_PICTURES = (5, 8)
"""Charts and pictures among the kinds of objects."""

_NOT_DRAWN = (0, 0x14, 0x19)
"""Groups, which have nothing of their own; arrows of filters and lists; notes, which are shown when asked for."""

_COMMON = b"\x15\0\x12\0"
"""Head of what every OBJ of BIFF8 begins with."""

_DX, _DY = 1024, 256
_LEAST, _MOST = 0.2, 0.8
"""Shares of a cell: what covers less, or begins further in, leaves its figure to be seen."""


class _Shape(NamedTuple):
    """A shape with an anchor: where it lies, and whether it is filled and shown."""

    area: Area
    is_filled: bool
    is_shown: bool


class _Object(NamedTuple):
    """An object: its kind, its words, and in the older form where it lies."""

    kind: int
    area: Area | None = None
    words: str = ""

    @property
    def content(self) -> Content:
        return "picture" if self.kind in _PICTURES else "text" if self.words else ""


def drawings(records: Sequence[Record]) -> Iterator[Drawing]:
    """Yield what lies on a sheet of these records. Raises whatever a damaged record makes the parser raise."""
    listed = list(_objects(records))
    shapes = list(_shapes(_art(records)))
    found = [drawn for drawn in listed if drawn.area is None]
    if len(shapes) != len(found):
        # Which object a shape has is not known then.
        found = [_Object(_PICTURES[-1])] * len(shapes)
    for shape, drawn in zip(shapes, found, strict=True):
        if shape is not None and shape.is_shown and (shape.is_filled or drawn.content):
            yield from _drawn(shape.area, drawn)
    for drawn in listed:
        if drawn.area is not None:
            yield from _drawn(drawn.area, drawn)


def _drawn(area: Area, drawn: _Object) -> Iterator[Drawing]:
    if drawn.kind not in _NOT_DRAWN:
        yield Drawing(area, drawn.content, drawn.words)


def _art(records: Sequence[Record]) -> bytes:
    """Return the OfficeArt of a sheet, which its objects interrupt."""
    pieces = []
    is_art = False
    for record in records:
        is_art = record.kind == _ART or (is_art and record.kind == _GOES_ON)
        if is_art:
            pieces.append(record.data)
    return b"".join(pieces)


def _objects(records: Sequence[Record]) -> Iterator[_Object]:
    found: _Object | None = None
    for number, record in enumerate(records):
        if record.kind == _OBJECT:
            if found is not None:
                yield found
            found = _object(record.data)
        elif record.kind == _TEXT and found is not None:
            found = found._replace(words=_words(record.data, records[number + 1 : number + 2]))
    if found is not None:
        yield found


def _object(data: bytes) -> _Object:
    """Return what OBJ says; before BIFF8, and of what some writers put into BIFF8 as it was before, where it lies too."""
    (kind,) = struct.unpack_from("<H", data, 4)
    return _Object(kind) if data.startswith(_COMMON) else _Object(kind, _area(data[8:]))


def _words(said: bytes, following: Sequence[Record]) -> str:
    (length,) = struct.unpack_from("<H", said, 10)
    text = following[0].data if following and length else b"\0"
    return (text[1:].decode("utf-16-le", "replace") if text[0] & 1 else text[1:].decode("latin-1"))[:length].strip()


def _shapes(art: bytes) -> Iterator[_Shape | None]:
    """Yield the shapes that have an object, in order; ``None`` for one within a group, which covers no cells of its own."""
    area: Area | None = None
    properties: dict[int, int] = {}
    place = 0
    while place + 8 <= len(art):
        head, kind, size = struct.unpack_from("<HHI", art, place)
        place += 8
        if kind == _SHAPE:
            area, properties = None, {}
        if head & 0xF == _CONTAINER:
            continue
        data = art[place : place + size]
        place += size
        if kind == _ANCHOR:
            area = _area(data)
        elif kind == _PROPERTIES:
            properties = dict(struct.unpack_from("<HI", data, 6 * number) for number in range(head >> 4))
        elif kind == _DATA:
            yield (
                None
                if area is None
                else _Shape(
                    area, _holds(properties, _FILLS, _FILLED, True), not _holds(properties, _SHOWS, _HIDDEN, False)
                )
            )


def _holds(properties: dict[int, int], name: int, bit: int, otherwise: bool) -> bool:
    stated = properties.get(name, 0)
    return bool(stated & bit) if stated & bit << 16 else otherwise


def _area(data: bytes) -> Area:
    """Return the cells that a drawing covers, those not counted of which it covers a corner."""
    left, right_of, top, below, right, into, bottom, down = struct.unpack_from("<8H", data, 2)
    top, left = top + (below / _DY > _MOST), left + (right_of / _DX > _MOST)
    return Area(top, left, max(top, bottom - (down / _DY < _LEAST)), max(left, right - (into / _DX < _LEAST)))
