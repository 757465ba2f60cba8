"""Tables as HTML: writing boxes, and the ways portals cut, stretch and spoil them."""

import html
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.kit import tables
from tests.kit.tables import Box, Rows

Inner = Callable[[Box], str]


def escaped(box: Box) -> str:
    """Write a cell's text as it is."""
    return html.escape(box.text, quote=False)


def spans(box: Box) -> str:
    """Write a box's span attributes, if it has any."""
    names = (("colspan", box.colspan), ("rowspan", box.rowspan))
    return "".join(f' {name}="{size}"' for name, size in names if size > 1)


def table(rows: Rows, inner: Inner = escaped, attributes: str = ' border="1" cellspacing="0"') -> str:
    """Write a table whose cells are all ``td``."""
    body = "\n".join("<tr>" + "".join(f"<td{spans(box)}>{inner(box)}</td>" for box in row) + "</tr>" for row in rows)
    return f"<table{attributes}>\n<tbody>\n{body}\n</tbody>\n</table>"


def widened(rows: Rows, columns: int) -> Rows:
    """Stretch every cell at the right edge so that the table is ``columns`` wide."""
    extra = columns - tables.width(rows)
    at_edge = {id(line[-1][0]) for line in tables.positions(rows)}
    return [[replace(box, colspan=box.colspan + extra) if id(box) in at_edge else box for box in row] for row in rows]


def with_spacers(rows: Rows, header_rows: int) -> Rows:
    """Put an empty column before the figures and one at the right edge, and an empty row after the header."""
    out = [[*row, Box("")] for row in rows]
    if header_rows:
        out[0].insert(1, Box("", rowspan=header_rows))
    for row in out[header_rows:]:
        first = next((place for place, box in enumerate(row) if box.is_value), None)
        if first is not None:
            row.insert(first, Box(""))
    columns = tables.width(rows) + 2
    return [*out[:header_rows], [Box("", colspan=columns)], *out[header_rows:]]


def with_wrong_spans(rows: Rows, rng: Random) -> Rows:
    """Make one span of the header wrong by one, as editors leave it after a column was taken out."""
    choices = [(0, 0, {"colspan": -1}), (0, 1, {"colspan": 1}), (0, 1, {"colspan": -1}), (1, 1, {"colspan": 1})]
    at_row, place, change = rng.choice(choices)
    out = [list(row) for row in rows]
    box = out[at_row][place]
    out[at_row][place] = replace(box, colspan=box.colspan + change["colspan"])
    return out


def review_halves(rows: Rows) -> tuple[Rows, Rows]:
    """Cut section four into a table for 行政复议 and one for 行政诉讼."""
    labels = [replace(box, rowspan=1) for box in rows[1][:5]]
    reconsideration = [[rows[0][0]], labels, rows[3][:5]]
    litigation = [[rows[0][1]], rows[1][5:], rows[2], rows[3][5:]]
    return reconsideration, litigation
