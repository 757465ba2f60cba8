"""The plain blocks of a WordprocessingML body, from its text.

Most blocks are paragraphs of runs, and tables of such paragraphs, written in the few ways that ``extract.office.word.pieces``
knows. A tree of elements takes longer to build than the text to be cut. A block with anything else in it that
could change what is printed (a field, a text box, struck-out words, a table in a cell) is not plain: it is left to the
walk of ``extract.office.word.document``, which gives the same for plain blocks too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.errors import TooBigError
from extract.limits import MAX_GRID_CELLS
from extract.office.printed import PrintedTable
from extract.office.table import printed_texts
from extract.office.word.course import follow, follow_lines
from extract.office.word.pieces import WRAPPERS, Place
from extract.office.word.sound import is_sound
from extract.office.word.source import Element, UnusualError, next_element, whole

_FRAMES = 4
"""Layout tables in each other that are taken apart; what is nested deeper is walked over."""

_HOLDERS = frozenset(f"w:{name}" for name in ("p", "tbl", "altChunk", *WRAPPERS))
"""Elements that may print something where they are not plain."""

_PARAGRAPH_END, _TABLE = "</w:p>", "<w:tbl"
_CLOSING = re.compile(r"\s*</w:(?P<name>tbl|tr|tc)>")
_PROPERTIES = ("w:tblPr", "w:tblGrid", "w:trPr", "w:tblPrEx", "w:tcPr")
_NEVER_FRAMED = ("<w:hMerge", "<w:del", "<w:cellDel", "<w:hidden")
_FRAME_MOVES: dict[tuple[Place, str], Place] = {
    ("table", "tr"): "row",
    ("row", "tc"): "cell",
    ("cell", "/tc"): "row",
    ("row", "/tr"): "table",
    ("table", "/tbl"): "after",
}


@dataclass(frozen=True, slots=True)
class Odd:
    """A block that is not plain, as its source."""

    source: str


PlainBlock = str | PrintedTable | Odd


class Known(NamedTuple):
    """What is known of a document: the attributes of its root, if it is not known that the markup is well-formed, and
    what stands in blocks that cannot be plain."""

    declared: str | None = None
    odd: re.Pattern[str] | None = None


_NOTHING = Known()


def plain_blocks(source: str, known: Known = _NOTHING) -> list[PlainBlock]:
    """Return what the elements of a body print; of a layout table what stands in its cells.

    Where markup may not be well-formed, no block is plain whose own is not. Raises ``UnusualError`` where the elements cannot be told apart, or are not well-formed and
    would be left out, ``TooBigError`` past ``MAX_GRID_CELLS``.
    """
    blocks: list[PlainBlock] = []
    position = looked_until = 0
    while element := next_element(source, position):
        if element.start >= looked_until:
            lines = _Lines.of(source, element)
            looked_until = lines.end
            printed = lines.printed(source, known)
            if printed is not None:
                blocks.append(printed)
                position = lines.end
                continue
        found, position = _read(source, element, _FRAMES, known)
        blocks += found
    return blocks


class _Lines(NamedTuple):
    """Where the paragraphs stand that begin with one and end before the next table."""

    start: int
    end: int

    @classmethod
    def of(cls, source: str, element: Element) -> "_Lines":
        """Return the paragraphs from one on; none if it is something else."""
        if element.name != "w:p":
            return cls(element.start, element.start)
        table = source.find(_TABLE, element.inside)
        end = source.rfind(_PARAGRAPH_END, element.inside, len(source) if table < 0 else table)
        return cls(element.start, element.end if end < 0 else end + len(_PARAGRAPH_END))

    def printed(self, source: str, known: Known) -> str | None:
        """Return what they print, each a line; ``None`` if one is not plain, or where they may not be well-formed."""
        if known.declared is None or self.start == self.end:
            return None
        stretch = source[self.start : self.end]
        if known.odd is not None and known.odd.search(stretch):
            return None
        return follow_lines(stretch, known.declared)


def _read(source: str, element: Element, frames: int, known: Known) -> tuple[Sequence[PlainBlock], int]:
    """Return what an element prints, and where it ends."""
    block = _plain(element.name, source[element.start : element.end], known)
    if block is not None:
        return (block,), element.end
    framed = _framed(source, element, frames, known) if element.name == "w:tbl" and frames else None
    if framed is not None:
        return framed.blocks, framed.position
    # What seemed to be its end may be that of an element in it.
    element = whole(source, element)
    if element.name in _HOLDERS or not element.name.startswith("w:"):
        return (Odd(source[element.start : element.end]),), element.end
    _check(source[element.start : element.end], known)
    return (), element.end


def _check(source: str, known: Known) -> None:
    if known.declared is not None and not is_sound(known.declared, source):
        raise UnusualError


def _plain(name: str, source: str, known: Known) -> str | PrintedTable | None:
    if known.odd is not None and known.odd.search(source):
        return None
    if name == "w:p":
        return _paragraph(source, known)
    return _table(source, known) if name == "w:tbl" else None


def _paragraph(source: str, known: Known) -> str | None:
    followed = follow("cell", source, known.declared)
    if followed is None or followed[0].place != "filled":
        return None
    return followed[1][0]


def _table(source: str, known: Known) -> PrintedTable | None:
    followed = follow("outside", source, known.declared)
    if followed is None or followed[0].place != "after":
        return None
    course, (_, *texts) = followed
    return PrintedTable(course.edges, printed_texts(texts))


def _framed(source: str, table: Element, frames: int, known: Known) -> "_Frame | None":
    """Return what stands in a table that only lays out tables of several cells, or ``None`` if it is no such table."""
    frame = _Frame(source, table, frames, known)
    try:
        while frame.place != "after":
            frame.go_on()
        _check(frame.own_markup(), known)
    except UnusualError:
        return None
    return frame if frame.holds_table else None


class _Frame:
    """A layout table being read from behind its first tag on. ``UnusualError`` is raised where it may be none."""

    def __init__(self, source: str, table: Element, frames: int, known: Known) -> None:
        self.place: Place = "table"
        self.position = table.inside
        self.blocks: list[PlainBlock] = []
        self.holds_table = False
        self._source, self._frames, self._known = source, frames, known
        self._cells = 0
        self._own: list[str] = []
        self._read_until = table.start

    def go_on(self) -> None:
        """Take in the next tag or element."""
        closing = _CLOSING.match(self._source, self.position)
        element = None if closing else next_element(self._source, self.position)
        if closing is not None:
            self._move(f"/{closing['name']}", closing.end())
        elif element is None:
            raise UnusualError
        elif self.place == "cell":
            self._read(element)
        elif element.name in _PROPERTIES:
            self._skip(element)
        else:
            self._move(element.name.removeprefix("w:"), element.inside)

    def own_markup(self) -> str:
        """Return the source so far without the elements in cells, each of which is well-formed or is not plain."""
        return "".join([*self._own, self._source[self._read_until : self.position]])

    def _move(self, tag: str, position: int) -> None:
        place = _FRAME_MOVES.get((self.place, tag))
        if place is None or self._source[position - 2] == "/":
            raise UnusualError
        self.place, self.position = place, position
        self._cells += tag == "tc"
        if self._cells > MAX_GRID_CELLS:
            raise TooBigError(f"more than MAX_GRID_CELLS = {MAX_GRID_CELLS} table cells")

    def _skip(self, element: Element) -> None:
        """Pass over properties, but not those that change what is shown."""
        element = whole(self._source, element)
        self.position = element.end
        if any(name in self._source[element.start : element.end] for name in _NEVER_FRAMED):
            raise UnusualError

    def _read(self, element: Element) -> None:
        if element.name in _PROPERTIES:
            self._skip(element)
            return
        self._own.append(self._source[self._read_until : element.start])
        blocks, self.position = _read(self._source, element, self._frames - 1, self._known)
        self._read_until = self.position
        self.blocks += blocks
        self.holds_table |= len(blocks) > 1 or any(map(_is_several, blocks))


def _is_several(block: PlainBlock) -> bool:
    return isinstance(block, PrintedTable) and len(block.texts) > 1
