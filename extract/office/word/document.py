"""DOCX: paragraphs and tables of the body in order, as printed after accepting all revisions.

Headers, footers, notes and comments are other parts of the package and are not read (``extract.office.word.beside``).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from extract.errors import CorruptError, TooBigError
from extract.limits import MAX_GRID_CELLS
from extract.model import Document, Finding
from extract.office.package import Package, attribute, parse_xml, refuse_damaged
from extract.office.printed import PrintedTable
from extract.office.table import OfficeTable, Part, TableCell, lay_out
from extract.office.unseen import is_figure, set_apart
from extract.office.word.beside import facts, tables_beside
from extract.office.word.chunks import PACKAGE, Chunks, Reader
from extract.office.word.columns import column_edges, stated_count
from extract.office.word.floats import Over, Reach, seen_rows
from extract.office.word.look import is_numbered
from extract.office.word.nodes import (
    child,
    children,
    is_on,
    members,
    qualified,
    shows_placeholder,
    unwrapped,
    value,
    values,
)
from extract.office.word.over import OVER_TABLES, reach_tables
from extract.office.word.pictures import Pictures
from extract.office.word.plain import Known, Odd, PlainBlock, plain_blocks
from extract.office.word.sound import is_sound
from extract.office.word.source import UnusualError, WordSource, word_source
from extract.office.word.styles import Styles, telling_styles
from extract.office.word.text import REPLACED, ParagraphText

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_NO_BODY = "the package has no document body"
_MOST_TOLD = 10


def read_docx(data: bytes, others: Mapping[bytes, Reader] | None = None) -> Document:
    """Read a DOCX. Raises an ``ExtractError`` for anything damaged, encrypted or past a limit.

    ``others`` read files of other formats that it takes in, by what these begin with.
    """
    within = others or {}
    return _read(data, {PACKAGE: lambda chunk: _read(chunk, within), **within})


def _read(data: bytes, readers: Mapping[bytes, Reader]) -> Document:
    package = Package(data)
    name = package.main_part("word/document.xml")
    content = package.part(name)
    if content is None:
        raise CorruptError(_NO_BODY)
    styles, damage = _styles(package, name)
    relations = package.relations(name)
    chunks, pictures = Chunks(package, relations, readers), Pictures(package, relations)
    reader = _Reader(styles, chunks, pictures)
    blocks, notes = lay_out(reader.body(content, name))
    told = (*damage, *notes, *reader.notes(), *tables_beside(package, name))
    return chunks.put(pictures.put(Document(MEDIA_TYPE, blocks, tuple(facts(package)), told)))


def _styles(package: Package, name: str) -> tuple[Styles, tuple[Finding, ...]]:
    """Return the styles that tell; where their part is damaged none is known, and what they would hide is read."""
    try:
        return telling_styles(package, name), ()
    except CorruptError as error:
        detail = f"the styles cannot be read, and text that they hide or strike out is read as shown: {error}"
        return Styles(), (Finding("damaged_styles", "NOT_ASSESSABLE", detail=detail),)


@dataclass(slots=True)
class _Reader:
    """Reads parts in order, and counts what must be bounded or reported."""

    _styles: Styles
    _chunks: Chunks
    _pictures: Pictures
    _inner_chunks: int = field(default=0)
    _counted: int = field(default=0)
    _reaches: list[Reach] = field(default_factory=list)
    _loose: list[str] = field(default_factory=list)
    _is_over: bool = field(default=False)

    def body(self, content: bytes, name: str) -> list[Part | PrintedTable]:
        """Return the lines and tables of a document, and see whether drawings between them reach into a table."""
        parts: list[Part | PrintedTable] = []
        floating: list[tuple[int, Reach]] = []
        for part in self.main_part(content, name):
            floating += [(len(parts), reach) for reach in self._reaches]
            self._reaches.clear()
            parts.append(part)
        self._is_over = reach_tables(floating, parts)
        return parts

    def notes(self) -> Iterator[Finding]:
        if self._is_over:
            yield OVER_TABLES
        if self._loose:
            detail = f"figures in text boxes or frames beside the tables: {', '.join(self._loose[:_MOST_TOLD])}"
            yield Finding("floating", "NOT_ASSESSABLE", cause="source", detail=detail)
        unread = self._chunks.unread + self._inner_chunks
        if unread:
            yield Finding("embedded", "NOT_ASSESSABLE", detail=f"{unread} embedded files in the text, not read")

    def main_part(self, content: bytes, name: str) -> Iterator[Part | PrintedTable]:
        """Yield the lines and tables of a document; a table that only lays others out may be what its cells hold."""
        blocks = _plain_blocks(content, name, self._styles.uses())
        if blocks is None:
            yield from self._body_parts(members(_body(parse_xml(content, name))))
            return
        for block in blocks:
            if isinstance(block, etree._Element):
                yield from self._body_parts(unwrapped(block))
            else:
                self._count_cells(len(block.texts) if isinstance(block, PrintedTable) else 0)
                yield block

    def _body_parts(self, nodes: Iterable[etree._Element]) -> Iterator[Part]:
        for node in nodes:
            if qualified(node) == "w:altChunk":
                yield self._chunks.take(node)
            else:
                yield from self._parts((node,))

    def parts(self, container: etree._Element) -> Iterator[Part]:
        """Yield the lines and tables of a cell or a text box; a file embedded there is printed, and is no blank."""
        begun = ""
        for node in members(container):
            for part in self._parts((node,)):
                if isinstance(part, str) and _goes_on(node):
                    begun += part
                else:
                    yield begun + part if isinstance(part, str) else part
                    begun = begun if isinstance(part, OfficeTable) else ""
            if qualified(node) == "w:altChunk":
                yield REPLACED
        yield begun

    def _parts(self, nodes: Iterable[etree._Element]) -> Iterator[Part]:
        for node in nodes:
            name = qualified(node)
            if name == "w:p":
                yield from self._paragraph(node)
            elif name == "w:tbl":
                yield self._table(node)
            elif name == "w:altChunk":
                self._inner_chunks += 1

    def _paragraph(self, node: etree._Element) -> Iterator[Part]:
        own = children(child(node, "w:pPr"))
        style = self._styles.of_paragraph(value(child(node, "w:pPr"), "w:pStyle"))
        around = list(node.iterancestors())
        table = next((outer for outer in around if qualified(outer) == "w:tbl"), None)
        within = {} if table is None else self._styles.of_table(value(child(table, "w:tblPr"), "w:tblStyle"))
        words = ParagraphText(self._styles, (within, style))
        words.read(node)
        self._reaches += words.floats
        if table is None:
            self._note_loose(words.text if "w:framePr" in own else "")
            yield from self._pictures.take(words.text, words.pictures)
        else:
            is_lone = "w:framePr" not in own and not words.boxes and not any(map(shows_placeholder, around))
            text = words.text if is_lone or not is_figure(words.text) else set_apart(words.text)
            yield _numbered(text) if is_numbered(own.get("w:numPr", style.get("w:numPr"))) else text
        for box in words.boxes:
            yield from self._box(box, table is None)

    def _box(self, box: etree._Element, is_loose: bool) -> Iterator[Part]:
        for part in self.parts(box):
            if isinstance(part, str) and is_loose:
                self._note_loose(part)
            yield part

    def _note_loose(self, text: str) -> None:
        if any(map(str.isdigit, text)) and is_figure(text):
            self._loose.append(text.strip())

    def _table(self, node: etree._Element) -> OfficeTable:
        edges = column_edges(_widths(child(node, "w:tblGrid")))
        found = (row for row in members(node) if qualified(row) == "w:tr" and not _is_dropped(row))
        over: list[Over] = []
        rows = [tuple(self._cells(row, edges, number, over)) for number, row in enumerate(found)]
        return OfficeTable(tuple(seen_rows(rows, over) if over else rows))

    def _cells(
        self, row: etree._Element, edges: Callable[[int], int], number: int, over: list[Over]
    ) -> Iterator[TableCell]:
        """Yield a row's cells, and add what floats over them; one merged to the left in the old way widens the cell
        before it."""
        column = stated_count(value(child(row, "w:trPr"), "w:gridBefore"), 0)
        pending: TableCell | None = None
        for node in (found for found in members(row) if qualified(found) == "w:tc"):
            properties = values(child(node, "w:tcPr"))
            if "w:cellDel" in properties:
                continue
            end = column + max(1, stated_count(properties.get("w:gridSpan"), 1))
            continued = properties.get("w:vMerge") in ("", "continue")
            begun = len(self._reaches)
            cell = TableCell(edges(column), edges(end), tuple(self.parts(node)), continued)
            over += [Over(reach, number, cell.left) for reach in self._reaches[begun:]]
            del self._reaches[begun:]
            column = end
            self._count_cells(1)
            if pending is not None and properties.get("w:hMerge") in ("", "continue") and not cell.text:
                pending = pending._replace(right=cell.right)
                continue
            if pending is not None:
                yield pending
            pending = cell
        if pending is not None:
            yield pending

    def _count_cells(self, number: int) -> None:
        self._counted += number
        if self._counted > MAX_GRID_CELLS:
            raise TooBigError(f"more than MAX_GRID_CELLS = {MAX_GRID_CELLS} table cells")


def _body(root: etree._Element) -> etree._Element:
    body = child(root, "w:body")
    if body is None:
        raise CorruptError(_NO_BODY)
    return body


def _plain_blocks(
    content: bytes, name: str, telling: re.Pattern[str] | None
) -> list[str | PrintedTable | etree._Element] | None:
    """Return the blocks of a main part, those that are not plain as elements; ``None`` if it is unusually written."""
    source = word_source(content)
    if source is None:
        return None
    blocks = _checked_blocks(source, content, name, telling)
    if blocks is None:
        return None
    odd = [block.source for block in blocks if isinstance(block, Odd)]
    try:
        nodes = iter(_body(parse_xml(source.part_of(odd), name)) if odd else ())
    except CorruptError:
        refuse_damaged(content, name)  # tells where it is
        raise
    return [next(nodes) if isinstance(block, Odd) else block for block in blocks]


def _checked_blocks(
    source: WordSource, content: bytes, name: str, telling: re.Pattern[str] | None
) -> list[PlainBlock] | None:
    """Return the blocks of a source, or ``None``; raises ``CorruptError`` where it is not well-formed.

    Most are of blocks that are known to be; only where one is not the whole part is looked at.
    """
    declared = source.attributes if source.is_simple and is_sound(source.attributes, "") else None
    if declared is None:
        refuse_damaged(content, name)
    try:
        blocks = plain_blocks(source.body, Known(declared, telling))
    except UnusualError:
        blocks = None
    except TooBigError:
        refuse_damaged(content, name)
        raise
    if blocks is None and declared is not None:
        refuse_damaged(content, name)
    return blocks


def _goes_on(paragraph: etree._Element) -> bool:
    """Say whether the next paragraph goes on in the same line: the sign between them is hidden, or was deleted."""
    mark = child(child(paragraph, "w:pPr"), "w:rPr")
    return is_on(mark, "w:vanish") or any(child(mark, name) is not None for name in ("w:del", "w:moveFrom"))


def _numbered(text: str) -> str:
    """Put a sign for its ordinal before a paragraph of a list, unless it is words: those are known without."""
    return text if any(map(str.isalpha, text)) else REPLACED + text


def _widths(grid: etree._Element | None) -> list[str | None]:
    return [] if grid is None else [attribute(node, "w") for node in grid if qualified(node) == "w:gridCol"]


def _is_dropped(row: etree._Element) -> bool:
    """Say whether a row was deleted by a revision, or is hidden."""
    properties = child(row, "w:trPr")
    return child(properties, "w:del") is not None or is_on(properties, "w:hidden")
