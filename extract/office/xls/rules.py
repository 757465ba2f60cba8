"""Conditional formats of an XLS, which xlrd does not give: the records CONDFMT and CF of BIFF8 ([MS-XLS], 2.4.56 and
2.4.42), and those in which later programs keep what these cannot say, CONDFMT12 and CF12 (2.4.57 and 2.4.43).
"""

import operator
import struct
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from extract.office.excel.rules import HidingRule
from extract.office.excel.sheets import Area
from extract.office.unseen import WHITE, Colour, look_alike
from extract.office.xls.records import Record

_AREAS, _RULE, _AREAS_12, _RULE_12 = 0x01B0, 0x01B1, 0x0879, 0x087A
_FUTURE, _FORMAT_SIZE = 12, 18
"""Bytes before what CONDFMT12 and CF12 have in common with the older records; where CF12 has the size of its format."""

_BARS, _ICONS = 4, 6
_TAIL = 24
"""Bytes between the formulas of CF12 and what it says of bars and icons, without those of a third formula."""

_UNSHOWN = {_BARS: (3, 0x2, False), _ICONS: (5, 0x1, True)}
"""Where bars and icons say whether the number is shown beside them: the byte, the bit, and how it is if not (2.5.23, 2.5.26)."""

_HAS_NUMBER, _HAS_FONT, _HAS_ALIGNMENT, _HAS_BORDER, _HAS_FILL = (1 << bit for bit in (25, 26, 27, 28, 29))
_HEAD, _FONT, _ALIGNMENT, _BORDER = 12, 118, 8, 8
"""Bytes of a rule before its format, and of the parts of that which come before the fill."""

_STRUCK = 0x80
_NONE = 0xFFFFFFFF
_COMPARISON = 1
_HOLDS: dict[int, Callable[[Decimal, Decimal], bool]] = {
    3: operator.eq,
    4: operator.ne,
    5: operator.gt,
    6: operator.lt,
    7: operator.ge,
    8: operator.le,
}
_TOKENS = {0x1E: "<H", 0x1F: "<d"}
"""A whole number and any other in a formula (2.5.198.66, 2.5.198.79)."""


def hiding_rules(records: Iterable[Record], colours: Any) -> Iterator[HidingRule]:
    """Yield the rules of a sheet that can hide figures; ``colours`` has the book's by their numbers.

    Raises whatever a damaged record makes the parser raise.
    """
    areas: tuple[Area, ...] = ()
    for record in records:
        if record.kind in (_AREAS, _AREAS_12):
            areas = tuple(_areas(record.data[_FUTURE * (record.kind == _AREAS_12) :]))
        elif record.kind == _RULE and _hides(record.data, colours):
            yield _rule(record.data, areas)
        elif record.kind == _RULE_12:
            yield from _later_rule(record.data, areas, colours)


def _later_rule(data: bytes, areas: tuple[Area, ...], colours: Any) -> Iterator[HidingRule]:
    """Yield what CF12 may hide: its format as in CF, or the numbers beside bars and icons."""
    kind, _, first, second = struct.unpack_from("<BBHH", data, _FUTURE)
    (size,) = struct.unpack_from("<I", data, _FORMAT_SIZE)
    begin = _FORMAT_SIZE + 4
    end = begin + (size or 2) + first + second
    older = data[_FUTURE:_FORMAT_SIZE] + data[begin:end]
    if size and _hides(older, colours):
        yield _rule(older, areas)
    if kind in _UNSHOWN:
        (active,) = struct.unpack_from("<H", data, end)
        place, bit, unshown = _UNSHOWN[kind]
        if bool(data[end + active + _TAIL + place] & bit) == unshown:
            yield HidingRule(areas)


def _areas(data: bytes) -> Iterator[Area]:
    (count,) = struct.unpack_from("<H", data, 12)
    for number in range(count):
        top, bottom, left, right = struct.unpack_from("<4H", data, 14 + 8 * number)
        yield Area(top, left, bottom, right)


def _hides(data: bytes, colours: Any) -> bool:
    (parts,) = struct.unpack_from("<I", data, 6)
    if not parts & _HAS_FONT or parts & _HAS_NUMBER:
        return bool(parts & _HAS_NUMBER)
    font = data[_HEAD : _HEAD + _FONT]
    style, ink, unchanged = (struct.unpack_from("<I", font, place)[0] for place in (68, 80, 88))
    if style & _STRUCK and not unchanged & _STRUCK and style != _NONE:
        return True
    colour = None if ink == _NONE else colours.get(ink)
    return colour is not None and look_alike(tuple(colour), _ground(data, parts, colours))


def _ground(data: bytes, parts: int, colours: Any) -> Colour | None:
    """Return the colour with which a rule fills its cells; white where it does not."""
    if not parts & _HAS_FILL:
        return WHITE
    place = _HEAD + _FONT + _ALIGNMENT * bool(parts & _HAS_ALIGNMENT) + _BORDER * bool(parts & _HAS_BORDER)
    (fills,) = struct.unpack_from("<H", data, place + 2)
    found = colours.get(fills >> 7 & 0x7F)
    return None if found is None else tuple(found)


def _rule(data: bytes, areas: tuple[Area, ...]) -> HidingRule:
    kind, comparison, first, second = struct.unpack_from("<BBHH", data)
    formula = data[len(data) - first - second : len(data) - second]
    holds = _HOLDS.get(comparison) if kind == _COMPARISON else None
    form = _TOKENS.get(formula[0]) if formula else None
    if holds is None or form is None or len(formula) != 1 + struct.calcsize(form):
        return HidingRule(areas)
    return HidingRule(areas, holds, Decimal(repr(struct.unpack_from(form, formula, 1)[0])))
