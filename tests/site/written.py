"""Small portals whose lists only the scripts of their pages tell: own pagers, forms, posts, trees, functions, sessions."""

import json
from collections.abc import Callable, Mapping

from tests.site import Handler, column
from tests.site.portals import LOOK_ALIKES, Pages, Portal, page, reports, ul

FILLER = "<p>介绍</p>" * 60


def own_pager() -> Portal:
    """Pages from zero, in a script that no other portal has."""
    found, rows = reports("/op/nb/t", "泉下市民政局", range(2018, 2024))
    script = (
        "<script>var current = {}; var pageCount = 3; var name = 'nblist';"
        "if (current < pageCount-1) document.write('<a href=\"'+name+'_'+(current+1)+'.htm\">下一页</a>')</script>"
    )
    lists = {
        f"/op/nb/nblist{f'_{k}' if k else ''}.htm": page(
            ul([*rows[2 * k : 2 * k + 2], LOOK_ALIKES[k]]) + script.format(k)
        )
        for k in range(3)
    }
    return Portal({**found, **lists}, "/op/nb/nblist.htm", frozenset(found))


def form_pager() -> Portal:
    """Pages by a form that the pager's function fills in and posts."""
    found, rows = reports("/fp/info", "泉下市水务局", range(2018, 2024))

    def answer(handler: Handler) -> None:
        number = int(handler.form.get("pageNo", "1")) if handler.form.get("channel", "33") == "33" else 1
        form = (
            '<form name="turning" method="post" action="list.do"><input type="hidden" name="channel" value="33">'
            f'<input type="hidden" name="pageNo" value="{number}"></form>'
            "<script>function go(n){ document.turning.pageNo.value = n; document.turning.submit(); }</script>"
        )
        more = f'<a href="javascript:go({number + 1})">下一页</a>' if number < 3 else ""
        handler.send(200, page(form + ul([*rows[2 * number - 2 : 2 * number], LOOK_ALIKES[number]]) + more).encode())

    return Portal({**found, "/fp/list.do": answer}, "/fp/list.do", frozenset(found))


def posted_data() -> Portal:
    """A list that a script posts for with an object of data, whose total counts rows."""
    found, rows = reports("/pd/n", "泉下市教育局", range(2018, 2024))

    def answer(handler: Handler) -> None:
        asked = json.loads(handler.body)
        number = asked["pageNo"] if asked["channelId"] == 12 else 9
        part = [*rows[3 * number - 3 : 3 * number], *LOOK_ALIKES[number : number + 1]]
        listed = [{"title": title, "url": url, "publishTime": "2024-01-20"} for url, title in part]
        handler.send(200, json.dumps({"data": {"total": 8, "list": listed}}, ensure_ascii=False).encode())

    script = (
        "<script>var channel = 12; $.ajax({url: '/pd/cms/list', type: 'POST', contentType: 'application/json', "
        "data: JSON.stringify({channelId: channel, pageNo: 1, pageSize: 4}), success: show})</script>"
    )
    return Portal({**found, "/pd/": page(script + FILLER), "/pd/cms/list": answer}, "/pd/", frozenset(found))


def tree_of_scripts() -> Portal:
    """A tree that a script builds; below it a year put into an address, rows that call a function, and rows as data."""
    pages: Pages = {}
    added = "".join(
        f"d.add({k},0,'{name}','/ts/{k}.html');" for k, name in enumerate(("市审计局", "市商务局", "清水镇"), 1)
    )
    pages["/ts/"] = page(f"<script>d.add(0,-1,'政府信息公开年报');{added}</script>{FILLER}")
    found, rows = reports("/ts/a", "泉下市审计局", range(2022, 2024))
    options = "".join(f"<option value='{year}'>{year}年</option>" for year in (2023, 2022))
    pages["/ts/1.html"] = page(
        f"<select onchange=\"location.href='1.html?year='+this.value\">{options}</select>{FILLER}"
    )
    pages |= {f"/ts/1.html?year={url[-9:-5]}": column((url, title), LOOK_ALIKES[0]) for url, title in rows}
    called, names = reports("/ts/b", "泉下市商务局", range(2022, 2024))
    calls = "".join(
        f"<li><a href=\"javascript:show('{url[-9:-5]}')\">{title}</a> 2024-01-20</li>" for url, title in names
    )
    pages["/ts/2.html"] = column(
        more=f"<ul>{calls}</ul><script>function show(id){{ open('/ts/b'+id+'.html') }}</script>"
    )
    held, titles = reports("/ts/c", "泉下市清水镇人民政府", range(2022, 2024))
    data = json.dumps([{"docTitle": title, "ext": {"pic": ""}, "docUrl": url} for url, title in titles])
    pages["/ts/3.html"] = column(more=f"<script>var rows = {data};</script>")
    truth = {**found, **called, **held}
    return Portal({**pages, **truth}, "/ts/", frozenset(truth))


def sessions() -> Portal:
    """Every answer writes another session into its links."""
    found, rows = reports("/se/r", "泉下市体育局", range(2021, 2024))
    count = iter(range(10**6, 10**7))

    def answer(handler: Handler) -> None:
        number = next(count)
        in_path = [
            (f"/(S(lit3py55t21z5v55v{number}))/se/r{year}.html", title)
            for year, (_, title) in zip((2023, 2022), rows, strict=False)
        ]
        in_query = [(f"{rows[2][0]}?PHPSESSID={number}", rows[2][1])]
        handler.send(200, column(*in_path, *in_query, (f"/se/?sid=0a1b2c3d4e5f{number}", "部门年报")).encode())

    return Portal({**found, "/se/": answer}, "/se/", frozenset(found))


def small_catalogue() -> Portal:
    """A catalogue whose answers have few rows each, and whose last one has fewer."""
    base, call = "/sc/gkmlpt/", "/sc/gkmlpt/api/all/32?page={}&sid=9"
    found, rows = reports(f"{base}content/post_", "泉下市林业局", range(2019, 2024))
    tree = json.dumps([{"id": 32, "name": "政府信息公开年报"}], ensure_ascii=False)
    shell = f"<html><script>window._CONFIG = {{ SID: '9', TREE: {tree} }}</script><body><div id=app></div>政府信息公开</body></html>"
    pages: Pages = {f"{base}index": shell}
    for k in range(3):
        listed = [{"title": title, "url": url, "date": "2024-01-20"} for url, title in rows[2 * k : 2 * k + 2]]
        pages[call.format(k + 1)] = json.dumps({"classify": {"post_count": 5}, "articles": listed}, ensure_ascii=False)
    return Portal({**found, **pages}, f"{base}index", frozenset(found))


WRITTEN: Mapping[str, Callable[[], Portal]] = {
    make.__name__: make for make in (own_pager, form_pager, posted_data, tree_of_scripts, sessions, small_catalogue)
}
