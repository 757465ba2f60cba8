"""Figures broken over lines inside narrow cells of the requests table without ruling lines."""

from collections.abc import Sequence
from random import Random

import pytest

from extract.pages.furniture import without_furniture
from extract.pages.text import text_lines
from extract.reading import read
from extract.text import LOST
from tests.comparing import truths
from tests.kit import pdf
from tests.kit.truth import make_report
from tests.test_forms import silently_wrong, wrong
from tests.test_pages import Sheet, figures, header_of_seven, only_grid, rows

WHOLE = ["1", "2", "3", "4", "5", "6", "21"]
LABELS = ("一、本年新收", "二、上年结转", "（一）予以公开", "（二）部分公开", "四、结转下年度继续办理")
Printed = tuple[float, Sequence[object]]


def sheet(*lines: Printed, labels: Sequence[tuple[float, str]]) -> Sheet:
    """Print lines of figures and labels below a header, and a whole row above and below them."""
    made = header_of_seven(Sheet().text("申请人情况", 80, 330))
    for y, label in ((130, LABELS[0]), (250, LABELS[-1])):
        figures(made, y, WHOLE).text(label, y)
    for y, values in lines:
        figures(made, y, values)
    for y, label in labels:
        made.text(label, y)
    return made


def found(made: Sheet) -> list[list[str]]:
    """Return the rows between the first and the last one."""
    return rows(only_grid(made))[3:-1]


CUT = ["102", "", "", "", "", "", "122"]
REST = ["4", "", "", "", "", "", "4"]
SHORT = ["", "20", "30", "40", "50", "60", ""]
ROW = ["102 4", "20", "30", "40", "50", "60", "122 4"]


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (((174, CUT), (180, SHORT), (186, REST)), 180),
        (((174, ["102", *SHORT[1:6], "122"]), (186, REST)), 174),
        (((174, CUT), (186, ["4", *SHORT[1:6], "4"])), 186),
    ],
    ids=["middle", "top", "bottom"],
)
def test_pieces_of_a_figure_are_of_the_row_whose_figures_stand_as_theirs(
    lines: Sequence[Printed], label: float
) -> None:
    assert found(sheet(*lines, labels=[(label, LABELS[1])])) == [[LABELS[1], *ROW]]


def test_pieces_in_a_row_with_blanks_leave_its_other_figures_in_place() -> None:
    """No sum can say that the pieces are one number; what stands in the other columns is certain."""
    lines = ((174, CUT), (180, ["", "20", "", "40", "50", "60", ""]), (186, REST))
    made = sheet(*lines, labels=[(180, LABELS[1])])
    assert found(made) == [[LABELS[1], f"102{LOST}4", "20", "", "40", "50", "60", f"122{LOST}4"]]


@pytest.mark.parametrize("seed", [36, 64, 92])
def test_only_broken_figures_of_rows_with_blanks_are_unreadable(seed: int) -> None:
    truth, number = truths(24)[seed // 7], seed // 7
    reading = read(pdf.render(truth, Random(number), rules="none", narrow=True), "")
    lost = [cell for cell in reading.cells if cell.state == "unreadable"]
    assert lost
    assert all(LOST in cell.raw for cell in lost)
    assert silently_wrong(reading, truth) == []


UPPER = ["100", "110", "120", "130", "140", "150"]
LOWER = ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(("total", "is_one"), [("7521", True), ("7511", False)])
def test_two_whole_lines_that_add_up_only_together_are_one_row(total: str, is_one: bool) -> None:
    upper, lower = [*UPPER, total[:3]], [*LOWER, total[3:]]
    made = found(sheet((174, upper), (186, lower), labels=[(180, LABELS[1])]))
    assert (made == [[LABELS[1], *map("{} {}".format, upper, lower)]]) == is_one
    assert any(LOST in cell for row in made for cell in row) != is_one


def test_words_that_head_rows_beside_a_piece_begin_no_row() -> None:
    made = sheet((174, CUT), (180, SHORT), (186, REST), labels=[(174, "三、本年度办理"), (180, "1.属于国家秘密")])
    (row,) = found(made)
    assert row[-7:] == ROW


def test_a_piece_that_may_be_of_two_rows_leaves_both_uncertain() -> None:
    above, below = ["102", *"00000", "102"], ["7", *"00000", "7"]
    made = sheet(
        (174, above), (186, CUT[:1] + [""] * 5 + ["102"]), (198, below), labels=[(174, LABELS[1]), (198, LABELS[2])]
    )
    doubted = [cell for row in found(made) for cell in (row[1], row[-1])]
    assert all(LOST in cell for cell in doubted)


def test_a_page_number_is_not_close_below_a_row() -> None:
    page = text_lines(
        [*Sheet().text("四、结转下年度继续办理", 800).text("2", 812, 500).chars, *Sheet().text("2", 830, 300).chars]
    )
    (kept,) = without_furniture([page], [842.0])
    assert [line.top for line in kept] == [line.top for line in page[:2]]


def test_rows_that_overlap_are_no_rows() -> None:
    made = sheet((174, ["—", *"00000", "0"]), (180, ["", *"00000", "6"]), labels=[(174, LABELS[1]), (180, LABELS[2])])
    assert all(LOST in cell for row in found(made) for cell in row[1:] if cell)


@pytest.mark.parametrize("seed", [8, 78, 120])
def test_a_narrow_table_without_lines_is_read_whole(seed: int) -> None:
    truth = make_report(seed, "2021", "dense")
    reading = read(pdf.render(truth, Random(seed), rules="none", narrow=True), "")
    assert wrong(reading, truth) == []


def test_blanks_and_marks_among_broken_figures_are_never_wrong_in_silence() -> None:
    truth = make_report(36, "2021", "dense", blanks=True, marks=True)
    reading = read(pdf.render(truth, Random(36), rules="none", narrow=True), "")
    assert silently_wrong(reading, truth) == []
