"""Lines of text outside tables, by the ink of their rows.

Where rows of ink and of paper alternate as lines of print do, their ink says where text stands, in a tenth of the time a
detector takes. It is asked for the rest: seals across lines, lines that slant into each other, pages on their side.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import PixelBox, Pixels

_LEAST_INK = 3  # pixels of a row: less is dirt
_JOINED_IN = 0.02  # of paper between strokes of one line of few characters
_LOWEST_IN, _HIGHEST_IN = 0.06, 0.42
"""Height of a line: points and strokes are lower, two lines that touch are higher than the largest title."""

_PALE, _MIDDLE = 0.12, 0.25
"""Share of the ink of its fullest row that every row of a line has, but for those above and below its middle."""

_APART = 0.9  # heights of a line between pieces of text that stand apart
_AROUND = 0.17  # heights of paper that the box around a line has above and below
_ROOM_IN = 0.1

Find = Callable[[int, int], list[PixelBox]]
"""What finds text between two rows of a page, the second one outside."""


def texts(ink: Pixels, free: Sequence[tuple[int, int]], dpi: float, find: Find) -> list[PixelBox]:
    """Return the boxes of pieces of text in the rows of a page that no table takes."""
    found: list[PixelBox] = []
    for first, last in free:
        runs = list(_runs(ink[first:last], first, dpi))
        # What is cut by the edge of the picture is no whole line.
        whole = [(top, bottom) for top, bottom in runs if top > 0 and bottom < len(ink)]
        lines = [(top, bottom) for top, bottom in whole if _is_line(ink[top:bottom], dpi)]
        for top, bottom in lines:
            found += _pieces(ink, top, bottom)
        for top, bottom in _joined([run for run in runs if run not in lines], round(_ROOM_IN * dpi)):
            found += find(max(first, top), min(last, bottom))
    return found


def _runs(ink: Pixels, first: int, dpi: float) -> Iterator[tuple[int, int]]:
    """Yield the rows between paper that are high enough for text."""
    printed = np.count_nonzero(ink, axis=1) >= _LEAST_INK
    edges = np.flatnonzero(np.diff(np.concatenate(([0], printed.astype(np.int8), [0])))).tolist()
    for top, bottom in _near(list(zip(edges[::2], edges[1::2], strict=True)), round(_JOINED_IN * dpi)):
        if bottom - top >= _LOWEST_IN * dpi:
            yield first + top, first + bottom


def _near(runs: Sequence[tuple[int, int]], room: int) -> Iterator[tuple[int, int]]:
    """Join runs with no more than some rows between them."""
    parted = [number for number, (one, other) in enumerate(pairwise(runs), 1) if other[0] - one[1] > room]
    for start, end in pairwise([0, *parted, len(runs)] if runs else []):
        yield runs[start][0], runs[end - 1][1]


def _joined(runs: Sequence[tuple[int, int]], room: int) -> Iterator[tuple[int, int]]:
    """Yield rows to be looked at, with some room; those that then touch are one piece."""
    return _near([(top - room, bottom + room) for top, bottom in runs], 0)


def _is_line(ink: Pixels, dpi: float) -> bool:
    """Tell whether rows are one line of text: not too high, and without a pale row in its middle."""
    counts, edge = np.count_nonzero(ink, axis=1), round(_MIDDLE * len(ink))
    middle: NDArray[np.intp] = counts[edge : len(counts) - edge]
    return len(ink) <= _HIGHEST_IN * dpi and int(middle.min()) >= _PALE * int(counts.max())


def _pieces(ink: Pixels, top: int, bottom: int) -> Iterator[PixelBox]:
    """Yield the pieces of a line, with the paper above and below that text is recognised with."""
    columns = np.flatnonzero(ink[top:bottom].any(axis=0))
    gaps = np.flatnonzero(np.diff(columns) > _APART * (bottom - top))
    room = round(_AROUND * (bottom - top))
    above, below = max(0, top - room), min(len(ink), bottom + room)
    for start, end in pairwise([0, *(gaps + 1).tolist(), len(columns)]):
        yield int(columns[start]), above, int(columns[end - 1]) + 1, below
