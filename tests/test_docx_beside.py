"""Tables in headers, footers and notes of a Word file: they are not read, and told where they hold figures."""

import zipfile
from io import BytesIO

import pytest

from extract.formats.docx import read
from tests.kit.docx import TRANSITIONAL, cell, grid, package, paragraph

_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def row(*texts: str) -> str:
    return f"<w:tr>{''.join(cell(paragraph(text)) for text in texts)}</w:tr>"


def beside(kind: str, rows: str, start: str = "") -> list[str]:
    """Return the rules of the notes on a file that has a table beside its body."""
    return [note.rule for note in read(with_aside(kind, rows, start), "").notes]


def with_aside(kind: str, rows: str, start: str = "") -> bytes:
    buffer = BytesIO(package(paragraph("一、总体情况")))
    with zipfile.ZipFile(buffer, "a") as archive:
        link = f'<Relationship Id="h1" Type="{_KIND}/{kind}" Target="aside.xml"/>'
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_LINKS}">{link}</Relationships>')
        table = f"<w:tbl>{grid([900] * 3)}{rows}</w:tbl>"
        archive.writestr("word/aside.xml", f'{start}<w:hdr xmlns:w="{TRANSITIONAL}">{table}</w:hdr>')
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["header", "footer", "footnotes", "endnotes"])
def test_a_table_of_figures_beside_the_body_is_told(kind: str) -> None:
    assert beside(kind, row("规章", "1", "37") + row("行政许可", "4", "5")) == ["table_beside"]


@pytest.mark.parametrize(
    ("kind", "rows", "start"),
    [
        ("header", row("某局", "第 1 页", "3"), ""),
        ("styles", row("规章", "1", "37") + row("行政许可", "4", "5"), ""),
        ("header", row("规章", "1", "37") + row("行政许可", "4", "5"), "<"),
    ],
)
def test_letterheads_and_other_parts_are_not(kind: str, rows: str, start: str) -> None:
    assert "table_beside" not in beside(kind, rows, start)


def test_a_damaged_header_does_no_harm_to_the_body() -> None:
    figures = row("规章", "1", "37") + row("行政许可", "4", "5")
    whole = with_aside("header", figures)
    assert whole.count(b"<w:hdr") == 1
    document = read(whole.replace(b"<w:hdr", b"<w:hdx"), "")
    assert (len(document.blocks), document.notes) == (1, ())
