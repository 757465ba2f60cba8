"""What a piece of WordprocessingML markup does that ends no cell: where it leads, and what it prints itself.

Only what is listed here is known; any other piece is left to the walk over elements of ``extract.office.word``. The markup
is that of a document which is known to be well-formed, without comments, CDATA sections and instructions.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from extract.office.word_columns import stated_count
from extract.office.word_text import OFF, RAISED, SIGNS

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


class RowMark(NamedTuple):
    """The beginning of a row: how many columns it leaves out, and whether it was deleted or is hidden."""

    left_out: int = 0
    is_dropped: bool = False


class CellMark(NamedTuple):
    """The beginning of a cell: how many columns it covers, whether it goes on from the cell above, and the row that
    begins with it."""

    span: int = 1
    is_continued: bool = False
    row: RowMark | None = None


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
    attributes: str
    is_empty: str


class _OddError(Exception):
    """The markup holds something that is not listed here."""


KEPT = 2048
KEPT_CHARACTERS = 4096
"""Longest markup that is kept; that before a cell of Word has about 1,000 characters."""

_MOST_TAGS = 2_000
"""Longer markup between two texts is nobody's writing; the 200 properties of a cell are much."""

_TAG = re.compile(r'<(/?)w:([A-Za-z]+)((?:\s+[\w:]+="[^"<>]*")*)\s*(/?)>')
_VALUE = re.compile(r'\s+w:val="([^"&\s]*)"')
_WIDTH = re.compile(r'\s+w:w="([^"&\s]*)"')

_SIGNS = {name.removeprefix("w:"): sign for name, sign in SIGNS.items()}
WRAPPERS = ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")
"""Elements around rows, cells, paragraphs and runs that change nothing of what is printed."""

_SKIPPED = frozenset(
    ("tblPr", "tblPrEx", "pPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "delText", "instrText")
)
_PROPERTIES = frozenset(("tblGrid", "trPr", "tcPr", "rPr"))
_SPECIAL = frozenset(("fldChar", "txbxContent", "altChunk", "object", "tbl", "tr", "tc", "r", "p", "del", "moveFrom"))
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
    **_through(("line", "deleted line"), (*WRAPPERS, "hyperlink", "fldSimple")),
    **{("new table", name): "table" for name in WRAPPERS},
    **{("new row", name): "row" for name in WRAPPERS},
    **{("new cell", name): "cell" for name in WRAPPERS},
}


def piece_of(place: Place, markup: str) -> Piece | None:
    """Follow markup from a place; ``None`` where something in it is not known here."""
    return _kept_piece(place, markup) if len(markup) <= KEPT_CHARACTERS else _new_piece(place, markup)


def _new_piece(place: Place, markup: str) -> Piece | None:
    count = markup.count("<")
    if count > _MOST_TAGS or "xmlns" in markup:
        return None
    tags = [_Tag(*found) for found in _TAG.findall(markup)]
    if len(tags) != count:
        return None
    try:
        return _followed(place, tags)
    except _OddError:
        return None


_kept_piece = lru_cache(maxsize=KEPT)(_new_piece)


def _followed(place: Place, tags: Sequence[_Tag]) -> Piece:
    taken = Piece(place)
    number = 0
    while number < len(tags):
        tag = tags[number]
        end = _end(tags, number) if _stands_alone(tag) else number + 1
        taken = _alone(taken, tag, tags[number + 1 : end - 1]) if _stands_alone(tag) else _moved(taken, tag)
        number = end
    return taken


def _stands_alone(tag: _Tag) -> bool:
    """Say whether an element is looked at as a whole."""
    known = tag.name in _SKIPPED or tag.name in _PROPERTIES or tag.name in _SIGNS
    return not tag.slash and (known or (bool(tag.is_empty) and tag.name not in _SPECIAL))


def _end(tags: Sequence[_Tag], start: int) -> int:
    """Return the number of the tag after an element."""
    depth = 0
    for number in range(start, len(tags)):
        depth += 0 if tags[number].is_empty else -1 if tags[number].slash else 1
        if depth == 0:
            return number + 1
    raise _OddError


def _moved(taken: Piece, tag: _Tag) -> Piece:
    """Enter or leave an element that holds others."""
    place = _MOVES.get((taken.place, tag.slash + tag.name))
    if place is None:
        raise _OddError
    if tag.is_empty:
        # An empty paragraph has no text, and an empty run prints nothing; an empty cell or row is a rare thing.
        place = _MOVES.get((place, f"/{tag.name}"))
        if place is None or tag.name not in ("p", "r", "del", "moveFrom"):
            raise _OddError
    begins_line = taken.place == "filled" and tag.name == "p"
    moved = taken._replace(place=place, words=taken.words + "\n" * begins_line)
    if tag.slash or tag.name not in ("tr", "tc"):
        return moved
    if taken.cell is not None or (tag.name == "tr" and taken.row is not None):
        raise _OddError
    return moved._replace(row=RowMark()) if tag.name == "tr" else moved._replace(cell=CellMark())


def _alone(taken: Piece, tag: _Tag, inside: Sequence[_Tag]) -> Piece:
    """Take in an element as a whole."""
    if tag.name in _SIGNS:
        return _with_sign(taken, _SIGNS[tag.name], inside)
    if tag.name in _PROPERTIES:
        return _PROPERTIES_OF[tag.name](taken, inside)
    return taken


def _with_sign(taken: Piece, sign: str, inside: Sequence[_Tag]) -> Piece:
    if inside or taken.place not in PRINTED | UNPRINTED:
        raise _OddError
    return taken if taken.place in UNPRINTED else taken._replace(place="run", words=taken.words + sign)


def _children(inside: Sequence[_Tag]) -> list[_Tag]:
    """Return the elements that stand in no other of them: what a revision changed stands in an element of its own."""
    found = []
    number = 0
    while number < len(inside):
        found.append(inside[number])
        number = _end(inside, number)
    return found


def _values(inside: Sequence[_Tag], names: Sequence[str]) -> dict[str, str]:
    """Return the value of each property of these names, an empty text where it has none; the first of a name counts."""
    return {tag.name: _stated(tag, _VALUE) or "" for tag in reversed(_children(inside)) if tag.name in names}


def _stated(tag: _Tag, attribute: re.Pattern[str]) -> str | None:
    found = attribute.fullmatch(tag.attributes)
    if found is None and tag.attributes:
        raise _OddError
    return None if found is None else found[1]


def _columns(taken: Piece, inside: Sequence[_Tag]) -> Piece:
    if taken.place != "new table":
        raise _OddError
    widths = tuple(_stated(tag, _WIDTH) for tag in _children(inside) if tag.name == "gridCol")
    return taken._replace(place="table", widths=widths)


def _of_row(taken: Piece, inside: Sequence[_Tag]) -> Piece:
    if taken.place != "new row":
        raise _OddError
    found = _values(inside, ("gridBefore", "hidden"))
    is_hidden = found.get("hidden", OFF[0]) not in OFF
    is_deleted = any(tag.name == "del" for tag in _children(inside))
    row = RowMark(stated_count(found.get("gridBefore"), 0), is_hidden or is_deleted)
    return taken._replace(place="row", row=row)


def _of_cell(taken: Piece, inside: Sequence[_Tag]) -> Piece:
    if taken.place != "new cell" or any(tag.name == "hMerge" for tag in inside):
        raise _OddError
    found = _values(inside, ("gridSpan", "vMerge"))
    cell = CellMark(max(1, stated_count(found.get("gridSpan"), 1)), found.get("vMerge") in ("", "continue"))
    return taken._replace(place="cell", cell=cell)


def _of_run(taken: Piece, inside: Sequence[_Tag]) -> Piece:
    if taken.place == "deleted run":
        return taken
    found = _values(inside, ("vanish", "strike", "dstrike", "vertAlign"))
    is_set_apart = found.get("vertAlign") in RAISED
    is_struck = any(found.get(name, OFF[0]) not in OFF for name in ("strike", "dstrike"))
    if taken.place != "new run" or is_struck or is_set_apart:
        raise _OddError
    return taken._replace(place="hidden" if found.get("vanish", OFF[0]) not in OFF else "run")


_PROPERTIES_OF = {"tblGrid": _columns, "trPr": _of_row, "tcPr": _of_cell, "rPr": _of_run}
