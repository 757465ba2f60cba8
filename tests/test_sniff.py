"""Bytes decide what a document is; header and name only break ties."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.reading import read
from extract.sniff import media_type

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIES = ("application/octet-stream", "text/html; charset=utf-8", "application/pdf", "a.doc", "年报.pdf", "image/png")


def zipped(*names: str, content: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


def ole(*streams: str, class_id: int = 0) -> bytes:
    """A compound file's header sector and one directory sector: as much as sniffing looks at."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    entries = b""
    for name in ("Root Entry", *streams):
        encoded = (name + "\0").encode("utf-16-le")
        entry = encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded)) + bytes(14)
        entries += entry + struct.pack("<I", class_id if name == "Root Entry" else 0) + bytes(44)
    return bytes(header) + entries


OFFICE = ("[Content_Types].xml", "_rels/.rels")
HTML = "<html><body><p>一、总体情况</p></body></html>"
MHT = b"From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x"


@pytest.mark.parametrize("hint", ["", *LIES])
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (b"\r\n\r\n%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "application/pdf"),
        (b"\xef\xbb\xbf%PDF-1.4\n1 0 obj", "application/pdf"),
        (HTML.encode(), "text/html"),
        (HTML.encode("gbk"), "text/html"),
        (b"\xff\xfe" + HTML.encode("utf-16-le"), "text/html"),
        (HTML.encode("utf-16-le"), "text/html"),
        (b"\xef\xbb\xbf\r\n  <!-- a --><!DOCTYPE html><html>", "text/html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "text/html"),
        ("一、总体情况<br>二、主动公开<table><tr><td>1</td></tr></table>".encode(), "text/html"),
        (b"<p class=MsoNormal>a", "text/html"),
        ("一、总体情况\n二、主动公开".encode("gbk"), "text/plain"),
        ("〔2021〕30号".encode(), "text/plain"),
        (b"[2021] 30", "text/plain"),
        (b"BM is a word", "text/plain"),
        (zipped(*OFFICE, "word/document.xml"), DOCX),
        (zipped(*OFFICE, "xl/workbook.xml"), XLSX),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        (zipped("附件1.docx", "b.pdf"), "application/zip"),
        (zipped("a.docx", content=zipped(*OFFICE, "word/document.xml")), "application/zip"),
        (zipped(), "application/zip"),
        (zipped(*OFFICE, "word/document.xml")[:-60], DOCX),
        (
            zipped("mimetype", content=b"application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
        (ole("1Table", "WordDocument"), "application/msword"),
        (ole("Workbook"), "application/vnd.ms-excel"),
        (ole("Workbook", "WordDocument", class_id=0x00020906), "application/msword"),
        (ole("WordDocument", "Workbook", class_id=0x00020820), "application/vnd.ms-excel"),
        (ole("EncryptionInfo", "EncryptedPackage"), "application/x-ole-encrypted"),
        (b"{\\rtf1\\ansi", "application/rtf"),
        (MHT, "multipart/related"),
        (b"Rar!\x1a\x07\x00xx", "application/vnd.rar"),
        (b"Rar!\x1a\x07\x01\x00xx", "application/vnd.rar"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "application/x-7z-compressed"),
        (b"\x1f\x8b\x08\0", "application/gzip"),
        (b"\x89PNG\r\n\x1a\n\0", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"GIF89a\1\0", "image/gif"),
        (b"II*\0\x08\0", "image/tiff"),
        (b"MM\0*\0\0", "image/tiff"),
        (b"BM" + struct.pack("<I", 60) + bytes(54), "image/bmp"),
        (b'{"data": [1]}', "application/json"),
        (b'\xef\xbb\xbf\n[{"id": 1}]', "application/json"),
        (b'<?xml version="1.0"?><urlset/>', "application/xml"),
        (b"<svg xmlns='x'>", "image/svg+xml"),
        (b"", "application/x-empty"),
        (b"x", "application/x-empty"),
        (b"\xd0", "application/x-empty"),
        (b" \r\n\t", "application/x-empty"),
        (b"\xef\xbb\xbf\n", "application/x-empty"),
    ],
)
def test_bytes_decide(data: bytes, kind: str, hint: str) -> None:
    assert media_type(data, hint) == kind


@pytest.mark.parametrize(
    ("data", "hints", "kind"),
    [
        (ole("Contents"), (), "application/x-ole-storage"),
        (ole("Contents"), ("application/octet-stream", "2023年报.wps"), "application/msword"),
        (ole("Contents"), ("application/vnd.ms-excel",), "application/vnd.ms-excel"),
        (ole("Contents"), ("a.pdf",), "application/x-ole-storage"),
        (b"a,b\n1,2\n", ("x.csv",), "text/csv"),
        (b"var a = 1;", ("text/javascript",), "text/javascript"),
        (b"a,b", ("text/html",), "text/plain"),
        (b"\0\1\2\3\4\5", (), "application/octet-stream"),
        (b"\0\1\2\3\4\5", ("text/html",), "application/octet-stream"),
        (b"\0\1\2\3\4\5", ("", "附件：2023年度报告.pdf"), "application/pdf"),
        (b"\0\1\2\3\4\5", ("/download.jsp?wbfileid=1&e=.pdf",), "application/pdf"),
    ],
)
def test_hints_break_ties(data: bytes, hints: tuple[str, ...], kind: str) -> None:
    assert media_type(data, *hints) == kind


def test_directory_of_a_million_members_is_not_walked_whole() -> None:
    member = b"PK\x01\x02" + bytes(24) + struct.pack("<3H", 1, 0, 0) + bytes(12) + b"a"
    end = b"PK\x05\x06" + bytes(12) + struct.pack("<I", 4) + bytes(2)
    assert media_type(b"PK\x03\x04" + member * 200_000 + end) == "application/zip"


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<"]))
def test_any_bytes_have_a_type(data: bytes, start: bytes) -> None:
    assert "/" in media_type(start + data, "x")


@pytest.mark.parametrize(
    "extension",
    [
        "pdf",
        "doc",
        "docx",
        "wps",
        "xls",
        "xlsx",
        "et",
        "ofd",
        "zip",
        "rar",
        "7z",
        "gz",
        "rtf",
        "htm",
        "txt",
        "csv",
        "mht",
        "png",
        "jpg",
        "tif",
    ],
)
@pytest.mark.parametrize("data", [b"", b"x", b"P", b"\xd0", b" \r\n", b"\xef\xbb\xbf"])
def test_empty_files_are_corrupt_by_any_name(data: bytes, extension: str) -> None:
    reading = read(data, f"2023.{extension}")
    assert (reading.outcome, reading.detail) == ("corrupt", "empty file")
