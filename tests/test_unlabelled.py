"""Figures that stand in a table without any label: the rows beside them are doubted, for they may be theirs."""

import pytest

from extract.model import Reading
from extract.reading import read

BLOCK = "第二十条第（六）项\n信息内容\t本年处理决定数量\n{rows}\n第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t12.5\n"


def text_of(rows: str) -> Reading:
    return read(f"二、主动公开政府信息情况\n{BLOCK.format(rows=rows)}三、其他\n".encode(), "report.txt")


def page_of(*rows: tuple[str, str]) -> Reading:
    printed = "".join(f"<tr><td>{label}</td><td>{figure}</td></tr>" for label, figure in rows)
    head = "<tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
    return read(f"<p>二、主动公开政府信息情况</p><table>{head}{printed}</table><p>三、其他</p>".encode(), "")


def doubted(found: Reading) -> set[str]:
    return {note.where["row"] for note in found.findings if note.rule == "unknown_label" and note.where}


@pytest.mark.parametrize("rest", ["32", "\t32", "\n32"])
def test_half_a_number_on_the_next_line_doubts_its_row(rest: str) -> None:
    assert doubted(text_of(f"行政处罚\t87\n{rest}\n行政强制\t3")) == {"penalties"}


def test_two_rows_joined_doubt_the_one_that_has_the_figure_of_the_other() -> None:
    assert doubted(text_of("行政处罚\n行政强制\t8732\n1988")) == {"coercion"}


def test_an_empty_row_beside_figures_without_a_label_is_not_left_blank_in_silence() -> None:
    assert doubted(page_of(("行政许可", "5"), ("行政处罚", ""), ("", "8732"), ("行政强制", "3"))) == {"penalties"}
    assert doubted(page_of(("", "8732"), ("行政处罚", ""), ("行政强制", "3"))) == {"penalties"}


def test_no_row_is_doubted_where_all_figures_have_labels() -> None:
    assert doubted(text_of("行政处罚\t87\n行政强制\t3")) == set()
    assert doubted(page_of(("行政处罚", "87"), ("", ""), ("行政强制", "3"))) == set()
