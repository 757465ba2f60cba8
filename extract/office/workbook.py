"""XLSX: the cells of each visible sheet as they are printed. Formulas are never computed, macros and links never opened.

A formula whose result the file does not keep, and an error value, are printed as such (``=SUM(B4:B9)``, ``#REF!``):
libraries that give an empty cell for them would make the agency's figure a blank (measured with python-calamine).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from extract.damage import damage_is_corrupt
from extract.errors import CorruptError, TooBigError, UnsupportedError
from extract.limits import MAX_GRID_CELLS
from extract.model import Finding
from extract.office.numbers import BUILT_IN, GENERAL, printed_number
from extract.office.package import Package, attribute, local_name, refuse_doctype
from extract.office.sheets import MAX_SHEETS, Area, Place, Sheet, hidden_sheets

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_HIDDEN = ("hidden", "veryHidden")
_ON = ("1", "true", "on")
_MAX_COLUMN = 16_384
_APART = frozenset(("strike", "vertAlign"))


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to: shared texts, and the number format of each cell style."""

    strings: tuple[str, ...]
    formats: tuple[str, ...]
    is_1904: bool


def read_workbook(data: bytes) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """Return the visible sheets, and notes about hidden ones. Raises an ``ExtractError`` for anything else."""
    package = Package(data)
    main = package.main_part("xl/workbook.xml")
    if main.lower().endswith(".bin"):
        raise UnsupportedError("a binary workbook (XLSB): save it as XLSX to read it")
    root = package.xml(main)
    if root is None:
        raise CorruptError("the package has no workbook")
    relations = package.relations(main)
    parts = {relation.kind: relation.target for relation in relations.values()}
    book = _Book(
        tuple(_strings(package.xml(parts.get("sharedStrings", "xl/sharedStrings.xml")))),
        tuple(_formats(package.xml(parts.get("styles", "xl/styles.xml")))),
        any(node.get("date1904") in _ON for node in root.iter("{*}workbookPr")),
    )
    shown, notes = _listed(root)
    if any(key not in relations for _, key in shown):
        raise CorruptError("the package does not say where a sheet is")
    return tuple(_sheet(package, name, relations[key].target, book) for name, key in shown), notes


def _listed(root: etree._Element) -> tuple[list[tuple[str, str]], tuple[Finding, ...]]:
    """Return name and relation of each visible sheet, and a note about the others."""
    sheets = list(root.iter("{*}sheet"))
    if len(sheets) > MAX_SHEETS:
        raise TooBigError(f"more than MAX_SHEETS = {MAX_SHEETS} sheets")
    hidden = [node.get("name") or "" for node in sheets if node.get("state") in _HIDDEN]
    shown = [
        (node.get("name") or "", attribute(node, "id") or "") for node in sheets if node.get("state") not in _HIDDEN
    ]
    return shown, hidden_sheets(hidden)


def _strings(root: etree._Element | None) -> Iterator[str]:
    return (_rich_text(node) for node in (() if root is None else root))


def _rich_text(node: etree._Element) -> str:
    """Return a text of one or more runs, phonetic hints left out; raised or struck-out runs stand in brackets."""
    pieces = []
    for part in node:
        name = local_name(part)
        if name == "t":
            pieces.append(part.text or "")
        elif name == "r":
            text = "".join(found.text or "" for found in part.iter("{*}t"))
            apart = any(local_name(found) in _APART for found in part.iter())
            pieces.append(f"[{text}]" if apart and text.strip() else text)
    return "".join(pieces)


def _formats(root: etree._Element | None) -> Iterator[str]:
    """Yield the number format of each cell style."""
    if root is None:
        return
    own = {node.get("numFmtId"): node.get("formatCode") or GENERAL for node in root.iter("{*}numFmt")}
    for styles in root.iter("{*}cellXfs"):
        for node in styles:
            number = node.get("numFmtId") or "0"
            yield own.get(number) or (BUILT_IN.get(int(number), GENERAL) if number.isdecimal() else GENERAL)


def _sheet(package: Package, name: str, part: str, book: _Book) -> Sheet:
    content = package.part(part)
    if content is None:
        raise CorruptError(f"the package has no part {part}")
    refuse_doctype(content, part)
    reader = _SheetReader(book)
    events = etree.iterparse(
        BytesIO(content),
        tag=[f"{{*}}{tag}" for tag in _TAGS],
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    with damage_is_corrupt(part):
        for _, node in events:
            _TAGS[local_name(node)](reader, node)
    return reader.sheet(name)


@dataclass(slots=True)
class _SheetReader:
    """Takes a sheet's elements as they end and lets each go: a sheet of a million cells is never a tree."""

    book: _Book
    texts: dict[Place, str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    unknown: list[Place] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    shows_zeros: bool = True
    row: int = -1

    def sheet(self, name: str) -> Sheet:
        hidden = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return Sheet(name, self.texts, tuple(self.merged), *hidden, tuple(self.unknown))

    def take_view(self, node: etree._Element) -> None:
        self.shows_zeros = node.get("showZeros", "1") in _ON

    def take_column(self, node: etree._Element) -> None:
        if node.get("hidden") in _ON:
            first, last = (int(node.get(name) or 1) for name in ("min", "max"))
            self.hidden_columns.update(range(first - 1, min(last, _MAX_COLUMN)))

    def take_row(self, node: etree._Element) -> None:
        self.row = int(node.get("r") or self.row + 2) - 1
        if node.get("hidden") in _ON:
            self.hidden_rows.add(self.row)
        column = -1
        for cell in node:
            place = _place(cell.get("r")) or (self.row, column + 1)
            column = place[1]
            self._take_cell(cell, place)
        _let_go(node)

    def _take_cell(self, cell: etree._Element, place: Place) -> None:
        parts = {local_name(part): part for part in cell}
        text = self._text(cell, parts)
        if "f" in parts and not text and cell.get("t") != "str":
            text = f"={parts['f'].text or ''}"
            self.unknown.append(place)
        if text.strip():
            self.texts[place] = text
        if len(self.texts) > MAX_GRID_CELLS:
            raise TooBigError(f"sheet has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} used cells")

    def _text(self, cell: etree._Element, parts: Mapping[str, etree._Element]) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return _rich_text(parts["is"]) if "is" in parts else ""
        stored = parts["v"].text or "" if "v" in parts else ""
        if kind == "s":
            return self.book.strings[int(stored)] if stored.strip() else ""
        if kind == "b":
            return "TRUE" if stored.strip() == "1" else "FALSE"
        return self._number(stored, cell.get("s")) if kind == "n" and stored else stored

    def _number(self, stored: str, style: str | None) -> str:
        code = self.book.formats[int(style)] if style and int(style) < len(self.book.formats) else GENERAL
        if not self.shows_zeros and printed_number(stored) == "0":
            return ""
        return printed_number(stored, code, is_1904=self.book.is_1904)

    def take_area(self, node: etree._Element) -> None:
        first, _, last = (node.get("ref") or "").partition(":")
        start, end = _place(first), _place(last or first)
        if start and end:
            self.merged.append(Area(start[0], start[1], end[0], end[1]))
        if len(self.merged) > MAX_GRID_CELLS:
            raise TooBigError(f"sheet has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} merged areas")
        _let_go(node)


_TAGS = {
    "sheetView": _SheetReader.take_view,
    "col": _SheetReader.take_column,
    "row": _SheetReader.take_row,
    "mergeCell": _SheetReader.take_area,
}


def _let_go(node: etree._Element) -> None:
    """Free an element that has been read, and those before it."""
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]


def _place(reference: str | None) -> Place | None:
    found = _REFERENCE.fullmatch(reference or "")
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1
