"""Cells of a page's tables in pixels, and those of them that a ruling line may part of which only traces are left.

Two rows taken for one would put a figure beside another row's label.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.dark import lightened
from extract.ocr.heads import lines_of
from extract.ocr.picture import Picture, PixelBox, Pixels, coloured, percentile
from extract.ocr.rulings import ink_of, rulings, straightened
from extract.ocr.shades import without_shades
from extract.pages.lines import PageContent, Table, TableCell, find_tables
from extract.pages.rules import Segment

_POINTS = 72
_COLOURED = 0.0005  # share of a page that the lines of a small table cover
_SMOOTH_IN = 0.08
_BLOCK_IN = 0.2
_RIM_IN = 0.03
_LEAST_DARKNESS, _NOISES = 4.0, 2.5
_REACH_IN, _FREE = 0.08, 0.15
_MIDDLE = 0.1  # of a row's height: how far from its middle the text of a row is
_SPECKS = 0.06  # of a row of pixels: less is dirt
_TRACES = 0.5  # of the part of a cell's width where no characters stand
_NARROWEST_IN = 0.13
"""Width below which a cell has no room for a figure with paper around it: one of its sides may be a stroke of figures that
stand below each other, and what is left of them would be other figures."""

_LOWEST_IN = 0.1


@dataclass(frozen=True, slots=True)
class Ruled:
    """A straight page, its ruling lines in points and the pixels they cover, its cells, and which of them may be more."""

    picture: Picture
    segments: Sequence[Segment]
    covered: Pixels
    cells: Sequence[PixelBox]
    doubtful: Set[int]


def ruled(picture: Picture) -> Ruled:
    """Find the tables of a page by their black lines or, where these make none and it has colours, by coloured ones.

    The edges of dark grounds are black in both: then those lines count that make more cells. What stands in the cells is
    black print in both.
    """
    found, has_grounds = _ruled(picture)
    if (found.cells and not has_grounds) or not _is_coloured(picture):
        return found
    other, _ = _ruled(replace(picture, pixels=picture.black, black=picture.pixels))
    straight = other.picture
    exchanged = replace(other, picture=replace(straight, pixels=straight.black, black=straight.pixels))
    return max(found, exchanged, key=lambda one: len(one.cells))


def _ruled(picture: Picture) -> tuple[Ruled, bool]:
    """Return a page with its ruling lines and cells, and whether it has dark grounds."""
    light = lightened(straightened(picture))
    straight = without_shades(light.picture)
    segments, covered = rulings(straight)
    if light.grounds:
        ink = ink_of(straight.black, straight.dpi)
        segments += [line for ground in light.grounds for line in lines_of(ground, segments, ink, straight.dpi)]
    return Ruled(straight, segments, covered, *cells_of(straight, segments)), bool(light.grounds)


def _is_coloured(picture: Picture) -> bool:
    return cv2.countNonZero(coloured(picture)) > _COLOURED * picture.pixels.size


def cells_of(picture: Picture, segments: Sequence[Segment]) -> tuple[list[PixelBox], set[int]]:
    """Return the cells of all tables, and the numbers of those that may be two or more, one above the other."""
    dark = _darkness(picture.black, picture.dpi)
    limit = max(_LEAST_DARKNESS, _NOISES * percentile(dark, 50))
    printed = dark > limit
    placed = [(table, cell) for table in _tables(picture, segments) for cell in table.cells]
    doubtful = {
        number
        for number, (table, cell) in enumerate(placed)
        for y in table.ys[cell.row + 1 : cell.row + cell.row_span]
        if _share(dark, limit, y, (cell.box[0], cell.box[2]), picture.dpi) >= _TRACES
    }
    doubtful |= {
        number for number, (table, cell) in enumerate(placed) if _has_a_line_a_row(printed, table, cell, picture.dpi)
    }
    boxes = [_box(cell, picture) for _, cell in placed]
    return boxes, doubtful | _beside_strokes(boxes, picture.dpi)


def _beside_strokes(boxes: Sequence[PixelBox], dpi: float) -> set[int]:
    """Return the cells that are too narrow for a figure, and those beside them."""
    narrow = [box for box in boxes if box[2] - box[0] < _NARROWEST_IN * dpi]
    return {
        number
        for number, (left, top, right, bottom) in enumerate(boxes)
        for other in narrow
        if left <= other[2] and other[0] <= right and top < other[3] and other[1] < bottom
    }


def without_room(boxes: Sequence[PixelBox], dpi: float) -> set[int]:
    """Return the cells in which no figure has room: ends of lines that stick out of a table look like a row of them.

    Nobody can say that such a cell was left blank.
    """
    return {
        number
        for number, (left, top, right, bottom) in enumerate(boxes)
        if bottom - top < _LOWEST_IN * dpi or right - left < _NARROWEST_IN * dpi
    }


def _has_a_line_a_row(dark: NDArray[np.bool_], table: Table, cell: TableCell, dpi: float) -> bool:
    """Tell whether a cell over several rows has a line of text in the middle of each: the ruling between them was lost.

    The text of a cell that is one stands in the middle of the whole cell, closer together than the rows.
    """
    # The picture is smoothed along its rows: the lines at the cell's sides reach into it.
    scale, rim, side = dpi / _POINTS, round(_RIM_IN * dpi), round((_RIM_IN + _SMOOTH_IN) * dpi)
    left, right = round(cell.box[0] * scale) + side, round(cell.box[2] * scale) - side
    ys = [round(y * scale) for y in table.ys[cell.row : cell.row + cell.row_span + 1]]
    return cell.row_span > 1 and all(
        _is_in_the_middle(dark[top + rim : bottom - rim, left:right]) for top, bottom in pairwise(ys)
    )


def _is_in_the_middle(row: NDArray[np.bool_]) -> bool:
    """Tell whether what is printed in a row of a table stands in its middle, with paper above and below; specks are not."""
    printed = np.flatnonzero(row.mean(axis=1) >= _SPECKS) if row.size else np.empty(0)
    if not printed.size or printed[0] == 0 or printed[-1] == len(row) - 1:
        return False
    return abs(float(printed[0] + printed[-1] + 1) / 2 - len(row) / 2) <= _MIDDLE * len(row)


def _tables(picture: Picture, segments: Sequence[Segment]) -> list[Table]:
    height, width = picture.pixels.shape
    scale = picture.dpi / _POINTS
    return find_tables(PageContent(width / scale, height / scale, (), segments))[0]


def _box(cell: TableCell, picture: Picture) -> PixelBox:
    height, width = picture.pixels.shape
    left, top, right, bottom = (round(side * picture.dpi / _POINTS) for side in cell.box)
    return (max(0, left), max(0, top), min(width, right), min(height, bottom))


def _darkness(pixels: Pixels, dpi: float) -> Pixels:
    """Return by how much a page, smoothed along its rows, is darker than the paper around."""
    smooth = np.asarray(cv2.blur(pixels, (int(_SMOOTH_IN * dpi) | 1, 1)), dtype=np.uint8)
    light = cv2.blur(
        np.maximum(smooth, cv2.blur(smooth, (int(_BLOCK_IN * dpi) | 1,) * 2)), (int(_BLOCK_IN * dpi) | 1,) * 2
    )
    return np.asarray(cv2.subtract(light, smooth), dtype=np.uint8)


def _share(dark: Pixels, limit: float, at: float, ends: tuple[float, float], dpi: float) -> float:
    """Return along what share of its way a row of pixels is dark, where nothing else is printed close above or below."""
    start, end = ends
    scale, rim, reach = dpi / _POINTS, round(_RIM_IN * dpi), round(_REACH_IN * dpi)
    row, first, last = round(at * scale), round(start * scale) + rim, round(end * scale) - rim
    if last <= first or row < reach or row + reach >= dark.shape[0]:
        return 0.0
    beside = np.maximum(
        dark[row - reach : row - rim + 1, first:last].max(axis=0),
        dark[row + rim : row + reach + 1, first:last].max(axis=0),
    )
    printed = cv2.dilate((beside > limit).astype(np.uint8).reshape(1, -1), np.ones((1, rim), np.uint8)).ravel() > 0
    free = dark[row - 2 : row + 3, first:last].max(axis=0)[~printed]
    return float((free > limit).mean()) if free.size >= _FREE * (last - first) else 0.0
