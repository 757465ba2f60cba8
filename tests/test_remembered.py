"""What is remembered of texts and of pages, and that long texts and old pages fill no memory."""

import gc
import json
import re
import weakref
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.families import choose
from crawler.items import Page
from crawler.page.anchors import anchors
from crawler.page.links import is_report_page, walk
from crawler.page.marks import address_marks
from crawler.page.pages import elements, parse_page
from crawler.page.remembered import LONGEST_CHARACTERS, LONGEST_SCRIPT_CHARACTERS, matches, once, remembered

URL = "http://www.xq99.gov.cn/nb/1.html"
CASES = sorted((Path(__file__).parent / "pages").glob("*/*/page.*"))


def test_a_short_text_is_asked_about_once_and_a_long_one_each_time() -> None:
    asked: list[str] = []

    @remembered
    def size(text: str) -> int:
        asked.append(text)
        return len(text)

    longest, longer = "年" * LONGEST_CHARACTERS, "年" * (LONGEST_CHARACTERS + 1)
    assert [size(text) for text in (longest, longer, longest, longer)] == [200, 201, 200, 201]
    assert asked == [longest, longer, longer]


def test_a_page_is_asked_about_once_whether_or_not_it_goes_on_with_a_list() -> None:
    asked: list[str] = []

    @once
    def size(page: Page) -> int:
        asked.append(page.text)
        return len(page.text)

    one, other = parse_page(URL, "<p>年报"), parse_page(URL, "<p>年")
    assert [size(page) for page in (one, other, one, replace(one, goes_on=True))] == [5, 4, 5, 5]
    assert asked == ["<p>年报", "<p>年"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.parent.name}/{case.parent.name}")
def test_a_page_is_let_go_as_soon_as_it_is_done_with(case: Path) -> None:
    page = parse_page(json.loads((case.parent / "meta.json").read_text("utf-8"))["url"], case.read_text("utf-8"))
    family, root = choose(page), weakref.ref(page.root)
    gc.disable()
    try:
        assert len(elements(page)) > 0
        assert is_report_page(page) in {True, False}
        assert family.links(page) == family.links(page)
        del page
        assert root() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("before", [choose, anchors, address_marks], ids=["family", "links", "marks"])
@pytest.mark.parametrize("sign", ["", "\0", "\ufffe"])
def test_an_address_in_an_attribute_is_found_also_where_its_name_is_broken_by_what_is_no_text(
    before: object, sign: str
) -> None:
    row = f"<li o{sign}nclick=\"window.open('/x/2021.html')\">星桥市水务局2021年政府信息公开工作年度报告</li>"
    page = parse_page(URL, f"<title>政府信息公开年报</title><ul>{row}</ul>")
    assert callable(before)
    before(page)
    assert [link.url for link in walk(page, lambda _: ())] == ["http://www.xq99.gov.cn/x/2021.html"]


def test_other_attributes_and_scripts_lead_on_whatever_else_a_page_has() -> None:
    markup = (
        "<title>政府信息公开年报</title><div DATA-URL='/d/2020.pdf'>星桥市2020年政府信息公开工作年度报告</div>"
        "<script>document.getElementById('listFRAME').src = '/nb/list.html'</script><p pdfSrc='/p.pdf'></p>"
    )
    page = parse_page(URL, markup)
    assert choose(page).name == "generic"
    assert {anchor.url.partition("cn")[2] for anchor in anchors(page)} == {"/d/2020.pdf", "/nb/list.html", "/p.pdf"}


def test_one_script_asks_for_another_list_on_each_page_whose_input_it_reads() -> None:
    script = "<script>var id = $('#channel').val(); $.getJSON('/api/list?channel=' + id, show); $.get('/rows.json', show)</script>"
    numbers = ("7", "8", "7")
    pages = [
        parse_page(URL, f"<title>政府信息公开年报</title><input id='channel' value='{number}'>{script}")
        for number in numbers
    ]
    found = [[link.url.partition("cn")[2] for link in choose(page).links(page)] for page in pages]
    assert found == [[f"/api/list?channel={number}", "/rows.json"] for number in numbers]


def test_a_script_is_searched_once_and_one_that_is_too_long_each_time() -> None:
    pattern = re.compile(r"\d+")
    short, long = "1 a 22", "3 " * LONGEST_SCRIPT_CHARACTERS
    assert matches(pattern, short) is matches(pattern, "".join(short))
    assert [found.group() for found in matches(pattern, short)] == ["1", "22"]
    assert matches(pattern, long) is not matches(pattern, long)
    assert sum(1 for _ in matches(pattern, long)) == LONGEST_SCRIPT_CHARACTERS
