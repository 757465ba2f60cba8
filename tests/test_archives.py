"""Reports inside ZIP and 7z: the report is found, the same one twice is one, two different ones are not mixed."""

import bz2
import gzip
import io
import lzma
import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import cast

import pytest

from extract import limits
from extract.reading import read
from tests.kit import docx, ofd, pdf
from tests.kit.html_styles import STYLES
from tests.kit.truth import Truth, make_report
from tests.test_forms import wrong

REPORT = make_report(5, "2021", "dense")


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def html(truth: Truth) -> bytes:
    return STYLES["clean"](truth, Random(1))


def test_the_report_among_other_files() -> None:
    reading = read(zipped(("说明.txt", "请见附件。".encode()), ("附件/年度报告.html", html(REPORT))))
    assert (reading.outcome, reading.media_type, reading.agency) == ("ok", "application/zip", REPORT.agency)
    assert wrong(reading, REPORT) == []
    assert all(cell.at.startswith("附件/年度报告.html: ") for cell in reading.cells if cell.at)


def test_the_same_report_twice_is_one() -> None:
    reading = read(zipped(("a.pdf", pdf.render(REPORT)), ("a.html", html(REPORT))))
    assert reading.outcome == "ok"
    assert wrong(reading, REPORT) == []


def test_two_reports_are_never_mixed() -> None:
    other = make_report(6, "2021", "dense")
    reading = read(zipped(("a.html", html(REPORT)), ("b.html", html(other))))
    assert (reading.outcome, reading.cells) == ("unsupported", ())
    assert "a.html" in reading.detail
    assert "b.html" in reading.detail


def test_other_figures_under_the_same_name_are_two_reports() -> None:
    other = make_report(7, "2021", "dense", agency=(REPORT.agency, REPORT.region), year=REPORT.year)
    assert read(zipped(("a.html", html(REPORT)), ("b.html", html(other)))).outcome == "unsupported"


def in_pieces(truth: Truth) -> dict[str, bytes]:
    """Cut a page into its text and a file for each table."""
    page = html(truth).decode()
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    files = {f"附表{number}.html": f"<html>{table}</html>".encode() for number, table in enumerate(tables)}
    return {**files, "年报.html": re.sub(r"<table.*?</table>", "（见附表）", page, flags=re.DOTALL).encode()}


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_a_report_in_pieces_is_one(form: str) -> None:
    truth = make_report(8, form, "dense")
    reading = read(zipped(*in_pieces(truth).items()))
    assert (reading.outcome, reading.agency, reading.year) == ("ok", truth.agency, truth.year)
    assert wrong(reading, truth) == []
    assert [section.number for section in reading.sections] == [1, 2, 3, 4, 5, 6]
    assert {cell.at.split(":")[0] for cell in reading.cells if cell.at} == {f"附表{number}.html" for number in range(3)}


def test_pieces_of_two_reports_are_not_joined() -> None:
    mine, others = in_pieces(REPORT), in_pieces(make_report(6, "2021", "dense"))
    twice = zipped(*mine.items(), ("附表9.html", others["附表1.html"]))
    assert read(twice).outcome == "unsupported"
    texts = zipped(*mine.items(), ("别的年报.html", others["年报.html"]))
    assert read(texts).outcome == "unsupported"


def test_a_table_of_the_report_beside_it_is_the_same_report() -> None:
    table = in_pieces(REPORT)["附表1.html"]
    reading = read(zipped(("a.html", html(REPORT)), ("附表.html", table)))
    assert reading.outcome == "ok"
    assert wrong(reading, REPORT) == []
    other = in_pieces(make_report(6, "2021", "dense"))["附表1.html"]
    assert read(zipped(("a.html", html(REPORT)), ("附表.html", other))).outcome == "unsupported"


def test_chinese_names_of_windows_are_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("report.html", html(REPORT))
    data = out.getvalue().replace(b"report.html", "年度报.html".encode("gbk"))
    assert any("年度报" in cell.at for cell in read(data).cells)


def test_archives_in_archives_end() -> None:
    data = zipped(("a.html", html(REPORT)))
    assert read(zipped(("inner.zip", data))).outcome == "ok"
    for _ in range(limits.MAX_ARCHIVE_DEPTH):
        data = zipped(("inner.zip", data))
    assert read(data).outcome == "too_big"


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (zipped(), "not_a_report"),
        (zipped(("a.txt", "明天开会。".encode())), "not_a_report"),
        (zipped(("a.html", html(REPORT)))[:-60], "corrupt"),
        (zipped(*((f"{n}.txt", b"x") for n in range(limits.MAX_ARCHIVE_MEMBERS + 1))), "too_big"),
    ],
    ids=["empty", "no report", "cut", "too many files"],
)
def test_archives_without_a_report(data: bytes, outcome: str) -> None:
    assert read(data).outcome == outcome


def test_a_bomb_is_stopped_by_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.archives.MAX_UNPACKED_BYTES", 1 << 20)
    assert read(zipped(("a.txt", b"0" * (4 << 20)))).outcome == "too_big"


def test_entries_that_share_bytes_are_refused() -> None:
    data = bytearray(zipped(("a.txt", b"a" * 500), ("b.txt", b"b" * 500), method=zipfile.ZIP_STORED))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = (0).to_bytes(4, "little")
    assert read(bytes(data)).outcome == "corrupt"


def test_an_encrypted_zip_says_so() -> None:
    data = bytearray(zipped(("a.html", html(REPORT))))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature) + offset
        data[place] |= 1
    assert read(bytes(data)).outcome == "encrypted"


@pytest.mark.skipif(shutil.which("7z") is None, reason="the program 7z is not installed")
def test_7z(tmp_path: Path) -> None:
    pytest.importorskip("libarchive", reason="the extra 'archives' is not installed", exc_type=Exception)
    (tmp_path / "年度报告.html").write_bytes(html(REPORT))
    subprocess.run(["7z", "a", "-bd", "a.7z", "年度报告.html"], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    reading = read((tmp_path / "a.7z").read_bytes())
    assert reading.outcome == "ok"
    assert wrong(reading, REPORT) == []


COMPRESSIONS = (gzip.compress, bz2.compress, lzma.compress)


@pytest.mark.parametrize("compress", COMPRESSIONS)
@pytest.mark.parametrize("render", [STYLES["clean"], docx.clean, ofd.STYLES["fills"]])
def test_a_file_compressed_by_itself_is_that_file(
    render: Callable[[Truth, Random], bytes], compress: Callable[[bytes], bytes]
) -> None:
    reading = read(compress(render(REPORT, Random(1))))
    assert reading.outcome == "ok"
    assert wrong(reading, REPORT) == []


@pytest.mark.parametrize("compress", COMPRESSIONS)
def test_a_compressed_file_that_is_cut_is_corrupt(compress: Callable[[bytes], bytes]) -> None:
    data = compress(html(REPORT))
    assert {read(data[:size]).outcome for size in (len(data) - 3, len(data) // 2, 12)} == {"corrupt"}


@pytest.mark.parametrize("compress", COMPRESSIONS)
def test_a_compressed_tar_is_its_files(compress: Callable[[bytes], bytes]) -> None:
    pytest.importorskip("libarchive", reason="the extra 'archives' is not installed", exc_type=Exception)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("年报.html")
        entry.size = len(html(REPORT))
        archive.addfile(entry, io.BytesIO(html(REPORT)))
    reading = read(compress(out.getvalue()))
    assert reading.outcome == "ok"
    assert wrong(reading, REPORT) == []
    assert read(compress(out.getvalue()[:3000])).outcome == "corrupt"


@pytest.mark.parametrize("compress", COMPRESSIONS)
def test_a_compressed_bomb_is_stopped_by_its_bytes(
    compress: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.archives.MAX_UNPACKED_BYTES", 1 << 20)
    assert read(compress(b"0" * (4 << 20))).outcome == "too_big"


def test_a_damaged_rar_is_no_crash() -> None:
    assert read(b"Rar!\x1a\x07\x00" + b"\0" * 40).outcome in ("corrupt", "unsupported", "not_a_report")


def test_why_a_7z_is_not_read_is_said_alike_each_time(tmp_path: Path) -> None:
    pytest.importorskip("libarchive", reason="the extra 'archives' is not installed", exc_type=Exception)
    (tmp_path / "a.html").write_bytes(html(REPORT))
    subprocess.run(
        ["7z", "a", "-bd", "-psecret", "a.7z", "a.html"], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL
    )
    reading = read((tmp_path / "a.7z").read_bytes())
    assert reading.outcome == "encrypted"
    assert "archive_p" not in reading.detail


@pytest.mark.parametrize("data", ["text", None, 12])
def test_only_bytes_are_a_document(data: object) -> None:
    with pytest.raises(TypeError, match="a document is bytes, not"):
        read(cast("bytes", data))
