"""What floats over the cells of a Word file, stands in them for nobody has typed there, or is drawn in two ways."""

from random import Random

import pytest

from extract.formats.docx import read
from extract.model import Grid
from extract.reading import read as read_report
from tests.comparing import assert_exact
from tests.kit import docx
from tests.kit.docx import cell, grid, package, paragraph, run
from tests.kit.truth import make_report

_WIDE = 900 * 635
_HIGH = 300 * 635
_WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
PICTURE = f'<a:graphic {_A}><pic:pic xmlns:pic="p"><pic:spPr><a:noFill/></pic:spPr></pic:pic></a:graphic>'


def shape(fill: str, text: str = "") -> str:
    box = f"<wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx>" if text else ""
    return f"<wps:wsp {_A}><wps:spPr>{fill}</wps:spPr>{box}</wps:wsp>"


def anchor(
    inside: str, left: int = 0, top: int = 0, *, vertical: str = "paragraph", more: str = 'behindDoc="0"'
) -> str:
    return (
        f'<w:r><w:drawing><wp:anchor {more}><wp:positionH relativeFrom="column"><wp:posOffset>{left * 635}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="{vertical}"><wp:posOffset>{top * 635}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{_WIDE}" cy="{_HIGH}"/><wp:wrapNone/>{inside}</wp:anchor></w:drawing></w:r>'
    )


def vml(style: str, inside: str = "", name: str = "rect", more: str = "") -> str:
    return f'<w:r><w:pict><v:{name} style="position:absolute;{style}" {more}>{inside}</v:{name}></w:pict></w:r>'


_IN_GROUP = '<v:rect style="position:absolute;left:9;width:9"/>'
_BOX = f"<v:textbox><w:txbxContent>{paragraph('37')}</w:txbxContent></v:textbox>"


def printed(drawing: str, text: str = "37") -> list[str]:
    """Return what three rows of a label and two figures print, with a drawing anchored in the first figure's cell."""
    first = cell(f"<w:p>{drawing}{run(text)}</w:p>")
    rows = [f"<w:tr>{cell(paragraph('规章'))}{first}{cell(paragraph('4'))}</w:tr>"]
    rows += [f"<w:tr>{cell(paragraph('其他'))}{cell('<w:p/>')}{cell(paragraph('5'))}</w:tr>"] * 2
    (block,) = read(package(f"<w:tbl>{grid([900] * 3)}{''.join(rows)}</w:tbl>"), "").blocks
    assert isinstance(block, Grid)
    return [found.text for found in block.cells if found.column]


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (anchor(PICTURE), ["[37]", "4", "[图片]", "5", "", "5"]),
        (anchor(PICTURE, more='behindDoc="1"'), ["37", "4", "", "5", "", "5"]),
        (anchor(PICTURE).replace("wrapNone", "wrapSquare"), ["37", "4", "", "5", "", "5"]),
        (anchor(PICTURE, left=900), ["37", "[4]", "", "[5]", "", "5"]),
        (anchor(PICTURE, left=900, vertical="page"), ["37", "[4]", "", "[5]", "", "[5]"]),
        (anchor(PICTURE, top=-300), ["[37]", "4", "", "5", "", "5"]),
        (anchor(shape(_WHITE)), ["[37]", "4", "", "5", "", "5"]),
        (anchor(shape("<a:noFill/>")), ["37", "4", "", "5", "", "5"]),
        (anchor(shape(_WHITE, "8")), ["[37]\n8", "4", "[图片]", "5", "", "5"]),
        (vml("width:40pt;height:10pt"), ["[37]", "4", "", "5", "", "5"]),
        (vml("width:40pt;height:10pt;z-index:-2"), ["37", "4", "", "5", "", "5"]),
        (vml("width:40pt;height:10pt", more='filled="f"'), ["37", "4", "", "5", "", "5"]),
        (vml("margin-left:45pt;width:40pt;height:10pt"), ["37", "[4]", "", "5", "", "5"]),
        (vml("mso-position-horizontal-relative:page;width:4pt;height:9pt"), ["[37]", "[4]", "", "5", "", "5"]),
        (vml("", name="line", more='from="0,0" to="40pt,9pt"'), ["[37]", "4", "", "5", "", "5"]),
        (vml("width:40pt;height:9pt", _IN_GROUP, "group"), ["[37]", "4", "", "5", "", "5"]),
    ],
)
def test_figures_under_a_drawing_are_set_apart(drawing: str, expected: list[str]) -> None:
    assert printed(drawing) == expected


def test_a_text_box_in_a_blank_cell_is_its_text_and_no_other_cells() -> None:
    assert printed(anchor(shape(_WHITE, "8")), "")[:2] == ["8", "4"]
    assert printed(anchor(shape(_WHITE, "8"), left=900), "")[:2] == ["[8]", "[4]"]


def test_a_drawing_beside_a_table_covers_nothing() -> None:
    truth = make_report(3, "2021", "dense")
    data = docx.clean(truth, Random(3))
    seal = package(f"<w:p>{anchor(PICTURE)}{run('某局')}</w:p>")
    assert read(seal, "").notes == ()
    assert_exact(data, truth)


@pytest.mark.parametrize(
    "loose",
    [
        f"<w:p>{anchor(shape(_WHITE, '37'))}</w:p>",
        f"<w:p>{vml('width:9pt;height:9pt', _BOX)}</w:p>",
        f'<w:p><w:pPr><w:framePr w:w="500" w:x="1" w:y="1"/></w:pPr>{run("37")}</w:p>',
    ],
)
def test_a_figure_that_floats_beside_the_tables_is_told(loose: str) -> None:
    (note,) = read(package(paragraph("表") + loose), "").notes
    assert (note.rule, note.verdict) == ("floating", "NOT_ASSESSABLE")
    assert "37" in note.detail
    assert not read(package(loose.replace("37", "注：见下表")), "").notes


_FIGURES = f"<w:tbl>{grid([900] * 2)}<w:tr>{cell(paragraph('规章'))}{cell(paragraph('37'))}</w:tr></w:tbl>"
_EMPTY = _FIGURES.replace("37", "")


def _anchored(drawing: str, text: str = "") -> str:
    return f"<w:p>{drawing}{run(text)}</w:p>"


@pytest.mark.parametrize(
    ("body", "is_told"),
    [
        (_anchored(anchor(shape(_WHITE), top=200)) + _FIGURES, True),
        (_anchored(anchor(shape(_WHITE), top=200)) + _EMPTY, False),
        (_anchored(anchor(shape(_WHITE), top=-100)) + _FIGURES, False),
        (_anchored(anchor(shape(_WHITE), top=200).replace("wrapNone", "wrapSquare")) + _FIGURES, False),
        (_anchored(anchor(shape(_WHITE), top=200), "字" * 200) + _FIGURES, False),
        (_anchored(anchor(shape(_WHITE), top=900)) + paragraph("甲") * 3 + _FIGURES, True),
        (_anchored(anchor(shape(_WHITE), top=900)) + paragraph("甲") * 5 + _FIGURES, False),
        (_FIGURES + _anchored(anchor(PICTURE, top=-100)), True),
        (_FIGURES + _anchored(anchor(PICTURE, top=0)), False),
        (_FIGURES + paragraph("甲") * 2 + _anchored(anchor(PICTURE, top=-500)), True),
        (_FIGURES + paragraph("甲") * 3 + _anchored(anchor(PICTURE, top=-500)), False),
    ],
)
def test_a_drawing_outside_the_tables_that_may_lie_over_one_is_told(body: str, is_told: bool) -> None:
    assert [note.rule for note in read(package(body), "").notes] == ["floating"] * is_told


_PLACEHOLDER = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
_TYPED = '<w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr>'


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f"<w:p><w:sdt>{_PLACEHOLDER}<w:sdtContent>{run('0')}</w:sdtContent></w:sdt></w:p>", "[0]"),
        (f"<w:sdt>{_PLACEHOLDER}<w:sdtContent>{paragraph('0')}</w:sdtContent></w:sdt>", "[0]"),
        (f"<w:sdt>{_TYPED}<w:sdtContent>{paragraph('0')}</w:sdtContent></w:sdt>", "0"),
        (f'<w:p><w:pPr><w:framePr w:x="1"/></w:pPr>{run("37")}</w:p>', "[37]"),
        ('<w:p><w:subDoc r:id="a" xmlns:r="r"/></w:p>', "\ufffd"),
        (
            f"<w:p><mc:AlternateContent><mc:Choice>{run('9')}</mc:Choice><mc:Fallback>{run('37')}</mc:Fallback>"
            "</mc:AlternateContent></w:p>",
            "9\ufffd",
        ),
        (
            f"<w:p><mc:AlternateContent><mc:Choice>{run('37')}</mc:Choice><mc:Fallback>{run('37')}</mc:Fallback>"
            "</mc:AlternateContent></w:p>",
            "37",
        ),
        (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p><w:p><w:r><w:t>9</w:t></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("37")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
            "\ufffd\n937",
        ),
    ],
)
def test_what_nobody_typed_or_is_not_certain_is_no_figure(inside: str, expected: str) -> None:
    assert printed("", "37")[0] == "37"
    (block,) = read(
        package(f"<w:tbl>{grid([900] * 2)}<w:tr>{cell(paragraph('规章'))}{cell(inside)}</w:tr></w:tbl>"), ""
    ).blocks
    assert isinstance(block, Grid)
    assert block.cells[1].text == expected


def test_a_cell_that_is_a_placeholder_is_not_read() -> None:
    held = f"<w:sdt>{_PLACEHOLDER}<w:sdtContent>{cell(paragraph('0'))}</w:sdtContent></w:sdt>"
    (block,) = read(package(f"<w:tbl>{grid([900] * 2)}<w:tr>{cell(paragraph('规章'))}{held}</w:tr></w:tbl>"), "").blocks
    assert isinstance(block, Grid)
    assert block.cells[1].text == "[0]"


def test_a_report_with_a_covered_figure_is_partial() -> None:
    truth = make_report(3, "2021", "dense")
    value = next(c["value"] for c in truth.cells if c["table"] == "requests" and (c["value"] or 0) > 99)
    figure = paragraph(str(value))
    body = docx._body(truth)
    assert figure in body
    covered = body.replace(figure, figure.replace("<w:p>", f"<w:p>{anchor(PICTURE)}"), 1)
    reading = read_report(package(covered), "")
    assert (reading.outcome, value in [c.value for c in reading.cells if c.raw == f"[{value}]"]) == ("partial", False)
    assert any(c.state == "unreadable" and str(value) in c.raw for c in reading.cells)
