"""Whether a short line is a ruling line or a stroke of a character.

A ruling line runs on to the line it ends at, between a stroke and a ruling line there is paper; and strokes stand together.
"""

import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import Pixels

_AROUND = 6  # pixels beside a line in which its paper is looked for
_PAPER, _MIDDLE = 0.75, 0.5  # shares of grey values
_RUNS_ON = 0.5  # of a line's darkness

_BESIDE, _CROSSED = 5, 0.35
"""Pixels beside a short line that are looked at, and the share of its length along which strokes of text stand there: of
text it was 0.39 and more, beside ruling lines there is paper."""

_STICKS_OUT = 6  # reaches: less than the lowest row has

Line = tuple[int, int, int, int]
"""Left, top, width and height of a horizontal line in pixels."""


def met(line: Line, crossing: Pixels, pixels: Pixels, reach: int) -> int:
    """Return at how many of its ends a horizontal line runs on, all the way, to a vertical one.

    ``crossing`` is set where vertical lines are, ``reach`` is how far from an end they are looked for. In tables whose
    rows are hardly higher than their text, strokes of characters (件, 申) end as close to ruling lines as those do to each
    other.
    """
    left, top, width, height = line
    rows = slice(max(0, top - 1), top + height + 1)
    first, last = max(0, left - reach), min(pixels.shape[1], left + width + reach)
    starts, ends = slice(first, left + reach), slice(left + width - reach, last)
    if not crossing[rows, starts].any() and not crossing[rows, ends].any():
        return 0
    crossed = crossing[rows, starts].max(axis=0)[::-1], crossing[rows, ends].max(axis=0)
    dark = pixels[rows, first:last].min(axis=0)
    paper = _at(_PAPER, pixels[max(0, top - _AROUND) : top + height + _AROUND, first:last])
    own = _at(_MIDDLE, dark[left - first : left - first + width])
    limit = paper - _RUNS_ON * (paper - own)
    before, behind = crossed
    return _runs_on(dark[: len(before)][::-1], limit, before) + _runs_on(dark[len(dark) - len(behind) :], limit, behind)


def within(line: Line, crossing: Pixels, reach: int) -> Line:
    """Return a horizontal line without what sticks out a little beyond the first and the last line that crosses it.

    There it was smoothed, or the stroke of a character outside the table stands in line with it.
    """
    left, top, width, height = line
    places = np.flatnonzero(crossing[max(0, top - 1) : top + height + 1, left : left + width].any(axis=0))
    if not places.size:
        return line
    # The inner edges: what is between them and a stroke that ends short of them is to be seen.
    parted = np.flatnonzero(np.diff(places) > 1)
    first, last = (int(places[parted[0]]), int(places[parted[-1] + 1])) if parted.size else (0, width)
    least = _STICKS_OUT * reach
    start = first if first <= least < width - first else 0
    end = last if width - last <= least < last - start else width
    return left + start, top, end - start, height


def _at(share: float, values: Pixels) -> int:
    """Return the value that a share of the values is no greater than; numpy's own percentile takes ten times as long."""
    return int(np.sort(values, axis=None)[int(share * (values.size - 1))])


def _runs_on(dark: NDArray[np.uint8], limit: float, crossed: Pixels) -> bool:
    """Tell whether a line, followed outward from inside its end, has no gap before the first line that crosses it.

    Where a crossing line is known to be is wider than it is: in low rows the gap before it is a pixel below its edge.
    """
    places = np.flatnonzero(crossed)
    if not places.size:
        return False
    first = int(places[0])
    wide = int((np.diff(places) == 1).cumprod().sum()) + 1
    line = first + int(dark[first : first + wide].argmin())
    return bool((dark[:line] <= limit).all())


def is_of_text(ink: Pixels, line: Line, ends: int) -> bool:
    """Tell whether strokes cross a line all along: bold characters that fill a cell have a line of strokes in the middle.

    Another one is at their top or their foot: where text stands at one side only, a line is one that meets others.
    """
    least, most = strokes_beside(ink, line)
    return least >= _CROSSED or (most >= _CROSSED and not ends)


def strokes_beside(ink: Pixels, line: Line) -> tuple[float, float]:
    """Return the shares of a line's length along which ink stands close to it, of the side with less and that with more."""
    left, top, width, height = line
    above = ink[max(0, top - _BESIDE) : max(0, top - 1), left : left + width]
    below = ink[top + height + 1 : top + height + _BESIDE, left : left + width]
    least, most = sorted(float(side.any(axis=0).mean()) for side in (above, below))
    return least, most
