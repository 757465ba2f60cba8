"""What a damaged picture no longer shows is not taken for what was printed; a misread word of the form is known."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from extract.forms import read_form
from extract.model import RECOGNISED, Document, Finding, Grid, GridCell
from extract.ocr import recognition
from extract.pdf.ink import UNREADABLE
from tests.test_ocr_figures import drawn

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")


@pytest.mark.parametrize(("width", "doubted"), [(90, set()), (70, set()), (40, {1, 5})])
def test_what_is_missing_with_a_strip_of_a_column_was_not_left_blank(width: int, doubted: set[int]) -> None:
    from extract.ocr.columns import cut_short

    sides = [0, 90, 90 + width, 180 + width, 270 + width]
    boxes = [(left, top, right, top + 40) for top in (0, 40, 80) for left, right in pairwise(sides)]
    assert cut_short(boxes, [number not in (1, 5, 6) for number in range(len(boxes))]) == doubted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("结果", "正"), "结果纠正"),
        (("尚未申", "结"), "尚未审结"),
        (("果纠正",), "结果纠正"),
        (("其他结", "果-"), "其他结果"),
        (("向木", "宙结"), "尚未审结"),  # three that look alike
        (("欠",), "次"),
        (("伴",), "件"),
        (("未经复议首", "接起诉"), "未经复议直接起诉"),
        (("反木",), "条"),
        (("夕木",), "条"),
        ((",条",), "条"),
        (("白然人",), "自然人"),
        (("社会公", "盆组织"), "社会公益组织"),
        (("法人",), "法人"),
        (("结果维正",), "结果维正"),  # one character from two words
        (("审查结果",), "审查结果"),
        (("行政许可",), "行政许可"),
        (("6. 属千四类讨程性信息",), "6. 属于四类讨程性信息"),
        (("2. 車复申请",), "2. 重复申请"),
        (("（六）其他外理",), "（六）其他处理"),
        (("（二）部分公井（区分处理的，", "只计这一情形)"), "（二）部分公开（区分处理的，只计这一情形)"),
        (("（三）不予公开",), "（三）不予公开"),
        (("（五）不他处理",), "（五）不他处理"),  # another row's ordinal
        (("2.重大申情",), "2.重大申情"),  # two characters
    ],
)
def test_words_of_the_form_are_known_but_for_a_character(lines: Sequence[str], wanted: str) -> None:
    from extract.ocr.known import with_known_words
    from extract.ocr.network import Sign
    from extract.ocr.words import Printed

    printed = [
        Printed([Sign(text, 0.9, (place + 0.5) / len(line)) for place, text in enumerate(line)], (0, 0, 90, 20), 18, 7)
        for line in lines
    ]
    found = with_known_words([*printed, replace(printed[0], cell=None)])
    inside, outside = found[:-1], found[-1]
    assert "".join(sign.text for one in inside for sign in one.signs) == wanted
    assert all(before.place < after.place for one in inside for before, after in pairwise(one.signs))
    assert outside.signs == printed[0].signs


def test_a_column_not_found_on_a_scan_is_unreadable_and_elsewhere_absent() -> None:
    """Where the line between two columns was not seen, their labels stand in one cell."""
    lines = (("信息内容", "本年制发件数", "本年废止件数现行有效件数"), ("规章", "3", "57"))
    cells = [GridCell(row, at, text, f"{row}{at}") for row, line in enumerate(lines) for at, text in enumerate(line)]
    for notes, state in ((), "absent"), ((Finding(RECOGNISED, "NOT_ASSESSABLE"),), "unreadable"):
        form = read_form(Document("image/png", (Grid(2, 3, tuple(cells), "t"),), notes=notes), 2022)
        states = {(cell.row, cell.column): cell.state for cell in form.cells}
        assert states["regulations", "issued"] == "reported"
        assert {states["regulations", "repealed"], states["regulations", "in_force"]} == {state}


@pytest.mark.parametrize(("answers", "wanted"), [(("–5", "–5"), "–5"), (("–5", "–3"), UNREADABLE)])
def test_a_number_behind_a_dash_of_any_kind_is_read_twice(answers: tuple[str, str], wanted: str) -> None:
    from extract.ocr.figures import read_lines
    from extract.ocr.network import Sign
    from extract.ocr.picture import Pixels

    lines, sheet = drawn("-5")
    given = iter(answers)

    def read(strips: Sequence[Pixels]) -> list[list[Sign]]:
        return [[Sign(text, 0.99, place) for place, text in enumerate(next(given))] for _ in strips]

    [(_, found)] = read_lines(lines, sheet, read)
    assert "".join(sign.text for sign in found) == wanted


@pytest.mark.parametrize(("size", "area", "level"), [((11, 4), 40, True), ((11, 5), 38, True), ((11, 8), 27, False)])
def test_a_slanted_stroke_is_no_minus(size: tuple[int, int], area: int, level: bool) -> None:
    from extract.ocr.marks import Mark
    from extract.ocr.shapes import is_level

    assert is_level(Mark(0, 0, *size, area), 24) == level
