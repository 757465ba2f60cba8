"""Printings of table 1 seen on real portals: exact in every case, whatever its editors left in, out or half of it."""

from random import Random

import pytest

from extract.reading import read
from tests.kit.html_portals import CHANGES, render
from tests.kit.truth import make_report
from tests.test_forms import failures, wrong


@pytest.mark.parametrize("options", [{}, {"blanks": True}, {"marks": True}], ids=str)
@pytest.mark.parametrize("name", CHANGES)
def test_changed_tables_come_back_exact(name: str, options: dict[str, bool]) -> None:
    for seed in range(4):
        form = "2021" if seed % 2 and name not in ("cut_headers", "headers_in_two_rows") else "2019"
        truth = make_report(
            seed * 5 + 2, "2021" if form == "2021" else "2019", "dense" if seed > 1 else "sparse", **options
        )
        reading = read(render(truth, Random(seed), name), "")
        assert wrong(reading, truth) == []
        assert failures(reading) == []
        assert (reading.agency, reading.year, reading.template) == (truth.agency, truth.year, truth.template)
