"""Numbers of the narrative beside those of the table: only plain statements speak, and none is ever a FAIL."""

from random import Random

import pytest

from extract.model import Section
from extract.narrative_numbers import narrative_numbers
from extract.reading import read
from extract.templates.y2021 import TEMPLATE as FORM_2021
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report
from tests.shared import SEED_REPORTS, needs_seed_reports
from tests.store_kit import ADDS_UP, cells_of
from tests.store_kit import reading as whole

CELLS = cells_of(FORM_2021, ADDS_UP)
"""本年新收 3, 总计 3."""


def judged(text: str, year: int | None = 2023) -> list[tuple[str, object, object]]:
    found = narrative_numbers((Section(1, "总体情况", text),), CELLS, year)
    return [(finding.verdict, finding.expected, finding.actual) for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        "全年新收政府信息公开申请3件。",
        "2023年，共收到政府信息公开申请 3 件，均在法定时限内答复。",
        "全年新收政府信息公开申请数量3件，无结转。",
        "共收到依申请公开件３件。",
        "本机关受理依申请公开3件",
        "全年办结政府信息公开申请3件。",
        "2023年，我街道新收政府信息公开申请3宗。",
        "2023年，区政府办公室共收到3份政府信息公开申请。",
        "我局接到依申请公开事项3起，均已答复。",
    ],
)
def test_a_plain_statement_that_agrees(text: str) -> None:
    assert judged(text) == [("PASS", 3, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "全年未收到政府信息公开申请。",
        "2023年度我镇未收到任何形式的依申请公开政府信息。",
        "年内，我局没有收到公民、法人和其他组织提出的政府信息公开申请。",
    ],
)
def test_a_statement_that_there_were_none(text: str) -> None:
    assert judged(text) == [("NOT_ASSESSABLE", 3, 0)]


def test_a_plain_statement_that_does_not_agree_is_no_fail() -> None:
    assert judged("全年共收到政府信息公开申请16件。") == [("NOT_ASSESSABLE", 3, 16)]
    assert judged("新收政府信息公开申请16件；办结政府信息公开申请3件") == [
        ("NOT_ASSESSABLE", 3, 16),
        ("PASS", 3, 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2022年共收到政府信息公开申请16件。",
        "收到政府信息公开申请16件，较上年增长3件。",
        "其中，网上收到政府信息公开申请16件。",
        "收到自然人政府信息公开申请16件。",
        "收到挖掘城市道路申请件77件。",
        "收到政府信息公开申请3件。后文又说收到政府信息公开申请4件。",
        "主动公开政府信息16件。",
        "《条例》施行以来，收到政府信息公开申请160件。",
        "与2023年收到政府信息公开申请12件相比，增长明显。",
        "全年未收到政府信息公开申请行政复议。",
        "没有收到依申请公开方面的投诉。",
        "未收到网上的政府信息公开申请。",
    ],
)
def test_what_may_mean_something_else_says_nothing(text: str) -> None:
    assert judged(text) == []


def test_a_cell_that_is_not_a_number_is_not_compared() -> None:
    blank = cells_of(FORM_2021, {**ADDS_UP, ("requests", "new", "total"): None})
    text = Section(1, "总体情况", "全年新收政府信息公开申请3件。")
    assert list(narrative_numbers((text,), blank, 2023)) == []


def test_the_reader_adds_it_and_the_verdict_of_the_report_stays() -> None:
    truth = make_report(3, "2021", "sparse", year=2023)
    page = STYLES["clean"](truth, Random(3))
    sentence = "全年共收到政府信息公开申请987654件。"
    told = page.replace(truth.sections[0][0].encode(), sentence.encode() + truth.sections[0][0].encode(), 1)
    before, after = read(page), read(told)
    fresh = [finding for finding in after.findings if finding.rule == "narrative_numbers"]
    assert [(finding.verdict, finding.actual) for finding in fresh] == [("NOT_ASSESSABLE", 987654)]
    assert after.cells == before.cells
    assert [f for f in after.findings if f not in fresh] == list(before.findings)


@needs_seed_reports
@pytest.mark.parametrize("name", [path.name for path in sorted(SEED_REPORTS.glob("*.txt"))] or ["none"])
def test_no_real_report_raises_a_false_alarm(name: str) -> None:
    reading = read((SEED_REPORTS / name).read_bytes(), name)
    said = [finding for finding in reading.findings if finding.rule == "narrative_numbers"]
    assert [finding for finding in said if finding.verdict != "PASS"] == []


def test_the_kits_reports_raise_none() -> None:
    assert whole().outcome == "ok"
    for seed in range(30):
        reading = read(STYLES["clean"](make_report(seed, "2021", "dense"), Random(seed)))
        assert not [finding for finding in reading.findings if finding.rule == "narrative_numbers"]
