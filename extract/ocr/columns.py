"""Columns of a table of which a strip is missing: a picture that lost some of its columns of pixels lost figures there."""

from collections.abc import Iterator, Sequence

from extract.ocr.picture import PixelBox

_ROWS = 3  # cells from which equally wide ones are a column
_NARROW = 0.6  # of the width of every column beside it

Column = tuple[int, int]
"""Left and right side in pixels."""

Row = tuple[int, int]
"""Upper and lower side in pixels."""


def cut_short(boxes: Sequence[PixelBox], printed: Sequence[bool]) -> set[int]:
    """Return the cells that hold nothing in columns much narrower than those beside them.

    Nobody can say that they were left blank: what stood in them may be what is missing. Of the end of a row that a page
    break parted everybody can.
    """
    columns: dict[Column, list[int]] = {}
    for number, (left, _, right, _) in enumerate(boxes):
        columns.setdefault((left, right), []).append(number)
    wide = {column: cells for column, cells in columns.items() if len(cells) >= _ROWS}
    narrow = [column for column in wide if _is_narrow(column, list(wide))]
    ends = set(_ends_of_rows(boxes, printed))
    return {cell for column in narrow for cell in wide[column] if not printed[cell] and boxes[cell][1::2] not in ends}


def _ends_of_rows(boxes: Sequence[PixelBox], printed: Sequence[bool]) -> Iterator[Row]:
    """Yield the first rows of tables that have nothing in any cell, if others follow: without a label they have no figures."""
    filled = {box[1::2] for box, is_printed in zip(boxes, printed, strict=True) if is_printed}
    heights: set[Row] = {box[1::2] for box in boxes}
    above, below = {bottom for _, bottom in heights}, {top for top, _ in heights}
    for top, bottom in heights - filled:
        if top not in above and bottom in below:
            yield top, bottom


def _is_narrow(column: Column, others: Sequence[Column]) -> bool:
    left, right = column
    beside = [other[1] - other[0] for other in others if other[1] == left or other[0] == right]
    return bool(beside) and right - left < _NARROW * min(beside)
