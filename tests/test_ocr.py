"""Pictures of reports are read: what is certain exactly, what is not as unreadable, and never as another number."""

import subprocess
import sys
from base64 import b64encode
from functools import cache
from io import BytesIO
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.errors import TooBigError
from extract.model import RECOGNISED, Reading
from extract.ocr import recognition
from extract.reading import read
from store.fold.entries import Entry
from store.fold.merge import fold
from tests.kit import form2014, pdf, styles2014
from tests.kit.form import HEADINGS
from tests.kit.truth import Truth, make_report
from tests.test_forms import silently_wrong, wrong

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")
AGENCY = ("清江市教育局", "990100")


def report(style: str = "sparse", **options: bool) -> Truth:
    return make_report(5, "2021", "dense" if style == "dense" else "sparse", agency=AGENCY, year=2023, **options)


@cache
def printed(style: str = "sparse", marks: bool = False) -> bytes:
    truth = report(style, marks=marks, blanks=marks)
    return pdf.render(truth, Random(1))


def recognised(reading: Reading) -> bool:
    return any(found.rule == RECOGNISED and found.verdict == "NOT_ASSESSABLE" for found in reading.findings)


def share_right(reading: Reading, truth: Truth, table: str | None = None) -> float:
    cells = [cell for cell in truth.cells if table in (None, cell["table"])]
    failed = [cell for cell, _ in wrong(reading, truth) if table in (None, cell["table"])]
    return 1 - len(failed) / len(cells)


def first_page(wear: str = "clean") -> NDArray[np.uint8]:
    """The title, the first section, the table of section 2 and the beginning of the largest table."""
    from tests.kit import scan

    return scan.pages(printed(), scan.WEARS[wear])[0]


def bound(wear: str, page: NDArray[np.uint8]) -> bytes:
    from tests.kit import scan

    return scan.bound([page], scan.WEARS[wear].dpi, scan.WEARS[wear].quality)


@pytest.fixture(scope="module")
def table() -> NDArray[np.uint8]:
    """The table of section 2 alone."""
    from tests.kit import scan

    return scan.first_table(first_page())


@pytest.fixture(scope="module")
def lines() -> NDArray[np.uint8]:
    """Some lines of prose."""
    return np.ascontiguousarray(first_page()[250:450])


def test_a_clean_scan_is_read_and_says_so() -> None:
    from tests.kit import scan

    truth = report("dense", marks=True, blanks=True)
    reading = read(scan.scanned(printed("dense", marks=True)))
    assert silently_wrong(reading, truth) == []
    assert share_right(reading, truth) >= 0.97
    assert (reading.agency, reading.year, reading.template) == (truth.agency, truth.year, "2021")
    assert recognised(reading)


@pytest.mark.parametrize("wear", ["worn", "sealed"])
def test_a_worn_scan_gives_no_other_number(wear: str) -> None:
    reading = read(bound(wear, first_page(wear)))
    assert silently_wrong(reading, report()) == []
    assert share_right(reading, report(), "disclosure") >= 0.8
    assert recognised(reading)


def test_units_do_not_tell_the_size_of_digits() -> None:
    """In the form of 2014 as many cells hold 件 or 次 as hold a number, and 万元 has strokes that touch nothing."""
    from tests.kit import scan

    truth = form2014.make_report(1)
    page = scan.pages(styles2014.to_pdf(truth, styles2014.TABLES["plain"](truth)))[-1]
    reading = read(bound("clean", scan.first_table(page)))
    values = {cell["row"]: cell["value"] for cell in truth.cells}
    numbers = {cell.row: cell.value for cell in reading.cells if cell.state == "reported"}
    assert len(numbers) >= 11
    assert {row: values[row] for row in numbers} == numbers
    assert numbers["budget"] == values["budget"]


# --- Picture files ----------------------------------------------------------------------------------------------------


def packed(page: NDArray[np.uint8], kind: str = "png", pages: int = 1) -> bytes:
    from PIL import Image

    out = BytesIO()
    first, *others = [Image.fromarray(page) for _ in range(pages)]
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(out, kind, **more)
    return out.getvalue()


def test_a_picture_of_one_table_is_read(table: NDArray[np.uint8]) -> None:
    reading = read(packed(table))
    assert (reading.outcome, reading.template, reading.agency) == ("partial", "2021", None)
    assert silently_wrong(reading, report()) == []
    assert share_right(reading, report(), "disclosure") == 1
    assert recognised(reading)


@cache
def bare_table() -> NDArray[np.uint8]:
    """The table of section 2, printed without ruling lines."""
    from tests.kit import scan

    return scan.pages(pdf.render(report(), Random(1), rules="none"))[0][1110:1670]


def test_a_table_without_ruling_lines_is_read_from_its_columns() -> None:
    reading = read(bound("clean", bare_table()))
    assert silently_wrong(reading, report()) == []
    assert share_right(reading, report(), "disclosure") == 1


def test_a_table_without_ruling_lines_below_colour_is_not_read_and_named() -> None:
    coloured = np.repeat(bare_table()[:, :, np.newaxis], 3, axis=2)
    coloured[:, 300:312] = (60, 50, 205)
    [page] = recognition.pages_of_pdf(bound("clean", coloured), [0])[0]
    assert not [char for char in page.chars if char.text.isdigit()]
    assert recognition.unruled([page]) == [1]
    assert recognition.mark(1, [1]).detail.endswith("figures without ruling lines around them are not read: page 1")


@pytest.mark.parametrize("kind", ["jpeg", "tiff", "bmp", "gif", "webp"])
def test_pictures_of_every_format_show_the_same(kind: str, table: NDArray[np.uint8]) -> None:
    from extract.formats.image import MEDIA_TYPES
    from extract.ocr.files import of_file
    from extract.sniff import media_type

    assert media_type(packed(table, kind), "") in MEDIA_TYPES
    [wanted], [found] = list(of_file(packed(table))), list(of_file(packed(table, kind)))
    assert found.pixels.shape == wanted.pixels.shape
    assert np.abs(found.pixels.astype(int) - wanted.pixels).mean() < 3


def test_every_page_of_a_tiff_is_read(lines: NDArray[np.uint8]) -> None:
    found = recognition.pages_of_file(packed(lines, "tiff", pages=2))
    texts = ["".join(char.text for char in page.chars) for page in found]
    assert len(texts) == 2
    assert texts[0] == texts[1] != ""


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_sample_of_lines_tells_how_a_page_was_laid(quarters: int, lines: NDArray[np.uint8]) -> None:
    from extract.ocr.engine import engine
    from extract.ocr.picture import Picture
    from extract.ocr.turning import quarters_to_upright

    turned = Picture(lines, lines, 200).turned(quarters)
    assert (quarters + quarters_to_upright(turned, engine())) % 4 == 0


@pytest.mark.parametrize(
    ("texts", "is_so"), [("政 府 信 12 息", True), ("政府 信息 0 公", False), ("0 1 2", False), ("", False)]
)
def test_cells_of_single_characters_are_prose_on_its_side(texts: str, is_so: bool) -> None:
    from extract.ocr.network import Sign
    from extract.ocr.turning import is_in_single_signs

    assert is_in_single_signs([[Sign(text, 1.0, 0.5) for text in cell] for cell in texts.split()]) == is_so


def test_a_page_on_its_side_is_turned(lines: NDArray[np.uint8]) -> None:
    from extract.ocr.engine import engine
    from extract.ocr.page import page_content
    from extract.ocr.picture import Picture

    upright = Picture(lines, lines, 200)
    found, wanted = (page_content(picture, engine()).chars for picture in (upright.turned(1), upright))
    assert "".join(char.text for char in found) == "".join(char.text for char in wanted)


def test_a_picture_past_the_limit_is_too_big(monkeypatch: pytest.MonkeyPatch, lines: NDArray[np.uint8]) -> None:
    from extract.ocr import files

    monkeypatch.setattr(files, "MAX_PICTURE_PIXELS", 1000)
    assert read(packed(lines)).outcome == "too_big"
    monkeypatch.setattr(recognition, "MAX_OCR_PAGES", 1)
    with pytest.raises(TooBigError, match="MAX_OCR_PAGES"):
        recognition.pages_of_pdf(printed(), range(2))


def test_a_damaged_picture_is_corrupt(lines: NDArray[np.uint8]) -> None:
    whole = packed(lines)
    assert read(whole[: len(whole) // 3]).outcome == "corrupt"


def test_without_the_extra_a_scan_says_what_it_needs(lines: NDArray[np.uint8]) -> None:
    program = (
        "import sys; sys.modules.update(dict.fromkeys(('rapidocr', 'onnxruntime')))\n"
        "from extract.ocr import recognition\n"
        "recognition.find_spec = lambda name: None\n"
        "from extract.reading import read\n"
        "found = read(sys.stdin.buffer.read())\n"
        "print(found.outcome, found.detail)"
    )
    done = subprocess.run([sys.executable, "-c", program], input=packed(lines), capture_output=True, check=True)
    outcome, detail = done.stdout.decode().strip().split(" ", 1)
    assert outcome == "needs_ocr"
    assert "annual-reports[ocr]" in detail


def test_a_picture_among_pages_of_text_is_read(lines: NDArray[np.uint8]) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(printed()) as text, pypdfium2.PdfDocument(bound("clean", lines)) as picture:
        text.import_pages(picture)
        out = BytesIO()
        text.save(out)
    reading = read(out.getvalue())
    assert recognised(reading)
    assert wrong(reading, report()) == []


# --- Pictures in web pages --------------------------------------------------------------------------------------------


TITLE = f"<h1>{AGENCY[0]}2023年政府信息公开工作年度报告</h1>"


def page(*sources: str) -> bytes:
    """A report whose tables of sections 2, 3 and 4 are pictures."""
    shown = dict(zip((2, 3, 4), sources, strict=False))
    parts = (
        f"<p>{heading}</p><p>本年情况如下。</p>" + (f"<p><img src='{shown[number]}'></p>" if number in shown else "")
        for number, heading in enumerate(HEADINGS, 1)
    )
    return f"<html><body><div id=zoom>{TITLE}{''.join(parts)}</div></body></html>".encode()


def held(picture: bytes) -> str:
    return "data:image/png;base64," + b64encode(picture).decode()


def named(reading: Reading) -> list[str]:
    return [finding.detail for finding in reading.findings if finding.rule == recognition.PICTURE]


def test_a_table_that_a_page_holds_as_a_picture_is_read_in_its_place(table: NDArray[np.uint8]) -> None:
    reading = read(page(held(packed(table)), "t3.png"), "text/html")
    assert (reading.outcome, reading.agency, reading.year) == ("partial", AGENCY[0], 2023)
    assert [section.number for section in reading.sections] == [1, 2, 3, 4, 5, 6]
    assert share_right(reading, report(), "disclosure") == 1
    assert silently_wrong(reading, report()) == []
    assert recognised(reading)
    assert named(reading) == ["t3.png"]
    assert all(cell.at.startswith("picture 1 page 1 ") for cell in reading.cells if cell.state == "reported")
    assert not any(finding.cause == "source" for finding in reading.findings)


def test_the_pool_sends_a_page_that_holds_pictures_where_recognition_has_room(table: NDArray[np.uint8]) -> None:
    from extract.readers.pool import ReaderPool

    data = page(held(packed(table)))
    with ReaderPool(workers=1, ocr_workers=0) as narrow:
        first = narrow.read(data, "text/html").result()
    assert (first.outcome, first.cells) == ("partial", ())
    assert [name.partition(",")[0] for name in named(first)] == ["data:image/png"]
    assert recognition.would_help(first)
    with ReaderPool(workers=1, ocr_workers=1) as roomy:
        again = roomy.read(data, "text/html").result()
    assert recognised(again)
    assert share_right(again, report(), "disclosure") == 1


def test_pictures_past_the_limit_and_damaged_ones_are_named(
    monkeypatch: pytest.MonkeyPatch, table: NDArray[np.uint8]
) -> None:
    from extract.html import pictures

    whole = packed(table)
    [damaged] = named(read(page(held(whole[: len(whole) // 3])), "text/html"))
    assert damaged.startswith("data:image/png, ")
    assert damaged.count(":") >= 2
    monkeypatch.setattr(pictures, "MAX_HELD_PICTURES", 0)
    reading = read(page(held(whole), held(whole)), "text/html")
    assert len(named(reading)) == 2
    assert not recognised(reading)


def test_a_placeholder_hides_no_picture() -> None:
    placeholder = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
    late = page(f"{placeholder}' data-src='t2.png", placeholder)
    reading = read(late, "text/html")
    assert named(reading) == ["t2.png"]
    assert not recognition.would_help(reading)


def test_a_page_whose_tables_are_pictures_keeps_its_narrative_and_takes_its_figures_from_them(
    table: NDArray[np.uint8],
) -> None:
    told, shown = read(page("t2.png", "t3.png", "t4.png"), "text/html"), read(packed(table))
    assert (told.outcome, len(told.sections), told.cells) == ("partial", 6, ())
    assert named(told) == ["t2.png", "t3.png", "t4.png"]
    assert not recognition.would_help(told)
    merged = fold([Entry("1" * 64, told), Entry("2" * 64, shown)])
    assert dict(merged.origins)["disclosure"] == "2" * 64
    assert dict(merged.origins)["sections"] == "1" * 64
    assert (merged.outcome, merged.template, len(merged.sections)) == ("partial", "2021", 6)
    assert [cell for cell in merged.cells if cell.table == "disclosure"] == [
        cell for cell in shown.cells if cell.table == "disclosure"
    ]


def test_a_page_of_nothing_but_pictures_needs_recognition_of_them() -> None:
    reading = read(f"<div id=zoom>{TITLE}<img src=1.jpg><img src=2.jpg></div>".encode(), "text/html")
    assert (reading.outcome, reading.agency, reading.year) == ("needs_ocr", AGENCY[0], 2023)
    assert named(reading) == ["1.jpg", "2.jpg"]
    assert not recognition.would_help(reading)
    merged = fold([Entry("1" * 64, reading)])
    assert (merged.outcome, merged.reason) == ("unreadable", f"needs_ocr: {reading.detail}")
