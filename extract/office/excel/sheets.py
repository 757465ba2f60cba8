"""Sheets of a workbook, whichever file format they come from: used cells, merged areas, hidden rows and columns."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from extract.errors import TooBigError
from extract.limits import MAX_GRID_CELLS
from extract.model import Finding
from extract.office.table import COLUMN_WIDTH, OfficeTable, TableCell
from extract.office.unseen import is_figure, set_apart
from extract.text import heads_figures

MAX_SHEETS = 50
"""Most sheets of a workbook; reports have 1 to 6."""

Place = tuple[int, int]
"""Row and column, both from 0."""


class Area(NamedTuple):
    """A merged area; all four sides belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: what its cells print (cells without text left out), places of formulas without a result, the
    areas that are printed if not all are, and the words of drawings above and below the first used row."""

    name: str
    texts: Mapping[Place, str]
    merged: Sequence[Area] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unknown: Sequence[Place] = field(default=())
    printed: Sequence[Area] = field(default=())
    above: Sequence[str] = field(default=())
    below: Sequence[str] = field(default=())


def to_table(sheet: Sheet) -> OfficeTable:
    """Return the printed part of a sheet as one table. Raises ``TooBigError`` past ``MAX_GRID_CELLS``.

    Rows without any text are left out, but for one right below the names of columns; every position between the first and
    the last used column is a cell.
    """
    shown = [place for place in sheet.texts if _is_shown(sheet, place)]
    rows = sorted({row for row, _ in shown})
    rows = sorted([*rows, *_left_blank(sheet, rows)])
    columns = _columns(sheet, [column for _, column in shown])
    if len(rows) * len(columns) > MAX_GRID_CELLS:
        raise TooBigError(f"sheet has more than MAX_GRID_CELLS = {MAX_GRID_CELLS} positions")
    covers = _covers(sheet.merged, rows, columns)
    hidden = {place: sheet.texts[place] for place in shown if _hides(covers.get(place), place, sheet.texts)}
    if hidden:
        torn = {covers[place].area for place in hidden}
        covers = {place: cover for place, cover in covers.items() if cover.area not in torn}
        sheet = replace(sheet, texts={**sheet.texts, **{place: set_apart(text) for place, text in hidden.items()}})
    return OfficeTable(tuple(tuple(_cells(sheet, row, columns, covers)) for row in rows))


def hidden_notes(sheet: Sheet) -> Iterator[Finding]:
    """Yield what a reader of the sheet would not see, and what its file does not say."""
    hidden = sum(not _is_shown(sheet, place) for place in sheet.texts)
    if hidden:
        detail = f"sheet {sheet.name}: {hidden} cells in hidden rows or columns left out"
        yield Finding("hidden_cells", "NOT_ASSESSABLE", cause="source", detail=detail)
    unprinted = [place for place in sheet.texts if sheet.printed and not _is_printed(sheet, place)]
    if any(map(str.isdigit, "".join(sheet.texts[place] for place in unprinted))):
        places = ", ".join(cell_name(place) for place in unprinted[:10])
        detail = f"sheet {sheet.name}: {len(unprinted)} cells outside the print area read ({places})"
        yield Finding("print_area", "NOT_ASSESSABLE", cause="source", detail=detail)
    if sheet.unknown:
        places = ", ".join(cell_name(place) for place in list(sheet.unknown)[:10])
        detail = f"sheet {sheet.name}: {len(sheet.unknown)} formulas without a kept result ({places})"
        yield Finding("formula", "NOT_ASSESSABLE", cause="source", detail=detail)


def hidden_sheets(names: Sequence[str]) -> tuple[Finding, ...]:
    """Return a note about sheets that are hidden and therefore not read, if there are any."""
    if not names:
        return ()
    detail = f"hidden sheets left out: {', '.join(names)}"
    return (Finding("hidden_cells", "NOT_ASSESSABLE", cause="source", detail=detail),)


def cell_name(place: Place) -> str:
    """Return a place as spreadsheets write it: (0, 27) is AB1."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _is_shown(sheet: Sheet, place: Place) -> bool:
    return place[0] not in sheet.hidden_rows and place[1] not in sheet.hidden_columns


def _is_printed(sheet: Sheet, place: Place) -> bool:
    row, column = place
    return any(area.top <= row <= area.bottom and area.left <= column <= area.right for area in sheet.printed)


def _columns(sheet: Sheet, used: Sequence[int]) -> list[int]:
    columns = range(min(used, default=0), max(used, default=-1) + 1)
    return [column for column in columns if column not in sheet.hidden_columns]


def _left_blank(sheet: Sheet, rows: Sequence[int]) -> Iterator[int]:
    """Yield the rows without text that a header of columns stands right above: the figures of the review table, left blank."""
    gaps = {row for row, below in pairwise(rows) if below > row + 1} | set(rows[-1:])
    names: dict[int, list[str]] = {row: [] for row in gaps if row + 1 not in sheet.hidden_rows}
    for (row, _), text in sheet.texts.items() if names else ():
        if row in names:
            names[row].append(text)
    merged = {row for area in sheet.merged for row in names if area.top <= row + 1 <= area.bottom}
    yield from (row + 1 for row, texts in names.items() if row not in merged and heads_figures(texts))


@dataclass(frozen=True, slots=True)
class _Cover:
    """The area over a position, and the first shown row of it, where its text stands."""

    area: Area
    first_row: int


def _covers(merged: Sequence[Area], rows: Sequence[int], columns: Sequence[int]) -> dict[Place, _Cover]:
    """Map each shown position of a merged area to it."""
    covers: dict[Place, _Cover] = {}
    for area in merged:
        inside = rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]
        beside = columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]
        if len(inside) * len(beside) + len(covers) > MAX_GRID_CELLS:
            raise TooBigError(f"merged areas cover more than MAX_GRID_CELLS = {MAX_GRID_CELLS} positions")
        if inside:
            cover = _Cover(area, inside[0])
            covers.update(((row, column), cover) for row in inside for column in beside)
    return covers


def _hides(cover: _Cover | None, place: Place, texts: Mapping[Place, str]) -> bool:
    """Say whether a merged area hides a figure: then it is not known which cells it was meant to join."""
    return cover is not None and is_figure(texts[place]) and texts.get(cover.area[:2], "") != texts[place]


def _cells(sheet: Sheet, row: int, columns: Sequence[int], covers: Mapping[Place, _Cover]) -> Iterator[TableCell]:
    end = 0
    for index, column in enumerate(columns):
        if index < end:
            continue
        cover = covers.get((row, column))
        end = index + 1
        while cover is not None and end < len(columns) and covers.get((row, columns[end])) is cover:
            end += 1
        first = (row, column) if cover is None else (cover.area.top, cover.area.left)
        is_continued = cover is not None and row > cover.first_row
        text = "" if is_continued else sheet.texts.get(first, "")
        at = f"{sheet.name}!{cell_name(first)}"
        yield TableCell(index * COLUMN_WIDTH, end * COLUMN_WIDTH, (text,), is_continued, at)
