"""Small portals whose lists a script asks for: feeds, XML, pieces of HTML, by GET and by POST."""

import json
from collections.abc import Callable, Mapping
from html import escape

from tests.site import Handler, column
from tests.site.portals import LOOK_ALIKES, TITLE, Pages, Portal, report, reports, ul

FILLER = "<p>介绍</p>" * 60
Rows = list[tuple[str, str]] | tuple[tuple[str, str], ...]


def shell(head: str, script: str = "") -> str:
    """A column whose page shows no row."""
    title = "<title>政府信息公开年报</title>"
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{title}{head}</head><body>{FILLER}<script>{script}</script></body></html>"


def named_feed() -> Portal:
    """A column without rows whose head names a feed; the feed has items of everything else, too."""
    found, rows = reports("/nf/2024/", "云岭市民政局", range(2020, 2024))
    items = "".join(
        f"<item><title><![CDATA[{title}]]></title><link>{url}</link><pubDate>Mon, 15 Jan 2024 16:30:00 GMT</pubDate></item>"
        for url, title in (*rows, *LOOK_ALIKES)
    )
    feed = f"<?xml version='1.0' encoding='gb2312'?><rss version='2.0'><channel><title>云岭市</title>{items}</channel></rss>"
    listing = shell('<link rel="alternate" type="application/rss+xml" title="RSS" href="rss.xml">')
    return Portal({**found, "/nf/nb/": listing, "/nf/nb/rss.xml": feed}, "/nf/nb/", frozenset(found))


def paged_feed() -> Portal:
    """A feed as a seed, whose pages name the next one; its entries are years."""
    found, rows = reports("/ft/", "云岭市水务局", range(2020, 2024))
    pages: Pages = {}
    for k in (0, 1):
        more = '<link rel="next" href="/ft/atom-2.xml"/>' if k == 0 else ""
        entries = "".join(
            f'<entry><title>{url[-9:-5]}年</title><link rel="alternate" href="{url}"/><updated>2024-01-20T08:00:00+08:00</updated></entry>'
            for url, _ in rows[2 * k : 2 * k + 2]
        )
        pages[f"/ft/atom{'-2' * k}.xml"] = (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>政府信息公开年报</title><link href="/"/>{more}{entries}</feed>'
        )
    return Portal({**found, **pages}, "/ft/atom.xml", frozenset(found))


def xml_rows() -> Portal:
    """A list that a script asks for as XML, by number, with a total of rows."""
    found, rows = reports("/xr/c", "云岭市教育局", range(2018, 2024))

    def answer(part: Rows) -> str:
        listed = "".join(
            f'<row id="{number}"><TITLE>{escape(title)}</TITLE><URL>{escape(url)}</URL><DATE>2024-01-20</DATE></row>'
            for number, (url, title) in enumerate(part)
        )
        return f"<?xml version='1.0' encoding='UTF-8'?><data><page><total>8</total></page><rows>{listed}</rows></data>"

    parts = {k: [*rows[3 * k - 3 : 3 * k], LOOK_ALIKES[k]] for k in (1, 2)}
    answers = {f"/xr/nblist.xml?channel=4&page={k}": answer(part) for k, part in parts.items()}
    listing = shell("", "$.ajax({url: '/xr/nblist.xml?channel=4&page=1', dataType: 'xml', success: show})")
    return Portal({**found, **answers, "/xr/": listing}, "/xr/", frozenset(found))


def posted_pieces() -> Portal:
    """A list that is posted for and answered as a piece of HTML, with a pager that calls the shell's function."""
    found, rows = reports("/pf/a", "云岭市商务局", range(2018, 2024))

    def answer(handler: Handler) -> None:
        asked = handler.form
        number = int(asked.get("pageNo", "0")) if asked.get("channelId") == "c7" else 9
        more = f"<a href='javascript:void(0)' onclick='load({number + 1})'>下一页</a>" if number < 3 else "下一页"
        handler.send(200, f"{ul([*rows[2 * number - 2 : 2 * number], LOOK_ALIKES[number]])}<p>{more}</p>".encode())

    script = "function load(n){ $.post('/pf/list.do', {channelId: $('#cid').val(), pageNo: n}, show) } load(1);"
    listing = shell("", script).replace("<script>", "<input type=hidden id=cid value=c7><script>")
    return Portal({**found, "/pf/": listing, "/pf/list.do": answer}, "/pf/", frozenset(found))


def posted_without_pager() -> Portal:
    """The same without a pager in the answer: the shell draws one. The body is a text, and a page after the last is empty."""
    found, rows = reports("/pn/a", "云岭市体育局", range(2019, 2024))

    def answer(handler: Handler) -> None:
        number = int(handler.form.get("pageIndex", "0")) if handler.form.get("columnId") == "31" else 9
        part = [*rows[3 * number - 3 : 3 * number], *LOOK_ALIKES[number : number + 1]] if number < 3 else []
        handler.send(200, ul(part).encode())

    script = "var cid = '31'; function go(n){ $.ajax({type: 'post', url: '/pn/list.action', data: 'columnId=' + cid + '&pageIndex=' + n}) } go(1)"
    return Portal({**found, "/pn/": shell("", script), "/pn/list.action": answer}, "/pn/", frozenset(found))


def loaded_piece() -> Portal:
    """A list that is loaded into the column, page by page of its own address."""
    found, rows = reports("/lp/a", "云岭市林业局", range(2019, 2024))
    pages: Pages = {
        f"/lp/rows.html?page={k}": ul([*rows[3 * k - 3 : 3 * k], LOOK_ALIKES[k]]) + f"<p>第{k}页 共2页</p>"
        for k in (1, 2)
    }
    return Portal({**found, **pages, "/lp/": shell("", "$('#l').load('rows.html?page=1')")}, "/lp/", frozenset(found))


def summed_call() -> Portal:
    """A call for JSONP whose address is a sum with the number of the page, of a page with another system's pager; titles
    in the escapes of JavaScript."""
    found, rows = reports("/su/a", "云岭市气象局", range(2018, 2024))

    def escaped(text: str) -> str:
        return "".join(f"%u{ord(letter):04X}" for letter in text)

    pages: Pages = {}
    for k in (1, 2):
        part = [*rows[3 * k - 3 : 3 * k], LOOK_ALIKES[k]]
        items = [{"title": escaped(title), "puburl": url, "date": "2024-01-20"} for url, title in part]
        pages[f"/su/govsearch/zf_jd_list.jsp?page={k}&channelId=3&callback=result"] = (
            f"\ufeff\r\n result({json.dumps({'pagecount': '2', 'data': items})})"
        )
    script = (
        "var page = 1; $.ajax({url: '/su/govsearch/zf_jd_list.jsp?page=' + page + '&channelId=3', type: 'get', "
        "dataType: 'jsonp', jsonp: 'callback', jsonpCallback: 'result'}); createPageHTML(1, 0, 'index', 'html');"
    )
    return Portal({**found, **pages, "/su/": shell("", script)}, "/su/", frozenset(found))


def tree_of_columns() -> Portal:
    """A catalogue's tree as data: the column has no page of its own, the agencies below it have."""
    pages: Pages = {}
    truth: Pages = {}
    nodes = []
    for number, agency in enumerate(("教育局", "民政局")):
        found, rows = reports(f"/tc/{number}/", f"云岭市{agency}", range(2022, 2024))
        truth |= found
        pages[f"/tc/{number}/list.html"] = ul([*rows, LOOK_ALIKES[number]])
        nodes.append({"name": f"市{agency}", "url": f"/tc/{number}/list.html", "children": []})
    tree = [
        {"channelName": "机构职能", "channelUrl": "/forbidden/jg.html", "children": []},
        {"channelName": "政府信息公开年报", "channelUrl": "/tc/null.shtml", "children": nodes},
    ]
    answer = f"null({json.dumps({'code': 1, 'data': tree}, ensure_ascii=False)})"
    script = "$.ajax({url: '/tc/u/channel/treeNew/yl?level=1&channelId=', dataType: 'jsonp', jsonpCallback: 'tree'})"
    listing = {"/tc/": shell("", script), "/tc/u/channel/treeNew/yl?level=1&channelId=&callback=tree": answer}
    return Portal({**truth, **pages, **listing}, "/tc/", frozenset(truth))


def posted_bodies() -> Portal:
    """Articles that are shells: each posts its number for its body."""
    titles = {f"n{year}": (TITLE.format("云岭市经济委员会", year), year) for year in (2022, 2023)}
    call = "/pb/html/info/detail"

    def answer(handler: Handler) -> None:
        title, year = titles[handler.form["id"]]
        body = report("云岭市经济委员会", year).partition("<body")[2].partition(">")[2].partition("</body>")[0]
        data = {"code": 0, "data": {"title": title, "content": body}}
        handler.send(200, json.dumps(data, ensure_ascii=False).encode(), "application/json")

    pages: Pages = {call: answer}
    rows = []
    for number, (title, _) in titles.items():
        path = f"/pb/art/info/7/{number}"
        rows.append((path, title))
        script = f"<script>var id = '{number}'; $.post('{call}', {{id: id}}, show)</script>"
        pages[path] = f"<html><head><title>云岭市</title></head><body><div id='app'></div>{script}</body></html>"
    truth = {f'{call}#form={{"id": "{number}"}}' for number in titles}
    return Portal({**pages, "/pb/": column(*rows, LOOK_ALIKES[0])}, "/pb/", frozenset(truth))


def years_in_a_box() -> Portal:
    """A report with a box of years that a function of the page puts into an address."""
    found: Pages = {}
    options = "".join(f"<option value='{year}'>{year}年</option>" for year in (2023, 2022, 2021))
    script = "function show(){ var y = $('#nbYear').val(); location.href = '/yb/195?nbYear=' + y + '&orgCode=A01'; }"
    box = f"<select id='nbYear' onchange='show()'>{options}</select><script>{script}</script><h1>"
    for year in (2021, 2022, 2023):
        found[f"/yb/195?nbYear={year}&orgCode=A01"] = report("云岭市卫生健康委员会", year).replace("<h1>", box)
    return Portal(found, "/yb/195?nbYear=2023&orgCode=A01", frozenset(found))


_PORTALS = (
    named_feed,
    paged_feed,
    xml_rows,
    posted_pieces,
    posted_without_pager,
    loaded_piece,
    summed_call,
    tree_of_columns,
    posted_bodies,
    years_in_a_box,
)
ASKED: Mapping[str, Callable[[], Portal]] = {make.__name__: make for make in _PORTALS}
