"""Families: every case under ``tests/pages`` is walked by the family it is filed under.

A case is ``page.html`` (or ``page.json``, ``page.xml``), ``meta.json`` with its URL, and ``expected.json`` with the
links by kind. A missing ``expected.json`` is written and the test fails, so that a person reads it before it counts.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.families import choose, families
from crawler.items import Link, Page
from crawler.pages import parse_page

PAGES = Path(__file__).parent / "pages"
CASES = sorted(path.parent for path in PAGES.glob("*/*/meta.json"))


def load(case: Path) -> Page:
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    source = next(case.glob("page.*"))
    return parse_page(meta["url"], source.read_text(encoding="utf-8"))


def described(links: tuple[Link, ...]) -> dict[str, list[dict[str, Any]]]:
    """Group links by kind, without the fields that say nothing."""
    found: dict[str, list[dict[str, Any]]] = {}
    for link in links:
        row: dict[str, Any] = {"url": link.url, "text": link.text}
        if link.listed_on:
            row["listed_on"] = link.listed_on
        if link.method != "GET":
            row |= {"method": link.method, "form": [list(pair) for pair in link.form]}
        found.setdefault(link.kind, []).append(row)
    return found


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
        targets = [(link.url, link.form) for link in links]
        assert len(targets) == len(set(targets)), case
        assert (page.url, ()) not in targets, case


@pytest.mark.parametrize("text", ["", " ", "<", "<?xml version='1.0' encoding='gbk'?><html>", "\x00<p>a", "<!--", "{}"])
def test_any_text_makes_a_page(text: str) -> None:
    page = parse_page("http://www.xq99.gov.cn/", text)
    assert choose(page).links(page) == ()


def test_a_huge_flat_list_is_walked_in_time() -> None:
    row = '<a href="/{0}.html">星桥市第{0}中心2023年政府信息公开工作年度报告</a> 2024-01-02<br>'
    text = "<html><body><div>" + "".join(row.format(number) for number in range(5000)) + "</div></body></html>"
    page = parse_page("http://www.xq99.gov.cn/list.html", text)
    assert len(choose(page).links(page)) == 5000
