"""Small portals, one a family or trap: their pages, where the crawl begins, and the documents it must find."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

from crawler.demo.server import PORTAL
from tests.site import Answer, Handler, column

Pages = dict[str, bytes | str | Answer]
SAMPLE = next((PORTAL / "list" / "nb").glob("2021/content_3*.html")).read_text(encoding="utf-8")
SAMPLE_AGENCY = SAMPLE.partition("<h1>")[2].partition("2021")[0] or SAMPLE.partition("<title>")[2].partition("2021")[0]
TITLE = "{}{}年政府信息公开工作年度报告"
FORBIDDEN = "/forbidden/"
"""Look-alikes and everything else that must not be asked for stand under this path."""


@dataclass(frozen=True)
class Portal:
    """Pages by path, the seed's path, and the paths (with queries) of every document of the portal."""

    pages: Pages
    seed: str
    truth: frozenset[str]


def report(agency: str, year: int) -> str:
    return SAMPLE.replace(SAMPLE_AGENCY, agency).replace("2021", str(year))


def reports(base: str, agency: str, years: range) -> tuple[Pages, list[tuple[str, str]]]:
    """Give the pages of an agency's reports, and the rows of a list that link them, the newest first."""
    rows = [(f"{base}{year}.html", TITLE.format(agency, year)) for year in reversed(years)]
    return {path: report(agency, int(path[-9:-5])) for path, _ in rows}, rows


LOOK_ALIKES = tuple(
    (f"{FORBIDDEN}{number}.html", title)
    for number, title in enumerate(
        (
            "星桥市水务局2022年法治政府建设年度报告",
            "星桥市水务局2022年部门决算",
            "星桥市人民政府网站2022年度政府网站工作年度报表",
            "关于做好2022年政府信息公开工作年度报告编制工作的通知",
            "一图读懂：星桥市2022年政府信息公开工作年度报告",
        )
    )
)


def ul(rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str:
    return "<ul>" + "".join(f'<li><a href="{u}">{t}</a><span>2024-01-20</span></li>' for u, t in rows) + "</ul>"


def page(body: str, title: str = "政府信息公开年报") -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"


def trs() -> Portal:
    found, rows = reports("/trs/nb/202401/t20240101_", "星桥市民政局", range(2015, 2024))
    lists = {
        name: page(ul([*rows[start : start + 3], LOOK_ALIKES[k]]) + f'<script>createPageHTML(3, {k}, "index", "html")</script>')
        for k, (name, start) in enumerate((("/trs/nb/", 0), ("/trs/nb/index_1.html", 3), ("/trs/nb/index_2.html", 6)))
    }  # fmt: skip
    return Portal({**found, **lists}, "/trs/nb/", frozenset(found))


def kaipu() -> Portal:
    found, rows = reports("/kp/c120310/202401/", "星桥市水务局", range(2018, 2024))
    pages = {
        name: page(ul([*rows[3 * (k - 1) : 3 * k], LOOK_ALIKES[k]]) + f"<script>createPageHTML('page_div',2,{k},'list','shtml',6)</script>")
        for k, name in ((1, "/kp/c120310/list.shtml"), (2, "/kp/c120310/list_2.shtml"))
    }  # fmt: skip
    return Portal({**found, **pages}, "/kp/c120310/list.shtml", frozenset(found))


def vsb() -> Portal:
    found, rows = reports("/vsb/info/12/", "星桥市教育局", range(2018, 2024))
    mark = "<script src='/system/resource/js/vsbscreen.min.js'></script><script>_simple_list_gotopage_fun(3,'u9',2)</script>"
    lists = {
        path: page(mark + ul([*rows[2 * k : 2 * k + 2], LOOK_ALIKES[k]]))
        for k, path in enumerate(("/vsb/nb.htm", "/vsb/nb/2.htm", "/vsb/nb/1.htm"))
    }
    file = "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=5521"
    with_file = found[rows[0][0]]
    assert isinstance(with_file, str)
    found[rows[0][0]] = with_file.replace("</body>", f'<p>附件【<a href="{file}">附表</a>】</p></body>')
    return Portal({**found, **lists, file: b"%PDF-1.4 not much"}, "/vsb/nb.htm", frozenset({*found, file}))


def lonsun() -> Portal:
    found, rows = reports("/ls/public/5/10", "星桥市审计局", range(2019, 2024))
    call = "/ls/site/label/8888?IsAjax=1&labelName=publicInfoList&organId=5&pageIndex={}&type=3&file=/xxgk/publicInfoList_new"
    script = "$.get('/ls/site/label/8888?IsAjax=1&labelName=publicInfoList&organId=5&pageIndex='+p+'&type=3&file=/xxgk/publicInfoList_new')"
    answers = {
        call.format(
            k
        ): f"<div class='xxgk_nav_con'>{ul([*rows[3 * k - 3 : 3 * k], LOOK_ALIKES[k]])}</div><script>pageCount:2</script>"
        for k in (1, 2)
    }
    seed = "/ls/public/column/5?type=3&action=list&nav="
    shell = page(f"<div class='xxgk_nav_con'></div><p>{'本栏目公开年报。' * 20}</p><script>{script}</script>")
    return Portal({**found, **answers, seed: shell}, seed, frozenset(found))


def webforms() -> Portal:
    found, rows = reports("/wf/show", "星桥市商务局", range(2018, 2024))

    def answer(handler: Handler) -> None:
        """Give the page asked for, but only to who brings the state of the page before it."""
        wanted = int(handler.form.get("__EVENTARGUMENT") or 1)
        number = wanted if handler.form.get("__VIEWSTATE", "s0") == f"s{wanted - 1}" and len(handler.form) != 1 else 1
        more = f"<a href=\"javascript:__doPostBack('Pager','{number + 1}')\">下一页</a>" if number < 3 else ""
        state = "".join(
            f'<input type=hidden name="{name}" value="{value}">'
            for name, value in (("__VIEWSTATE", f"s{number}"), ("__EVENTVALIDATION", "e"), ("__CSRFTOKEN", "c"))
        )
        listing = ul([*rows[2 * number - 2 : 2 * number], LOOK_ALIKES[number]])
        handler.send(200, page(f"<form action='list.aspx?c=1'>{state}{listing}{more}</form>").encode())

    return Portal({**found, "/wf/list.aspx?c=1": answer}, "/wf/list.aspx?c=1", frozenset(found))


def hanweb_years() -> Portal:
    """Years that no page links; one is missing between."""
    path = "/hw/module/xxgk/xxgkAnnualReport.jsp?area=119999110043233920&fbtime={}"
    found: Pages = {path.format(year): report("星桥市统计局", year) for year in (2018, 2019, 2021, 2022, 2023)}
    return Portal(found, path.format(2022), frozenset(found))


def hanweb_catalogue() -> Portal:
    found, rows = reports("/hc/art/2024/1/19/art_9_", "星桥市财政局", range(2018, 2024))
    search = "/hc/module/xxgk/search.jsp?standardXxgk=1&isAllList=1&texttype=&fbtime="

    def answer(handler: Handler) -> None:
        """Give rows of the one node only, by the form."""
        number = int(dict(parse_qsl(handler.path)).get("currpage", "1"))
        if handler.form.get("infotypeId") != "A02003" or handler.form.get("area") != "11999922":
            handler.send(200, page(ul(LOOK_ALIKES)).encode())
            return
        hidden = "".join(f'<input type=hidden name="{k}" value="{v}">' for k, v in handler.form.items())
        pager = f"第{number}页" + (f"<a onclick=\"funGoPage('{search}',2)\">下一页</a>" if number == 1 else "")
        handler.send(200, page(f"<form>{hidden}</form>{ul(rows[3 * number - 3 : 3 * number])}{pager}").encode())

    shell = page(
        '<script>load("/hc/module/xxgk/tree.jsp?standardXxgk=1&area=11999922&divid=div4")</script>'
        + "<p>目录</p>" * 60,
        "信息公开目录",
    )
    tree = page(
        "<a href=\"javascript:funclick('A01')\">机构职能</a><a href=\"javascript:funclick('A02003')\">政府信息公开年报</a><script src='/module/xxgk/a.js'></script>"
        + "<p>目录</p>" * 60,
        "",
    )
    pages: Pages = {
        "/hc/module/xxgk/subjectinfo.jsp?area=11999922": shell,
        "/hc/module/xxgk/tree.jsp?standardXxgk=1&area=11999922&divid=div4": tree,
        f"{search}&currpage=1&sortfield=,compaltedate:0": answer,
        f"{search}&currpage=2": answer,
    }  # fmt: skip
    return Portal({**found, **pages}, "/hc/module/xxgk/subjectinfo.jsp?area=11999922", frozenset(found))


def hanweb_unit() -> Portal:
    found, rows = reports("/hu/art/2024/", "星桥市数据局", range(2021, 2024))
    keys = {"parseType": "bulidstatic", "webId": "29e9", "tplSetId": "5c30", "pageType": "column", "tagId": "内容", "editType": "null", "pageId": "bf39"}  # fmt: skip
    base = "/hu/api-gateway/jpaas-publish-server/front/page/build/unit"
    query = "&".join(f"{name}={quote(value)}" for name, value in keys.items())

    def call(number: int) -> str:
        wanted = json.dumps({"pageNo": number, "pageSize": 50}, separators=(",", ":"))
        return f"{base}?{query}&paramJson={quote(wanted)}"

    def answer(part: list[tuple[str, str]]) -> str:
        return json.dumps({"data": {"html": ul(part) if part else ""}}, ensure_ascii=False)

    shell = page(
        f"""<p>{"本栏目公开年报。" * 20}</p><script url="{base}" querydata="{str(keys).replace(" ", "")}"></script>"""
    )
    pages: Pages = {
        "/hu/nb/": shell,
        call(1): answer([*rows[:2], LOOK_ALIKES[0]]),
        call(2): answer(rows[2:]),
        call(3): answer([]),
    }
    return Portal({**found, **pages}, "/hu/nb/", frozenset(found))


def gkmlpt() -> Portal:
    base = "/gd/gkmlpt/"
    titles = {
        f"{base}content/3/32/post_{year}.html": (TITLE.format("星桥市林业局", year), year) for year in (2022, 2023)
    }
    tree = json.dumps([{"id": 1, "name": "机构职能"}, {"id": 32, "name": "政府信息公开年报"}], ensure_ascii=False)

    def article(title: str, year: int) -> str:
        body = report("星桥市林业局", year).partition("<body")[2].partition(">")[2].partition("</body>")[0]
        detail = json.dumps({"title": title, "content": body}, ensure_ascii=False).replace("</", "<\\/")
        return f"<html><head><title>{title}</title><script>window._CONFIG = {{ SID: '9', TREE: {tree}, DETAIL: {detail} }}</script></head><body><div id=app></div></body></html>"

    found: Pages = {path: article(*facts) for path, facts in titles.items()}
    listed = [{"title": title, "post_url": path, "date": "2024-01-20"} for path, (title, _) in titles.items()]
    listed += [{"title": title, "post_url": path, "date": "2024-01-20"} for path, title in LOOK_ALIKES]
    answer = json.dumps(
        {"classify": {"name": "政府信息公开年报", "post_count": 7}, "articles": listed}, ensure_ascii=False
    )
    shell = f"<html><head><script>window._CONFIG = {{ SID: '9', TREE: {tree} }}</script></head><body><div id=app></div>政府信息公开</body></html>"
    pages: Pages = {f"{base}index": shell, f"{base}api/all/32?page=1&sid=9": answer}
    return Portal({**found, **pages}, f"{base}index", frozenset(found))


def epoint() -> Portal:
    """One shell for every article, bodies by POST; one report is a PDF that the answer names."""
    bodies = {f"0c99-{year}": (TITLE.format("星桥区体育局", year), year) for year in range(2020, 2024)}
    call = "/et/rest/govinfo/getGovInfoDetail"

    def answer(handler: Handler) -> None:
        number = json.loads(handler.form.get("params", "{}")).get("infoid", "")
        title, year = bodies.get(number, ("", 0))
        whole = report("星桥区体育局", year).partition("<body")[2].partition(">")[2].partition("</body>")[0]
        data = {"title": title, "infocontent": whole if year > 2020 else ""}
        data |= {"pdflist": [{"name": "报告.pdf", "url": "/et/files/2020.pdf"}]} if year == 2020 else {}
        handler.send(200, json.dumps({"custom": {"data": data}}, ensure_ascii=False).encode(), "application/json")

    shell = f"<html><head><title>信息公开</title></head><body><div id=content></div><script>ajax('{call}', show)</script></body></html>"
    links = [(f"/et/showinfo.html?infoGuid={number}", title) for number, (title, _) in bodies.items()]
    pages: Pages = {"/et/nb/": column(*links, LOOK_ALIKES[0]), call: answer, "/et/files/2020.pdf": b"%PDF-1.4 not much"}
    pages |= {path: shell for path, _ in links}
    truth = {f"{call}#{number}" for number in bodies}
    return Portal(pages, "/et/nb/", frozenset({*truth, "/et/files/2020.pdf"}))


def eportal() -> Portal:
    found, rows = reports("/ep/2024012316171", "星桥市文旅局", range(2019, 2023))
    address = "/eportal/ui?pageId=7&currentPage={}&moduleId=9"
    lists = {
        address.format(k): page(ul([*rows[2 * k - 2 : 2 * k], LOOK_ALIKES[k]]) + f"<a href='javascript:void(0)' onclick=\"queryArticleByCondition(this,'{address.format(2)}')\">下一页</a> {k}/2 <a>跳转</a>")
        for k in (1, 2)
    }  # fmt: skip
    return Portal({**found, **lists}, address.format(1), frozenset(found))


def records() -> Portal:
    found, rows = reports("/js/news/", "星桥市气象局", range(2018, 2024))

    def answer(number: int) -> str:
        part = [*rows[3 * number - 3 : 3 * number], LOOK_ALIKES[number]]
        items = [{"docTitle": title, "linkUrl": url, "pubDate": "2024-01-20"} for url, title in part]
        return f"\ufeff\n\nnull({json.dumps({'result': {'pageCount': 2, 'rows': items}}, ensure_ascii=False)})"

    shell = page(f"<p>{'本栏目公开年报。' * 20}</p><script>$.get('/js/api/list?channel=8&pageNo=1', show)</script>")
    pages: Pages = {"/js/nb/": shell, **{f"/js/api/list?channel=8&pageNo={k}": answer(k) for k in (1, 2)}}
    return Portal({**found, **pages}, "/js/nb/", frozenset(found))


def affair() -> Portal:
    found, rows = reports("/af/zwgk/2024/", "星桥区房屋管理局", range(2019, 2024))

    def answer(handler: Handler) -> None:
        """Give a page of the channel that is posted for as JSON; of any other body nothing."""
        asked = json.loads(handler.body)
        number = asked["pageNo"]
        part = [*rows[3 * number - 3 : 3 * number], LOOK_ALIKES[number]] if asked["channelList"] == ["5144"] else []
        listed = [{"title": title, "url": url, "display_date": 1705968000000} for url, title in part]
        data = {"list": listed, "pageNo": number, "totalPage": 2, "totalCount": 7}
        handler.send(200, json.dumps({"data": data}, ensure_ascii=False).encode(), "application/json")

    script = "new CMS({api: '/af/front/api/data/affair', query: {channelList: ['5144'], pageNo: 1}})"
    shell = page(f"<div id=app></div><script>{script}</script>")
    return Portal({**found, "/af/nb/": shell, "/af/front/api/data/affair": answer}, "/af/nb/", frozenset(found))


def from_a_home_page() -> Portal:
    """A county's portal of which only the home page is known: its own column, two departments', a township's."""
    own, own_rows = reports("/home/nb/", "星桥县人民政府", range(2022, 2024))
    pages: Pages = {**own, "/home/nb/": column(*own_rows)}
    agencies = {"czj": "星桥县财政局", "mzj": "星桥县民政局", "qsz": "星桥县清水镇人民政府"}
    found = dict(own)
    for name, agency in agencies.items():
        theirs, rows = reports(f"/home/{name}/nb/", agency, range(2021, 2024))
        found |= theirs
        pages[f"/home/{name}/"] = page(
            f'<div class="position">当前位置：首页 > 政府信息公开 > {agency}</div><a href="{FORBIDDEN}jg">机构职能</a><a href="nb/">政府信息公开年报</a>'
            + "<p>介绍</p>" * 60,
            agency,
        )
        pages[f"/home/{name}/nb/"] = column(*rows, LOOK_ALIKES[0])
    trail = '<div class="position">当前位置：首页 > 政务公开 > 政府信息公开</div>'
    filler = "<p>介绍</p>" * 60
    pages |= {
        "/home/": page('<script>location.href="/home/index.html"</script>', "星桥县"),
        "/home/index.html": page(f'<a href="zwgk/">政务公开</a><a href="{FORBIDDEN}xw">新闻中心</a><a href="{FORBIDDEN}calendar">办事日历</a>{filler}', "星桥县人民政府"),
        "/home/zwgk/": page(f'{trail}<a href="/home/nb/">政府信息公开年报</a><a href="/home/bm.html">部门信息公开</a><a href="/home/xz.html">乡镇街道</a>{filler}', "政务公开"),
        "/home/bm.html": page(f'{trail}<a href="czj/">县财政局</a><a href="mzj/">县民政局</a>{filler}', "部门信息公开"),
        "/home/xz.html": page(f'{trail}<a href="qsz/">清水镇</a>{filler}', "乡镇信息公开"),
    }  # fmt: skip
    return Portal({**found, **pages}, "/home/", frozenset(found))


def grouped() -> Portal:
    """A column by group, then by year in a select, then by agency; one agency's column is its only report."""
    found: Pages = {}
    pages: Pages = {
        "/gr/nb/": page(
            "<h1>政府信息公开年报</h1><ul><li><a href='bm/'>区直部门</a></li><li><a href='jd/'>街道</a></li></ul>"
            + "<p>介绍</p>" * 60
        )
    }
    pages["/gr/nb/bm/"] = page(
        "<select onchange='location=this.value'><option value='/gr/nb/bm/2022n/'>2022年</option><option value='/gr/nb/bm/2023n/'>2023年</option></select>"
        + "<p>介绍</p>" * 60
    )
    for year in (2022, 2023):
        path = f"/gr/nb/bm/{year}n/"
        pages[path] = page(
            f"<ul><li><a href='rsj/'>区人社局</a></li><li><a href='{path}wjw.html'>{TITLE.format('区卫健委', year)}</a> {year + 1}-01-09</li></ul>"
        )
        found[f"{path}wjw.html"] = report("星桥区卫生健康委员会", year)
        found[f"{path}rsj/"] = report("星桥区人力资源和社会保障局", year)
    framed, rows = reports("/gr/nb/jd/r", "星桥区东街街道办事处", range(2022, 2024))
    pages["/gr/nb/jd/"] = page("<iframe src='list.html'></iframe>" + "<p>介绍</p>" * 60)
    pages["/gr/nb/jd/list.html"] = page('<meta http-equiv="refresh" content="0;url=real.html">')
    pages["/gr/nb/jd/real.html"] = page("<script>window.location='rows.html'</script>")
    pages["/gr/nb/jd/rows.html"] = page(ul([*rows, LOOK_ALIKES[0]]))
    found |= framed
    return Portal({**pages, **found}, "/gr/nb/", frozenset(found))


PORTALS: Mapping[str, Callable[[], Portal]] = {
    make.__name__: make
    for make in (trs, kaipu, vsb, lonsun, webforms, hanweb_years, hanweb_catalogue, hanweb_unit, gkmlpt, epoint, eportal, affair, records, from_a_home_page, grouped)
}  # fmt: skip


def plain(url: str) -> str:
    """Give a URL as it is compared here."""
    return unquote(url)
