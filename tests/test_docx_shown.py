"""What a Word file prints, hides or sets apart by its styles, fields, formulas and drawings: no digit appears or is lost."""

import zipfile
from io import BytesIO

import pytest

from extract.errors import CorruptError
from extract.formats.docx import read
from extract.model import Grid, Paragraph
from extract.office.word import document as word
from tests.kit.docx import TRANSITIONAL, cell, grid, package, paragraph, run
from tests.test_docx import repacked

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'

STYLES = f"""<w:styles xmlns:w="{TRANSITIONAL}">
<w:style w:type="character" w:styleId="隐"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="a7"><w:basedOn w:val="隐"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="a8"><w:basedOn w:val="a7"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="a9"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="b1"><w:basedOn w:val="b1"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="z"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"""


def with_styles(data: bytes, styles: str) -> bytes:
    buffer = BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        link = f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles2.xml"/>'
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{link}</Relationships>')
        archive.writestr("word/styles2.xml", styles)
    return buffer.getvalue()


def styled(text: str, properties: str) -> str:
    return run(text).replace("<w:r>", f"<w:r><w:rPr>{properties}</w:rPr>")


def printed(inside: str, styles: str = STYLES) -> str:
    """Return what the middle one of three cells prints."""
    table = (
        f"<w:tbl>{grid([900] * 3)}<w:tr>{cell(paragraph('规章'))}{cell(inside)}{cell(paragraph('x'))}</w:tr></w:tbl>"
    )
    (block,) = read(with_styles(package(table), styles), "").blocks
    assert isinstance(block, Grid)
    return block.cells[1].text


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ('<w:rStyle w:val="隐"/>', "37"),
        ("<w:rStyle w:val = '隐'/>", "37"),
        ('<w:rStyle w:val="a7"/>', "37"),
        ('<w:rStyle w:val="a8"/>', "937"),
        ('<w:rStyle w:val="a7"/><w:vanish w:val="0"/>', "937"),
        ('<w:rStyle w:val="a9"/>', "[9]37"),
        ('<w:rStyle w:val="b1"/>', "[9]37"),
        ('<w:rStyle w:val="c"/>', "937"),
        ('<w:color w:val="ffffff"/>', "[9]37"),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>', "937"),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', "937"),
        ('<w:color w:val="000000"/>', "937"),
        ('<w:sz w:val="2"/>', "[9]37"),
        ('<w:sz w:val="21"/>', "937"),
        ('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>', "[9]37"),
        ('<w:rFonts w:ascii="仿宋" w:hAnsi="仿宋"/>', "937"),
    ],
)
def test_a_style_that_hides_or_raises_hides_or_raises_its_runs(style: str, expected: str) -> None:
    assert printed(f"<w:p>{styled('9', style)}{run('37')}</w:p>") == expected


def test_a_paragraph_of_a_hidden_style_is_not_shown() -> None:
    hidden = f'<w:p><w:pPr><w:pStyle w:val="z"/></w:pPr>{run("9")}</w:p>'
    assert printed(hidden + paragraph("37")) == "37"
    assert printed(hidden.replace('"z"', '"y"') + paragraph("37")) == "9\n37"


def test_styles_are_known_in_any_encoding_and_of_any_name() -> None:
    hidden = "<w:p>" + styled("9", '<w:rStyle w:val="a7"/>') + run("37") + "</w:p>"
    head, main = '<?xml version="1.0"?>', f'<w:document xmlns:w="{TRANSITIONAL}"><w:body>{hidden}</w:body></w:document>'
    for content in ((head + main).encode("utf-16"), main.encode()):
        assert texts(repacked("word/document.xml", content)) == ["37"]
    with pytest.raises(CorruptError):
        texts(repacked("word/document.xml", main.encode().replace(b'"a7"', b'"\xff"')))


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(with_styles(data, STYLES), "").blocks if isinstance(block, Paragraph)]


def test_labels_in_white_are_labels_and_damaged_styles_are_none() -> None:
    assert printed("<w:p>" + styled("规范性文件", '<w:color w:val="FFFFFF"/>') + "</w:p>") == "规范性文件"
    assert printed("<w:p>" + styled("9", '<w:rStyle w:val="a7"/>') + "</w:p>", "<w:styles><w:vanish") == "9"


def test_damaged_styles_are_told() -> None:
    text = "<w:p>" + styled("9", '<w:rStyle w:val="a7"/>') + "</w:p>"
    document = read(with_styles(package(text), "<w:styles><w:vanish"), "")
    assert [note.rule for note in document.notes] == ["damaged_styles"]
    assert not read(with_styles(package(text), STYLES), "").notes


def test_a_white_figure_in_a_dark_cell_is_seen() -> None:
    dark = cell("<w:p>" + styled("37", '<w:color w:val="FFFFFF"/>') + "</w:p>")
    for fill, expected in (("1F4E79", "37"), ("auto", "[37]"), ("ffffff", "[37]")):
        shaded = dark.replace("</w:tcPr>", f'<w:shd w:val="clear" w:fill="{fill}"/></w:tcPr>')
        (block,) = read(
            package(f"<w:tbl>{grid([900] * 2)}<w:tr>{cell(paragraph('规章'))}{shaded}</w:tr></w:tbl>"), ""
        ).blocks
        assert isinstance(block, Grid)
        assert block.cells[1].text == expected


def complex_field(code: str, result: str = "") -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"<w:p>{begin}<w:r><w:instrText> {code} </w:instrText></w:r>{separate + result if result else ''}{end}</w:p>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (complex_field(r"EQ \o(○,1)"), "\ufffd"),
        (complex_field('SYMBOL 49 \\f "Arial"'), "\ufffd"),
        (complex_field("FORMDROPDOWN", "<w:r/>"), "\ufffd"),
        (complex_field("SYMBOL 49", run("37")), "37"),
        (complex_field('XE "x"'), ""),
        (f"<w:p>{run('37')}<w:r><w:pgNum/></w:r></w:p>", "37\ufffd"),
        (
            f'<w:p>{run("37")}<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r></w:p>',
            "37[1]",
        ),
        (f'<w:p>{run("37")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>', "37"),
        (f"<w:p><m:oMath {_MATH}><m:r><m:t>37</m:t></m:r></m:oMath></w:p>", "37"),
        (
            f"<w:p><m:oMath {_MATH}><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>7</m:t></m:r></m:den>"
            "</m:f></m:oMath></w:p>",
            "[37]",
        ),
        (
            f"<w:p><m:oMath {_MATH}><m:sSup><m:e><m:r><m:t>3</m:t></m:r></m:e><m:sup><m:r><m:t>7</m:t></m:r></m:sup>"
            "</m:sSup></m:oMath></w:p>",
            "[37]",
        ),
        ('<w:p><w:r><w:drawing><c:chart xmlns:c="c"/></w:drawing></w:r></w:p>', "[图片]"),
        ("<w:p><w:r><w:drawing><w14:contentPart/></w:drawing></w:r></w:p>", "[图片]"),
        ('<w:p><w:r><w:pict><v:shape><v:textpath string="37"/></v:shape></w:pict></w:r></w:p>', "[图片]"),
        ('<w:altChunk r:id="r9" xmlns:r="x"/><w:p/>', "\ufffd"),
    ],
)
def test_what_prints_something_is_no_blank_and_no_other_number(inside: str, expected: str) -> None:
    assert printed(inside) == expected


def test_a_cell_that_a_revision_took_out_is_none() -> None:
    gone = cell(paragraph("9")).replace("</w:tcPr>", '<w:cellDel w:id="1" w:author="a"/></w:tcPr>')
    row = f"<w:tr>{cell(paragraph('规章'))}{gone}{cell(paragraph('37'))}</w:tr>"
    (block,) = read(package(f"<w:tbl>{grid([900] * 3)}{row}</w:tbl>"), "").blocks
    assert isinstance(block, Grid)
    assert [(found.column, found.text) for found in block.cells] == [(0, "规章"), (1, "37")]


def test_styles_that_tell_nothing_cost_no_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(word, "ParagraphText", refuse)
    assert printed("<w:p>" + styled("37", '<w:rStyle w:val="c"/>') + "</w:p>") == "37"
