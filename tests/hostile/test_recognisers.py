"""The second crew of the pool, for pages that are pictures: what goes there, what bombs it survives, how it ends."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from extract.limits import OCR_ADDRESS_SPACE_BYTES
from extract.readers.pool import ReaderPool
from tests.hostile import bombs_pdf, bombs_text, mock
from tests.hostile.processes import all_gone, started_in
from tests.kit import pdf
from tests.kit.truth import make_report

pytestmark = pytest.mark.hostile

REPORT = make_report(5, "2021", "sparse")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield tmp_path
    assert all_gone(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_scan_is_recognised_by_a_process_of_its_own(folder: Path) -> None:
    pytest.importorskip("rapidocr", reason="the extra 'ocr' is not installed")
    from tests.kit import scan

    scanned = scan.scanned(pdf.render(REPORT, parts=("tables",)))
    with ReaderPool(workers=1) as pool:
        assert pool.read(pdf.render(REPORT)).result(60).outcome == "ok"
        one = started_in(folder)
        reading = pool.read(scanned, "a.pdf").result(300)
        assert len(started_in(folder)) > len(one), "recognition has its own process"
        assert "ocr" in {finding.rule for finding in reading.findings}, reading.detail
        assert {cell.state for cell in reading.cells} >= {"reported"}
        for bomb in (
            partial(bombs_text.png, 60_000, 60_000),
            partial(bombs_text.png, 1000, 1000),
            bombs_text.tiff_circle,
            bombs_pdf.huge_picture,
        ):
            assert pool.read(bomb()).result(300).outcome in (
                "too_big",
                "corrupt",
                "not_a_report",
                "memory",
                "needs_ocr",
            )
    with ReaderPool(workers=1, ocr_workers=0) as pool:
        assert pool.read(scanned, "a.pdf").result(60).outcome == "needs_ocr"


def test_without_the_extra_a_scan_needs_it(folder: Path) -> None:
    """In a process that does not find the libraries, as where they are not installed."""
    script = (
        "import importlib.util, sys; find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, package=None: None if name == 'rapidocr' else find(name, package)\n"
        "from extract.readers.pool import ReaderPool\n"
        "from tests.hostile.bombs_text import png\n"
        "with ReaderPool(workers=1) as pool: print(pool.read(png(1000, 1000)).result().outcome)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.stderr) == ("needs_ocr\n", "")


def test_recognition_has_the_room_it_needs(folder: Path) -> None:
    """The first crew has 1.5 GiB: an order for 2 GiB fails there, and is not handed on."""
    with ReaderPool(workers=1, reader=mock.read) as pool:
        assert pool.read(b"alloc 2").result(60).outcome == "memory"
    with ReaderPool(workers=1, address_space_bytes=OCR_ADDRESS_SPACE_BYTES, reader=mock.read) as pool:
        assert pool.read(b"alloc 2").result(60).outcome == "ok"
