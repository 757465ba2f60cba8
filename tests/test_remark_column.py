"""A column of remarks behind table 1: with it the table reads as without; a row that lost a figure does not read the remark."""

import re
from random import Random

import pytest

from extract.model import FormCell
from extract.reading import read
from tests.kit import form2014, styles2014
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

ROW = re.compile(r"<tr>.*?</tr>", re.S)
TABLE = re.compile(r"<table.*?</table>", re.S)


def page(remark: str) -> str:
    """Return a report whose first table has 备注 behind its columns, and the same in each row of figures."""
    plain = STYLES["clean"](make_report(3, "2021", "dense"), Random(3)).decode()
    return TABLE.sub(lambda table: ROW.sub(lambda row: _with_remark(row[0], remark), table[0]), plain, count=1)


def _with_remark(row: str, remark: str) -> str:
    cell = "" if "第二十条" in row else "备注" if "信息内容" in row else remark
    return row.replace("</tr>", f"<td>{cell}</td></tr>")


def disclosed(markup: str) -> list[FormCell]:
    return [cell for cell in read(markup.encode()).cells if cell.table == "disclosure"]


@pytest.mark.parametrize("remark", ["", "7", "详见附件"])
@pytest.mark.parametrize("label", ["规章", "行政规范性文件", "行政许可", "行政强制", "行政事业性收费"])
def test_the_remark_is_not_read_where_a_figure_was_lost(label: str, remark: str) -> None:
    whole = page(remark)
    [row] = [found[0] for found in ROW.finditer(whole) if f"<td>{label}</td>" in found[0]]
    *_, figure, _ = re.findall(r"<td[^>]*>[^<]*</td>", row)
    before, _, behind = row.rpartition(figure)
    for cell, lost in zip(disclosed(whole), disclosed(whole.replace(row, before + behind)), strict=True):
        assert cell.state == "reported"
        assert (lost.state, lost.value) in (("unreadable", None), (cell.state, cell.value))


def test_remarks_that_no_row_has_leave_the_figures_alone() -> None:
    with_header_only = TABLE.sub(lambda table: table[0].replace("<td>0</td></tr>", "</tr>"), page("0"), count=1)
    assert [cell.value for cell in disclosed(with_header_only)] == [cell.value for cell in disclosed(page(""))]


def of_2014(markup: str) -> list[FormCell]:
    return [cell for cell in read(markup.encode()).cells if cell.table == "statistics"]


@pytest.mark.parametrize("remark", ["", "7", "详见附件"])
def test_nor_in_the_form_of_2014(remark: str) -> None:
    rows = iter(["备注"])
    plain = styles2014.HTML["plain"](form2014.make_report(3), Random(3)).decode()
    whole = re.sub(r"</tr>", lambda _: f"<td>{next(rows, remark)}</td></tr>", plain)
    assert of_2014(whole) == of_2014(plain)
    counted = [row for row in ROW.findall(whole) if re.search(rf">\d+</td><td>{remark}</td></tr>$", row)]
    assert len(counted) > 20
    for row in Random(3).sample(counted, 4):
        mutant = whole.replace(row, re.sub(rf">\d+</td><td>{remark}</td></tr>$", f">{remark}</td></tr>", row))
        changed = [lost for lost, cell in zip(of_2014(mutant), of_2014(whole), strict=True) if lost.value != cell.value]
        assert [cell.state for cell in changed] == ["unreadable"]
