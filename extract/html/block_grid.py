"""Grids of blocks that state their columns in a style (``display: grid``), placed as a browser places them.

Rule: CSS Grid Layout, 8.5 "Grid item placement algorithm", for flow by rows without ``dense``. What states its place in
any other way than by lines and spans of one grid is not placed at all.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from extract.errors import TooBigError
from extract.html.tree import clean
from extract.limits import MAX_GRID_CELLS, MAX_SPAN

_GRID = re.compile(r"display\s*:\s*(?:inline-)?grid", re.IGNORECASE)
_COLUMNS = re.compile(r"grid-template-columns\s*:\s*([^;]+)", re.IGNORECASE)
_REPEATED = re.compile(r"repeat\(\s*(\d+)\s*,[^()]*(?:\([^()]*\)[^()]*)*\)", re.IGNORECASE)
_FUNCTION = re.compile(r"\([^()]*\)")
_UNTOLD = re.compile(
    r"grid-(?:auto-flow|template-areas|area)\b|(?:^|;)\s*order\s*:|grid-(?:row|column)-(?:start|end)", re.IGNORECASE
)
_PLACE = r"grid-{}\s*:\s*(?:(?P<line>\d+)\s*(?:$|;|/\s*(?:span\s+(?P<wide>\d+)|(?P<end>\d+)))|span\s+(?P<span>\d+)|(?P<odd>[^;]*))"
_ROW = re.compile(_PLACE.format("row"), re.IGNORECASE)
_COLUMN = re.compile(_PLACE.format("column"), re.IGNORECASE)
_MOST_COLUMNS = 60


class Placed(NamedTuple):
    """A cell of a grid with its spans; no ``node``: nothing stands there."""

    node: etree._Element | None
    row_span: int = 1
    column_span: int = 1


class _Asked(NamedTuple):
    """Where an item wants to begin (0: anywhere) and how far it reaches."""

    line: int
    span: int


def states_columns(node: etree._Element) -> bool:
    """Say whether an element is a grid whose style says how many columns it has."""
    return _width(node) > 0


def placed(holder: etree._Element, items: Sequence[etree._Element]) -> list[list[Placed]] | None:
    """Return the items of a grid row by row, blanks where none stands; ``None`` where a place is not stated plainly.

    Raises ``TooBigError`` past ``MAX_GRID_CELLS``.
    """
    width = _width(holder)
    asked = [(item, _asked(item, _ROW), _asked(item, _COLUMN)) for item in items]
    if any(_UNTOLD.search(node.get("style") or "") for node in (holder, *items)):
        return None
    taken: dict[tuple[int, int], int] = {}
    starts: dict[tuple[int, int], Placed] = {}
    cursor = (0, 0)
    for number, (item, down, across) in enumerate(asked):
        if down is None or across is None or across.span > width:
            return None
        place = _place(taken, cursor, down, across, width)
        if place is None:
            return None
        cursor = place if not (down.line and across.line) else cursor
        taken.update(dict.fromkeys(_area(place, down.span, across.span), number))
        if len(taken) > MAX_GRID_CELLS:
            raise TooBigError(f"grid has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} positions")
        starts[place] = Placed(item, down.span, across.span)
    return list(_in_rows(taken, starts, width))


def _width(node: etree._Element) -> int:
    style = node.get("style") or ""
    columns = _COLUMNS.search(style) if _GRID.search(style) else None
    if columns is None:
        return 0
    spread = _REPEATED.sub(lambda found: " x" * min(int(found[1]), _MOST_COLUMNS + 1), columns[1])
    if "repeat" in spread or "[" in spread:
        return 0
    count = len(clean(_FUNCTION.sub("", spread)).split())
    return count if 1 < count <= _MOST_COLUMNS else 0


def _asked(item: etree._Element, pattern: re.Pattern[str]) -> _Asked | None:
    found = pattern.search(item.get("style") or "")
    if found is None:
        return _Asked(0, 1)
    if found["odd"] is not None:
        return None
    line = int(found["line"] or 0)
    span = int(found["wide"] or found["span"] or 1) if not found["end"] else int(found["end"]) - line
    return _Asked(line, span) if 0 < span <= MAX_SPAN and line <= MAX_SPAN else None


def _place(
    taken: dict[tuple[int, int], int], cursor: tuple[int, int], down: _Asked, across: _Asked, width: int
) -> tuple[int, int] | None:
    """Return where an item stands: where it says, or at the first free place behind the one before it."""
    if down.line and across.line:
        wanted = (down.line - 1, across.line - 1)
        free = wanted[1] + across.span <= width and taken.keys().isdisjoint(_area(wanted, down.span, across.span))
        return wanted if free else None
    if down.line or across.line:
        return None
    row, column = cursor
    while True:
        if column + across.span > width:
            row, column = row + 1, 0
        elif taken.keys().isdisjoint(_area((row, column), down.span, across.span)):
            return row, column
        else:
            column += 1


def _area(place: tuple[int, int], depth: int, width: int) -> Iterator[tuple[int, int]]:
    row, column = place
    return ((row + down, column + right) for down in range(depth) for right in range(width))


def _in_rows(
    taken: dict[tuple[int, int], int], starts: dict[tuple[int, int], Placed], width: int
) -> Iterator[list[Placed]]:
    for row in range(1 + max((row for row, _ in taken), default=-1)):
        places = [(row, column) for column in range(width)]
        yield [starts.get(place, Placed(None)) for place in places if place in starts or place not in taken]
