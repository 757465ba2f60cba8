"""The 2014 form with figures of two years side by side: those of the latest year are the report's own."""

import re
from dataclasses import replace
from random import Random

import pytest

from extract.reading import read
from tests.kit.form2014 import Report, make_report
from tests.kit.styles2014 import HTML
from tests.test_statistics import expected, states

HEAD = "<tr><td>统计指标</td><td>单位</td><td>统计数</td><td>上年统计数</td></tr>"
IN_TWO_ROWS = "<tr><td rowspan=2>统计指标</td><td rowspan=2>单位</td><td colspan=2>统计数</td></tr>"


def page(report: Report, *header: str) -> bytes:
    """Return a page in whose table last year's figures stand behind this year's, under another header."""
    printed = HTML["last_year_too"](report, Random(6)).decode()
    assert HEAD in printed
    return printed.replace(HEAD, "".join(header)).encode()


def hardly_filled(seed: int) -> Report:
    """Return a report with a mark in most cells: last year's column then has most of the numbers."""
    report = make_report(seed)
    return marked(report, {line.row for number, line in enumerate(report.lines) if number % 7})


def marked(report: Report, gone: set[str]) -> Report:
    """Return a report with a mark in some rows."""
    lines = (replace(line, text="—") if line.row in gone else line for line in report.lines)
    cells = [{**cell, "state": "mark", "value": None} if cell["row"] in gone else cell for cell in report.cells]
    return replace(report, lines=tuple(lines), cells=cells)


def header(*years: str) -> str:
    return f"<tr><td>统计指标</td><td>单位</td>{''.join(f'<td>{year}</td>' for year in years)}</tr>"


YEARS = (
    (header("2016年", "2015年"),),
    (header("2016年度统计数", "2015年度统计数"),),
    (header("本年", "上年"),),
    (IN_TWO_ROWS, "<tr><td>2016年</td><td>2015年</td></tr>"),
)


@pytest.mark.parametrize("years", YEARS)
def test_the_latest_year_is_read(years: tuple[str, ...]) -> None:
    for report in (make_report(6), hardly_filled(6)):
        assert states(read(page(report, *years), "")) == expected(report)


def test_its_place_does_not_matter() -> None:
    found = states(read(page(make_report(6), header("2015年", "2016年")), ""))
    assert found != expected(make_report(6))
    assert {state for state, _ in found.values()} <= {"reported", "mark", "blank"}


@pytest.mark.parametrize("years", [("2016年", "2016年"), ("甲", "乙")])
def test_without_a_latest_one_none_is_chosen(years: tuple[str, str]) -> None:
    found = states(read(page(make_report(6), header(*years)), ""))
    assert {state for state, _ in found.values()} == {"unreadable"}


def test_without_a_header_no_number_beside_a_mark_is_taken() -> None:
    """A sheet is cut where a row holds one cell alone, and the pieces have no header: 统计数 may be either column."""
    report = make_report(6)
    report = marked(report, {line.row for number, line in enumerate(report.lines) if not number % 3})
    printed = re.sub(r"(<td>[^<]*</td>)(<td>[^<]*</td>)</tr>", r"\2\1</tr>", page(report).decode())
    assert not {state for state, _ in states(read(printed.encode(), "")).values()} & {"reported"}
