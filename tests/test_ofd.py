"""OFD: pages of text, path and picture objects in millimetres become the blocks of any printed page."""

from collections.abc import Sequence
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract.formats.ofd as module
from extract.errors import CorruptError, EncryptedError, NeedsOcrError, TooBigError
from extract.formats.ofd import FORMAT, read
from extract.model import RECOGNISED, Document, Grid, Paragraph
from extract.ocr import recognition
from extract.ofd import text as text_objects
from extract.ofd.book import Book
from extract.ofd.page import POINTS, printed
from extract.ofd.paths import figures
from extract.ofd.values import offsets
from extract.pages.rules import Segment
from extract.pages.text import Char
from extract.reading import read as read_whole
from extract.text import parse_number
from tests.comparing import assert_style_exact, truths
from tests.kit import ofd, scan
from tests.kit.damage import damaged, read_or_refuse

A4 = "0 0 210 297"
LINES = ("一、总体情况", "本机关坚持以公开为常态、不公开为例外，主动公开政府信息。", "全年收到申请三件。")


def text(x: float, y: float, string: str, *, size: float = 4.0, how: str = "", delta: str | None = None) -> str:
    """A text object whose base line begins at x, y in millimetres."""
    stated = f' DeltaX="g {len(string)} {size}"' if delta is None else delta
    code = f'<ofd:TextCode X="0" Y="{size}"{stated}>{string}</ofd:TextCode>'
    return (
        f'<ofd:TextObject ID="7" Boundary="{x} {y - size} 150 9" Font="1" Size="{size}" {how}>{code}</ofd:TextObject>'
    )


def path(data: str, how: str = "", boundary: str = A4) -> str:
    inner = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="8" Boundary="{boundary}" {how}>{inner}</ofd:PathObject>'


def image(boundary: str = A4, how: str = "") -> str:
    return f'<ofd:ImageObject ID="5" ResourceID="3" Boundary="{boundary}" {how}/>'


PROSE = "".join(text(20, 30 + 8 * number, line) for number, line in enumerate(LINES))
TABLE = (
    path("M 30 60 L 150 60 M 30 75 L 150 75 M 30 90 L 150 90")
    + "".join(path(f"M {x} 60 L {x} 90") for x in (30, 100, 125, 150))
    + "".join(
        text(x, y, string)
        for x, y, string in (
            (32, 69, "规章"),
            (103, 69, "1"),
            (128, 69, "2"),
            (32, 84, "行政许可"),
            (103, 84, "3"),
            (128, 84, "4"),
        )
    )
)
EXPECTED = [["规章", "1", "2"], ["行政许可", "3", "4"]]


def made(*objects: str, size: str = A4, **changed: bytes | None) -> bytes:
    """A file of one page an argument; parts of the package may be changed, added or left out (``None``)."""
    parts: dict[str, bytes | None] = {**ofd.parts([ofd.page_xml(page) for page in objects], size), **changed}
    return ofd.packed({name: content for name, content in parts.items() if content is not None})


def changed(part: str, content: str | bytes | None, *objects: str) -> bytes:
    return made(*(objects or (PROSE,)), **{part: content.encode() if isinstance(content, str) else content})


def resources(inner: str) -> str:
    return f'{ofd.DECLARATION}<ofd:Res {ofd.NAMESPACE} BaseLoc="Res">{inner}</ofd:Res>'


def with_picture(data: bytes, name: str, *objects: str) -> bytes:
    media = f'<ofd:MultiMedia ID="3" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
    listed = resources(f"<ofd:MultiMedias>{media}</ofd:MultiMedias>").encode()
    return made(*objects, **{"Doc_0/PublicRes.xml": listed, f"Doc_0/Res/{name}": data})


def grids(document: Document) -> list[list[list[str]]]:
    found = [block for block in document.blocks if isinstance(block, Grid)]
    return [[[cell.text for cell in grid.in_row(row)] for row in range(grid.rows)] for grid in found]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def rules(document: Document) -> list[str]:
    return [note.rule for note in document.notes]


def chars(data: bytes) -> list[Char]:
    book = Book(data)
    return [char for page in book.pages() for char in printed(book, page).ink.chars]


def segments(data: bytes) -> list[Segment]:
    book = Book(data)
    return [segment for page in book.pages() for segment in printed(book, page).ink.segments]


# --- Whole reports ---------------------------------------------------------------------------------------------------


def test_format_claims_ofd() -> None:
    assert (FORMAT.name, FORMAT.media_types, FORMAT.read) == ("ofd", ("application/ofd",), read)


@pytest.mark.parametrize("style", sorted(ofd.STYLES))
def test_reports_are_read_exactly(style: str) -> None:
    assert_style_exact(ofd.STYLES[style], 3)


def test_running_title_and_page_numbers_are_left_out() -> None:
    data = ofd.STYLES["template"](truths(1)[0], Random(4))
    document, whole = read(data, ""), read_whole(data)
    assert (whole.outcome, whole.media_type) == ("ok", "application/ofd")
    assert not any(line.endswith("文件") or line.startswith("- ") for line in texts(document))
    assert ("ofd:Title", "年度报告") in document.metadata


# --- Text ------------------------------------------------------------------------------------------------------------


def test_offsets_repeat_and_are_bounded() -> None:
    assert offsets("g 3 4.2 2.1 g 2 1", 10) == [4.2, 4.2, 4.2, 2.1, 1.0, 1.0]
    assert offsets("g 1000000000 1", 3) == [1.0, 1.0, 1.0]
    assert offsets("", 3) == []
    for broken in ("g 3", "g x 1", "1 two", "nan"):
        with pytest.raises(CorruptError):
            offsets(broken, 9)


def test_characters_stand_where_their_offsets_put_them() -> None:
    found = chars(made(text(20, 50, "一12三", delta=' DeltaX="4 g 2 2"')))
    assert [char.text for char in found] == list("一12三")
    assert [round(char.x0 / POINTS, 6) for char in found] == [20, 24, 26, 28]
    assert [round(char.x1 / POINTS, 6) for char in found] == [24, 26, 28, 32]
    assert {round(char.bottom / POINTS, 6) for char in found} == {50 + 4 * 0.12}
    assert {round(char.top / POINTS, 6) for char in found} == {50 - 4 * 0.88}


def test_a_line_may_go_back_and_down_within_one_object() -> None:
    found = chars(made(text(20, 50, "甲乙丙丁", delta=' DeltaX="4 -4 4" DeltaY="0 8 0"')))
    places = [(round(char.x0 / POINTS), round(char.bottom / POINTS - 0.48)) for char in found]
    assert places == [(20, 50), (24, 50), (20, 58), (24, 58)]


def test_text_without_offsets_is_set_with_usual_widths() -> None:
    assert texts(read(made(text(20, 50, "共12件", delta="")), "")) == ["共12件"]


def test_dashes_and_quotes_are_as_wide_as_ideographs() -> None:
    assert texts(read(made(text(20, 50, "“——”…①")), "")) == ["“——”…①"]


def test_pieces_of_one_object_follow_each_other() -> None:
    codes = '<ofd:TextCode X="1" Y="4" DeltaX="4">甲乙</ofd:TextCode><ofd:TextCode X="9">丙</ofd:TextCode>'
    piece = f'<ofd:TextObject ID="1" Boundary="20 20 90 9" Font="1" Size="4">{codes}</ofd:TextObject>'
    assert texts(read(made(piece), "")) == ["甲乙丙"]


def test_condensed_text_is_one_word() -> None:
    assert texts(read(made(text(20, 50, "12345", how='HScale="0.5"', delta=' DeltaX="g 4 1"')), "")) == ["12345"]


def test_digits_printed_over_each_other_are_no_number() -> None:
    over = text(20, 90, "11", delta=' DeltaX="0"')
    assert parse_number(texts(read(made(text(20, 30, "一、总体情况") + over), ""))[-1]).state == "unreadable"


def test_an_indented_file_adds_no_spaces() -> None:
    assert texts(read(made(text(20, 50, "\n     甲乙\n   ")), "")) == ["甲乙"]


@pytest.mark.parametrize(
    ("ctm", "expected"),
    [
        ("0 -1 1 0 0 150", ["甲乙", "丙丁"]),
        ("0 1 -1 0 150 0", ["甲乙", "丙丁"]),
        ("-1 0 0 -1 150 150", ["甲乙", "丙丁"]),
    ],
)
def test_a_page_on_its_side_is_turned(ctm: str, expected: list[str]) -> None:
    lines = "".join(
        f'<ofd:TextObject ID="1" Boundary="20 20 150 150" CTM="{ctm}" Font="1" Size="4">'
        f'<ofd:TextCode X="9" Y="{y}" DeltaX="4">{string}</ofd:TextCode></ofd:TextObject>'
        for y, string in ((20, "甲乙"), (40, "丙丁"))
    )
    assert texts(read(made(lines), "")) == expected


def test_turned_characters_follow_their_direction() -> None:
    down = text(150, 20, "甲乙", how='CharDirection="90"', delta=' DeltaY="4"')
    after = text(130, 20, "丙丁", how='CharDirection="90"', delta=' DeltaY="4"')
    assert texts(read(made(down + after), "")) == ["甲乙", "丙丁"]


def test_slanted_watermarks_are_left_out() -> None:
    mark = text(60, 70, "内部资料", size=20, how='CTM="0.7 -0.7 0.7 0.7 0 0"')
    document = read(made(PROSE + TABLE + mark), "")
    assert grids(document) == [EXPECTED]
    assert rules(document) == ["slanted_text"]


def test_italics_stay_in_their_cells() -> None:
    assert texts(read(made(text(20, 50, "甲乙", how='CTM="1 0 -0.33 1 0 0"')), "")) == ["甲乙"]


def test_characters_without_a_code_are_unreadable() -> None:
    glyphs = text(20, 80, "共¤件").replace("<ofd:TextCode", "<ofd:CGTransform CodePosition='0'/><ofd:TextCode")
    assert texts(read(made(PROSE + glyphs), ""))[-1].endswith("共\ufffd件")
    with pytest.raises(NeedsOcrError, match="have no code"):
        read(made(glyphs.replace("共¤件", "¤¤¤")), "")


# --- Paths -----------------------------------------------------------------------------------------------------------


def test_paths_are_figures() -> None:
    assert list(figures("M 0 0 L 1 0 L 1 1 C")) == [([(0, 0), (1, 0), (1, 1), (0, 0)], [True] * 3)]
    assert list(figures("S0,0L1 0Z M5 5 l 6 5 6 6")) == [
        ([(0, 0), (1, 0), (0, 0)], [True, True]),
        ([(5, 5), (6, 5), (6, 6)], [True, True]),
    ]
    curves = "M 0 0 Q 1 1 2 0 B 3 1 4 1 5 0 A 1 1 0 0 1 6 0 C 1 1 2 2 7 0 L 8 0"
    [(points, straight)] = figures(curves)
    assert points == [(0, 0), (2, 0), (5, 0), (6, 0), (7, 0), (8, 0)]
    assert straight == [False, False, False, False, True]
    assert list(figures("M 1 1")) == []


@pytest.mark.parametrize("data", ["M 0 0 L 1", "1 2 M 0 0", "M 0 0 X 1 1", "M 0 0 L", "M 0 0 L 1 1e999", "M 0 0 L #"])
def test_broken_paths_are_refused(data: str) -> None:
    with pytest.raises(CorruptError):
        list(figures(data))


def test_tables_of_strokes_and_of_thin_rectangles() -> None:
    assert grids(read(made(PROSE + TABLE), "")) == [EXPECTED]
    bars = "".join(
        path(f"M 0 0 L {wide} 0 L {wide} {high} L 0 {high} C", 'Stroke="false" Fill="true"', f"{x} {y} {wide} {high}")
        for x, y, wide, high in (
            *((30, y, 120, 0.3) for y in (60, 75, 90)),
            *((x, 60, 0.3, 30) for x in (30, 100, 125, 150)),
        )
    )
    assert grids(read(made(PROSE + bars + TABLE[TABLE.index("<ofd:Text") :]), "")) == [EXPECTED]


def test_what_is_neither_stroked_nor_filled_rules_nothing() -> None:
    line = "M 0 0 L 99 0"
    for how in ('Stroke="false"', 'Alpha="0"', 'Visible="false"'):
        assert segments(made(PROSE + path(line, how))) == []
    assert len(segments(made(PROSE + path(line)))) == 1


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_units_are_millimetres_from_the_corner_of_the_page() -> None:
    [char] = chars(made(text(30, 50, "甲"), size="10 20 210 297"))
    assert round(char.x0, 6) == round(20 / 25.4 * 72, 6)
    assert round(char.bottom, 6) == round((30 + 0.48) / 25.4 * 72, 6)


def test_a_page_has_its_own_size() -> None:
    own = ofd.page_xml(PROSE, "<ofd:Area><ofd:PhysicalBox>0 0 420 297</ofd:PhysicalBox></ofd:Area>")
    [page] = Book(changed("Doc_0/Pages/Page_0/Content.xml", own)).pages()
    assert page.box == (0, 0, 420, 297)


def test_blocks_inside_each_other_and_hidden_ones() -> None:
    nested = f'<ofd:PageBlock ID="3"><ofd:PageBlock ID="4">{PROSE}</ofd:PageBlock></ofd:PageBlock>'
    hidden = f'<ofd:PageBlock ID="5" Visible="false">{text(20, 99, "不见")}</ofd:PageBlock>'
    hidden += text(20, 120, "不见", how='Visible="0"')
    assert texts(read(made(nested + hidden), "")) == texts(read(made(PROSE), ""))


def test_composite_objects_are_drawn_with_their_matrix() -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="6" Width="9" Height="9"><ofd:Content>{TABLE}</ofd:Content>'
    listed = resources(f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>")
    drawn = '<ofd:CompositeObject ID="2" ResourceID="6" Boundary="10 20 190 99" CTM="0.9 0 0 0.9 1 1"/>'
    assert grids(read(changed("Doc_0/PublicRes.xml", listed, PROSE + drawn), "")) == [EXPECTED]
    assert len(segments(changed("Doc_0/PublicRes.xml", listed, drawn))) == 7


def test_composite_that_draws_itself_is_refused() -> None:
    again = '<ofd:CompositeObject ID="2" ResourceID="6" Boundary="0 0 9 9"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="6"><ofd:Content>{again * 9}</ofd:Content></ofd:CompositeGraphicUnit>'
    listed = resources(f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>")
    with pytest.raises(TooBigError):
        read(changed("Doc_0/PublicRes.xml", listed, PROSE + again), "")


def test_only_the_first_of_several_documents_is_read() -> None:
    document = read(changed("OFD.xml", ofd.entry_xml(bodies=2)), "")
    assert rules(document) == ["embedded"]
    assert "2 documents" in document.notes[0].detail


def test_the_current_version_of_a_document_is_read() -> None:
    listed = (
        '<ofd:Versions><ofd:Version ID="1" BaseLoc="V/1.xml"/><ofd:Version ID="2" Current="true" BaseLoc="V/2.xml"/>'
    )
    entry = ofd.entry_xml().replace("</ofd:DocBody>", f"{listed}</ofd:Versions></ofd:DocBody>").encode()
    version = (
        f"<ofd:DocVersion {ofd.NAMESPACE}><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot></ofd:DocVersion>".encode()
    )
    later = {
        "Doc_1/Document.xml": ofd.document_xml(1, A4).encode(),
        "Doc_1/Pages/Page_0/Content.xml": ofd.page_xml(text(20, 30, "第二版")).encode(),
    }
    assert texts(read(made(PROSE, **{"OFD.xml": entry, "V/2.xml": version}, **later), "")) == ["第二版"]
    with pytest.raises(CorruptError):
        read(made(PROSE, **{"OFD.xml": entry}, **later), "")


def test_attached_files_are_named_and_not_read() -> None:
    listed = ofd.document_xml(1, A4, more="<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>")
    attached = f'<ofd:Attachments {ofd.NAMESPACE}><ofd:Attachment ID="1"/></ofd:Attachments>'
    parts = {"Doc_0/Document.xml": listed.encode(), "Doc_0/Attachs/Attachments.xml": attached.encode()}
    assert rules(read(made(PROSE, **parts), "")) == ["embedded"]
    parts["Doc_0/Attachs/Attachments.xml"] = f"<ofd:Attachments {ofd.NAMESPACE}/>".encode()
    assert rules(read(made(PROSE, **parts), "")) == []


def test_a_zipped_folder_with_the_package_in_it_is_read() -> None:
    inside = {f"报告/{name}": data for name, data in ofd.parts([ofd.page_xml(PROSE)], A4, root="/Doc_0/").items()}
    assert texts(read(ofd.packed(inside), ""))[0] == LINES[0]


# --- Pictures --------------------------------------------------------------------------------------------------------


@pytest.fixture
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_NEEDED", ("a_library_that_nobody_has",))


@pytest.fixture(scope="module")
def scanned_page() -> bytes:
    """A page of a report as a grey picture: its tables are page one of the PDF kit's print."""
    from tests.test_pdf import CHINESE, one_page, ruled_page

    return scan.encoded(scan.pages(one_page(ruled_page(), font=CHINESE))[0], ".png")


@pytest.mark.usefixtures("without_recognition")
def test_pages_that_are_pictures_need_recognition() -> None:
    with pytest.raises(NeedsOcrError, match="1 pages without text"):
        read(with_picture(b"x", "a.png", image() + text(99, 290, "1")), "")
    assert read_whole(with_picture(b"x", "a.png", image()), "").outcome == "needs_ocr"


@pytest.mark.usefixtures("without_recognition")
def test_a_picture_among_pages_of_text_is_named() -> None:
    document = read(with_picture(b"x", "a.png", PROSE, image("20 20 150 200")), "")
    assert rules(document) == [recognition.PICTURE_PAGE]
    assert "page 2" in document.notes[0].detail
    assert texts(document) == texts(read(made(PROSE), ""))


@pytest.mark.usefixtures("without_recognition")
def test_outlines_without_text_need_recognition() -> None:
    with pytest.raises(NeedsOcrError, match="outlines"):
        read(made(path("M 0 0 B 1 1 2 2 3 3")), "")


def test_text_laid_under_a_picture_is_read_and_marked() -> None:
    layer = PROSE.replace('Font="1"', 'Font="1" Fill="false"')
    document = read(with_picture(b"x", "a.jb2", image() + layer), "")
    assert texts(document) == texts(read(made(PROSE), ""))
    assert rules(document) == ["hidden_text"]


@pytest.mark.parametrize("how", ['Fill="false"', 'Alpha="0"'])
def test_text_that_is_not_printed_is_not_there(how: str) -> None:
    secret = text(20, 90, "九九", how=how)
    assert texts(read(made(PROSE + secret), "")) == texts(read(made(PROSE), ""))


def test_a_seal_is_no_page() -> None:
    document = read(with_picture(b"x", "a.png", PROSE + image("150 240 40 40")), "")
    assert document.notes == ()


@pytest.mark.skipif(not recognition.is_possible(), reason="recognition needs the extra ocr and memory")
def test_a_page_that_is_a_picture_is_recognised_where_it_stands(scanned_page: bytes) -> None:
    document = read(with_picture(scanned_page, "a.png", PROSE, image("0 0 210 297")), "")
    assert rules(document) == [RECOGNISED]
    assert grids(document) == [[["规章", "10", "2"], ["行政许可", "30", "4"]]]
    found = next(block for block in document.blocks if isinstance(block, Grid))
    left, top, right, bottom = map(float, found.cells[0].at.split("[")[1].strip("]").split(","))
    assert (abs(left - 100) + abs(top - 242) + abs(right - 250) + abs(bottom - 272)) < 8


@pytest.mark.skipif(not recognition.is_possible(), reason="recognition needs the extra ocr and memory")
@pytest.mark.parametrize(
    "objects",
    [image("0 0 210 148") + image("0 148 210 149"), image(how='CTM="0 210 -297 0 210 0"'), image("0 0 30 30")],
)
def test_pictures_that_are_not_one_whole_page_are_not_guessed_at(objects: str, scanned_page: bytes) -> None:
    with pytest.raises(NeedsOcrError, match="not one that is the page"):
        read(with_picture(scanned_page, "a.png", objects), "")


@pytest.mark.skipif(not recognition.is_possible(), reason="recognition needs the extra ocr and memory")
def test_pictures_of_unknown_kinds_are_said_to_be() -> None:
    with pytest.raises(NeedsOcrError, match="a picture of a kind that is not read"):
        read(with_picture(b"\x97JB2\r\n\x1a\n" * 9, "a.jb2", image()), "")
    with pytest.raises(NeedsOcrError, match="missing"):
        read(made(image()), "")


# --- Refusals --------------------------------------------------------------------------------------------------------


def test_encrypted_files_are_encrypted() -> None:
    with pytest.raises(EncryptedError, match=r"Encryptions\.xml"):
        read(changed("Encryptions.xml", f"<ofd:Encryptions {ofd.NAMESPACE}/>"), "")
    locked = bytearray(made(PROSE))
    start = locked.index(b"PK\x01\x02")
    locked[start + 8] |= 1
    with pytest.raises(EncryptedError):
        read(bytes(locked), "")


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("OFD.xml", f"<ofd:OFD {ofd.NAMESPACE}/>"),
        ("OFD.xml", "<ofd:OFD"),
        ("OFD.xml", None),
        ("Doc_0/Document.xml", None),
        ("Doc_0/Document.xml", f"<ofd:Document {ofd.NAMESPACE}/>"),
        ("Doc_0/Document.xml", ofd.document_xml(2, A4)),
        ("Doc_0/Document.xml", ofd.document_xml(1, "0 0 210")),
        ("Doc_0/Document.xml", ofd.document_xml(1, "0 0 0 297")),
        ("Doc_0/Document.xml", ofd.document_xml(1, "0 0 99999999 297")),
        ("Doc_0/Pages/Page_0/Content.xml", None),
        ("Doc_0/Pages/Page_0/Content.xml", ofd.page_xml("")),
        ("Doc_0/Pages/Page_0/Content.xml", ofd.page_xml(PROSE, '<ofd:Template TemplateID="4"/>')),
        (
            "Doc_0/Pages/Page_0/Content.xml",
            ofd.page_xml(PROSE + '<ofd:CompositeObject ResourceID="4" Boundary="0 0 1 1"/>'),
        ),
        ("Doc_0/Pages/Page_0/Content.xml", ofd.page_xml(PROSE.replace("Boundary", "Border"))),
        ("Doc_0/Pages/Page_0/Content.xml", ofd.page_xml(PROSE.replace('Size="4.0"', 'Size="inf"'))),
        ("Doc_0/Pages/Page_0/Content.xml", ofd.page_xml(text(1, 9, "甲", how='CTM="1 0 0 1"'))),
        (
            "Doc_0/Pages/Page_0/Content.xml",
            '<!DOCTYPE a [<!ENTITY b "bb">]>' + ofd.page_xml(PROSE).removeprefix(ofd.DECLARATION),
        ),
    ],
)
def test_broken_files_are_corrupt(part: str, content: str | None) -> None:
    with pytest.raises(CorruptError):
        read(changed(part, content), "")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_damage() -> None:
    packed = BytesIO(made(PROSE))
    with ZipFile(packed, "a") as archive:
        archive.writestr("Doc_0/", "")
        archive.writestr("Doc_0/", "")
    assert texts(read(packed.getvalue(), ""))[0] == LINES[0]
    with ZipFile(packed, "a") as archive:
        archive.writestr("Doc_0/Pages/Page_0/Content.xml", ofd.page_xml(PROSE.replace("三件", "四件")))
    with pytest.raises(CorruptError, match="two parts"):
        read(packed.getvalue(), "")


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooBigError, match="MAX_PART_BYTES"):
        read(changed("Doc_0/Pages/Page_0/Content.xml", b"<a>" + b" " * 17_000_000), "")
    with pytest.raises(TooBigError, match="MAX_PDF_PAGES"):
        read(changed("Doc_0/Document.xml", ofd.document_xml(301, A4)), "")
    with pytest.raises(TooBigError, match="MAX_SEGMENTS"):
        read(made(PROSE + path("M 0 0 " + "L 1 0 " * 250_000)), "")
    deep = "<ofd:PageBlock>" * 40 + "</ofd:PageBlock>" * 40
    with pytest.raises(TooBigError, match="deep"):
        read(made(PROSE + deep), "")
    for place, name, limit in ((module, "MAX_DOCUMENT_BYTES", 100), (module, "MAX_TEXT_CHARACTERS", 5)):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, limit)
            with pytest.raises(TooBigError, match=name):
                read(made(PROSE), "")
    monkeypatch.setattr(text_objects, "MAX_TEXT_CHARACTERS", 5)
    with pytest.raises(TooBigError, match="MAX_TEXT_CHARACTERS"):
        read(made(PROSE), "")


def test_infinite_places_leave_nothing_behind() -> None:
    far = "9" * 300
    document = read(
        made(PROSE + text(20, 90, "远", how=f'CTM="{far} 0 0 {far} {far} 0"') + path(f"M 0 0 L {far} 0")), ""
    )
    assert texts(document) == texts(read(made(PROSE), ""))


def test_damaged_files_are_read_or_refused() -> None:
    whole = ofd.STYLES["lines"](truths(1)[0], Random(2))
    good = read(whole, "")
    for broken in damaged(whole, Random(5), cuts=30, flips=80):
        found = read_or_refuse(read, broken)
        assert found is None or found.blocks == good.blocks


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from('<>"/ 09.-gMLCx=&')), min_size=1, max_size=6))
def test_any_content_is_read_or_refused(flips: Sequence[tuple[int, str]]) -> None:
    content = list(ofd.page_xml(PROSE + TABLE))
    for place, sign in flips:
        content[place % len(content)] = sign
    read_or_refuse(read, changed("Doc_0/Pages/Page_0/Content.xml", "".join(content)))
