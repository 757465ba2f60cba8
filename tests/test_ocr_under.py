"""Scans with a text layer that nobody sees: the picture is read, not what a scanner's own recognition laid under it."""

import pytest

from extract.ocr import recognition
from extract.reading import read
from tests.test_ocr import first_page, recognised, report, share_right
from tests.test_pdf import CHINESE, assembled, objects, stream

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

LAYER = (
    "清江市教育局2023年政府信息公开工作年度报告",
    "二、主动公开政府信息情况",
    "第二十条第（一）项",
    "信息内容 本年制发件数 本年废止件数 现行有效件数",
    "规章 9 9 9",
)


@pytest.fixture(scope="module")
def layered() -> bytes:
    """The picture of a table over a page, and below it, unseen, other figures."""
    from tests.kit import scan

    table = scan.first_table(first_page())
    height, width = table.shape
    picture = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
    image = stream(scan.encoded(table), f"{picture} /BitsPerComponent 8 /Filter /DCTDecode")
    high = 500 * height / width
    lines = "".join(
        f"1 0 0 1 60 {780 - 20 * number} Tm <{line.encode('utf-16-be').hex()}> Tj " for number, line in enumerate(LAYER)
    )
    content = f"q 500 0 0 {high:.0f} 50 {800 - high:.0f} cm /I1 Do Q BT 3 Tr /F1 9 Tf {lines} ET"
    return assembled([*objects(content.encode(), font=CHINESE, resources="/XObject << /I1 6 0 R >>"), image])


def test_a_picture_is_read_in_place_of_the_text_laid_under_it(layered: bytes) -> None:
    reading = read(layered)
    assert recognised(reading)
    assert not recognition.would_help(reading)
    assert share_right(reading, report(), "disclosure") >= 0.6
    assert not any(cell.value == 9 for cell in reading.cells if cell.row == "regulations")


def test_text_laid_under_a_picture_is_due_for_recognition(layered: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_NEEDED", ("a_library_that_nobody_has",))
    reading = read(layered)
    assert not recognised(reading)
    assert recognition.UNDER_PICTURE in {finding.rule for finding in reading.findings}
    assert recognition.would_help(reading)
