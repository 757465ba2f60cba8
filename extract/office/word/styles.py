"""Styles of a Word document that hide characters or set them apart from the line: they do so wherever a run has them.

Only a few styles do (a footnote sign's, 窗体顶端); all others are not looked at. A style has what it says itself and else
what the style says that it is based on (ECMA-376 part 1, 17.7.4.3); paragraphs also have what holds for the document.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from extract.office.package import Package, attribute, parse_xml
from extract.office.word.look import LINE, telling
from extract.office.word.nodes import child, children, qualified, value
from extract.office.word.shades import GROUND, INKS, Properties
from extract.office.word.source import ENCODING

_DEEPEST = 12
"""Styles based on each other; Word allows 10."""

_LOOKS = re.compile(
    rb"""[vV]anish|strike|vertAlign|position|rtl|eastAsianLayout|dings|fitText|textFill|numPr|"""
    rb"""[: ]color\b[^>]*(?:val="[C-Fc-f]|background1|light1)|"""
    rb"""[: ]sz\b[^>]*val="[1-4]"|shd\b[^>]*fill="[0-5]|shd\b[^>]*"solid"|spacing\b[^>]*(?:val="-|exact)|[: ]w\b[^>]*val="[0-9][0-9]?"""
)
"""What stands in the source of styles of which one may tell."""

_NOTHING: Properties = {}
_KEPT, _KEPT_BYTES = 32, 256 * 1024


@dataclass(frozen=True, slots=True)
class Styles:
    """What the styles of a document say of its characters, by their identifiers; those that tell nothing are
    left out. ``general`` holds where a paragraph names no style that is known, ``tables`` where a table names none.
    """

    said: Mapping[str, Properties] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    general: Properties = field(default_factory=dict)
    tables: Properties = field(default_factory=dict)

    def of_paragraph(self, style: str | None) -> Properties:
        """Return what a paragraph's style says."""
        return self.said.get(style, _NOTHING) if style is not None and style in self.known else self.general

    def of_run(self, style: str | None) -> Properties:
        """Return what a style of characters says."""
        return _NOTHING if style is None else self.said.get(style, _NOTHING)

    def of_table(self, style: str | None) -> Properties:
        """Return what a table's style says, for any of its cells."""
        return self.said.get(style, _NOTHING) if style is not None and style in self.known else self.tables

    def uses(self) -> re.Pattern[str] | None:
        """Return the pattern of what a source has that uses one of these styles, a sign for each of its bytes."""
        if self.general or self.tables:
            return re.compile("")
        names = "|".join(re.escape(style.encode().decode(ENCODING)) for style in self.said)
        return re.compile(rf"""Style\s+w:val\s*=\s*["'](?:{names})["']""") if names else None


def telling_styles(package: Package, main_part: str) -> Styles:
    """Return what each style of a document says of hiding, striking out, raising and numbering.

    Raises ``CorruptError`` for a part of styles that is not well-formed.
    """
    links = package.relations(main_part).values()
    name = next((link.target for link in links if link.kind == "styles"), "")
    source = package.part(name) or b""
    return (_kept_styles if len(source) <= _KEPT_BYTES else _styles)(source, name)


def _styles(source: bytes, name: str) -> Styles:
    if not _LOOKS.search(source.replace(b"\0", b"")):  # of UTF-16
        return Styles()
    stated = _Stated(parse_xml(source, name))
    said = {style: telling(stated.said(style)) for style in stated.nodes}
    told = {style: found for style, found in said.items() if found}
    general, tables = (told.get(stated.default(kind), _NOTHING) for kind in ("paragraph", "table"))
    return Styles(told, frozenset(stated.nodes), general or telling(stated.for_all), tables)


_kept_styles = lru_cache(maxsize=_KEPT)(_styles)
"""Reports made from one template have the same."""


class _Stated:
    """The styles of a document, and what it says for all its paragraphs."""

    def __init__(self, root: etree._Element) -> None:
        self.nodes = {attribute(node, "styleId") or "": node for node in root if qualified(node) == "w:style"}
        defaults = child(root, "w:docDefaults")
        self.for_all = _of_line(child(child(defaults, "w:pPrDefault"), "w:pPr"))
        self.for_all |= children(child(child(defaults, "w:rPrDefault"), "w:rPr"))

    def default(self, kind: str) -> str:
        """Return the style of a kind that holds where none is named."""
        found = (style for style, node in self.nodes.items() if attribute(node, "default") in ("1", "true", "on"))
        return next((style for style in found if attribute(self.nodes[style], "type") == kind), "")

    def said(self, style: str) -> Properties:
        """Return what a style says, or the nearest of what it is based on."""
        chain: list[etree._Element] = []
        while style in self.nodes and len(chain) < _DEEPEST:
            chain.append(self.nodes[style])
            style = value(self.nodes[style], "w:basedOn") or ""
        is_of_paragraphs = bool(chain) and attribute(chain[0], "type") == "paragraph"
        said = dict(self.for_all) if is_of_paragraphs else {}
        for node in reversed(chain):
            said |= _of_some_cells(node) | _of_part(node) | _of_all_cells(node)
        return said


def _of_part(node: etree._Element) -> dict[str, etree._Element]:
    """Return what a style, or its part for some cells of a table, says; not the ink where it also colours the ground."""
    said = _of_line(child(node, "w:pPr")) | children(child(node, "w:rPr"))
    if child(child(node, "w:tcPr"), "w:shd") is not None:
        return {name: found for name, found in said.items() if name not in INKS}
    return said


def _of_all_cells(style: etree._Element) -> dict[str, etree._Element]:
    """Return what a table's style says of the ground of all its cells; that of some, as of its head, is not looked at."""
    shade = child(child(style, "w:tcPr"), "w:shd")
    return {} if shade is None else {GROUND: shade}


def _of_line(properties: etree._Element | None) -> dict[str, etree._Element]:
    """Return what properties of paragraphs say that matters: whether they are numbered, and the height of lines."""
    names = {"w:numPr": "w:numPr", "w:spacing": LINE}
    return {names[name]: node for name, node in children(properties).items() if name in names}


def _of_some_cells(style: etree._Element) -> dict[str, etree._Element]:
    """Return what a table's style says of its first row, last column and the like; who is hidden there is not known."""
    said: dict[str, etree._Element] = {}
    for node in style:
        if qualified(node) == "w:tblStylePr":
            said |= _of_part(node)
    if "w:vanish" in said:
        said["w:specVanish"] = said.pop("w:vanish")
    return said
