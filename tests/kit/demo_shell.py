"""Pages of the demonstration portal: articles, lists and pagers as three kinds of system write them."""

import html
from dataclasses import dataclass

CRUMBS = "政务公开 &gt; 政府信息公开 &gt; 政府信息公开年报"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: where it leads, its words and its date (empty for a sub-column)."""

    href: str
    title: str
    published: str = ""


def _page(title: str, metas: dict[str, str], trail: str, content: str, site: str, charset: str) -> str:
    tags = "\n".join(f'<meta name="{name}" content="{html.escape(value)}">' for name, value in metas.items())
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="{charset}">\n<title>{title}_{site}</title>\n'
        f'<meta name="SiteName" content="{site}">\n{tags}\n</head>\n<body>\n'
        f'<div class="header">{site}　2008-2025</div>\n<div class="crumbs">当前位置：首页 &gt; {trail}</div>\n'
        f'{content}\n<div class="footer">主办：{site}　云ICP备12345678号-1　电话：0990-6600000　'
        "版权所有 2012-2025</div>\n"
        "</body>\n</html>\n"
    )


def article(
    title: str,
    published: str,
    source: str,
    body: str,
    site: str,
    files: tuple[Row, ...] = (),
    trail: str = CRUMBS,
    charset: str = "utf-8",
) -> str:
    """Write an article with its attachments below."""
    metas = {
        "ArticleTitle": title,
        "PubDate": f"{published} 10:20",
        "ContentSource": source,
        "ColumnName": "政府信息公开年报",
    }
    attached = "".join(f'<p>附件：<a href="{row.href}">{row.title}</a></p>\n' for row in files)
    content = (
        f'<div class="info">发布时间：{published}　来源：{source}</div>\n'
        f'<div class="view TRS_UEDITOR trs_paper_default"><div class="TRS_Editor" id="zoom">\n{body}\n</div></div>\n'
        f'<div class="fj">{attached}</div>'
    )
    return _page(title, metas, trail, content, site, charset)


def listing(title: str, rows: tuple[Row, ...], site: str, pager: str = "", trail: str = CRUMBS) -> str:
    """Write a list page: rows with dates, or a list of sub-columns."""
    lines = "\n".join(
        f'<li><a href="{row.href}" title="{row.title}">{row.title}</a>'
        + (f"<span>{row.published}</span>" if row.published else "")
        + "</li>"
        for row in rows
    )
    content = f'<h2>{title}</h2>\n<ul class="list">\n{lines}\n</ul>\n<div class="page">{pager}</div>'
    return _page(title, {"ColumnName": title}, trail, content, site, "utf-8")


def trs_pager(total: int, current: int) -> str:
    """Write the pager of TRS: total, zero-based current page, and the name of the list's files."""
    return f'<script>createPageHTML({total},{current},"index","html");</script>'


def href_pager(before: str, after: str) -> str:
    """Write a pager of plain links."""
    back = f'<a href="{before}">上一页</a> ' if before else ""
    return back + (f'<a href="{after}">下一页</a>' if after else "<span>下一页</span>")


def gone(site: str) -> str:
    """Write a page that says, with status 200, that there is no such page."""
    content = '<div class="error"><h1>您访问的页面不存在或已被删除</h1><p>请返回<a href="/list/">首页</a>。</p></div>'
    return _page("页面不存在", {}, "提示", content, site, "utf-8")
