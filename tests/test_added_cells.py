"""Tables with a column, a cell or a printing too many, or one too few: what may be of either is not read in silence."""

import re
from random import Random

import pytest

from extract.model import Reading
from extract.reading import read
from tests.kit.form2014 import Report
from tests.kit.form2014 import make_report as make_statistics
from tests.kit.html_styles import STYLES
from tests.kit.mutants import changed_in_silence
from tests.kit.styles2014 import HTML, TEXT
from tests.kit.truth import make_report

CERTAIN = ("reported", "blank", "mark")


def table(*rows: str) -> str:
    """A table; the cells of a row are parted by bars, and ``2*`` before one makes it two columns wide."""
    return "<table>" + "".join(f"<tr>{''.join(map(_cell, row.split('|')))}</tr>" for row in rows) + "</table>"


def _cell(text: str) -> str:
    wide = re.match(r"(\d)\*", text)
    return f"<td colspan={wide[1]}>{text[2:]}</td>" if wide else f"<td>{text}</td>"


def page(*rows: str) -> Reading:
    return read(f"<p>二、主动公开政府信息情况</p>{table(*rows)}<p>三、其他</p>".encode(), "text/html")


def states(reading: Reading, row: str) -> list[tuple[str, object]]:
    return [(cell.state, cell.value) for cell in reading.cells if cell.row == row and cell.item is None]


def doubted(reading: Reading, rule: str) -> set[str | None]:
    found = (finding for finding in reading.findings if finding.rule == rule and finding.verdict != "PASS")
    return {finding.where.get("row") for finding in found}


# --- Heads -----------------------------------------------------------------------------------------------------------

HEADS = "信息内容|上一年项目数量|本年增/减|处理决定数量"


def test_of_two_heads_of_one_name_neither_gives_its_figure_to_the_other() -> None:
    report = make_report(8, "2021", "sparse")
    markup = STYLES["clean"](report, Random(1)).decode()
    spoiled = markup.replace(">科研机构<", ">社会公益组织<", 1)
    assert spoiled != markup
    for filled in ("<td></td><td>13</td>", "<td>13</td><td></td>"):
        row = f"<tr><td>3.危及“三安全一稳定”</td><td></td><td></td>{filled}<td></td><td></td><td>13</td></tr>"
        heads = "申请人情况|自然人|商业企业|社会公益组织|社会公益组织|法律服务机构|其他|总计"
        others = "一、本年新收政府信息公开申请数量|1|2|3|4|5|6|21"
        reading = read(f"<p>三、收到</p>{table(heads, others)}".replace("</table>", f"{row}</table>").encode())
        kinds = {cell.column: cell.state for cell in reading.cells if cell.row == "refused_security_and_stability"}
        assert kinds["welfare_organization"] == "unreadable"
        assert kinds["research_institute"] == "absent"


def test_two_results_of_one_name_leave_the_review_table_unread() -> None:
    results = "结果维持|结果纠正|其他结果|尚未审结|总计"
    heads = "|".join((results, results.replace("结果纠正", "结果维持"), results))
    figures = "|".join(["1||||1", "|7|||7", "|||2|2"])
    reading = page("5*行政复议|5*未经复议直接起诉|5*复议后起诉", heads, figures)
    assert not [cell for cell in reading.cells if cell.table == "review" and cell.state in CERTAIN]


def test_a_strange_head_before_the_own_ones_takes_its_figures_with_it() -> None:
    heads = HEADS.replace("信息内容", "信息内容|上年数")
    reading = page(heads, "行政处罚|40|171|-3|", "行政强制|32|728|6|")
    assert states(reading, "penalties") == [("reported", 171), ("reported", -3), ("blank", None)]
    assert states(reading, "coercion") == [("reported", 728), ("reported", 6), ("blank", None)]


def test_a_column_with_a_blank_head_goes_on_below_merged_heads() -> None:
    reading = page(
        "信息内容|本年制发件数|本年废止件数||现行有效件数",
        "规章|1|2|77|3",
        "行政规范性文件|4|5|78|6",
        "信息内容|4*本年处理决定数量",
        "行政处罚|2*|9|",
        "行政强制|2*|10|",
    )
    kinds = {state for row in ("penalties", "coercion") for state, _ in states(reading, row)}
    assert kinds.isdisjoint(CERTAIN)


# --- Cells -----------------------------------------------------------------------------------------------------------


def test_a_row_that_ends_behind_all_others_has_a_cell_too_many() -> None:
    heads = "信息内容|本年制发件数|本年废止件数|现行有效件数"
    reading = page(heads, "规章|24|0||", "行政规范性文件|||28")
    assert {state for state, _ in states(reading, "regulations")}.isdisjoint(CERTAIN)
    assert states(reading, "normative_documents")[-1] == ("reported", 28)


@pytest.mark.parametrize("figures", ["5|-7", "5|−7", "5|/", "—|7"])
def test_two_figures_below_one_head_make_their_row_doubtful(figures: str) -> None:
    reading = page("信息内容|上一年项目数量|2*本年增/减", f"行政事业性收费|3|{figures}")
    assert doubted(reading, "torn") == {"fees"}


def test_a_spreadsheet_saved_as_a_page_hides_no_lost_cell() -> None:
    empty = "|" * 8
    rows = [f"{HEADS}{empty}", f"行政处罚|12|-8|7617{empty}", f"行政强制|3|1|88{empty}"]
    rows += [f"信息内容|上一年项目数量|本年增/减|{empty}", f"行政事业性收费|6|0|{empty}"]
    assert doubted(page(*rows), "torn") == set()
    rows[1] = rows[1].replace("|12|", "|")
    assert doubted(page(*rows), "torn") == {"penalties"}


def test_the_row_that_ends_a_table_of_word_is_no_row_of_blanks() -> None:
    results = "结果维持|结果纠正|其他结果|尚未审结|总计"
    heads = ("5*行政复议|5*未经复议直接起诉|5*复议后起诉", "|".join([results] * 3))
    held = f"<tr height=0>{'<td width=40></td>' * 15}</tr></table>"
    for figures, kind in (["|".join("0" * 15)], "reported"), ([], "absent"):
        markup = table(*heads, *figures).replace("</table>", held)
        reading = read(f"<p>二、主动公开政府信息情况</p>{table(HEADS, '行政强制|1|1|1')}{markup}".encode(), "text/html")
        assert {cell.state for cell in reading.cells if cell.table == "review"} == {kind}


# --- Text ------------------------------------------------------------------------------------------------------------


def lines(*rows: str) -> Reading:
    return read("\n".join(("二、主动公开政府信息情况", *rows)).replace("|", "\t").encode(), "a.txt")


def test_a_row_with_blanks_below_heads_with_a_blank_among_them_is_not_read() -> None:
    reading = lines("第二十条第（一）项", "信息内容|本年制发件数||本年废止件数|现行有效件数", "规章||28|400|637")
    assert {state for state, _ in states(reading, "regulations")}.isdisjoint(CERTAIN)


def test_of_a_blank_too_many_in_the_review_table_nobody_knows_which_it_is() -> None:
    results = "结果维持|结果纠正|其他结果|尚未审结|总计"
    heads = ("行政复议|行政诉讼", f"{results}|未经复议直接起诉|复议后起诉", f"{results}|{results}")
    reading = lines("行政强制|1", *heads, "|9|||7|16|||9|7|16||7||5|12", "三、其他")
    read_cells = [cell for cell in reading.cells if cell.row == "reconsideration" and cell.state in CERTAIN]
    assert not [cell for cell in read_cells if (cell.column, cell.value) in {("upheld", 9), ("corrected", None)}]


# --- The statistics table --------------------------------------------------------------------------------------------


def claims(reading: Reading, report: Report) -> list[tuple[str, object]]:
    """Cells that say another thing than the report without a finding."""
    good = {cell["row"]: (cell["state"], cell["value"]) for cell in report.cells}
    found = ((cell.row, (cell.state, cell.value)) for cell in reading.cells)
    return [(row, read_as) for row, read_as in found if read_as[0] in CERTAIN and read_as != good[row]]


@pytest.mark.parametrize("label", ["（二）被依法纠错数", "（三）其他情形数"])
def test_a_label_of_two_parts_printed_twice_in_one_is_of_neither_figure(label: str) -> None:
    report = make_statistics(5)
    markup = HTML["plain"](report, Random(5)).decode()
    ends = [found.start() for found in re.finditer(label[3:], markup)]
    assert len(ends) == 2
    for end in ends:
        start = markup.rindex("<tr", 0, end)
        again = f"<tr><td>{label}</td><td>件</td><td>7777</td></tr>"
        reading = read((markup[:start] + again + markup[start:]).encode())
        assert claims(reading, report) == []
        assert any(
            row in ("reconsideration_corrected", "reconsideration_other", "litigation_corrected", "litigation_other")
            for row in doubted(reading, "repeated_row")
        )


def test_a_mark_behind_a_number_leaves_its_row_undecided() -> None:
    report = make_statistics(5)
    markup = HTML["plain"](report, Random(5)).decode()
    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*六、举报投诉数量.*?</tr>", markup, re.DOTALL)
    assert row is not None
    spoiled = row[0].replace("</tr>", "<td>/</td></tr>")
    reading = read(markup.replace(row[0], spoiled).encode())
    assert {cell.state for cell in reading.cells if cell.row == "complaints"} == {"unreadable"}


@pytest.mark.parametrize("blanks", [False, True])
def test_figures_between_labels_and_units_are_no_figures_of_the_form(blanks: bool) -> None:
    for seed in range(4):
        report = make_statistics(seed, dense=True, blanks=blanks)
        rows = [f"{x.label} {seed + n} {x.unit} {x.text}" if x.unit else x.label for n, x in enumerate(report.lines)]
        text = "\n".join((report.title, "统计指标 单位 统计数", *rows))
        assert claims(read(text.encode(), "a.txt"), report) == []


def test_the_kit_is_read_as_before() -> None:
    for name, layout in TEXT.items():
        report = make_statistics(3)
        assert claims(read(layout(report, Random(3)).encode(), "report.txt"), report) == [], name
    report = make_report(8, "2021", "dense")
    assert changed_in_silence(read(STYLES["word"](report, Random(1))), report.cells) == []
