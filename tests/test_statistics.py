"""The statistics table of 2014 to 2018: what the kit prints is read back exactly, or flagged, never another number."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from extract.headings import heading_number
from extract.model import Reading
from extract.reading import read
from extract.templates.y2014 import TEMPLATE
from tests.kit import styles2014
from tests.kit.form2014 import MONEY, ROWS, SUMS, TABLE, Report, make_report, renamed, swapped, without
from tests.kit.styles2014 import HTML, SHOWS_BLANKS, TABLES, TEXT, to_pdf
from tests.shared import SHARED

SEEDS = range(8)
CODEBOOK = SHARED / "codebook" / "fields.csv"
PRINTINGS: dict[str, Callable[[Report, Random], bytes]] = {
    **HTML,
    **{name: lambda report, rng, layout=layout: layout(report, rng).encode() for name, layout in TEXT.items()},
}
CERTAIN = ("reported", "blank", "mark")


def states(reading: Reading) -> dict[str, tuple[str, object]]:
    return {cell.row: (cell.state, cell.value) for cell in reading.cells}


def expected(report: Report) -> dict[str, tuple[str, object]]:
    return {cell["row"]: (cell["state"], cell["value"]) for cell in report.cells}


def silently_wrong(reading: Reading, report: Report) -> list[object]:
    """Cells that claim a number, a blank or a mark that is not theirs."""
    wanted = expected(report)
    return [(row, got, wanted[row]) for row, got in states(reading).items() if got[0] in CERTAIN and got != wanted[row]]


def printed(name: str, report: Report, seed: int = 0) -> Reading:
    return read(PRINTINGS[name](report, Random(seed)), "report.txt" if name in TEXT else "")


def failures(reading: Reading) -> list[tuple[str, str]]:
    found = (finding for finding in reading.findings if finding.verdict == "FAIL")
    return [(finding.rule, finding.where["row"]) for finding in found]


# --- The form --------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not CODEBOOK.is_file(), reason="the shared codebook is not beside the checkout")
def test_the_form_is_that_of_the_codebook() -> None:
    with CODEBOOK.open(encoding="utf-8-sig") as lines:
        wanted = [tuple(row.values()) for row in csv.DictReader(lines) if row["template"] == "2014"]
    assert [
        (TEMPLATE.name, table.name, row.name, row.label, column.name, column.label, column.unit, row.legal_basis)
        for table in TEMPLATE.tables
        for row in table.rows
        for column in row.columns
    ] == wanted


def test_the_kit_prints_every_row_of_the_form_once() -> None:
    assert tuple(row.name for row in TEMPLATE.tables[0].rows) == ROWS


# --- Read back -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dense", [True, False], ids=["dense", "sparse"])
@pytest.mark.parametrize("name", PRINTINGS)
def test_tables_come_back_exact(name: str, dense: bool) -> None:
    for seed in SEEDS:
        report = make_report(seed, dense=dense)
        reading = printed(name, report, seed)
        assert silently_wrong(reading, report) == []
        assert states(reading) == expected(report)
        assert failures(reading) == []
        assert (reading.template, reading.outcome, reading.year) == ("2014", "ok", report.year)
        assert (reading.agency, reading.title) == (report.agency, report.title)


def test_labels_shared_with_another_table_say_nothing_of_it() -> None:
    report = make_report(3)
    table = "".join(f"| {line.label.replace('其中：涉及', '其中：1.涉及')} | {line.text} |\n" for line in report.lines)
    page = f"{report.title}\n\n| 统计指标 | 统计数 |\n|---|---|\n{table}"
    reading = read(page.encode(), "report.txt")
    assert reading.template == "2014"
    assert [finding for finding in reading.findings if finding.rule == "header"] == []


@pytest.mark.parametrize("name", PRINTINGS)
def test_marks_stay_marks(name: str) -> None:
    for seed in SEEDS:
        report = make_report(seed, marks=True)
        assert states(printed(name, report, seed)) == expected(report)


@pytest.mark.parametrize("name", PRINTINGS)
def test_blanks_are_blank_or_flagged(name: str) -> None:
    for seed in SEEDS:
        report = make_report(seed, dense=bool(seed % 2), blanks=True)
        reading = printed(name, report, seed)
        assert silently_wrong(reading, report) == []
        if name in HTML or name in SHOWS_BLANKS:
            assert states(reading) == expected(report)


@pytest.mark.parametrize("name", ["plain", "numbered", "spanning_groups"])
def test_pdf_comes_back_exact(name: str) -> None:
    for seed in range(2):
        report = make_report(seed)
        reading = read(to_pdf(report, TABLES[name](report)), "")
        assert states(reading) == expected(report)
        assert failures(reading) == []


def test_a_number_of_last_year_never_takes_the_place_of_a_lost_cell() -> None:
    report = make_report(4)
    page = HTML["last_year_too"](report, Random(4)).decode()
    [line] = [line for line in report.lines if line.row == "channel_weibo"]
    lost = page.replace(
        f"<td>{line.label}</td><td>{line.unit}</td><td>{line.text}</td>", f"<td>{line.label}</td><td>{line.unit}</td>"
    )
    assert lost != page
    assert states(read(lost.encode(), ""))["channel_weibo"] == ("unreadable", None)


# --- Damaged ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PRINTINGS)
def test_a_table_that_lost_lines_is_never_wrong_in_silence(name: str) -> None:
    rng = Random(name)
    for seed in range(12):
        start, count = rng.randrange(len(TABLE)), rng.randint(1, 3)
        report = without(make_report(seed), set(range(start, min(start + count, len(TABLE)))))
        assert silently_wrong(printed(name, report, seed), report) == []


@pytest.mark.parametrize("name", PRINTINGS)
def test_lines_in_another_order_are_never_wrong_in_silence(name: str) -> None:
    rng = Random(name)
    for seed in range(12):
        one, two = rng.sample(range(len(TABLE)), 2)
        report = swapped(make_report(seed), one, two)
        reading = printed(name, report, seed)
        # Two lines with one label in each other's place are another table: only its sums can tell.
        assert silently_wrong(reading, report) == [] or (TABLE[one][1] == TABLE[two][1] and failures(reading))


@pytest.mark.parametrize("name", PRINTINGS)
def test_labels_nobody_knows_are_never_read_as_others(name: str) -> None:
    rng = Random(name)
    for seed in range(12):
        label = rng.choice(("其中：省级部门数", "（四）逾期办结数", "9.非专职人员数", "转办件数", "部门网站信息数"))
        report = renamed(make_report(seed), rng.randrange(len(TABLE)), label)
        reading = printed(name, report, seed)
        assert silently_wrong(reading, report) == []


@pytest.mark.parametrize("name", ["plain", "halves", "tabs", "lines"])
def test_a_number_under_an_unknown_label_is_told(name: str) -> None:
    report = renamed(make_report(3), place_of("complaints"), "转办件数")
    findings = [finding for finding in printed(name, report).findings if finding.rule == "unknown_label"]
    assert len(findings) == 1
    assert "转办件数" in findings[0].detail


def beside(report: Report) -> bytes:
    """A page that prints the name of each part beside its rows."""
    part, rows = "", ""
    for line in report.lines:
        part = line.label if line.label[1:2] == "、" else part
        rows += f"<tr><td>{part}</td><td>{line.label}</td><td>{line.unit}</td><td>{line.text}</td></tr>"
    return f"<h1>{report.title}</h1><table>{rows}</table>".encode()


def test_only_its_group_tells_whose_a_repeated_label_is() -> None:
    report = without(make_report(1), {place_of("litigation_upheld")})
    reading = printed("plain", report)
    assert states(reading)["litigation_corrected"] == ("unreadable", None)
    assert {finding.rule for finding in reading.findings} >= {"ambiguous_label"}
    assert states(read(beside(report), "")) == expected(report)


def place_of(row: str) -> int:
    return next(place for place, (name, _, _) in enumerate(TABLE) if name == row)


def test_a_misprint_is_read_and_told() -> None:
    report = make_report(2)
    place = place_of("replies_granted_in_part")
    reading = printed("plain", renamed(report, place, "3.同意部份公开答复数"))
    assert states(reading) == expected(report)
    assert [finding.where["row"] for finding in reading.findings if finding.rule == "label"] == [
        "replies_granted_in_part"
    ]


@pytest.mark.parametrize("label", ["2.非专职人员数（不包括政府公报及政府网站工作人员数）", "4.不同意部分公开答复数"])
def test_a_sign_that_turns_the_meaning_is_no_misprint(label: str) -> None:
    place = place_of("complaints")
    report = renamed(make_report(2), place, label)
    reading = printed("plain", report)
    assert silently_wrong(reading, report) == []
    assert "unknown_label" in {finding.rule for finding in reading.findings}


# --- Sums, units, years ----------------------------------------------------------------------------------------------


def test_a_broken_sum_is_the_agencys_and_names_its_total() -> None:
    for seed in SEEDS:
        report = make_report(seed, broken=True)
        reading = printed("plain", report)
        assert states(reading) == expected(report)
        assert failures(reading)
        assert {row for _, row in failures(reading)} <= {total for total, _ in SUMS}


def test_reasons_that_are_not_printed_are_no_sum() -> None:
    reasons = {place for place, (row, _, _) in enumerate(TABLE) if row.startswith("refused_")}
    reading = printed("plain", without(make_report(4), reasons))
    judged = {finding.where["row"] for finding in reading.findings if finding.rule == "column_total"}
    assert judged == {total for total, _ in SUMS} - {"replies_refused"}
    assert reading.outcome == "partial"


@pytest.mark.parametrize(
    ("unit", "text", "wanted"),
    [
        ("万元", "12.5", 12.5),
        ("元", "125000", 12.5),
        ("万元", "0", 0),
        ("元", "0", 0),
        ("——", "3", 3),
        ("件", "3", None),
    ],
)
def test_money_is_kept_in_wan(unit: str, text: str, wanted: float | None) -> None:
    rows = "".join(
        f"<tr><td>{x.label}</td><td>{unit if x.row in MONEY else x.unit}</td>"
        f"<td>{text if x.row in MONEY else x.text}</td></tr>"
        for x in make_report(5).lines
    )
    page = f"<h1>清江市水务局2016年政府信息公开工作年度报告</h1><table>{rows}</table>"
    found = states(read(page.encode(), ""))
    assert {found[row] for row in MONEY} == {("unreadable" if wanted is None else "reported", wanted)}


def test_two_columns_of_numbers_without_a_header_are_not_chosen_from() -> None:
    page = HTML["last_year_too"](make_report(6), Random(6)).decode()
    head = "<tr><td>统计指标</td><td>单位</td><td>统计数</td><td>上年统计数</td></tr>"
    assert head in page
    found = states(read(page.replace(head, "").encode(), ""))
    assert {state for state, _ in found.values()} == {"unreadable"}


@pytest.mark.parametrize("blank", [1, 2, 3])
def test_running_numbers_are_never_read_as_values(blank: int) -> None:
    """In flattened text the number of the next row stands behind each value, and alone where a value is blank."""
    for seed in SEEDS:
        report = make_report(seed)
        lines = (*report.lines[:-blank], *(replace(line, text="") for line in report.lines[-blank:]))
        gone = {line.row for line in report.lines[-blank:]}
        reading = printed("lines_numbered", replace(report, lines=lines), seed)
        assert {states(reading)[row][0] for row in gone} == {"unreadable"}
        assert all(
            states(reading)[row] == cell
            for row, cell in expected(report).items()
            if row not in {*gone, "trainings", "meetings"}
        )


def test_a_few_words_of_the_table_are_no_table() -> None:
    page = (
        "<h1>清江市水务局2016年政府信息公开工作年度报告</h1><p>一、概述</p><p>2016年，我局认真工作。工作有成效。</p>"
        "<table><tr><td>收到申请数</td><td>件</td><td>3</td></tr><tr><td>申请办结数</td><td>件</td><td>3</td></tr></table>"
    )
    reading = read(page.encode(), "")
    assert (reading.template, reading.outcome, reading.cells) == (None, "partial", ())


def test_each_number_leads_back_to_its_cell() -> None:
    reading = printed("plain", make_report(7))
    assert [cell.at for cell in reading.cells][:2] == ["table 1 row 3 cell 3", "table 1 row 4 cell 3"]
    lines = styles2014.lines(make_report(7), Random(7)).split("\n")
    for cell in read("\n".join(lines).encode(), "report.txt").cells:
        assert lines[int(cell.at.removeprefix("line ")) - 1].endswith(cell.raw)


# --- Reports without tables ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "一、主要工作概述"),
        (1, "一、政府信息公开工作基本情况"),
        (2, "二、主动公开信息情况"),
        (3, "三、政府信息依申请公开办理情况"),
        (3, "三、依申请公开政府信息办理情况"),
        (None, "四、政府信息公开的收费及减免情况"),
        (4, "五、因政府信息公开申请行政复议和提起行政诉讼的情况"),
        (4, "八、政府信息公开举报、行政复议、行政诉讼情况"),
        (4, "五、复议诉讼和申诉情况"),
        (5, "六、政府信息公开工作存在的主要问题及改进措施"),
        (5, "五、主要问题和改进措施"),
        (5, "五、存在问题、下步工作计划"),
        (6, "七、需要说明的事项与附表"),
        (None, "四、行政复议数量"),
        (None, "行政复议 行政诉讼"),
        (None, "主要问题"),
    ],
)
def test_headings_of_the_years_before_2019(number: int | None, heading: str) -> None:
    assert heading_number(heading) == number


@pytest.mark.parametrize("name", ["lines", "lines_numbered"])
def test_lines_of_a_table_are_no_narrative(name: str) -> None:
    report = make_report(3)
    told = "".join(section.text for section in printed(name, report, 3).sections)
    assert told
    assert not any(line.label in told for line in report.lines if line.row and len(line.label) > 12)


@pytest.mark.parametrize("as_text", [True, False], ids=["text", "page"])
def test_a_report_without_a_table_is_partial_with_its_sections(as_text: bool) -> None:
    for seed in SEEDS:
        report = replace(make_report(seed, year=2008 + seed % 6), lines=())
        made = styles2014.narrative_text(report).encode() if as_text else styles2014.narrative_page(report)
        reading = read(made, "report.txt" if as_text else "")
        assert (reading.outcome, reading.template, reading.cells) == ("partial", None, ())
        assert (reading.agency, reading.year, reading.title) == (report.agency, report.year, report.title)
        assert [section.number for section in reading.sections] == [1, 2, 3, 4, 5, 6]
        assert "未收取任何费用" in reading.sections[2].text


def test_a_number_that_a_line_end_breaks_is_told() -> None:
    """Its second half stands on a line of its own; no sum has the numbers of documents and channels."""
    lines = TEXT["tabs_numbered"](make_report(1, dense=True), Random(1)).split("\n")
    broken = [
        (place, found) for place, line in enumerate(lines) if (found := re.fullmatch(r"(.*\t(\d+))(\d\t*)", line))
    ]
    assert len(broken) > 20
    for place, halves in broken[::5]:
        text = "\n".join([*lines[:place], halves[1], halves[3], *lines[place + 1 :]])
        reading = read(text.encode(), "report.txt")
        told = {finding.where.get("row") for finding in reading.findings if finding.rule == "unknown_label"}
        cut = {cell.row for cell in reading.cells if (cell.at, cell.raw) == (f"line {place + 1}", halves[2])}
        assert len(cut) == 1
        assert cut <= told
