"""Columns of figures under years (2016年, 2015年; 本年, 上年): the latest is the report's own."""

import re
from collections import Counter
from collections.abc import Sequence

from extract.model import GridCell
from extract.text import compact

_YEAR = re.compile(r"(?P<number>20\d\d)年度?|(?P<own>[本今当]年度?)|(?P<before>[上去]一?年度?)")
_OWN = 10_000
"""As a year: later than every number."""


def this_year(header: Sequence[GridCell]) -> list[GridCell]:
    """Return the cells of the latest of several years that a header names, each as often (the halves of a table)."""
    named = [(year, cell) for cell in header if (year := _year(cell.text)) is not None]
    counts = Counter(year for year, _ in named)
    if len(counts) < 2 or len(set(counts.values())) > 1:
        return []
    return [cell for year, cell in named if year == max(counts)]


def _year(text: str) -> int | None:
    found = _YEAR.search(compact(text))
    if found is None:
        return None
    return int(found["number"]) if found["number"] else _OWN if found["own"] else 0
