"""Text whose lines have as many cells as each other is read by columns, if labels and figures stand in columns of their own."""

import pytest

from extract import reading
from extract.formats.text import read
from extract.model import Grid
from extract.plain_text.even_rows import are_even
from tests.comparing import assert_exact, truths
from tests.kit import tables
from tests.kit.variants import unmerged, varied

HEAD = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
NEW = ("一、本年新收政府信息公开申请数量", "1", "", "0", "", "0", "0", "1")
GRANTED = ("（一）予以公开", "", "1", "0", "0", "0", "", "1")


def are_rows(*rows: tuple[str, ...]) -> bool:
    return are_even([[(text, number) for text in row] for number, row in enumerate(rows)])


@pytest.mark.parametrize("variant", ["unmerged", "repeated", "crowded"])
@pytest.mark.parametrize(("before", "sign", "behind"), [("", "\t", ""), ("| ", " | ", " |"), ("", "|", "")])
def test_blanks_leave_the_others_in_their_columns(variant: str, before: str, sign: str, behind: str) -> None:
    for truth in truths(4):
        parts = (
            part
            if isinstance(part, str)
            else "\n".join(f"{before}{sign.join(b.text for b in row)}{behind}" for row in part)
            for part in varied(truth, variant)
        )
        assert_exact("\n\n".join(parts).encode(), truth)


def test_columns_are_believed_where_labels_and_figures_have_their_own() -> None:
    assert are_rows(HEAD, NEW, GRANTED)
    assert are_rows(*(("1", *row) for row in (HEAD, NEW, GRANTED)))
    assert are_rows((*HEAD, "上年合计"), (*NEW, "7"), (*GRANTED, "/"))
    assert are_rows(*((*row[:-1], "小计" if row is HEAD else "2", row[-1]) for row in (HEAD, NEW, GRANTED)))
    assert not are_rows(HEAD, HEAD, HEAD[:-1])


@pytest.mark.parametrize(
    "rows",
    [
        (HEAD, NEW),
        (HEAD, NEW, GRANTED[:-1]),
        (NEW, GRANTED, NEW),
        (HEAD[1:], NEW[:-1], GRANTED[:-1]),
        ((*HEAD[:3], "", *HEAD[3:]), (*NEW, ""), (*GRANTED, "")),
        (HEAD, NEW, ("三、本年度办理结果", *GRANTED[:-1])),
        ((*HEAD, ""), (*NEW, ""), ("", *GRANTED)),
        ((*HEAD, ""), (*NEW, ""), (GRANTED[0], *GRANTED)),
        (("", *HEAD), (NEW[0], *NEW), (*NEW, "")),
    ],
    ids=[
        "few",
        "ragged",
        "no header",
        "no label",
        "gap",
        "label below",
        "to the right",
        "far to the right",
        "to the left",
    ],
)
def test_rows_that_only_have_as_many_cells_are_not(rows: tuple[tuple[str, ...], ...]) -> None:
    assert not are_rows(*rows)


def test_a_lost_cell_leaves_only_the_order() -> None:
    for truth in truths(2):
        lines = ["\t".join(box.text for box in row) for row in unmerged(tables.requests(truth))]
        grids = [block for block in read("\n".join(lines).encode(), "").blocks if isinstance(block, Grid)]
        assert [grid.aligned for grid in grids] == [True]
        lines[9] = lines[9].removesuffix("\t" + lines[9].split("\t")[-1])
        grids = [block for block in read("\n".join(lines).encode(), "").blocks if isinstance(block, Grid)]
        assert not any(grid.aligned for grid in grids)


RESULTS = ("", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
BODIES = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼 复议后起诉")


@pytest.mark.parametrize("sign", ["\t", " | "])
def test_the_three_bodies_may_head_a_row_each(sign: str) -> None:
    rows = (RESULTS, *((body, *"10304") for body in BODIES))
    found = reading.read("\n".join(sign.join(row) for row in rows).encode(), "a.txt")
    assert [cell.value for cell in found.cells if cell.table == "review"] == [1, 0, 3, 0, 4] * 3


def test_bodies_that_head_rows_stand_below_each_other() -> None:
    rows = [(body, *"10304") for body in BODIES]
    assert are_rows(RESULTS, *rows)
    assert are_rows(("", *RESULTS), ("", *rows[0]), *(("行政诉讼", *row) for row in rows[1:]))
    assert not are_rows(RESULTS, *rows[:2])
    assert not are_rows(("", *RESULTS), (*rows[0], ""), ("", *rows[1]), (*rows[2], ""))


def test_a_header_of_applicants_in_one_line_begins_a_table() -> None:
    rows = (("项目", *HEAD[1:]), (NEW[0], *"1020003"), (GRANTED[0], *"1020003"), ("五、存在的主要问题",))
    found = reading.read("\n".join(" ".join(row) for row in rows).encode(), "a.txt")
    assert [cell.value for cell in found.cells if cell.row in ("new", "granted")] == [1, 0, 2, 0, 0, 0, 3] * 2
    said = reading.read("自然人、商业企业、科研机构 申请情况：\n本年新收政府信息公开申请数量 7 件".encode(), "a.txt")
    assert not [cell for cell in said.cells if cell.value is not None]
