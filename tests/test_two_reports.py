"""Two reports in one document: a table that only one of them has may be of either, and is told."""

import re
from itertools import combinations
from random import Random

import pytest

from extract.reading import read
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

AGENCY = ("云岭市水务局", "990100")
TABLES = ("disclosure", "requests", "review")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)


def both(left_out: int, seed: int) -> str:
    """Return a page with a whole report, behind the tables of another one that has not all of them."""
    first, second = (
        STYLES["clean"](make_report(seed + more, "2021", "dense", agency=AGENCY), Random(1)).decode() for more in (0, 1)
    )
    tables = _TABLE.findall(first)
    assert len(tables) == len(TABLES)
    del tables[left_out]
    return second.replace("<table", "".join(tables) + "<table", 1)


@pytest.mark.parametrize(("left_out", "seed"), [(place, seed) for place in range(len(TABLES)) for seed in range(2)])
def test_every_table_of_two_reports_in_one_page_is_told(left_out: int, seed: int) -> None:
    reading = read(both(left_out, seed).encode(), "")
    told = {finding.where.get("table") for finding in reading.findings if finding.rule == "repeated_row"}
    assert told == set(TABLES)


def test_a_report_that_stands_twice_in_its_page_is_one() -> None:
    page = STYLES["clean"](make_report(5, "2021", "dense", agency=AGENCY), Random(1)).decode()
    tables = _TABLE.findall(page)
    for kept in combinations(tables, 2):
        reading = read(page.replace("<table", "".join(kept) + "<table", 1).encode(), "")
        assert {cell.state for cell in reading.cells} == {"reported"}
