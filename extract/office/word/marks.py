"""What the properties of WordprocessingML rows, cells, runs and tables say, from their source.

The cells of a table are written in a few ways, so what properties say is kept.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

from extract.office.word.columns import stated_count
from extract.office.word.look import RAISED
from extract.office.word.nodes import OFF
from extract.text import PICTURE_FONTS

T = TypeVar("T")

KEPT = 1024
KEPT_CHARACTERS = 4096
"""Longest markup of which the meaning is kept; that before a cell of Word has about 1,000 characters."""

_TAG = re.compile(r'<(/?)w:([A-Za-z]+)((?:\s+[\w:]+="[^"<>]*")*)\s*(/?)>')
_VALUE = re.compile(r'\s+w:val="([^"&\s]*)"')
_DARK = "(?:[0-5][0-9A-Fa-f]){3}"
_GROUND = rf'w:fill="{_DARK}|w:shd w:val="solid"'
_HARD_TO_SEE = re.compile(
    rf"""{PICTURE_FONTS}|<w:sz [^>]*w:val="[1-4]"|<w:w [^>]*w:val="(?:[1-9]|[12][0-9]|3[0-3])"|"""
    rf"""<w:spacing [^>]*w:val="-(?:[6-9][0-9]|[0-9]{{3}})|<w:color (?![^>]*w:val="(?:auto|{_DARK}))|"""
    rf"""w:themeColor="(?:background|light)|{_GROUND}|<w:(?:highlight|fitText) |<w:position [^>]*w:val="-?[1-9]|"""
    r"""w:combine="|<w:(?:rtl|specVanish)(?! w:val="(?:0|false|off)")[ /]|w14:textFill>.*?(?:"""
    r"""noFill|"(?:bg|lt)1|srgbClr w14:val="(?:[6-9A-Fa-f]|.{2}[6-9A-Fa-f]|.{4}[6-9A-Fa-f])|"100000")"""
)
"""What of ``extract.office.word.look`` may set characters apart; only those who look at all around them can tell."""

_UNUSUAL = re.compile(r"""['&]|\s=|=\s|<[\w:]+(?:\s\s|[\t\r\n])|"(?:\s\s|[\t\r\n])""")
"""Markup that says the same in other words: references, other quotes, other spaces."""

_DARK_GROUND = re.compile(_GROUND)
_LOW = r'"[0-7]?[0-9]"'
_LOW_ROW = re.compile(rf'w:val={_LOW}[^>]*w:hRule="exact"|w:hRule="exact"[^>]*w:val={_LOW}')
_TELLING = re.compile(
    rf"""w:numPr>|w:framePr |{_GROUND}|w:(?:vanish|del|moveFrom)[ />]|w:line={_LOW}[^>]*w:lineRule="exact"|"""
    rf"""w:lineRule="exact"[^>]*w:line={_LOW}"""
)
_WIDTH = re.compile(r'\s+w:w="([^"&\s]*)"')


class OddError(Exception):
    """The markup holds something that is not known here."""


class RowMark(NamedTuple):
    """The beginning of a row: how many columns it leaves out, and whether it was deleted or is hidden."""

    left_out: int = 0
    is_dropped: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class CellMark:
    """The beginning of a cell: how many columns it covers, whether it goes on from the cell above, and the row that
    begins with it.

    The marks that ``cell_begun`` gives are compared in no time: one is equal to none but itself.
    """

    span: int
    is_continued: bool
    row: RowMark | None


@lru_cache(maxsize=KEPT)
def cell_begun(span: int = 1, is_continued: bool = False, row: RowMark | None = None) -> CellMark:
    """Return the mark of a cell, the same one for cells that begin alike."""
    return CellMark(span, is_continued, row)


class _Tag(NamedTuple):
    slash: str
    name: str
    attributes: str
    is_empty: str


def _kept(meaning: Callable[[str], T]) -> Callable[[str], T]:
    """Return a function that keeps what it returned for short texts, and raises ``OddError`` for unusual ones."""

    def usual(inside: str) -> T:
        if _UNUSUAL.search(inside):
            raise OddError
        return meaning(inside)

    kept = lru_cache(maxsize=KEPT)(usual)
    return lambda inside: kept(inside) if len(inside) <= KEPT_CHARACTERS else usual(inside)


@_kept
def column_widths(inside: str) -> tuple[str | None, ...]:
    """Return the widths that ``w:tblGrid`` states. All functions here raise ``OddError`` for what is unusual."""
    return tuple(_stated(tag, _WIDTH) for tag in _children(inside) if tag.name == "gridCol")


@_kept
def row_mark(inside: str) -> RowMark:
    """Return what ``w:trPr`` says of its row."""
    found = _values(inside, ("gridBefore", "hidden"))
    if _LOW_ROW.search(inside):
        raise OddError
    is_dropped = _is_on(found, "hidden") or any(tag.name == "del" for tag in _children(inside))
    return RowMark(stated_count(found.get("gridBefore"), 0), is_dropped)


@_kept
def cell_mark(inside: str) -> CellMark:
    """Return what ``w:tcPr`` says of its cell."""
    found = _values(inside, ("gridSpan", "vMerge", "hMerge", "cellDel"))
    if "hMerge" in found or "cellDel" in found or _DARK_GROUND.search(inside):
        raise OddError
    return cell_begun(max(1, stated_count(found.get("gridSpan"), 1)), found.get("vMerge") in ("", "continue"))


@_kept
def refuse_telling(inside: str) -> None:
    """Raise ``OddError`` where ``w:pPr`` changes what is read: an ordinal, a frame, a low line, an end that is not shown."""
    if _TELLING.search(inside):
        raise OddError


@_kept
def is_hidden(inside: str) -> bool:
    """Say whether ``w:rPr`` hides its run; odd is a run that is struck out, raised or lowered, or hard to see."""
    found = _values(inside, ("vanish", "strike", "dstrike", "vertAlign"))
    if _HARD_TO_SEE.search(inside):
        raise OddError
    if _is_on(found, "strike") or _is_on(found, "dstrike") or found.get("vertAlign") in RAISED:
        raise OddError
    return _is_on(found, "vanish")


def _is_on(values: dict[str, str], name: str) -> bool:
    return values.get(name, OFF[0]) not in OFF


def _values(inside: str, names: Sequence[str]) -> dict[str, str]:
    """Return the value of each property of these names, an empty text where it has none; the first of a name counts."""
    if not any(f"<w:{name}" in inside for name in names):
        return {}
    return {tag.name: _stated(tag, _VALUE) or "" for tag in reversed(_children(inside)) if tag.name in names}


def _stated(tag: _Tag, attribute: re.Pattern[str]) -> str | None:
    found = attribute.fullmatch(tag.attributes)
    if found is None and tag.attributes:
        raise OddError
    return None if found is None else found[1]


def _children(inside: str) -> list[_Tag]:
    """Return the elements that stand in no other of them: what a revision changed stands in an element of its own."""
    tags = [_Tag(*found) for found in _TAG.findall(inside)]
    if len(tags) != inside.count("<"):
        raise OddError
    found = []
    depth = 0
    for tag in tags:
        if depth == 0:
            found.append(tag)
        depth += 0 if tag.is_empty else -1 if tag.slash else 1
    return found
