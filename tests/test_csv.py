"""Separated values: known by their content, read as sheets are, and no number moves where a record lost a field."""

from random import Random

import pytest

from extract.errors import CorruptError
from extract.formats.csv import FORMAT, read
from extract.model import Grid, Paragraph
from extract.reading import read as read_report
from extract.sniff import media_type
from tests.comparing import assert_style_exact, truths
from tests.kit import separated, text_layouts
from tests.kit.story import story
from tests.kit.truth import make_report
from tests.test_forms import cells_of

HEAD = ",自然人,商业企业,科研机构,社会公益组织,法律服务机构,其他,总计"
ROWS = (
    "一、本年新收政府信息公开申请数量,1,2,0,0,0,0,3",
    "二、上年结转政府信息公开申请数量,0,0,0,0,0,0,0",
    "（一）予以公开,1,2,0,0,0,0,3",
    "（七）总计,1,2,0,0,0,0,3",
)


def table(*rows: str) -> bytes:
    return "\n".join(("甲县财政局2022年政府信息公开工作年度报告", HEAD, *rows, "")).encode()


@pytest.mark.parametrize("style", separated.STYLES)
def test_styles_come_back_exact(style: str) -> None:
    assert_style_exact(separated.STYLES[style])


@pytest.mark.parametrize("style", separated.STYLES)
@pytest.mark.parametrize("hint", ["", "text/plain", "report.csv"])
def test_they_are_known_whatever_they_are_called(style: str, hint: str) -> None:
    for truth in truths(3):
        assert media_type(separated.STYLES[style](truth, Random(1)), hint) == "text/csv"


@pytest.mark.parametrize("layout", text_layouts.LAYOUTS)
def test_other_texts_are_none(layout: str) -> None:
    data = text_layouts.LAYOUTS[layout](make_report(3, "2021", "dense"), Random(1)).encode()
    assert media_type(data, "") == "text/plain"


def test_prose_and_groups_of_thousands_are_none() -> None:
    lines = [f"政府网站第{number}栏公开政府信息数 条 1,{number}34" for number in range(9)]
    assert media_type("\n".join(lines).encode(), "") == "text/plain"
    assert media_type("\n".join(["全年公开信息, 共120条, 其中"] * 3).encode(), "") == "text/plain"


def test_places_are_lines_and_fields() -> None:
    document = read(b'a,"b\nc",1\r\nd,e,2\r\n', "")
    grid = document.blocks[0]
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.at) for cell in grid.cells][1::2] == [
        ("b\nc", "line 1 field 2"),
        ("d", "line 3 field 1"),
        ("2", "line 3 field 3"),
    ]
    assert FORMAT.media_types == ("text/csv",)


def test_prose_between_the_tables_is_prose() -> None:
    document = read(separated.written(list(story(make_report(5, "2021", "dense")))).encode(), "")
    assert sum(isinstance(block, Grid) for block in document.blocks) >= 3
    assert any(isinstance(block, Paragraph) and "年度报告" in block.text for block in document.blocks)


def test_a_number_cut_at_its_separator_moves_no_other() -> None:
    spoiled = "（一）予以公开,1,234,2,0,0,0,0,1236"
    cells = cells_of(read_report(table(*ROWS[:2], spoiled, ROWS[3]), "report.csv"))
    assert {cells["requests", "granted", None, name].state for name in ("natural_person", "total")} == {"unreadable"}
    assert cells["requests", "new", None, "total"].value == 3


def test_the_number_with_which_a_file_breaks_off_is_not_believed() -> None:
    cut = table(*ROWS).rstrip(b"\n")
    cells = cells_of(read_report(cut, "report.csv"))
    assert cells["requests", "processed_total", None, "total"].state == "unreadable"
    assert cells["requests", "processed_total", None, "business"].value == 2


@pytest.mark.parametrize("data", [b"a,b\0,c\n", b'a,"' + b"x" * 200_000 + b'",c\n'])
def test_damage_is_named(data: bytes) -> None:
    with pytest.raises(CorruptError):
        read(data, "report.csv")


def test_a_record_that_lost_a_field_amid_even_ones_is_doubted() -> None:
    rows = [
        f"{number},{label},{number},{number},{number},,," for number, label in enumerate(("规章", "行政规范性文件"))
    ]
    head = "序号,信息内容,本年制发件数,本年废止件数,现行有效件数,,,"
    notes = [f"{number},备注{number},,,,,," for number in range(9)]
    even = "\n".join((head, *rows, *notes))
    assert [f for f in read_report(even.encode(), "report.csv").findings if f.rule == "torn"] == []
    lost = even.replace("1,1,1,,,", "1;1,1,,,")
    doubted = {f.where["row"] for f in read_report(lost.encode(), "report.csv").findings if f.rule == "torn"}
    assert doubted == {"normative_documents"}


def test_a_blank_review_table_is_blank_and_one_without_a_row_is_not_there() -> None:
    outcomes = ",".join(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3)
    bodies = ",".join(f"{body},,,," for body in ("行政复议", "未经复议直接起诉", "复议后起诉"))
    for below, state in (("," * 14, "blank"), ("五、存在的主要问题" + "," * 14, "absent")):
        rows = (*(row + "," * 7 for row in ROWS), bodies, outcomes, below, "备注：无" + "," * 14)
        cells = cells_of(read_report(table(*rows), "report.csv"))
        assert {cell.state for name, cell in cells.items() if name[0] == "review"} == {state}
