"""Merged cells to positions: like a browser, never two cells on one position."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import TooBigError
from extract.grid import RawCell, build
from extract.limits import MAX_GRID_CELLS, MAX_SPAN
from extract.model import Grid


def cells(*texts: str) -> list[RawCell]:
    """Cells written as ``text``, ``text|rowspan x colspan``."""
    made = []
    for text in texts:
        printed, _, spans = text.partition("|")
        down, _, right = (spans or "1x1").partition("x")
        made.append(RawCell(printed, printed, int(down), int(right)))
    return made


def places(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}


def test_plain_table_keeps_rows_and_columns() -> None:
    grid = build([cells("a", "b"), cells("c", "d")], "table 1")
    assert (grid.rows, grid.columns, grid.at, grid.aligned) == (2, 2, "table 1", True)
    assert places(grid) == {"a": (0, 0, 1, 1), "b": (0, 1, 1, 1), "c": (1, 0, 1, 1), "d": (1, 1, 1, 1)}


def test_cells_step_aside_for_a_row_span() -> None:
    grid = build([cells("group|3x1", "a", "1"), cells("b", "2"), cells("c", "3")], "t")
    assert places(grid)["b"] == (1, 1, 1, 1)
    assert places(grid)["3"] == (2, 2, 1, 1)
    assert places(grid)["group"] == (0, 0, 3, 1)


def test_head_of_the_review_table() -> None:
    rows = [
        cells("复议|1x5", "诉讼|1x10"),
        cells(*[f"r{n}|2x1" for n in range(5)], "未经复议|1x5", "复议后|1x5"),
        cells(*[f"l{n}" for n in range(10)]),
        cells(*[str(n) for n in range(15)]),
    ]
    grid = build(rows, "t")
    assert (grid.rows, grid.columns) == (4, 15)
    assert places(grid)["l0"] == (2, 5, 1, 1)
    assert places(grid)["复议后"] == (1, 10, 1, 5)


def test_a_blank_cell_is_a_cell_and_a_missing_one_is_not() -> None:
    grid = build([cells("a", "", "c"), cells("d", "e")], "t")
    assert grid.positions()[(0, 1)].text == ""
    assert (1, 2) not in grid.positions()


def test_spans_are_cut_to_the_table() -> None:
    grid = build([cells("a|9x1", "b"), cells("c|1x65534")], "t")
    assert places(grid) == {"a": (0, 0, 2, 1), "b": (0, 1, 1, 1), "c": (1, 1, 1, 1)}


def test_row_span_zero_reaches_the_last_row() -> None:
    assert places(build([cells("a|0x1", "b"), cells("c"), cells("d")], "t"))["a"] == (0, 0, 3, 1)


def test_a_wide_cell_stops_at_a_tall_one() -> None:
    grid = build([cells("a", "tall|2x1"), cells("wide|1x2")], "t")
    assert places(grid)["wide"] == (1, 0, 1, 1)
    assert places(grid)["tall"] == (0, 1, 2, 1)


def test_columns_and_rows_in_which_no_cell_begins_are_dropped() -> None:
    grid = build([cells("a", "b|1x2"), [], cells("c", "d|1x2")], "t")
    assert (grid.rows, grid.columns) == (2, 2)
    assert places(grid)["d"] == (1, 1, 1, 1)


def test_a_dropped_row_shortens_the_span_over_it() -> None:
    grid = build([cells("a|3x1", "b"), [], cells("c")], "t")
    assert places(grid)["a"] == (0, 0, 2, 1)
    assert places(grid)["c"] == (1, 1, 1, 1)


def test_empty_table() -> None:
    assert build([], "t") == Grid(0, 0, (), "t")
    assert build([[], []], "t") == Grid(0, 0, (), "t")


@pytest.mark.parametrize(
    "rows",
    [
        [cells("a")] * (MAX_GRID_CELLS + 1),
        [[RawCell("a", "a")] * (MAX_GRID_CELLS + 1)],
        [[RawCell("a", "a", 1, 65534)] * (MAX_GRID_CELLS // MAX_SPAN + 2)],
        [[RawCell(str(n), "a", 65534, 1)] * 200 for n in range(2000)],
        [*([cells("a")] * 600), [RawCell("a", "a")] * 600],
    ],
)
def test_budget(rows: list[list[RawCell]]) -> None:
    with pytest.raises(TooBigError, match="MAX_GRID_CELLS"):
        build(rows, "t")


def test_a_table_at_the_budget_is_read() -> None:
    assert len(build([cells("a", "b")] * (MAX_GRID_CELLS // 2), "t").cells) == MAX_GRID_CELLS


spans = st.integers(0, 6) | st.sampled_from([200, 1000, 65534])
tables = st.lists(st.lists(st.tuples(spans, spans), max_size=6), max_size=8)


@given(tables)
def test_any_table_is_a_rectangle_with_every_cell_once(table: list[list[tuple[int, int]]]) -> None:
    rows = [[RawCell(f"{r}.{c}", "", *span) for c, span in enumerate(row)] for r, row in enumerate(table)]
    grid = build(rows, "t")
    assert [cell.text for cell in grid.cells] == [cell.text for row in rows for cell in row]
    covered = [
        (cell.row + down, cell.column + right)
        for cell in grid.cells
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    ]
    assert len(covered) == len(set(covered))
    assert all(row < grid.rows and column < grid.columns for row, column in covered)
    assert {cell.row for cell in grid.cells} == set(range(grid.rows))
    assert {cell.column for cell in grid.cells} == set(range(grid.columns))


@given(tables)
def test_cells_keep_their_order_in_each_row(table: list[list[tuple[int, int]]]) -> None:
    rows = [[RawCell(f"{r}.{c}", "", *span) for c, span in enumerate(row)] for r, row in enumerate(table)]
    grid = build(rows, "t")
    for row in range(grid.rows):
        texts = [cell.text for cell in grid.in_row(row)]
        assert texts == sorted(texts, key=lambda text: int(text.split(".")[1]))
