"""Reports inside ZIP and 7z: the report is found, the same one twice is one, two different ones are not mixed."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from random import Random

import pytest

from extract import limits
from extract.reading import read
from tests.kit import pdf
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


def test_a_damaged_rar_is_no_crash() -> None:
    assert read(b"Rar!\x1a\x07\x00" + b"\0" * 40).outcome in ("corrupt", "unsupported", "not_a_report")
