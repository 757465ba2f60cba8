"""Pieces of text of a page that is a picture: what was found, cut where cells end, and ink in cells that was missed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import PixelBox, Pixels

_TYPE_SHARE = 0.75
"""Type size as a share of the height of the boxes in which text is found."""

_DEFAULT_HEIGHT_IN = 0.2
_LEAST_SHARE = 0.5  # of a box that lies in a cell, on a line, in another box
_LEAST_WIDTH = 0.15  # of the usual height: less is what a box protrudes into the next cell
_SPECK_IN = 0.025
_SPECK_PIXELS = 8
_RIM_IN = 0.015  # along a cell's sides, where ruling lines leave their edges
_UPRIGHT = 1.6  # height over width from which text is written downwards
_SQUARE = 1.1
_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one line of text in pixels, its type size, and the number of the cell it stands in.

    ``clear`` is False for marks that lie across other pieces: nobody can say which of them they belong to.
    """

    box: PixelBox
    size: float
    cell: int | None = None
    clear: bool = True


def find_pieces(found: Sequence[PixelBox], cells: Sequence[PixelBox], ink: Pixels, dpi: float) -> list[Piece]:
    """Return the pieces of a page.

    ``found`` are boxes of text, ``cells`` those of the tables' cells, ``ink`` is 255 where something is printed, ruling
    lines left out.
    """
    usual = _usual_height(found, dpi)
    places = np.array(cells, dtype=np.int32).reshape(-1, 4)
    pieces = [cut for box in found for cut in _cut(box, places, usual)]
    trimmed = [piece for piece in (_trimmed(piece, ink) for piece in pieces) if piece is not None]
    return _single([part for piece in _merged(trimmed) for part in _upright_parts(piece, usual, ink)])


def _usual_height(found: Sequence[PixelBox], dpi: float) -> float:
    return float(np.median([box[3] - box[1] for box in found])) if found else _DEFAULT_HEIGHT_IN * dpi


def _cut(box: PixelBox, cells: NDArray[np.int32], usual: float) -> Iterator[Piece]:
    left, top, right, bottom = box
    size = _TYPE_SHARE * (bottom - top)
    x0, y0 = np.maximum(cells[:, 0], left), np.maximum(cells[:, 1], top)
    x1, y1 = np.minimum(cells[:, 2], right), np.minimum(cells[:, 3], bottom)
    low = np.minimum(bottom - top, cells[:, 3] - cells[:, 1])
    inside = np.flatnonzero((x1 - x0 >= _LEAST_WIDTH * usual) & (y1 - y0 >= _LEAST_SHARE * low))
    if not inside.size:
        yield Piece(box, size)
    for cell in inside.tolist():
        yield Piece((int(x0[cell]), int(y0[cell]), int(x1[cell]), int(y1[cell])), size, cell)


def _trimmed(piece: Piece, ink: Pixels) -> Piece | None:
    """Take away paper at both ends; a piece without ink is none."""
    left, top, right, bottom = piece.box
    columns = np.flatnonzero(ink[top:bottom, left:right].any(axis=0))
    if not columns.size:
        return None
    start, end = left + int(columns[0]) - _MARGIN, left + int(columns[-1]) + 1 + _MARGIN
    return replace(piece, box=(max(left, start), top, min(right, end), bottom))


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Join pieces of one line that overlap: a character found in two boxes would be read twice."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.box[0]):
        for number, other in enumerate(kept):
            if other.cell == piece.cell and other.clear and piece.clear and _overlaps(other.box, piece.box):
                kept[number] = replace(other, box=_joined(other.box, piece.box))
                break
        else:
            kept.append(piece)
    return kept


def _single(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out pieces most of which lies in a larger one: a character found alone and in a column of text."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -_area(piece.box)):
        if not any(other.cell == piece.cell and _covers(other.box, piece.box) for other in kept):
            kept.append(piece)
    return kept


def _covers(box: PixelBox, other: PixelBox) -> bool:
    left, top, right, bottom = (
        max(box[0], other[0]),
        max(box[1], other[1]),
        min(box[2], other[2]),
        min(box[3], other[3]),
    )
    return left < right and top < bottom and _area((left, top, right, bottom)) > _LEAST_SHARE * _area(other)


def _area(box: PixelBox) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _overlaps(box: PixelBox, other: PixelBox) -> bool:
    lower = min(box[3] - box[1], other[3] - other[1])
    shared = min(box[3], other[3]) - max(box[1], other[1])
    return min(box[2], other[2]) - max(box[0], other[0]) > 2 * _MARGIN and shared >= _LEAST_SHARE * lower


def _joined(box: PixelBox, other: PixelBox) -> PixelBox:
    return (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))


def _upright_parts(piece: Piece, usual: float, ink: Pixels) -> Iterator[Piece]:
    """Cut text that is written downwards into its characters, which are squares."""
    left, top, right, bottom = piece.box
    width = right - left - 2 * _MARGIN
    if bottom - top <= _UPRIGHT * max(width, usual):
        yield piece
        return
    for start, end in _squares(np.asarray(ink[top:bottom, left:right].any(axis=1)), max(1, width)):
        box = (left, max(top, top + start - _MARGIN), right, min(bottom, top + end + _MARGIN))
        yield replace(piece, box=box, size=float(max(1, width)))


def _squares(printed: NDArray[np.bool_], side: int) -> Iterator[tuple[int, int]]:
    """Yield the rows of each character: strokes belong together as long as they fit into its square."""
    changes = np.flatnonzero(np.diff(np.concatenate(([0], printed.astype(np.int8), [0]))))
    runs = list(zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True))
    while runs:
        start, end = runs.pop(0)
        while runs and runs[0][1] - start <= _SQUARE * side:
            end = runs.pop(0)[1]
        count = max(1, round((end - start) / side))
        for number in range(count):
            yield start + (end - start) * number // count, start + (end - start) * (number + 1) // count


def completed(
    pieces: Sequence[Piece], doubtful: Sequence[int], cells: Sequence[PixelBox], ink: Pixels, dpi: float
) -> list[Piece]:
    """Return the pieces of the doubtful cells, by number: with them, every mark larger than a speck of dirt is in one."""
    usual = _usual_height([piece.box for piece in pieces], dpi)
    by_cell: dict[int, list[Piece]] = {cell: [] for cell in doubtful}
    for piece in pieces:
        if piece.cell in by_cell:
            by_cell[piece.cell].append(piece)
    for cell, marks in _missed(by_cell, cells, ink, dpi).items():
        left = [mark for mark in marks if not _taken(mark, by_cell[cell])]
        if left:
            box = _line(left, cells[cell], usual)
            clear = not any(_overlaps(box, piece.box) for piece in by_cell[cell])
            by_cell[cell].append(Piece(box, _TYPE_SHARE * usual, cell, clear))
    return [piece for found in by_cell.values() for piece in _merged(found)]


def _missed(
    by_cell: dict[int, list[Piece]], cells: Sequence[PixelBox], ink: Pixels, dpi: float
) -> dict[int, list[PixelBox]]:
    """Return, for each cell that has ink outside its pieces, the boxes of its marks."""
    owner = np.full(ink.shape, -1, dtype=np.int32)
    rim, speck = int(_RIM_IN * dpi), int(_SPECK_IN * dpi)
    for cell, pieces in by_cell.items():
        left, top, right, bottom = cells[cell]
        owner[top + rim : bottom - rim, left + rim : right - rim] = cell
        for left, top, right, bottom in (piece.box for piece in pieces):
            owner[top:bottom, left:right] = -1
    _, _, boxes, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    missed: dict[int, list[PixelBox]] = {}
    for (left, top, width, height, area), (x, y) in zip(boxes[1:].tolist(), centres[1:].tolist(), strict=True):
        cell = int(owner[int(y), int(x)])
        if cell >= 0 and area >= _SPECK_PIXELS and max(width, height) >= speck:
            missed.setdefault(cell, []).append((left, top, left + width, top + height))
    return missed


def _taken(mark: PixelBox, pieces: list[Piece]) -> bool:
    """Add a mark to the piece on whose line it stands, if there is one."""
    for number, piece in enumerate(pieces):
        shared = min(piece.box[3], mark[3]) - max(piece.box[1], mark[1])
        if shared >= _LEAST_SHARE * (mark[3] - mark[1]):
            pieces[number] = replace(piece, box=_joined(piece.box, mark))
            return True
    return False


def _line(marks: Sequence[PixelBox], cell: PixelBox, usual: float) -> PixelBox:
    """Return the box of a line of text that holds all marks, as high as lines on this page are, within its cell."""
    left, top = min(mark[0] for mark in marks), min(mark[1] for mark in marks)
    right, bottom = max(mark[2] for mark in marks), max(mark[3] for mark in marks)
    middle, half = (top + bottom) / 2, max(usual, bottom - top) / 2
    top, bottom = max(cell[1], int(middle - half)), min(cell[3], int(middle + half) + 1)
    return (max(cell[0], left - _MARGIN), top, min(cell[2], right + _MARGIN), bottom)
