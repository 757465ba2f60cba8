"""Text tables that lost a column, or got a blank or doubled one: beside blanks nothing says whose the figures are."""

import pytest

from extract.model import FormCell, Reading
from extract.reading import read
from tests.kit.grades import is_doubted

LEGAL = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
ROWS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（七）总计",
    "四、结转下年度继续办理",
)
FIGURES = ("6||5|0||7|18", "0||0|0|0||0", "6||5|0|||11", "6||5|0|||11", "0||0|0||7|7")
"""A row's figures, a bar between two."""


def table(rows: list[str], legal: tuple[str, ...] = LEGAL) -> str:
    header = (
        f"|申请人情况{'|' * (len(legal) + 1)}\n|自然人|法人或其他组织{'|' * len(legal)}总计\n||{'|'.join(legal)}|\n"
    )
    body = "".join(f"{label}|{row}\n" for label, row in zip(ROWS, rows, strict=True))
    return f"三、收到和处理政府信息公开申请情况\n{header}{body}四、政府信息公开行政复议、行政诉讼情况\n".replace(
        "|", "\t"
    )


def without(row: str, place: int, more: str = "") -> str:
    figures = row.split("|")
    return "|".join([*figures[:place], *figures[place + 1 :]]) + more


def doubtless(found: Reading) -> list[FormCell]:
    return [cell for cell in found.cells if cell.state == "reported" and not is_doubted(cell, found.findings)]


def test_rows_with_blanks_are_read_below_a_whole_header() -> None:
    assert len(doubtless(read(table(list(FIGURES)).encode(), "report.txt"))) > 5


@pytest.mark.parametrize("place", range(6))
def test_figures_of_which_no_total_is_left_are_doubted(place: int) -> None:
    rows = [without(row, place, "|") for row in FIGURES]
    assert doubtless(read(table(rows).encode(), "report.txt")) == []


@pytest.mark.parametrize("place", range(1, 5))
def test_no_row_with_blanks_is_read_below_a_header_without_one_of_the_legal_persons(place: int) -> None:
    rows = [without(row, place, "|") for row in FIGURES]
    found = read(table(rows, LEGAL[: place - 1] + LEGAL[place:]).encode(), "report.txt")
    assert not [cell for cell in found.cells if cell.state == "reported"]


@pytest.mark.parametrize("doubled", ["科研机构", "社会公益组织"])
def test_a_figure_below_one_of_two_headers_of_one_name_is_not_read(doubled: str) -> None:
    found = read(table(list(FIGURES), (*LEGAL[:-1], doubled)).encode(), "report.txt")
    name = {"科研机构": "research_institute", "社会公益组织": "welfare_organization"}[doubled]
    assert not [cell for cell in doubtless(found) if cell.column == name]


@pytest.mark.parametrize(
    ("header", "row", "states"),
    [
        ("||", "54|210|", ["reported", "reported", "blank"]),
        ("|||", "54||210|", ["unreadable"] * 3),  # a column without a name beside those of the form
    ],
)
def test_a_blank_beside_a_column_without_a_name_tells_nothing(header: str, row: str, states: list[str]) -> None:
    names = header.replace("||", "|本年增/减|", 1) if len(header) < 3 else "||本年增/减|"
    text = (
        f"二、主动公开政府信息情况\n第二十条第（五）项|||\n信息内容|上一年项目数量{names}处理决定数量\n"
        f"行政许可|{row}\n第二十条第（六）项|||\n信息内容|上一年项目数量{names}处理决定数量\n"
        f"行政处罚|{row.removesuffix('|')}|8864\n行政强制|{row.removesuffix('|')}|7805\n"
    )
    found = read(("2020年政府信息公开工作年度报告\n" + text).replace("|", "\t").encode(), "report.txt")
    assert [cell.state for cell in found.cells if cell.row == "licensing"] == states


@pytest.mark.parametrize(
    ("cells", "states"),
    [
        ("规章||32|||行政规范性文件|29|31|42||", ["blank", "reported", "blank"]),
        ("规章|||32||行政规范性文件||29|31|42|", ["unreadable"] * 3),  # a blank cell more in each row
    ],
)
def test_rows_with_blanks_are_not_read_where_whole_ones_stand_beside_their_headers(
    cells: str, states: list[str]
) -> None:
    article = "第二十条第（一）项|"
    printed = f"{article}|信息内容|本年制发件数|本年废止件数|现行有效件数||{cells}{article.replace('一', '五')}|"
    text = "二、主动公开政府信息情况\n" + printed.replace("|", " |\n")
    found = read(f"2023年政府信息公开工作年度报告\n{text}".encode(), "report.txt")
    assert [cell.state for cell in found.cells if cell.row == "regulations"] == states
