"""Keep PDFium from the fonts of the machine while text is taken out of a file that does not bring its own.

PDFium looks for every font that is not in the file among those installed, and reads it anew for each file: 27 MB for a
Chinese one, several times the work of all the rest. And characters that no installed font has it leaves out: what is
read would depend on the machine.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pypdfium2.raw as api

from extract.pdf.box_font import box_font

_EAST_ASIAN = frozenset((128, 129, 130, 134, 136))
"""Charsets as PDFium numbers them. For the others it has fonts of its own."""

_VERSION = 1
_THE_FONT = 1
_WHOLE_FILE = 0
_NAME = b"Box\0"


@contextmanager
def without_system_fonts() -> Iterator[None]:
    """Let East Asian fonts that a file does not bring be of boxes for the time of a block, in which no page is drawn.

    Not thread-safe, as PDFium is not.
    """
    switch = _switch()
    switch.to_boxes()
    try:
        yield
    finally:
        switch.to_installed()


class _Switch:
    """Which fonts PDFium is given. It lets go of the former ones when it is given others; their table stays ours to free."""

    def __init__(self) -> None:
        self._boxes = _boxes()
        self._installed: Any = None

    def to_boxes(self) -> None:
        api.FPDF_SetSystemFontInfo(ctypes.byref(self._boxes))
        if self._installed:
            api.FPDF_FreeDefaultSystemFontInfo(self._installed)
            self._installed = None

    def to_installed(self) -> None:
        self._installed = api.FPDF_GetDefaultSystemFontInfo()
        api.FPDF_SetSystemFontInfo(self._installed)


@cache
def _switch() -> _Switch:
    return _Switch()


def _boxes() -> Any:
    """Return the table of functions that PDFium asks for fonts."""
    table = api.FPDF_SYSFONTINFO(version=_VERSION)
    kinds = dict(table._fields_)
    for name, answer in _ANSWERS.items():
        setattr(table, name, kinds[name](answer))
    return table


def _nothing(*_: object) -> None:
    return None


def _map_font(_table: object, _weight: int, _italic: int, charset: int, *_: object) -> int | None:
    return _THE_FONT if charset in _EAST_ASIAN else None


def _font_data(_table: object, _font: int, table: int, place: Any, size: int) -> int:
    """Write the file where there is room for it, and return its length. Single tables, and those of collections, are not given."""
    return _given(box_font(), place, size) if table == _WHOLE_FILE else 0


def _face_name(_table: object, _font: int, place: Any, size: int) -> int:
    return _given(_NAME, place, size)


def _given(data: bytes, place: Any, size: int) -> int:
    if place and size >= len(data):
        ctypes.memmove(place, data, len(data))
    return len(data)


def _charset(*_: object) -> int:
    return min(_EAST_ASIAN)


_ANSWERS: dict[str, Callable[..., Any]] = {
    "Release": _nothing,
    "EnumFonts": _nothing,
    "MapFont": _map_font,
    "GetFont": _nothing,
    "GetFontData": _font_data,
    "GetFaceName": _face_name,
    "GetFontCharset": _charset,
    "DeleteFont": _nothing,
}
