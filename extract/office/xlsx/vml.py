"""Drawings of an XLSX in the old way (VML, ECMA-376 part 4, 19.4): embedded objects and form controls of Excel 2007 and
others, and notes that are always shown.

Excel wrote text into these parts that is not well-formed XML, so they are not parsed.
"""

import re
from collections.abc import Iterable, Iterator

from extract.office.excel.drawings import Content, Drawing
from extract.office.package import Package, Relation
from extract.office.xlsx.drawings import Mark, area_between

_BEGIN, _END = "<x:ClientData", "</x:ClientData"
_NOTE = re.compile(r'\s+ObjectType="Note"')
_VISIBLE = "<x:Visible"
_ANCHOR = re.compile(r"<x:Anchor>([\d\s,]{15,99})</x:Anchor>")
_SIDES = 8
_COLUMN, _ROW = 64, 20
"""Usual width of a column and height of a row, in pixels."""


def old_drawings(package: Package, relations: Iterable[Relation]) -> Iterator[Drawing]:
    """Yield what lies on a sheet with these relations and states its cells; pictures of page headers state none."""
    for name in (relation.target for relation in relations if relation.kind == "vmlDrawing"):
        content = (package.part(name) or b"").decode("utf-8", "replace")
        for shape in content.split(_BEGIN)[1:]:
            drawing = _drawing(shape.partition(_END)[0])
            if drawing is not None:
                yield drawing


def _drawing(said: str) -> Drawing | None:
    is_note = _NOTE.match(said) is not None
    anchor = _ANCHOR.search(said)
    sides = [int(side) for side in anchor[1].split(",") if side.strip().isdecimal()] if anchor else []
    if len(sides) != _SIDES or (is_note and _VISIBLE not in said):
        return None
    left, right_by, top, down_by, right, end_by, bottom, end_down = sides
    begin, end = (
        Mark(top, left, down_by / _ROW, right_by / _COLUMN),
        Mark(bottom, right, end_down / _ROW, end_by / _COLUMN),
    )
    content: Content = "text" if is_note else "picture"
    return Drawing(area_between(begin, end), content)
