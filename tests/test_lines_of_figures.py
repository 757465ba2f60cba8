"""What the lines of a text say of figures: those of sentences and pages are no cells, and blanks that show are blank."""

import re
from random import Random

import pytest

from extract.model import Reading
from extract.reading import read
from tests.kit import text_layouts
from tests.kit.form2014 import Report, make_report
from tests.kit.grades import CLAIMS
from tests.kit.styles2014 import TEXT, narrative_text
from tests.kit.truth import make_report as report_of_today

SEEDS = range(6)
SPOKEN = ("2016 年 全市共收到政府信息公开申请 30 件", "7 月 30 件", "30 余件", "30 多件 比上年多", "5 日 起")
LABELS = (
    "（一）收到申请数",
    "1.当面申请数",
    "2.传真申请数",
    "（二）申请办结数",
    "四、行政复议数量",
    "六、举报投诉数量",
)


def in_lines(report: Report, seed: int) -> str:
    return TEXT["lines"](report, Random(seed))


def text_reading(text: str) -> Reading:
    return read(text.encode(), "report.txt")


def wrong(reading: Reading, report: Report) -> list[object]:
    wanted = {cell["row"]: (cell["state"], cell["value"]) for cell in report.cells}
    return [cell for cell in reading.cells if (cell.state, cell.value) != wanted[cell.row]]


def claimed(reading: Reading) -> dict[str, object]:
    return {cell.row: cell.value for cell in reading.cells if cell.table == "statistics" and cell.state in CLAIMS}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_line_that_ends_with_its_unit_is_blank_where_all_others_have_a_number_behind_it(seed: int) -> None:
    report = make_report(seed, dense=bool(seed % 2), blanks=True)
    assert wrong(text_reading(in_lines(report, seed)), report) == []


def test_where_several_numbers_follow_one_label_a_line_that_ends_with_its_unit_may_have_lost_its_own() -> None:
    report = make_report(1)
    lines = in_lines(report, 1).split("\n")
    one, two = [place for place, line in enumerate(lines) if re.search(r" 件 \d+$", line)][:2]
    lines[one], number = lines[one].rsplit(" ", 1)
    lines[two] += f" {number}"
    found = wrong(text_reading("\n".join(lines)), report)
    assert [cell.state for cell in found] == ["unreadable"] * 2


@pytest.mark.parametrize(
    "label",
    [
        "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1",
        "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1",
    ],
)
def test_a_unit_that_ends_a_label_in_brackets_is_part_of_the_label(label: str) -> None:
    report = make_report(3)
    line = next(line for line in report.lines if line.label.startswith(label))
    printed = in_lines(report, 3).split("\n")
    start = next(place for place, text in enumerate(printed) if text.startswith(label[:8]))
    stop = next(place for place in range(start, len(printed)) if printed[place].endswith(f"{line.unit} {line.text}"))
    printed[start : stop + 1] = [label, f"{line.label.removeprefix(label)} {line.unit} {line.text}"]
    assert wrong(text_reading("\n".join(printed)), report) == []


@pytest.mark.parametrize("spoken", SPOKEN)
@pytest.mark.parametrize("end", ["\n", " "])
def test_a_number_before_other_words_on_its_line_is_no_figure_of_the_label_above(spoken: str, end: str) -> None:
    text = narrative_text(make_report(2)) + "\n".join(f"{label}{end}{spoken}" for label in LABELS)
    assert claimed(text_reading(text)) == {}


def test_numbers_with_their_units_behind_labels_are_read() -> None:
    numbers = [30, 12, 18, 30, 4, 7]
    lines = (f"{label} {number} 件" for number, label in zip(numbers, LABELS, strict=True))
    text = narrative_text(make_report(2)) + "\n".join(lines)
    assert list(claimed(text_reading(text)).values()) == numbers


@pytest.mark.parametrize("seed", SEEDS)
def test_page_numbers_beside_form_feeds_are_left_out_where_they_count_the_pages(seed: int) -> None:
    report = make_report(seed, dense=bool(seed % 2), blanks=True)
    lines = in_lines(report, seed).split("\n")
    for number, place in ((3, 110), (2, 80), (1, 50)):
        lines[place:place] = [str(number), "\f"]
    reading = text_reading("\n".join(lines))
    assert sum(finding.rule == "page_mark" for finding in reading.findings) == 3
    assert [cell for cell in wrong(reading, report) if cell.state in CLAIMS] == []


@pytest.mark.parametrize("page", ["{}\n\f", "\f{}\n", "{}\n"])
@pytest.mark.parametrize("seed", range(2))
def test_a_number_that_may_be_a_page_number_is_no_figure(seed: int, page: str) -> None:
    report = make_report(seed, dense=bool(seed % 2), blanks=True)
    lines = in_lines(report, seed).split("\n")
    first = next(place for place, line in enumerate(lines) if line.startswith("统计指标"))
    for place in range(first + seed, len(lines), 7):
        spoiled = [*lines[:place], page.format(7).removesuffix("\n"), *lines[place:]]
        assert [cell for cell in wrong(text_reading("\n".join(spoiled)), report) if cell.state in CLAIMS] == []


def test_two_pieces_of_a_number_that_fill_up_a_row_with_a_blank_are_not_read() -> None:
    report = report_of_today(1, "2021", "dense")
    text = text_layouts.LAYOUTS["lines"](report, Random(1))
    row = next(line for line in text.split("\n") if line.startswith("规章 "))
    header = next(line for line in text.split("\n") if line.startswith("信息内容"))
    full = "规章 26 1".rjust(len(header) + 20)
    reading = text_reading(text.replace(row, f"{full}\n2", 1))
    cells = [cell for cell in reading.cells if (cell.table, cell.row) == ("disclosure", "regulations")]
    assert [cell.state for cell in cells] == ["unreadable"] * 3


def test_a_row_that_goes_on_behind_a_short_line_is_read() -> None:
    report = report_of_today(1, "2021", "dense")
    text = text_layouts.LAYOUTS["lines"](report, Random(1))
    row = next(line for line in text.split("\n") if line.startswith("规章 "))
    reading = text_reading(text.replace(row, "规章 26 1\n2", 1))
    cells = [cell for cell in reading.cells if (cell.table, cell.row) == ("disclosure", "regulations")]
    assert [cell.value for cell in cells] == [26, 1, 2]


def test_a_number_on_a_line_of_its_own_is_not_that_of_the_blank_row_above() -> None:
    report = report_of_today(1, "2021", "dense")
    text = text_layouts.LAYOUTS["lines"](report, Random(1))
    row = next(line for line in text.split("\n") if line.startswith("行政许可 "))
    reading = text_reading(text.replace(row, "行政许可\n\n7\n", 1))
    states = [cell.state for cell in reading.cells if (cell.table, cell.row) == ("disclosure", "licensing")]
    assert states == ["unreadable"]
