"""Two engines for PDF give the same cells; where they differ, no figure is believed without a sum."""

import time
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psparser import LIT

from extract.errors import CorruptError, EncryptedError, TooBigError
from extract.formats.pdf import FORMAT, read, read_again
from extract.forms import read_form
from extract.model import Document
from extract.pdf.device import InkDevice
from extract.pdf.fonts import Fonts
from extract.pdf.interpreter import Interpreter
from extract.pdf.pdfium import drawing as pdfium_drawing
from extract.pdf.pdfium import ink as pdfium_ink
from extract.pdf.pdfium import text as pdfium_text
from extract.pdf.pdfium.ink import read_inks
from extract.pdf.tokens import FileParser, operations
from extract.reading import read as read_report
from tests.kit import pdf
from tests.kit.prints import by_chromium, by_libreoffice, needs_chromium, needs_libreoffice
from tests.kit.truth import Truth, make_report
from tests.shared import CORPUS, needs_corpus
from tests.test_forms import wrong
from tests.test_pdf import (
    CHINESE,
    EXPECTED,
    LINES,
    UNMAPPED,
    assembled,
    encrypted,
    grids,
    objects,
    one_page,
    rows,
    ruled_page,
    stream,
    texts,
)
from tests.test_second import requests_table

KIT = [{}, {"landscape": True}, {"rules": "boxes"}, {"rules": "fills"}, {"narrow": True}]


def cells(document: Document) -> list[list[tuple[object, ...]]]:
    return [
        [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells]
        for grid in grids(document)
    ]


def assert_same_cells(data: bytes) -> None:
    first, second = read(data, ""), read_again(data, "")
    assert cells(first)
    assert cells(first) == cells(second)


def report(seed: int) -> Truth:
    style = "dense" if seed % 2 else "sparse"
    return make_report(seed, "2019" if seed == 3 else "2021", style, blanks=seed == 1, marks=seed == 2)


def test_the_format_has_a_second_engine() -> None:
    assert FORMAT.second is read_again


@pytest.mark.parametrize("options", KIT, ids=str)
def test_both_engines_give_the_same_cells(options: dict[str, Any]) -> None:
    for seed in range(4):
        assert_same_cells(pdf.render(report(seed), Random(seed), **options))


@needs_corpus
def test_both_engines_give_the_same_cells_of_a_real_report() -> None:
    data = (CORPUS / "hongze_2024.pdf").read_bytes()
    assert_same_cells(data)
    assert texts(read(data, "")) == texts(read_again(data, ""))


@needs_libreoffice
def test_prints_of_a_word_processor_are_read_alike_and_exactly() -> None:
    truths = [report(seed) for seed in range(4)]
    for truth, data in zip(truths, by_libreoffice(truths), strict=True):
        assert_same_cells(data)
        assert wrong(read_report(data), truth) == []


@needs_chromium
@pytest.mark.parametrize("seed", [1, 3])
def test_prints_of_a_browser_are_read_alike_and_exactly(seed: int) -> None:
    data = by_chromium(report(seed))
    assert_same_cells(data)
    assert wrong(read_report(data), report(seed)) == []


@pytest.mark.parametrize(
    ("rotate", "matrix"),
    [(0, "1 0 0 1 0 0"), (90, "0 1 -1 0 842 0"), (180, "-1 0 0 -1 595 842"), (270, "0 -1 1 0 0 595")],
)
def test_rotated_pages_are_read_upright(rotate: int, matrix: str) -> None:
    box = "/MediaBox [0 0 842 595]" if rotate in (90, 270) else ""
    data = one_page(f"q {matrix} cm {ruled_page()} Q", font=CHINESE, page=f"/Rotate {rotate} {box}")
    assert [rows(grid) for grid in grids(read_again(data, ""))] == [EXPECTED]
    assert texts(read_again(data, "")) == ["二、主动公开政府信息情况"]


@pytest.mark.parametrize("matrix", ["0 1 -1 0 595 100", "0 -1 1 0 0 742"])
def test_page_whose_text_lies_on_its_side_is_turned(matrix: str) -> None:
    data = one_page(f"q {matrix} cm {ruled_page()} Q", font=CHINESE)
    assert [rows(grid) for grid in grids(read_again(data, ""))] == [EXPECTED]


@pytest.mark.parametrize("rotate", [0, 90])
def test_lines_and_text_of_form_objects_are_found_where_they_are_drawn(rotate: int) -> None:
    turn, page = {0: ("", ""), 90: ("0 1 -1 0 842 0 cm", "/MediaBox [0 0 842 595] /Rotate 90")}[rotate]
    content = f"q {turn} 2 0 0 2 -200 -800 cm /X1 Do Q".encode()
    made = objects(content, font=CHINESE, page=page, resources="/XObject << /X1 6 0 R >>")
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Matrix [0.5 0 0 0.5 100 400] /Resources << /Font << /F1 5 0 R >> >>"
    data = assembled([*made, stream(ruled_page().encode(), form)])
    assert [rows(grid) for grid in grids(read_again(data, ""))] == [EXPECTED]
    assert_same_cells(data)


def test_text_outside_the_crop_box_and_slanted_text_are_not_read() -> None:
    slanted = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 500 Tm (COPY) Tj ET\n"
    below = "BT /F1 12 Tf 72 100 Td (hidden) Tj ET"
    data = one_page(LINES + slanted + below, page="/CropBox [0 400 595 842]")
    assert texts(read_again(data, "")) == texts(read(data, ""))
    assert read_inks(data)[0].slanted == 4


def test_glyph_without_meaning_is_no_character_of_the_same_number() -> None:
    data = one_page("BT /F1 12 Tf 72 700 Td <00310032> Tj ET", font=UNMAPPED)
    assert {char.text for char in read_inks(data)[0].chars} == {"\ufffd"}


def test_type_written_downwards_stays_in_its_cell() -> None:
    vertical = CHINESE.replace(b"-H", b"-V")
    page = ruled_page() + "BT /F2 10 Tf 0.5 0 0 0.5 110 590 Tm <66326226> Tj ET"
    made = objects(page.encode(), font=CHINESE)
    made[2] = made[2].replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R")
    chars = [char for char in read_inks(assembled([*made, vertical]))[0].chars if char.text in "昲戦"]
    assert [char.x1 - char.x0 for char in chars] == pytest.approx([5, 5], abs=0.5)


def test_empty_password_is_tried_and_another_one_is_needed() -> None:
    assert texts(read_again(encrypted(b""), ""))[0] == "0. Line of the page"
    with pytest.raises(EncryptedError):
        read_again(encrypted(b"secret"), "")


def test_what_pdfium_cannot_open_is_corrupt() -> None:
    with pytest.raises(CorruptError):
        read_again(b"%PDF-1.4\nnothing", "")


def test_limits_bite(monkeypatch: pytest.MonkeyPatch) -> None:
    made = objects(ruled_page().encode() + b" /X1 Do", font=CHINESE, resources="/XObject << /X1 6 0 R >>")
    data = assembled([*made, stream(b"", "/Type /XObject /Subtype /Form /BBox [0 0 1 1]")])
    for place, name, value in (
        (pdfium_ink, "MAX_PDF_PAGES", 0),
        (pdfium_drawing, "MAX_FORMS", 0),
        (pdfium_text, "MAX_TEXT_CHARACTERS", 5),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, value)
            with pytest.raises(TooBigError, match=name):
                read_again(data, "")


# --- What two readings are worth -------------------------------------------------------------------------------------


def states(first: Document, second: Document) -> list[tuple[str, object]]:
    return [(cell.state, cell.value) for cell in read_form(first, 2022, second).cells if cell.row == "new"]


ROW = "一、本年新收政府信息公开申请数量"


def test_a_row_with_blanks_that_both_read_alike_is_confirmed() -> None:
    table = requests_table((ROW, "3", "1", "", "0", "0", "0", "4"))
    assert read_form(table, 2022, table).confirmed == {("requests", "new", None)}


def test_a_figure_that_only_one_engine_saw_is_not_believed() -> None:
    blank = requests_table((ROW, "3", "", "0", "0", "0", "0", "4"))
    full = requests_table((ROW, "3", "1", "0", "0", "0", "0", "4"))
    assert states(blank, full) == states(full, blank) == [("unreadable", None)] * 7


def test_a_mark_that_only_one_engine_saw_makes_its_row_unreadable() -> None:
    blank = requests_table((ROW, "3", "1", "", "0", "0", "0", "4"))
    mark = requests_table((ROW, "3", "1", "/", "0", "0", "0", "4"))
    assert states(blank, mark) == [("unreadable", None)] * 7


def test_a_sign_that_the_first_engine_loses_is_not_taken_for_a_blank_cell() -> None:
    """pdfminer's table of this encoding of Chinese has no middle dot, and leaves it out without a word."""
    truth, place = report(0), ("review", "reconsideration", None, "pending")
    data = pdf.render(replace(truth, printed={**truth.printed, place: "·"}), Random(0))
    assert "·" not in "".join(cell.text for grid in grids(read(data, "")) for cell in grid.cells)
    [cell] = (cell for cell in read_report(data).cells if (cell.table, cell.row, cell.item, cell.column) == place)
    assert cell.state == "unreadable"


# --- Tokens ----------------------------------------------------------------------------------------------------------


def drawn(data: bytes, interpreter: type[PDFPageInterpreter], parser: PDFParser) -> list[Any]:
    manager = Fonts()
    device = InkDevice(manager)
    processor = interpreter(manager, device)
    inks = []
    for page in PDFPage.create_pages(PDFDocument(parser)):
        processor.process_page(page)
        inks.append(replace(device.ink, runs=[], grounds=[], covers=[], order=0))  # pdfminer knows nothing of them
    return inks


def assert_same_ink(data: bytes) -> None:
    expected = drawn(data, PDFPageInterpreter, PDFParser(BytesIO(data)))
    assert drawn(data, Interpreter, FileParser(data)) == expected


@pytest.mark.parametrize("options", KIT, ids=str)
def test_tokens_draw_what_the_librarys_own_draw(options: dict[str, Any]) -> None:
    assert_same_ink(pdf.render(report(1), Random(1), **options))


@needs_corpus
def test_tokens_draw_what_the_librarys_own_draw_of_a_real_report() -> None:
    assert_same_ink((CORPUS / "hongze_2024.pdf").read_bytes())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"1 -2.5 .5 +3. re", [(b"re", [1, -2.5, 0.5, 3])]),
        (b"q%comment\n1 0 0 1 5 6 cm", [(b"q", []), (b"cm", [1, 0, 0, 1, 5, 6])]),
        (rb"(a\(b\)(c)\101\n\q\\) Tj", [(b"Tj", [b"a(b)(c)A\nq\\"])]),
        (b"(two\\\nlines) Tj", [(b"Tj", [b"twolines"])]),
        (b"<41 42\n4> Tj", [(b"Tj", [b"AB@"])]),
        (b"[(A)-20<42>]TJ", [(b"TJ", [[b"A", -20, b"B"]])]),
        (b"[[1][2 3]]0 d", [(b"d", [[[1], [2, 3]], 0])]),
        (b"/F#31 12 Tf", [(b"Tf", [LIT("F1"), 12])]),
        (b"/P <</MCID 0/X[1]/Y true>> BDC", [(b"BDC", [LIT("P"), {"MCID": 0, "X": [1], "Y": True}])]),
        (b"(x)' 1 2(y)\"", [(b"'", [b"x"]), (b'"', [1, 2, b"y"])]),
        (b"\x00 1\x002\x00m", [(b"m", [1, 2])]),
        (b"1 2", []),
        (b"1 2 m \0\0\0\0\0\0", [(b"m", [1, 2])]),
    ],
)
def test_operations(content: bytes, expected: list[Any]) -> None:
    assert list(operations(content)) == expected


@pytest.mark.parametrize(
    "content",
    [b"5 - 3 Td", b"(open", b"] f", b"1 >> f", b"} f", b"481.92 ;63.60 Td", b"<\x10039> Tj", b"1\0\0\0\0\0 m"],
)
def test_bytes_that_are_no_token_are_damage(content: bytes) -> None:
    with pytest.raises(CorruptError):
        list(operations(content))


@pytest.mark.parametrize("broken", ["<0033> Tk", "<0033> <0034> Tj", "Tj", "1 2 3 m", "<0033> TjET"])
def test_what_is_no_operation_is_damage(broken: str) -> None:
    content = ruled_page() + f"BT /F1 12 Tf {broken} ET"
    with pytest.raises(CorruptError):
        read(one_page(content, font=CHINESE), "")


def test_a_stream_that_has_lost_bytes_is_damage() -> None:
    data = one_page(ruled_page(), font=CHINESE)
    with pytest.raises(CorruptError):
        read(data.replace(b" 1 0 l S\n", b"", 1).replace(b"100 600 m 350 600 l S\n", b""), "")


def test_inline_picture_is_one_operation_and_its_data_are_no_content() -> None:
    content = b"q BI /W 2 /H 1 /IM true /F [/A85] ID \x00(] 9 9 re EI\nQ"
    (first, _), (name, [picture]), (last, _) = operations(content)
    assert (first, name, last) == (b"q", b"EI", b"Q")
    assert (picture["W"], picture["H"], picture["IM"]) == (2, 1, True)


def test_inline_picture_without_end_is_corrupt() -> None:
    with pytest.raises(CorruptError, match="does not end"):
        list(operations(b"BI /W 2 ID 123"))


@pytest.mark.parametrize(
    "unit", [b"%", b"(", b"[", b"<<", b"<", b"1 ", b"-", b"/", b"\\", b"BI ", b"1.", b"#", b"\0", b" "]
)
def test_no_run_of_one_sign_takes_long(unit: bytes) -> None:
    started = time.process_time()
    with suppress(CorruptError):
        list(operations(unit * 50_000))
    assert time.process_time() - started < 2


@given(
    st.lists(
        st.sampled_from(
            [
                b"(",
                b")",
                b"<",
                b">",
                b"[",
                b"]",
                b"/",
                b"%",
                b"\\",
                b"1",
                b".",
                b"-",
                b" ",
                b"\n",
                b"BI",
                b"ID",
                b"EI",
                b"Tj",
                b"\xff",
            ]
        )
    )
)
def test_any_tokens_end(parts: list[bytes]) -> None:
    try:
        for _, operands in operations(b"".join(parts)):
            assert isinstance(operands, list)
    except CorruptError:
        pass
