"""Links that stand where a browser's script would take them from: markup in texts, clicked elements, calls with arguments."""

import json
from html import escape

import pytest
from scrapy.http import Response

from crawler.families import choose
from crawler.items import Link
from crawler.page.anchors import redirect_target
from crawler.page.data_calls import asked_page
from crawler.page.pages import parse_page
from crawler.page.urls import join
from crawler.walk.answers import target_of

HOST = "http://www.xq99.gov.cn"
DIRECTORY = f"{HOST}/zfxxgk/nb/"
TITLE = "星桥市水务局2023年政府信息公开工作年度报告"
ROW = f'<li><a href="/d/1.html" title="{TITLE}">{TITLE}</a><span>2024-01-20</span></li>'
LOOK_ALIKE = '<li><a href="/d/2.html">星桥市水务局2023年部门决算公开</a></li>'
FILLER = f"<p>{'本栏目公开年报。' * 20}</p>"
HEADING = "<h1>政府信息公开年报</h1>"


def links(body: str, url: str = DIRECTORY, head: str = HEADING) -> tuple[Link, ...]:
    page = parse_page(url, f"<html><head></head><body>{head}{body}{FILLER if head else ''}</body></html>")
    return choose(page).links(page)


def found(body: str, kind: str) -> list[str]:
    return [link.url.removeprefix(HOST) for link in links(body) if link.kind == kind]


ESCAPED = (ROW + LOOK_ALIKE).replace('"', '\\"').replace("/a", "\\/a")
BROKEN = "<li><a href='/d/1.html'>\");document.write(\"" + TITLE
CLICK = "<script>$('.row').click(function(){{ {} }})</script>"
CLICKED = f'<div class="row" data-id="1"><p>{TITLE}</p></div>'


@pytest.mark.parametrize(
    "body",
    [
        f'<script type="text/html">{ROW}{LOOK_ALIKE}</script>',
        f'<textarea style="display:none">{ROW}{LOOK_ALIKE}</textarea>',
        f'<script>document.writeln("{ESCAPED}");</script>',
        f'<script>document.write("{BROKEN}");document.write("</a></li>");</script>',
        f"""<div class="item"><b>{TITLE}</b><button onclick="location.href='/d/1.html'">查看</button></div>""",
        f'<div class="card"><h4>{TITLE}</h4><p><a href="/d/1.html">查看详情</a></p></div>',
        CLICKED + CLICK.format('window.location.href = "/d/" + $(this).attr("data-id") + ".html"'),
        CLICKED + CLICK.format("var id = $(this).data('id'); window.open('/d/' + id + '.html');"),
        CLICKED.replace("data-id", "data-art-id") + CLICK.format("location.href='/d/'+this.dataset.artId+'.html'"),
        f"""<a onclick="show('d', 1)">{TITLE}</a><script>function show(kind, id){{ window.open("/" + kind + "/" + id + ".html") }}</script>""",
        f"""<a onclick="show(1)">{TITLE}</a><script>var ctx="/d"; function show(id){{ location.href = ctx + "/" + id + ".html" }}</script>""",
    ],
)  # fmt: skip
def test_rows_where_a_script_would_take_them_from(body: str) -> None:
    assert found(body, "report") == ["/d/1.html"]


@pytest.mark.parametrize(
    "body",
    [
        f"""<script>html += '<li><a href="' + url + '">{TITLE}</a></li>';</script>""",
        """<script>html += '<li><a href="/d/1.html">' + title + '2023年政府信息公开年报</a></li>';</script>""",
        CLICKED + CLICK.format("location.href = '/d/' + $(this).attr('id') + '.html'"),
        f"""<a onclick="show('d', that)">{TITLE}</a><script>function show(kind, id){{ open("/" + kind + id) }}</script>""",
        f"""<a onclick="show(1)">{TITLE}</a><script>function show(id){{ open("/d/" + id + unknown) }}</script>""",
    ],
)
def test_what_nobody_knows_the_value_of_is_no_link(body: str) -> None:
    assert found(body, "report") == []


def test_years_that_a_call_puts_into_the_page() -> None:
    body = """<a href="javascript:load(2022)">2022年</a><script>function load(y){$("#l").load("/nb/y_"+y+".html")}</script>"""
    assert found(body, "column") == ["/nb/y_2022.html"]


def test_the_parts_of_a_map_are_named_by_what_stands_for_them() -> None:
    assert found('<map><area href="/nb/jyj/" alt="教育局"></map>', "column") == ["/nb/jyj/"]


def test_a_frame_that_is_filled_when_it_is_seen() -> None:
    assert found('<iframe src="about:blank" data-src="/nb/list.html"></iframe>', "column") == ["/nb/list.html"]


@pytest.mark.parametrize(
    "given",
    ['getQueryString("id")', "GetUrlParam('id')", "new URLSearchParams(location.search).get('id')"],
)
def test_a_shell_that_asks_for_the_article_its_address_names(given: str) -> None:
    shell = f"""<div id="app"></div><script>var id = {given}; $.get("/api/article/detail?id=" + id, show)</script>"""
    asked = links(shell, url=f"{HOST}/detail.html?id=a77", head="")
    assert [link.url for link in asked] == [f"{HOST}/api/article/detail?id=a77"]
    assert links(shell, url=f"{HOST}/detail.html?aid=a77", head="") == ()


API = "/api/list?cid=7&pageNo=1"
ANSWER = {
    "total": 4,
    "list": [{"id": 31, "title": TITLE}, {"id": "a/b", "title": TITLE}, {"id": 9, "title": "机构职能"}],
}


@pytest.mark.parametrize(
    "row",
    [
        """<script>h += '<li><a href="/nb/s_' + d.id + '.html">' + d.title + '</a></li>';</script>""",
        """<script>h += `<li><a href="/nb/s_${item.id}.html">${item.title}</a></li>`;</script>""",
        """<li v-for="x in rows"><a :href="'/nb/s_' + x.id + '.html'">{{x.title}}</a></li>""",
    ],
)
@pytest.mark.parametrize("posted", [False, True])
def test_rows_whose_address_the_page_makes_of_their_number(row: str, posted: bool) -> None:
    asks = "axios.post('/api/list', {cid: 7, pageNo: 1})" if posted else f"$.get('{API}', show)"
    [call] = [link for link in links(f"{row}<script>{asks}</script>") if (link.method == "POST") == posted]
    answer = parse_page(call.url, json.dumps(ANSWER, ensure_ascii=False))
    rows, [following] = [], [link for link in choose(answer).links(answer) if link.kind == "next"]
    for url in (call.url, following.url):
        answer = parse_page(url, json.dumps(ANSWER, ensure_ascii=False))
        rows += [link.url for link in choose(answer).links(answer) if link.kind == "report"]
    assert rows == [f"{HOST}/nb/s_31.html"] * 2
    assert asked_page(following.url) == 2


def test_rows_without_an_address_of_which_the_page_says_nothing() -> None:
    answer = parse_page(f"{HOST}{API}", json.dumps(ANSWER, ensure_ascii=False))
    assert choose(answer).links(answer) == ()


def test_an_answer_that_names_the_next() -> None:
    rows = [{"title": TITLE, "url": "/d/1.html"}]
    named = {
        following: parse_page(f"{HOST}/api/rows", json.dumps({"items": rows, "next": following}, ensure_ascii=False))
        for following in ("/api/rows?cursor=c1", 2, None)
    }
    further = [[x.url for x in choose(page).links(page) if x.kind == "next"] for page in named.values()]
    assert further == [[f"{HOST}/api/rows?cursor=c1"], [], []]


def test_a_button_that_loads_more_rows() -> None:
    body = f"""{ROW}<a id="more" href="javascript:;" data-page="2">加载更多</a>
    <script>$("#more").click(function(){{var n=$(this).data("page");$.get("/nb/more?page="+n,function(h){{add(h)}})}})</script>"""
    assert found(body, "next") == ["/nb/more?page=2"]


def front(body: str) -> list[str]:
    return [link.url.removeprefix(HOST) for link in links(body, f"{HOST}/", head="") if link.kind == "hub"]


def test_a_front_page_that_only_lets_its_reader_in() -> None:
    assert front('<a href="/main.html"><img src="/e.gif" alt="进入网站"></a>') == ["/main.html"]
    assert front('<a href="/zw/"><img src="/e.gif"></a>') == ["/zw/"]
    assert front("".join(f'<a href="/{n}/">新闻{n}</a>' for n in range(9))) == []
    agencies = "".join(f'<option value="/bm/{name}/">{name}</option>' for name in ("教育局", "民政局"))
    others = "".join(f'<a href="/{n}/">教育局</a>' for n in range(9))
    assert front(f"<select>{agencies}</select>{others}") == [
        "/bm/%E6%95%99%E8%82%B2%E5%B1%80/",
        "/bm/%E6%B0%91%E6%94%BF%E5%B1%80/",
    ]


@pytest.mark.parametrize(
    ("script", "target"),
    [
        ("if(/Android|iPhone/.test(navigator.userAgent)){location.href='/m/'}", ""),
        ("if(isMobile()){location.href='/m/'}else{window.location.href='/zw/'}", f"{HOST}/zw/"),
        ("location.href='/zw/'", f"{HOST}/zw/"),
    ],
)
def test_a_jump_that_only_telephones_make_is_none(script: str, target: str) -> None:
    assert redirect_target(parse_page(f"{HOST}/", f"<html><script>{script}</script></html>")) == target


@pytest.mark.parametrize(
    ("status", "headers", "target"),
    [
        (200, {"Refresh": "0; url=/zw/"}, f"{HOST}/zw/"),
        (200, {"Refresh": "3;URL='/zw/'"}, f"{HOST}/zw/"),
        (200, {"Refresh": "300; url=/zw/"}, None),
        (200, {"Refresh": "0; url=/"}, None),
        (200, {"Refresh": "30"}, None),
        (302, {"Location": "/公开/".encode()}, f"{HOST}/%E5%85%AC%E5%BC%80/"),
        (302, {"Location": "/公/".encode("gbk")}, f"{HOST}/%B9%AB/"),
    ],
)
def test_where_a_header_sends_a_reader(status: int, headers: dict[str, str | bytes], target: str | None) -> None:
    assert target_of(Response(f"{HOST}/", status, headers)) == target


def test_an_address_without_a_host() -> None:
    assert join(DIRECTORY, "http:/zwgk/1.html") == f"{HOST}/zwgk/1.html"
    assert join(DIRECTORY, "http:/www.yq99.gov.cn/1.html") == "http://www.yq99.gov.cn/1.html"


@pytest.mark.parametrize(
    ("method", "inputs", "sent"),
    [
        ("get", '<input type="submit" value="查询">', True),
        ("get", '<input type="hidden" name="cid" value="7"><button>查询</button>', True),
        ("get", '<input name="keyword"><input type="submit" value="检索">', False),
        ("post", '<input type="submit" value="查询">', False),
        ("get", "", False),
    ],
)
def test_boxes_whose_form_has_nothing_else_but_a_button(method: str, inputs: str, sent: bool) -> None:
    boxes = (
        '<select name="year"><option value="2023" selected>2023年</option><option value="2022">2022年</option></select>'
    )
    asked = found(f'<form action="/nb/l.do" method="{method}">{boxes}{inputs}</form>', "column")
    assert asked == (["/nb/l.do?cid=7&year=2022" if "cid" in inputs else "/nb/l.do?year=2022"] if sent else [])


def test_two_boxes_that_a_button_puts_into_one_address() -> None:
    years = (
        '<select id="year"><option value="2023" selected>2023年</option><option value="2022">2022年</option></select>'
    )
    agencies = '<select id="dept"><option value="01">教育局</option><option value="02">民政局</option></select>'
    script = """<a onclick="query()">查询</a><script>function query(){ var y=$("#year").val(); var d=$("#dept").val();
    window.location.href="/nb/l.do?year="+y+"&dept="+d; }</script>"""
    assert sorted(found(years + agencies + script, "column")) == [
        "/nb/l.do?year=2022&dept=01",
        "/nb/l.do?year=2023&dept=01",
        "/nb/l.do?year=2023&dept=02",
    ]


def test_a_front_page_whose_menus_a_script_writes_leads_to_the_map_of_its_site() -> None:
    news = "".join(f'<p><a href="/xw/{n}.html">新闻{n}</a></p>' for n in range(9))
    site_map = '<a href="/wzdt.html">网站地图</a>'
    assert front(news + site_map) == ["/wzdt.html"]
    assert front(f'{news}{site_map}<a href="/gk/">政府信息公开</a>') == ["/gk/"]


@pytest.mark.parametrize(
    ("text", "followed"),
    [
        ("2022年度土地市场年报", False),
        ("2023年环境质量年报", False),
        ("2023年度“互联网+政务服务”年度报告", False),
        ("政府信息公开年报填报说明", False),
        ("星桥市政府信息公开工作年度报告编制规范", False),
        ("2022年星桥市国有企业信息公开年度报告", False),
        ("星桥市2022年政府采购信息公开情况年报", False),
        ("2023年年报", True),
        ("水务局2023年度报告", True),
        ("清水街道2022年年报（公示）", True),
        ("2022年年度工作报告", True),
        ("2023年度政务公开工作情况报告", True),
    ],
)
def test_annual_reports_on_something_else_are_told_by_their_words(text: str, followed: bool) -> None:
    row = f'<li><a href="/d/1.html">{text}</a><span>2024-01-20</span></li>'
    assert bool(links(row)) is followed


def test_a_function_that_encodes_what_it_is_handed() -> None:
    body = """<a onclick="load('f1','附件.pdf')">附件.pdf</a><script>function load(id, name){
    window.location.href = "/download?fileId=" + id + "&name=" + encodeURIComponent(name); }</script>"""
    [file] = links(body, f"{HOST}/d/1.html", f"<h1>{TITLE}</h1>")
    assert (file.kind, file.url) == ("attachment", f"{HOST}/download?fileId=f1&name=%E9%99%84%E4%BB%B6.pdf")


def test_rows_that_an_attribute_hands_to_an_element() -> None:
    rows = json.dumps(
        [{"title": TITLE, "url": "/d/1.html"}, {"title": "机构职能", "url": "/d/2.html"}], ensure_ascii=False
    )
    assert found(f'<my-list :items="{escape(rows)}"></my-list>', "report") == ["/d/1.html"]
