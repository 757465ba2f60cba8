"""Office files and archives made to break readers: XML bombs, entities, spans, lying and endless containers."""

import gzip
import io
import stat
import tarfile
import zipfile
from random import Random
from typing import IO

from tests.hostile.containers import lying, part, repacked, zipped
from tests.kit import docx, ofd, xlsx
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

REPORT = make_report(5, "2021", "dense")
DOCX = docx.clean(REPORT, Random(1))
XLSX = xlsx.numbers(REPORT, Random(1))
OFD = next(iter(ofd.STYLES.values()))(REPORT, Random(1))
HTML = STYLES["clean"](REPORT, Random(1))

LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "haha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 30) for n in range(9))
    + b"]>"
)


def _after_declaration(xml: bytes, inserted: bytes) -> bytes:
    head, mark, rest = xml.partition(b"?>")
    return head + mark + inserted + rest if mark else inserted + xml


def laughing(package: bytes, name: str) -> bytes:
    """Put a billion laughs before a part, and one into its first text."""
    xml = _after_declaration(part(package, name), LAUGHS)
    return repacked(package, **{_stem(name): xml.replace(b"</w:t>", b"&j;</w:t>", 1)})


def reaching(package: bytes, name: str, path: str) -> bytes:
    """Have a part's first text come from a file of this machine."""
    declared = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{path}">]>'.encode()
    xml = _after_declaration(part(package, name), declared)
    for mark in (b"</w:t>", b"</t>", b"</ofd:TextCode>"):
        xml = xml.replace(mark, b"&x;" + mark, 1)
    return repacked(package, **{_stem(name): xml})


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]


def _word(body: str) -> bytes:
    return docx.package(body)


def wide_cells() -> bytes:
    cell = docx.cell(docx.paragraph("1"), columns=2_000_000)
    return _word(f"<w:tbl><w:tr>{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>")


def many_wide_cells() -> bytes:
    cell = docx.cell(docx.paragraph("1"), columns=200)
    return _word("<w:tbl>" + f"<w:tr>{cell * 60}</w:tr>" * 300 + "</w:tbl>")


def nested_tables(depth: int) -> bytes:
    return _word("<w:tbl><w:tr><w:tc>" * depth + docx.paragraph("1") + "</w:tc></w:tr></w:tbl>" * depth)


def paragraphs(count: int) -> bytes:
    return _word(docx.paragraph("一") * count)


def long_part() -> bytes:
    """A DOCX of 0.1 MB whose text unpacks to 100 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DOCX)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            with new.open(entry.filename, "w") as file:
                if entry.filename == "word/document.xml":
                    _write_spaces(file, 100)
                file.write(old.read(entry))
    return out.getvalue()


def _write_spaces(file: IO[bytes], size_mib: int) -> None:
    for _ in range(size_mib):
        file.write(b" " * (1 << 20))


def sheet(xml: str) -> bytes:
    """Replace the rows of the first sheet of a good workbook."""
    old = part(XLSX, "xl/worksheets/sheet1.xml").decode()
    head, _, rest = old.partition("<sheetData>")
    tail = rest.partition("</sheetData>")[2]
    return repacked(XLSX, sheet1=f"{head}<sheetData>{xml}</sheetData>{tail}".encode())


def wide_dimension() -> bytes:
    """A good sheet that states to be as large as a sheet can be."""
    old = part(XLSX, "xl/worksheets/sheet1.xml").decode()
    head, _, rest = old.partition("<dimension ref=")
    assert rest
    return repacked(XLSX, sheet1=(head + '<dimension ref="A1:XFD1048576"' + rest[rest.index("/>") :]).encode())


def far_cells() -> bytes:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return sheet(rows)


def merged_whole_sheet() -> bytes:
    old = part(XLSX, "xl/worksheets/sheet1.xml").decode()
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return repacked(XLSX, sheet1=old.replace("</sheetData>", merged, 1).encode())


def many_cells(count: int) -> bytes:
    return sheet("".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, count)))


def hidden_columns() -> bytes:
    old = part(XLSX, "xl/worksheets/sheet1.xml").decode()
    columns = '<cols><col min="1" max="2000000000" hidden="1"/></cols><sheetData>'
    return repacked(XLSX, sheet1=old.replace("<sheetData>", columns, 1).encode())


def escaping() -> bytes:
    """A report beside files that want to be elsewhere."""
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    names = ("../../../../tmp/evil.txt", "/etc/evil.txt", "C:\\evil.txt", "..\\..\\evil.txt", "a\0b.txt", "x" * 5000)
    return zipped((link, b"/etc/passwd"), *((name, b"evil") for name in names), ("report.html", HTML))


def nested(levels: int) -> bytes:
    data = HTML
    for _ in range(levels):
        data = zipped(("a.zip" if data is not HTML else "a.html", data))
    return data


def tar_bomb() -> bytes:
    """300 MB of spaces in a packed tar."""
    head = tarfile.TarInfo("a.html")
    head.size = 300 << 20
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
        file.write(head.tobuf())
        _write_spaces(file, 300)
    return out.getvalue()


def zip_bomb() -> bytes:
    """300 MB of spaces in 0.3 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w") as file:
        _write_spaces(file, 300)
    return out.getvalue()


def understated() -> bytes:
    return lying("a.html", b" " * (8 << 20) + HTML, 10)


def overstated() -> bytes:
    return lying("a.html", HTML, (1 << 32) - 10)
