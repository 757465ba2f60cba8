"""Columns of a WordprocessingML table: where their edges are, in twips."""

from collections.abc import Callable, Sequence
from itertools import accumulate

from extract.office.table import COLUMN_WIDTH


def stated_count(stated: str | None, otherwise: int) -> int:
    """Return a count or width as the file states it, or another one where it states none that is believable."""
    digits = (stated or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else otherwise


def column_edges(stated: Sequence[str | None]) -> Callable[[int], int]:
    """Return the function from the number of a column to its left edge.

    Columns beyond those that are stated have a default width, and so have all where one is not stated: then only their
    count can be believed.
    """
    widths = [stated_count(width, 0) for width in stated]
    known = tuple(accumulate(widths if all(widths) else (), initial=0))
    last = len(known) - 1

    def edge(column: int) -> int:
        return known[column] if column <= last else known[last] + (column - last) * COLUMN_WIDTH

    return edge
