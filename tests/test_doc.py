"""DOC: read in this process, by LibreOffice where that is refused; converters that hang, lie or are missing."""

import json
import os
import re
import time
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import CorruptError, EncryptedError, UnsupportedError
from extract.formats.doc import read
from extract.model import Document
from extract.office import libreoffice
from extract.office.word.legacy import ENCRYPTED
from extract.reading import read as read_report
from tests.comparing import assert_exact, truths
from tests.kit import docx, rtf
from tests.kit.damage import damaged, read_or_refuse
from tests.kit.doc import converted, needs_libreoffice
from tests.kit.truth import make_report
from tests.test_forms import cells_of, wrong
from tests.test_rtf import SURE_IN_LIBREOFFICE
from tests.test_sniff import ole

FOLDER = Path(__file__).parent / "documents/doc"
SAMPLE = (FOLDER / "report.doc").read_bytes()
_FIB = SAMPLE.index(b"\xec\xa5")  # where the stream WordDocument begins in the sample
WORD_95 = SAMPLE[:_FIB] + b"\xdc\xa5" + SAMPLE[_FIB + 2 :]


def test_a_saved_file_comes_back_exact() -> None:
    expected = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    reading = read_report(SAMPLE, "年报.wps")
    assert reading.media_type == "application/msword"
    assert {name: getattr(reading, name) for name in expected if name != "cells"} == {
        name: value for name, value in expected.items() if name != "cells"
    }
    found = cells_of(reading)
    for cell in expected["cells"]:
        read_cell = found[cell["table"], cell["row"], cell["item"], cell["column"]]
        assert (read_cell.state, read_cell.value) == (cell["state"], cell["value"])


@needs_libreoffice
def test_files_saved_by_libreoffice_come_back_exact() -> None:
    pairs = [(truth, docx.STYLES[style]) for style in SURE_IN_LIBREOFFICE for truth in truths(3)]
    files = converted([render(truth, Random(1)) for truth, render in pairs], "docx", "doc")
    for data, (truth, _) in zip(files, pairs, strict=True):
        assert_exact(data, truth)


@needs_libreoffice
def test_libreoffice_converts_what_it_is_given_and_nothing_stays() -> None:
    truth = make_report(2, "2021", "dense")
    data, isolation = libreoffice.to_docx(rtf.word(truth, Random(2)), ".rtf")
    assert wrong(read_report(data, ""), truth) == []
    assert isolation == libreoffice.isolation()[0]


def test_files_with_a_password_are_encrypted() -> None:
    with pytest.raises(EncryptedError):
        read(ole("EncryptionInfo", "EncryptedPackage"), "")
    assert read_report(ole("EncryptionInfo", "EncryptedPackage"), "a.docx").outcome == "encrypted"
    flags = SAMPLE[_FIB + 11] | 1
    with pytest.raises(EncryptedError):
        read(SAMPLE[: _FIB + 11] + bytes([flags]) + SAMPLE[_FIB + 12 :], "")


@pytest.mark.parametrize("name", ["", "a.docx", "a.xlsx", "a.doc", "a.xls", "a.wps", "application/octet-stream"])
@pytest.mark.parametrize(
    "streams",
    [
        ("EncryptionInfo", "EncryptedPackage"),
        ("EncryptedPackage", "EncryptionInfo", "\6DataSpaces", "Version", "DataSpaceMap"),
        ("\6DataSpaces", "StrongEncryptionDataSpace", "\5SummaryInformation", "EncryptionInfo", "EncryptedPackage"),
    ],
)
def test_new_office_files_with_a_password_are_encrypted(name: str, streams: tuple[str, ...]) -> None:
    reading = read_report(ole(*streams), name)
    assert (reading.media_type, reading.outcome) == (ENCRYPTED, "encrypted")
    assert "password" in reading.detail


def test_old_word_files_with_a_password_are_encrypted_by_any_name() -> None:
    locked = SAMPLE[: _FIB + 11] + bytes([SAMPLE[_FIB + 11] | 1]) + SAMPLE[_FIB + 12 :]
    for name in ("a.doc", "a.wps", "a.docx", ""):
        assert read_report(locked, name).outcome == "encrypted"


def with_a_broken_font_table() -> bytes:
    """A file whose table of font names is shorter than it says: text and tables are whole."""
    size = _FIB + 0x116
    return SAMPLE[:size] + (0x101).to_bytes(2, "little") + SAMPLE[size + 2 :]


def test_a_file_that_does_not_tell_where_its_cells_end_is_corrupt_and_not_guessed_at() -> None:
    pages = [place for place in range(512, len(SAMPLE), 512) if _is_page_of_paragraphs(place)]
    assert pages
    torn = bytearray(SAMPLE)
    for page in pages:
        torn[page + 4 : page + 8] = torn[page + 8 : page + 12]
    with pytest.raises(CorruptError, match="paragraphs and cells"):
        read(bytes(torn), "")


def test_a_file_whose_columns_run_backwards_is_corrupt_and_not_guessed_at() -> None:
    definitions = [found.start() for found in re.finditer(rb"\x08\xd6..[\x04-\x0f]", SAMPLE, re.DOTALL)]
    assert definitions
    torn = bytearray(SAMPLE)
    for place in definitions:
        torn[place + 9 : place + 11] = b"\x00\x80"
    with pytest.raises(CorruptError, match="column boundaries are decreasing"):
        read(bytes(torn), "")


def _is_page_of_paragraphs(place: int) -> bool:
    """Say whether a page of the file lists where paragraphs end: numbers that grow, as many as its last byte says."""
    count = SAMPLE[place + 511]
    ends = [int.from_bytes(SAMPLE[place + 4 * n : place + 4 * n + 4], "little") for n in range(count + 1)]
    return 2 < count < 30 and all(1000 < one < other < 100_000 for one, other in pairwise(ends))


@needs_libreoffice
def test_what_is_refused_here_is_read_through_libreoffice() -> None:
    reading, whole = read_report(with_a_broken_font_table(), ""), read_report(SAMPLE, "")
    (note,) = [finding for finding in reading.findings if finding.rule == "converter"]
    assert "SttbfFfn" in note.detail
    assert (reading.outcome, reading.agency, reading.year) == (whole.outcome, whole.agency, whole.year)
    states = [[(key, cell.state, cell.value) for key, cell in cells_of(found).items()] for found in (reading, whole)]
    assert states[0] == states[1]


def test_what_is_refused_here_is_unsupported_without_libreoffice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_report(with_a_broken_font_table(), "").outcome == "unsupported"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands before all others on PATH, and a fresh choice of isolation."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def put(folder: Path, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnsupportedError, match="install libreoffice-writer"):
        read(WORD_95, "")
    assert read_report(WORD_95, "").outcome == "unsupported"


def test_what_libreoffice_made_is_read_and_said(programs: Path, tmp_path: Path) -> None:
    truth = make_report(2, "2021", "dense")
    ready = tmp_path / "ready.docx"
    ready.write_bytes(docx.clean(truth, Random(2)))
    put(programs, f'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; cp {ready} "$2/source.docx"')
    reading = read_report(WORD_95, "")
    assert wrong(reading, truth) == []
    (note,) = [finding for finding in reading.findings if finding.rule == "converter"]
    assert libreoffice.isolation()[0] in note.detail


def test_a_converter_that_hangs_is_ended_with_its_children(programs: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    put(programs, f"(while true; do echo x >> {trace}; sleep 0.1; done) &\nsleep 60")
    start = time.monotonic()
    with pytest.raises(libreoffice.ConverterTimeoutError, match="within 1 s"):
        libreoffice.to_docx(b"x", ".doc", timeout_s=1)
    assert time.monotonic() - start < 5
    written = trace.stat().st_size
    assert written
    time.sleep(0.4)
    assert trace.stat().st_size == written, "a child of the converter lives on"


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "kill -9 $$", "yes | head -c 100000000"])
def test_a_converter_that_makes_nothing_is_corrupt(programs: Path, script: str) -> None:
    put(programs, script)
    with pytest.raises(CorruptError, match="LibreOffice could not read it"):
        libreoffice.to_docx(b"x", ".doc")


def test_a_converter_cannot_fill_the_disk(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if "limited" not in libreoffice.isolation()[0]:
        pytest.skip("prlimit or setpriv is not installed")
    put(
        programs,
        'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; head -c 80000000 /dev/zero > "$2/source.docx"',
    )
    with pytest.raises(CorruptError):
        read(WORD_95, "")


def test_a_broken_container_is_corrupt_and_not_handed_on(programs: Path, tmp_path: Path) -> None:
    put(programs, f"touch {tmp_path / 'asked'}")
    for data in (SAMPLE[:700], SAMPLE[:20_000]):
        with pytest.raises(CorruptError):
            read(data, "")
    assert not (tmp_path / "asked").exists()


def test_damage_is_read_or_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for data in damaged(SAMPLE, Random(1), cuts=10, flips=15):
        document = read_or_refuse(read, data)
        assert document is None or isinstance(document, Document)


@given(st.binary(max_size=300), st.sampled_from([b"", SAMPLE[:512], SAMPLE[:2048]]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        read_or_refuse(read, head + data)
