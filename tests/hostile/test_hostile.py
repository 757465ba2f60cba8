"""Every hostile document through the real pool: one right outcome each, in time, and nothing left behind."""

import gzip
import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks import memory
from extract.errors import ExtractError
from extract.model import Reading
from extract.readers.pool import ReaderPool
from extract.reading import read
from tests.hostile import bombs_office as office
from tests.hostile import bombs_pdf
from tests.hostile.bombs_text import DOC, HTML, REPORT, XLS
from tests.hostile.containers import zipped
from tests.hostile.make_hostile import BOMBS, make
from tests.hostile.processes import all_gone
from tests.kit import mht, pdf, rtf
from tests.kit.damage import damaged
from tests.test_doc import WORD_95
from tests.test_forms import wrong

pytestmark = pytest.mark.hostile

ROOT = Path(__file__).parents[2]
TIME_S = 8
GRACE_S = 5
PARENT_BYTES = READER_BYTES = 200 << 20
SECRET = "夜半三更的秘密"

Answers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What a process of its own, the parent of the pool, made of every bomb."""
    folder, own = tmp_path_factory.mktemp("bombs"), tmp_path_factory.mktemp("readers")
    make(folder)
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.run", str(folder), str(TIME_S)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(own)},
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert all_gone(own), "a reader or what it started lives on"
    assert list(own.iterdir()) == []
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line.get("name", ""): line for line in lines}


@pytest.mark.parametrize("name", BOMBS)
def test_each_bomb_has_its_outcome_in_time(name: str, answers: Answers) -> None:
    answer = answers[name]
    assert answer["outcome"] in BOMBS[name].outcomes, answer["detail"]
    assert answer["seconds"] < TIME_S + GRACE_S
    assert SECRET not in answer["text"]


def test_the_parent_stays_small(answers: Answers) -> None:
    assert answers[""]["peak_bytes"] < PARENT_BYTES


def test_ordinary_documents_leave_a_reader_small() -> None:
    for kind, documents in memory.kinds():
        if kind == "all in turn":
            assert memory.measured(documents)[0] < READER_BYTES


@cache
def whole() -> list[list[Any]]:
    return figures(read(HTML))


def figures(reading: Reading) -> list[list[Any]]:
    return [[cell.row, cell.column, cell.state, cell.value] for cell in reading.cells]


@pytest.mark.parametrize("name", [name for name in BOMBS if name.endswith(".html") and "ok" in BOMBS[name].outcomes])
def test_a_bomb_beside_a_report_never_changes_it_silently(name: str, answers: Answers) -> None:
    if answers[name]["outcome"] == "ok":
        assert answers[name]["cells"] == whole()


def test_a_page_too_deep_to_be_read_whole_is_not_ok(answers: Answers) -> None:
    assert answers["levels.html"]["outcome"] != "ok"
    assert answers["levels.html"]["outcome"] != "partial" or "markup" in answers["levels.html"]["rules"]


# --- Nothing is opened, run or fetched (read in this very process: no isolation helps) -------------------------------


class Planted:
    """What a pickle that is loaded does."""

    def __init__(self, marker: Path) -> None:
        self._marker = marker

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return os.mkdir, (str(self._marker),)


def test_a_font_that_names_a_file_loads_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    (tmp_path / "evil.pickle.gz").write_bytes(gzip.compress(pickle.dumps(Planted(marker))))
    assert pickle.loads(gzip.decompress((tmp_path / "evil.pickle.gz").read_bytes())) is None
    marker.rmdir()
    for path in (str(tmp_path / "evil"), os.path.relpath(tmp_path / "evil", "/")):
        assert read(bombs_pdf.font_from(path)).outcome != "ok"
    assert not marker.exists()


def test_scripts_programs_and_files_in_a_pdf_stay_where_they_are(tmp_path: Path) -> None:
    reading = read(bombs_pdf.active(str(tmp_path / "marker")))
    assert reading.outcome == "ok"
    assert wrong(reading, bombs_pdf.REPORT) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["docx", "xlsx", "ofd", "html", "svg"])
def test_an_entity_brings_in_no_file(kind: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted.txt"
    planted.write_text(SECRET, encoding="utf-8")
    declared = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{planted}">]>'.encode()
    data = {
        "docx": lambda: office.reaching(office.DOCX, "word/document.xml", str(planted)),
        "xlsx": lambda: office.reaching(office.XLSX, "xl/worksheets/sheet1.xml", str(planted)),
        "ofd": lambda: office.reaching(office.OFD, "OFD.xml", str(planted)),
        "html": lambda: declared + HTML.replace(b"<table", b"&x;<table", 1),
        "svg": lambda: declared + b'<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
    }[kind]()
    reading = read(data, f"a.{kind}")
    assert SECRET not in repr(reading)
    wanted = {"html": ("ok", "partial"), "svg": ("unsupported", "not_a_report")}
    assert reading.outcome in wanted.get(kind, ("corrupt",))


# --- Converters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "outcomes"),
    [
        ("sleep 60", ("timeout",)),
        ("(trap '' TERM; sleep 60) & (setsid sleep 60) & sleep 60", ("timeout",)),
        ("yes | head -c 1000000000", ("corrupt", "timeout")),  # as fast as the machine is
        ("yes >&2", ("timeout",)),
        ("touch {elsewhere}; mkdir -p {elsewhere}.d; exit 0", ("corrupt",)),
        ("head -c 200000000 /dev/zero > big; touch {elsewhere}", ("corrupt",)),
        ("kill -SEGV $$", ("corrupt",)),
    ],
)
def test_a_converter_that_goes_wrong_is_ended(
    script: str, outcomes: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, programs = tmp_path / "readers", tmp_path / "programs"
    own.mkdir()
    programs.mkdir()
    program, elsewhere = programs / "soffice", tmp_path / "elsewhere"
    program.write_text(f"#!/bin/sh\n{script.format(elsewhere=elsewhere)}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("tempfile.tempdir", str(own))
    with ReaderPool(workers=1, timeout_s=4, ocr_workers=0) as pool:
        began = time.monotonic()
        reading = pool.read(WORD_95, "a.doc").result(60)
        assert reading.outcome in outcomes, reading.detail
        assert time.monotonic() - began < 4 + GRACE_S
        assert pool.read(HTML).result(60).outcome == "ok"
        if pool.isolation().writes_confined:
            assert not elsewhere.exists()
            assert not elsewhere.with_suffix(".d").exists()
    assert all_gone(own)
    assert list(own.iterdir()) == []


# --- Damage ----------------------------------------------------------------------------------------------------------

GOOD: dict[str, bytes] = {
    "pdf": pdf.render(REPORT),
    "docx": office.DOCX,
    "doc": DOC,
    "xls": XLS,
    "xlsx": office.XLSX,
    "rtf": rtf.word(REPORT, Random(1)),
    "mht": mht.word(REPORT, Random(1)),
    "html": HTML,
    "txt": b"\xef\xbb\xbf" + "\n".join(REPORT.sections[0]).encode(),
    "zip": zipped(("a.html", HTML)),
    "ofd": office.OFD,
}
CHECKED = {"docx", "xlsx", "zip", "ofd"}
"""Formats that carry checksums: damage there is noticed, or does not matter."""

CUTS, FLIPS = 8, 12


@pytest.fixture(scope="module")
def readers() -> Iterator[ReaderPool]:
    with ReaderPool(workers=2, timeout_s=30, ocr_workers=0) as pool:
        yield pool


@pytest.mark.parametrize("kind", GOOD)
def test_damage_is_an_outcome_and_never_our_failure(kind: str, readers: ReaderPool) -> None:
    good = GOOD[kind]
    pieces = list(damaged(good, Random(7), CUTS, FLIPS))
    found = [future.result(120) for future in [readers.read(piece, f"a.{kind}") for piece in (good, *pieces)]]
    sound, rest = found[0], found[1:]
    assert {reading.outcome for reading in rest} <= {
        "ok", "partial", "not_a_report", "corrupt", "encrypted", "unsupported", "too_big", "needs_ocr"
    }, [reading.detail for reading in rest if reading.outcome in ("crashed", "timeout", "memory")]  # fmt: skip
    for number, reading in enumerate(rest):
        if reading.outcome == "ok" and (kind in CHECKED or number < CUTS):
            assert figures(reading) == figures(sound), f"damage {number} changed figures in silence"


def test_damaged_pictures_are_pictures_or_errors() -> None:
    pytest.importorskip("rapidocr", reason="the extra 'ocr' is not installed")
    from extract.ocr.files import of_file
    from tests.kit import scan

    page = scan.pages(pdf.render(REPORT))[0]
    for suffix in (".jpg", ".png"):
        for piece in damaged(scan.encoded(page, suffix), Random(3), CUTS, FLIPS):
            try:
                assert all(picture.pixels.size for picture in of_file(piece))
            except ExtractError:
                continue
