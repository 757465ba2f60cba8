"""Lines of text of a page that is a picture: outside tables as they were found, in cells by the ink of their rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extract.ocr.marks import Digit, Mark, around
from extract.ocr.picture import PixelBox, Pixels

TYPE_SHARE = 0.75
"""Type size as a share of the height of the boxes in which text is found."""

_DIGIT_SHARE = 0.68  # of the type size: the height of a digit
_DEFAULT_HEIGHT_IN = 0.2
_LEAST_SHARE = 0.5  # of a box that lies in a cell, on a line, in another box
_SQUARE = 1.15
_PALE = 0.35  # of the ink of usual rows: where two lines that touch are parted
_MARGIN = 2
_COARSE = 0.35  # of the height of a box that was found
_AROUND = 0.12  # of the type size, above and below a line of a cell


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one line of text in pixels, its type size, and the number of the cell it stands in."""

    box: PixelBox
    size: float
    cell: int | None = None


def type_size(digit: Digit) -> float:
    """Return the type size that goes with a digit."""
    return digit.height / _DIGIT_SHARE


def usual_height(found: Sequence[PixelBox], dpi: float) -> float:
    """Return the middle height of the boxes of text."""
    return float(np.median([box[3] - box[1] for box in found])) if found else _DEFAULT_HEIGHT_IN * dpi


def outside(found: Sequence[PixelBox], cells: Sequence[PixelBox], ink: Pixels) -> list[Piece]:
    """Return the lines of text that were found outside cells, paper at both ends taken away."""
    free = [box for box in found if sum(_common(box, cell) for cell in cells) <= _LEAST_SHARE * _area(box)]
    pieces = [Piece(_higher(box, ink), TYPE_SHARE * (box[3] - box[1])) for box in free]
    return _single(_merged([trimmed for piece in pieces if (trimmed := _trimmed(piece, ink)) is not None]))


def _higher(box: PixelBox, ink: Pixels) -> PixelBox:
    """Return a box with the rows above and below that its characters reach into: it was found on a coarse picture."""
    left, top, right, bottom = box
    room = round(_COARSE * (bottom - top))
    first, last = max(0, top - room), min(ink.shape[0], bottom + room)
    rows = np.asarray(ink[first:last, left:right].any(axis=1))
    above, below = rows[: top - first][::-1], rows[bottom - first :]
    return (left, max(0, top - _run(above) - _MARGIN), right, min(len(ink), bottom + _run(below) + _MARGIN))


def _run(rows: NDArray[np.bool_]) -> int:
    """Return how many rows have ink before the first one that has none."""
    return int(rows.argmin()) if rows.size and not rows.all() else int(rows.size)


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
            if _overlaps(other.box, piece.box):
                kept[number] = replace(other, box=around([other.box, piece.box]))
                break
        else:
            kept.append(piece)
    return kept


def _single(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out pieces most of which lies in a larger one: a character found alone and in a column of text."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -_area(piece.box)):
        if not any(_common(other.box, piece.box) > _LEAST_SHARE * _area(piece.box) for other in kept):
            kept.append(piece)
    return kept


def _common(box: PixelBox, other: PixelBox) -> int:
    """Return the area of what two boxes have in common."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    return max(0, width) * max(0, height)


def _area(box: PixelBox) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _overlaps(box: PixelBox, other: PixelBox) -> bool:
    lower = min(box[3] - box[1], other[3] - other[1])
    shared = min(box[3], other[3]) - max(box[1], other[1])
    return min(box[2], other[2]) - max(box[0], other[0]) > 2 * _MARGIN and shared >= _LEAST_SHARE * lower


def of_cell(cell: int, inside: PixelBox, marks: Sequence[Mark], digit: Digit, ink: Pixels) -> Iterator[Piece]:
    """Yield the lines of a cell's words."""
    left, top, right, bottom = around(marks)
    size = type_size(digit)
    rows = np.count_nonzero(ink[top:bottom, left:right], axis=1)
    for start, end in _lines(rows, size):
        columns = np.flatnonzero(ink[top + start : top + end, left:right].any(axis=0))
        room = round(_AROUND * size)
        box = (
            max(inside[0], left + int(columns[0]) - _MARGIN),
            max(inside[1], top + start - room),
            min(inside[2], left + int(columns[-1]) + 1 + _MARGIN),
            min(inside[3], top + end + room),
        )
        # Marks at the rim of a very narrow cell leave no room for a piece.
        if box[0] < box[2] and box[1] < box[3]:
            yield Piece(box, size, cell)


def _lines(rows: NDArray[np.intp], size: float) -> Iterator[tuple[int, int]]:
    """Yield the rows of each line: strokes above each other belong together as long as they fit into its height."""
    changes = np.flatnonzero(np.diff(np.concatenate(([0], (rows > 0).astype(np.int8), [0]))))
    runs = list(zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True))
    while runs:
        start, end = runs.pop(0)
        while runs and runs[0][1] - start <= _SQUARE * size:
            end = runs.pop(0)[1]
        yield from _parted(rows, start, end, size)


def _parted(rows: NDArray[np.intp], start: int, end: int, size: float) -> Iterator[tuple[int, int]]:
    """Part lines that touch, where there is little ink between them."""
    count = round((end - start) / (_SQUARE * size))
    pale = _PALE * float(np.median(rows[start:end]))
    reach = max(1, int(size / 4))
    for number in range(1, count):
        middle = start + (end - start) // (count - number + 1)
        window = rows[max(start + 1, middle - reach) : middle + reach]
        least = max(start + 1, middle - reach) + int(window.argmin())
        if rows[least] <= pale:
            yield start, least
            start = least
    yield start, end
