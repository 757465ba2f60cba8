"""Figures of table 1 that may have moved: lost cells, labels one row lower, a header that lost a cell, a figure beside it."""

from random import Random

import pytest

from extract.model import FormCell, Reading
from extract.reading import checks, read
from tests.kit.html_styles import STYLES
from tests.kit.truth import Truth, make_report

AGENCY = ("云岭市水务局", "990100")
RULE = "displaced"


def page(truth: Truth) -> str:
    return STYLES["clean"](truth, Random(1)).decode()


def changed(truth: Truth, *pairs: tuple[str, str]) -> Reading:
    text = page(truth)
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return read(text.encode(), "")


def cells(found: Reading, row: str) -> dict[str, FormCell]:
    return {cell.column: cell for cell in found.cells if cell.table == "disclosure" and cell.row == row}


def doubted(found: Reading) -> set[str]:
    return {finding.where["row"] for finding in found.findings if finding.rule == RULE}


def row_of(truth: Truth, label: str) -> str:
    """Return the line of the page with a row of table 1."""
    return next(line for line in page(truth).splitlines() if f">{label}</td>" in line)


def test_a_good_report_has_no_displaced_row() -> None:
    assert RULE in {check.rule for check in checks()}
    for form in ("2019", "2021"):
        truth = make_report(3, "2019" if form == "2019" else "2021", "dense", agency=AGENCY, blanks=True)
        assert doubted(read(page(truth).encode(), "")) == set()


@pytest.mark.parametrize("end", ["<td colspan=2>{}</td>", "<td>{}</td><td></td>"])
def test_a_row_that_lost_a_cell_is_doubted_whole(end: str) -> None:
    """What is left stands below other headers: the last cell stretches below two of them, or leaves the only blank of a
    report that prints 0 for nothing."""
    truth = make_report(3, "2021", "dense", agency=AGENCY)
    row = row_of(truth, "行政规范性文件")
    values = [truth.text("disclosure", "normative_documents", column) for column in ("issued", "repealed", "in_force")]
    lost = f"<tr><td>行政规范性文件</td><td>{values[1]}</td>{end.format(values[2])}</tr>"
    found = changed(truth, (row, lost))
    assert cells(found, "normative_documents")["issued"].value == int(values[1])
    assert doubted(found) == {"normative_documents"}


@pytest.mark.parametrize("printed", ["12", "无"])
def test_a_printed_cell_below_two_headers_beside_a_blank_is_of_neither(printed: str) -> None:
    """A sheet shows a row that lost a cell with a blank one at its end, also where other rows of the report have blanks."""
    truth = make_report(3, "2019", "dense", agency=AGENCY, blanks=True)
    row = row_of(truth, "政府集中采购")
    found = changed(truth, (row, f"<tr><td colspan=2>政府集中采购</td><td colspan=2>{printed}</td><td></td></tr>"))
    assert {cell.state for cell in cells(found, "procurement").values()} == {"unreadable"}


def test_labels_one_row_lower_are_doubted() -> None:
    truth = make_report(3, "2021", "dense", agency=AGENCY)
    lower = (">行政强制<", ">行政处罚甲<"), (">行政处罚<", ">行政许可<"), (">行政处罚甲<", ">行政处罚<")
    found = changed(truth, *lower)
    assert {"penalties", "fees"} <= doubted(found)
    assert cells(found, "penalties")["decisions"].value == int(truth.text("disclosure", "coercion", "decisions"))


def test_a_row_printed_twice_where_none_is_missing_casts_no_doubt_on_others() -> None:
    truth = make_report(3, "2021", "dense", agency=AGENCY)
    row = row_of(truth, "行政许可")
    found = changed(
        truth, (row, f"{row}\n{row.replace('>行政许可<', '>行政许可事项<').replace('</td></tr>', '9</td></tr>')}")
    )
    assert any(finding.rule == "repeated_row" for finding in found.findings)
    assert doubted(found) == set()


def test_rows_with_blanks_are_not_read_below_a_header_that_lost_a_cell() -> None:
    truth = make_report(3, "2021", "dense", agency=AGENCY)
    row = row_of(truth, "行政规范性文件")
    blank = "<tr><td>行政规范性文件</td><td>5</td><td></td><td></td></tr>"
    found = changed(truth, ("<td>本年制发件数</td>", ""), (row, blank))
    assert all(cell.value is None for cell in cells(found, "normative_documents").values())


def test_a_figure_beside_the_only_column_of_blank_rows_is_none_of_theirs() -> None:
    rows = (
        "<tr><td>第二十条第（六）项</td><td colspan=3></td><td></td></tr>",
        "<tr><td>信息内容</td><td colspan=3>本年处理决定数量</td><td></td></tr>",
        "<tr><td>行政处罚</td><td colspan=3></td><td>15</td></tr>",
        "<tr><td>行政强制</td><td colspan=3></td><td>48</td></tr>",
    )
    found = read(f"<table>{''.join(rows)}</table>".encode(), "")
    assert all(cell.value is None for cell in found.cells)


def test_a_blank_in_table_3_doubts_all_of_it() -> None:
    truth = make_report(3, "2021", "dense", agency=AGENCY)
    total = str(truth.text("review", "litigation_after_reconsideration", "total"))
    start, _, end = page(truth).rpartition(f"<td>{total}</td>")
    found = read(f"{start}<td></td>{end}".encode(), "")
    assert doubted(found) == {"reconsideration", "litigation_direct", "litigation_after_reconsideration"}


def test_a_report_that_leaves_cells_blank_for_nothing_is_not_doubted() -> None:
    truth = make_report(3, "2021", "dense", agency=AGENCY)
    row = row_of(truth, "行政规范性文件")
    without = row.replace(f"<td>{truth.text('disclosure', 'normative_documents', 'repealed')}</td>", "<td></td>", 1)
    fees = row_of(truth, "行政事业性收费")
    amount = truth.text("disclosure", "fees", "amount")
    assert amount in fees
    assert doubted(changed(truth, (row, without))) == {"normative_documents"}
    assert doubted(changed(truth, (row, without), (fees, fees.replace(f">{amount}<", "><")))) == set()
