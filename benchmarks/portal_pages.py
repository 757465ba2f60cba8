"""Pages of the size and markup of a real portal's: menus, style sheets, scripts and footer around every list and report.

Half of the reports are pasted from Word, a style on every cell and run, as on most portals; the others are plain. What
stands around them is put together from what 拓尔思, 开普 and one-off portals put around theirs.
"""

from collections.abc import Callable
from random import Random

from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

_MENUS = ("首页", "走进星桥", "新闻动态", "政务公开", "政务服务", "互动交流", "数据开放", "专题专栏")
_ENTRIES = (
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "机构职能",
    "规划计划",
    "财政信息",
    "重大项目",
    "应急管理",
    "人事信息",
)
_FRIENDS = (
    "民政局",
    "教育局",
    "财政局",
    "水务局",
    "交通运输局",
    "卫生健康委员会",
    "自然资源局",
    "应急管理局",
    "统计局",
    "审计局",
)
_LIBRARIES = (
    "jquery-3.6.0.min",
    "common",
    "swiper.min",
    "layer",
    "share",
    "wza",
    "accessible",
    "search",
    "page",
    "trs-client",
)
_STYLE = "".join(
    f".box{n} .list-{n} li a:hover{{color:#{n:03d}3c8;background:url(../images/bg_{n}.png) no-repeat {n}px center}}\n"
    for n in range(60)
)
_SCRIPT = "".join(
    f"$('.menu li').eq({n}).hover(function(){{$(this).addClass('on').siblings().removeClass('on');"
    f"$('#con_{n}').show();}},function(){{$('#con_{n}').hide();}});\n"
    for n in range(20)
)  # fmt: skip


def around(body: str, title: str) -> str:
    """Put a portal's page around what it is about."""
    return f'{_head(title)}<body class="xxgk-body">{_header()}{_side()}<div class="main-con w1200">{body}</div>{_FOOTER}</body></html>'


def within(page: str, title: str) -> str:
    """Put a portal's page around the body of another page."""
    return around(page.partition("<body>")[2].rpartition("</body>")[0], title)


def reports() -> Callable[[str, int], str]:
    """Give what makes the page of a report from its title and number: the figures of six, and every other from Word."""
    styles = ("word", "clean", "word", "nested_layout", "word", "two_line_title")
    truths = [make_report(seed, "2021", "dense") for seed in range(len(styles))]
    bodies = [STYLES[style](truth, Random(truth.seed)).decode() for style, truth in zip(styles, truths, strict=True)]

    def page(title: str, number: int) -> str:
        truth, agency = truths[number % len(truths)], title.partition("20")[0]
        return around(bodies[number % len(bodies)].replace(truth.agency, agency), title)

    return page


def _head(title: str) -> str:
    files = "".join(
        f'<script type="text/javascript" src="/xhtml/js/{name}.js"></script><link rel="stylesheet" href="/xhtml/css/{name}.css"/>\n'
        for name in _LIBRARIES
    )
    return (
        f'<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>{title}</title>'
        f'<meta name="SiteName" content="星桥市人民政府"/><meta name="ColumnName" content="政府信息公开年报"/>\n{files}'
        f"<style>{_STYLE}</style><script>{_SCRIPT}</script></head>\n"
    )


def _header() -> str:
    menus = "".join(
        f'<li class="nav-item nav{n}"><a href="/{n}/" class="nav-a" target="_self">{name}</a><dl class="sub-nav">'
        + "".join(f'<dd><a href="/{n}/{k}/" title="{entry}">{entry}</a></dd>' for k, entry in enumerate(_ENTRIES))
        + "</dl></li>\n"
        for n, name in enumerate(_MENUS)
    )
    return f'<div class="header"><div class="top-bar"><span id="weather"></span></div><ul class="nav clearfix">{menus}</ul></div>'


def _side() -> str:
    rows = "".join(
        f'<li class="tree-item" id="li_{n}"><i class="icon"></i><a href="/zwgk/{n}/" class="tree-a">{entry}</a></li>'
        for n, entry in enumerate(_ENTRIES)
    )
    trail = '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 政府信息公开年报</div>'
    return (
        f'{trail}<div class="left-tree fl"><h3 class="tree-title">政府信息公开</h3><ul class="tree">{rows}</ul></div>'
    )


_FOOTER = (
    '<div class="footer"><select class="friend-select" onchange="window.open(this.value)">'
    + "".join(f'<option value="http://x{n}.example.cn/">星桥市{name}</option>' for n, name in enumerate(_FRIENDS))
    + "</select>"
    + "".join(
        f'<a class="foot-link" href="http://x{n}.example.cn/" target="_blank">星桥市{name}</a>'
        for n, name in enumerate(_FRIENDS)
    )
    + f"<p>主办：星桥市人民政府办公室 网站标识码：9900000001</p><script>{_SCRIPT}</script></div>"
)
