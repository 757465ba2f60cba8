"""The measure of what a text tells whose blanks leave no trace."""

from dataclasses import replace

from benchmarks.accuracy.told import told
from tests.kit.truth import Truth, TruthCell, make_report

AGENCY = ("云岭市水务局", "990100")


def blanked(truth: Truth, *names: tuple[str, str, str]) -> Truth:
    cells: list[TruthCell] = []
    for cell in truth.cells:
        if (cell["table"], cell["row"], cell["column"]) in names:
            cell = TruthCell(**{**cell, "state": "blank", "value": None})
        cells.append(cell)
    return replace(truth, cells=tuple(cells))


def untold(truth: Truth) -> set[tuple[str, str]]:
    known = [(cell["table"], cell["row"], cell["column"]) for cell in told(truth)]
    names = [(cell["table"], cell["row"], cell["column"]) for cell in truth.cells]
    return {(row, column) for table, row, column in names if (table, row, column) not in known}


def test_a_report_without_blanks_is_told_whole() -> None:
    assert untold(make_report(3, "2021", "dense", agency=AGENCY)) == set()


def test_a_blank_in_table_1_could_stand_anywhere_in_its_row() -> None:
    truth = blanked(make_report(3, "2021", "dense", agency=AGENCY), ("disclosure", "regulations", "repealed"))
    assert untold(truth) == {("regulations", column) for column in ("issued", "repealed", "in_force")}


def test_the_sums_of_whole_columns_tell_where_the_only_blank_of_a_row_stands() -> None:
    truth = blanked(make_report(3, "2021", "dense", agency=AGENCY), ("requests", "granted", "legal_service"))
    assert untold(truth) == set()


def test_a_row_printed_blank_is_told() -> None:
    truth = make_report(3, "2021", "dense", agency=AGENCY)
    names = [("disclosure", "regulations", column) for column in ("issued", "repealed", "in_force")]
    assert untold(blanked(truth, *names)) == set()
