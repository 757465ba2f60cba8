"""Units of money that headers, labels and captions of the disclosure table state (单位：万元; 行政事业性收费（元）)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.headings import heading_number
from extract.model import Block, Document, Grid, GridCell, Paragraph
from extract.text import compact

AMOUNT = "amount"
_OWN = "万元"
_STATED = "单位(?:为|[:：])?"
_WITH_COUNTS = "(?:[件项次条个宗][、,，/和])?"
_MONEY = "(?:以|按|人民币)*[:：]?([一-鿿]{0,2}元)(?:(?=[件项次条])|(?![一-鿿]))"
"""Not the first character of a name: 填报单位：元宝山区."""

_UNIT = re.compile(rf"(?:{_STATED}|[(（]){_WITH_COUNTS}{_MONEY}")
_CAPTION = re.compile(rf"{_STATED}{_WITH_COUNTS}{_MONEY}")
_LONGEST_CAPTION = 40


def unit_of(text: str) -> str:
    """Return the money unit a header or label prints (单位：万元, （人民币元）, 万元，保留四位小数), or an empty string."""
    return agreed(*_UNIT.findall(compact(text)))


def caption_of(text: str) -> str:
    """Return the money unit that a line above a table states (单位：元; 单位：件、元), or an empty string."""
    found = _CAPTION.search(compact(text)) if len(text) <= _LONGEST_CAPTION and "元" in text else None
    return found[1] if found else ""


def agreed(*stated: str) -> str:
    """Return the one unit that is stated. Of several only their names are left, in which nothing can be counted."""
    return "或".join(sorted(set(filter(None, stated))))


def with_units(document: Document) -> Document:
    """Return a document whose tables have the line above them that states another unit than the form's as first row.

    It holds for all tables up to the next heading, and so does one that is the first row of a table.
    """
    # Most documents state no other unit, and this is asked of each.
    if not any("元" in _first_text(block) and _stated(block) for block in document.blocks):
        return document
    return replace(document, blocks=tuple(_captioned(document.blocks)))


def _stated(block: Block) -> str:
    unit = caption_of(_first_text(block))
    return unit if unit not in ("", _OWN) and _caption(block).text else ""


def _first_text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return block.cells[0].text if block.cells else ""


def _caption(block: Block) -> Paragraph:
    """Return a line, or what is all that the first row of a table prints."""
    if isinstance(block, Paragraph):
        return block
    first = [cell for cell in block.cells if cell.row == 0 and cell.text]
    return Paragraph(first[0].text, first[0].at) if len(first) == 1 else Paragraph("", block.at)


def _captioned(blocks: tuple[Block, ...]) -> Iterator[Block]:
    caption: Paragraph | None = None
    for block in blocks:
        if _stated(block):
            caption = _caption(block)
        elif isinstance(block, Grid) and caption:
            block = _below(caption, block)
        elif isinstance(block, Paragraph) and heading_number(block.text) is not None:
            caption = None
        yield block


def _below(caption: Paragraph, table: Grid) -> Grid:
    head = GridCell(0, 0, caption.text, caption.at, 1, table.columns)
    return replace(table, rows=table.rows + 1, cells=(head, *(cell._replace(row=cell.row + 1) for cell in table.cells)))
