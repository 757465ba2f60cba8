"""DOCX: every style of the kit comes back exact; revisions, boxes, merges, bombs and damage one by one."""

import io
import zipfile
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from extract.errors import CorruptError, EncryptedError, TooBigError
from extract.formats.docx import read
from extract.model import Grid, GridCell
from extract.office import package as ooxml_package
from extract.office.word import document as word
from extract.office.word.plain import Odd, plain_blocks
from extract.office.word.source import word_source
from extract.reading import read as read_report
from tests.comparing import assert_style_exact
from tests.kit import docx, tables
from tests.kit.damage import damaged, read_or_refuse
from tests.kit.docx import cell, grid, package, paragraph, run
from tests.kit.story import TABLES
from tests.kit.truth import Truth, make_report
from tests.shared import CORPUS, needs_corpus
from tests.test_forms import wrong

W = f"{{{docx.TRANSITIONAL}}}"


@pytest.mark.parametrize("style", docx.STYLES)
def test_styles_come_back_exact(style: str) -> None:
    assert_style_exact(docx.STYLES[style])


def texts(body: str) -> list[str]:
    return [getattr(block, "text", "<table>") for block in read(package(body), "").blocks]


def cells(rows: str, widths: list[int]) -> tuple[GridCell, ...]:
    (block,) = read(package(f"<w:tbl>{grid(widths)}{rows}</w:tbl>"), "").blocks
    assert isinstance(block, Grid)
    return block.cells


def placed(rows: str, widths: list[int]) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in cells(rows, widths)]


def row(*inside: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(inside)}</w:tr>"


def box(text: str, columns: int = 1, merge: str = "") -> str:
    return cell(paragraph(text), columns, merge)


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        (run("1") + run("2"), "12"),
        (f"{run('5')}<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>", "5[1]"),
        (f"<w:r><w:rPr><w:strike/></w:rPr><w:t>4</w:t></w:r>{run('5')}", "[4]5"),
        (f"<w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>4</w:t></w:r>{run('5')}", "45"),
        (f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>4</w:t></w:r>{run('5')}", "5"),
        (f"<w:del><w:r><w:delText>4</w:delText></w:r></w:del><w:ins>{run('5')}</w:ins>", "5"),
        (f"<w:moveFrom>{run('4')}</w:moveFrom><w:moveTo>{run('5')}</w:moveTo>", "5"),
        ("<w:r><w:t>1</w:t><w:br/><w:t>2</w:t></w:r>", "1\n2"),
        ("<w:r><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r>", "1 2"),
        ("<w:r><w:noBreakHyphen/><w:t>2</w:t></w:r>", "-2"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>", "\ufffd"),
        (f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{run('5')}</w:sdtContent></w:sdt>", "5"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>9</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>5</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "5[9]",
        ),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>=SUM(LEFT)</w:instrText></w:r>"
            f"{run('99')}<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('7')}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "7",
        ),
        ("<w:r><w:object/></w:r>", "[图片]"),
        (f"{run('3')}<w:r><w:object/></w:r>", "3"),
        ("", ""),
    ],
)
def test_what_a_cell_prints(inside: str, printed: str) -> None:
    rows = row(box("规章"), cell(f"<w:p>{inside}</w:p>"), box("x"))
    assert [c.text for c in cells(rows, [900] * 3)] == ["规章", printed, "x"]


def test_merges_of_every_kind_are_one_cell() -> None:
    rows = row(box("a", 2), box("b", merge="restart"), box("c")) + row(
        box("d"), box("e"), box("", 1, "continue"), box("f")
    )
    expected = [
        (0, 0, 1, 2, "a"),
        (0, 2, 2, 1, "b"),
        (0, 3, 1, 1, "c"),
        (1, 0, 1, 1, "d"),
        (1, 1, 1, 1, "e"),
        (1, 3, 1, 1, "f"),
    ]
    assert placed(rows, [900] * 4) == expected
    assert placed(rows, []) == expected
    old = box("a").replace("</w:tcPr>", '<w:hMerge w:val="restart"/></w:tcPr>')
    old += box("").replace("</w:tcPr>", '<w:hMerge w:val="continue"/></w:tcPr>')
    assert placed(row(old, box("b")) + row(box("c"), box("d"), box("e")), [900] * 3)[0] == (0, 0, 1, 2, "a")


def test_text_hidden_under_a_merge_is_noticed_and_not_read() -> None:
    body = f"<w:tbl>{grid([900] * 2)}{row(box('a', merge='restart'), box('1'))}{row(box('b', 1, 'continue'), box('2'))}</w:tbl>"
    document = read(package(body), "")
    assert [finding.rule for finding in document.notes] == ["hidden_text"]
    (table,) = document.blocks
    assert isinstance(table, Grid)
    assert [c.text for c in table.cells] == ["a", "1", "2"]


def test_skipped_columns_and_slivers_leave_no_cell() -> None:
    skipped = row(box("b"), properties='<w:gridBefore w:val="1"/>') + row(box("c"), box("d"))
    assert placed(skipped, [900, 900]) == [(0, 1, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")]
    sliver = row(box("a", 2), box("b")) + row(box("c"), box("d", 2))
    assert placed(sliver, [900, 59, 900]) == [
        (0, 0, 1, 1, "a"),
        (0, 1, 1, 1, "b"),
        (1, 0, 1, 1, "c"),
        (1, 1, 1, 1, "d"),
    ]
    assert [c[1:4:2] for c in placed(sliver, [900, 60, 900])] == [(0, 2), (2, 1), (0, 1), (1, 2)]
    narrow = row(box("a"), box("1"), box("b"))
    assert [c[4] for c in placed(narrow, [900, 20, 900])] == ["a", "1", "b"]


def test_deleted_and_hidden_rows_are_not_printed() -> None:
    kept = row(box("a"), box("1"))
    gone = row(box("b"), box("2"), properties="<w:del/>") + row(box("c"), box("3"), properties="<w:hidden/>")
    assert [c.text for c in cells(kept + gone, [900] * 2)] == ["a", "1"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    inside = f"<w:txbxContent>{paragraph('box')}</w:txbxContent>"
    drawn = f"<mc:AlternateContent><mc:Choice><wps:txbx>{inside}</wps:txbx></mc:Choice><mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent>"
    assert texts(f"<w:p><w:r><w:t>a</w:t>{drawn}</w:r></w:p>{paragraph('b')}") == ["a", "box", "b"]
    only_old = (
        f"<mc:AlternateContent><mc:Choice/><mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(f"<w:p><w:r>{only_old}</w:r></w:p>") == ["box"]
    assert texts(f"<w:p><w:r><w:pict>{inside}</w:pict></w:r></w:p>") == ["box"]


def test_layout_tables_become_their_contents_and_a_boxed_figure_stays_in_its_cell() -> None:
    inner = f"<w:tbl>{grid([900] * 2)}{row(box('规章'), box('1'))}</w:tbl>"
    outer = f"<w:tbl>{grid([900] * 2)}{row(box('left'), cell(inner + paragraph('below')))}</w:tbl>"
    assert texts(outer) == ["left", "<table>", "below"]
    boxed = f"<w:tbl>{grid([900])}{row(box('7'))}</w:tbl>"
    assert [c.text for c in cells(row(box("a"), cell(boxed + "<w:p/>")), [900] * 2)] == ["a", "7"]


def test_embedded_files_are_reported() -> None:
    document = read(package(paragraph("a") + '<w:altChunk r:id="r9" xmlns:r="x"/>'), "")
    assert [finding.rule for finding in document.notes] == ["embedded"]


def test_properties_are_weak_facts_and_damage_in_them_does_not_matter() -> None:
    whole = read(docx.clean(make_report(1, "2021", "dense"), Random(1)), "")
    assert dict(whole.metadata)["docx:title"] == "某局2012年政府信息公开工作年度报告"
    assert read(package(paragraph("a"), core="<broken"), "").metadata == ()


@needs_corpus
def test_official_form_is_all_blank() -> None:
    reading = read_report((CORPUS / "template_2021_blank.docx").read_bytes(), "")
    assert reading.template == "2021"
    assert Counter(found.state for found in reading.cells) == {"blank": 200}


@needs_corpus
@pytest.mark.parametrize(("gaps", "remarks"), [(False, False), (True, False), (False, True)])
def test_official_form_filled_in_comes_back_exact(gaps: bool, remarks: bool) -> None:
    for seed in range(4):
        truth = make_report(seed, "2021", "dense", blanks=gaps, marks=gaps, remarks=remarks)
        assert wrong(read_report(filled(truth), ""), truth) == []


def filled(truth: Truth) -> bytes:
    """The official blank form with the figures of a report in its empty cells."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(CORPUS / "template_2021_blank.docx") as blank, zipfile.ZipFile(buffer, "w") as made:
        for name in blank.namelist():
            content = blank.read(name)
            made.writestr(name, _filled_in(content, truth) if name == "word/document.xml" else content)
    return buffer.getvalue()


def _filled_in(content: bytes, truth: Truth) -> bytes:
    root = etree.fromstring(content)
    figures = [b.text for make in TABLES.values() for line in make(truth) for b in line if b.is_value]
    empty = [
        node
        for node in root.iter(f"{W}tc")
        if not "".join(map(str, node.itertext())).strip()
        and all(merge.get(f"{W}val") == "restart" for merge in node.iter(f"{W}vMerge"))
    ]
    assert len(empty) == len(figures) == 200
    for node, figure in zip(empty, figures, strict=True):
        line = next(node.iter(f"{W}p"))
        etree.SubElement(etree.SubElement(line, f"{W}r"), f"{W}t").text = figure
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def repacked(name: str, content: bytes) -> bytes:
    """A good DOCX with one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as good, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in good.namelist():
            made.writestr(entry, content if entry == name else good.read(entry))
    return buffer.getvalue()


SAMPLE = docx.clean(make_report(3, "2021", "dense"), Random(3))
LAUGHS = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "head",
    [LAUGHS, b'<!DOCTYPE d [<!ENTITY b SYSTEM "file:///etc/passwd">]>', b'<!doctype d [<!ENTITY b "x">]>'],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(head: bytes, encoding: str) -> None:
    body = (
        f'<w:document xmlns:w="{docx.TRANSITIONAL}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    )
    content = (head.decode() + body).encode(encoding)
    with pytest.raises(CorruptError):
        read(repacked("word/document.xml", content), "")


def test_bombs_stop_at_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked("word/document.xml", b" " * (ooxml_package.MAX_PART_BYTES + 1))
    assert len(bomb) < 100_000
    with pytest.raises(TooBigError, match="MAX_PART_BYTES"):
        read(bomb, "")
    for name, value in (("MAX_PACKAGE_BYTES", 1000), ("MAX_PARTS", 2)):
        with monkeypatch.context() as patch:
            patch.setattr(ooxml_package, name, value)
            with pytest.raises(TooBigError, match=name):
                read(SAMPLE, "")


def test_huge_spans_cost_nothing() -> None:
    rows = row(box("a", 2_000_000), box("b")) + row(box("c"), box("d", 2_000_000))
    assert len(cells(rows, [900] * 4)) == 4


def test_too_many_cells_are_too_big() -> None:
    rows = "".join(row(*[box(str(n)) for n in range(250)]) for _ in range(250))
    with pytest.raises(TooBigError, match="MAX_GRID_CELLS"):
        cells(rows, [900] * 250)


def test_deep_nesting_is_an_error_and_not_a_crash() -> None:
    for depth in (40, 80, 5000):
        inside = paragraph("x")
        for _ in range(depth):
            inside = f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"
        read_or_refuse(read, package(inside))


def test_encrypted_member_is_encrypted() -> None:
    data = bytearray(SAMPLE)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    with pytest.raises(EncryptedError):
        read(bytes(data), "")


@pytest.mark.parametrize("content", [b"", b"<a", b"<a/>", b"\xff\xfe\x00"])
def test_a_package_without_a_body_is_corrupt(content: bytes) -> None:
    with pytest.raises(CorruptError):
        read(repacked("word/document.xml", content), "")


def test_damage_is_read_or_refused() -> None:
    whole = read(SAMPLE, "").blocks
    for data in damaged(SAMPLE, Random(1)):
        document = read_or_refuse(read, data)
        assert document is None or document.blocks == whole, "damage changed the text without an error"


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04"]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    read_or_refuse(read, head + data)


def test_tables_of_the_kit_have_as_many_cells_as_boxes() -> None:
    truth = make_report(5, "2021", "dense")
    grids = [block for block in read(docx.clean(truth, Random(5)), "").blocks if isinstance(block, Grid)]
    for found, make in zip(grids, TABLES.values(), strict=True):
        boxes = make(truth)
        assert len(found.cells) == sum(map(len, boxes))
        assert found.columns == tables.width(boxes)


# --- Plain blocks are read in one pass, all others by walking over them: both give the same ----------------------------

MARKS = (
    "",
    "<w:vanish/>",
    '<w:vanish w:val="0"/>',
    '<w:strike w:val="false"/>',
    "<w:dstrike/>",
    '<w:vertAlign w:val="superscript"/>',
    '<w:vertAlign w:val="baseline"/>',
    "<w:rPrChange><w:rPr><w:vanish/><w:strike/></w:rPr></w:rPrChange>",
)
SIGNS = ("", "<w:tab/>", "<w:br/>", '<w:sym w:char="F0B7"/>', "<w:noBreakHyphen/>", "<w:instrText>8</w:instrText>")
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
AROUND = (
    "{}",
    "{}",
    "{}",
    "<w:ins>{}</w:ins>",
    "<w:del>{}</w:del>",
    "<w:moveFrom>{}</w:moveFrom>",
    "<w:hyperlink>{}</w:hyperlink>",
    "<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:ruby><w:rt>{}</w:rt></w:ruby>",
    f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>5</m:t></m:r></m:oMath>{{}}',
    "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback/></mc:AlternateContent>",
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    '{}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "<w:r><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:r>{}",
)
HOLDERS = (
    "{}",
    "{}",
    "{}",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:ins>{}</w:ins>",
    "<w:del>{}</w:del>",
    "<w:unknown>{}</w:unknown>",
)
ROWS = ("", "", '<w:gridBefore w:val="1"/>', "<w:del/>", "<w:ins/>", "<w:hidden/>", '<w:hidden w:val="0"/>')
MERGES = (
    "",
    "",
    "<w:vMerge/>",
    '<w:vMerge w:val="restart"/>',
    '<w:gridSpan w:val="2"/>',
    "<w:hMerge/>",
    '<w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr></w:tcPrChange>',
)
PARAGRAPHS = ("", "", "<w:tabs><w:tab/></w:tabs>", "<w:rPr><w:vanish/><w:strike/></w:rPr>")


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    written = "".join(
        draw(st.sampled_from(AROUND)).format(
            f"<w:r><w:rPr>{draw(st.sampled_from(MARKS))}</w:rPr><w:t>{draw(st.sampled_from(('1', '规章', ' ', '')))}</w:t>"
            f"{draw(st.sampled_from(SIGNS))}</w:r>"
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    return draw(st.sampled_from(HOLDERS)).format(
        f"<w:p><w:pPr>{draw(st.sampled_from(PARAGRAPHS))}</w:pPr>{written}</w:p>"
    )


@st.composite
def written_tables(draw: st.DrawFn) -> str:
    def written_cell() -> str:
        inside = "".join(draw(st.lists(st.one_of(paragraphs(), paragraphs(), written_tables()), max_size=2)))
        return draw(st.sampled_from(HOLDERS)).format(
            f"<w:tc><w:tcPr>{draw(st.sampled_from(MERGES))}</w:tcPr>{inside}</w:tc>"
        )

    def written_row() -> str:
        inside = "".join(written_cell() for _ in range(draw(st.integers(1, 3))))
        return draw(st.sampled_from(HOLDERS)).format(row(inside, properties=draw(st.sampled_from(ROWS))))

    rows = "".join(written_row() for _ in range(draw(st.integers(0, 3))))
    return f"<w:tbl>{grid([900, 800, 700])}{rows}</w:tbl>"


def the_long_way(patch: pytest.MonkeyPatch) -> None:
    """Have everything walked over."""
    patch.setattr(word, "word_source", lambda _: None)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(paragraphs(), written_tables()), max_size=4))
def test_the_quick_way_and_the_long_way_agree(blocks: list[str]) -> None:
    data = package("".join(blocks))
    quick = read(data, "")
    with pytest.MonkeyPatch.context() as patch:
        the_long_way(patch)
        assert read(data, "") == quick


@pytest.mark.parametrize("style", docx.STYLES)
def test_styles_give_the_same_both_ways(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx.STYLES[style](make_report(3, "2021", "dense"), Random(3))
    quick = read(data, "")
    the_long_way(monkeypatch)
    assert read(data, "") == quick


def test_most_blocks_of_most_styles_are_plain() -> None:
    for style in ("clean", "strict", "saved", "slivers", "revisions", "indented", "halves", "layout"):
        data = docx.STYLES[style](make_report(3, "2021", "dense"), Random(3))
        source = word_source(ooxml_package.Package(data).part("word/document.xml") or b"")
        assert source is not None
        assert not any(isinstance(block, Odd) for block in plain_blocks(source.body))
