"""Columns beside the form, titles in it, merged cells taken apart: in every format the figures stay in their columns."""

import pytest

from tests.comparing import assert_exact, truths
from tests.kit.mutants.prints import PRINTS
from tests.kit.variants import VARIANTS, varied
from tests.test_form_traps import HEAD, NEW, cells, official_header, reported, table, tr

FORMATS = ("html", "docx", "rtf", "xlsx", "csv")
BODIES = ("行政复议", "未经复议直接起诉", "复议后起诉")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", FORMATS)
def test_figures_stay_in_their_columns(name: str, variant: str) -> None:
    for truth in truths(4):
        render, _ = PRINTS[name]
        assert_exact(render(truth, varied(truth, variant)), truth)


def test_a_remark_beside_a_blank_is_no_figure_of_the_row() -> None:
    """Headers with spans that are wrong are read by where the values stand; here one of them is a remark."""
    head = tr("信息内容", "采购项目数量", "采购总金额", "")
    data = table(head, tr("政府集中采购", "", "251", "7"))
    found = cells(data, "procurement", "disclosure")
    assert found["projects"] != ("reported", 251)
    assert found["amount"] != ("reported", 7)


def test_a_blank_in_all_rows_is_not_filled_from_beside() -> None:
    head = tr("信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "")
    data = table(head, tr("规章", 1, "", 59, 6), tr("行政规范性文件", 2, "", 70, 8))
    for row in ("regulations", "normative_documents"):
        assert {state for state, _ in cells(data, row, "disclosure").values()} == {"unreadable"}


@pytest.mark.parametrize("behind", ["序号", "备注", "说明"])
def test_what_stands_under_the_header_of_another_column_is_no_value(behind: str) -> None:
    header = official_header(extra=f"<td>{behind}</td>")
    values = (30, 1, 2, 3, 4, 5, 45)
    data = table(
        header[0],
        *(row.replace("</tr>", "<td></td></tr>") for row in header[1:]),
        tr(NEW, *values, 9),
        tr("（七）总计", *values, 8),
    )
    assert cells(data, "new") == reported(values)
    assert cells(data, "processed_total") == reported(values)


def test_review_without_merged_cells_is_believed_only_in_the_forms_order() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    bodies = tr("行政复议", *[""] * 4, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4)
    whole = table(bodies, tr(*outcomes * 3), tr(*range(15)))
    assert cells(whole, "litigation_direct", "review")["pending"] == ("reported", 8)
    torn = table(bodies, tr(*outcomes, *reversed(outcomes), *outcomes), tr(*range(15)))
    assert "reported" not in {state for state, _ in cells(torn, "litigation_direct", "review").values()}


def test_a_list_of_labels_without_all_applicants_is_no_table_on_its_side() -> None:
    labels = (NEW, "二、上年结转政府信息公开申请数量", "（一）予以公开", "（七）总计", "四、结转下年度继续办理")
    data = table(tr("申请人", *labels), tr("自然人", *range(5)), tr("商业企业", *range(5)), tr("总计", *range(5)))
    assert cells(data, "new") == {}


@pytest.mark.parametrize("between", ["", "tr"])
def test_a_review_table_that_goes_over_into_last_years_gives_no_figure_of_it(between: str) -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    bodies = tr("行政复议", *[""] * 4, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4)
    caption = tr("上年情况", *[""] * 14) if between else ""
    twice = table(bodies, tr(*outcomes * 3), tr(*range(15)), caption, bodies, tr(*outcomes * 3), tr(*range(2, 17)))
    for row in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        assert "reported" not in {state for state, _ in cells(twice, row, "review").values()}
    again = table(bodies, tr(*outcomes * 3), bodies, tr(*outcomes * 3), tr(*range(15)))
    assert cells(again, "litigation_direct", "review")["pending"] == ("reported", 8)


@pytest.mark.parametrize("first", [True, False])
def test_a_summary_in_the_narrative_takes_nothing_from_the_table(first: bool) -> None:
    values = (30, 1, 2, 3, 4, 5, 45)
    whole = table(*official_header(), tr(NEW, *values), tr("二、上年结转政府信息公开申请数量", *values))
    summary = table(tr("本年新收政府信息公开申请数量", 45), tr("上年结转", 44), tr("予以公开", 9))
    data = summary + whole if first else whole + summary
    assert cells(data, "new") == reported(values)
    assert cells(data, "carried_in") == reported(values)
    assert "reported" not in {state for state, _ in cells(data, "granted").values()}


def test_a_label_beside_all_rows_of_the_review_table_pushes_no_figure() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    bodies = tr("<td rowspan=3>单位：件</td>", *(f"<td colspan=5>{body}</td>" for body in BODIES))
    data = table(bodies, tr(*outcomes * 3), tr(*range(15)))
    assert cells(data, "litigation_direct", "review")["pending"] == ("reported", 8)
    first = ["<td rowspan=2>结果维持</td>", *outcomes[1:]]
    wrong = table(bodies.replace("<td rowspan=3>单位：件</td>", ""), tr(*first, *outcomes * 2), tr(*range(15)))
    assert "reported" not in {state for state, _ in cells(wrong, "litigation_direct", "review").values()}


def test_blank_rows_part_no_table_on_its_side() -> None:
    labels = (NEW, "二、上年结转政府信息公开申请数量", "（一）予以公开", "（七）总计", "四、结转下年度继续办理")
    rows = (tr(name, *(number * 10 + place for place in range(5))) for number, name in enumerate(HEAD))
    data = table(tr("申请人", *labels), *(row + tr(*[""] * 6) for row in rows))
    assert cells(data, "new") == reported((0, 10, 20, 30, 40, 50, 60))


def test_a_blank_cell_behind_the_total_moves_nothing() -> None:
    rows = {
        NEW: (30, 1, 2, 3, 4, 5, 45),
        "二、上年结转政府信息公开申请数量": (1, 0, 0, 0, 0, 0, 1),
        "（一）予以公开": (3, 0, 0, 0, 0, 0, 3),
    }
    printed = [tr(label, *values) for label, values in rows.items()]
    data = table(*official_header(), printed[0].replace("</tr>", "<td></td></tr>"), *printed[1:])
    assert cells(data, "new") == reported(rows[NEW])
    pushed = tr(NEW, 30, "", 1, 2, 3, 4, 5, 45)
    found = cells(table(*official_header(), pushed, *printed[1:]), "new")
    assert "reported" not in {state for state, _ in found.values()}


def test_a_lone_subtotal_is_no_total() -> None:
    header = (
        tr("<td rowspan=3>项目</td>", "<td colspan=7>申请人情况</td>"),
        tr("<td rowspan=2>自然人</td>", "<td colspan=6>法人或其他组织</td>"),
        tr(*HEAD[1:6], "小计"),
    )
    data = table(*header, tr(NEW, 0, 1, 2, 3, 4, 5, 15), tr("（一）予以公开", 7, 1, 2, 3, 4, 5, 15))
    assert cells(data, "new") == {**reported((0, 1, 2, 3, 4, 5, 15)), "total": ("absent", None)}
