"""Tables on disclosure whose articles (第二十条第（五）项) stand left of their rows, not above them."""

import pytest

from extract.reading import read
from tests.test_printings import figures

ARTICLES = ("第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项")
BLOCKS = (
    ("<td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td>", "规章", (4, 3, 19)),
    ('<td>信息内容</td><td colspan="3">本年处理决定数量</td>', "行政许可", (8,)),
    ('<td>信息内容</td><td colspan="3">本年处理决定数量</td>', "行政处罚", (5,)),
)


def row(label: str, numbers: tuple[int, ...]) -> str:
    span = ' colspan="3"' if len(numbers) == 1 else ""
    return f"<td>{label}</td>" + "".join(f"<td{span}>{number}</td>" for number in numbers)


def page(*, again: bool, headers: int = len(BLOCKS)) -> bytes:
    """A page with articles in one cell for each block, or ``again`` in each row; the first blocks have headers."""
    lines = []
    for place, (article, (header, label, numbers)) in enumerate(zip(ARTICLES, BLOCKS, strict=True)):
        rows = [*([header] if place < headers else []), row(label, numbers)]
        span = "" if again else f' rowspan="{len(rows)}"'
        for number, cells in enumerate(rows):
            lines.append((f"<td{span}>{article}</td>" if again or not number else "") + cells)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>".encode()


@pytest.mark.parametrize("again", [False, True])
def test_rows_are_read_beside_their_article(again: bool) -> None:
    found = read(page(again=again), "a.html")
    assert figures(found, "regulations") == {"issued": 4, "repealed": 3, "in_force": 19}
    assert figures(found, "licensing") == {"decisions": 8}
    assert figures(found, "penalties") == {"decisions": 5}


@pytest.mark.parametrize("again", [False, True])
def test_no_header_holds_beyond_its_article(again: bool) -> None:
    found = read(page(again=again, headers=2), "a.html")
    assert figures(found, "licensing") == {"decisions": 8}
    assert not any(isinstance(value, int) for value in figures(found, "penalties").values())
    assert any(finding.rule == "header" and finding.where.get("row") == "penalties" for finding in found.findings)
