"""Pictures of reports are read: what is certain exactly, what is not as unreadable, and never as another number."""

import subprocess
import sys
from functools import cache
from io import BytesIO
from random import Random

import numpy as np
import pytest

from extract.errors import TooBigError
from extract.model import RECOGNISED, Reading
from extract.ocr import recognition
from extract.reading import read
from tests.kit import pdf
from tests.kit.truth import Truth, make_report
from tests.test_forms import silently_wrong, wrong

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")
AGENCY = ("云岭市教育局", "990100")


def report(style: str = "sparse", **options: bool) -> Truth:
    return make_report(5, "2021", "dense" if style == "dense" else "sparse", agency=AGENCY, year=2023, **options)


@cache
def printed(style: str = "sparse", marks: bool = False) -> bytes:
    truth = report(style, marks=marks, blanks=marks)
    return pdf.render(truth, Random(1))


def recognised(reading: Reading) -> bool:
    return any(found.rule == RECOGNISED and found.verdict == "NOT_ASSESSABLE" for found in reading.findings)


def share_right(reading: Reading, truth: Truth) -> float:
    return 1 - len(wrong(reading, truth)) / len(truth.cells)


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
    from tests.kit import scan

    truth = report()
    reading = read(scan.scanned(printed(), scan.WEARS[wear]))
    assert silently_wrong(reading, truth) == []
    assert share_right(reading, truth) >= 0.85
    assert recognised(reading)


def top() -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """The first lines of a report as a picture of their own."""
    from tests.kit import scan

    return np.ascontiguousarray(scan.pages(printed())[0][:900])


def packed(kind: str, pages: int = 1) -> bytes:
    from PIL import Image

    out = BytesIO()
    first, *others = [Image.fromarray(top()) for _ in range(pages)]
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff", "bmp", "gif"])
def test_a_picture_of_every_format_is_read(kind: str) -> None:
    reading = read(packed(kind))
    assert (reading.agency, reading.year) == (AGENCY[0], 2023)
    assert recognised(reading)


def test_every_page_of_a_tiff_is_read() -> None:
    found = recognition.pages_of_file(packed("tiff", pages=2))
    texts = ["".join(char.text for char in page.chars) for page in found]
    assert len(texts) == 2
    assert texts[0] == texts[1]


@pytest.mark.parametrize("quarters", [1, 2])
def test_a_page_on_its_side_or_head_is_turned(quarters: int) -> None:
    from extract.ocr.engine import engine
    from extract.ocr.page import page_content
    from extract.ocr.picture import Picture

    lines = top()[250:650]
    turned = Picture(lines, lines, 200).turned(quarters)
    wanted, found = (page_content(picture, engine()).chars for picture in (Picture(lines, lines, 200), turned))
    assert "".join(char.text for char in found) == "".join(char.text for char in wanted)


def test_a_picture_past_the_limit_is_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    from extract.ocr import picture

    monkeypatch.setattr(picture, "MAX_PICTURE_PIXELS", 1000)
    assert read(packed("png")).outcome == "too_big"
    monkeypatch.setattr(recognition, "MAX_OCR_PAGES", 1)
    with pytest.raises(TooBigError, match="MAX_OCR_PAGES"):
        recognition.pages_of_pdf(printed(), range(2))


def test_a_damaged_picture_is_corrupt() -> None:
    whole = packed("png")
    assert read(whole[: len(whole) // 3]).outcome == "corrupt"


def test_without_the_extra_a_scan_says_what_it_needs() -> None:
    program = (
        "import sys; sys.modules.update(dict.fromkeys(('rapidocr', 'onnxruntime')))\n"
        "from extract.ocr import recognition\n"
        "recognition.find_spec = lambda name: None\n"
        "from extract.reading import read\n"
        "found = read(sys.stdin.buffer.read())\n"
        "print(found.outcome, found.detail)"
    )
    done = subprocess.run([sys.executable, "-c", program], input=packed("png"), capture_output=True, check=True)
    outcome, detail = done.stdout.decode().strip().split(" ", 1)
    assert outcome == "needs_ocr"
    assert "annual-reports[ocr]" in detail


def test_a_picture_among_pages_of_text_is_read() -> None:
    import pypdfium2

    from tests.kit import scan

    with pypdfium2.PdfDocument(printed()) as text, pypdfium2.PdfDocument(scan.bound([top()])) as picture:
        text.import_pages(picture)
        out = BytesIO()
        text.save(out)
    reading = read(out.getvalue())
    assert recognised(reading)
    assert wrong(reading, report()) == []


# --- Shapes -----------------------------------------------------------------------------------------------------------


def test_shapes_tell_a_stroke_from_a_digit() -> None:
    from extract.ocr.marks import Digit, Mark
    from extract.ocr.shapes import could_be, is_bar, is_slash, is_upright, is_zero

    digit = Digit(20, 12)
    ring = np.full((20, 12), 255, np.uint8)
    ring[3:17, 3:9] = 0
    assert is_zero([Mark(0, 0, 12, 20, 156)], ring, digit)
    assert not is_zero([Mark(0, 0, 12, 20, 240)], np.full((20, 12), 255, np.uint8), digit)
    slash = np.zeros((20, 12), np.uint8)
    for row in range(20):
        slash[row, (19 - row) // 2 : (19 - row) // 2 + 2] = 255
    assert is_slash([Mark(0, 0, 12, 20, 40)], slash, 20)
    assert not is_upright([Mark(0, 0, 12, 20, 40)], slash)
    post = np.full((20, 3), 255, np.uint8)
    assert is_upright([Mark(0, 0, 3, 20, 60)], post)
    assert is_bar([Mark(0, 8, 20, 11, 60)], 20)
    assert not is_bar([Mark(0, 0, 6, 6, 30)], 20)
    assert could_be(2, [Mark(0, 0, 24, 20, 200)], digit)
    assert not could_be(1, [Mark(0, 0, 24, 20, 200)], digit)
    assert not could_be(1, [Mark(0, 0, 3, 40, 120)], digit)
