"""Blank cells of columns of which a strip may be missing are doubtful, those of the end of a parted row are not."""

from extract.ocr.columns import cut_short

WIDE, NARROW = (0, 300), (300, 360)
COLUMNS = (WIDE, NARROW, (360, 600))
Box = tuple[int, int, int, int]


def table(rows: int, top: int = 0) -> list[Box]:
    return [(left, top + 40 * row, right, top + 40 * (row + 1)) for row in range(rows) for left, right in COLUMNS]


def doubtful(printed: list[str], top: int = 0) -> list[tuple[int, int]]:
    """Return row and column of the doubtful cells of a table of which each row says what of it is printed."""
    boxes = table(len(printed), top)
    return [divmod(cell, len(COLUMNS)) for cell in sorted(cut_short(boxes, [char == "x" for char in "".join(printed)]))]


def test_a_blank_cell_of_a_narrow_column_is_doubtful() -> None:
    assert doubtful(["xxx", "x x", "xxx", "xxx"]) == [(1, 1)]
    assert doubtful(["x x", "xxx", "xxx"]) == [(0, 1)]


def test_the_end_of_a_row_that_a_page_break_parted_is_blank() -> None:
    assert doubtful(["   ", "xxx", "x x", "xxx"], top=100) == [(2, 1)]


def test_a_blank_row_in_a_table_or_alone_is_doubtful() -> None:
    assert doubtful(["xxx", "   ", "xxx"]) == [(1, 1)]
    assert doubtful(["xxx", "xxx", "   "]) == [(2, 1)]
