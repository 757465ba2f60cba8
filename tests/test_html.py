"""Web pages to documents: what is printed arrives, in its place; the portal around it does not."""

import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.errors import CorruptError, ExtractError, TooBigError
from extract.formats.html import FORMAT, read
from extract.grid import RawCell, build
from extract.html.table import Line, Table
from extract.html.tree import parse
from extract.html.walk import Walk
from extract.model import Document, Grid, Paragraph
from extract.reading import read as read_report
from tests.kit import tables
from tests.kit.form import HEADINGS
from tests.kit.html_styles import STYLES
from tests.kit.truth import Truth, make_report

FORM = "<table><tr><td>信息内容<td>本年制发件数<tr><td>规章<td>3<tr><td>行政规范性文件<td></table>"
SHANGHAI = Path(__file__).parents[2] / "shared/corpus/shanghai_bgt_2019.html"


def doc(markup: str, hint: str = "") -> Document:
    return read(markup.encode(), hint)


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def titles(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph) and block.role == "title"]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.in_row(row)] for row in range(grid.rows)]


def order(document: Document) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else "TABLE" for block in document.blocks]


def report(table: str = FORM) -> str:
    parts = [f"<p>{heading}</p><p>正文{number}。</p>" for number, heading in enumerate(HEADINGS, 1)]
    parts.insert(2, table)
    return "".join(parts)


def test_format_claims_html() -> None:
    assert (FORMAT.name, FORMAT.media_types, FORMAT.read) == ("html", ("text/html",), read)


# --- lines


def test_lines_break_where_a_browser_breaks_them() -> None:
    markup = "<div>a<p>b<br>c</p>d<ul><li>e<li>f</ul><h2>g</h2>h<i>i</i>j</div>"
    assert lines(doc(markup)) == ["a", "b", "c", "d", "e", "f", "g", "hij"]


def test_inline_elements_join_without_spaces() -> None:
    word = (
        "<p class=MsoNormal><span>1</span><span lang=EN-US>2<o:p></o:p></span><!--[if !x]>9<![endif]--><b>3</b>件</p>"
    )
    assert lines(doc(word)) == ["123件"]


def test_white_space_of_every_kind_is_folded_and_the_rest_kept() -> None:
    markup = "<p>\u3000\u3000２０２３年&nbsp;&nbsp;㈠\u200b１\ufeff２\n\t  件\u00a0</p><p>\u3000&nbsp;\u200b</p>"
    assert lines(doc(markup)) == ["２０２３年 ㈠１２ 件"]


def test_text_that_is_not_shown_is_left_out() -> None:
    markup = (
        "<script>var a='<p>x</p>'</script><style>p{}</style><!-- c --><p>a<span style='DISPLAY : none'>b</span>c</p>"
        "<div hidden>d</div><noscript>e</noscript><select><option>f</select><p style='mso-hide:all'>g</p>h"
    )
    assert lines(doc(markup)) == ["ac", "h"]


def test_preformatted_lines() -> None:
    assert lines(doc("<pre>一、总体情况\n无。\n二、b</pre>")) == ["一、总体情况", "无。", "二、b"]


@pytest.mark.parametrize(
    ("cell", "text"), [("22<sup>2</sup>", "22[2]"), ("<s>5</s>6", "[5]6"), ("<sup></sup>7", "[]7")]
)
def test_a_footnote_sign_or_struck_figure_does_not_become_a_digit(cell: str, text: str) -> None:
    assert texts(grids(doc(f"<table><tr><td>a<td>{cell}</table>"))[0]) == [["a", text]]


def test_zero_bytes_and_entities() -> None:
    assert lines(doc("<p>1\0" + "2&#12288;&lt;b&gt;&amp;</p>")) == ["12 <b>&"]


# --- tables


def test_cells_with_spans_blanks_and_places() -> None:
    grid = grids(doc("<p>a</p><table><tr><td rowspan=2>g<td>a<td>1<tr><td>b<td> &nbsp; </table>"))[0]
    assert (grid.rows, grid.columns, grid.at, grid.aligned) == (2, 3, "table 1", True)
    assert [(c.row, c.column, c.row_span, c.text, c.at) for c in grid.cells] == [
        (0, 0, 2, "g", "table 1 row 1 cell 1"),
        (0, 1, 1, "a", "table 1 row 1 cell 2"),
        (0, 2, 1, "1", "table 1 row 1 cell 3"),
        (1, 1, 1, "b", "table 1 row 2 cell 1"),
        (1, 2, 1, "", "table 1 row 2 cell 2"),
    ]


def test_a_position_without_a_cell_stays_without() -> None:
    assert (1, 1) not in grids(doc("<table><tr><td>a<td>b<tr><td>c</table>"))[0].positions()


def test_breaks_and_blocks_inside_a_cell_are_line_ends() -> None:
    grid = grids(doc("<table><tr><td>本年新<br/>制作数量<td><p>a</p><p>b</p><td><div>1<span>2</span></div></table>"))[0]
    assert texts(grid) == [["本年新\n制作数量", "a\nb", "12"]]


def test_head_body_caption_and_header_cells() -> None:
    markup = (
        "<table><caption>表1</caption><colgroup><col></colgroup><thead><tr><th rowspan=5>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
    document = doc(markup)
    assert order(document) == ["表1", "TABLE"]
    assert texts(grids(document)[0]) == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
        "<TABLE><TR><TD>1</TD><TD>2</TD></TR><TR><TD>3</TD><TD>4</TABLE>",
        "<table><tr><td><p>1<td><p>2<tr><td><p>3<td><p>4",
        "<table><tr><td><div>1<td><b>2<tr><td><font>3<td>4</table>",
        "<table><td>1<td>2<tr><td>3<td>4</table>",
        "<table><form><tr><td>1<td>2</tr></form><tr><td>3<td>4</table>",
        "<table><tbody><tr><td>1<td>2</tbody><tbody><tr><td>3<td>4</table>",
        "<table><tr><td>1<td>2</tr><tr style='display:none'><td>x<td>y</tr><tr><td>3<td>4</table>",
        "<table><tr><td>1<td style='display:none'>x<td>2<tr><td>3<td>4</table>",
    ],
)
def test_untidy_tables(markup: str) -> None:
    assert [texts(grid) for grid in grids(doc(markup))] == [[["1", "2"], ["3", "4"]]]


def test_a_missing_end_tag_of_a_table_loses_no_table() -> None:
    document = doc("<table><tr><td>1<td>2</td></tr><p>三、x</p><table><tr><td>3<td>4</td></tr></table><p>y</p>")
    assert order(document) == ["TABLE", "三、x", "TABLE", "y"]
    assert [texts(grid) for grid in grids(document)] == [[["1", "2"]], [["3", "4"]]]


def test_layout_tables_become_what_they_hold() -> None:
    inner = "<table><tr><td>1<td>2</table>"
    first, last = HEADINGS[0], HEADINGS[5]
    nested = (
        f"<table><tr><td>{first}<td><table><tr><td>a<td>b<table><tr><td>{inner}c</table></table><tr><td>{last}</table>"
    )
    assert order(doc(nested)) == [first, "a", "b", "TABLE", "c", last]
    assert order(doc("<table><tr><td>a<p>b</p><tr><td>c</table>")) == ["a", "b", "c"]
    prose = "本机关认真落实条例。" * 60
    assert order(doc(f"<table><tr><td>左<td>{prose}</table>")) == ["左", prose]


def test_a_box_around_one_figure_does_not_unmake_its_table() -> None:
    grid = grids(doc("<table><tr><td>a<td>b<tr><td>c<td><table><tr><td>5</table></table>"))[0]
    assert texts(grid) == [["a", "b"], ["c", "5"]]


def test_a_long_remark_does_not_unmake_its_table() -> None:
    rows = "".join(f"<tr><td>规章第{n}行的名称写得很长<td>{n}<td>{n}" for n in range(40))
    assert len(grids(doc(f"<table>{rows}<tr><td>备注<td>{'说明' * 170}<td></table>"))[0].cells) == 123


def test_a_whole_report_in_one_table_is_taken_apart() -> None:
    rows = "".join(f"<tr><td colspan=3>{heading}<tr><td colspan=3>正文。" for heading in HEADINGS[:2])
    markup = f"<table>{rows}<tr><td colspan=3>第二十条第（一）项<tr><td>规章<td>1<td>2<tr><td colspan=3>{HEADINGS[2]}</table>"
    document = doc(markup)
    assert order(document) == [HEADINGS[0], "正文。", HEADINGS[1], "正文。", "TABLE", HEADINGS[2]]
    assert texts(grids(document)[0]) == [["第二十条第（一）项"], ["规章", "1", "2"]]


def test_a_picture_in_a_cell_is_not_a_blank() -> None:
    grid = grids(doc("<table><tr><td>总计<td><img src=1.png><td><img src=s.gif width=1></table>"))[0]
    assert texts(grid) == [["总计", "[图片]", ""]]


@pytest.mark.parametrize("span", ["", "x", "-3", "0", "1.9", " 1", "+1"])
def test_odd_spans_are_one(span: str) -> None:
    grid = grids(doc(f"<table><tr><td colspan='{span}'>a<td>b<tr><td>c<td>d</table>"))[0]
    assert [cell.column for cell in grid.cells] == [0, 1, 0, 1]


# --- content


def test_the_portal_around_the_report_is_left_out() -> None:
    shell = (
        "<div class=nav><a>首页</a><a>年报</a></div><div class=main><div class=side><ul><li><a>2021年年报</a></ul></div>"
        f"<div class=x><p>开头。</p>{report()}</div></div><div class=footer>主办：某单位</div>"
    )
    document = doc(shell)
    assert lines(document)[0] == "开头。"
    assert lines(document)[-1] == "正文6。"
    assert len(grids(document)) == 1


def test_sections_in_elements_of_their_own() -> None:
    body = "".join(f"<div><h2>{heading}</h2><p>正文。</p></div>" for heading in HEADINGS)
    assert len(lines(doc(f"<ul><li><a>菜单</a></ul><div>{body}</div><div>页脚</div>"))) == 12


def test_a_table_after_the_last_heading_is_kept() -> None:
    document = doc(f"<div><div>{report('')}</div><div>附表{FORM}</div></div><div>页脚</div>")
    assert lines(document)[-1] == "附表"
    assert len(grids(document)) == 1


def test_one_known_heading_takes_the_article_and_not_its_first_part() -> None:
    parts = "".join(f"<div><p>第{n}部分</p><p>{'公开工作扎实推进。' * 40}</p></div>" for n in range(5))
    nav = "<div>" + "".join(f"<a>栏目{n}政务公开</a>" for n in range(60)) + "</div>"
    first = "<div><div><div><p>一、总体情况</p><p>概要。</p></div></div><p>节</p></div>"
    document = doc(f"{nav}<div>{first}{parts}</div>")
    assert "第4部分" in lines(document)
    assert "栏目1政务公开" not in "".join(lines(document))


def test_without_headings_the_named_or_the_heaviest_element_is_taken() -> None:
    nav = "<ul>" + "".join(f"<li><a>栏目{n}</a>" for n in range(30)) + "</ul>"
    prose = "<p>" + "附件见下方链接，敬请查阅。" * 5 + "</p>"
    footer = "<div>版权所有</div>"
    assert len(lines(doc(f"{nav}<div>{prose}{prose}</div>{footer}"))) == 2
    assert lines(doc(f"{nav}<div><div id=zoom><p>附件：年度报告.pdf</p></div></div>{footer}")) == ["附件：年度报告.pdf"]


def test_many_lines_in_one_paragraph() -> None:
    markup = f"<ul><li><a>菜单</a></ul><div><p>{'<br>'.join(HEADINGS)}</p></div>"
    assert lines(doc(markup)) == list(HEADINGS)


def test_without_headings_no_table_of_the_form_is_lost() -> None:
    prose = f"<div>{'导语在此。' * 100}</div>"
    assert len(grids(doc(f"<ul><li><a>菜单</a></ul><div>{FORM}<div id=zoom>{prose}</div>{FORM}</div>"))) == 2


# --- title


def test_title_inside_the_content() -> None:
    document = doc(f"<div><p>某某县水利局</p><p>2023年政府信息公开工作年度报告</p><p>导语。</p>{report()}</div>")
    assert titles(document) == ["某某县水利局", "2023年政府信息公开工作年度报告"]
    assert document.blocks[0].at == "paragraph 1"


def test_title_broken_over_lines() -> None:
    document = doc(f"<div><h1>某某县水利局2023年<br>政府信息公开工作<br>年度报告</h1>{report()}</div>")
    assert titles(document) == ["某某县水利局2023年", "政府信息公开工作", "年度报告"]


def test_title_outside_the_content() -> None:
    shell = (
        "<title>2023年年报</title><h1>政府信息公开年报</h1><div class='article-title'>某某县水利局<br>"
        f"2023年政府信息公开工作年度报告</div><div class=tool>打印</div><div>{report()}</div>"
    )
    document = doc(shell)
    assert titles(document) == ["某某县水利局", "2023年政府信息公开工作年度报告"]
    assert [block.at for block in document.blocks[:3]] == ["title 1", "title 2", "paragraph 1"]


def test_a_column_name_or_the_first_sentence_is_no_title() -> None:
    document = doc(f"<h1>政府信息公开年报</h1><div><p>现发布2023年政府信息公开工作年度报告。</p>{report()}</div>")
    assert titles(document) == []


# --- metadata


def test_meta_tags_in_any_case() -> None:
    head = (
        "<head><title>年报_某县</title><meta name=articletitle content=' 2023年年报 '><META NAME='PubDate' CONTENT='2024-01-09'>"
        "<meta http-equiv=ContentSource content=水利局><meta name=SiteIDCode content=9904230004><meta name=viewport content=x>"
        "<meta name=Author content=''></head>"
    )
    assert doc(head + "<p>a").metadata == (
        ("ArticleTitle", "2023年年报"),
        ("PubDate", "2024-01-09"),
        ("ContentSource", "水利局"),
        ("SiteIDCode", "9904230004"),
        ("title", "年报_某县"),
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><th>索 引 号：</th><td>11-2</td><th>发布机构</th><td>某局</td></tr></table>",
        "<table><tr><td>索引号：11-2</td><td>发布机构：某局</td></tr></table>",
        "<p>索引号：11-2 &nbsp; 发布机构：某局&nbsp;浏览次数：9</p>",
        "<p><span>【索引号】11-2</span></p><p>索 引 号 : 11-2</p><p>[发布机构]: 某局 【字体：大 中 小】</p>",
        "<dl><dt>索引号：<dd>11-2<dt>发布机构：<dd>某局</dl>",
        "<div><b>索引号：</b><span>11-2</span><b>发布机构：</b><span>某局</span><b>有效性：</b></div>",
    ],
)
def test_printed_metadata(markup: str) -> None:
    assert doc(f"{markup}<div>{report()}</div>").metadata == (("索引号", "11-2"), ("发布机构", "某局"))


def test_metadata_ends_where_the_report_begins() -> None:
    assert doc(f"<div>{report()}<p>来源：统计</p></div>").metadata == ()


# --- notes


def test_pictures_where_tables_should_be() -> None:
    body = "".join(f"<p>{heading}</p><p><img src=t{number}.png></p>" for number, heading in enumerate(HEADINGS, 1))
    notes = doc(f"<img src=logo.png><div>{body}</div>").notes
    assert [(note.rule, note.verdict, note.detail) for note in notes] == [
        ("picture", "NOT_ASSESSABLE", f"t{number}.png") for number in (2, 3, 4)
    ]


def test_pictures_beside_a_table_and_icons_are_not_reported() -> None:
    assert doc(f"<div>{report(FORM + '<img src=a.png>')}</div>").notes == ()
    assert doc("<div id=zoom><p>正文</p><img src=pdf.gif width=16></div>").notes == ()


def test_page_scans_are_reported() -> None:
    notes = doc("<div id=zoom><p>年度报告</p><img src=W0201.jpg><img src=W0202.jpg></div>").notes
    assert [note.detail for note in notes] == ["W0201.jpg", "W0202.jpg"]


def test_a_charset_that_lies_is_noted_and_does_not_win() -> None:
    document = read(("<meta charset=utf-8>" + report()).encode("gbk"), "utf-8")
    assert lines(document)[0] == HEADINGS[0]
    assert [(note.rule, note.verdict, note.expected, note.actual) for note in document.notes] == [
        ("charset", "PASS", "utf-8", "gb18030")
    ]
    assert read(("<meta charset=gb2312>" + report()).encode("gbk"), "gb2312").notes == ()


def test_lost_characters_are_noted() -> None:
    note = read(report().encode() + b"\xe4\xb8", "").notes[0]
    assert (note.rule, note.verdict) == ("charset", "NOT_ASSESSABLE")


def test_a_report_in_a_script_is_reported() -> None:
    document = doc(f"<script>/* {report()} */</script><div>加载中</div>")
    assert [note.rule for note in document.notes] == ["script_body"]
    assert grids(document) == []


# --- what must be survived


@pytest.mark.parametrize("data", [b"", b" \n", b"\0\0", b"<!-- -->", b"\xef\xbb\xbf", b"<?xml?>"])
def test_nothing_is_corrupt(data: bytes) -> None:
    with pytest.raises(CorruptError):
        read(data, "")


def test_deep_nesting_is_noted() -> None:
    document = doc("<p>前文</p>" + "<div>" * 200_000 + "一、总体情况")
    assert [note.rule for note in document.notes] == ["markup"]


def test_a_page_cut_before_its_report_is_not_said_to_hold_none() -> None:
    page = STYLES["clean"](make_report(1, "2021", "dense"), Random(1))
    assert read_report(b"<div>" * 200_000 + page).outcome == "too_big"
    assert read_report(b"<div>" * 1000 + page).outcome == "ok"
    assert read_report("<p>明天开会。</p>".encode()).outcome == "not_a_report"


def test_a_table_below_the_usual_depth_limit_is_read() -> None:
    assert len(grids(doc("<font>" * 1000 + FORM))) == 1


@pytest.mark.parametrize("end", ["</html>", "</body></html>", "</HTML >", "<html><body>1</body></html>"])
def test_a_page_goes_on_after_the_end_of_a_page_pasted_into_it(end: str) -> None:
    assert len(grids(doc(f"<p>政府信息公开</p>{end}{FORM}"))) == 1
    assert lines(doc(f"<p>一、总体情况</p>{end}<p>二、主动公开</p>"))[-1] == "二、主动公开"


@pytest.mark.parametrize(
    "markup",
    [
        "<table>" + ("<tr>" + "<td>1</td>" * 10) * 100_000,
        "<table>" + ("<tr>" + "<td rowspan=65534 colspan=65534>1</td>" * 5) * 1000,
        "<table>" + "<tr></tr>" * 300_000,
        "<table><tr><td>" * 70_000,
        "<table><tr><td>1<td>2" * 50_000,
        "<!--" + "x" * 10_000_000 + "-->a",
        "<p style='display" + " " * 1_000_000 + "'>a",
        "<p>1</p>" * 200_000,
        "<h1>政府信息公开" * 30_000,
        "<table>" + "<tbody><tr><td>1<td>2</tbody>" * 20_000,
        "来源：" * 50_000,
        "a " * 3_000_000,
    ],
    ids=lambda markup: markup[:24],
)
def test_bombs_are_bounded_in_time(markup: str) -> None:
    data = markup.encode()
    start = time.process_time()
    with suppress(TooBigError):
        assert isinstance(read(data, ""), Document)
    assert time.process_time() - start < 10


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=500), st.sampled_from(["", "utf-8", "gb2312", "text/html; charset=big5", "砲"]))
@example(b"\xef\xbb\xbf<table><tr><td rowspan=0 colspan=99999999999999999999>\xff", "utf-8")
def test_any_bytes(data: bytes, hint: str) -> None:
    with suppress(ExtractError):
        assert isinstance(read(data, hint), Document)


TAGS = (
    "<table>|</table>|<tr>|</tr>|<td>|</td>|<th>|<td rowspan=3>|<td colspan=2>|<tbody>|</tbody>|<p>|</p>|<div>|</div>"
    "|<br>|<span>|</span>|<sup>|</sup>|<a>|</a>|<h1>|</h1>|<img src=x>|<pre>|</pre>|1|字|一、总体情况|年度报告|来源："
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TAGS.split("|")), min_size=1, max_size=60))
def test_the_walk_loses_no_character_of_any_markup(parts: list[str]) -> None:
    walk = Walk()
    with suppress(CorruptError):
        walk.run(parse("".join(parts).encode(), "").root)
    cells = [text for piece in walk.pieces if isinstance(piece, Table) for row in piece.texts for text in row]
    printed = "".join([piece.text for piece in walk.pieces if isinstance(piece, Line)] + cells)
    for text in ("1", "字", "一、总体情况", "年度报告", "来源："):
        assert printed.count(text) == parts.count(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["", "1", "总计", "12件", "/"]), min_size=2, max_size=5), min_size=1, max_size=6)
)
def test_every_printed_cell_arrives_in_place(rows: list[list[str]]) -> None:
    markup = "<table>" + "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    if not any(any(row) for row in rows):
        assert grids(doc(markup + "</table><p>a")) == []
    else:
        assert texts(grids(doc(markup + "</table>"))[0]) == rows


# --- real and made reports


@pytest.mark.skipif(not SHANGHAI.exists(), reason="needs the corpus beside the checkout")
def test_shanghai_2019() -> None:
    document = read(SHANGHAI.read_bytes(), "")
    assert titles(document) == ["2019年上海市人民政府办公厅政府信息公开工作年度报告"]
    assert [(grid.rows, grid.columns) for grid in grids(document)] == [(18, 5), (26, 10), (4, 15)]
    assert texts(grids(document)[2])[3] == ["5", "", "", "2", "7", "8", "", "", "1", "9", "", "", "", "", ""]
    assert document.metadata == (("发布日期", "2020-01-31"),)
    assert document.notes == ()


def expected(rows: tables.Rows) -> list[tuple[int, int, str]]:
    grid = build([[RawCell(box.text, "", box.rowspan, box.colspan) for box in row] for row in rows], "")
    return [(cell.row, cell.column, cell.text) for cell in grid.cells]


def squeezed(grid: Grid) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, "".join(cell.text.split())) for cell in grid.cells]


def truth_of(style: str) -> Truth:
    return make_report(len(style), "2021", "dense", blanks=True, marks=True)


SAME_TABLES = (
    "clean",
    "metadata",
    "two_line_title",
    "nested_layout",
    "layout_paragraphs",
    "word",
    "header_cells",
    "unclosed",
    "gbk",
    "page_in_tables",
)


@pytest.mark.parametrize("style", SAME_TABLES)
def test_made_reports_keep_every_cell_in_place(style: str) -> None:
    truth = truth_of(style)
    found = grids(read(STYLES[style](truth, Random(1)), ""))[-3:]
    assert [squeezed(grid) for grid in found] == [
        expected(rows(truth)) for rows in (tables.disclosure, tables.requests, tables.review)
    ]


@pytest.mark.parametrize("style", sorted(STYLES))
def test_made_reports_lose_nothing(style: str) -> None:
    truth = truth_of(style)
    document = read(STYLES[style](truth, Random(1)), "")
    figures = Counter(
        box.text
        for rows in (tables.disclosure, tables.requests, tables.review)
        for row in rows(truth)
        for box in row
        if box.is_value
    )
    if style not in ("full_width", "thousands", "units_in_cells"):
        found = Counter("".join(cell.text.split()) for grid in grids(document) for cell in grid.cells)
        assert figures - found == Counter()
    prose = [line for section in truth.sections for line in section]
    assert [line for line in lines(document) if line in prose] == prose
    assert "".join(titles(document)) == truth.title


@pytest.mark.parametrize("style", sorted(STYLES))
def test_the_portal_of_made_reports_stays_out(style: str) -> None:
    truth = truth_of(style)
    printed = "".join(lines(read(STYLES[style](truth, Random(1)), "")))
    assert "ICP备" not in printed
    assert "当前位置" not in printed
    assert "年年报" not in printed
