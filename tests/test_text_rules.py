"""Tables of text as programs print them: rules around a table only, bars between cells only, columns of spaces; cut and torn."""

from collections.abc import Callable
from random import Random

import pytest

from extract.formats.text import read as read_text
from extract.model import Grid
from extract.reading import read
from tests.kit import form, form2014, styles2014, tables
from tests.kit.grades import Grades, grade
from tests.kit.truth import Truth, make_report

Cells = list[list[str]]


def in_grid(table: tables.Rows) -> Cells:
    """Return a table as a sheet has it: merged cells as their text and empty ones."""
    return [
        [box.text if is_top and is_left else "" for box, is_top, is_left in line] for line in tables.positions(table)
    ]


def ruled(table: tables.Rows, ends: str, rule: str) -> list[str]:
    width = len(in_grid(table)[0])
    header, *lines = [f"| {' | '.join(line)} |" for line in in_grid(table)]
    return [ends * width, header, rule.format("+".join(["----"] * width)), *lines, ends * width]


def outlined(table: tables.Rows) -> list[str]:
    return ruled(table, "+----", "+{}+")


def org(table: tables.Rows) -> list[str]:
    return ruled(table, "", "|{}|")[1:-1]


def mixed(table: tables.Rows) -> list[str]:
    return ruled(table, "+----", "|{}|")


def between(table: tables.Rows) -> list[str]:
    """Bars between the cells that a row has, none behind the last, as html2text prints them."""
    header, *lines = [" | ".join(box.text for box in row) + "  " for row in table]
    return [header, "|".join(["---"] * len(table[0])) + "  ", *lines]


STYLES: dict[str, Callable[[tables.Rows], list[str]]] = {
    style.__name__: style for style in (outlined, org, mixed, between)
}


def printed(truth: Truth, style: Callable[[tables.Rows], list[str]]) -> str:
    lines = [truth.title]
    for number, rows in {2: tables.disclosure, 3: tables.requests, 4: tables.review}.items():
        lines += ["", form.HEADINGS[number - 1], "", *style(rows(truth))]
    return "\n".join([*lines, "", form.HEADINGS[4], "无。"])


def graded(text: str, report: Truth | form2014.Report) -> Grades:
    return grade(read(text.encode(), "report.txt"), report.cells)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", range(3))
def test_reports_of_each_style_are_read_whole(style: str, seed: int) -> None:
    truth = make_report(seed, "2021" if seed else "2019", "dense", blanks=seed == 1)
    assert graded(printed(truth, STYLES[style]), truth).right == len(truth.cells)


@pytest.mark.parametrize("style", STYLES)
def test_a_report_that_breaks_off_claims_nothing_that_is_not_there(style: str) -> None:
    truth = make_report(1, "2021", "dense", blanks=True)
    text = printed(truth, STYLES[style])
    for stop in range(text.index("本年制发"), len(text), 61):
        assert graded(text[:stop], truth).silent == [], text[stop - 20 : stop]


@pytest.mark.parametrize("name", ["tabs", "bars", "cell_lines", "lines"])
def test_a_table_of_2014_that_breaks_off_claims_nothing_that_is_not_there(name: str) -> None:
    report = form2014.make_report(1)
    text = styles2014.TEXT[name](report, Random(1)).removesuffix(f"\n\n{report.agency}\n")
    for stop in range(text.index("统计指标") + 40, text.rindex("人次"), 23):
        assert graded(text[:stop], report).silent == [], text[stop - 20 : stop]


def test_a_line_amid_the_row_of_a_drawn_table_leaves_nothing_of_it() -> None:
    rule, broken = "+------+-+-+-+", "|行政规| | | |\n|范性文|5| |7|\n|件    | | | |"
    head = "年度报告。\n" + "\n".join(
        (rule, "|信息内容|本年制发件数|本年废止件数|现行有效件数|", rule, "|规章|1|2|3|", rule)
    )
    first, rest = broken.split("\n", 1)
    text = "\n".join((head, first, "某某县人民政府办公室", rest, rule, "|规章|1|2|3|", rule))
    grids = [block for block in read_text(text.encode(), "").blocks if isinstance(block, Grid)]
    assert {cell.text for grid in grids for cell in grid.cells}.isdisjoint({"5", "7", ""})


def test_rules_of_dashes_and_equals_signs_are_no_rows_and_two_dots_are_a_blank() -> None:
    truth = make_report(2, "2021", "dense", blanks=True)

    def columns(table: tables.Rows) -> list[str]:
        lines = in_grid(table)
        sizes = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
        rule = "  ".join("=" * max(size, 2) for size in sizes)
        rows = ["  ".join(text.ljust(max(size, 2)) for text, size in zip(line, sizes, strict=True)) for line in lines]
        return [rule, *(f"..{row[2:]}" if row.startswith("  ") else row for row in rows), rule]

    grades = graded(printed(truth, columns), truth)
    assert grades.silent == []
    assert grades.right > len(truth.cells) // 2


@pytest.mark.parametrize("width", [30, 44, 60, 76])
@pytest.mark.parametrize("seed", range(4))
def test_a_table_of_2014_wrapped_anywhere_gives_no_other_number(width: int, seed: int) -> None:
    report = form2014.make_report(seed, dense=bool(seed % 2), blanks=seed > 1)
    rows = [" ".join(filter(None, (line.label, line.unit, line.text))) for line in report.lines]
    whole = " ".join(["统计指标 单位 统计数", *rows])
    lines = [whole[start : start + width] for start in range(0, len(whole), width)]
    grades = graded("\n".join([report.title, "本年度报告如下。", *lines, "以上为全部数据。"]), report)
    assert grades.silent == []
    assert grades.right > len(report.cells) // 2
