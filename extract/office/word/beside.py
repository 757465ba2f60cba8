"""What a Word file holds beside its body: what it states of itself, and tables in headers, footers and notes.

Such tables are not read. Mostly they only lay out a letterhead; some programs put a table there that goes on over pages.
"""

import re
from collections.abc import Iterator

from lxml import etree

from extract.errors import CorruptError, ExtractError
from extract.model import Finding
from extract.office.package import Package, local_name, parse_xml

_FACTS = ("title", "creator", "created")
_KINDS = ("header", "footer", "footnotes", "endnotes")
_TABLE = re.compile(rb"<(?:[\w.-]{1,20}:)?tbl[\s>]")
_FIGURES = 4
"""Cells of figures that a letterhead does not have: the number of the page, of all pages and a date."""


def facts(package: Package) -> Iterator[tuple[str, str]]:
    """Yield what the file states of itself. Templates hand these on for years: weaker than anything printed."""
    try:
        root = package.xml("docProps/core.xml")
    except CorruptError:
        return
    for node in () if root is None else root:
        if local_name(node) in _FACTS and (text := (node.text or "").strip()):
            yield f"docx:{local_name(node)}", text


def tables_beside(package: Package, name: str) -> Iterator[Finding]:
    """Yield a note where headers, footers or notes of a main part hold a table of figures."""
    parts = {link.target for link in package.relations(name).values() if link.kind in _KINDS}
    held = sorted(part for part in parts if _holds_figures(package, part))
    if held:
        detail = f"tables with figures in headers, footers or notes, not read: {', '.join(held)}"
        yield Finding("table_beside", "NOT_ASSESSABLE", detail=detail)


def _holds_figures(package: Package, part: str) -> bool:
    """Say whether a part has a table of figures; one that is damaged does no harm to the body."""
    try:
        content = package.part(part)
        if content is None or not _TABLE.search(content):
            return False
        cells = parse_xml(content, part).iter("{*}tc")
    except ExtractError:
        return False
    return sum(map(_is_figure, cells)) >= _FIGURES


def _is_figure(cell: etree._Element) -> bool:
    return "".join(node.text or "" for node in cell.iter("{*}t")).strip().isdecimal()
