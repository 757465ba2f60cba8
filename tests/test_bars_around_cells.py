"""Text tables with a bar on either side of each cell, as older versions of trafilatura write them."""

import pytest

from benchmarks._gaps import report as with_gaps
from extract.reading import read
from tests.kit import form, tables
from tests.kit.grades import grade
from tests.kit.truth import Truth, make_report

_TABLE_OF = {2: tables.disclosure, 3: tables.requests, 4: tables.review}


def printed(truth: Truth, *, broken: bool = False) -> str:
    """Return a report; ``broken``: what stands behind the first character of a label is on the next line."""
    parts = [truth.title]
    for number in range(1, 7):
        parts += [form.HEADINGS[number - 1], *truth.sections[number - 1]]
        for row in _TABLE_OF[number](truth) if number in _TABLE_OF else ():
            cells = [box.text for box in row if box.text]
            parts.append("".join(f"|{text}|" for text in cells))
            if broken and len(cells) > 1 and not cells[0][-1].isdigit():
                parts[-1:] = [f"|{cells[0][:1]}|", cells[0][1:], "".join(f"|{text}|" for text in cells[1:])]
    return "\n".join((*parts, truth.agency))


@pytest.mark.parametrize("seed", range(4))
def test_whole_rows_are_read(seed: int) -> None:
    truth = make_report(seed, ("2021", "2019")[seed % 2], "dense")
    grades = grade(read(printed(truth).encode()), truth.cells)
    assert (grades.flagged, grades.silent) == (0, [])


@pytest.mark.parametrize("broken", [False, True])
def test_rows_that_lost_their_blanks_are_never_filled_up(broken: bool) -> None:
    for seed in range(12):
        truth = with_gaps(seed)
        assert grade(read(printed(truth, broken=broken).encode()), truth.cells).silent == []
