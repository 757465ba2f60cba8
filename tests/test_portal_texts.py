"""Every manner in which copies of portals flatten tables: exact, or flagged where a blank leaves no trace."""

from random import Random

import pytest

from extract.model import Reading
from extract.reading import read
from tests.kit.portal_texts import FLATTENED, render
from tests.kit.truth import Truth, make_report
from tests.test_forms import failures, silently_wrong, wrong

SEEDS = range(10)
SHOWS_BLANKS = {"row_bars", "leading_bars", "bars_above_rows", "bars_below_cells"}


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
            assert wrong(found, truth) == []
