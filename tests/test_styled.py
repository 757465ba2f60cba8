"""What styles and scripts do to a page's figures: raised, struck out, out of sight, or not in the page at all."""

import time

import pytest

from extract.formats.html import read
from extract.html.style_rules import Rules, rules_of
from extract.kept import of_short
from extract.model import Grid, GridCell, Paragraph
from extract.text import parse_number
from tests.test_form_traps import HEAD, NEW, cells, reported, table, tr

VALUES = (30, 1, 2, 3, 4, 5, 45)


def shown(cell: str, style: str = "") -> list[str]:
    markup = f"<style>{style}</style><table><tr><td>规章<td>{cell}<td>3</table>"
    [grid] = (block for block in read(markup.encode(), "").blocks if isinstance(block, Grid))
    return [found.text for found in sorted(grid.cells, key=_column)]


def _column(cell: GridCell) -> int:
    return cell.column


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("5<span style='font-size:8px; vertical-align: super'>1</span>", "5[1]"),
        ("<span style='text-decoration:line-through'>7</span>5", "[7]5"),
        ("<font style='text-decoration-line: line-through'>75</font>", "[75]"),
        ("<span style='vertical-align:baseline'>5</span>", "5"),
        ("5<span style='vertical-align:super;display:none'>1</span>", "5"),
    ],
)
def test_what_a_style_raises_or_strikes_out_is_no_digit(cell: str, text: str) -> None:
    assert shown(cell) == ["规章", text, "3"]


@pytest.mark.parametrize(
    "style", ["visibility:hidden", "color:red;visibility : collapse", "opacity:0", "font-size: 0px;", "opacity:0.0"]
)
def test_what_keeps_its_place_out_of_sight_is_not_read(style: str) -> None:
    assert shown(f"<p style='{style}'>9</p>") == ["规章", "", "3"]
    assert shown(f"4<span style='{style}'>9</span>") == ["规章", "4", "3"]


@pytest.mark.parametrize("style", ["opacity:0.5", "font-size:0.9em", "visibility:visible", "opacity: 1"])
def test_what_is_only_pale_or_small_is_read(style: str) -> None:
    assert shown(f"<p style='{style}'>9</p>") == ["规章", "9", "3"]


def test_what_is_shown_again_inside_is_read() -> None:
    assert shown("<div style='font-size:0'><span style='font-size:14px'>9</span></div>") == ["规章", "9", "3"]


def test_a_cell_out_of_sight_keeps_its_column_blank() -> None:
    markup = "<table><tr><td>规章<td style='visibility:hidden'>9<td>3</table>"
    [grid] = (block for block in read(markup.encode(), "").blocks if isinstance(block, Grid))
    assert [(cell.column, cell.text) for cell in grid.cells] == [(0, "规章"), (1, ""), (2, "3")]


@pytest.mark.parametrize("style", ["hidden", "collapse"])
def test_last_years_row_out_of_sight_leaves_this_years_alone(style: str) -> None:
    old = tr(NEW, *(9,) * 7).replace("<tr>", f"<tr style='visibility:{style}'>")
    assert "visibility" in old
    assert cells(table(tr("", *HEAD), tr(NEW, *VALUES), old), "new") == reported(VALUES)


@pytest.mark.parametrize(
    ("cell", "style"),
    [
        ("<span data-v=12 class=v></span>", ".v::before{content:attr(data-v)}"),
        ("<i class=n style='counter-set:n 12'></i>", ".n:after { content : counter(n) }"),
        ("<span v-text='row.issued'></span>", ""),
        ("<b ng-bind=issued> </b>", ""),
        ("<span data-bind='text: issued'></span>", ""),
    ],
)
def test_an_empty_element_that_a_style_or_script_fills_is_no_blank(cell: str, style: str) -> None:
    assert shown(cell, style) == ["规章", "[图片]", "3"]


@pytest.mark.parametrize("attribute", ["v-text='issued'", "data-value='1,259'"])
def test_a_cell_that_a_script_fills_is_no_blank(attribute: str) -> None:
    markup = f"<table><tr><td>规章<td {attribute}></td><td>3</table>"
    [grid] = (block for block in read(markup.encode(), "").blocks if isinstance(block, Grid))
    assert [cell.text for cell in sorted(grid.cells, key=_column)] == ["规章", "[图片]", "3"]


def test_an_attribute_that_no_style_prints_leaves_a_cell_blank() -> None:
    assert shown("<span data-v=12></span>", ".v{color:red}") == ["规章", "", "3"]


def test_a_table_of_several_years_leaves_the_forms_own_figures_alone() -> None:
    compared = table(tr("项目", "本年", "上年"), tr(NEW, 3, 9))
    assert cells(table(tr("", *HEAD), tr(NEW, *VALUES)) + compared, "new") == reported(VALUES)
    assert cells(compared + table(tr("", *HEAD), tr(NEW, *VALUES)), "new") == reported(VALUES)


@pytest.mark.parametrize(
    ("cell", "style"),
    [
        ("5<span class=x>9</span>", ".x{display:none}"),
        ("5<span class='b x'>9</span>", "@media screen{td span.x , .y{ visibility : hidden }}"),
        ("5<span id=x>9</span>", "#x{position:absolute;left:-999px}"),
        ("5<b class=x>9</b>", ".x{vertical-align:super}"),
        ("<i class=x>5</i>", ".x::before{content:'9'}"),
        ("5<span style='color:#FFF'>9</span>", ""),
        ("5<font color=white>9</font>", ""),
        ("<span style='background:#eee;color:#EEE'>5</span>", ""),
        ("5<span style='position: absolute; left: -999px'>9</span>", ""),
        ("<span style='float:right'>9</span><span>5</span>", ""),
        ("<bdo dir=rtl>95</bdo>", ""),
        ("<span style='direction:rtl;unicode-bidi:bidi-override'>95</span>", ""),
        ("\u202e95", ""),
        ("5<a href='#note1'>9</a>", ""),
        ("<span style='display:inline-block;transform:rotate(180deg)'>66</span>", ""),
        ("<input value=9>5", ""),
        ("<select multiple><option>5<option>9</select>", ""),
        ("<progress value=5>9</progress>", ""),
        ("<span class=x></span>", '.x:after{content:"59"}'),
        ("5<sub>9</sub>", ""),
        ("<ruby>5<rt>9</rt></ruby>", ""),
        ("5<span style='vertical-align: sub'>9</span>", ""),
        ("5<span style='vertical-align:4.5pt'>9</span>", ""),
        ("5<span style='position:relative;top:-5.0pt;mso-text-raise:5.0pt'>9</span>", ""),
        ("5<span class=x>9</span>", ".x{vertical-align:30%}"),
        ("5<span class=x>9</span>", ".x{color:#fff}"),
        ("5<span style='color:#fefefe'>9</span>", ""),
        ("5<span style='color: rgb(255 255 255)'>9</span>", ""),
        ("5<span style='color:hsl(0, 0%, 100%)'>9</span>", ""),
        ("5<span style='-webkit-text-fill-color:transparent'>9</span>", ""),
        ("5<font color=ffffff>9</font>", ""),
        ("5<span style='font-size:1px'>9</span>", ""),
        ("5<span style='font:0/0 a'>9</span>", ""),
        ("5<span style='opacity:.01'>9</span>", ""),
        ("5<span style='zoom:0'>9</span>", ""),
        ("5<span style='position:relative;left:-9999px'>9</span>", ""),
        ("5<span style='margin-left: -999px'>9</span>", ""),
        ("5<span style='content-visibility:hidden'>9</span>", ""),
        ("<span data-num=59></span>", ""),
        ("<span class=counter data-to=59>0</span>", ""),
        ("<i data-v-7ba5bd90 data-count='1,259'>1,258</i>", ""),
        ("5<span style='position:relative;top:-4px;font-size:8px'>9</span>", ""),
        ("<span style='position:relative;left:9px'>5</span><span style='position:relative;left:-9px'>9</span>", ""),
        ("<style>.x{display:none}</style>5<span class=x>9</span>", ""),
        ("<style>.x:before{content:'9'}</style><i class=x>5</i>", ""),
        ("5<i>9</i>", "td i{display:none}"),
        ("5<b data-old=1>9</b>", "[data-old]{visibility:hidden}"),
        ("<b>9</b><b>5</b>", "td>b:first-child{font-size:0}"),
        ("<i>9</i><i class=y>5</i>", "i:not(.y){display:none}"),
        ("5<i class=x>9</i>", ":is(.w,.x){display:none}"),
        ("<i class=x>5<b>9</b></i>", ".x *{display:none}"),
        ("<i class=x>5<b class=y>9</b></i>", ".x{color:red;.y{display:none}}"),
        ("<i class=x>5</i>", ".x{content:url(n.png)}"),
        ("5<span style='displ\\61y:none'>9</span>", ""),
        ("5<span style='--x:none;display:var(--x)'>9</span>", ""),
        ("5<span style='visibility:hidden'>9<i style='visibility:visible'>8</i></span>", ""),
        ("5<span style='filter:opacity(0)'>9</span>", ""),
        ("5<span style='color:#0000'>9</span>", ""),
        ("5<span style='color:rgb(0 0 0 / 0%)'>9</span>", ""),
        ("5<span style='zoom:.01'>9</span>", ""),
        ("<span style='display:inline-block;rotate:180deg'>66</span>", ""),
        ("<ruby>5<rtc>9</rtc></ruby>", ""),
        ("5<script>document.write(9)</script>", ""),
        ("<div><template shadowrootmode=open>9</template>5</div>", ""),
        ("<svg width=9 height=14><path d='M0 0h9'/></svg>", ""),
        ("<img width=9 height=14 src=d5.png>", ""),
        ("<b id=n7></b><script>document.getElementById('n7').innerText = read()</script>", ""),
    ],
)
def test_a_figure_that_is_shown_otherwise_than_it_reads_is_not_believed(cell: str, style: str) -> None:
    label, text, neighbour = shown(cell, style)
    assert (label, neighbour) == ("规章", "3")
    assert parse_number(text).state == "unreadable"


@pytest.mark.parametrize(
    ("cell", "style"),
    [
        ("<span class=x>5</span>", ".x{color:red} .y{display:none}"),
        ("<span class=x>5</span>", "@media print{.x{display:none}}"),
        ("<span class=x>5</span>", ".x::before{content:'\\e605'} .x{text-transform:none}"),
        ("<span class=x>5</span>", ".x:hover{display:none}"),
        ("<span style='color:white;background:#036'>5</span>", ""),
        ("<span style='color:white'><span style='color:#000'>5</span></span>", ""),
        ("<span style='background-color:white'>5</span>", ""),
        ("<a href='#'>5</a>", ""),
        ("<span style='position:relative;float:none;transform: none'>5</span>", ""),
        ("<span class=x>5</span>", "/* .x{display:none} */ .x{clip: auto}"),
        ("<span class=x>5</span>", ".x{color:#fff;background:#036}"),
        ("<span style='mso-text-raise:1.0pt;vertical-align:-2px'>5</span>", ""),
        ("<span style='vertical-align:0px;mso-text-raise:0pt'>5</span>", ""),
        ("<span style='color:#369;zoom:1;scale:1;font-size:10px;opacity:.9'>5</span>", ""),
        ("<span style='/*display:none;*/color:red'>5</span>", ""),
        ("<span style='display:none;display:inline'>5</span>", ""),
        ("<span style='display:inline!important;display:none'>5</span>", ""),
        ("<span style='display:inline;display:nonesuch'>5</span>", ""),
        ("<span hidden style='display:inline-block'>5</span>", ""),
        ("5<span style='display:inline;display:none'>9</span>", ""),
        ("5<span hidden style='color:red'>9</span>", ""),
        ("<i>5</i>", ".share i{display:none} td i:hover{opacity:0} ul>li{float:left}"),
        ("<p style='position:relative;top:2px'>5</p>", ""),
        ("<span style='color:rgb(0,0,0);font-family:\"\\5B8B\\4F53\"'>5</span>", ""),
        ("<img width=1 height=1 src=spacer.gif>5", ""),
        ("5<span style='display:/**/none'>9</span>", ""),
        ("5<noembed>9</noembed>", ""),
        ("<span data-num=5 data-row=9>5</span>", ""),
        ("<span data-value='5.00' id=n7>5</span><script>show('n7')</script>", ""),
        ("<span id=n8></span>5<script>show('n7')</script>", ""),
    ],
)
def test_what_only_looks_like_it_is_read(cell: str, style: str) -> None:
    assert shown(cell, style) == ["规章", "5", "3"]


def test_a_struck_out_cell_and_one_in_white_are_no_figures() -> None:
    rows = "<tr><td>规章<td style='text-decoration:line-through'>9<td style='color:#ffffff'>7<td style='float:left'>3"
    [grid] = (block for block in read(f"<table>{rows}</table>".encode(), "").blocks if isinstance(block, Grid))
    assert [cell.text for cell in sorted(grid.cells, key=_column)] == ["规章", "[9]", "[7]", "3"]


def test_a_page_laid_out_in_cells_keeps_its_prose() -> None:
    prose = "<p class=x>2023年1月9日</p><p style='float:right'>本年共收到申请5件。</p>"
    markup = f"<style>.x{{position:absolute}}</style><table><tr><td>{prose}</td></tr></table>"
    texts = [block.text for block in read(markup.encode(), "").blocks if isinstance(block, Paragraph)]
    assert texts == ["2023年1月9日", "本年共收到申请5件。"]


@pytest.mark.parametrize(
    "part", ["/*", "@media print{", "a{", "}", "{", "a,", ".x:", "content:'", "color:", "transform:"]
)
def test_a_long_style_sheet_is_read_in_a_time_that_grows_with_it(part: str) -> None:
    started = time.process_time()
    assert rules_of(part * (100_000 // len(part))) == Rules(frozenset(), frozenset(), frozenset())
    assert time.process_time() - started < 1


def test_long_styles_are_looked_at_as_short_ones_are() -> None:
    asked: list[str] = []

    @of_short
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    texts = ["a" * 3, "b" * 9_999]
    assert [length(text) for text in texts * 2] == [3, 9_999, 3, 9_999]
    assert asked == [texts[0], texts[1], texts[1]]
