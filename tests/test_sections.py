"""The six sections: which lines head them, in the words and numbering that agencies use, and which only look alike."""

import pytest

from extract.headings import heading_number, outline
from extract.reading import read

TITLE = "清江县民政局2023年政府信息公开工作年度报告"


def sections(*lines: str) -> dict[int, str]:
    reading = read("\n".join((TITLE, *lines)).encode(), "report.txt")
    return {section.number: section.text for section in reading.sections}


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "一、总体情况、"),
        (1, "一、工作总体情况"),
        (1, "一、信息公开总体情况"),
        (1, "一、2023年政府信息公开工作总体情况"),
        (1, "一、年度工作概况"),
        (2, "二、行政机关主动公开政府信息情况"),
        (2, "二、主动公开政府信息"),
        (3, "三、行政机关收到和处理政府信息公开申请的情况"),
        (3, "三、收到和处理政府信息公开的申请情况"),
        (4, "四、因政府信息公开提起行政复议、行政诉讼情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (5, "五、当前存在的主要问题及下一步改进措施"),
        (5, "五、政府信息公开工作存在的问题、困难及改进措施"),
        (5, "五、信息公开工作存在的主要问题及改进情况"),
        (5, "五、存在不足及改进措施"),
        (6, "六、其它需要报告事项"),
        (6, "六、其他事项"),
        (6, "六、其他需报告的事项"),
        (None, "主动公开政府信息"),
        (None, "其他事项"),
        (None, "（一）主动公开方面"),
        (None, "其他对外管理服务事项"),
        (None, "2023年，我局政府信息公开工作总体情况良好"),
        (None, "（一）行政机关主动公开政府信息的情况；"),
    ],
)
def test_headings_as_agencies_word_them(number: int | None, heading: str) -> None:
    assert heading_number(heading) == number


def test_headings_of_the_second_level_head_no_section() -> None:
    lines = ("一、总体情况", "（一）主动公开情况", "（二）依申请公开情况", "1.总体情况", "二、主动公开政府信息情况")
    assert outline(lines) == (1, None, None, None, 2)
    assert outline(("（一）总体情况", "正文。", "（二）主动公开政府信息情况")) == (1, None, 2)
    assert outline(("总体情况", "主动公开情况")) == (1, 2)


def test_the_first_section_keeps_what_stands_under_its_own_headings() -> None:
    found = sections(
        "一、总体情况",
        "（一）主动公开情况",
        "2023年公开信息17条。",
        "（二）依申请公开情况",
        "未收到申请。",
        "二、主动公开政府信息情况",
        "第二十条第（一）项 | |||",
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
        "规章 | 0 | 0 | 0 |",
        "三、收到和处理政府信息公开申请情况",
        "全年无申请。",
    )
    assert found == {
        1: "（一）主动公开情况\n2023年公开信息17条。\n（二）依申请公开情况\n未收到申请。",
        2: "",
        3: "全年无申请。",
    }


def test_a_report_cut_within_its_first_section_has_only_that() -> None:
    found = sections("一、总体情况", "（一）主动公开情况", "2023年公开信息17条。", "（二）依申请公开情况")
    assert list(found) == [1]


def test_the_regulations_on_what_a_report_holds_are_no_report() -> None:
    lines = (
        "中华人民共和国政府信息公开条例",
        "第五十条　政府信息公开工作年度报告应当包括下列内容：",
        "（一）行政机关主动公开政府信息的情况；",
        "（二）行政机关收到和处理政府信息公开申请的情况；",
        "（三）因政府信息公开工作被申请行政复议、提起行政诉讼的情况；",
        "（四）政府信息公开工作存在的主要问题及改进情况，以及工作考核结果情况；",
        "（五）其他需要报告的事项。",
        "应当公布政府信息公开工作年度报告统一格式，并适时更新。",
    )
    assert read("\n".join(lines).encode(), "a.txt").outcome == "not_a_report"
