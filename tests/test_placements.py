"""Rows of a text whose blanks leave no trace: only what all placements that fit the sums have in common is read."""

from random import Random

import pytest

from extract.model import FormCell, Reading
from extract.reading import read
from tests.kit import text_layouts
from tests.kit.grades import grade
from tests.kit.truth import Truth, make_report

AGENCY = ("云岭市水务局", "990100")
ROW = "refused_state_secret"
LABEL = "1.属于国家秘密"


def text_of(truth: Truth) -> str:
    return text_layouts.LAYOUTS["lines"](truth, Random(2))


def without(truth: Truth, *columns: str) -> Reading:
    """Read a report of which one row of the requests table lost some figures."""
    figures = [truth.text("requests", ROW, column) for column in COLUMNS]
    kept = [figure for column, figure in zip(COLUMNS, figures, strict=True) if column not in columns]
    text = text_of(truth)
    assert text.count(" ".join(figures)) == 1
    return read(text.replace(" ".join(figures), " ".join(kept)).encode(), "report.txt")


COLUMNS = (
    "natural_person",
    "business",
    "research_institute",
    "welfare_organization",
    "legal_service",
    "other",
    "total",
)


def row(found: Reading) -> dict[str, FormCell]:
    return {cell.column: cell for cell in found.cells if (cell.table, cell.row) == ("requests", ROW)}


def test_whole_columns_tell_where_a_blank_stands() -> None:
    truth = make_report(3, "2021", "dense", agency=AGENCY)
    cells = row(found := without(truth, "legal_service"))
    assert cells["legal_service"].state == "blank"
    kept = {column: cells[column].value for column in COLUMNS if column != "legal_service"}
    assert kept == {column: int(truth.text("requests", ROW, column)) for column in kept}
    assert ROW in {f.where.get("row") for f in found.findings if f.rule == "ambiguous_layout"}


def test_a_blank_total_is_one() -> None:
    cells = row(without(make_report(3, "2021", "dense", agency=AGENCY), "total"))
    assert cells["total"].state == "blank"
    assert all(cells[column].state == "reported" for column in COLUMNS[:-1])


def test_what_the_sums_leave_open_is_not_read() -> None:
    """Where sums of columns are open too, figures may stand in several places: none is given but where all agree."""
    for seed in range(1, 17, 2):
        truth = make_report(seed, "2021", "dense", agency=AGENCY, blanks=True)
        found = read(text_of(truth).encode(), "report.txt")
        good = {(c["table"], c["row"], c["column"]): (c["state"], c["value"]) for c in truth.cells}
        claimed = [c for c in found.cells if c.table == "requests" and c.state in ("reported", "blank", "mark")]
        assert all(good[c.table, c.row, c.column] == (c.state, c.value) for c in claimed)
        assert "unreadable" in {c.state for c in found.cells if c.table == "requests"}
        assert grade(found, truth.cells).silent == []


def test_figures_that_fit_no_sum_are_not_placed() -> None:
    truth = make_report(3, "2021", "dense", agency=AGENCY)
    total = truth.text("requests", ROW, "total")
    text = text_of(truth)
    figures = [truth.text("requests", ROW, column) for column in COLUMNS]
    changed = text.replace(" ".join(figures), " ".join([figures[0], *figures[2:-1], f"{total}999"]))
    assert changed != text
    assert all(cell.value is None for cell in row(read(changed.encode(), "report.txt")).values())


def test_a_total_that_does_not_add_up_moves_no_figure() -> None:
    text = (
        "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人 法人或其他组织 总计\n"
        "商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
        "一、本年新收政府信息公开申请数量 1308 0 0 0 619 0 1927\n"
        "二、上年结转政府信息公开申请数量 1088 — — 0 无 1087\n四、政府信息公开行政复议、行政诉讼情况\n"
    )
    cells = [cell for cell in read(text.encode(), "a.txt").cells if cell.row == "carried_in"]
    assert {cell.state for cell in cells} == {"unreadable"}


@pytest.mark.parametrize("changed", ["processed_total", "new", "granted"])
def test_one_wrong_figure_moves_no_other(changed: str) -> None:
    """A sum that another does not bear out may be wrong itself, and then no placement rests on it."""
    for seed in range(12):
        truth = make_report(seed, "2021", "sparse" if seed % 3 else "dense", agency=AGENCY, blanks=True)
        text = text_of(truth)
        figures = [truth.text("requests", changed, column) for column in COLUMNS]
        line = " ".join(filter(None, figures))
        for place, figure in enumerate(figures):
            more = " ".join(filter(None, [*figures[:place], str(int(figure or 0) + 1), *figures[place + 1 :]]))
            if figure and text.count(f" {line}\n") == 1:
                found = read(text.replace(f" {line}\n", f" {more}\n").encode(), "report.txt")
                assert moved(found, truth, changed) == [], (seed, COLUMNS[place])


def moved(found: Reading, truth: Truth, excused: str) -> list[FormCell]:
    good = {(c["row"], c["column"]): (c["state"], c["value"]) for c in truth.cells if c["table"] == "requests"}
    cells = [cell for cell in found.cells if cell.table == "requests" and cell.row != excused]
    certain = [cell for cell in cells if cell.state in ("reported", "blank", "mark")]
    return [cell for cell in certain if good[cell.row, cell.column] != (cell.state, cell.value)]
