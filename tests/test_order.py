"""Labels and headers that changed places are told, though every sum still holds; headers that come again are read."""

from collections.abc import Callable
from random import Random

import pytest

from extract.forms.order import notes_on_order
from extract.forms.slots import FormRow
from extract.model import Reading
from extract.reading import read
from extract.templates._shared import APPLICANTS, OUTCOMES
from extract.templates.y2021 import TEMPLATE as FORM_2021
from tests.kit import tables
from tests.kit.mutants import changed_in_silence, columns
from tests.kit.mutants.prints import PRINTS, as_html, as_xlsx
from tests.kit.story import story
from tests.kit.tables import Box, Rows
from tests.kit.text_layouts import LAYOUTS
from tests.kit.truth import Truth, make_report
from tests.test_forms import wrong

TRUTH = make_report(4, "2021", "dense")
MERGED = make_report(4, "2021", "dense", merged_other=True)


def printed(place: int, change: Callable[[Rows], Rows], truth: Truth = TRUTH) -> Reading:
    """Read the report with its table number ``place`` (0 to 2) changed."""
    parts = list(story(truth))
    found = [number for number, part in enumerate(parts) if not isinstance(part, str)]
    table = parts[found[place]]
    assert not isinstance(table, str)
    parts[found[place]] = change(table)
    return read(as_html(truth, parts), "")


def relabelled(rows: Rows, names: dict[str, str]) -> Rows:
    return [[Box(names.get(box.text, box.text), box.colspan, box.rowspan, box.is_value) for box in row] for row in rows]


def told(reading: Reading) -> set[tuple[str, str]]:
    found = [finding for finding in reading.findings if finding.rule == "order"]
    assert all(finding.verdict == "NOT_ASSESSABLE" for finding in found)
    return {(finding.where["table"], finding.where.get("row") or finding.where["column"]) for finding in found}


def exchanged(one: str, two: str) -> Callable[[Rows], Rows]:
    return lambda rows: relabelled(rows, {one: two, two: one})


@pytest.mark.parametrize("truth", [TRUTH, MERGED, make_report(3, "2019", "dense")], ids=["2021", "merged", "2019"])
def test_a_report_in_the_order_of_its_form_is_not_told(truth: Truth) -> None:
    assert told(read(as_html(truth, list(story(truth))), "")) == set()
    for layout in LAYOUTS.values():
        assert told(read(layout(truth, Random(1)).encode(), "report.txt")) == set()


@pytest.mark.parametrize(
    ("place", "one", "two", "rows"),
    [
        (0, "行政许可", "行政强制", {("disclosure", "coercion"), ("disclosure", "licensing")}),
        (1, "1.属于国家秘密", "2.其他法律行政法规禁止公开", {("requests", "refused_state_secret")}),
        (1, "（一）予以公开", "2.重复申请", {("requests", "granted"), ("requests", "unprocessed_repeat")}),
    ],
)
def test_labels_that_changed_places(place: int, one: str, two: str, rows: set[tuple[str, str]]) -> None:
    assert rows <= told(printed(place, exchanged(one, two)))


def test_a_merged_row_has_its_place_too() -> None:
    assert ("requests", "other_processing") in told(printed(1, exchanged("（六）其他处理", "2.重复申请"), MERGED))


def test_headers_that_changed_places() -> None:
    assert told(printed(0, exchanged("本年制发件数", "现行有效件数"))) == {
        ("disclosure", "regulations"),
        ("disclosure", "normative_documents"),
    }
    assert {("requests", "business"), ("requests", "other")} <= told(printed(1, exchanged("商业企业", "其他")))
    assert {row for _, row in told(printed(2, exchanged("结果维持", "尚未审结")))} == {
        "reconsideration",
        "litigation_direct",
        "litigation_after_reconsideration",
    }
    assert told(printed(2, exchanged("行政复议", "复议后起诉")))


@pytest.mark.parametrize("one", ["自然人", "总计", "商业企业"])
def test_applicants_in_another_order_are_not_read_from_text(one: str) -> None:
    text = LAYOUTS["pipes"](TRUTH, Random(1))
    for two in ("法律服务机构", "其他 |" if one != "商业企业" else "科研机构"):
        swapped = (
            text.replace(one, "\0").replace(two, one + " |" * two.endswith("|")).replace("\0", two.removesuffix(" |"))
        )
        cells = [cell for cell in read(swapped.encode(), "report.txt").cells if cell.table == "requests"]
        # Labels of rows (（七）总计, 3.其他) are replaced too: those rows are lost.
        assert "unreadable" in {cell.state for cell in cells} <= {"unreadable", "absent"}


def test_a_header_that_is_wrong_by_a_column_is_not_believed_against_the_rows() -> None:
    """社会公益组织 over two columns, and an empty one at the end: 其他 would stand under 法律服务机构."""

    def wider(rows: Rows) -> Rows:
        out = [[*row, Box("")] for row in rows]
        out[0][-1:], out[1][-1:] = [Box("")], [Box("")]
        out[2] = [Box(box.text, 2 if box.text == "社会公益组织" else 1) for box in rows[2]]
        return out

    reading = printed(1, wider)
    assert wrong(reading, TRUTH) == []
    assert ("requests", "total") in told(reading)


def test_a_header_that_comes_again_inside_a_sheet_parts_nothing() -> None:
    def again(rows: Rows) -> Rows:
        above, below = tables.cut(rows, 9, repeat_label=True)
        return above + tables.requests_header() + below

    for truth in (TRUTH, MERGED):
        parts = [again(part) if not isinstance(part, str) and len(part) > 20 else part for part in story(truth)]
        assert wrong(read(as_xlsx(truth, parts), ""), truth) == []


def test_another_report_in_the_same_sheet_is_never_read_as_this_one() -> None:
    other = [part for part in story(make_report(9, "2021", "dense")) if not isinstance(part, str)]
    parts: list[str | Rows] = []
    for part in story(TRUTH):
        parts += [part, other[1]] if not isinstance(part, str) and len(part) > 20 else [part]
    cells = [cell for cell in read(as_xlsx(TRUTH, parts), "").cells if cell.table == "requests"]
    assert {cell.state for cell in cells} == {"unreadable"}


def test_all_three_bodies_are_doubted_where_one_was_moved() -> None:
    columns = tuple(column.name for column in OUTCOMES)
    bodies = ("litigation_direct", "litigation_after_reconsideration", "reconsideration")
    rows = [FormRow("review", body, None, columns, (), f"row {place}", "") for place, body in enumerate(bodies)]
    assert [finding.where["row"] for finding in notes_on_order(rows, FORM_2021)] == list(bodies)
    assert list(notes_on_order([rows[2], *rows[:2]], FORM_2021)) == []


@pytest.mark.parametrize(("values", "is_told"), [(("7", "7", "7"), False), (("7", "8", "7"), True)])
def test_a_merged_cell_taken_apart_is_one(values: tuple[str, ...], is_told: bool) -> None:
    cells = "".join(f"<td>{value}</td>" for value in values)
    head = "<tr><td>信息内容</td>" + "<td>本年处理决定数量</td>" * 3 + "</tr>"
    rows = f"<table>{head}<tr><td>行政处罚</td>{cells}</tr></table>"
    reading = read(f"<html><body><p>二、主动公开政府信息情况</p>{rows}</body></html>".encode(), "")
    assert told(reading) == ({("disclosure", "penalties")} if is_told else set())


def test_no_figure_is_passed_over_below_a_heading_of_labels_that_was_moved() -> None:
    text = "第二十条第（八）项\t\t\t\n上一年项目数量\t信息内容\t本年增/减\t\n行政事业性收费\t7\t2\t\n"
    reading = read(f"二、主动公开政府信息情况\n{text}三、其他\n".encode(), "report.txt")
    fees = {cell.column: cell.value for cell in reading.cells if cell.row == "fees"}
    assert (fees["items_last_year"], fees["change"]) == (7, 2)


@pytest.mark.parametrize("name", ["tabs", "bars", "cell_lines", "lines"])
@pytest.mark.parametrize("other", range(1, 6))
def test_a_text_with_its_first_applicants_elsewhere_moves_no_figure_in_silence(name: str, other: int) -> None:
    """自然人 then stands between two parts of 法人或其他组织, or 其他 stands first in the line below."""

    def turned(order: list[int]) -> list[int | None]:
        first = len(order) - len(APPLICANTS)
        order[first], order[first + other] = order[first + other], order[first]
        return list(order)

    parts: list[str | Rows] = [
        columns._columnwise(part, turned) if not isinstance(part, str) and "自然人" in str(part) else part
        for part in story(TRUTH)
    ]
    to_bytes, hint = PRINTS[name]
    assert changed_in_silence(read(to_bytes(TRUTH, parts), hint), TRUTH.cells) == []
