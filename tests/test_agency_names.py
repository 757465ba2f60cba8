"""When two names in one report are certainly two bodies', and when one may be short for the other."""

import pytest

from extract.identity.agency_names import may_be_same
from extract.identity.identify import identify
from extract.model import Document, Paragraph

REPORT = "政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("云岭区住建局", "晴川市云岭区住房和城乡建设局"),
        ("云岭县卫健委", "云岭县卫生健康局"),
        ("云岭县教委", "云岭县教育委员会"),
        ("云岭县人民政府", "云岭县人民政府办公室"),
        ("云岭县", "云岭县人民政府"),
        ("云岭县青石镇人民政府", "青石镇党政综合办公室"),
        ("青石街道", "云岭县人民政府青石街道办事处"),
        ("云岭经济开发区", "云岭经济开发区管理委员会"),
    ],
)
def test_names_of_one_body(one: str, two: str) -> None:
    assert may_be_same(one, two)
    assert may_be_same(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("云岭区财政局", "云岭区文化和旅游局"),
        ("云岭区教育局", "清江区教育局"),
        ("云岭县人民政府", "云岭县财政局"),
        ("云岭县青石镇人民政府", "云岭县白沙镇人民政府"),
    ],
)
def test_names_of_two_bodies(one: str, two: str) -> None:
    assert not may_be_same(one, two)
    assert not may_be_same(two, one)


def told(title: str, announced: str, signed: str) -> list[tuple[str, str, object, object]]:
    lines = (
        f"{title}2022年{REPORT}",
        f"现公布{announced}2022年{REPORT}。",
        "一、总体情况",
        "我局依法公开信息。",
        signed,
        "2023年1月9日",
    )
    blocks = tuple(Paragraph(line, f"line {number}") for number, line in enumerate(lines, 1))
    found = identify(Document("text/plain", blocks)).findings
    return [(finding.rule, finding.verdict, finding.expected, finding.actual) for finding in found]


def test_a_title_with_another_agency_than_the_signature_is_told() -> None:
    other = ("agency", "NOT_ASSESSABLE", "云岭区财政局", "云岭区文化和旅游局")
    assert told("云岭区财政局", "云岭区文化和旅游局", "云岭区文化和旅游局") == [other]
    assert told("云岭区财政局", "云岭区财政局", "云岭区文化和旅游局") == [other]
    assert told("云岭区财政局", "", "晴川市云岭区财政局") == []
