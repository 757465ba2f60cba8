"""The portal around a report: head, breadcrumbs, lists of other years, footer."""

import html
from random import Random

from tests.kit import form
from tests.kit.truth import Truth


def paragraphs(truth: Truth, number: int) -> str:
    """Write a section's heading and prose."""
    lines = (form.HEADINGS[number - 1], *truth.sections[number - 1])
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)


def title(truth: Truth, *, two_lines: bool = False) -> str:
    """Write the report's title."""
    if two_lines:
        return f"<h1>{truth.agency}</h1>\n<h1>{truth.title.removeprefix(truth.agency)}</h1>"
    return f"<h1>{truth.title}</h1>"


def metadata_table(truth: Truth) -> str:
    """Write the 索引号 table portals print above a document."""
    rows = (
        ("索 引 号", f"11{truth.region}0144{truth.seed % 9000 + 1000}X/{truth.year + 1}-00{truth.seed % 90 + 10}"),
        ("发布机构", truth.agency),
        ("发文日期", truth.published),
        ("主题分类", "政务公开、2021"),
        ("有 效 性", ""),
    )
    lines = "".join(f"<tr><th>{name}：</th><td>{value}</td></tr>" for name, value in rows)
    return f'<table class="xxgk_table">{lines}</table>'


def metas(truth: Truth, charset: str) -> str:
    """Write the head: title and the meta tags of the government website standard."""
    values = {
        "SiteName": f"{truth.agency[:3]}人民政府",
        "SiteIDCode": f"{truth.region}0004",
        "ColumnName": "政府信息公开年报",
        "ArticleTitle": truth.title,
        "PubDate": f"{truth.published} 09:30",
        "ContentSource": truth.agency,
        "Keywords": "政府信息公开,年报,2008",
    }
    tags = "\n".join(f'<meta name="{name}" content="{value}">' for name, value in values.items())
    return f'<head>\n<meta charset="{charset}">\n<title>{truth.title}_政府门户网站</title>\n{tags}\n</head>'


def _side(truth: Truth, rng: Random) -> str:
    years = [year for year in range(2019, 2026) if year != truth.year]
    links = "\n".join(
        f'<li><a href="./{year + 1}01/t{year + 1}01{rng.randint(10, 28)}_{rng.randint(1000, 9999)}.html">'
        f"{truth.agency}{year}年政府信息公开工作年度报告</a><span>{year + 1}-01-{rng.randint(10, 28)}</span></li>"
        for year in sorted(rng.sample(years, 4), reverse=True)
    )
    return f'<div class="side"><h3>相关链接</h3><ul>\n{links}\n</ul></div>'


def _footer(truth: Truth, rng: Random) -> str:
    return (
        f'<div class="footer">主办：{truth.agency}　电话：0990-{rng.randint(2000000, 8999999)}<br>'
        f"云ICP备{rng.randint(10000000, 19999999)}号-1　网站标识码：{truth.region}0004　"
        f"版权所有 &copy; 2008-{truth.year + 2}</div>"
    )


def page(truth: Truth, rng: Random, body: str, *, charset: str = "utf-8", doctype: str = "<!DOCTYPE html>") -> str:
    """Set a report's body into a portal's page."""
    crumbs = (
        '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; '
        '<a href="/zwgk/zfxxgknb/">政府信息公开年报</a></div>'
    )
    line = (
        f'<div class="info">发布时间：{truth.published}　来源：{truth.agency}　浏览次数：{rng.randint(10, 9999)}</div>'
    )
    return (
        f'{doctype}\n<html lang="zh-CN">\n{metas(truth, charset)}\n<body>\n{crumbs}\n'
        f'<div class="article">\n{line}\n<div class="TRS_Editor" id="zoom">\n{body}\n</div>\n</div>\n'
        f"{_side(truth, rng)}\n{_footer(truth, rng)}\n</body>\n</html>\n"
    )
