"""A report as a portal's page, in the manners real pages have come in; see ``STYLES``."""

import html
from collections.abc import Callable
from random import Random

from tests.kit import form, html_page, html_tables, tables
from tests.kit.html_page import paragraphs
from tests.kit.html_tables import escaped, table
from tests.kit.tables import Box, Rows
from tests.kit.truth import Truth

Body = Callable[[Truth, Random], str]

_TABLES = (tables.disclosure, tables.requests, tables.review)


def report_page(truth: Truth, two: str, three: str, four: str, head: str | None = None) -> str:
    """Put a title, six sections and three written tables in order."""
    written = {2: two, 3: three, 4: four}
    parts = [html_page.title(truth) if head is None else head]
    for number in range(1, 7):
        parts += [paragraphs(truth, number), *([written[number]] if number in written else [])]
    return "\n".join(parts)


def _with(truth: Truth, inner: Callable[[Box], str] = escaped, head: str | None = None, attributes: str = "") -> str:
    two, three, four = (table(rows(truth), inner, attributes) for rows in _TABLES)
    return report_page(truth, two, three, four, head)


def clean(truth: Truth, rng: Random) -> str:
    """Three tables with correct spans."""
    return _with(truth)


def metadata(truth: Truth, rng: Random) -> str:
    """A 索引号 table above the report."""
    return html_page.metadata_table(truth) + "\n" + _with(truth)


def two_line_title(truth: Truth, rng: Random) -> str:
    """The agency and the rest of the title in two headings."""
    return _with(truth, head=html_page.title(truth, two_lines=True))


def nested_layout(truth: Truth, rng: Random) -> str:
    """The whole article in tables inside tables."""
    inside = _with(truth)
    for width in ("98%", "760", "100%"):
        inside = f'<table width="{width}" border="0"><tr><td width="10">&nbsp;</td><td>{inside}</td></tr></table>'
    return inside


def layout_paragraphs(truth: Truth, rng: Random) -> str:
    """Each piece of prose in a one-cell table of its own."""
    written = {2: table(tables.disclosure(truth)), 3: table(tables.requests(truth)), 4: table(tables.review(truth))}
    parts = [f"<table><tr><td>{html_page.title(truth)}</td></tr></table>"]
    for number in range(1, 7):
        parts += [f"<table><tr><td>{paragraphs(truth, number)}</td></tr></table>", written.get(number, "")]
    return "\n".join(parts)


def split_table(truth: Truth, rng: Random) -> str:
    """Section three cut in two tables, the second without a header."""
    above, below = _halves(truth, rng)
    three = table(above) + "\n" + table(below)
    return report_page(truth, table(tables.disclosure(truth)), three, table(tables.review(truth)))


def split_table_header_again(truth: Truth, rng: Random) -> str:
    """Section three cut in two tables, each with the header."""
    above, below = _halves(truth, rng)
    three = table(above) + "\n" + table(tables.requests_header() + below)
    return report_page(truth, table(tables.disclosure(truth)), three, table(tables.review(truth)))


def _halves(truth: Truth, rng: Random) -> tuple[Rows, Rows]:
    rows = tables.requests(truth)
    return tables.cut(rows, rng.randint(6, len(rows) - 3), repeat_label=rng.random() < 0.5)


def four_tables(truth: Truth, rng: Random) -> str:
    """Each block 第二十条第（一）项 … a table of its own."""
    two = "\n<p>&nbsp;</p>\n".join(table(block) for block in tables.disclosure_blocks(truth))
    return report_page(truth, two, table(tables.requests(truth)), table(tables.review(truth)))


def review_apart(truth: Truth, rng: Random) -> str:
    """行政复议 and 行政诉讼 as two tables."""
    four = "\n".join(table(half) for half in html_tables.review_halves(tables.review(truth)))
    return report_page(truth, table(tables.disclosure(truth)), table(tables.requests(truth)), four)


def word(truth: Truth, rng: Random) -> str:
    """Pasted from Word: office tags, styles, spans inside numbers, a paragraph and padding in every cell."""

    def inner(box: Box) -> str:
        if not box.text:
            return '<p class="MsoNormal"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p>'
        text = escaped(box)
        if box.is_value and len(text) > 1:
            text = "".join(f'<span style="mso-bidi-font-size:10.5pt">{sign}</span>' for sign in text)
        padding = rng.choice(("", "&nbsp;", "&nbsp;&nbsp;", "\n  "))
        return (
            '<p class="MsoNormal" align="center" style="mso-pagination:widow-orphan">'
            f'<span style="font-family:宋体;mso-ascii-font-family:Calibri">{padding}{text}{padding}</span>'
            "<span><o:p></o:p></span></p>"
        )

    return _with(truth, inner, attributes=' class="MsoNormalTable" style="mso-padding-alt:0cm 0cm 0cm 0cm"')


def wrong_spans(truth: Truth, rng: Random) -> str:
    """A span in the header of section three is wrong by one."""
    three = table(html_tables.with_wrong_spans(tables.requests(truth), rng))
    return report_page(truth, table(tables.disclosure(truth)), three, table(tables.review(truth)))


def header_cells(truth: Truth, rng: Random) -> str:
    """``caption``, ``thead`` and ``th`` as a careful author writes them."""

    def written(rows: Rows, header_rows: int, caption: str) -> str:
        lines = [
            "<tr>"
            + "".join(f"<{tag}{html_tables.spans(box)}>{escaped(box)}</{tag}>" for box in row for tag in (_tag(box),))
            + "</tr>"
            for row in rows
        ]
        head, body = "\n".join(lines[:header_rows]), "\n".join(lines[header_rows:])
        return f"<table><caption>{caption}</caption><thead>{head}</thead><tbody>{body}</tbody></table>"

    return report_page(
        truth,
        written(tables.disclosure(truth), 0, "主动公开政府信息情况表"),
        written(tables.requests(truth), 3, f"{truth.year}年收到和处理政府信息公开申请情况表"),
        written(tables.review(truth), 3, "行政复议、行政诉讼情况表（单位：件）"),
    )


def _tag(box: Box) -> str:
    return "td" if box.is_value else "th"


def unclosed(truth: Truth, rng: Random) -> str:
    """Upper-case tags, and no end tags for cells, rows and paragraphs."""

    def written(rows: Rows) -> str:
        return (
            "<TABLE BORDER=1>"
            + "".join("\n<TR>" + "".join(f"<TD{html_tables.spans(box)}>{escaped(box)}" for box in row) for row in rows)
            + "\n</TABLE>"
        )

    three = [written(rows(truth)) for rows in _TABLES]
    return report_page(truth, *three).replace("</p>", "")


def vertical_headers(truth: Truth, rng: Random) -> str:
    """Header cells written downwards with line breaks, and hints about units inside them."""
    hints = {
        "本年收费金额（单位：万元）": "本年收费金额<br/>（单位：万元，保留四位小数）",
        "采购总金额": "采购总金额<br/>（单位：万元，保留四位小数）",
    }

    def inner(box: Box) -> str:
        if box.is_value or len(box.text) > 6:
            return hints.get(box.text, escaped(box))
        return "<br/>".join(box.text) if rng.random() < 0.7 else f"{box.text[:2]}<br/>\n{box.text[2:]}"

    return _with(truth, inner)


_FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


def full_width(truth: Truth, rng: Random) -> str:
    """Figures in full-width digits."""
    return _with(truth, lambda box: escaped(box).translate(_FULL_WIDTH) if box.is_value else escaped(box))


def thousands(truth: Truth, rng: Random) -> str:
    """Figures with thousands separators."""
    return _with(truth, lambda box: _grouped(box.text) if box.is_value else escaped(box))


def _grouped(text: str) -> str:
    whole, dot, decimals = text.partition(".")
    return f"{int(whole):,}{dot}{decimals}" if whole.removeprefix("-").isdigit() else html.escape(text, quote=False)


def spacers(truth: Truth, rng: Random) -> str:
    """Empty columns and rows between the filled ones of section three."""
    three = table(html_tables.with_spacers(tables.requests(truth), 3))
    return report_page(truth, table(tables.disclosure(truth)), three, table(tables.review(truth)))


def one_table(truth: Truth, rng: Random) -> str:
    """Title, prose and all figures as rows of a single table."""
    parts = {2: tables.disclosure, 3: tables.requests, 4: tables.review}
    rows: Rows = [[Box(truth.title, colspan=15)]]
    for number in range(1, 7):
        rows += [[Box(line, colspan=15)] for line in (form.HEADINGS[number - 1], *truth.sections[number - 1])]
        if number in parts:
            rows += html_tables.widened(parts[number](truth), 15)
    return table(rows)


def units_in_cells(truth: Truth, rng: Random) -> str:
    """Figures followed by their unit, as in 3件."""

    def inner(box: Box) -> str:
        return f"{box.text}件" if box.is_value and box.text.isdigit() and rng.random() < 0.5 else escaped(box)

    three = [
        table(tables.disclosure(truth)),
        table(tables.requests(truth), inner),
        table(tables.review(truth), inner),
    ]
    return report_page(truth, *three)


BODIES: dict[str, Body] = {
    body.__name__: body
    for body in (
        clean,
        metadata,
        two_line_title,
        nested_layout,
        layout_paragraphs,
        split_table,
        split_table_header_again,
        four_tables,
        review_apart,
        word,
        wrong_spans,
        header_cells,
        unclosed,
        vertical_headers,
        full_width,
        thousands,
        spacers,
        one_table,
        units_in_cells,
    )
}
"""The report alone, as it stands in a page's content node."""


def _style(body: Body) -> Callable[[Truth, Random], bytes]:
    return lambda truth, rng: html_page.page(truth, rng, body(truth, rng)).encode()


def gbk(truth: Truth, rng: Random) -> bytes:
    """A page in GBK that calls itself gb2312."""
    return html_page.page(truth, rng, clean(truth, rng), charset="gb2312").encode("gbk")


def page_in_tables(truth: Truth, rng: Random) -> bytes:
    """The page itself laid out in tables, without a doctype or meta tags."""
    left = "".join(f"<tr><td><a href='/a{year}.html'>{year}年年报</a></td></tr>" for year in range(2015, 2026))
    return (
        f"<html><head><meta http-equiv='Content-Type' content='text/html; charset=utf-8'><title>{truth.title}</title>"
        "</head><body><table><tr><td colspan=2>政府信息公开　2008-2025</td></tr><tr>"
        f"<td><table>{left}</table></td><td><table><tr><td>发布日期：{truth.published}</td></tr>"
        f"<tr><td>{nested_layout(truth, rng)}</td></tr></table></td></tr>"
        "<tr><td colspan=2>云ICP备12345678号　电话：0990-2345678</td></tr></table></body></html>"
    ).encode()


STYLES: dict[str, Callable[[Truth, Random], bytes]] = {
    **{name: _style(body) for name, body in BODIES.items()},
    "gbk": gbk,
    "page_in_tables": page_in_tables,
}
"""Whole pages; every one prints agency, year, title and date of publication."""
