"""What a piece of WordprocessingML markup does that ends no cell: where it leads, and what it prints itself.

Only what is listed here is known; any other piece is left to the walk over elements of ``extract.office.word.document``. The markup
is that of a document which is known to be well-formed, without comments, CDATA sections and instructions.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from extract.office.word.look import CUSTOM_MARK
from extract.office.word.marks import (
    KEPT,
    KEPT_CHARACTERS,
    CellMark,
    OddError,
    RowMark,
    cell_begun,
    cell_mark,
    column_widths,
    is_hidden,
    refuse_telling,
    row_mark,
)
from extract.office.word.nodes import PLACEHOLDER
from extract.office.word.text import SIGNS

Place = Literal[
    "outside",
    "after",
    "new table",
    "table",
    "new row",
    "row",
    "new cell",
    "cell",
    "filled",
    "line",
    "new run",
    "run",
    "hidden",
    "deleted line",
    "deleted run",
]
"""Where a reader of the document is. ``new``: where properties may still follow; ``filled``: in a cell that has a
paragraph; ``hidden``: in a run that is not shown; ``deleted line``: among runs that a revision took out."""

PRINTED: frozenset[Place] = frozenset(("new run", "run"))
UNPRINTED: frozenset[Place] = frozenset(("hidden", "deleted run"))


class Piece(NamedTuple):
    """What markup does that ends no cell, so that at most one begins in it."""

    place: Place
    words: str = ""
    row: RowMark | None = None
    cell: CellMark | None = None
    widths: tuple[str | None, ...] = ()


class _Tag(NamedTuple):
    slash: str
    name: str
    is_empty: str


_MOST_TAGS = 2_000
"""Longer markup between two texts is nobody's writing; the 200 properties of a cell are much."""

_TAG = re.compile(r'[^<]*<(/?)w:([A-Za-z]+)(?:\s+[\w:]+="[^"<>]*")*\s*(/?)>')
_SIGNS = {name.removeprefix("w:"): sign for name, sign in SIGNS.items()}
WRAPPERS = ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")
"""Elements around rows, cells, paragraphs and runs that change nothing of what is printed."""

_SKIPPED = frozenset(("tblPr", "tblPrEx", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "delText", "instrText"))
_SPECIAL = frozenset(
    ("fldChar", "fldSimple", "txbxContent", "altChunk", "object", "tbl", "tr", "tc", "r", "p", "del", "moveFrom")
)
"""Elements that matter even when they are empty."""


def _through(places: Iterable[Place], names: Iterable[str]) -> dict[tuple[Place, str], Place]:
    """Return the moves into and out of elements that change nothing."""
    return {(place, slash + name): place for place, name in product(places, names) for slash in ("", "/")}


_MOVES: dict[tuple[Place, str], Place] = {
    ("outside", "tbl"): "new table",
    **dict.fromkeys((("new table", "/tbl"), ("table", "/tbl")), "after"),
    **dict.fromkeys((("new table", "tr"), ("table", "tr")), "new row"),
    **dict.fromkeys((("new row", "/tr"), ("row", "/tr")), "table"),
    **dict.fromkeys((("new row", "tc"), ("row", "tc")), "new cell"),
    **dict.fromkeys((("new cell", "p"), ("cell", "p"), ("filled", "p")), "line"),
    ("line", "/p"): "filled",
    ("line", "r"): "new run",
    **dict.fromkeys((("new run", "/r"), ("run", "/r"), ("hidden", "/r")), "line"),
    **dict.fromkeys((("line", "del"), ("line", "moveFrom")), "deleted line"),
    **dict.fromkeys((("deleted line", "/del"), ("deleted line", "/moveFrom")), "line"),
    ("deleted line", "r"): "deleted run",
    ("deleted run", "/r"): "deleted line",
    **_through(("table", "row", "cell", "filled"), WRAPPERS),
    **_through(("line", "deleted line"), (*WRAPPERS, "hyperlink")),
    **{("new table", name): "table" for name in WRAPPERS},
    **{("new row", name): "row" for name in WRAPPERS},
    **{("new cell", name): "cell" for name in WRAPPERS},
}


def piece_of(place: Place, markup: str) -> Piece | None:
    """Follow markup from a place; ``None`` where something in it is not known here."""
    return _kept_piece(place, markup) if len(markup) <= KEPT_CHARACTERS else _new_piece(place, markup)


def _new_piece(place: Place, markup: str) -> Piece | None:
    if markup.count("<") > _MOST_TAGS or "xmlns" in markup or CUSTOM_MARK in markup or PLACEHOLDER in markup:
        return None
    taken = Piece(place)
    position, end = 0, markup.rfind("<")
    try:
        while position <= end:
            tag, position = _next_tag(markup, position)
            taken, position = _take(taken, tag, markup, position)
    except OddError:
        return None
    return taken


_kept_piece = lru_cache(maxsize=KEPT)(_new_piece)


def _next_tag(markup: str, position: int) -> tuple[_Tag, int]:
    found = _TAG.match(markup, position)
    if found is None:
        raise OddError
    return _Tag(*found.groups()), found.end()


def _take(taken: Piece, tag: _Tag, markup: str, position: int) -> tuple[Piece, int]:
    """Take in what a tag begins, and return where that ends: the whole element, if it holds no others of a text."""
    is_known = tag.name in _SKIPPED or tag.name in _PROPERTIES_OF or tag.name in _SIGNS
    if tag.slash or not (is_known or (tag.is_empty and tag.name not in _SPECIAL)):
        return _moved(taken, tag), position
    if tag.is_empty:
        return _with_element(taken, tag.name, ""), position
    close = f"</w:{tag.name}>"
    end = markup.find(close, position)
    inside = markup[position:end]
    if end < 0 or f"<w:{tag.name}" in inside:
        raise OddError
    return _with_element(taken, tag.name, inside), end + len(close)


def _moved(taken: Piece, tag: _Tag) -> Piece:
    """Enter or leave an element that holds others."""
    place = _MOVES.get((taken.place, tag.slash + tag.name))
    if place is None:
        raise OddError
    if tag.is_empty:
        # An empty paragraph has no text, and an empty run prints nothing; an empty cell or row is a rare thing.
        place = _MOVES.get((place, f"/{tag.name}"))
        if place is None or tag.name not in ("p", "r", "del", "moveFrom"):
            raise OddError
    begins_line = taken.place == "filled" and tag.name == "p"
    moved = taken._replace(place=place, words=taken.words + "\n" * begins_line)
    if tag.slash or tag.name not in ("tr", "tc"):
        return moved
    if taken.cell is not None or (tag.name == "tr" and taken.row is not None):
        raise OddError
    return moved._replace(row=RowMark()) if tag.name == "tr" else moved._replace(cell=cell_begun())


def _with_element(taken: Piece, name: str, inside: str) -> Piece:
    """Take in an element as a whole."""
    if name in _SIGNS:
        return _with_sign(taken, _SIGNS[name], inside)
    if name in _PROPERTIES_OF:
        return _PROPERTIES_OF[name](taken, inside)
    return taken


def _with_sign(taken: Piece, sign: str, inside: str) -> Piece:
    if inside or taken.place not in PRINTED | UNPRINTED:
        raise OddError
    return taken if taken.place in UNPRINTED else taken._replace(place="run", words=taken.words + sign)


def _columns(taken: Piece, inside: str) -> Piece:
    if taken.place != "new table":
        raise OddError
    return taken._replace(place="table", widths=column_widths(inside))


def _of_row(taken: Piece, inside: str) -> Piece:
    if taken.place != "new row":
        raise OddError
    return taken._replace(place="row", row=row_mark(inside))


def _of_cell(taken: Piece, inside: str) -> Piece:
    if taken.place != "new cell":
        raise OddError
    return taken._replace(place="cell", cell=cell_mark(inside))


def _of_run(taken: Piece, inside: str) -> Piece:
    if taken.place == "deleted run":
        return taken
    if taken.place != "new run":
        raise OddError
    return taken._replace(place="hidden" if is_hidden(inside) else "run")


def _of_line(taken: Piece, inside: str) -> Piece:
    refuse_telling(inside)
    return taken


_PROPERTIES_OF = {"tblGrid": _columns, "trPr": _of_row, "tcPr": _of_cell, "pPr": _of_line, "rPr": _of_run}
