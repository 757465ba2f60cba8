"""The review table in one line of a text whose blanks leave no trace: what its sums tell of the places of its figures."""

from collections.abc import Iterator
from random import Random

import pytest

from extract.model import FormCell, Reading
from extract.reading import read
from tests.kit import text_layouts
from tests.kit.grades import grade
from tests.kit.truth import Truth, TruthCell, make_report

AGENCY = ("云岭市水务局", "990100")
HEADER = (
    "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况\n行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计\n"
    "未经复议直接起诉 复议后起诉\n结果维持 结果纠正 其他结果 尚未审结 总计\n结果维持 结果纠正 其他结果 尚未审结 总计\n"
)
LAST = "五、存在的主要问题及改进情况\n"
FIRST, SECOND, THIRD = "4 3 2 1 10", "5 6 7 8 26", "9 1 2 3 15"


def review(*rows: str) -> list[str]:
    """Return the cells of a review table as read: figures, blanks as empty text, ? for those that are not told."""
    found = read(f"{HEADER}{' '.join(rows)}\n{LAST}".encode(), "report.txt")
    cells = [cell for cell in found.cells if cell.table == "review"]
    doubted = {finding.where.get("row") for finding in found.findings if finding.rule == "ambiguous_layout"}
    assert doubted >= {cell.row for cell in cells if cell.state == "reported"}
    return [{"reported": cell.raw, "blank": ""}.get(cell.state, "?") for cell in cells]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("3 2 1 10", SECOND, THIRD), ["?"] * 5 + SECOND.split() + THIRD.split()),
        ((FIRST, "5 6 7 26", THIRD), FIRST.split() + ["?"] * 5 + THIRD.split()),
        ((FIRST, SECOND, "1 2 3 15"), FIRST.split() + SECOND.split() + ["?"] * 5),
        ((FIRST, SECOND, "9 1 2 3"), FIRST.split() + SECOND.split() + ["9", "1", "2", "3", ""]),
        ((FIRST, "5 6 7 26", "1 2 3 15"), FIRST.split()[:-1] + ["?"] * 11),
    ],
)
def test_whole_rows_that_add_up_tell_the_others_apart(rows: tuple[str, ...], told: list[str]) -> None:
    assert review(*rows) == told


def test_nothing_is_read_where_no_whole_row_adds_up() -> None:
    assert set(review("4 3 2 1", "5 6 7 8", "9 1 2 15")) == {"?"}
    assert set(review("0 0 0 0 0", "0 0 0 0", "0 0 0 0 0")) == {"?"}


def texts() -> Iterator[tuple[Truth, str, list[TruthCell]]]:
    for seed in range(1, 40, 2):
        truth = make_report(seed, "2021", "dense", agency=AGENCY, blanks=True)
        text = text_layouts.LAYOUTS["lines"](truth, Random(seed))
        printed = [cell for cell in truth.cells if cell["table"] == "review" and cell["value"] is not None]
        if len(printed) < 15 and text.count(line_of(printed)) == 1:
            yield truth, text, printed


def line_of(cells: list[TruthCell]) -> str:
    return " ".join(str(cell["value"]) for cell in cells)


def claimed(found: Reading) -> list[FormCell]:
    return [cell for cell in found.cells if cell.table == "review" and cell.state in ("reported", "blank", "mark")]


def test_what_is_read_is_printed_there() -> None:
    right = 0
    for truth, text, _ in texts():
        found = read(text.encode(), "report.txt")
        assert grade(found, truth.cells).silent == []
        good = {(c["row"], c["column"]): (c["state"], c["value"]) for c in truth.cells if c["table"] == "review"}
        assert all(good[c.row, c.column] == (c.state, c.value) for c in claimed(found))
        right += len(claimed(found))
    assert right > 20


def test_one_wrong_figure_moves_no_other() -> None:
    for truth, text, printed in texts():
        for cell in printed:
            changed = [c if c is not cell else TruthCell(**{**c, "value": int(c["value"] or 0) + 1}) for c in printed]
            found = read(text.replace(line_of(printed), line_of(changed)).encode(), "report.txt")
            good = {(c["row"], c["column"]): c["value"] for c in truth.cells if c["table"] == "review"}
            others = [c for c in claimed(found) if (c.row, c.column) != (cell["row"], cell["column"])]
            assert all(good[c.row, c.column] == c.value for c in others)
