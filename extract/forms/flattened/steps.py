"""Rows of the requests table that are in step: each has a cell for each column, and some that are empty beside labels.

Which ones these are is left to the sums (``extract.forms.placements``), where other rows do not show it.
"""

from collections import Counter
from collections.abc import Sequence

from extract.forms.flattened.rows import Line

_NEARLY_ALL = 0.9
_HEADER_ROWS = 3


def in_step(above: Sequence[Line], rows: Sequence[Line]) -> set[int]:
    """Return the rows (their indices) that have as many cells as nearly all, or as each line of the header above them.

    Each of them lost no cell, or gained as many.
    """
    common, count = Counter(line.length for line in rows).most_common(1)[0]
    lengths = {common} if count >= _NEARLY_ALL * len(rows) else set()
    header = {line.length for line in above[-_HEADER_ROWS:]}
    below = next((place for place, line in enumerate(rows) if {line.length} != header), len(rows))
    return {line.index for line in rows if line.length in lengths} | {line.index for line in rows[:below]}
