"""Columns of a table of which a strip is missing: a picture that lost some of its columns of pixels lost figures there."""

from collections.abc import Sequence

from extract.ocr.picture import PixelBox

_ROWS = 3  # cells from which equally wide ones are a column
_NARROW = 0.6  # of the width of every column beside it

Column = tuple[int, int]
"""Left and right side in pixels."""


def cut_short(boxes: Sequence[PixelBox], printed: Sequence[bool]) -> set[int]:
    """Return the cells that hold nothing in columns much narrower than those beside them.

    Nobody can say that they were left blank: what stood in them may be what is missing.
    """
    columns: dict[Column, list[int]] = {}
    for number, (left, _, right, _) in enumerate(boxes):
        columns.setdefault((left, right), []).append(number)
    wide = {column: cells for column, cells in columns.items() if len(cells) >= _ROWS}
    narrow = [column for column in wide if _is_narrow(column, list(wide))]
    return {cell for column in narrow for cell in wide[column] if not printed[cell]}


def _is_narrow(column: Column, others: Sequence[Column]) -> bool:
    left, right = column
    beside = [other[1] - other[0] for other in others if other[1] == left or other[0] == right]
    return bool(beside) and right - left < _NARROW * min(beside)
