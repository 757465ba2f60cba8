"""The form of 2014 in two numbered halves, as programs write it that leave blank cells out and fill rows up with bars."""

from random import Random

import pytest

from extract.reading import read
from tests.kit import form2014, styles2014, tables
from tests.kit.grades import grade
from tests.kit.mutants.lines import LineChange, double_line, drop_line, swap_lines

STYLES = {"numbered": styles2014.numbered_halves, "plain": styles2014.halves}
SEEDS = range(8)


def text_of(report: form2014.Report, style: str) -> str:
    rows = STYLES[style](report)
    width = tables.width(rows)
    lines = [f"{report.agency}{report.year}年政府信息公开工作年度报告", "政府信息公开情况统计表"]
    for row in rows:
        texts = [box.text for box in row if box.text]
        lines.append(" | ".join(texts) + " | " + "|" * (width - len(texts)))
    return "\n".join([*lines, report.agency])


@pytest.mark.parametrize("style", STYLES)
def test_rows_of_two_halves_are_read(style: str) -> None:
    for seed in SEEDS:
        report = form2014.make_report(seed, dense=bool(seed % 2))
        grades = grade(read(text_of(report, style).encode()), report.cells)
        assert (grades.flagged, grades.silent) == (0, [])


@pytest.mark.parametrize("style", STYLES)
def test_the_number_of_a_row_is_no_figure_of_the_row_beside_it(style: str) -> None:
    for seed in range(20):
        report = form2014.make_report(seed, dense=bool(seed % 2), blanks=True)
        grades = grade(read(text_of(report, style).encode()), report.cells)
        assert grades.silent == []
        assert grades.right > 0.7 * grades.total()


@pytest.mark.parametrize("change", [drop_line, double_line, swap_lines])
def test_lines_lost_doubled_or_moved_put_no_number_in_the_place_of_a_figure(change: LineChange) -> None:
    for seed in range(6):
        report = form2014.make_report(seed, dense=True, blanks=True)
        lines = text_of(report, "numbered").split("\n")
        for number in range(6):
            found = read("\n".join(change(lines, Random(number))).encode())
            assert grade(found, report.cells).silent == [], number


def test_a_figure_that_a_cell_too_many_parted_from_its_label_is_no_blank() -> None:
    for seed in range(4):
        report = form2014.make_report(seed, dense=True)
        lines = [
            line for row in styles2014.groups_beside(report) for box in row if box.text for line in (box.text, "|")
        ]
        text = ["政府信息公开情况统计表", *lines, report.agency]
        for place, line in enumerate(text):
            if line == "件":
                found = read("\n".join([*text[:place], "|", *text[place:]]).encode())
                assert grade(found, report.cells).silent == []
