"""Texts in which figures are broken in pieces: what looks like a figure for each column may be two numbers in pieces.

Programs that print each element of a web page apart break the figures of pages that Word wrote (2 / 3 / 0 for 23, a blank
and 0). In tables with sums such rows have too many values; the rows of table 1 have no sum.
"""

from collections.abc import Iterator

from extract.forms.slots import Scan, note
from extract.model import Finding

_TABLE = "disclosure"
_FEWEST_SPLIT = 2
_DETAIL = "rows of other tables print too many figures, as if in pieces; so may this one, which lost its blanks"


def beside_split(scan: Scan) -> Iterator[Finding]:
    """Yield a finding for each row of table 1 of which only the order is known, where rows of other tables are in pieces."""
    split = {found.where.get("row") for found in scan.findings if found.rule == "surplus_value"}
    if len(split) < _FEWEST_SPLIT:
        return
    for row in scan.rows:
        if row.table == _TABLE and row.in_order and len(row.columns) > 1 and row.options:
            yield note("surplus_value", f"{_DETAIL}: {row.raw} at {row.at}", table=row.table, row=row.row)
