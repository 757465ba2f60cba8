"""The benchmarks are run by name, and the one of accuracy counts what it says it counts."""

from dataclasses import replace
from random import Random

import pytest

from benchmarks.__main__ import NAMES
from benchmarks.__main__ import main as run
from extract.model import Finding, Reading
from extract.reading import read
from tests.kit.grades import grade
from tests.kit.html_styles import STYLES
from tests.kit.truth import Truth, make_report

TRUTH = make_report(3, "2021", "dense")


def reading(truth: Truth = TRUTH) -> Reading:
    return read(STYLES["clean"](truth, Random(3)), "")


def with_value(value: int, *findings: Finding) -> Reading:
    """Return the reading with another number in 行政许可."""
    good = reading()
    cells = (cell._replace(value=value) if cell.row == "licensing" else cell for cell in good.cells)
    return replace(good, cells=tuple(cells), findings=(*good.findings, *findings))


def test_a_good_reading_is_right_in_every_cell() -> None:
    grades = grade(reading(), TRUTH.cells)
    assert (grades.right, grades.flagged, grades.silent) == (len(TRUTH.cells), 0, [])


def test_another_number_is_silent_until_a_finding_speaks_of_its_row() -> None:
    [(truth, cell)] = grade(with_value(987654), TRUTH.cells).silent
    assert (truth["row"], cell.value) == ("licensing", 987654)
    for where, flagged in (
        ({"table": "disclosure", "row": "licensing"}, 1),
        ({"table": "disclosure", "row": "penalties"}, 0),
        ({"table": "disclosure"}, 0),
    ):
        assert grade(with_value(987654, Finding("label", "NOT_ASSESSABLE", where)), TRUTH.cells).flagged == flagged


def test_a_sum_that_cannot_be_judged_flags_nothing() -> None:
    where = {"table": "disclosure", "row": "licensing"}
    for verdict, silent in (("FAIL", 0), ("NOT_ASSESSABLE", 1), ("PASS", 1)):
        assert len(grade(with_value(9, Finding("row_total", verdict, where)), TRUTH.cells).silent) == silent


def test_an_unreadable_cell_is_flagged_and_a_blank_one_is_not() -> None:
    for state, silent in (("unreadable", 0), ("absent", 0), ("blank", 1), ("mark", 1)):
        good = reading()
        cells = (cell._replace(state=state, value=None) if cell.row == "licensing" else cell for cell in good.cells)
        assert len(grade(replace(good, cells=tuple(cells)), TRUTH.cells).silent) == silent


def test_unknown_names_and_options_for_several_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["speed"]) == 2
    assert run(["html", "store", "--reports", "2"]) == 2
    assert ", ".join(NAMES) in capsys.readouterr().err


def test_accuracy_prints_a_line_for_each_style_and_a_sum(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pdfplumber", reason="the extra bench is not installed")
    pytest.importorskip("docx", reason="the extra bench is not installed")
    assert run(["accuracy", "--reports", "2", "--scans", "0", "--only", "mht"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[:2] for line in lines[2:]] == [
        ["mht", "word"],
        ["mht", "browser"],
        ["mht", "lying"],
        ["mht", "all"],
        ["all", "all"],
    ]
    assert all(line[4:7] == ["100.00%", "0", "0"] for line in lines[2:])


def test_mutants_prints_how_many_changed_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pdfplumber", reason="the extra bench is not installed")
    pytest.importorskip("docx", reason="the extra bench is not installed")
    assert run(["mutants", "--each", "3", "--reports", "1", "--only", "lines"]) == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    assert len(lines) > 5
    assert all(" 3    0 silent " in line for line in lines)
