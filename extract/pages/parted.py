"""Figures that a line or the edge of the page parts: of two cells that each got a part of a number neither is known."""

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from extract.pages.text import Char
from extract.text import LOST

Place = tuple[int, int]
"""A table of the page and a cell of it, by their numbers."""

CellSpan = tuple[int, int, int, int]
"""Row, column, and how many of each a cell covers, in position numbers."""

_SAME_NUMBER = 0.05  # type sizes between two digits of one number; cells have padding on both sides


def parted_across(chars: Sequence[Char], places: Sequence[Place | None]) -> Iterator[Place]:
    """Yield the cells that got a part of a number: the next digit, with nothing between, is in another cell or in none."""
    for (left, first), (right, second) in pairwise(zip(chars, places, strict=True)):
        if first != second and left[0].isdecimal() and right[0].isdecimal() and _is_next(left, right):
            yield from (place for place in (first, second) if place is not None)


def on_page(chars: Sequence[Char], width: float, height: float) -> Sequence[Char]:
    """Return the characters whose middle lies on a page; a digit is lost where the edge cuts off the next of its number."""
    # Comparisons with the infinite and not-a-number boxes of broken files are false: such characters are left out.
    right, low = 2 * width, 2 * height
    is_on = [0 <= char[1] + char[3] <= right and 0 <= char[2] + char[4] <= low for char in chars]
    if all(is_on):
        return chars
    cut = {
        place
        for left, following in enumerate(chars[1:])
        for place in (left, left + 1)
        if is_on[left] != is_on[left + 1] and chars[left][0].isdecimal() and following[0].isdecimal()
        if _is_next(chars[left], following)
    }
    return [
        char._replace(text=LOST) if place in cut else char
        for place, (char, is_seen) in enumerate(zip(chars, is_on, strict=True))
        if is_seen
    ]


def _is_next(left: Char, right: Char) -> bool:
    size = right[4] - right[2]
    return abs(right[1] - left[3]) < _SAME_NUMBER * size and abs(right[4] - left[4]) < _SAME_NUMBER * size


def parted_down(cells: Sequence[CellSpan], figures: Set[int], words: Set[int]) -> Iterator[int]:
    """Yield the numbers of two cells with figures, one above the other, where no cell with words, or left of all figures,
    begins beside the lower one and some cell goes on: the figures may be one, over two lines, the first underlined in all
    its column's width.

    ``figures`` and ``words`` are numbers of cells.
    """
    beginning: dict[int, list[int]] = {}
    for number, (row, *_) in enumerate(cells):
        beginning.setdefault(row, []).append(number)
    first = min((cells[number][1] for number in figures), default=0)
    labels = words | {number for number, (_, column, *_) in enumerate(cells) if column < first}
    ends = {(row + height, column, width): number for number, (row, column, height, width) in enumerate(cells)}
    for row, numbers in beginning.items():
        if figures.isdisjoint(numbers) or not labels.isdisjoint(numbers) or not _is_crossed(row, cells):
            continue
        for lower in figures & set(numbers):
            _, column, _, width = cells[lower]
            upper = ends.get((row, column, width))
            if upper is not None and upper in figures:
                yield from (upper, lower)


def _is_crossed(row: int, cells: Sequence[CellSpan]) -> bool:
    return any(first < row < first + height for first, _, height, _ in cells)
