"""What a small table above the report states of it (标题, 发布日期), as portals print it and copies of pages keep it."""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from extract.headings import heading_number
from extract.model import Document, Grid, Paragraph
from extract.text import compact

_LABEL = re.compile(r"(?:信息)?(标题|名称|发文日期|发布日期|成文日期|公开日期|生成日期)[:：]?")
_LONGEST_VALUE = 100
_MOST_CELLS = 60
"""Of a table that says what a page is; the form has more."""


def tabled(document: Document) -> dict[str, str]:
    """Return titles and dates by their labels; who published a page is not asked: often its government's office did."""
    return dict(reversed(list(_pairs(document))))


def _pairs(document: Document) -> Iterator[tuple[str, str]]:
    for block in takewhile(_is_above_report, document.blocks):
        if isinstance(block, Grid) and len(block.cells) <= _MOST_CELLS:
            for cell, beside in pairwise(block.cells):
                label = _LABEL.fullmatch(compact(cell.text))
                if label and cell.row == beside.row and 0 < len(beside.text) <= _LONGEST_VALUE:
                    yield label[1], beside.text


def _is_above_report(block: Grid | Paragraph) -> bool:
    return isinstance(block, Grid) or heading_number(block.text) is None
