"""Reports in scripts: what a string must hold to be read, and that nothing else is."""

import json
import time
from collections.abc import Callable
from html import escape
from random import Random

import pytest

from crawler.demo.server import PORTAL
from extract.html.document import read_page
from extract.html.script_body import script_body
from extract.model import Grid
from extract.reading import read
from tests.kit import form2014, styles2014

REPORT = next((PORTAL / "list" / "nb").glob("*/content_3*.html")).read_text(encoding="utf-8")
BODY = REPORT[REPORT.index("<body") : REPORT.index("</body>")].partition(">")[2].replace("\n", " ")
TITLE = "白鹭县柳泉镇人民政府2021年政府信息公开工作年度报告"


def shell(script: str) -> bytes:
    return f"<html><head><title>{TITLE}</title></head><body><div id=app></div><script>{script}</script></body></html>".encode()


def gkmlpt(body: str) -> str:
    detail = json.dumps({"id": 7, "title": TITLE, "content": body}, ensure_ascii=False).replace("</", "<\\/")
    return f"window._CONFIG = {{ SID: '9', TREE: [], DETAIL: {detail}, LEFT: 1 }}"


SCRIPTS = {
    "gkmlpt": gkmlpt(BODY),
    "gkmlpt, escaped twice": gkmlpt(escape(BODY)),
    "JSON with escapes": f"var page = {json.dumps({'html': BODY})}",
    "single quotes": "show('" + BODY.replace("\\", "\\\\").replace("'", "\\'").replace("/", "\\/") + "')",
    "template": "el.innerHTML = `" + BODY.replace("`", "") + "`",
    "after a stray apostrophe": "// it's a comment\nvar c = " + json.dumps(BODY).replace("</", "<\\/"),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_report_in_a_script_reads_as_the_page_would(name: str) -> None:
    shown, held = read_page(REPORT.encode(), ""), read_page(shell(SCRIPTS[name]), "")
    assert [block for block in held.blocks if isinstance(block, Grid)] == [
        block for block in shown.blocks if isinstance(block, Grid)
    ]
    assert [(note.rule, note.verdict) for note in held.notes] == [("script_body", "PASS")]
    direct, unfolded = read(REPORT.encode(), ""), read(shell(SCRIPTS[name]), "")
    assert [cell.value for cell in unfolded.cells] == [cell.value for cell in direct.cells]
    assert (unfolded.outcome, unfolded.agency, unfolded.year) == (direct.outcome, direct.agency, direct.year)


@pytest.mark.parametrize("make", [styles2014.HTML["plain"], lambda report, _: styles2014.narrative_page(report)])
def test_reports_before_2019_are_found_by_the_headings_of_their_time(
    make: Callable[[form2014.Report, Random], bytes],
) -> None:
    for seed in range(3):
        page = make(form2014.make_report(seed), Random(seed)).decode()
        body = page.partition("<body")[2].partition(">")[2].partition("</body>")[0]
        shown = read(page.encode(), "")
        for found in (read(shell(gkmlpt(body)), ""), read(json.dumps({"infocontent": body}).encode(), "")):
            assert [(cell.row, cell.state, cell.value) for cell in found.cells] == [
                (cell.row, cell.state, cell.value) for cell in shown.cells
            ]
            assert (found.outcome, len(found.sections)) == (shown.outcome, len(shown.sections))


@pytest.mark.parametrize(
    "script",
    [
        "",
        "var menu = '总体情况 | 主动公开政府信息情况';",
        "var a = 'x" + "y" * 500,
        "DETAIL: {broken",
        "DETAIL: {\"content\": 5}",
        "// 总体情况 主动公开政府信息情况 收到和处理政府信息公开申请情况 其他需要报告的事项",
    ],
)  # fmt: skip
def test_other_scripts_hold_none(script: str) -> None:
    assert script_body(script) == ""


def test_what_the_page_shows_stands() -> None:
    page = REPORT.replace("</body>", f"<script>{gkmlpt(BODY.replace('认真', '不认真'))}</script></body>")
    assert read_page(page.encode(), "").blocks == read_page(REPORT.encode(), "").blocks


@pytest.mark.parametrize("piece", ['"', "'\\", '\\"', "`", "'\n", '"a" ', "DETAIL:{"])
def test_no_script_takes_long(piece: str) -> None:
    begun = time.process_time()
    script_body(piece * (2_000_000 // len(piece)))
    assert time.process_time() - begun < 5
