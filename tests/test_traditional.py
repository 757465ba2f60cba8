"""A portal's 繁體 version of a report is read as the simplified page it was made of."""

from random import Random

import pytest

from extract.html.charset import decode
from extract.identity.titles import read_title
from extract.model import Reading
from extract.reading import read
from extract.traditional import is_traditional, simplified
from tests.kit.html_styles import STYLES
from tests.kit.text_layouts import LAYOUTS
from tests.kit.truth import make_report

# As the programs of portals write the words of the form, each character by itself.
SPOKEN = {
    "政府信息公開工作年度報告": "政府信息公开工作年度报告",
    "政府資訊公開年報": "政府信息公开年报",
    "本年新製作數量": "本年新制作数量",
    "隻計這一情形，不計其他情形": "只计这一情形，不计其他情形",
    "未經復議直接起訴": "未经复议直接起诉",
    "復議後起訴": "复议后起诉",
    "結轉下年度繼續辦理": "结转下年度继续办理",
    "採購總金額": "采购总金额",
    "於都縣衛生健康委員會": "于都县卫生健康委员会",
    "乾安縣財政局": "乾安县财政局",
}


def in_traditional(page: str) -> str:
    """Write a page as a program does that knows one traditional character of Big5 for each simplified one."""
    table: dict[str, str] = {}
    for sign in filter(_is_in_big5, map(chr, range(0x4E00, 0xA000))):
        simple = simplified(f"公開{sign}")[-1]
        if simple != sign:
            table.setdefault(simple, sign)
    return page.translate(str.maketrans(table))


def _is_in_big5(sign: str) -> bool:
    return len(sign.encode("big5", "replace")) == 2


def without_note(reading: Reading) -> tuple[object, ...]:
    assert [found.verdict for found in reading.findings if found.rule == "traditional"] == ["PASS"]
    findings = tuple(found for found in reading.findings if found.rule not in ("traditional", "charset"))
    return (reading.agency, reading.year, reading.title, reading.published, reading.sections, reading.cells, findings)


def as_read(reading: Reading) -> tuple[object, ...]:
    return (
        *(reading.agency, reading.year, reading.title, reading.published, reading.sections, reading.cells),
        tuple(found for found in reading.findings if found.rule != "charset"),
    )


@pytest.mark.parametrize(("printed", "meant"), SPOKEN.items())
def test_the_words_of_the_form_come_back(printed: str, meant: str) -> None:
    assert simplified(f"信息公開{printed}") == f"信息公开{meant}"


@pytest.mark.parametrize("charset", ["utf-8", "big5hkscs"])
@pytest.mark.parametrize("style", STYLES)
def test_a_traditional_page_is_read_as_the_simplified_one(style: str, charset: str) -> None:
    report = make_report(5, "2021" if len(style) % 2 else "2019", "dense")
    data = STYLES[style](report, Random(1))
    told = in_traditional(decode(data)[0])
    assert is_traditional(told)
    hint = f"text/html; charset={charset}"
    assert without_note(read(told.encode(charset, "xmlcharrefreplace"), hint)) == as_read(read(data))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_traditional_text_is_read_as_the_simplified_one(layout: str) -> None:
    text = LAYOUTS[layout](make_report(6, "2021", "dense"), Random(1))
    told = in_traditional(text).encode()
    assert without_note(read(told, "report.txt")) == as_read(read(text.encode(), "report.txt"))


def test_a_link_to_a_traditional_page_names_its_report() -> None:
    said = read_title("豐縣財政局2023年政府信息公開工作年度報告")
    assert (said.agency, said.year, said.kind) == ("丰县财政局", 2023, "report")


def test_a_simplified_page_is_left_as_it_is() -> None:
    text = "信息公开 信息公开 著作 乾县 繁體版：政府信息公開"
    assert simplified(text) == text
