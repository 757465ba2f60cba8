"""Files that a Word document takes in: pages, web archives and other Word documents are read in their place."""

import zipfile
from io import BytesIO
from random import Random

import pytest

from extract.formats.docx import read
from extract.model import Grid
from extract.reading import read as read_report
from tests.comparing import assert_exact
from tests.kit import docx, html_styles, mht, rtf
from tests.kit.docx import cell, grid, package, paragraph
from tests.kit.truth import make_report

_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHUNK = f'<w:altChunk xmlns:r="{_OFFICE}" r:id="c1"/>'
TRUTH = make_report(5, "2021", "dense")


def taking_in(content: bytes, body: str = CHUNK, name: str = "chunk.bin") -> bytes:
    buffer = BytesIO(package(body))
    with zipfile.ZipFile(buffer, "a") as archive:
        link = f'<Relationship Id="c1" Type="{_OFFICE}/aFChunk" Target="{name}"/>'
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_LINKS}">{link}</Relationships>')
        archive.writestr(f"word/{name}", content)
    return buffer.getvalue()


def page() -> bytes:
    return html_styles.STYLES["clean"](TRUTH, Random(1))


@pytest.mark.parametrize(
    "content",
    [
        page(),
        mht.STYLES["browser"](TRUTH, Random(1)),
        docx.clean(TRUTH, Random(1)),
        rtf.STYLES["word"](TRUTH, Random(1)),
    ],
    ids=["page", "mht", "docx", "rtf"],
)
def test_a_report_that_is_one_chunk_comes_back_exact(content: bytes) -> None:
    assert_exact(taking_in(content), TRUTH)


def test_places_say_in_which_file_they_are() -> None:
    assert {c.at.split()[0] for c in read_report(taking_in(page()), "").cells if c.value is not None} == {"chunk.bin"}


def test_a_chunk_stands_where_it_is_taken_in() -> None:
    body = paragraph("前") + f"<w:sdt><w:sdtContent>{CHUNK}</w:sdtContent></w:sdt>" + paragraph("后")
    data = taking_in("<html><body><p>中</p></body></html>".encode(), body)
    assert [block.text for block in read(data, "").blocks if not isinstance(block, Grid)] == ["前", "中", "后"]


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0 37", b"", b"PK broken", taking_in(b"<html><p>37</p></html>"[:9])]
)
def test_other_chunks_are_told_and_leave_no_blank(content: bytes) -> None:
    table = f"<w:tbl>{grid([900] * 2)}<w:tr>{cell(paragraph('规章'))}{cell(CHUNK + '<w:p/>')}</w:tr></w:tbl>"
    document = read(taking_in(content, table + CHUNK), "")
    assert "embedded" in [note.rule for note in document.notes]
    (block,) = document.blocks
    assert isinstance(block, Grid)
    assert block.cells[1].text == "\ufffd"
