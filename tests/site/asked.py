"""Small portals whose lists a script asks for: feeds, XML, pieces of HTML, by GET and by POST."""

from collections.abc import Callable, Mapping
from html import escape

from tests.site import Handler
from tests.site.portals import LOOK_ALIKES, Pages, Portal, reports, ul

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
    column = shell('<link rel="alternate" type="application/rss+xml" title="RSS" href="rss.xml">')
    return Portal({**found, "/nf/nb/": column, "/nf/nb/rss.xml": feed}, "/nf/nb/", frozenset(found))


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
    column = shell("", "$.ajax({url: '/xr/nblist.xml?channel=4&page=1', dataType: 'xml', success: show})")
    return Portal({**found, **answers, "/xr/": column}, "/xr/", frozenset(found))


def posted_pieces() -> Portal:
    """A list that is posted for and answered as a piece of HTML, with a pager that calls the shell's function."""
    found, rows = reports("/pf/a", "云岭市商务局", range(2018, 2024))

    def answer(handler: Handler) -> None:
        asked = handler.form
        number = int(asked.get("pageNo", "0")) if asked.get("channelId") == "c7" else 9
        more = f"<a href='javascript:void(0)' onclick='load({number + 1})'>下一页</a>" if number < 3 else "下一页"
        handler.send(200, f"{ul([*rows[2 * number - 2 : 2 * number], LOOK_ALIKES[number]])}<p>{more}</p>".encode())

    script = "function load(n){ $.post('/pf/list.do', {channelId: $('#cid').val(), pageNo: n}, show) } load(1);"
    column = shell("", script).replace("<script>", "<input type=hidden id=cid value=c7><script>")
    return Portal({**found, "/pf/": column, "/pf/list.do": answer}, "/pf/", frozenset(found))


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


ASKED: Mapping[str, Callable[[], Portal]] = {
    make.__name__: make
    for make in (named_feed, paged_feed, xml_rows, posted_pieces, posted_without_pager, loaded_piece)
}
