"""Two readings: agreement says whose error a failed sum is; disagreement is never resolved without a sum."""

from random import Random

import pytest

from extract.forms.engine import read_form
from extract.forms.second import flattened
from extract.model import Document, Grid, GridCell
from extract.reading import read, read_document
from tests.kit.html_styles import STYLES
from tests.kit.text_layouts import LAYOUTS
from tests.kit.truth import make_report

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def requests_table(*rows: tuple[str, ...]) -> Document:
    lines = (("项目", *APPLICANTS), *rows)
    cells = tuple(
        GridCell(row, column, text, f"table 1 row {row + 1} cell {column + 1}")
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
    )
    return Document("text/html", (Grid(len(lines), 8, cells, "table 1"),))


NEW = ("一、本年新收政府信息公开申请数量", "3", "1", "0", "0", "0", "0", "4")


def state_of(document: Document, second: Document) -> list[tuple[str, object]]:
    form = read_form(document, 2022, second)
    return [(cell.state, cell.value) for cell in form.cells if cell.row == "new"]


@pytest.mark.parametrize("style", ["clean", "word", "one_table"])
def test_a_failure_both_readings_see_is_the_sources(style: str) -> None:
    truth = make_report(3, "2021", "dense", broken=True)
    failed = [finding for finding in read(STYLES[style](truth, Random(3))).findings if finding.verdict == "FAIL"]
    assert failed
    assert {finding.cause for finding in failed} == {"source"}


def test_a_table_that_is_read_by_order_has_no_second_reading() -> None:
    truth = make_report(3, "2021", "dense", broken=True)
    failed = [x for x in read(LAYOUTS["tabs"](truth, Random(3)).encode(), "a.txt").findings if x.verdict == "FAIL"]
    assert failed
    assert {finding.cause for finding in failed} == {None}


def test_the_reading_that_adds_up_is_chosen_and_the_choice_is_told() -> None:
    misread = requests_table(("一、本年新收政府信息公开申请数量", "8", "1", "0", "0", "0", "0", "4"))
    right = requests_table(NEW)
    expected = [("reported", value) for value in (3, 1, 0, 0, 0, 0, 4)]
    assert state_of(misread, right) == expected
    assert state_of(right, misread) == expected
    assert [f.rule for f in read_form(misread, 2022, right).findings] == ["ambiguous_layout"]


def test_what_no_sum_distinguishes_stays_unreadable() -> None:
    shifted = requests_table(("一、本年新收政府信息公开申请数量", "1", "3", "0", "0", "0", "0", "4"))
    assert state_of(requests_table(NEW), shifted) == [("unreadable", None)] * 7


def test_a_failure_only_one_reading_has_is_a_reading_error() -> None:
    bad = ("一、本年新收政府信息公开申请数量", "3", "1", "0", "0", "0", "0", "9")
    carried = ("二、上年结转政府信息公开申请数量", "0", "0", "0", "0", "0", "0", "0")
    document = requests_table(bad, carried)
    causes = {
        finding.cause
        for finding in read_document(document, requests_table(carried)).findings
        if finding.verdict == "FAIL" and finding.where.get("row") == "new"
    }
    assert causes == {"reading"}


def test_flattening_keeps_every_printed_word_in_order_with_its_place() -> None:
    document = requests_table(NEW)
    [table] = flattened(document).blocks
    assert isinstance(table, Grid)
    original = [cell.text for block in document.blocks if isinstance(block, Grid) for cell in block.cells]
    assert [cell.text for cell in table.cells] == original
    assert not table.aligned
    assert table.cells[-1].at == "table 1 row 2 cell 8"
