"""Figures of a Word file that nobody sees as their text says: numbered, raised, reversed, hidden by styles, unseen."""

import re
import zipfile
from io import BytesIO

import pytest

from extract.formats.docx import read
from extract.model import Grid
from tests.kit.docx import TRANSITIONAL, cell, grid, package, paragraph, run
from tests.test_docx_shown import printed, styled, with_styles


def line(text: str, properties: str) -> str:
    return f"<w:p>{styled(text, properties)}</w:p>"


_THEME = 'w:color w:val="000000" w:themeColor="background1"'
_W14 = "w14:textFill"


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:position w:val="6"/>', "[9]37"),
        ('<w:position w:val="0"/>', "937"),
        ("<w:rtl/>", "[9]37"),
        ('<w:rtl w:val="0"/>', "937"),
        ("<w:specVanish/>", "[9]37"),
        ("<w:vanish/><w:specVanish/>", "37"),
        ('<w:eastAsianLayout w:id="1" w:combine="1"/>', "[9]37"),
        ('<w:eastAsianLayout w:id="1" w:vert="1"/>', "937"),
        ('<w:fitText w:val="20" w:id="1"/>', "[9]37"),
        ('<w:fitText w:val="840" w:id="1"/>', "937"),
        ('<w:sz w:val="4"/>', "[9]37"),
        ('<w:w w:val="1"/>', "[9]37"),
        ('<w:w w:val="90"/>', "937"),
        ('<w:spacing w:val="-200"/>', "[9]37"),
        ('<w:spacing w:val="-10"/>', "937"),
        ('<w:color w:val="FEFEFE"/>', "[9]37"),
        ('<w:color w:val="FF0000"/>', "937"),
        ('<w:color w:val="808080"/>', "937"),
        (f"<{_THEME}/>", "[9]37"),
        (f'<{_THEME} w:themeShade="80"/>', "937"),
        ('<w:color w:val="FFFF00"/><w:shd w:val="clear" w:fill="FFFF00"/>', "[9]37"),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "[9]37"),
        ('<w:color w:val="000000"/><w:highlight w:val="black"/>', "[9]37"),
        ('<w:color w:val="FF0000"/><w:highlight w:val="yellow"/>', "937"),
        ('<w:color w:val="auto"/><w:shd w:val="clear" w:fill="000000"/>', "937"),
        ('<w:color w:val="000000"/><w:shd w:val="solid" w:color="auto" w:fill="auto"/>', "[9]37"),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="auto"/>', "[9]37"),
        (f"<{_W14}><w14:noFill/></{_W14}>", "[9]37"),
        (f'<{_W14}><w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill></{_W14}>', "[9]37"),
        (f'<{_W14}><w14:solidFill><w14:schemeClr w14:val="tx1"/></w14:solidFill></{_W14}>', "937"),
    ],
)
def test_a_figure_that_is_not_seen_in_its_line_is_set_apart(properties: str, expected: str) -> None:
    assert printed(f"<w:p>{styled('9', properties)}{run('37')}</w:p>") == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (line("37", '<w:position w:val="4"/>'), "37"),
        (f'<w:p><w:bdo w:val="rtl">{run("37")}</w:bdo></w:p>', "[37]"),
        (f'<w:p><w:bdo w:val="ltr">{run("37")}</w:bdo></w:p>', "37"),
        (line("规章", '<w:color w:val="FFFFFF"/>'), "规章"),
        (f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>{run("37")}</w:p>', "[37]"),
        (f'<w:p><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr>{run("37")}</w:p>', "37"),
        (f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('3')}</w:p>{paragraph('7')}", "37"),
        (f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("3")}</w:p>{paragraph("7")}', "37"),
        (f"{paragraph('3')}{paragraph('7')}", "3\n7"),
    ],
)
def test_what_its_paragraph_does_to_a_figure(inside: str, expected: str) -> None:
    assert printed(inside) == expected


@pytest.mark.parametrize(
    "properties",
    [
        "<w:color w:val='FFFFFF'/>",
        '<w:color w:val = "FFFFFF"/>',
        '<w:color  w:val="FFFFFF"/>',
        '<w:color w:val="&#70;FFFFF"/>',
        '<w:color w:themeTint="FF" w:val="FFFFFF"/>',
        '<w:sz w:x="1" w:val="2"/>',
    ],
)
def test_properties_say_the_same_however_they_are_written(properties: str) -> None:
    assert printed(line("37", properties)) == "[37]"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('<w:fldSimple w:instr=" =SUM(ABOVE) "/>', "\ufffd"),
        (f'<w:fldSimple w:instr=" =SUM(ABOVE) ">{run("37")}</w:fldSimple>', "37"),
        ('<w:fldSimple w:instr=" TC x "/>', ""),
    ],
)
def test_a_field_whose_result_is_not_kept_is_no_blank(inside: str, expected: str) -> None:
    assert printed(f"<w:p>{inside}</w:p>") == expected


_NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr>'


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    [("3", "", "\ufffd"), ("3", "37", "\ufffd37"), ("0", "37", "37"), ("3", "规章", "规章")],
)
def test_the_ordinal_of_a_list_is_no_blank_and_no_digit(number: str, text: str, expected: str) -> None:
    assert printed(f"<w:p>{_NUMBERED.format(number)}{run(text)}</w:p>") == expected


def styles(*inside: str) -> str:
    return f'<w:styles xmlns:w="{TRANSITIONAL}">{"".join(inside)}</w:styles>'


def style(kind: str, name: str, inside: str, attributes: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"{attributes}>{inside}</w:style>'


DEFAULT = ' w:default="1"'
GONE = "<w:rPr><w:vanish/></w:rPr>"
STRUCK = "<w:rPr><w:strike/></w:rPr>"
WHITE = '<w:rPr><w:color w:val="FFFFFF" w:themeColor="background1"/></w:rPr>'
DARK = '<w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>'


@pytest.mark.parametrize(
    ("said", "inside", "expected"),
    [
        (style("paragraph", "a", STRUCK, DEFAULT), paragraph("37"), "[37]"),
        (style("paragraph", "a", STRUCK, DEFAULT), '<w:p><w:pPr><w:pStyle w:val="zz"/></w:pPr>{}</w:p>', "[37]"),
        (f"<w:docDefaults><w:rPrDefault>{STRUCK}</w:rPrDefault></w:docDefaults>", paragraph("37"), "[37]"),
        (style("paragraph", "b", GONE), '<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>{}</w:p>', ""),
        (style("paragraph", "b", WHITE), '<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>{}</w:p>', "[37]"),
        (style("character", "b", WHITE), line("37", '<w:rStyle w:val="b"/>'), "[37]"),
        (
            style("paragraph", "b", GONE) + style("character", "c", GONE),
            line("37", '<w:rStyle w:val="c"/>').replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>'),
            "[37]",
        ),
        (
            style("paragraph", "b", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'),
            '<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>{}</w:p>',
            "\ufffd37",
        ),
        (style("table", "t", STRUCK, DEFAULT), paragraph("37"), "[37]"),
    ],
)
def test_styles_of_all_kinds_tell(said: str, inside: str, expected: str) -> None:
    assert printed(inside.replace("{}", run("37")), styles(said)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (STRUCK, "[37]"),
        (WHITE, "[37]"),
        (WHITE + DARK, "37"),
        (f'<w:tblStylePr w:type="lastRow">{GONE}</w:tblStylePr>', "[37]"),
        (f'<w:tblStylePr w:type="firstRow">{WHITE}{DARK}</w:tblStylePr>', "37"),
        (f'<w:tblStylePr w:type="band1Horz">{WHITE}</w:tblStylePr>', "[37]"),
    ],
)
def test_the_style_of_a_table_tells(said: str, expected: str) -> None:
    rows = f"<w:tr>{cell(paragraph('37'))}{cell(paragraph('x'))}</w:tr>"
    table = f"<w:tbl>{grid([900] * 2)}{rows}</w:tbl>".replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="t"/>')
    blocks = read(with_styles(package(table), styles(style("table", "t", said))), "").blocks
    assert [found.text for block in blocks if isinstance(block, Grid) for found in block.cells][:1] == [expected]


def test_styles_tell_whatever_the_prefix() -> None:
    inside = f'<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>{run("37")}</w:p>'
    data = package(f"<w:tbl>{grid([900] * 2)}<w:tr>{cell(inside)}{cell(paragraph('x'))}</w:tr></w:tbl>")
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as good, zipfile.ZipFile(buffer, "w") as made:
        for name in good.namelist():
            content = good.read(name).decode()
            made.writestr(name, re.sub("(?<=[<\\s/:])w(?=[:=])", "q", content) if "document" in name else content)
    (block,) = read(with_styles(buffer.getvalue(), styles(style("paragraph", "b", STRUCK))), "").blocks
    assert isinstance(block, Grid)
    assert block.cells[0].text == "[37]"


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>', "[37]"),
        ('<w:trPr><w:trHeight w:hRule="exact" w:val="1"/></w:trPr>', "[37]"),
        ('<w:trPr><w:trHeight w:val="340" w:hRule="exact"/></w:trPr>', "37"),
        ('<w:trPr><w:trHeight w:val="1" w:hRule="atLeast"/></w:trPr>', "37"),
    ],
)
def test_a_row_without_height_shows_no_figure(properties: str, expected: str) -> None:
    row = f"<w:tr>{properties}{cell(paragraph('规章'))}{cell(paragraph('37'))}</w:tr>"
    (block,) = read(package(f"<w:tbl>{grid([900] * 2)}{row}</w:tbl>"), "").blocks
    assert isinstance(block, Grid)
    assert block.cells[1].text == expected


def test_the_colour_of_a_cell_is_behind_its_figure() -> None:
    for ink, ground, expected in (
        ("FFFFFF", "1F4E79", "37"),
        ("1F4E79", "1F4E79", "[37]"),
        ("000000", "D9D9D9", "37"),
        ("000000", "000000", "[37]"),
        ("FFFFFF", "auto", "[37]"),
    ):
        figure = cell(line("37", f'<w:color w:val="{ink}"/>')).replace(
            "</w:tcPr>", f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/></w:tcPr>'
        )
        (block,) = read(
            package(f"<w:tbl>{grid([900] * 2)}<w:tr>{cell(paragraph('x'))}{figure}</w:tr></w:tbl>"), ""
        ).blocks
        assert isinstance(block, Grid)
        assert block.cells[1].text == expected


def in_dark_table(said: str, properties: str, cell_properties: str = "") -> str:
    """Return what a figure with these properties prints in a table whose style says something of its cells."""
    inside = cell(line("37", properties)).replace("</w:tcPr>", f"{cell_properties}</w:tcPr>")
    table = f"<w:tbl>{grid([900] * 2)}<w:tr>{inside}{cell(paragraph('x'))}</w:tr></w:tbl>"
    table = table.replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="t"/>')
    (block,) = read(with_styles(package(table), styles(style("table", "t", said))), "").blocks
    assert isinstance(block, Grid)
    return block.cells[0].text


@pytest.mark.parametrize(
    ("shade", "properties", "expected"),
    [
        ('w:val="clear" w:fill="000000"', '<w:color w:val="000000"/>', "[37]"),
        ('w:val="solid" w:color="101010" w:fill="FFFFFF"', '<w:color w:val="0A0A0A"/>', "[37]"),
        ('w:val="clear" w:fill="000000"', '<w:color w:val="FFFFFF"/>', "37"),
        ('w:val="clear" w:fill="000000"', "", "37"),
        ('w:val="clear" w:fill="1F4E79"', '<w:color w:val="000000"/>', "37"),
    ],
)
def test_a_dark_figure_in_a_table_whose_style_is_dark_is_set_apart(shade: str, properties: str, expected: str) -> None:
    assert in_dark_table(f"{WHITE}<w:tcPr><w:shd {shade}/></w:tcPr>", properties) == expected


def test_the_ground_of_a_cell_itself_counts_more_than_that_of_its_tables_style() -> None:
    dark, black = '<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>', '<w:color w:val="000000"/>'
    assert in_dark_table(dark, black, '<w:shd w:val="clear" w:fill="FFFFFF"/>') == "37"
    assert in_dark_table(f'<w:tblStylePr w:type="firstRow">{dark}</w:tblStylePr>', black) == "37"
