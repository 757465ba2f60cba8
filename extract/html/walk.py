"""One walk over a page: lines, tables and pictures in reading order, and which element holds which of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from lxml import etree

from extract.errors import TooBigError
from extract.html.elements import (
    BREAKING,
    CONTAINERS,
    HEADINGS,
    ROW_GROUPS,
    SET_APART,
    TITLE_CARRIERS,
    TITLE_NAME,
)
from extract.html.fields import is_drawn, shown_value
from extract.html.layout import layout_tables
from extract.html.plain_table import Rows, plain_cell, plain_rows, plain_table
from extract.html.table import Line, OpenTable, Picture, Piece
from extract.html.tree import clean, is_unseen
from extract.limits import MAX_TEXT_CHARACTERS

_SOURCES = ("data-original", "data-src", "src")
"""Where a picture lies; one that is loaded late has a placeholder as its ``src``."""

_ICON_PIXELS, _SPACER_PIXELS = 32, 2

MAX_PIECES = 50_000
"""Most lines, tables and pictures of a page; the longest real report seen has 900 lines, a portal's shell 400."""


class Span(NamedTuple):
    """The pieces ``start`` to ``end`` (exclusive) that an element holds; ``name`` is its id and class."""

    start: int
    end: int
    name: str
    is_title: bool = False


@dataclass(slots=True)
class Walk:
    """The pieces of a page, with the spans of its containers (inner before outer) and of its title elements."""

    pieces: list[Piece] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    _buffer: list[str] = field(default_factory=list)
    _linked: int = 0
    _links: int = 0
    _preformatted: int = 0
    _tables: list[OpenTable | None] = field(default_factory=list)  # None: a table that only lays others out
    _open: list[OpenTable] = field(default_factory=list)
    _starts: list[tuple[etree._Element, int, bool]] = field(default_factory=list)
    _frames: frozenset[etree._Element] = frozenset()
    _single: frozenset[etree._Element] = frozenset()
    _ragged: frozenset[etree._Element] = frozenset()
    _characters: int = 0

    def run(self, root: etree._Element, ragged: frozenset[etree._Element] = frozenset()) -> None:
        """Walk a tree without recursion: depth is the page's, not ours. Of ``ragged`` tables no column is certain."""
        self._ragged = ragged
        self._frames, self._single = layout_tables(root)
        self._walk(root)
        self._flush()

    def _walk(self, root: etree._Element) -> None:
        events = etree.iterwalk(root, events=("start", "end"))
        unseen: etree._Element | None = None
        for event, node in events:
            if event == "start":
                if is_unseen(node):
                    unseen = node
                    events.skip_subtree()
                    self._show(node)
                else:
                    self._start(node, str(node.tag))
                    if node.tag == "table" and self._read_plain(node):
                        events.skip_subtree()
                continue
            if node is unseen:
                unseen = None
            else:
                self._end(node, str(node.tag))
            if text := node.tail:
                self._text(text)

    def _read_plain(self, node: etree._Element) -> bool:
        """Read a table that has just begun, if it holds nothing but rows and cells."""
        table = self._table()
        rows = None if table is None or self._links or self._preformatted else plain_rows(node)
        if table is None or rows is None:
            return False
        table.whole = plain_table(rows) if table.aligned else None
        if table.whole is None:
            self._read_rows(table, rows)
        else:
            self._count(sum(map(len, chain.from_iterable(table.whole.texts))))
        return True

    def _read_rows(self, table: OpenTable, rows: Rows) -> None:
        for group, cells in zip(rows.groups, rows.cells, strict=True):
            table.group = group
            table.start_row()
            for cell in cells:
                plain = plain_cell(cell, rows)
                if plain is None:
                    self._walk(cell)
                else:
                    table.rows[-1].append(plain)
                    self._count(len(plain.text))
            table.end_row()

    def _show(self, node: etree._Element) -> None:
        """Take what an element without text shows in a cell: there it is a figure, or at least no blank."""
        if not self._open or self._open[-1].cell is None:
            return
        if is_drawn(node):
            self._picture(node)
        elif text := shown_value(node):
            self._text(f" {text} ")

    def _start(self, node: etree._Element, tag: str) -> None:
        if tag in _ACTING or not self._open:
            self._act(node, tag)
        if text := node.text:
            self._text(text)

    def _act(self, node: etree._Element, tag: str) -> None:
        if self._buffer and tag in BREAKING:
            self._flush()
        if tag in _STARTS:
            _STARTS[tag](self, node)
        if tag in SET_APART:
            self._buffer.append("[")
        # No content node lies in a table of figures, and its pieces are not numbered before it ends.
        if not self._open and ((is_title := _is_title(node, tag)) or tag in CONTAINERS):
            self._starts.append((node, len(self.pieces), is_title))

    def _end(self, node: etree._Element, tag: str) -> None:
        if tag in _ACTING:
            if tag in SET_APART:
                self._buffer.append("]")
            if self._buffer and tag in BREAKING:
                self._flush()
            if tag in _ENDS:
                _ENDS[tag](self, node)
        if self._starts and self._starts[-1][0] is node:
            self._record_span(node)

    def _record_span(self, node: etree._Element) -> None:
        _, start, is_title = self._starts.pop()
        name = f"{node.get('id') or ''} {node.get('class') or ''}"
        self.spans.append(Span(start, len(self.pieces), name, is_title))

    def _text(self, text: str) -> None:
        if self._preformatted and "\n" in text:
            for line in text.splitlines():
                self._append(line)
                self._flush()
        elif self._links:
            self._append(text)
        else:
            self._buffer.append(text)

    def _append(self, text: str) -> None:
        self._buffer.append(text)
        if self._links:
            self._linked += len(text)

    def _flush(self) -> None:
        if not self._buffer:
            return
        printed = "".join(self._buffer)
        text = clean(printed)
        linked = min(self._linked, len(text))
        self._buffer.clear()
        self._linked = 0
        if text and text != "[]":
            self._count(len(text))
            self._add(Line(text, linked, printed if self._preformatted else ""))

    def _count(self, characters: int) -> None:
        self._characters += characters
        if self._characters > MAX_TEXT_CHARACTERS:
            raise TooBigError(f"page has more than MAX_TEXT_CHARACTERS = {MAX_TEXT_CHARACTERS} characters")

    def _add(self, piece: Piece) -> None:
        if self._open:
            self._open[-1].add(piece)
        else:
            self.pieces.append(piece)
            if len(self.pieces) > MAX_PIECES:
                raise TooBigError(f"page has more than MAX_PIECES = {MAX_PIECES} lines")

    def _table(self) -> OpenTable | None:
        return self._tables[-1] if self._tables else None

    def _start_table(self, node: etree._Element) -> None:
        inside_cell = bool(self._open) and self._open[-1].cell is not None
        if node in self._frames or (node in self._single and inside_cell):
            self._tables.append(None)
        else:
            self._open.append(OpenTable(aligned=node not in self._ragged))
            self._tables.append(self._open[-1])

    def _end_table(self, _: etree._Element) -> None:
        if self._tables and self._tables.pop() is not None:
            for piece in self._open.pop().pieces():
                self._add(piece)

    def _start_row(self, _: etree._Element) -> None:
        table = self._table()
        if table is not None:
            table.start_row()

    def _end_row(self, _: etree._Element) -> None:
        table = self._table()
        if table is not None:
            table.end_row()

    def _change_group(self, _: etree._Element) -> None:
        table = self._table()
        if table is not None:
            table.group += 1
            table.end_row()

    def _start_cell(self, node: etree._Element) -> None:
        table = self._table()
        if table is not None:
            table.start_cell(node)

    def _end_cell(self, node: etree._Element) -> None:
        table = self._table()
        if table is not None:
            table.end_cell(node)

    def _start_link(self, _: etree._Element) -> None:
        self._links += 1

    def _end_link(self, _: etree._Element) -> None:
        self._links -= 1

    def _start_preformatted(self, _: etree._Element) -> None:
        self._preformatted += 1

    def _end_preformatted(self, _: etree._Element) -> None:
        self._preformatted -= 1

    def _picture(self, node: etree._Element) -> None:
        side = _smallest_side(node)
        if side > _ICON_PIXELS:
            self._flush()
            sources = (node.get(name) for name in _SOURCES)
            self._add(Picture(next(filter(None, sources), "")))
        elif side > _SPACER_PIXELS and self._open and self._open[-1].cell is not None:
            self._open[-1].cell.has_icon = True


_Handler = Callable[[Walk, etree._Element], None]
_STARTS: dict[str, _Handler] = {
    "table": Walk._start_table,
    "tr": Walk._start_row,
    "td": Walk._start_cell,
    "th": Walk._start_cell,
    "a": Walk._start_link,
    "pre": Walk._start_preformatted,
    "img": Walk._picture,
    **dict.fromkeys(("input", "canvas"), Walk._show),
    **dict.fromkeys(ROW_GROUPS, Walk._change_group),
}
_ENDS: dict[str, _Handler] = {
    "table": Walk._end_table,
    "tr": Walk._end_row,
    "td": Walk._end_cell,
    "th": Walk._end_cell,
    "a": Walk._end_link,
    "pre": Walk._end_preformatted,
    **dict.fromkeys(ROW_GROUPS, Walk._change_group),
}


_ACTING = BREAKING.union(_STARTS, _ENDS, SET_APART)
"""Elements that do more than hold text. In a table nearly all others are Word's ``span`` and ``font``."""


def _is_title(node: etree._Element, tag: str) -> bool:
    if tag in HEADINGS:
        return True
    if tag not in TITLE_CARRIERS:
        return False
    return any(TITLE_NAME.search(name) for name in (node.get("class"), node.get("id")) if name)


def _smallest_side(node: etree._Element) -> int:
    sizes = [clean(node.get(side) or "").removesuffix("px") for side in ("width", "height")]
    return min((int(size) for size in sizes if size.isdecimal() and len(size) <= 2), default=_ICON_PIXELS + 1)
