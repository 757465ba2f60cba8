import hashlib
import json
import shutil
import subprocess
import warnings
import zlib
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfminer.arcfour import Arcfour

from extract.errors import CorruptError, EncryptedError, ExtractError, NeedsOcrError, TooBigError
from extract.formats import pdf as module
from extract.formats.pdf import FORMAT, read
from extract.model import Document, Grid, Paragraph
from extract.ocr import recognition
from extract.pdf import device as pdf_device
from extract.pdf import ink as pdf_ink
from extract.pdf import interpreter as pdf_interpreter
from tests.kit import pdf, tables
from tests.kit.truth import make_report

CORPUS = Path(__file__).parents[2] / "shared/corpus"
HONGZE = CORPUS / "hongze_2024.pdf"
BLANK_FORM = CORPUS / "template_2021_blank.docx"

LATIN = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
CHINESE = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<<"
    b" /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
    b" /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /FontBBox [0 0 0 0] >> >>] >>"
)
UNMAPPED = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Subset /Encoding /Identity-H /DescendantFonts [<<"
    b" /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Subset /DW 1000"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
)
LINES = "\n".join(f"BT /F1 12 Tf 72 {700 - 20 * line} Td ({line}. Line of the page) Tj ET" for line in range(5)) + "\n"
FORMS = 10


def stream(content: bytes, extra: str = "", *, packed: bool = False) -> bytes:
    if packed:
        content, extra = zlib.compress(content), f"{extra} /Filter /FlateDecode"
    return f"<< /Length {len(content)} {extra} >>\nstream\n".encode() + content + b"\nendstream"


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    root = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return bytes(out) + root.encode()


def objects(
    content: bytes, *, font: bytes = LATIN, page: str = "", resources: str = "", packed: bool = False
) -> list[bytes]:
    """The objects of a file of one page; more may follow as objects 6, 7, …"""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {page}"
        f" /Resources << /Font << /F1 5 0 R >> {resources} >> >>".encode(),
        stream(content, packed=packed),
        font,
    ]


def one_page(content: str, **options: Any) -> bytes:
    return assembled(objects(content.encode(), **options))


def chinese(x: float, y: float, string: str, size: float = 12) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td <{string.encode('utf-16-be').hex()}> Tj ET\n"


def ruled_page() -> str:
    """A table of two by three with lines, in the middle of a page."""
    xs, ys = (100, 250, 300, 350), (600, 570, 540)
    lines = [f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys] + [f"{x} {ys[0]} m {x} {ys[-1]} l S\n" for x in xs]
    cells = (
        (105, 580, "规章"),
        (260, 580, "10"),
        (310, 580, "2"),
        (105, 550, "行政许可"),
        (260, 550, "30"),
        (310, 550, "4"),
    )
    return "".join(lines) + "".join(chinese(*cell) for cell in cells) + chinese(100, 700, "二、主动公开政府信息情况")


EXPECTED = [["规章", "10", "2"], ["行政许可", "30", "4"]]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def rows(grid: Grid) -> list[list[str]]:
    return [["".join(cell.text.split()) for cell in grid.in_row(row)] for row in range(grid.rows)]


def test_format_claims_pdf() -> None:
    assert (FORMAT.name, FORMAT.media_types, FORMAT.read) == ("pdf", ("application/pdf",), read)


@pytest.mark.parametrize(
    "options", [{}, {"landscape": True}, {"rules": "boxes"}, {"rules": "fills"}, {"narrow": True}], ids=str
)
@pytest.mark.parametrize("seed", range(4))
def test_every_cell_of_a_printed_report_is_in_its_place(seed: int, options: dict[str, Any]) -> None:
    truth = make_report(
        seed, "2019" if seed == 3 else "2021", "dense" if seed % 2 else "sparse", blanks=seed == 1, marks=seed == 2
    )
    document = read(pdf.render(truth, Random(seed), **options), "")
    printed = [tables.disclosure(truth), tables.requests(truth), tables.review(truth)]
    found = grids(document)
    assert [(grid.rows, grid.columns) for grid in found] == [(len(table), tables.width(table)) for table in printed]
    for grid, table in zip(found, printed, strict=True):
        got = {place: "".join(cell.text.split()) for place, cell in grid.positions().items()}
        for row, line in enumerate(tables.positions(table)):
            for column, (box, _, _) in enumerate(line):
                assert got[row, column] == "".join(box.text.split())
    assert not any(text.startswith("- ") for text in texts(document))
    assert texts(document)[-2:] == [
        truth.agency,
        truth.published.replace("-0", "-").replace("-", "年", 1).replace("-", "月") + "日",
    ]


@pytest.mark.skipif(not HONGZE.exists(), reason="the real report of Hongze is not here")
def test_real_report_of_hongze() -> None:
    document = read(HONGZE.read_bytes(), "")
    gold: dict[tuple[str, str], list[str]] = {}
    for cell in json.loads(HONGZE.with_suffix("").with_suffix(".gold.json").read_text("utf-8"))["cells"]:
        if cell["state"] != "absent":
            gold.setdefault((cell["table"], cell["row"]), []).append(str(cell["value"]))
    disclosure, requests, review = (rows(grid) for grid in grids(document))
    assert [row[1:] for row in disclosure if row[1:] and row[1].isdigit()] == [
        values for (table, _), values in gold.items() if table == "disclosure"
    ]
    figures = [row[-7:] for row in requests if row[-1].isdigit()]
    assert figures == [values for (table, _), values in gold.items() if table == "requests"]
    assert review[-1] == [value for (table, _), values in gold.items() if table == "review" for value in values]
    labels = {row[-8] for row in requests[3:] if row[-8]}
    assert {"1.属于国家秘密", "2.没有现成信息需要另行制作", "四、结转下年度继续办理"} <= labels
    assert ("pdf:Title", "政府信息公开工作年度报告") in document.metadata
    title = next(block for block in document.blocks if isinstance(block, Paragraph) and block.role == "title")
    assert title.text == "淮安市洪泽区人民政府2024年政府信息公开工作年度报告"


@pytest.mark.skipif(shutil.which("soffice") is None or not BLANK_FORM.exists(), reason="soffice or the form is missing")
def test_blank_official_form_printed_by_an_office_program(tmp_path: Path) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(BLANK_FORM)], check=True, capture_output=True, timeout=120)
    found = grids(read((tmp_path / "template_2021_blank.pdf").read_bytes(), ""))
    assert [(grid.rows, grid.columns) for grid in found] == [(14, 4), (28, 10), (4, 15)]


def test_text_and_table_of_a_page() -> None:
    document = read(one_page(ruled_page(), font=CHINESE), "")
    assert texts(document) == ["二、主动公开政府信息情况"]
    assert [rows(grid) for grid in grids(document)] == [EXPECTED]
    assert grids(document)[0].cells[1].at == "page 1 table 1 row 1 cell 2 [250,242,300,272]"
    assert document.notes == ()


@pytest.mark.parametrize(
    ("rotate", "matrix"), [(90, "0 1 -1 0 842 0"), (180, "-1 0 0 -1 595 842"), (270, "0 -1 1 0 0 595")]
)
def test_rotated_pages_are_read_upright(rotate: int, matrix: str) -> None:
    box = "/MediaBox [0 0 842 595]" if rotate != 180 else ""
    turned = f"q {matrix} cm {ruled_page()} Q"
    plain = read(one_page(turned, font=CHINESE, page=f"/Rotate {rotate} {box}"), "")
    assert [rows(grid) for grid in grids(plain)] == [EXPECTED]
    assert texts(plain) == ["二、主动公开政府信息情况"]


@pytest.mark.parametrize("matrix", ["0 1 -1 0 595 100", "0 -1 1 0 0 742"])
def test_page_whose_text_lies_on_its_side_is_turned(matrix: str) -> None:
    document = read(one_page(f"q {matrix} cm {ruled_page()} Q", font=CHINESE), "")
    assert [rows(grid) for grid in grids(document)] == [EXPECTED]


def test_form_objects_are_walked_with_their_matrix() -> None:
    content = objects(b"q 2 0 0 2 -200 -800 cm /X1 Do Q", font=CHINESE, resources="/XObject << /X1 6 0 R >>")
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Matrix [0.5 0 0 0.5 100 400] /Resources << /Font << /F1 5 0 R >> >>"
    document = read(assembled([*content, stream(ruled_page().encode(), form)]), "")
    assert [rows(grid) for grid in grids(document)] == [EXPECTED]
    assert texts(document) == ["二、主动公开政府信息情况"]


def test_text_outside_the_crop_box_is_not_printed() -> None:
    document = read(one_page(LINES + "BT /F1 12 Tf 72 100 Td (hidden) Tj ET", page="/CropBox [0 400 595 842]"), "")
    assert len(texts(document)) == 5
    assert "hidden" not in " ".join(texts(document))


def test_word_and_character_spacing_move_the_text() -> None:
    document = read(one_page("BT /F1 10 Tf 3 Tc 50 Tz 100 700 Td (12) Tj (34) Tj 0 Tc 100 Tz (5) Tj ET"), "")
    assert texts(document) == ["12345"]
    spread = read(one_page("BT /F1 10 Tf 8 Tc 100 700 Td (12) Tj [(3) -2000 (4)] TJ ET"), "")
    assert texts(spread) == ["1 2 3 4"]


def test_slanted_watermark_does_not_enter_the_table() -> None:
    mark = "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 500 Tm <" + "内部".encode("utf-16-be").hex() + "> Tj ET"
    document = read(one_page(ruled_page() + mark, font=CHINESE), "")
    assert [rows(grid) for grid in grids(document)] == [EXPECTED]
    assert [note.rule for note in document.notes] == ["slanted_text"]


def test_text_laid_under_a_picture_is_marked() -> None:
    document = read(one_page("3 Tr " + LINES), "")
    assert [note.rule for note in document.notes] == ["hidden_text"]


def picture(content: str) -> bytes:
    made = objects(content.encode(), resources="/XObject << /I1 6 0 R >>")
    image = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return assembled([*made, stream(b"\x00", image)])


@pytest.fixture
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_NEEDED", ("a_library_that_nobody_has",))


@pytest.mark.usefixtures("without_recognition")
def test_pictures_of_pages_need_text_recognition() -> None:
    with pytest.raises(NeedsOcrError, match="1 pages without a text layer"):
        read(picture("q 595 0 0 842 0 0 cm /I1 Do Q BT /F1 9 Tf 290 30 Td (- 1 -) Tj ET"), "")
    assert read(picture("q 60 0 0 60 400 700 cm /I1 Do Q " + LINES), "").notes == ()


@pytest.mark.usefixtures("without_recognition")
def test_outlines_without_text_need_text_recognition() -> None:
    with pytest.raises(NeedsOcrError):
        read(one_page("10 10 m 20 30 40 50 60 10 c f"), "")


@pytest.mark.usefixtures("without_recognition")
def test_glyphs_that_no_one_can_name_need_text_recognition() -> None:
    with pytest.raises(NeedsOcrError, match="not mapped"):
        read(one_page("BT /F1 12 Tf 72 700 Td <00110012001300140015> Tj ET", font=UNMAPPED), "")


def test_embedded_files_are_named_and_not_read() -> None:
    made = objects(LINES.encode())
    for names, expected in (("[(a) 6 0 R]", ["embedded"]), ("[]", [])):
        made[0] = f"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names {names} >> >> >>".encode()
        document = read(assembled([*made, b"<< /Type /Filespec /F (a.xlsx) >>"]), "")
        assert [note.rule for note in document.notes] == expected


def test_empty_document_is_corrupt() -> None:
    with pytest.raises(CorruptError, match="empty"):
        read(one_page(" "), "")


RADICALS = b"""/CIDInit /ProcSet findresource begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
4 beginbfchar <41> <2F42> <42> <2EDA> <43> <E000> <44> <0000> endbfchar endcmap end"""


def test_radicals_become_ideographs_and_private_glyphs_unreadable() -> None:
    font = LATIN.replace(b">>", b"/ToUnicode 6 0 R >>")
    content = objects(b"BT /F1 12 Tf 72 700 Td (ABCD) Tj ET BT /F1 12 Tf 72 600 Td (enough words) Tj ET", font=font)
    assert texts(read(assembled([*content, stream(RADICALS)]), ""))[0] == "文页\ufffd\ufffd"


def test_metadata_is_read_in_both_byte_orders() -> None:
    info = b"<< /Title <FEFF5E74> /Author <FFFE745E> /CreationDate (D:20250225101115+08'00') /Producer (x) >>"
    document = read(assembled([*objects(LINES.encode()), info], "/Info 6 0 R"), "")
    assert document.metadata == (
        ("pdf:Title", "年"),
        ("pdf:Author", "年"),
        ("pdf:CreationDate", "D:20250225101115+08'00'"),
    )


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def encrypted(password: bytes) -> bytes:
    """A file under the oldest scheme of the standard handler: 40-bit RC4 (PDF 32000-1, 7.6.3)."""
    padded, identity, rights = (password + PAD)[:32], b"0123456789abcdef", (-44) & 0xFFFFFFFF
    owner = Arcfour(hashlib.md5(padded).digest()[:5]).process(padded)
    key = hashlib.md5(padded + owner + rights.to_bytes(4, "little") + identity).digest()[:5]
    content = LINES.encode()
    sealed = Arcfour(hashlib.md5(key + b"\x04\x00\x00\x00\x00").digest()[:10]).process(content)
    made = objects(b"")
    made[3] = stream(sealed)
    user = Arcfour(key).process(PAD)
    made.append(f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -44 >>".encode())
    return assembled(made, f"/Encrypt 6 0 R /ID [<{identity.hex()}> <{identity.hex()}>]")


def test_empty_password_is_tried_and_another_one_is_needed() -> None:
    assert texts(read(encrypted(b""), ""))[0] == "0. Line of the page"
    with pytest.raises(EncryptedError):
        read(encrypted(b"secret"), "")


def test_unknown_encryption_is_encrypted() -> None:
    made = [*objects(LINES.encode()), b"<< /Filter /Adobe.PubSec /V 4 >>"]
    with pytest.raises(EncryptedError):
        read(assembled(made, "/Encrypt 6 0 R"), "")


def test_damaged_content_is_refused_and_not_read_in_part() -> None:
    good = assembled(objects(LINES.encode() * 50, packed=True))
    read(good, "")
    start = good.index(b"stream\n") + 7
    middle, end = start + 40, good.index(b"\nendstream")
    for damaged in (
        good[:middle] + bytes([good[middle] ^ 0x10]) + good[middle + 1 :],
        good[: end - 2] + bytes([good[end - 2] ^ 0xFF]) + good[end - 1 :],
        good[: end - 20] + b" " * 20 + good[end:],
    ):
        with pytest.raises(CorruptError):
            read(damaged, "")


def test_file_cut_short_is_corrupt() -> None:
    whole = one_page(LINES)
    with pytest.raises(CorruptError, match="cut short"):
        read(whole[: len(whole) // 2], "")


def test_lost_pages_are_noticed() -> None:
    with pytest.raises(CorruptError, match="states 3 pages, 1 can be read"):
        read(one_page(LINES).replace(b"/Count 1", b"/Count 3"), "")


def test_limits_bite(monkeypatch: pytest.MonkeyPatch) -> None:
    data = one_page(ruled_page(), font=CHINESE)
    for place, name, value in (
        (module, "MAX_DOCUMENT_BYTES", 100),
        (module, "MAX_PDF_PAGES", 0),
        (module, "MAX_TEXT_CHARACTERS", 5),
        (pdf_device, "MAX_TEXT_CHARACTERS", 5),
        (pdf_ink, "MAX_SEGMENTS", 3),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, value)
            with pytest.raises(TooBigError, match=name):
                read(data, "")


def test_content_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_interpreter, "MAX_DOCUMENT_BYTES", 100_000)
    with pytest.raises(TooBigError, match="unpacks"):
        read(assembled(objects(b" " * 200_000, packed=True)), "")


def test_forms_that_draw_each_other_without_end_are_refused() -> None:
    made = objects(b"/X0 Do", resources="/XObject << /X0 6 0 R >>")
    for level in range(FORMS):
        extra = f"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X{level + 1} {level + 7} 0 R >> >>"
        made.append(stream(f"/X{level + 1} Do ".encode() * 10, extra))
    with pytest.raises(TooBigError, match="MAX_FORMS"):
        read(assembled(made), "")


def test_form_that_draws_itself_is_drawn_once() -> None:
    made = objects(LINES.encode() + b" /X0 Do", resources="/XObject << /X0 6 0 R >>")
    extra = (
        "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X0 6 0 R >> /Font << /F1 5 0 R >> >>"
    )
    made.append(stream(b"BT /F1 12 Tf 72 500 Td (Once) Tj ET /X0 Do", extra))
    assert texts(read(assembled(made), "")).count("Once") == 1


def test_object_that_refers_to_itself_is_corrupt() -> None:
    made = objects(LINES.encode())
    made[1] = b"2 0 R"
    with pytest.raises(CorruptError, match="refers to itself"):
        read(assembled(made), "")


def test_infinite_numbers_leave_nothing_behind() -> None:
    huge = "9" * 400 + ".0"
    content = f"{LINES} {huge} 0 m {huge} {huge} l S BT /F1 {huge} Tf 1 0 0 1 {huge} 10 Tm (x) Tj ET"
    assert len(texts(read(one_page(content), ""))) == 5


def test_nothing_is_logged_or_warned(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    broken = one_page(LINES, page="/CropBox [0 0 1]", font=LATIN.replace(b"/WinAnsiEncoding", b"/Unknown"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read(broken, "")
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


SAMPLE = one_page(ruled_page(), font=CHINESE)
PACKED = assembled(objects(ruled_page().encode(), font=CHINESE, packed=True))
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_or_refuse(data: bytes) -> None:
    try:
        document = read(data, "")
    except ExtractError:
        return
    assert isinstance(document, Document)


@FUZZ
@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n"]), st.sampled_from([b"", b"\nstartxref\n9\n%%EOF"]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes, tail: bytes) -> None:
    read_or_refuse(head + data + tail)


@FUZZ
@given(
    st.sampled_from([SAMPLE, PACKED]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    st.data(),
)
def test_any_damage_is_read_or_refused(whole: bytes, flips: list[tuple[int, int]], data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for place, value in flips:
        damaged[place % len(damaged)] ^= value
    start = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.sampled_from([0, 0, 1, 7, 100]))
    del damaged[start : start + cut]
    read_or_refuse(bytes(damaged))
