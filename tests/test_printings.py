"""Printings of table 1 met on real portals: cut headers, one form's header in the other, explained and glued cells."""

from collections.abc import Callable, Sequence
from random import Random

import pytest

from extract.labels import templates, vocabulary
from extract.model import Reading
from extract.reading import read
from extract.templates import Row
from tests.kit.html_styles import clean
from tests.kit.truth import make_report

OLD_HEADER = ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")
CUT_HEADER = ("信息内容", "本年新", "本年新", "对外公开总数量")
ITEMS = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
Rows = Sequence[Sequence[str]]


def as_page(rows: Rows) -> bytes:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>".encode()


def as_bars(rows: Rows) -> bytes:
    return "\n".join(" | ".join(row) + " | |" for row in rows).encode() + b"\n"


def as_lines(rows: Rows) -> bytes:
    return "\n\n".join(cell for row in rows for cell in row if cell).encode() + "\n\n二、说明\n".encode()


def figures(found: Reading, row: str) -> dict[str, object]:
    return {cell.column: cell.value for cell in found.cells if cell.row == row and cell.state != "absent"}


def states(found: Reading, row: str) -> dict[str, str]:
    return {cell.column: cell.state for cell in found.cells if cell.row == row}


FLAT: dict[str, Callable[[Rows], bytes]] = {"page": as_page, "bars": as_bars, "lines": as_lines}


@pytest.mark.parametrize("how", FLAT)
def test_a_header_cut_short(how: str) -> None:
    found = read(FLAT[how]((CUT_HEADER, ("规章", "4", "3", "19"), ("规范性文件", "2", "1", "8"))), "a.txt")
    assert figures(found, "regulations") == {"made": 4, "newly_disclosed": 3, "disclosed": 19}
    assert figures(found, "normative_documents") == {"made": 2, "newly_disclosed": 1, "disclosed": 8}


@pytest.mark.parametrize(
    "header", [("信息内容", "本年", "本年", "对外公开总数量"), ("信息内容", "本年", "本年", "总数")]
)
def test_a_header_cut_to_what_several_forms_print_is_not_guessed(header: tuple[str, ...]) -> None:
    found = read(as_page((header, ("规章", "4", "3", "19"), ("规范性文件", "2", "1", "8"))), "")
    assert all(cell.column not in ("issued", "repealed") or cell.value is None for cell in found.cells)


@pytest.mark.parametrize("how", FLAT)
def test_labels_that_lost_their_last_character(how: str) -> None:
    rows = (("信息内容", "本年制发件", "本年废止件", "现行有效件"), ("规章", "4", "3", "19"))
    assert figures(read(FLAT[how](rows), "a.txt"), "regulations") == {"issued": 4, "repealed": 3, "in_force": 19}
    rows = (("信息内容", "上一年项目数量", "本年增/", "处理决定数量"), ("行政许可", "12", "-3", "880"))
    found = figures(read(FLAT[how](rows), "a.txt"), "licensing")
    assert found == {"items_last_year": 12, "change": -3, "decisions": 880}


def test_a_report_keeps_its_form_when_one_header_is_the_other_forms() -> None:
    truth = make_report(3, "2021", "dense")
    page = clean(truth, Random(3))
    for new, old in zip(("本年制发件数", "本年废止件数", "现行有效件数"), OLD_HEADER[1:], strict=True):
        page = page.replace(new, old)
    found = read(page.encode(), "")
    assert found.template == "2021"
    printed = [truth.printed["disclosure", "regulations", None, name] for name in ("issued", "repealed", "in_force")]
    assert [figures(found, "regulations")[name] for name in ("made", "newly_disclosed", "disclosed")] == [
        int(text) for text in printed
    ]
    assert {states(found, "regulations")[name] for name in ("issued", "repealed", "in_force")} == {"absent"}
    said = {finding.where["row"] for finding in found.findings if finding.rule == "other_form"}
    assert said == {"regulations", "normative_documents"}
    assert not [finding for finding in found.findings if finding.verdict == "FAIL"]


@pytest.mark.parametrize("how", ["page", "bars"])
def test_explanations_in_headers_and_labels(how: str) -> None:
    header = (
        "信息内容",
        "上一年项目数量（指2019年事项数）",
        "本年增/减（指2020年增加或减少的事项数，减用负值表示，如-8）",
        "处理决定数量（指2020年办件量）",
    )
    rows = (header, ("行政许可", "8", "-5", "93"), ("其他对外管理服务事项（指行政许可以外的事项）", "117", "0", "165"))
    found = read(FLAT[how](rows), "a.txt")
    assert figures(found, "licensing") == {"items_last_year": 8, "change": -5, "decisions": 93}
    assert figures(found, "other_services") == {"items_last_year": 117, "change": 0, "decisions": 165}


@pytest.mark.parametrize("how", FLAT)
@pytest.mark.parametrize("printed", ["--253", "0/0", "-/-3", "+-4", "3/1"])
def test_doubled_signs_are_no_certain_change(how: str, printed: str) -> None:
    found = read(FLAT[how]((ITEMS, ("行政处罚", "253", printed, "0"))), "a.txt")
    assert states(found, "penalties")["change"] == "unreadable"
    assert figures(found, "penalties") == {"items_last_year": 253, "change": None, "decisions": 0}


@pytest.mark.parametrize("glued", ["规章000", "规章 0 00", "行政规范性文件4032"])
def test_digits_glued_to_their_label_are_no_figures(glued: str) -> None:
    lines = (
        "第二十条第（一）项",
        "信息内容本年制发件数本年废止件数现行有效件数",
        glued,
        "三、收到和处理政府信息公开申请情况",
    )
    found = read("\n".join(lines).encode(), "a.txt")
    assert [cell.value for cell in found.cells if cell.value is not None] == []


def test_a_row_that_lost_its_label_gives_its_figures_to_no_other() -> None:
    rows = (
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("1", "2", "3"),
        ("行政规范性文件", "4", "5", "6"),
    )
    found = read(as_lines(rows), "a.txt")
    assert figures(found, "regulations") == {}
    assert figures(found, "normative_documents") == {"issued": 4, "repealed": 5, "in_force": 6}


@pytest.mark.parametrize("how", ["bars", "lines"])
def test_a_flattened_header_of_two_rows_does_not_say_whose_the_figures_are(how: str) -> None:
    header = ("信息内容", "本年新制作数量", "", "对外公开总数量", "本年新公开数量")
    found = read(FLAT[how]((header, ("规章", "4", "3", "19"), ("规范性文件", "0", "0", "0"))), "a.txt")
    assert set(figures(found, "regulations").values()) == {None}
    assert set(figures(found, "normative_documents").values()) == {None}


def test_a_header_whose_labels_are_broken_over_two_rows() -> None:
    page = (
        "<table><tr><td rowspan=2>信息内容</td><td>本年新</td><td>本年新</td><td rowspan=2>对外公开总数量</td></tr>"
        "<tr><td>制作数量</td><td>公开数量</td></tr><tr><td>规章</td><td>4</td><td>3</td><td>19</td></tr></table>"
    )
    assert figures(read(page.encode(), ""), "regulations") == {"made": 4, "newly_disclosed": 3, "disclosed": 19}


def test_a_unit_that_lost_its_brackets() -> None:
    for header in ("本年收费金额单位:万元", "本年收费金额 万元", "本年收费金额（单位：元）"):
        found = read(as_page((("信息内容", header), ("行政事业性收费", "25000"))), "")
        assert figures(found, "fees") == {"amount": 2.5 if "：元" in header else 25000}


@pytest.mark.parametrize(
    ("header", "printed", "amount"),
    [
        ("本年收费金额（单位：元）", "25.1（万元）", 25.1),
        ("本年收费金额（单位：万元）", "251000（元）", 25.1),
        ("本年收费金额（单位：万元）", "251000（单位：元）（其中诉讼费1万元）", 25.1),
        ("本年收费金额（单位：元）", "251000（其中诉讼费1万元）", 25.1),
        ("本年收费金额（单位：元）", "25（百元）", None),
        ("本年处理决定数量", "12（件）", 12),
        ("本年处理决定数量", "12（万件）", None),
        ("本年处理决定数量", "12（万）", None),
    ],
)
def test_a_unit_in_brackets_behind_a_figure_is_its_unit(header: str, printed: str, amount: float | None) -> None:
    row = "fees" if "金额" in header else "licensing"
    label = "行政事业性收费" if "金额" in header else "行政许可"
    found = read(as_page((("信息内容", header), (label, printed))), "")
    assert list(figures(found, row).values()) == [amount]


@pytest.mark.parametrize("said", ["由区政府办统一填写", "详见附件", "约500", "零"])
@pytest.mark.parametrize("how", ["page", "bars"])
def test_words_in_place_of_a_figure_are_unreadable_and_not_absent(how: str, said: str) -> None:
    rows = (("信息内容", "本年处理决定数量"), ("行政许可", said), ("信息内容", "本年处理决定数量"), ("行政处罚", "7"))
    found = read(FLAT[how](rows), "a.txt")
    assert states(found, "licensing") == {"decisions": "unreadable"}
    assert figures(found, "penalties") == {"decisions": 7}


@pytest.mark.parametrize("how", ["page", "bars"])
def test_a_row_answered_in_words_in_every_cell_ends_at_the_next_label(how: str) -> None:
    header = ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")
    rows = (header, ("规章", *("本单位未制作规章",) * 3), ("规范性文件", "0", "0", "3"))
    found = read(FLAT[how](rows), "a.txt")
    assert set(states(found, "regulations").values()) == {"unreadable"}
    assert list(figures(found, "normative_documents").values()) == [0, 0, 3]


@pytest.mark.parametrize("how", ["page", "bars"])
def test_words_for_nothing_are_marks(how: str) -> None:
    for said in ("不适用", "不涉及", "N/A", "无"):
        rows = (("信息内容", "本年处理决定数量"), ("行政许可", said), ("行政处罚", "7"))
        assert states(read(FLAT[how](rows), "a.txt"), "licensing") == {"decisions": "mark"}


@pytest.mark.parametrize(
    ("printed", "table", "row"),
    [
        ("一、本年新收政府信息公开申请数", "requests", "new"),
        ("5.属于内部事务信息", "requests", "refused_internal_affairs"),
        ("1.信访投诉举报类申请", "requests", "unprocessed_petition"),
        ("4.大量反复申请", "requests", "unprocessed_excessive"),
        ("1.逾期不补正", "requests", "other_not_corrected"),
        ("2.逾期未缴费", "requests", "other_fee_unpaid"),
        ("（七）总数", "requests", "processed_total"),
        ("四、结转至下年度继续办理", "requests", "carried_out"),
        ("政府规章", "disclosure", "regulations"),
        ("行政许可事项", "disclosure", "licensing"),
        ("复议后诉讼", "review", "litigation_after_reconsideration"),
    ],
)
def test_labels_that_agencies_print_in_their_own_words(printed: str, table: str, row: str) -> None:
    found = vocabulary().row(printed, (table,))
    assert found is not None
    assert (found.row, found.quality) == (row, "exact")


@pytest.mark.parametrize(
    ("printed", "table", "column"),
    [
        ("公民", "requests", "natural_person"),
        ("科研单位", "requests", "research_institute"),
        ("其他组织", "requests", "other"),
        ("其他", "review", "other"),
        ("本年新制发件数", "disclosure", "issued"),
    ],
)
def test_headers_that_agencies_print_in_their_own_words(printed: str, table: str, column: str) -> None:
    assert vocabulary().column(printed, table) == column


@pytest.mark.parametrize("before", ["", "三、", "三、本年度办理结果"])
@pytest.mark.parametrize("between", ["", " ", "-", "："])
def test_labels_in_one_cell_with_those_of_their_groups(before: str, between: str) -> None:
    table = next(table for table in templates()[0].tables if table.name == "requests")
    labels = {row.name: _with_group(row, before, between) for row in table.rows}
    header = ("项目", *(column.label for column in table.rows[0].columns))
    found = read(as_page((header, *((label, *"0000000") for label in labels.values()))), "")
    assert [(cell.row, cell.value) for cell in found.cells if cell.table == "requests"] == [
        (row.name, 0) for row in table.rows for _ in row.columns
    ]
    assert not {finding.rule for finding in found.findings} & {"label", "unknown_label", "missing_rows"}


def _with_group(row: Row, before: str, between: str) -> str:
    head = before if row.group.endswith("本年度办理结果") or not row.group else before + row.group
    return (head + between if head and row.group else "") + row.label


@pytest.mark.parametrize("printed", ["（四）无法提供1.属于国家秘密", "（三）不予公开2.重复申请", "（三）不予公开"])
def test_a_label_behind_another_group_is_not_its_row(printed: str) -> None:
    assert vocabulary().row(printed, ("requests",)) is None


@pytest.mark.parametrize("beside", ["<td></td>" * 7, "<td colspan=7></td>"])
def test_other_processing_over_its_three_rows_is_a_heading_where_it_prints_nothing(beside: str) -> None:
    truth = make_report(5, "2021", "dense")
    page = clean(truth, Random(5))
    label = "<td>1.申请人无正当理由逾期不补正"
    heading = f"<tr><td></td><td></td><td>（六）其他处理</td>{beside}</tr>"
    start = page.rindex("<tr", 0, page.index(label)) if label in page else -1
    found = read((page[:start] + heading + page[start:]).encode(), "")
    assert start > 0
    assert "group_values" not in {finding.rule for finding in found.findings}
    assert not [cell for cell in found.cells if cell.row == "other_processing"]


_APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
_LEGAL = _APPLICANTS[1:6]
_TURNED_ROUND = {
    "total first": [["总计", *_APPLICANTS[:6]]],
    "total second": [["自然人", "总计", *_LEGAL]],
    "natural persons last but one": [[*_LEGAL, "自然人", "总计"]],
    "total above, first": [["总计", "自然人", "法人或其他组织"], _LEGAL],
    "total above, second": [["自然人", "总计", "法人或其他组织"], _LEGAL],
}


@pytest.mark.parametrize("header", _TURNED_ROUND.values(), ids=_TURNED_ROUND)
def test_flattened_applicants_in_another_order_are_not_believed(header: list[list[str]]) -> None:
    corner = [["申请人情况", *header[0]]] if len(header) == 1 else [["申请人情况"], *header]
    rows = [*corner, ["一、本年新收政府信息公开申请数量", *"2000002"], ["（一）予以公开", *"2000002"]]
    found = read("\n".join("\t".join(row) for row in rows).encode(), "a.txt")
    assert {cell.value for cell in found.cells if cell.table == "requests"} == {None}
    assert "header" in {finding.rule for finding in found.findings}


FURTHER = {
    "requests": {
        "需要另行制作": "unavailable_needs_creation",
        "1.本机关不掌握": "unavailable_not_held",
        "5.要求行政机关确认或重新出具已获取的政府信息": "unprocessed_reconfirmation",
        "（六）其他处理情况": "other_processing",
    },
}
FURTHER_COLUMNS = {
    "requests": {"科研院所": "research_institute", "社会公益性组织": "welfare_organization", "其他机构": "other"},
    "disclosure": {
        "本年处理决定件数": "decisions",
        "现行有效总件数": "in_force",
        "本年增减数": "change",
        "上年度项目数量": "items_last_year",
        "对外公开总件数": "disclosed",
    },
    "review": {"尚未办结": "pending", "结果纠错": "corrected"},
}


@pytest.mark.parametrize("table", FURTHER_COLUMNS)
def test_further_words_for_rows_and_columns(table: str) -> None:
    words = vocabulary()
    for label, row in FURTHER.get(table, {}).items():
        found = words.row(label, (table,))
        assert found is not None
        assert (found.row, found.quality) == (row, "exact")
    assert {label: words.column(label, table) for label in FURTHER_COLUMNS[table]} == FURTHER_COLUMNS[table]


@pytest.mark.parametrize("others", [("上一年?目?量", "处理决定?量"), ("上年事项总量", "办理数量")])
def test_a_flattened_header_with_a_column_nobody_knows_gives_its_figures_to_no_other(others: tuple[str, str]) -> None:
    header = ("信息内容", others[0], "本年增/减", others[1])
    rows = (("第二十条第（六）项",), header, ("行政强制", "2", "", ""), ("行政处罚", "3", "1"), ("三、申请情况", ""))
    found = read("\n".join("\t".join(row) for row in rows).encode(), "a.txt")
    assert [cell.value for cell in found.cells if cell.value is not None] == []
