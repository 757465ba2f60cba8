"""The control words of RTF that are known, and what each does (Word 2007 RTF Specification 1.9.1)."""

from collections.abc import Callable
from typing import Any

from extract.rtf.reader import FACTS, Reader
from extract.rtf.state import CLOSE, THIN, TINY, is_low
from extract.rtf.tables import RowDefinition

_SHIFT = 4

Handler = Callable[[Reader, int | None], None]


def _setting(**changes: Any) -> Handler:
    return lambda reader, _: reader.change(**changes)


def _apart(word: str) -> Handler:
    """Return what switches a word on that sets characters apart, and with the number 0 off."""

    def handle(reader: Reader, number: int | None) -> None:
        reader.state = reader.state.with_apart(word, number != 0)

    return handle


def _shifted(reader: Reader, number: int | None) -> None:
    """Take how many half-points characters stand above or below their line; fewer are not seen."""
    reader.state = reader.state.with_apart("shift", number is None or abs(number) >= _SHIFT)


def _unseen(word: str, least: int, most: int) -> Handler:
    """Return what takes a measure of characters; figures within these two are not seen."""

    def handle(reader: Reader, number: int | None) -> None:
        reader.state = reader.state.with_unseen(word, least <= (number or 0) <= most)

    return handle


def _colour(name: str) -> Handler:
    return lambda reader, number: reader.change(**{name: number or 0})


def _part(name: str) -> Handler:
    return lambda reader, number: reader.colours.part(name, number or 0)


def _without(word: str) -> Handler:
    def handle(reader: Reader, _: int | None) -> None:
        reader.state = reader.state.with_apart(word, False)

    return handle


def _of_shape(word: str) -> Handler:
    """Return what takes down a word of the shape that began last."""

    def handle(reader: Reader, number: int | None) -> None:
        reader.story.shape.said[word] = number or 0

    return handle


_SHAPE = ("shpleft", "shpright", "shptop", "shpbottom", "shpwr", "shpfblwtxt", "shptxt", "shpbxignore", "shpbyignore")
_SHAPE_FROM = ("shpbxpage", "shpbxmargin", "shpbypage", "shpbymargin")

WORDS: dict[bytes, Handler] = {
    b"fonttbl": _setting(destination="fonts"),
    **{word: _setting(destination=name) for word, name in FACTS.items()},
    b"ansicpg": Reader.code_page,
    b"f": Reader.font,
    b"fcharset": Reader.charset,
    b"af": lambda reader, number: reader.change(east_font=number or 0) if reader.state.is_east else None,
    b"dbch": _setting(is_east=True),
    b"loch": _setting(is_east=False),
    b"hich": _setting(is_east=False),
    b"uc": lambda reader, number: reader.change(fallback=max(0, 1 if number is None else number)),
    b"u": Reader.unicode,
    b"plain": Reader.plain,
    **dict.fromkeys((b"v", b"deleted"), Reader.hide),
    **dict.fromkeys((b"super", b"sub"), _apart("height")),
    b"nosupersub": _without("height"),
    **{word: _apart(word.decode()) for word in (b"strike", b"striked", b"spv")},
    **dict.fromkeys((b"up", b"dn"), _shifted),
    b"twoinone": _apart("two lines"),
    b"rtlch": _apart("direction"),
    b"ltrch": _without("direction"),
    b"fs": _unseen("size", 1, TINY),
    b"charscalex": _unseen("width", 1, THIN),
    b"expndtw": _unseen("space", -100_000, CLOSE),
    b"cf": _colour("ink"),
    b"chcbpat": _colour("ground"),
    b"highlight": _colour("ground"),
    b"cbpat": _colour("line_ground"),
    b"clcbpat": lambda reader, number: reader.define(ground=number or 0),
    b"trrh": Reader.row_height,
    b"sl": lambda reader, number: reader.change(is_low=is_low(number)),
    b"ls": _colour("list_number"),
    **dict.fromkeys((b"listtext", b"pntext"), Reader.number_line),
    b"colortbl": _setting(destination="colours"),
    **{name.encode(): _part(name) for name in ("red", "green", "blue")},
    b"field": Reader.begin_field,
    b"fldinst": _setting(destination="code"),
    **dict.fromkeys((b"par", b"sect"), Reader.end_line),
    **dict.fromkeys((b"line", b"page", b"column"), lambda reader, _: reader.sign("\n")),
    b"shpinst": lambda reader, _: reader.story.begin_shape(reader.state.level),
    **{word.encode(): _of_shape(word) for word in (*_SHAPE, *_SHAPE_FROM)},
    b"pard": Reader.plain_line,
    b"intbl": Reader.in_table,
    b"itap": Reader.nesting,
    b"cell": Reader.end_cell,
    b"nestcell": Reader.end_nested_cell,
    b"row": Reader.end_row,
    b"nestrow": Reader.end_nested_row,
    b"trowd": _setting(row=RowDefinition()),
    b"trleft": Reader.left_edge,
    b"cellx": Reader.right_edge,
    b"clmrg": lambda reader, _: reader.define(goes_on_left=True),
    b"clvmrg": lambda reader, _: reader.define(goes_on_above=True),
}
