"""DOCX: paragraphs and tables of the body in order, as printed after accepting all revisions.

Headers, footers, notes and comments are other parts of the package and are not read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from lxml import etree

from extract.errors import CorruptError, TooBigError
from extract.limits import MAX_GRID_CELLS
from extract.model import Document, Finding
from extract.office.package import Package, attribute, local_name
from extract.office.table import COLUMN_WIDTH, OfficeTable, Part, TableCell, lay_out
from extract.office.word_text import ParagraphText, child, chosen, is_on, qualified, value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_WRAPPERS = frozenset(("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml"))
_FACTS = ("title", "creator", "created")


def read_docx(data: bytes) -> Document:
    """Read a DOCX. Raises an ``ExtractError`` for anything damaged, encrypted or past a limit."""
    package = Package(data)
    root = package.xml(package.main_part("word/document.xml"))
    body = None if root is None else child(root, "w:body")
    if body is None:
        raise CorruptError("the package has no document body")
    reader = _Reader()
    blocks, notes = lay_out(reader.parts(body))
    return Document(MEDIA_TYPE, blocks, tuple(_facts(package)), (*notes, *reader.notes()))


def _facts(package: Package) -> Iterator[tuple[str, str]]:
    """Yield what the file states of itself. Templates hand these on for years: weaker than anything printed."""
    try:
        root = package.xml("docProps/core.xml")
    except CorruptError:
        return
    for node in () if root is None else root:
        if local_name(node) in _FACTS and (text := (node.text or "").strip()):
            yield f"docx:{local_name(node)}", text


@dataclass(slots=True)
class _Reader:
    """Reads parts in order, and counts what must be bounded or reported."""

    _chunks: int = field(default=0)
    _counted: int = field(default=0)

    def notes(self) -> Iterator[Finding]:
        if self._chunks:
            yield Finding("embedded", "NOT_ASSESSABLE", detail=f"{self._chunks} embedded files in the text, not read")

    def parts(self, container: etree._Element) -> Iterator[Part]:
        """Yield the lines and tables of a body, a cell or a text box."""
        for node in _members(container):
            name = qualified(node)
            if name == "w:p":
                yield from self._paragraph(node)
            elif name == "w:tbl":
                yield self._table(node)
            elif name == "w:altChunk":
                self._chunks += 1

    def _paragraph(self, node: etree._Element) -> Iterator[Part]:
        words = ParagraphText()
        words.read(node)
        yield words.text
        for box in words.boxes:
            yield from self.parts(box)

    def _table(self, node: etree._Element) -> OfficeTable:
        edges = _Edges(tuple(accumulate(_widths(child(node, "w:tblGrid")), initial=0)))
        rows = (row for row in _members(node) if qualified(row) == "w:tr" and not _is_dropped(row))
        return OfficeTable(tuple(tuple(self._cells(row, edges)) for row in rows))

    def _cells(self, row: etree._Element, edges: "_Edges") -> Iterator[TableCell]:
        """Yield a row's cells; one merged to the left in the old way widens the cell before it."""
        column = _count(value(child(row, "w:trPr"), "w:gridBefore"), 0)
        pending: TableCell | None = None
        for node in (found for found in _members(row) if qualified(found) == "w:tc"):
            properties = child(node, "w:tcPr")
            end = column + max(1, _count(value(properties, "w:gridSpan"), 1))
            continued = value(properties, "w:vMerge") in ("", "continue")
            cell = TableCell(edges.at(column), edges.at(end), tuple(self.parts(node)), continued)
            column = end
            self._count_cell()
            if pending is not None and value(properties, "w:hMerge") in ("", "continue") and not cell.text:
                pending = replace(pending, right=cell.right)
                continue
            if pending is not None:
                yield pending
            pending = cell
        if pending is not None:
            yield pending

    def _count_cell(self) -> None:
        self._counted += 1
        if self._counted > MAX_GRID_CELLS:
            raise TooBigError(f"more than MAX_GRID_CELLS = {MAX_GRID_CELLS} table cells")


@dataclass(frozen=True, slots=True)
class _Edges:
    """The edges of a table's columns; columns beyond those that are stated have a default width."""

    known: tuple[int, ...]

    def at(self, column: int) -> int:
        last = len(self.known) - 1
        return self.known[min(column, last)] + max(0, column - last) * COLUMN_WIDTH


def _widths(grid: etree._Element | None) -> tuple[int, ...]:
    """Return the stated widths in twips, or none where they are not all stated: then only the count can be believed."""
    columns = [] if grid is None else [node for node in grid if qualified(node) == "w:gridCol"]
    widths = tuple(_count(attribute(node, "w"), 0) for node in columns)
    return widths if all(widths) else ()


def _members(container: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of a container, those in content controls and insertions too."""
    for node in container:
        name = qualified(node)
        if name in _WRAPPERS:
            yield from _members(node)
        elif name == "mc:AlternateContent":
            taken = chosen(node)
            if taken is not None:
                yield from _members(taken)
        else:
            yield node


def _is_dropped(row: etree._Element) -> bool:
    """Say whether a row was deleted by a revision, or is hidden."""
    properties = child(row, "w:trPr")
    return child(properties, "w:del") is not None or is_on(properties, "w:hidden")


def _count(stated: str | None, otherwise: int) -> int:
    digits = (stated or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else otherwise
