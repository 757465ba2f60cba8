"""Every manner in which copies of portals flatten tables: exact, or flagged where a blank leaves no trace."""

from random import Random

import pytest

from benchmarks._gaps import report as with_gaps
from extract.model import Reading
from extract.reading import read
from tests.kit.grades import grade
from tests.kit.portal_texts import FLATTENED, render
from tests.kit.truth import Truth, TruthCell, make_report
from tests.test_forms import failures, silently_wrong, wrong

SEEDS = range(10)
SHOWS_BLANKS = {"row_bars", "leading_bars", "bars_above_rows", "bars_below_cells"}
FILLED_UP = {"row_bars", "leading_bars"}
"""The bar of a blank at the end of a row looks as if it filled the row up: the row is unreadable."""


def report(seed: int, **options: bool) -> Truth:
    return make_report(seed, "2021" if seed % 3 else "2019", "dense" if seed % 2 else "sparse", **options)


def reading(truth: Truth, name: str) -> Reading:
    return read(render(truth, Random(truth.seed), name).encode(), "report.txt")


@pytest.mark.parametrize("name", FLATTENED)
def test_figures_and_sections_come_back(name: str) -> None:
    for seed in SEEDS:
        truth = report(seed)
        found = reading(truth, name)
        assert wrong(found, truth) == []
        assert failures(found) == []
        assert (found.agency, found.year, found.title) == (truth.agency, truth.year, truth.title)
        assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
        assert found.sections[0].text.endswith("（二）依申请公开情况")
        assert not any(section.text for section in found.sections[1:4])


@pytest.mark.parametrize("name", FLATTENED)
def test_marks_come_back(name: str) -> None:
    for seed in SEEDS:
        truth = report(seed, marks=True)
        assert wrong(reading(truth, name), truth) == []


@pytest.mark.parametrize("name", FLATTENED)
def test_blanks_come_back_or_are_flagged(name: str) -> None:
    for seed in SEEDS:
        truth = report(seed, blanks=True)
        found = reading(truth, name)
        assert silently_wrong(found, truth) == []
        if name in SHOWS_BLANKS:
            doubted = ending_blank(truth) if name in FILLED_UP else set()
            assert [pair for pair in wrong(found, truth) if row_of(pair[0]) not in doubted] == []


def row_of(cell: TruthCell) -> tuple[str, str, str | None]:
    return cell["table"], cell["row"], cell["item"]


def ending_blank(truth: Truth) -> set[tuple[str, str, str | None]]:
    """Return the rows whose last cell is blank, with no merged cell behind it, or none that shows as in the last of table
    2; those of table 3 stand on one line."""
    last = {row_of(cell): cell for cell in truth.cells if cell["table"] != "requests" or cell["row"] == "carried_out"}
    found = {row for row, cell in last.items() if cell["state"] == "blank"}
    reviews = [row for row in last if row[0] == "review"]
    return found.union(reviews) if reviews[-1] in found else found


def test_blanks_beside_those_of_merged_labels_come_back() -> None:
    """Where some rows with such a label are printed whole; these reports have them."""
    for seed in range(6):
        truth = with_gaps(seed)
        assert wrong(reading(truth, "spanning_bars"), truth) == []


def test_figures_in_pieces_are_never_those_of_a_row_that_lost_its_blanks() -> None:
    """As programs print pages of Word that take each of its elements apart: a digit a line."""
    doubted = 0
    for seed in range(30):
        truth = with_gaps(seed)
        lines = render(truth, Random(seed), "paragraphs").split("\n")
        found = read("\n".join("\n".join(line) if line.isdecimal() else line for line in lines).encode())
        assert grade(found, truth.cells).silent == []
        rules = {(finding.rule, finding.where.get("table")) for finding in found.findings}
        doubted += ("surplus_value", "disclosure") in rules
    assert doubted
