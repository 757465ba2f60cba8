"""Pictures pasted into Word documents and pages: scans, screenshots with coloured edges, the table of 2014."""

import zipfile
from base64 import b64encode
from io import BytesIO
from random import Random

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.model import RECOGNISED, Paragraph
from extract.ocr import recognition
from extract.reading import read
from tests.kit import docx, form2014, pdf, scan, styles2014
from tests.kit.form import HEADINGS
from tests.kit.truth import make_report
from tests.test_forms import silently_wrong, wrong

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TRUTH = make_report(5, "2021", "dense", agency=("清江市教育局", "990100"), year=2023)
TITLE = "清江市教育局2023年政府信息公开工作年度报告"


def first_page(dpi: int = 200) -> NDArray[np.uint8]:
    return scan.pages(pdf.render(TRUTH, Random(1)), scan.Wear(dpi=dpi))[0]


def png(pixels: NDArray[np.uint8]) -> bytes:
    return cv2.imencode(".png", pixels)[1].tobytes()


def pasted(name: str) -> str:
    """A picture as Word keeps it, and its older way."""
    blip = f'<a:blip xmlns:a="a" xmlns:r="{_OFFICE}" r:embed="{name}"/>'
    new = f'<w:drawing><pic:pic xmlns:pic="p"><pic:blipFill>{blip}</pic:blipFill></pic:pic></w:drawing>'
    old = f'<w:pict><v:shape xmlns:v="v"><v:imagedata xmlns:r="{_OFFICE}" r:id="{name}"/></v:shape></w:pict>'
    return f"<w:p><w:r>{old if name.startswith('old') else new}</w:r></w:p>"


def word(body: str, **media: bytes) -> bytes:
    links = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/image" Target="media/{name}.png"/>' for name in media)
    buffer = BytesIO(docx.package(body))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_LINKS}">{links}</Relationships>')
        for name, content in media.items():
            archive.writestr(f"word/media/{name}.png", content)
    return buffer.getvalue()


def with_sections(**at: str) -> str:
    parts = (docx.paragraph(line) + at.get(f"s{number}", "") for number, line in enumerate(HEADINGS, 1))
    return docx.paragraph(TITLE) + "".join(part + docx.paragraph("本年情况如下。") for part in parts)


def right(data: bytes, table: str) -> bool:
    reading = read(data)
    assert silently_wrong(reading, TRUTH) == []
    return not [cell for cell, _ in wrong(reading, TRUTH) if cell["table"] == table]


@pytest.mark.parametrize("name", ["new", "old"])
def test_a_table_pasted_into_a_word_document_is_read_in_its_place(name: str) -> None:
    data = word(with_sections(s2=pasted(name)), **{name: png(scan.first_table(first_page()))})
    assert right(data, "disclosure")
    reading = read(data)
    assert (reading.agency, reading.year, len(reading.sections)) == ("清江市教育局", 2023, 6)
    assert any(finding.rule == RECOGNISED for finding in reading.findings)
    assert all(cell.at.startswith("picture 1 page 1 ") for cell in reading.cells if cell.state == "reported")


def test_pages_pasted_into_a_word_document_are_a_report() -> None:
    pages = scan.pages(pdf.render(TRUTH, Random(1)))
    media = {f"p{number}": png(page) for number, page in enumerate(pages)}
    reading = read(word("".join(pasted(name) + docx.paragraph("") for name in media), **media))
    assert (reading.agency, reading.year) == ("清江市教育局", 2023)
    assert silently_wrong(reading, TRUTH) == []
    assert len(wrong(reading, TRUTH)) <= 0.02 * len(TRUTH.cells)


def test_a_word_document_of_pictures_needs_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    data = word(pasted("a"), a=png(first_page()))
    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    reading = read(data)
    assert reading.outcome == "needs_ocr"
    assert recognition.would_help(reading)


def test_pictures_of_a_word_document_that_are_not_read_are_named_and_marked() -> None:
    from extract.formats.docx import read as read_docx

    body = with_sections(s1=pasted("one"), s3=pasted("two"), s5=pasted("gone"))
    found = read_docx(word(body, one=png(first_page()), two=b"\x01\x00\x00\x00" * 600), "")
    assert [note.rule for note in found.notes] == ["picture"]
    texts = [block.text for block in found.blocks if isinstance(block, Paragraph)]
    assert texts.count("[图片]") == 3
    assert not any("\ufffe" in text for text in texts)


# --- Pictures of a screen ---------------------------------------------------------------------------------------------


def on_screen(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Show a page on a screen of a third of its resolution whose thirds of a pixel are red, green and blue."""
    height, width = (size // 3 * 3 for size in pixels.shape)
    spread = cv2.filter2D(pixels[:height, :width].astype(np.float32), -1, np.array([[1, 2, 3, 2, 1]], np.float32) / 9)
    thirds = spread.reshape(height // 3, 3, width).mean(axis=1).reshape(height // 3, width // 3, 3)
    return np.ascontiguousarray(thirds[:, :, ::-1].clip(0, 255).astype(np.uint8))


def page_of(picture: bytes, *lines: str) -> bytes:
    source = f"data:image/png;base64,{b64encode(picture).decode()}"
    above = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><body><h1>{TITLE}</h1>{above}<p><img src='{source}'></p></body></html>".encode()


def test_print_with_the_coloured_edges_of_a_screen_is_black() -> None:
    shown = on_screen(scan.first_table(first_page(390)))
    assert np.ptp(shown, axis=2).max() > 100
    assert right(png(shown), "disclosure")


def test_coloured_figures_on_a_screen_stay_unreadable() -> None:
    shown = on_screen(scan.first_table(first_page(390)))
    red = np.maximum(shown, np.array([0, 0, 255], np.uint8))
    assert not [cell for cell in read(png(red)).cells if cell.state in ("reported", "blank")]


def test_the_picture_of_the_table_of_2014_is_read_below_its_name() -> None:
    truth = form2014.make_report(1)
    page = scan.pages(styles2014.to_pdf(truth, styles2014.TABLES["plain"](truth)))[-1]
    heads = ("一、概述", "二、主动公开情况", "三、依申请公开情况", "四、存在的问题和改进措施")
    found = read(page_of(png(scan.first_table(page)), *heads, "附件：政府信息公开情况统计表（2016年度）"))
    numbers = {cell.row: cell.value for cell in found.cells if cell.state == "reported"}
    assert len(numbers) >= 11
    assert {cell["row"]: cell["value"] for cell in truth.cells if cell["row"] in numbers} == numbers
