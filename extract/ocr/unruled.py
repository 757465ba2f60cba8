"""Tables without ruling lines: what paper parts in rows that stand below each other is read as cells are.

Which column a figure is of, the pages say (``extract.pages.unruled.tables``). What they must not miss is ink: a figure that is
passed over makes the next one stand in its column, or a blank of what prints a figure.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extract.ocr.components import components
from extract.ocr.marks import Digit, Mark, Sheet, rim_of
from extract.ocr.network import Sign
from extract.ocr.picture import PixelBox, Pixels
from extract.ocr.words import Printed
from extract.pages.text import is_wide
from extract.pdf.ink import UNREADABLE

_MANY = 8  # figures of one row that make a table
_SPECK_IN = 0.025
_JOINED_IN = 0.02  # of paper between strokes of one line
_APART, _TYPE_IN = 0.9, 0.12
"""Heights of a line between two cells of a row; of the height of several lines so much counts."""

_SEVERAL_IN, _APART_IN = 0.26, 0.04
"""Height above which ink has several lines of text, and the paper beside it that parts it from a figure."""

_FIGURE_IN = 0.6  # five digits of 16 points
_ROOM_IN = 0.1  # of paper beside a part that is its own
_NEAR_IN = 1.0  # between two rows of one table: a label of several lines may stand between them
_BROKEN = 0.6  # digit heights of paper: two digits of one number stand closer
_CHINESE, _BEHIND_WORDS = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u4e00-\u9fff] ?[\dOo.,，]*[\dOo]$")
_OF_FIGURES = "0123456789Oo.,， "
_PAINTED = 3  # pixels beside a ruling line that are painted with it, and one more
_TRACE = 0.2  # of a digit's height
_WORD = 4  # characters that tell a type size
_CLOSE_IN = 0.3  # between two lines of a header
ROWS = 3
"""Rows with figures that make a table: one or two are a date, a page number."""

Span = tuple[int, int]
"""The first row or column of pixels, and the first one outside."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The rows of pixels that a table takes, and the boxes around its cells, with paper around them."""

    rows: Span
    cells: tuple[PixelBox, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """Rows of pixels with ink between paper, and where its parts begin and end."""

    top: int
    bottom: int
    parts: tuple[Span, ...]

    def may_have_figures(self, dpi: float) -> bool:
        """Tell whether something short stands behind something else."""
        return any(right - left <= _FIGURE_IN * dpi for left, right in self.parts[1:])


def zones(ink: Pixels, free: Sequence[Span], dpi: float) -> list[Zone]:
    """Return what may be tables in the rows of a page that no ruled table takes."""
    printed = _without_specks(ink, dpi)
    found: list[Zone] = []
    for first, last in free:
        rows = [_row(printed, top, bottom, dpi) for top, bottom in _runs(printed[first:last], first, dpi)]
        found += [_zone(rows, table, printed, (first, last), dpi) for table in _tables(rows, dpi)]
    return found


def _without_specks(ink: Pixels, dpi: float) -> Pixels:
    found = components(ink)
    return found.only(found.longest >= int(_SPECK_IN * dpi))


def _runs(ink: Pixels, first: int, dpi: float) -> Iterator[Span]:
    yield from ((first + top, first + bottom) for top, bottom in _spans(ink.any(axis=1), round(_JOINED_IN * dpi)))


def _spans(printed: object, gap: float) -> list[Span]:
    """Return where there is ink, what no more than a gap parts as one."""
    places = np.flatnonzero(np.asarray(printed))
    cuts = np.flatnonzero(np.diff(places) > gap + 1) + 1
    return [
        (int(places[start]), int(places[end - 1]) + 1)
        for start, end in pairwise([0, *cuts.tolist(), len(places)])
        if end
    ]


def _row(ink: Pixels, top: int, bottom: int, dpi: float) -> _Row:
    gap = _APART * min(bottom - top, _TYPE_IN * dpi)
    return _Row(top, bottom, tuple(_spans(ink[top:bottom].any(axis=0), gap)))


def _parted_from_labels(row: _Row, ink: Pixels, dpi: float) -> _Row:
    """Return a row of a table with the figures parted that stand close beside a label of several lines."""
    if row.bottom - row.top <= _SEVERAL_IN * dpi:
        return row
    own = ink[row.top : row.bottom]
    close = _spans(own.any(axis=0), _APART_IN * dpi)
    return replace(row, parts=tuple(_joined(own, close, _APART * _TYPE_IN * dpi, dpi)))


def _joined(ink: Pixels, parts: Sequence[Span], far: float, dpi: float) -> Iterator[Span]:
    """Join the parts of a row that stand close: but for a figure beside a label of several lines, which would be lost in it."""
    start = 0
    for number, (one, other) in enumerate(pairwise(parts), 1):
        is_beside = _has_lines(ink, one, dpi) and not _has_lines(ink, other, dpi)
        if is_beside or other[0] - one[1] > far:
            yield parts[start][0], one[1]
            start = number
    if parts:
        yield parts[start][0], parts[-1][1]


def _has_lines(ink: Pixels, part: Span, dpi: float) -> bool:
    rows = np.flatnonzero(ink[:, slice(*part)].any(axis=1))
    return bool(rows.size) and int(rows[-1] - rows[0]) > _SEVERAL_IN * dpi


def _tables(rows: Sequence[_Row], dpi: float) -> Iterator[Span]:
    """Yield which rows may be tables: those that may have figures, many and near each other, and those of their header."""
    figures = [number for number, row in enumerate(rows) if row.may_have_figures(dpi)]
    far = [
        place
        for place, (one, other) in enumerate(pairwise(figures), 1)
        if rows[other].top - rows[one].bottom > _NEAR_IN * dpi
    ]
    last = 0
    for start, end in pairwise([0, *far, len(figures)]):
        if end - start >= ROWS:
            first, last = _header(rows, figures[start], last, dpi), figures[end - 1] + 1
            yield first, last


def _header(rows: Sequence[_Row], first: int, before: int, dpi: float) -> int:
    """Return where the rows of several words close above a table begin."""
    while (
        first > before
        and len(rows[first - 1].parts) > 1
        and rows[first].top - rows[first - 1].bottom <= _CLOSE_IN * dpi
    ):
        first -= 1
    return first


def _zone(rows: Sequence[_Row], table: Span, ink: Pixels, limits: Span, dpi: float) -> Zone:
    """Return a table, its cells so large that what stands in one has paper around it."""
    ends = [limits[0], *(row.bottom for row in rows)]
    tops = [*(row.top for row in rows), limits[1]]
    edges = [_middle(end, top) for end, top in zip(ends, tops, strict=True)]
    edges[0], edges[-1] = limits
    first, last = table
    cells = [
        cell
        for number in range(first, last)
        for cell in _cells(
            _parted_from_labels(rows[number], ink, dpi), (edges[number], edges[number + 1]), ink.shape[1], dpi
        )
    ]
    return Zone((min(cell[1] for cell in cells), max(cell[3] for cell in cells)), tuple(cells))


def _middle(one: int, other: int) -> int:
    return (one + other) // 2


def _cells(row: _Row, rows: Span, width: int, dpi: float) -> Iterator[PixelBox]:
    """Yield a box around each part of a row: half of the paper beside it, some at most, and the rim that is not looked at."""
    room, rim = round(_ROOM_IN * dpi), rim_of(dpi)
    top, bottom = max(rows[0], row.top - room) - rim, min(rows[1], row.bottom + room) + rim
    edges = [0, *(_middle(one[1], other[0]) for one, other in pairwise(row.parts)), width]
    for (left, right), start, end in zip(row.parts, edges, edges[1:], strict=False):
        yield max(0, max(start, left - room) - rim), max(0, top), min(width, min(end, right + room) + rim), bottom


def holds(tables: Sequence[Zone], read: Sequence[Printed]) -> list[Zone]:
    """Return what are tables, by the rows in which figures were read, or by one with many of them."""
    figures = [one.box for one in read if one.signs and all(sign.text.isdigit() for sign in one.signs)]
    return [zone for zone in tables if _is_table(zone, figures)]


def _is_table(zone: Zone, figures: Sequence[PixelBox]) -> bool:
    rows = Counter(cell[1] for box in figures for cell in _cells_around(zone, box))
    return len(rows) >= ROWS or max(rows.values(), default=0) >= _MANY


def _cells_around(zone: Zone, box: PixelBox) -> Iterator[PixelBox]:
    """Yield the cells in which the middle of a box lies."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    yield from (cell for cell in zone.cells if cell[0] < x < cell[2] and cell[1] < y < cell[3])


def doubted(tables: Sequence[Zone], read: Sequence[Printed], sheet: Sheet) -> list[Printed]:
    """Return what was read; unreadable what may be the figures of two columns, and figures glued to the word before them."""
    return [
        _parted(one, sheet) if one.cell is not None and any(_cells_around(zone, one.box) for zone in tables) else one
        for one in read
    ]


def _parted(printed: Printed, sheet: Sheet) -> Printed:
    text = "".join(sign.text for sign in printed.signs)
    if _BEHIND_WORDS.search(text):
        kept = len(text.rstrip(_OF_FIGURES))
        lost = (replace(sign, text=UNREADABLE) for sign in printed.signs[kept:])
        return replace(printed, signs=[*printed.signs[:kept], *lost])
    left, top, right, bottom = printed.box
    inked = np.asarray(sheet.ink[max(0, top) : bottom, max(0, left) : right].any(axis=0))
    spans = _spans(inked, _BROKEN * sheet.digit.height)
    if len(spans) == 1 or _CHINESE.search(text):
        return printed
    # One that stands for several would be counted as one column.
    return replace(printed, signs=[Sign(UNREADABLE, 0.0, sum(span) / (2 * len(inked))) for span in spans])


def in_type(tables: Sequence[Zone], read: Sequence[Printed]) -> list[Printed]:
    """Return what was read, in tables with the type size that the words of each have: gaps between cells are told by it."""
    sized = list(read)
    for zone in tables:
        own = [number for number, one in enumerate(sized) if one.cell is not None and any(_cells_around(zone, one.box))]
        pitches = [pitch for number in own if (pitch := _pitch(sized[number]))]
        if pitches:
            size = float(np.median(pitches))
            for number in own:
                sized[number] = replace(sized[number], size=size)
    return sized


def _pitch(word: Printed) -> float:
    """Return the distance of a word's characters, 0 where they are few or not all wide."""
    signs = word.signs
    if len(signs) < _WORD or not all(is_wide(sign.text) for sign in signs):
        return 0.0
    return (signs[-1].place - signs[0].place) * (word.box[2] - word.box[0]) / (len(signs) - 1)


def on_lines(marks: Sequence[Sequence[Mark]], covered: Pixels) -> set[int]:
    """Return the cells whose ink a ruling line touches: with the line a stroke of it was painted over."""
    return {
        cell
        for cell, own in enumerate(marks)
        if any(
            covered[
                max(0, mark.top - _PAINTED) : mark.bottom + _PAINTED,
                max(0, mark.left - _PAINTED) : mark.right + _PAINTED,
            ].any()
            for mark in own
        )
    }


def left_over(tables: Sequence[Zone], traces: Pixels, digit: Digit) -> Iterator[PixelBox]:
    """Yield the boxes of what may be ink in a table and stands in no cell, being too faint: nothing is blank there."""
    for zone in tables:
        top, bottom = zone.rows
        free = traces[top:bottom].copy()
        for left, upper, right, lower in zone.cells:
            free[max(0, upper - top) : max(0, lower - top), left:right] = 0
        for left, upper, width, height, _ in components(free).boxes[1:].tolist():
            if max(width, height) >= _TRACE * digit.height:
                yield left, top + upper, left + width, top + upper + height
