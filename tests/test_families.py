"""Families: every case under ``tests/pages`` is walked by the family it is filed under.

A case is ``page.html`` (or ``page.json``, ``page.xml``), ``meta.json`` with its URL, and ``expected.json`` with the
links by kind. A missing ``expected.json`` is written and the test fails, so that a person reads it before it counts.
"""

import json
import time
from pathlib import Path

import pytest

from crawler.answer.challenges import judge
from crawler.families import choose, families
from crawler.items import Page
from crawler.page.cases import described
from crawler.page.pages import parse_page

PAGES = Path(__file__).parent / "pages"
CASES = sorted(path.parent for path in PAGES.glob("*/*/meta.json"))


def load(case: Path) -> Page:
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    source = next(case.glob("page.*"))
    return parse_page(meta["url"], source.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path) -> None:
    page = load(case)
    family = choose(page)
    assert family.name == case.parent.name
    links = described(family.links(page))
    expected = case / "expected.json"
    if not expected.exists():
        expected.write_text(json.dumps(links, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{expected} was missing and has been written: read it before it counts")
    assert links == json.loads(expected.read_text(encoding="utf-8"))


def test_every_family_has_cases() -> None:
    assert {family.name for family in families()} == {case.parent.name for case in CASES}


def test_no_page_links_to_itself_or_twice() -> None:
    for case in CASES:
        page = load(case)
        links = choose(page).links(page)
        targets = [(link.url, link.form, link.json) for link in links]
        assert len(targets) == len(set(targets)), case
        assert (page.url, (), "") not in targets, case


@pytest.mark.parametrize("text", ["", " ", "<", "<?xml version='1.0' encoding='gbk'?><html>", "\x00<p>a", "<!--", "{}"])
def test_any_text_makes_a_page(text: str) -> None:
    page = parse_page("http://www.xq99.gov.cn/", text)
    assert choose(page).links(page) == ()


def test_links_after_the_end_of_a_page_pasted_into_it_are_found() -> None:
    markup = "<html><body><p>页眉</p></body></html><ul><li><a href='1.html'>星桥市2023年政府信息公开工作年度报告</a></li></ul>"
    page = parse_page("http://www.xq99.gov.cn/nb/", markup)
    assert [link.url for link in choose(page).links(page)] == ["http://www.xq99.gov.cn/nb/1.html"]


def test_a_huge_flat_list_is_walked_in_time() -> None:
    row = '<a href="/{0}.html">星桥市第{0}中心2023年政府信息公开工作年度报告</a> 2024-01-02<br>'
    text = "<html><body><div>" + "".join(row.format(number) for number in range(5000)) + "</div></body></html>"
    page = parse_page("http://www.xq99.gov.cn/list.html", text)
    assert len(choose(page).links(page)) == 5000


def kind_of(text: str, title: str, beside: str = "") -> str:
    """Walk a page with one link of these words, and say what it was taken for."""
    markup = (
        f"<html><head><title>{title}</title></head><body><ul><li><a href=a>{text}</a>{beside}</li></ul></body></html>"
    )
    links = parse_page("http://www.xq99.gov.cn/x/", markup)
    return next((link.kind for link in choose(links).links(links)), "nothing")


@pytest.mark.parametrize(
    "text",
    [
        "2022年星桥市教育局政府信息公开工作年度报告",
        "星桥市教育局2024年度政府信息公开工作报告",
        "教育局2020年度政府信息公开工作年度报告 (星桥市)",
        "梅溪湖街道2023政府信息公开工作年度报告",
        "2022度星桥区粤汉街道信息公开工作年度报告",
        "星桥旅游商贸开发区管理委员会2024年度政府信息公开工作情况报告",
        "二〇二三年星桥市民政局政府信息公开工作年度报告",
        "2O23年星桥市民政局政府信息公开工作年度报告",
        "（更正）星桥市民政局2023年政府信息公开工作年度报告",
        "星桥市民政局关于2023年度政府信息公开工作情况的报告",
        "2023年信息公开年报",
    ],
)
def test_titles_of_reports(text: str) -> None:
    assert kind_of(text, "公告公示") == "report"


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("信息公开工作年报", "首页", "column"),
        ("政务公开年报", "首页", "column"),
        ("乡镇（街道）年报", "首页", "column"),
        ("历年年报", "首页", "column"),
        ("2023年政府信息公开年报汇总", "首页", "column"),
        ("年度报告", "政府信息公开", "column"),
        ("年度报告", "统计数据", "nothing"),
        ("2023年度", "政府信息公开年报", "column"),
        ("2023年度", "统计数据", "nothing"),
        ("区直部门", "政府信息公开年报", "column"),
        ("区直部门", "领导之窗", "nothing"),
        ("区教育局", "政府信息公开年报", "column"),
        ("区教育局", "机构职能", "nothing"),
        ("互动交流", "政府信息公开年报", "nothing"),
        ("区教育局召开会议部署开学工作", "政府信息公开年报", "nothing"),
        ("部门决算", "政府信息公开年报", "nothing"),
        ("政府信息公开", "星桥市人民政府", "hub"),
        ("政府信息公开", "政府信息公开年报", "nothing"),
    ],
)
def test_names_of_columns(text: str, title: str, expected: str) -> None:
    assert kind_of(text, title) == expected


def test_a_title_without_a_year_is_a_report_only_beside_a_date() -> None:
    assert kind_of("星桥市政府信息公开工作年度报告", "年报", "<span>2014-03-02</span>") == "report"
    assert kind_of("星桥市政府信息公开工作年度报告", "年报") == "column"


HOSTILE = {
    "numbers": "<div class=page>共9页" + "".join(f"<a href=l_{n}.html>{n % 5000}</a>" for n in range(8000)),
    "open records": "<datastore>" + "<record><![CDATA[" * 30_000,
    "open groups": "<datastore>" + "<nextgroup><![CDATA[ <a " * 30_000,
    "white space": "<li><a href=x>a</a>" + " " * 300_000,
    "half dates": "<a href=x>" + "2023-1" * 50_000 + "</a>",
    "calls": "createPageHTML(countPage, currentPage,'i','html')" + "countPage " * 50_000,
    "nested titles": "<div class=title>" * 3000 + "x" * 30_000,
    "nested JSON": '{"articles":' + "[" * 50_000,
    "open objects": "<script>" + "{title:'年报',url:'/" * 50_000,
    "long objects": "<script>" + ('{name: "年' + "\\\\n" * 500 + "\n") * 500,
    "open fractions": "1/2<b>" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_markup_takes_long(name: str) -> None:
    begun = time.process_time()
    page = parse_page("http://www.xq99.gov.cn/gkmlpt/zfxxgknb/", HOSTILE[name])
    for family in families():
        family.fingerprint(page)
        family.links(page)
    judge(200, {}, HOSTILE[name].encode(), page.url, page.url, "text/html")
    assert time.process_time() - begun < 10
