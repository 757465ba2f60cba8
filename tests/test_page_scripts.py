"""What a page's scripts hold or ask for, and what its boxes and calls open: links as a browser would have them."""

import json
from urllib.parse import quote

import pytest

from crawler.families import choose
from crawler.items import Link
from crawler.page.pages import parse_page
from crawler.page.urls import canonical, without_session

DIRECTORY = "http://www.xq99.gov.cn/zfxxgk/nb/"
TITLE = "星桥市水务局{}年政府信息公开工作年度报告"
ROWS = [
    {"docTitle": TITLE.format(2023), "docUrl": "/d/1.html"},
    {"docTitle": TITLE.format(2022), "docUrl": "/d/2.html"},
]
NESTED = {"list": [{"title": TITLE.format(2023), "ext": {"pic": ""}, "url": "/d/1.html"}]}
FILLER = f"<p>{'本栏目公开年报。' * 20}</p>"


def links(body: str, url: str = DIRECTORY) -> tuple[Link, ...]:
    title = "政府信息公开年报"
    page = parse_page(
        url, f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}{FILLER}</body></html>"
    )
    return choose(page).links(page)


def found(body: str, kind: str) -> list[str]:
    return [link.url.removeprefix("http://www.xq99.gov.cn") for link in links(body) if link.kind == kind]


@pytest.mark.parametrize("escaped", [True, False])
def test_rows_that_a_script_holds(escaped: bool) -> None:
    rows, nested = (json.dumps(data, ensure_ascii=escaped) for data in (ROWS, NESTED))
    assert found(f"<script>var dataList = {rows};</script>", "report") == ["/d/1.html", "/d/2.html"]
    assert found(f"<script>window.STATE = {nested};</script>", "report") == ["/d/1.html"]


def test_nodes_that_a_script_adds_to_a_tree() -> None:
    script = "d.add(0,-1,'政府信息公开年报');d.add(1,0,'市水务局','/nb/swj/','','main');d.add('12','0',\"清水镇\",\"/nb/qsz/\");"
    assert found(f"<script>{script}</script>", "column") == ["/nb/swj/", "/nb/qsz/"]


@pytest.mark.parametrize(
    "change",
    ["location.href='list.html?year='+this.value", "window.location = 'list.html?year=' + this.options[this.selectedIndex].value"],
)  # fmt: skip
def test_years_that_a_box_puts_into_an_address(change: str) -> None:
    options = (
        "<option value=''>选择年份</option><option value='2023'>2023年</option><option value='2022'>2022年</option>"
    )
    body = f'<select onchange="{change}">{options}</select>'
    assert found(body, "column") == [f"/zfxxgk/nb/list.html?year={year}" for year in (2023, 2022)]


@pytest.mark.parametrize(
    "script",
    [
        "document.getElementById('listFrame').src = '/nb/rows.html?cid=7';",
        "$('#iframe').attr('src', \"/nb/rows.html?cid=7\")",
        "iframe.src='/nb/rows.html?cid=7'",
    ],
)
def test_a_frame_that_a_script_fills(script: str) -> None:
    assert found(f"<script>{script}</script>", "column") == ["/nb/rows.html?cid=7"]
    assert found(f"<script>{script.replace('rame', '')}</script>", "column") == []


def test_addresses_beside_a_row() -> None:
    body = f"<ul><li data-href='/d/1.html'><p>{TITLE.format(2023)}</p></li><li data-url='/d/2.html'>{TITLE.format(2022)}</li></ul>"
    assert found(body, "report") == ["/d/1.html", "/d/2.html"]


@pytest.mark.parametrize(
    "script",
    [
        "function show(id){ window.open('/view.html?id='+id); }",
        "var show = function(id, type) { location.href = '/view.html?id=' + id; }",
        'function other(x){ alert(x) } function show(id) { window.location.href="/view.html?id="+id\n}',
    ],
)
def test_what_a_function_of_the_page_opens(script: str) -> None:
    body = f"<a href=\"javascript:show('31')\">{TITLE.format(2023)}</a><a href='#' onclick='show(32, 1)'>{TITLE.format(2022)}</a>"
    assert found(f"<script>{script}</script>{body}", "report") == ["/view.html?id=31", "/view.html?id=32"]


@pytest.mark.parametrize("script", ["function show(id){ alert(id) }", "function show(id){ open(base + id) }", ""])
def test_functions_that_tell_nothing(script: str) -> None:
    assert found(f"<script>{script}</script><a href=\"javascript:show('31')\">{TITLE.format(2023)}</a>", "report") == []


@pytest.mark.parametrize("kind", ["json", "form"])
def test_the_later_pages_of_a_list_that_is_posted_for(kind: str) -> None:
    asked = {"channelId": 12, "pageNo": 1, "size": 2}
    url = f"http://www.xq99.gov.cn/cms/queryList#{kind}={quote(json.dumps(asked))}"
    answer = json.dumps(
        {"total": 5, "rows": [{"title": TITLE.format(year), "url": f"/{year}.html"} for year in (2022, 2023)]}
    )
    page = parse_page(url, answer)
    later = [link for link in choose(page).links(page) if link.kind == "next"]
    assert [link.method for link in later] == ["POST"] * 2
    bodies = [json.loads(link.json) if link.json else {k: int(v) for k, v in link.form} for link in later]
    assert bodies == [asked | {"pageNo": 2}, asked | {"pageNo": 3}]


CALL = "<script>var cid = 12; $.ajax({{url: '{url}', type: '{method}', dataType: 'json', data: {data}, success: show}})</script>"


def test_a_call_with_an_object_of_data() -> None:
    call = CALL.format(url="/cms/queryList", method="GET", data="{channelId: cid, pageNo: page, size: 10}")
    assert found(call, "column") == ["/cms/queryList?channelId=12&pageNo=1&size=10"]
    posted = call.replace("'GET'", "'POST'")
    [link] = [link for link in links(posted) if link.method == "POST"]
    assert link.form == (("channelId", "12"), ("pageNo", "1"), ("size", "10"))
    as_json = posted.replace("data: {", "contentType: 'application/json', data: JSON.stringify({").replace(
        "}, success", "}), success"
    )
    [link] = [link for link in links(as_json) if link.method == "POST"]
    assert link.url == f"http://www.xq99.gov.cn/cms/queryList#json={quote(link.json, safe='')}"
    assert json.loads(link.json) == {"channelId": 12, "pageNo": 1, "size": 10}


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("/cms/saveComment", "{channelId: 12, pageNo: 1}"),
        ("/cms/hits", "{channelId: 12, id: 3}"),
        ("/cms/queryList", "{keyword: '年报'}"),
        ("/cms/queryList", "{channelId: unknown, pageNo: 1}"),
        ("http://www.other99.gov.cn/cms/queryList", "{channelId: 12, pageNo: 1}"),
    ],
    ids=["writes", "counts", "no list", "not printed", "another site"],
)
def test_calls_that_are_not_made(url: str, data: str) -> None:
    assert found(CALL.format(url=url, method="POST", data=data), "column") == []


@pytest.mark.parametrize(
    ("script", "call"),
    [
        ("<script src='/jsonp/rows.jsp?channel=7&callback=show'></script>", "/jsonp/rows.jsp?channel=7&callback=show"),
        (
            "<script>$.ajax({url: '/jsonp/rows.jsp?channel=7', dataType: 'jsonp', jsonpCallback: 'show'})</script>",
            "/jsonp/rows.jsp?channel=7&callback=show",
        ),
        ("<script>$.ajax({url: '/jsonp/rows.jsp', type: 'get', dataType: 'jsonp'})</script>", "/jsonp/rows.jsp?callback=callback"),
        ("<script src='/jsonp/jquery.js?callback=1'></script>", ""),
    ],
)  # fmt: skip
def test_calls_for_jsonp(script: str, call: str) -> None:
    assert found(script, "column") == ([call] if call else [])


def test_a_call_that_is_only_begun_is_no_address() -> None:
    script = "$('#list').load('/ajax/list.jsp?cid=1&page=1'); function turn(n){ $('#list').load('/ajax/list.jsp?cid=1&page=' + n) }"
    assert found(f"<script>{script}</script>", "column") == ["/ajax/list.jsp?cid=1&page=1"]


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("/(S(lit3py55t21z5v55vlm25s55))/nb/1.aspx", "/nb/1.aspx"),
        ("/xq/(lit3py55t21z5v55vlm25s55)/1.aspx", "/xq/1.aspx"),
        ("/nb/1.php?PHPSESSID=9f&id=3", "/nb/1.php?id=3"),
        ("/nb/1.php?id=3&sessionId=9f", "/nb/1.php?id=3"),
        ("/nb/1.php?sid=0a1b2c3d4e5f60718293", "/nb/1.php"),
        ("/nb/?id=3&_=1700000000000&rnd=0.51", "/nb/?id=3"),
        ("/nb/view.jsp?sid=0a1b2c3d4e5f60718293", "/nb/view.jsp?sid=0a1b2c3d4e5f60718293"),
        ("/nb/view.jsp?type=2&sid=0a1b2c3d4e5f60718293", "/nb/view.jsp?type=2&sid=0a1b2c3d4e5f60718293"),
        ("/nb/?sid=0a1b2c3d4e5f60718293", "/nb/"),
        ("/nb/1.html?token=0a1b2c3d4e5f60718293", "/nb/1.html"),
        ("/nb/view.jsp?token=0a1b2c3d4e5f60718293", "/nb/view.jsp?token=0a1b2c3d4e5f60718293"),
        ("/nb/index.html?sid=0a1b2c3d4e5f60718293&page=2#a", "/nb/index.html?page=2#a"),
        ("/gkmlpt/api/all/32?page=1&sid=755", "/gkmlpt/api/all/32?page=1&sid=755"),
        ("/nb/?t=3&time=2023&random=yes", "/nb/?t=3&time=2023&random=yes"),
        ("/nb/(S)/1.html", "/nb/(S)/1.html"),
    ],
)
def test_ids_of_sessions_are_left_out(url: str, bare: str) -> None:
    host = "http://www.xq99.gov.cn"
    assert without_session(host + url) == host + bare
    assert canonical(host + url) == canonical(host + bare)
