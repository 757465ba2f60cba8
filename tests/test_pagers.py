"""Pagers: which further pages a list has, and that its two kinds of createPageHTML are told apart."""

import pytest

from crawler.page.pagers import MAX_PAGES, next_pages
from crawler.page.pages import parse_page

DIRECTORY = "http://www.xq99.gov.cn/zfxxgk/nb/"


def pages(url: str, body: str) -> list[str]:
    page = parse_page(url, f"<html><body>{body}</body></html>")
    links = next_pages(page)
    assert {link.kind for link in links} <= {"next"}
    assert url not in {link.url for link in links}
    return [link.url.removeprefix(DIRECTORY) for link in links]


@pytest.mark.parametrize(
    ("name", "script", "expected"),
    [
        ("", 'createPageHTML(4, 0, "index", "html")', ["index_1.html", "index_2.html", "index_3.html"]),
        ("index_2.html", "createPageHTML(4,2,'index','html');", ["index_3.html"]),
        ("index_3.html", 'createPageHTML(4, 3, "index", "html")', []),
        ("", 'createPageHTML(1, 0, "index", "html")', []),
        (
            "",
            'var countPage = 3;var currentPage=0;createPageHTML(countPage, currentPage,"index","shtml")',
            ["index_1.shtml", "index_2.shtml"],
        ),
        ("", "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}", []),
        ("list.shtml", "createPageHTML('page_div',3,1,'list','shtml',55)", ["list_2.shtml", "list_3.shtml"]),
        ("list_2.shtml", "createPageHTML('page_div', 3, 2, 'list', 'shtml', 55)", ["list_3.shtml"]),
        ("list_3.shtml", "createPageHTML('page_div', 3, 3, 'list', 'shtml', 55)", []),
        ("index_1.html", "var countPage = 3", ["index_2.html"]),
    ],
)
def test_create_page_html_counts_from_zero_or_from_one(name: str, script: str, expected: list[str]) -> None:
    assert pages(DIRECTORY + name, f"<script>{script}</script>") == expected


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("zcy.htm", "<script>_simple_list_gotopage_fun(4,'u13_goto',2)</script>", ["zcy/3.htm", "zcy/2.htm", "zcy/1.htm"]),
        ("zcy/3.htm", "<a onclick='_simple_list_gotopage_fun(4,\"u13_goto\",2)'>跳转</a>", ["zcy/2.htm", "zcy/1.htm"]),
        ("zcy/1.htm", "<script>_simple_list_gotopage_fun(4,'u13_goto',2)</script>", []),
        ("1.html", "<script>var n = parseInt('3')</script>", ["2.html", "3.html"]),
        ("", "<script>var n = parseInt('3')</script>共 3 页", ["2.html", "3.html"]),
        ("1906985018193408001.html", "<script>var n = parseInt('3')</script>", []),
        ("showList/9/7/page_1.html", "共3页", ["showList/9/7/page_2.html", "showList/9/7/page_3.html"]),
        ("list.do?id=5&pageNo=2", "<script>var totalPage = 4;</script>", ["list.do?id=5&pageNo=3", "list.do?id=5&pageNo=4"]),
        ("ui?pageId=7&currentPage=1&moduleId=9", "1/2 <a href='javascript:go()'>跳转</a>",
         ["ui?pageId=7&currentPage=2&moduleId=9"]),
        ("list.jsp", "<script>totalPages: 3, url='list.jsp?c=1&currpage=1'</script>",
         ["list.jsp?c=1&currpage=2", "list.jsp?c=1&currpage=3"]),
    ],
)  # fmt: skip
def test_other_scripts(name: str, body: str, expected: list[str]) -> None:
    assert pages(DIRECTORY + name, body) == expected


def test_the_links_of_a_pager_win_over_its_script() -> None:
    body = "<a href='index_2.html'>下一页</a><script>createPageHTML(9,0,'index','html')</script>"
    assert pages(DIRECTORY, body) == ["index_2.html"]


@pytest.mark.parametrize("words", ["下一页", "下页", "下一頁", "下一页>>", "后一页", "末页", "尾页", "最后一页"])
def test_words_of_next_and_last(words: str) -> None:
    assert pages(DIRECTORY, f"<a href='list_9.html'>{words}</a>") == ["list_9.html"]


@pytest.mark.parametrize("words", ["下一篇", "上一页", "首页", "下一页：某局年报", "第一页的故事", ""])
def test_words_that_are_no_pager(words: str) -> None:
    assert pages(DIRECTORY, f"<a href='list_9.html'>{words}</a>") == []


def test_numbers_and_arrows_count_only_within_a_pager() -> None:
    body = "<div class='pagination'><a href='a_2.html'>2</a><a href='a_3.html'>[3]</a><a href='a_2.html'>&gt;</a></div>"
    assert pages(DIRECTORY, body) == ["a_2.html", "a_3.html"]
    assert pages(DIRECTORY, "<div class='calendar'><a href='d_2.html'>2</a><a href='d_3.html'>&gt;</a></div>") == []


def test_pages_before_the_current_one_are_left() -> None:
    body = (
        "<div class='pages'>共4页 <a href='?page=1'>1</a> <span class='current'>2</span> <a href='?page=3'>3</a>"
        " <a href='?page=4'>4</a></div>"
    )
    assert pages(DIRECTORY + "list.php", body) == ["list.php?page=3", "list.php?page=4"]
    assert pages(DIRECTORY + "list.php?page=3", body) == ["list.php?page=4"]


def test_options_of_a_pager() -> None:
    body = "<div class='page'><select><option value='list_1.html'>第1页</option><option value='list_2.html'>第2页</option></select></div>"
    assert pages(DIRECTORY + "list_1.html", body) == ["list_2.html"]


def test_a_bare_box_of_numbered_addresses_is_a_pager() -> None:
    options = "".join(f"<option value='list.php?tid=5&PageNo={n}'>{n}</option>" for n in range(1, 151))
    body = f"<select onchange='location.href=this.value'>{options}</select>"
    expected = [f"list.php?tid=5&PageNo={n}" for n in range(2, 151)]
    assert pages(DIRECTORY + "list.php?tid=5", body) == expected
    assert pages(DIRECTORY + "list.php?tid=5&PageNo=149", body) == expected[-1:]
    chosen = body.replace("PageNo=3'", "PageNo=3' selected")
    assert pages(DIRECTORY + "list.php?tid=5", chosen) == expected[2:]


@pytest.mark.parametrize("values", [("2023/", "2024/"), ("1", "2")], ids=["years", "no addresses"])
def test_other_boxes_of_numbers_are_no_pager(values: tuple[str, str]) -> None:
    options = "".join(f"<option value='{value}'>{value.strip('/')}</option>" for value in values)
    assert pages(DIRECTORY, f"<select>{options}</select>") == []


def test_a_declared_total_is_bounded() -> None:
    body = "<script>createPageHTML(99999, 0, 'index', 'html')</script>"
    assert len(pages(DIRECTORY, body)) == MAX_PAGES
