"""Links that stand where a browser's script would take them from: markup in texts, clicked elements, calls with arguments."""

import pytest

from crawler.families import choose
from crawler.items import Link
from crawler.page.pages import parse_page

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
