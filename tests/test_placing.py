"""Where the cells of office tables lie is worked out once for reports of one form, and holds for each of them."""

from random import Random

import pytest

from extract.model import Grid
from extract.office import placing
from extract.office.placing import grid_of
from extract.office.printed import Edges, PrintedTable
from extract.office.word import course as word_course
from extract.reading import read
from tests.kit import docx
from tests.kit.truth import make_report

ROWS = 3
COLUMNS = 4
GAPS = 12


def table(texts: list[str], sliver: int = 0) -> PrintedTable:
    """A table of three rows, in the second of which an edge lies ``sliver`` beside those of the others."""
    edges = [100 * column for column in range(COLUMNS + 1)]
    rows = [edges, [edges[0], edges[1] + sliver, *edges[2:]], edges]
    lefts = tuple(edge for row in rows for edge in row[:-1])
    rights = tuple(edge for row in rows for edge in row[1:])
    return PrintedTable(Edges((COLUMNS,) * ROWS, lefts, rights, (False,) * ROWS * COLUMNS), texts)


def words(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.in_row(row)] for row in range(grid.rows)]


@pytest.mark.parametrize("sliver", [0, 30])
def test_other_cells_blank_are_laid_out_alike(sliver: int) -> None:
    rng = Random(1)
    grid_of(table(["5"] * ROWS * COLUMNS, sliver), 1)
    before = placing._kept_layout.cache_info().misses
    for _ in range(GAPS):
        texts = [rng.choice(("", "5")) for _ in range(ROWS * COLUMNS - 1)] + ["5"]
        assert words(grid_of(table(texts, sliver), 1)) == [
            texts[row * COLUMNS : (row + 1) * COLUMNS] for row in range(ROWS)
        ]
    assert placing._kept_layout.cache_info().misses == before


@pytest.mark.parametrize("sliver", [0, 30])
def test_columns_right_of_all_that_is_printed_are_none(sliver: int) -> None:
    whole = ["5"] * ROWS * COLUMNS
    narrow = ["5", "7", "", ""] * ROWS
    for _ in range(2):
        assert grid_of(table(whole, sliver), 1).columns == COLUMNS
        assert grid_of(table(narrow, sliver), 1).columns == 2
        assert grid_of(table([""] * ROWS * COLUMNS, sliver), 1).cells == ()


def test_a_cell_between_edges_that_nearly_meet_goes_only_while_it_is_blank() -> None:
    edges = Edges((3, 2), (0, 100, 130, 0, 100), (100, 130, 300, 100, 300), (False,) * 5)
    for said, columns in (("", 2), ("9", 3), ("", 2)):
        grid = grid_of(PrintedTable(edges, ["规章", said, "5", "文件", "6"]), 1)
        assert grid.columns == columns
        assert said in [cell.text for cell in grid.cells if cell.row == 0] or not said


def test_reports_with_other_gaps_follow_no_cells_anew() -> None:
    reports = [make_report(seed, "2021", "dense", blanks=True) for seed in range(GAPS)]
    read(docx.clean(reports[0], Random(0)))
    before = word_course._kept_laid.cache_info().misses
    for truth in reports[1:]:
        read(docx.clean(truth, Random(0)))
    assert word_course._kept_laid.cache_info().misses == before
