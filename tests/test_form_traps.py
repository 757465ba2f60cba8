"""Layouts that once gave, or would give, a wrong number in silence; each in its smallest form."""

import pytest

from extract.model import FormCell
from extract.reading import read

HEAD = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
NEW = "一、本年新收政府信息公开申请数量"
CARRIED = "二、上年结转政府信息公开申请数量"
BODIES = ("未经复议直接起诉", "复议后起诉")
REVIEW = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
ROWS = {NEW: (30, 1, 2, 3, 4, 5, 45), CARRIED: (6, 0, 0, 0, 0, 0, 6)}


def table(*rows: str) -> bytes:
    return f"<html><body><p>三、收到和处理政府信息公开申请情况</p><table>{''.join(rows)}</table></body></html>".encode()


def tr(*cells: object) -> str:
    return "<tr>" + "".join(str(c) if str(c).startswith("<td") else f"<td>{c}</td>" for c in cells) + "</tr>"


def official_header(corner: str = "<td rowspan=3>项目</td>", extra: str = "") -> tuple[str, str, str]:
    return (
        tr(corner, "<td colspan=7>申请人情况</td>", *([extra] if extra else [])),
        tr("<td rowspan=2>自然人</td>", "<td colspan=5>法人或其他组织</td>", "<td rowspan=2>总计</td>"),
        tr(*HEAD[1:6]),
    )


def cells(data: bytes, row: str, table_name: str = "requests") -> dict[str, tuple[str, object]]:
    return {
        cell.column: (cell.state, cell.value)
        for cell in read(data).cells
        if (cell.table, cell.row, cell.item) == (table_name, row, None)
    }


def reported(values: tuple[int, ...]) -> dict[str, tuple[str, object]]:
    names = (
        *("natural_person", "business", "research_institute", "welfare_organization", "legal_service"),
        *("other", "total"),
    )
    return dict(zip(names, (("reported", value) for value in values), strict=True))


def never_another_number(data: bytes, row: str, truth: tuple[int, ...]) -> None:
    expected = reported(truth)
    for column, (state, value) in cells(data, row).items():
        assert state != "reported" or (state, value) == expected[column], (column, value)


@pytest.mark.parametrize("rowspan", [1, 2, 4])
def test_a_corner_cell_with_a_wrong_rowspan_does_not_permute_the_columns(rowspan: int) -> None:
    header = official_header(f"<td rowspan={rowspan}>（本列数据的勾稽关系）</td>")
    data = table(*header, *(tr(label, *values) for label, values in ROWS.items()))
    never_another_number(data, "new", ROWS[NEW])
    never_another_number(data, "carried_in", ROWS[CARRIED])


@pytest.mark.parametrize("rowspan", [1, 2])
def test_nor_when_zeros_are_left_blank(rowspan: int) -> None:
    header = official_header(f"<td rowspan={rowspan}>（本列数据的勾稽关系）</td>")
    data = table(*header, *(tr(label, *(value or "" for value in values)) for label, values in ROWS.items()))
    never_another_number(data, "carried_in", ROWS[CARRIED])


def test_a_column_of_remarks_is_left_out_even_beside_blanks() -> None:
    header = official_header(extra="<td rowspan=3>备注</td>")
    data = table(
        *header,
        tr(NEW, *ROWS[NEW], "按期办结"),
        tr(CARRIED, 6, "", 0, 0, 0, 0, 6, "无"),
    )
    assert cells(data, "new") == reported(ROWS[NEW])
    assert cells(data, "carried_in") == {**reported((6, 0, 0, 0, 0, 0, 6)), "business": ("blank", None)}


def test_figures_of_a_column_without_a_header_move_nothing_into_the_blanks_before_them() -> None:
    header = tr("信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "")
    data = table(header, tr("规章", "", 1, 7, 3), tr("规范性文件", "", 2, 6, 4))
    for row in ("regulations", "normative_documents"):
        assert set(cells(data, row, "disclosure").values()) == {("unreadable", None)}


def test_a_lost_cell_makes_the_row_unreadable() -> None:
    data = table(*official_header(), tr(NEW, *ROWS[NEW]), tr(CARRIED, 6, 0, 0, 0, 0, 6))
    assert set(cells(data, "carried_in").values()) == {("unreadable", None)}
    assert cells(data, "new") == reported(ROWS[NEW])


def test_a_value_merged_over_two_rows_is_nobodys() -> None:
    data = table(
        *official_header(),
        tr(NEW, "<td rowspan=2>30</td>", *ROWS[NEW][1:]),
        tr(CARRIED, *ROWS[CARRIED][1:]),
    )
    assert cells(data, "new")["natural_person"] == ("unreadable", None)
    assert cells(data, "carried_in")["natural_person"] == ("unreadable", None)


def test_cells_merged_over_two_columns_belong_to_neither() -> None:
    data = table(*official_header(), tr(NEW, "<td colspan=2>31</td>", *ROWS[NEW][2:]), tr(CARRIED, *ROWS[CARRIED]))
    read_row = cells(data, "new")
    assert (read_row["natural_person"], read_row["business"]) == (("unreadable", None), ("unreadable", None))


def test_a_total_row_of_another_table_is_no_row_of_the_form() -> None:
    data = table(tr("项目", "2021年", "2022年"), tr("接待人次", 3, 4), tr("总计", 3, 4))
    assert read_form_cells(data) == []


def read_form_cells(data: bytes) -> list[FormCell]:
    return [cell for cell in read(data).cells if cell.state == "reported"]


def test_a_damaged_label_is_not_guessed() -> None:
    whole = table(*official_header(), tr(NEW, *ROWS[NEW]), tr("1.属于国家秘密", 0, 0, 0, 0, 0, 0, 0))
    damaged = whole.replace("国家秘密".encode(), "国家".encode() + b"\xe7\xa7\xff\xff")
    reading = read(damaged)
    assert {c.state for c in reading.cells if c.row == "refused_state_secret"} == {"absent"}
    assert "unknown_label" in {finding.rule for finding in reading.findings}


FEES = (
    tr("<td colspan=2>第二十条第（六）项</td>"),
    tr("信息内容", "本年处理决定数量"),
    tr("行政处罚", 7),
    tr("<td colspan=2>第二十条第（八）项</td>"),
)


@pytest.mark.parametrize("header", ["本年其他数额（单位：万元）", "某某金额列", "本年收费\ufffd额"])
def test_an_unknown_header_ends_the_one_above(header: str) -> None:
    data = table(*FEES, tr("信息内容", header), tr("行政事业性收费", "12.5"))
    assert cells(data, "penalties", "disclosure") == {"decisions": ("reported", 7)}
    assert cells(data, "fees", "disclosure") == {"amount": ("unreadable", None)}


@pytest.mark.parametrize(
    ("header", "printed", "value"),
    [
        ("本年收费金额（单位：万元）", "12.5", 12.5),
        ("本年收费金额（单位：元）", "125000", 12.5),
        ("本年收费金额（单位：万元，保留4位小数）", "0.1234", 0.1234),
        ("本年收费金额（单位：万元）", "125000元", 12.5),
        ("本年收费金额", "12.5", 12.5),
        ("本年收费数额", "0元", 0),
    ],
)
def test_money_is_in_ten_thousands_whatever_unit_is_printed(header: str, printed: str, value: float) -> None:
    data = table(*FEES, tr("信息内容", header), tr("行政事业性收费", printed))
    assert cells(data, "fees", "disclosure") == {"amount": ("reported", value)}


def test_review_with_the_bodies_as_rows() -> None:
    data = table(
        tr("类别", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"),
        tr("行政复议", 1, 2, 3, 4, 10),
        tr("行政诉讼：未经复议直接起诉", 0, 0, 0, 0, 0).replace("行政诉讼：", ""),
        tr("复议后起诉", 5, 0, 0, 0, 5),
    )
    assert [value for _, value in cells(data, "reconsideration", "review").values()] == [1, 2, 3, 4, 10]
    assert [value for _, value in cells(data, "litigation_after_reconsideration", "review").values()] == [5, 0, 0, 0, 5]


@pytest.mark.parametrize("place", [0, 1])
def test_a_label_beside_the_whole_review_table_moves_nothing(place: int) -> None:
    """It reaches down to the figures, as a header does that was given a row too many: then they are not believed."""
    beside = ["<td rowspan=3>复议诉讼情况</td>", ""]
    bodies = ("<td colspan=5>行政复议</td>", "<td colspan=5>未经复议直接起诉</td>", "<td colspan=5>复议后起诉</td>")
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3
    left, right = beside[place], beside[1 - place]
    rows = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    data = table(f"<tr>{left}{''.join(bodies)}{right}</tr>", tr(*outcomes), tr(*range(15)))
    assert [value for row in rows for _, value in cells(data, row, "review").values()] == list(range(15))
    pushed = table(tr(*bodies), tr("<td rowspan=2>结果维持</td>", *outcomes[1:]), tr(*range(15)))
    assert {state for row in rows for state, _ in cells(pushed, row, "review").values()} == {"unreadable"}
    moved = table(f"<tr>{beside[0]}{''.join(bodies)}</tr>", tr(*outcomes), tr("", *range(14), ""))
    assert {state for row in rows for state, _ in cells(moved, row, "review").values()} == {"unreadable"}


@pytest.mark.parametrize("place", range(15))
@pytest.mark.parametrize("word", ["未统计", "见备注", "约5", "O", "#DIV/0!"])
def test_a_word_among_the_figures_of_the_review_is_its_cells_alone(place: int, word: str) -> None:
    bodies = tr("<td colspan=5>行政复议</td>", "<td colspan=5>未经复议直接起诉</td>", "<td colspan=5>复议后起诉</td>")
    outcomes = tr(*("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3)
    printed: list[object] = [1, 2, 3, 4, 10, 0, 5, 0, 1, 6, 7, 0, 2, 0, 9]
    expected = [("reported", value) for value in printed]
    printed[place], expected[place] = word, ("unreadable", None)
    data = table(bodies, outcomes, tr(*printed))
    rows = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    assert [found for row in rows for found in cells(data, row, "review").values()] == expected
    remarks = table(bodies, outcomes, tr(*range(15)), tr(*["附注"] * 8, *range(7)))
    assert [value for row in rows for _, value in cells(remarks, row, "review").values()] == list(range(15))


def test_a_tab_row_cut_at_the_end_of_the_file_is_not_shifted() -> None:
    header = "\t".join(["项目", "", *HEAD])
    text = f"三、收到和处理政府信息公开申请情况\n\n申请人情况\t\t\n{header}\n{NEW}\t\t30\t1\t2\t3\t4\t5\t45\n{CARRIED}\t\t6\t0\t9\t0\t0"
    reading = read(text.encode(), "a.txt")
    assert {c.state for c in reading.cells if c.row == "carried_in"} == {"unreadable"}


def test_an_ordinal_on_a_line_of_its_own_still_labels_the_total() -> None:
    header = "\n".join(["申请人情况", "自然", "人", *HEAD[1:]])
    zeros = " ".join("0" * 7)
    text = f"三、收到和处理政府信息公开申请情况\n\n{header}\n{NEW} {zeros}\n（七）\n\n总计 {zeros}\n四、结转下年度继续办理 {zeros}\n"
    reading = read(text.encode(), "a.txt")
    assert {c.state for c in reading.cells if c.row == "processed_total"} == {"reported"}


def test_the_same_row_twice_with_other_figures_is_unreadable_and_told() -> None:
    data = table(*official_header(), tr(NEW, *ROWS[NEW]), tr(NEW, *ROWS[CARRIED]))
    reading = read(data)
    assert {c.state for c in reading.cells if c.row == "new"} == {"unreadable"}
    assert "repeated_row" in {finding.rule for finding in reading.findings}


def test_a_label_that_runs_into_another_is_neither() -> None:
    joined = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申度继续办理"
    reading = read(table(*official_header(), tr(NEW, *ROWS[NEW]), tr(joined, *ROWS[CARRIED])))
    assert {c.state for c in reading.cells if c.row in ("other_fee_unpaid", "carried_out")} == {"absent"}
    assert "unknown_label" in {finding.rule for finding in reading.findings}


@pytest.mark.parametrize("is_row_lost", [True, False])
def test_results_of_a_body_whose_header_is_lost_are_not_the_next_bodys(is_row_lost: bool) -> None:
    bodies = tr("<td colspan=5>未经复议直接起诉</td>", "<td colspan=5>复议后起诉</td>")
    header = bodies if is_row_lost else tr("<td colspan=10>行政诉讼</td>") + bodies
    outcomes = tr(*("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3)
    data = table(header, outcomes, tr(1, 2, 3, 4, 10, 5, 0, 1, 0, 6, 0, 2, 0, 0, 2))
    for row in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        assert "reported" not in {state for state, _ in cells(data, row, "review").values()}


def test_a_result_printed_twice_in_the_header_moves_no_figure_under_the_next() -> None:
    bodies = tr("<td colspan=5>行政复议</td>", "<td colspan=5>未经复议直接起诉</td>", "<td colspan=5>复议后起诉</td>")
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    outcomes = tr(*names[:8], names[7], *names[8:])
    data = table(bodies, outcomes, tr(1, 2, 3, 4, 10, "-", "-", 1, "-", 1, 0, 2, 0, 0, 2))
    assert cells(data, "litigation_direct", "review").get("pending") != ("reported", 1)


def test_a_row_that_fits_a_misplaced_header_by_chance_is_not_read_by_it() -> None:
    header = official_header("<td rowspan=3 colspan=3>项目</td>", "")
    below = tr("商业企业", "科研机构", "", "社会公益组织", "法律服务机构", "其他")
    wide = tr("<td rowspan=2>自然人</td>", "<td colspan=6>法人或其他组织</td>", "<td rowspan=2>总计</td>")
    labels = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理")
    rows = [tr(f"<td colspan=3>{label}</td>", 1, "", 0, 0, 0, 0, 0, 1) for label in labels[:2]]
    chance = tr(f"<td colspan=3>{labels[2]}</td>", 0, "", 0, "", 0, 0, 0, 0)
    read = cells(table(header[0], wide, below, *rows, chance), "carried_out")
    assert "blank" not in {state for state, _ in read.values()}


@pytest.mark.parametrize("beside", [(), ("", ""), ("信息内容", "本年收费金额（单位：万元）")])
def test_a_row_that_stands_twice_beside_itself_gives_no_figure(beside: tuple[str, ...]) -> None:
    head = tr("信息内容", "本年收费金额（单位：万元）", *beside)
    data = table(*FEES, head, tr("行政事业性收费", 8767, "行政事业性收费", 77))
    assert cells(data, "fees", "disclosure") == {"amount": ("unreadable", None)}
    assert any(finding.where.get("row") == "fees" for finding in read(data, "a.html").findings)


@pytest.mark.parametrize(("year", "form"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2024, "2021")])
def test_other_processing_in_one_row_makes_no_report_of_the_form_before(year: int, form: str) -> None:
    title = f"<h1>白鹭县教育局{year}年政府信息公开工作年度报告</h1>".encode()
    rows = (tr(label, *values) for label, values in {**ROWS, "（六）其他处理": ROWS[NEW]}.items())
    data = title + table(*official_header(), *rows)
    reading = read(data)
    assert (reading.template, reading.outcome) == (form, "partial")
    assert cells(data, "other_processing") == reported(ROWS[NEW])
    parts = [
        cell.state for cell in reading.cells if cell.row in ("other_not_corrected", "other_fee_unpaid", "other_other")
    ]
    assert parts == ["absent"] * (21 if form == "2021" else 0)


def test_a_header_cell_that_reaches_down_among_the_figures_pushes_none_of_them() -> None:
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    head = tr("<td colspan=5>行政复议</td>", "<td colspan=10>行政诉讼</td>")
    bodies = tr(*(f"<td rowspan=2>{one}</td>" for one in outcomes), *(f"<td colspan=5>{x}</td>" for x in BODIES))
    long = ["<td rowspan=2>结果纠正</td>" if place == 6 else one for place, one in enumerate(outcomes * 2)]
    review = table(head, bodies, tr(*long), tr(1, 0, 0, 0, 1, 2, 0, 0, 2, 5, 1, 1, 1, 8))
    assert {state for row in REVIEW for state, _ in cells(review, row, "review").values()} == {"unreadable"}
    header = (*official_header()[:2], tr(*HEAD[1:5], "<td rowspan=2>其他</td>"))
    data = table(*header, tr(NEW, 30, 1, 2, 3, 4, 45), tr(CARRIED, *ROWS[CARRIED]))
    assert {state for state, _ in cells(data, "new").values()} == {"unreadable"}
    assert cells(data, "carried_in") == reported(ROWS[CARRIED])


def test_a_header_cell_that_was_cut_in_two_is_put_together() -> None:
    """A stroke of 业 looks like a line across the cell; the other cells of the row reach over both halves."""
    header = (
        tr("<td rowspan=4>项目</td>", "<td colspan=7>申请人情况</td>"),
        tr("<td rowspan=3>自然人</td>", "<td colspan=5>法人或其他组织</td>", "<td rowspan=3>总计</td>"),
        tr("商业企", *(f"<td rowspan=2>{label}</td>" for label in HEAD[2:6])),
        tr("业"),
    )
    assert cells(table(*header, tr(NEW, *ROWS[NEW]), tr(CARRIED, *ROWS[CARRIED])), "new") == reported(ROWS[NEW])
    strange = [row.replace("商业企", "事业单") for row in header]
    never_another_number(table(*strange, tr(NEW, *ROWS[NEW]), tr(CARRIED, *ROWS[CARRIED])), "new", ROWS[NEW])
