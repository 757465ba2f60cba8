"""Rows filled up with bars: what fills them up is no blank cell, for blank cells may be left out anywhere before it."""

import pytest

from benchmarks._gaps import report as with_gaps
from extract.reading import read
from tests.kit.grades import grade, is_doubted
from tests.kit.padded import STYLES, padded
from tests.kit.tables import request_values
from tests.kit.truth import make_report

REPORTS = range(6)
ALMOST_ALL = 0.98
"""A blank at the end of a row that nothing else fills up is taken for filling: its row is unreadable."""


@pytest.mark.parametrize("keeps_blanks", [False, True])
@pytest.mark.parametrize("style", STYLES)
def test_whole_rows_are_read(style: str, keeps_blanks: bool) -> None:
    for seed in REPORTS:
        report = make_report(seed, ("2021", "2019")[seed % 2], "dense")
        grades = grade(read(padded(report, style, keeps_blanks=keeps_blanks).encode()), report.cells)
        assert (grades.flagged, grades.silent) == (0, [])


@pytest.mark.parametrize("style", STYLES)
def test_blank_cells_that_are_left_out_are_nowhere(style: str) -> None:
    for seed in REPORTS:
        report = with_gaps(seed)
        reading = read(padded(report, style, keeps_blanks=False).encode())
        grades = grade(reading, report.cells)
        assert grades.silent == []
        assert grades.right > grades.flagged
        read_cells = {(cell.row, cell.column): cell for cell in reading.cells if cell.table == "requests"}
        for row, _, _ in report.outcomes():
            texts = [box.text for box in request_values(report, row)]
            columns = [cell["column"] for cell in report.cells if (cell["table"], cell["row"]) == ("requests", row)]
            if not all(texts) and any(texts):
                assert {read_cells[row, column].state for column in columns} == {"unreadable"}


@pytest.mark.parametrize("style", STYLES)
def test_blank_cells_that_are_kept_are_read(style: str) -> None:
    for seed in REPORTS:
        report = with_gaps(seed)
        grades = grade(read(padded(report, style, keeps_blanks=True).encode()), report.cells)
        assert grades.silent == []
        assert grades.right >= ALMOST_ALL * grades.total()


@pytest.mark.parametrize("style", ["row", "between"])
def test_a_row_that_lost_a_cell_is_not_read(style: str) -> None:
    report = make_report(0, "2021", "dense")
    lines = padded(report, style, keeps_blanks=False).split("\n")
    for row, label in (
        ("licensing", "行政许可"),
        ("fees", "行政事业性收费"),
        ("normative_documents", "行政规范性文件"),
    ):
        place = next(place for place, line in enumerate(lines) if line.removeprefix("| ").startswith(label))
        label_cell, _, *others = lines[place].removeprefix("| ").split(" | ")
        before = "| " * (style == "between")
        cut = [*lines[:place], before + " | ".join([label_cell, *others]), *lines[place + 1 :]]
        cells = [cell for cell in read("\n".join(cut).encode()).cells if cell.row == row]
        assert {cell.state for cell in cells} == {"unreadable"}


def test_bars_that_stand_together_once_amid_a_row_do_not_make_filling_blank() -> None:
    report = with_gaps(1)
    lines = padded(report, "row", keeps_blanks=False).split("\n")
    for place, line in enumerate(lines):
        if line.count(" | ") > 1:
            damaged = [*lines[:place], line.replace(" | ", " || ", 1), *lines[place + 1 :]]
            assert grade(read("\n".join(damaged).encode()), report.cells).silent == []


def test_a_figure_above_the_label_of_an_empty_row_doubts_it() -> None:
    lines = padded(make_report(0, "2021", "dense"), "cells", keeps_blanks=False).split("\n")
    place = lines.index("行政许可 |")
    lines[place], lines[place + 1] = lines[place + 1], lines[place]
    reading = read("\n".join(lines).encode())
    [cell] = [cell for cell in reading.cells if cell.row == "licensing"]
    assert is_doubted(cell, reading.findings)


def test_a_label_behind_a_figure_in_its_cell_is_doubted() -> None:
    lines = padded(make_report(0, "2021", "dense"), "row", keeps_blanks=False).split("\n")
    place = next(place for place, line in enumerate(lines) if line.startswith("行政处罚"))
    figure = lines[place].split(" | ")[1]
    lines[place] = f"{figure}行政处罚 | |||"
    reading = read("\n".join(lines).encode())
    [cell] = [cell for cell in reading.cells if cell.row == "penalties"]
    assert is_doubted(cell, reading.findings)


def test_bars_that_close_blank_cells_are_no_padding() -> None:
    """In a row that ends with as many bars as its blank cells, with a space before each, these are blank."""
    lines = ["信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |", "规章 | 3 | | |", "行政规范性文件 | 5 | 1 | |"]
    reading = read("\n".join(("某局2023年政府信息公开工作年度报告", "二、主动公开政府信息情况", *lines)).encode())
    read_cells = {(cell.row, cell.column): (cell.state, cell.value) for cell in reading.cells}
    assert read_cells["regulations", "issued"] == ("reported", 3)
    assert read_cells["regulations", "in_force"] == ("blank", None)


def test_a_figure_that_is_lost_with_its_bar_is_no_blank() -> None:
    report = make_report(1, "2021", "dense")
    lines = padded(report, "cells", keeps_blanks=True).split("\n")
    for label in ("行政许可", "行政处罚", "行政强制"):
        place = lines.index(f"{label} |") + 1
        reading = read("\n".join(lines[:place] + lines[place + 1 :]).encode())
        row = next(cell["row"] for cell in report.cells if f"{cell['value']} |" == lines[place])
        found = {(cell.row, cell.state) for cell in reading.cells if cell.table == "disclosure"}
        assert (row, "unreadable") in found
        assert grade(reading, report.cells).silent == []
