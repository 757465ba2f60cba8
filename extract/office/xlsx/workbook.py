"""XLSX: the cells of each visible sheet as they are printed. Formulas are never computed, macros and links never opened.

A formula whose result the file does not keep, and an error value, are printed as such (``=SUM(B4:B9)``, ``#REF!``):
libraries that give an empty cell for them would make the agency's figure a blank (measured with python-calamine).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

from lxml import etree

from extract.damage import damage_is_corrupt
from extract.errors import CorruptError, TooBigError, UnsupportedError
from extract.limits import MAX_GRID_CELLS
from extract.model import Finding
from extract.office.excel.drawings import Drawing, cover, words_around
from extract.office.excel.looks import LOW_POINTS, NARROW_CHARACTERS, CellLook
from extract.office.excel.numbers import UNKNOWN, printed_number, printed_text
from extract.office.excel.rules import HidingRule, apply_rules
from extract.office.excel.sheets import MAX_SHEETS, Area, Place, Sheet, hidden_sheets
from extract.office.package import Package, attribute, local_name, refuse_doctype
from extract.office.xlsx.areas import area_of, place_of, print_areas
from extract.office.xlsx.drawings import drawings
from extract.office.xlsx.looks import Looks, is_struck, is_unseen, read_looks
from extract.office.xlsx.rules import hiding_rules
from extract.office.xlsx.vml import old_drawings

_HIDDEN = ("hidden", "veryHidden")
_ON = ("1", "true", "on")
_MAX_COLUMN = 16_384
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to: shared texts, and how the cells of each style look."""

    strings: tuple[str, ...]
    looks: Looks
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
        read_looks(package.xml(parts.get("styles", "xl/styles.xml"))),
        any(node.get("date1904") in _ON for node in root.iter("{*}workbookPr")),
    )
    shown, notes = _listed(root)
    if any(key not in relations for _, _, key in shown):
        raise CorruptError("the package does not say where a sheet is")
    printed = print_areas(root)
    sheets = ((number, _sheet(package, name, relations[key].target, book)) for number, name, key in shown)
    return tuple(replace(sheet, printed=printed.get(number, ())) for number, sheet in sheets), notes


def _listed(root: etree._Element) -> tuple[list[tuple[int, str, str]], tuple[Finding, ...]]:
    """Return number, name and relation of each visible sheet, and a note about the others."""
    sheets = list(root.iter("{*}sheet"))
    if len(sheets) > MAX_SHEETS:
        raise TooBigError(f"more than MAX_SHEETS = {MAX_SHEETS} sheets")
    hidden = [node.get("name") or "" for node in sheets if node.get("state") in _HIDDEN]
    shown = [
        (number, node.get("name") or "", attribute(node, "id") or "")
        for number, node in enumerate(sheets)
        if node.get("state") not in _HIDDEN
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
            pieces.append(_unescaped(part.text))
        elif name == "r":
            text = "".join(_unescaped(found.text) for found in part.iter("{*}t"))
            font = next(part.iter("{*}rPr"), None)
            pieces.append(CellLook("", is_struck(font), is_unseen(font, None)).printed(text))
    return "".join(pieces)


def _unescaped(text: str | None) -> str:
    """Return a text with its escapes as signs: a line end is often written ``_x000D_`` (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if text and "_x" in text else text or ""


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
    relations = package.relations(part).values()
    return reader.sheet(name, [*drawings(package, relations), *old_drawings(package, relations)])


@dataclass(slots=True)
class _SheetReader:
    """Takes a sheet's elements as they end and lets each go: a sheet of a million cells is never a tree."""

    book: _Book
    texts: dict[Place, str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    unknown: list[Place] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    rules: list[HidingRule] = field(default_factory=list)
    shows_zeros: bool = True
    shows_formulas: bool = False
    row: int = -1

    def sheet(self, name: str, drawn: Sequence[Drawing]) -> Sheet:
        apply_rules(self.rules, self.texts)
        above, below = words_around(drawn, self.texts)
        cover(drawn, self.texts, self.merged)
        hidden = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return Sheet(name, self.texts, tuple(self.merged), *hidden, tuple(self.unknown), above=above, below=below)

    def take_view(self, node: etree._Element) -> None:
        self.shows_zeros = node.get("showZeros", "1") in _ON
        self.shows_formulas = node.get("showFormulas", "0") in _ON

    def take_column(self, node: etree._Element) -> None:
        if node.get("hidden") in _ON or float(node.get("width") or 9) < NARROW_CHARACTERS:
            first, last = (int(node.get(name) or 1) for name in ("min", "max"))
            self.hidden_columns.update(range(first - 1, min(last, _MAX_COLUMN)))

    def take_row(self, node: etree._Element) -> None:
        self.row = int(node.get("r") or self.row + 2) - 1
        if node.get("hidden") in _ON or float(node.get("ht") or 99) < LOW_POINTS:
            self.hidden_rows.add(self.row)
        column = -1
        for cell in node:
            place = place_of(cell.get("r")) or (self.row, column + 1)
            if place[0] != self.row or place[1] <= column:
                raise CorruptError(f"a cell of row {self.row + 1} claims to be {cell.get('r')}, or is there twice")
            column = place[1]
            self._take_cell(cell, place)
        _let_go(node)

    def _take_cell(self, cell: etree._Element, place: Place) -> None:
        parts = {local_name(part): part for part in cell}
        look = self.book.looks.of(cell.get("s"))
        text = self._text(cell, parts, look)
        if "f" in parts and self.shows_formulas:
            text = f"={parts['f'].text or ''}"
        elif "f" in parts and cell.get("t") != "str" and not any(part.text for part in cell if part is not parts["f"]):
            text = f"={parts['f'].text or ''}"
            self.unknown.append(place)
        if text.strip():
            self.texts[place] = look.printed(text)
        if len(self.texts) > MAX_GRID_CELLS:
            raise TooBigError(f"sheet has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} used cells")

    def _text(self, cell: etree._Element, parts: Mapping[str, etree._Element], look: CellLook) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return printed_text(_rich_text(parts["is"]), look.code) if "is" in parts else ""
        stored = parts["v"].text or "" if "v" in parts else ""
        if kind == "s":
            return printed_text(self._shared(stored), look.code) if stored.strip() else ""
        if kind == "b":
            return "TRUE" if stored.strip() == "1" else "FALSE"
        if kind == "n" and stored:
            return self._number(stored, look.code)
        return printed_text(_unescaped(stored), look.code) if kind == "str" else stored

    def _shared(self, number: str) -> str:
        return self.book.strings[int(number)] if number.strip().isdecimal() else UNKNOWN

    def _number(self, stored: str, code: str) -> str:
        if not self.shows_zeros and printed_number(stored) == "0":
            return ""
        return printed_number(stored, code, is_1904=self.book.is_1904)

    def take_rules(self, node: etree._Element) -> None:
        self.rules += hiding_rules(node, self.book.looks, area_of)
        _let_go(node)

    def take_area(self, node: etree._Element) -> None:
        area = area_of(node.get("ref") or "")
        if area is not None:
            self.merged.append(area)
        if len(self.merged) > MAX_GRID_CELLS:
            raise TooBigError(f"sheet has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} merged areas")
        _let_go(node)


_TAGS = {
    "sheetView": _SheetReader.take_view,
    "col": _SheetReader.take_column,
    "row": _SheetReader.take_row,
    "mergeCell": _SheetReader.take_area,
    "conditionalFormatting": _SheetReader.take_rules,
}


def _let_go(node: etree._Element) -> None:
    """Free an element that has been read, and those before it."""
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]
