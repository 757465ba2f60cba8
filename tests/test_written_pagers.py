"""Pagers that only a page's own script could write, press or send: read as what a browser would ask for."""

import pytest

from crawler.items import Link
from crawler.page.pagers import next_pages
from crawler.page.pages import parse_page

DIRECTORY = "http://www.xq99.gov.cn/zfxxgk/nb/"
NEXT = '<a href="javascript:turn({})">下一页</a>'


def links(url: str, body: str, head: str = "") -> tuple[Link, ...]:
    return next_pages(parse_page(DIRECTORY + url, f"<html><head>{head}</head><body>{body}</body></html>"))


def pages(url: str, body: str, head: str = "") -> list[str]:
    return [link.url.removeprefix(DIRECTORY) for link in links(url, body, head)]


OWN_PAGER = """<script>
var currentPage = {at};//所在页从0开始
var prevPage = currentPage-1//上一页
var nextPage = currentPage+1//下一页
if(allPage>1&&currentPage!=(countPages-1)) document.write("<a href=\\"nblist"+"_" + nextPage + ".htm\\">下一页</a>");
</script>第{at}页，共3页"""
VARIABLES = """<script>var m_nCurrPage = {at}; var m_nPageCount = 3; var m_sPageName = "nblist"; var m_sPageExt = "html";
if (m_nCurrPage < m_nPageCount-1) document.write('<a href="'+m_sPageName+'_'+(m_nCurrPage+1)+'.'+m_sPageExt+'">下一页</a>')
</script>"""
FROM_ZERO = """<script>$(".page").createPage({pageCount:3, current:1, backFn:function(p){
if(p==1){location.href="index.shtml"}else{location.href="index_"+(p-1)+".shtml"} }});</script>"""
FROM_ONE = """<script>var pageCount = 3; function goPage(n){ if(n==1) location.href='list.html'; else location.href='list_'+n+'.html' }
</script>"""
COUNTED_ROWS = """<script>laypage.render({count: 21, limit: 10, jump: function(obj){ if(obj.curr==1) location='nb.html';
location.href='nb_'+obj.curr+'.html' }})</script>"""
UNSAID = "<script>var pageCount = 2; function turnPage(n){ location.href = 'nb' + '_' + n + '.html' }</script>"


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        ("nblist.htm", OWN_PAGER.format(at=0), ["nblist_1.htm", "nblist_2.htm"]),
        ("nblist_1.htm", OWN_PAGER.format(at=1), ["nblist_2.htm"]),
        ("nblist_2.htm", OWN_PAGER.format(at=2), []),
        ("nblist.html", VARIABLES.format(at=0), ["nblist_1.html", "nblist_2.html"]),
        ("nblist_2.html", VARIABLES.format(at=2), []),
        ("", FROM_ZERO, ["index_1.shtml", "index_2.shtml"]),
        ("index_2.shtml", FROM_ZERO, []),
        ("list.html", FROM_ONE, ["list_2.html", "list_3.html"]),
        ("list_2.html", FROM_ONE, ["list_3.html"]),
        ("list_3.html", FROM_ONE, []),
        ("nb.html", COUNTED_ROWS, ["nb_2.html", "nb_3.html"]),
        ("nb.html", UNSAID, ["nb_1.html", "nb_2.html"]),
    ],
)
def test_the_sums_of_a_pages_script(url: str, body: str, expected: list[str]) -> None:
    assert pages(url, body) == expected


BY_PART = """<span id="pag_2603340"></span><script>var maxPageNum = 0; var maxPageNum26033401 = 4;
function goPub(url){ location.href = url }</script><a href="javascript:void(0)" onclick="next2603340()">下一页</a>"""
HIDDEN = """<div style="display:none" id="comp_77001"><a href="../nb/index_77001_1.html"></a><a href="index_77001_2.html"></a>
<a href="index_77001_3.html"> </a><a href="../other/index_77002_1.html"></a></div><a onclick="next77001()">下一页</a>"""
OWN_SUM = """<script>var m_sUrl="nb_"; var maxPage = 0; maxPage = 4; function goPage(n){ if (n == 1) location.href = "nb.html";
else location.href = m_sUrl + (maxPage - n + 1) + ".html"; }</script>"""
FROM_ZERO_DOWN = """<script>var pageTotal = 3; function toPage(i){ if (i > 0) location.href = 'nb_' + (pageTotal - i) + '.html' }
</script>"""
QUERY_DOWN = "<script>var n=3; function page(p){ location='nb.jsp?p=' + (n - p + 1) + '&c=4' }</script>"


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        ("", BY_PART, ["index_26033401_3.html", "index_26033401_2.html", "index_26033401_1.html"]),
        ("index.html", BY_PART.replace("4;", "1;"), []),
        ("index_26033401_3.html", BY_PART, ["index_26033401_2.html", "index_26033401_1.html"]),
        ("index_26033401_1.html", BY_PART, []),
        ("index.html", HIDDEN, ["index_77001_3.html", "index_77001_2.html", "index_77001_1.html"]),
        ("index_77001_2.html", HIDDEN, ["index_77001_1.html"]),
        ("nb.html", OWN_SUM, ["nb_3.html", "nb_2.html", "nb_1.html"]),
        ("nb_3.html", OWN_SUM, ["nb_2.html", "nb_1.html"]),
        ("nb_1.html", OWN_SUM, []),
        ("nb.html", FROM_ZERO_DOWN, ["nb_2.html", "nb_1.html", "nb_0.html"]),
        ("nb_1.html", FROM_ZERO_DOWN, ["nb_0.html"]),
        ("nb.jsp", QUERY_DOWN, ["nb.jsp?p=2&c=4", "nb.jsp?p=1&c=4"]),
        ("nb.html", "<script>var total = 9; var left = 'rest ' + (total - page) + ' pages';</script>", []),
    ],
)
def test_pages_that_are_counted_backwards(url: str, body: str, expected: list[str]) -> None:
    assert pages(url, body) == expected


def test_without_a_total_it_is_the_page_that_the_pager_calls() -> None:
    script = "<script>function turn(n){ location.href = n<=1 ? 'list.html' : 'list_'+n+'.html' } // page</script>"
    assert pages("list.html", NEXT.format(2) + script) == ["list_2.html"]
    assert pages("list_2.html", NEXT.format(3) + script) == ["list_3.html"]
    assert pages("list_3.html", script) == []


@pytest.mark.parametrize(
    "script",
    [
        "var pageCount = 3; open('/other/folder/list_' + n + '.html')",
        "var pageCount = 3; open('http://www.other99.gov.cn/nb/list_' + n + '.html')",
        "var pageCount = 3; open(base + 'list_' + n + '.html')",
        "var pageCount = 3; img.src = 'page_' + id + n + '.html'",
        "var pageCount = 3; open('show.html?id=' + n)",
        "var pageCount = 3; '" + "x' + 'y" * 2000,
    ],
)
def test_other_sums_are_no_pager(script: str) -> None:
    assert pages("list.html", f"<script>{script}</script>") == []


def test_a_call_with_the_next_number_on_a_numbered_page() -> None:
    assert pages("list.jsp?cid=1&page=1", NEXT.format(2)) == ["list.jsp?cid=1&page=2"]
    assert pages("list.jsp?cid=1&page=3", NEXT.format("'4'")) == ["list.jsp?cid=1&page=4"]
    assert pages("list.jsp?cid=1&page=3", NEXT.format(9)) == []
    assert pages("list.jsp?cid=1&page=3", f"{NEXT.format(4)} 共3页") == []


@pytest.mark.parametrize(
    "link",
    [
        "<a href='n_2.html'><img src='next.gif' alt='下一页'></a>",
        "<a href='n_2.html' title='下一页'><i class='icon'></i></a>",
        "<a href='n_2.html' class='page-link next'><i></i></a>",
        "<a href='n_2.html' rel='next'>更早的</a>",
    ],
)
def test_links_to_the_next_page_without_words(link: str) -> None:
    assert pages("n.html", link) == ["n_2.html"]
    assert pages("n.html", link.replace("下一页", "下一篇").replace("next", "prev")) == []


def test_the_head_may_name_the_next_page() -> None:
    assert pages("n.html", "", "<link rel='next' href='n/page/2/'><link rel='stylesheet' href='a.css'>") == [
        "n/page/2/"
    ]


def test_pages_are_joined_to_the_base_of_the_page() -> None:
    base = "<base href='http://www.xq99.gov.cn/zfxxgk/'>"
    assert pages("index.html", "<a href='nb/index_2.html'>下一页</a>", base) == ["index_2.html"]


FORM = """<form name="pageForm" action="list.do" method="{method}"><input type="hidden" name="channelId" value="33">
<input type="hidden" name="pageNo" id="cp" value="{at}"><select name="year"><option value="">全部</option></select></form>
<script>function turn(n){{ {body} }}</script>"""
PRESSED = [
    "document.pageForm.pageNo.value=n; document.pageForm.submit();",
    "document.getElementById('cp').value = n; document.forms[0].submit();",
    "$('#pageNo').val(n); $('form').submit();",
    "$(\"input[name='pageNo']\").val(n); pageForm.submit();",
]


@pytest.mark.parametrize("body", PRESSED)
def test_a_form_that_the_pager_posts(body: str) -> None:
    form = FORM.format(method="post", at=1, body=body.replace("'cp'", "'pageNo'")) + NEXT.format(2)
    [link] = links("list.do", form)
    assert (link.kind, link.method, link.url) == ("next", "POST", f"{DIRECTORY}list.do")
    assert link.form == (("channelId", "33"), ("pageNo", "2"), ("year", ""))


def test_a_form_that_asks_with_its_fields() -> None:
    form = FORM.format(method="get", at=1, body=PRESSED[0]) + NEXT.format(2)
    assert pages("list.do", form) == ["list.do?channelId=33&pageNo=2&year="]


@pytest.mark.parametrize(
    "form",
    [
        FORM.format(method="post", at=2, body=PRESSED[0]) + NEXT.format(2),
        FORM.format(method="post", at=1, body="document.pageForm.keyword.value=n; document.pageForm.submit();") + NEXT.format(2),
        FORM.format(method="post", at=1, body="document.pageForm.pageNo.value=n;") + NEXT.format(2),
        FORM.format(method="post", at=1, body=PRESSED[0]) + "<a href='javascript:turn(9)'>尾页</a>",
    ],
    ids=["not ahead", "another field", "not sent", "only the last"],
)  # fmt: skip
def test_forms_that_are_not_sent(form: str) -> None:
    assert links("list.do", form) == ()
