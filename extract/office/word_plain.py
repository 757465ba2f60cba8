"""The plain blocks of a WordprocessingML body, from one pass over the few elements that print something.

Most blocks are paragraphs of runs, and tables of such paragraphs. Asking lxml for the elements that matter takes a fifth
of the time of walking over all of them. A block with anything else in it that could change what is printed (a field, a
revision, a text box, struck-out words, a table in a table) is not plain: it is left to the walk of
``extract.office.word``, which gives the same for plain blocks too.
"""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field

from lxml import etree

from extract.office.placing import PrintedCell
from extract.office.table import PrintedTable, printed_text
from extract.office.word_columns import column_edges, stated_count
from extract.office.word_text import OFF, PICTURES, RAISED, SIGNS, WORD_NAMESPACES

_WRAPPERS = ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")
_INLINE_WRAPPERS = ("hyperlink", "fldSimple")
_MOST_WRAPPERS = 8
"""Content controls and insertions around each other; what is nested deeper is walked over."""

_NEVER_PLAIN = ("fldChar", "txbxContent", "altChunk", "hMerge")
_NEVER_PLAIN_ANYWHERE = ("{*}t", "{*}AlternateContent", *(f"{{*}}{name.removeprefix('w:')}" for name in PICTURES))
"""Words of other vocabularies (formulas), alternatives and pictures."""


@dataclass(slots=True)
class _Cell:
    """A cell being read: its words, with a line feed between paragraphs."""

    words: list[str]
    span: int = 1
    is_continued: bool = False


@dataclass(slots=True)
class _Row:
    """A row being read: its cells, and the columns it leaves out before them."""

    cells: list[_Cell] = field(default_factory=list)
    left_out: int = 0


@dataclass(slots=True)
class _Table:
    """A table being read: the stated widths of its columns, and its rows."""

    widths: list[str | None] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)

    def finished(self) -> PrintedTable:
        """Return the table as printed."""
        edge_of = column_edges(self.widths)
        rows = []
        for row in self.rows:
            column = row.left_out
            left = edge_of(column)
            cells = []
            for cell in row.cells:
                column += cell.span
                right = edge_of(column)
                cells.append(PrintedCell(left, right, printed_text("".join(cell.words)), cell.is_continued, ""))
                left = right
            rows.append(tuple(cells))
        return PrintedTable(rows)


_Words = list[str]
_Handler = Callable[[etree._Element], None]


def plain_blocks(
    body: etree._Element, frames: Set[etree._Element] = frozenset()
) -> Iterator[tuple[etree._Element, str | PrintedTable | None]]:
    """Yield the children of a body that may print something, with what they print, or ``None`` if they are not plain.

    ``frames`` are children that are not plain and need no look.
    """
    namespace = str(body.tag)[1:].partition("}")[0]
    if any(next(body.iter(f"{{{other}}}*"), None) is not None for other in WORD_NAMESPACES if other != namespace):
        yield from ((node, None) for node in body)
        return
    for node, found in _Pass(body, f"{{{namespace}}}").blocks(frames).items():
        if isinstance(found, _Table):
            yield node, found.finished()
        else:
            yield node, None if found is None else "".join(found)


class _Pass:
    """Keeps what is open while the elements go by; each is believed only where its parents are the expected ones."""

    def __init__(self, body: etree._Element, prefix: str) -> None:
        self._body, self._value, self._width = body, f"{prefix}val", f"{prefix}w"
        self._run, self._tabs, self._row_properties = f"{prefix}r", f"{prefix}tabs", f"{prefix}trPr"
        self._moved_away = f"{prefix}moveFrom"
        self._wrappers = frozenset(prefix + name for name in _WRAPPERS)
        self._inline = self._wrappers.union(prefix + name for name in _INLINE_WRAPPERS)
        self._blocks: dict[etree._Element, _Words | _Table | None] = {}
        self._tops: dict[etree._Element | None, etree._Element] = {}
        self._table_node: etree._Element | None = None
        self._row_node: etree._Element | None = None
        self._cell_node: etree._Element | None = None
        self._line_node: etree._Element | None = None
        self._hidden_run: etree._Element | None = None
        self._table, self._cell, self._row, self._words = _Table(), _Cell([]), _Row(), list[str]()
        self._signs = {prefix + name.removeprefix("w:"): sign for name, sign in SIGNS.items()}
        named: dict[str, _Handler] = {
            "p": self._paragraph,
            "t": self._text,
            "tc": self._open_cell,
            "tr": self._open_row,
            "tbl": self._open_table,
            "gridCol": self._column,
            "gridSpan": self._span,
            "vMerge": self._merge,
            "gridBefore": self._first_column,
            "vertAlign": self._height,
            "vanish": self._hide,
            "strike": self._strike,
            "dstrike": self._strike,
            "del": self._drop_row,
            "hidden": self._drop_row,
            **dict.fromkeys(_NEVER_PLAIN, self._other),
        }
        self._handlers = {prefix + name: handler for name, handler in named.items()}
        self._handlers |= dict.fromkeys(self._signs, self._sign)

    def blocks(self, frames: Set[etree._Element]) -> dict[etree._Element, _Words | _Table | None]:
        """Return the blocks in order."""
        handlers, other = self._handlers, self._other
        for top in self._body if frames else (self._body,):
            if top in frames:
                self._blocks[top] = None
                continue
            for node in top.iter(*handlers, *_NEVER_PLAIN_ANYWHERE):
                handlers.get(node.tag, other)(node)
        return self._blocks

    def _other(self, node: etree._Element) -> None:
        """Note that the block an element stands in is not plain."""
        holder = parent = node.getparent()
        if holder not in self._tops:
            while parent is not None and parent is not self._body:
                node, parent = parent, parent.getparent()
            self._tops[holder] = node
        self._blocks[node if holder is self._body else self._tops[holder]] = None

    def _paragraph(self, node: etree._Element) -> None:
        parent = node.getparent()
        self._line_node = node
        if parent is self._cell_node or (parent is not self._body and self._stands_in(node, self._cell_node)):
            if self._words:
                self._words.append("\n")
        elif parent is self._body:
            self._blocks[node] = self._words = []
        else:
            self._line_node = None
            self._other(node)

    def _stands_in(self, node: etree._Element, holder: etree._Element | None) -> bool:
        """Say whether an element belongs to the open row, cell or table, be it inserted or in a content control."""
        return self._unwrapped(node, holder, self._wrappers)

    @staticmethod
    def _unwrapped(node: etree._Element, holder: etree._Element | None, wrappers: frozenset[str]) -> bool:
        parent = node.getparent()
        for _ in range(_MOST_WRAPPERS):
            if parent is holder or parent is None or parent.tag not in wrappers:
                break
            parent = parent.getparent()
        return parent is holder

    def _text(self, node: etree._Element) -> None:
        run = node.getparent()
        if run is not None and run.tag == self._run and self._is_in_line(run):
            if run is not self._hidden_run:
                self._words.append(node.text or "")
        elif run is None or _tag(run.getparent()) != self._moved_away:
            self._other(node)

    def _sign(self, node: etree._Element) -> None:
        run = node.getparent()
        if run is not None and run.tag == self._run and self._is_in_line(run):
            if run is not self._hidden_run:
                self._words.append(self._signs[str(node.tag)])
        elif _tag(run) != self._tabs:  # the stops of a paragraph are no tabulators
            self._other(node)

    def _is_in_line(self, run: etree._Element) -> bool:
        return run.getparent() is self._line_node or self._unwrapped(run, self._line_node, self._inline)

    def _open_table(self, node: etree._Element) -> None:
        if node.getparent() is self._body:
            self._blocks[node] = self._table = _Table()
            self._table_node = node
            self._row_node = self._cell_node = self._line_node = None
        else:
            self._other(node)

    def _open_row(self, node: etree._Element) -> None:
        if self._stands_in(node, self._table_node):
            self._row = _Row()
            self._table.rows.append(self._row)
            self._row_node = node
        else:
            self._other(node)

    def _open_cell(self, node: etree._Element) -> None:
        if node.getparent() is self._row_node or self._stands_in(node, self._row_node):
            self._words = []
            self._cell = _Cell(self._words)
            self._row.cells.append(self._cell)
            self._cell_node, self._line_node = node, None
        else:
            self._other(node)

    def _column(self, node: etree._Element) -> None:
        grid = node.getparent()
        if grid is not None and grid.getparent() is self._table_node:
            self._table.widths.append(node.get(self._width))
        else:
            self._other(node)

    def _span(self, node: etree._Element) -> None:
        if self._is_of_cell(node):
            self._cell.span = max(1, stated_count(node.get(self._value), 1))

    def _merge(self, node: etree._Element) -> None:
        if self._is_of_cell(node):
            self._cell.is_continued = node.get(self._value) in (None, "", "continue")

    def _first_column(self, node: etree._Element) -> None:
        if self._is_of_row(node):
            self._row.left_out = stated_count(node.get(self._value), 0)
        else:
            self._other(node)

    def _drop_row(self, node: etree._Element) -> None:
        """Leave out a row that was deleted, or is hidden; deleted words stand in elements of their own."""
        if _tag(node.getparent()) != self._row_properties or node.get(self._value) in OFF:
            return
        if self._is_of_row(node):
            if self._table.rows and self._table.rows[-1] is self._row:
                self._table.rows.pop()
        else:
            self._other(node)

    def _is_of_row(self, node: etree._Element) -> bool:
        properties = node.getparent()
        return (
            _tag(properties) == self._row_properties
            and properties is not None
            and properties.getparent() is self._row_node
        )

    def _is_of_cell(self, node: etree._Element) -> bool:
        properties = node.getparent()
        if properties is not None and properties.getparent() is self._cell_node:
            return True
        self._other(node)
        return False

    def _run_of(self, node: etree._Element) -> etree._Element | None:
        """Return the run whose property this is; those of paragraph marks and of earlier revisions print nothing."""
        properties = node.getparent()
        run = None if properties is None else properties.getparent()
        return run if _tag(run) == self._run else None

    def _hide(self, node: etree._Element) -> None:
        run = self._run_of(node)
        if run is not None and node.get(self._value) not in OFF:
            self._hidden_run = run

    def _strike(self, node: etree._Element) -> None:
        if self._run_of(node) is not None and node.get(self._value) not in OFF:
            self._other(node)

    def _height(self, node: etree._Element) -> None:
        if self._run_of(node) is not None and node.get(self._value, RAISED[0]) in RAISED:
            self._other(node)


def _tag(node: etree._Element | None) -> str:
    return "" if node is None else str(node.tag)
