"""Of a picture that is mostly not legible nothing is believed that no sum proves."""

from dataclasses import replace
from random import Random

import pytest

from extract.formats.html import FORMAT as HTML
from extract.forms import FormReading, read_twice
from extract.judging import Figures
from extract.legibility import proven
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report


def blurred(share: float, seed: int) -> FormReading:
    """Return a reading of which about such a share of the cells could not be read."""
    form = read_twice(HTML.read(STYLES["clean"](make_report(seed, "2021", "dense"), Random(seed)), ""), 2021)
    rng = Random(seed)
    cells = (cell._replace(state="unreadable", value=None) if rng.random() < share else cell for cell in form.cells)
    return replace(form, cells=tuple(cells))


@pytest.mark.parametrize("seed", range(6))
def test_what_no_sum_proves_is_not_taken_where_much_is_illegible(seed: int) -> None:
    form = blurred(0.4, seed)
    doubted, [finding] = proven(form)
    assert finding.rule == "illegible"
    assert form.template is not None
    held = {
        number
        for entry, sides in Figures(form.cells).sums(form.template)
        if sides is not None and sides[0] == sides[1]
        for number in (*entry.parts, *entry.whole)
    }
    for number, (before, after) in enumerate(zip(form.cells, doubted.cells, strict=True)):
        assert after == (before if number in held else before._replace(state="unreadable", value=None))


@pytest.mark.parametrize("seed", range(3))
def test_a_few_illegible_cells_leave_the_others_as_they_are(seed: int) -> None:
    form = blurred(0.05, seed)
    assert proven(form) == (form, ())


def test_a_fraction_of_a_count_is_a_comma_that_looked_like_a_point() -> None:
    form = blurred(0.0, 1)
    places = {(cell.table, cell.row, cell.column): number for number, cell in enumerate(form.cells)}
    count, money = (places["requests", "processed_total", "total"], places["disclosure", "fees", "amount"])
    broken = [
        cell._replace(value=8.955) if number in (count, money) else cell for number, cell in enumerate(form.cells)
    ]
    read, _ = proven(replace(form, cells=tuple(broken)))
    assert (read.cells[count].state, read.cells[count].value) == ("unreadable", None)
    assert read.cells[money].value == 8.955
