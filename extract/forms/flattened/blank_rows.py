"""Rows of unaligned grids that are blank from end to end: wherever their values begin, each of them is blank.

That is so only where no figure may be theirs: one before the label, or on a line of its own beside the row.
"""

from extract.forms.flattened.rows import Line
from extract.text import parse_number


def is_blank_row(line: Line, rows: list[Line]) -> bool:
    """Say whether nothing is printed behind the words of a row, and no figure beside it may be its own."""
    if line.filled or any(parse_number(cell.text).state != "unreadable" for cell in line.words):
        return False
    beside = (row for row in rows if abs(row.index - line.index) == 1)
    return not any(row.filled and not row.words for row in beside)
