"""The reader pool, driven by a reader that does what its document says: outcomes, limits, isolation, what is left."""

import inspect
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from random import Random

import pytest

from extract import limits
from extract.model import Finding, FormCell, Reading, Section
from extract.office import libreoffice
from extract.readers.child import ReaderStartError
from extract.readers.isolation import Isolation, in_force
from extract.readers.pool import ReaderPool
from extract.wire import _CELL, _FINDING, _READING, _SECTION
from tests.hostile import mock
from tests.hostile.processes import all_gone, started_in
from tests.kit import rtf
from tests.kit.doc import needs_libreoffice
from tests.kit.truth import make_report

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="readers are shut in on Linux only")

ROOT = Path(__file__).parent.parent
TIMEOUT_S = 1.5


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where all readers of a test work. Whatever the test did, no process and no file is left when it has ended."""
    own = tmp_path / "readers"
    own.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(own))
    yield own
    assert all_gone(own)
    assert list(own.iterdir()) == []


@pytest.fixture
def pool(folder: Path) -> Iterator[ReaderPool]:
    with ReaderPool(workers=1, timeout_s=TIMEOUT_S, ocr_workers=0, reader=mock.read) as made:
        yield made


def ask(pool: ReaderPool, order: str, hint: str = "") -> Reading:
    return pool.read(order.encode(), hint).result(timeout=60)


# --- Outcomes --------------------------------------------------------------------------------------------------------


@pytest.mark.hostile
@pytest.mark.parametrize(
    ("order", "outcome", "detail"),
    [
        ("hang", "timeout", "not read within 1.5 s"),
        ("half", "timeout", "not read within 1.5 s"),
        ("exit 3", "crashed", "ended with status 3"),
        ("segv", "crashed", "died of SIGSEGV"),
        ("fail 坏", "crashed", "RuntimeError: 坏"),
        ("alloc 4", "memory", "memory limit"),
        ("print", "ok", ""),
        ("boast", "crashed", "more than"),
        ("forge []", "crashed", "no usable answer"),
        ("forge " + "[" * 100_000, "crashed", "no usable answer"),
        ('forge {"media_type": "x", "outcome": "fine"}', "crashed", "outcome cannot be"),
        ('forge {"media_type": "x", "outcome": "ok", "year": 1e999}', "crashed", "year cannot be"),
        ("fork", "ok", "forked"),
        ("fork-hang", "timeout", ""),
        ("long 9000000", "too_big", "bytes"),
        ("open 300", "crashed", "Too many open files"),
        ("fill 65", "crashed", "File too large"),
    ],
    ids=lambda value: value[:20],
)
def test_outcome_and_what_is_left(pool: ReaderPool, folder: Path, order: str, outcome: str, detail: str) -> None:
    if order.startswith("fork") and not in_force().processes_end:
        pytest.skip("a process that leaves its group outlives it here")
    began = time.monotonic()
    reading = ask(pool, order)
    assert (reading.outcome, detail in reading.detail) == (outcome, True), reading.detail
    assert time.monotonic() - began < TIMEOUT_S + 5
    assert ask(pool, "say well").detail == "well"
    if outcome == "timeout":
        assert len(started_in(folder)) <= 3, "what a killed reader started has gone with it"


@pytest.mark.hostile
def test_processor_time_is_limited_too(folder: Path) -> None:
    with ReaderPool(workers=1, timeout_s=30, cpu_s=1, ocr_workers=0, reader=mock.read) as pool:
        began = time.monotonic()
        reading = ask(pool, "spin")
        assert (reading.outcome, reading.detail) == ("timeout", "took more than 1 s of processor time")
        assert time.monotonic() - began < 10
        assert [ask(pool, "say well").detail for _ in range(3)] == ["well"] * 3


def test_a_document_past_the_limit_reaches_no_reader(pool: ReaderPool, folder: Path) -> None:
    reading = pool.read(bytes(limits.MAX_DOCUMENT_BYTES + 1)).result()
    assert (reading.outcome, started_in(folder)) == ("too_big", set())


def test_bytes_and_hint_arrive_whole(pool: ReaderPool) -> None:
    text = "文" * 4_000_000
    assert pool.read(f"long {len(text)}".encode(), "").result().outcome == "ok"
    reading = pool.read(f"say {text[:1_000_000]}".encode(), "表.pdf").result()
    assert (reading.detail, reading.sections) == (text[:1_000_000], (Section(1, "表.pdf", ""),))


# --- Whose fault it is -----------------------------------------------------------------------------------------------


def test_a_used_reader_is_doubted_before_the_document(pool: ReaderPool) -> None:
    ask(pool, "leak")
    reading = ask(pool, "suffer")
    assert (reading.outcome, reading.detail) == ("ok", "well")
    ask(pool, "leak")
    assert ask(pool, "segv").outcome == "crashed"


def test_a_reader_is_recycled_after_its_documents(folder: Path) -> None:
    with ReaderPool(workers=1, max_documents=2, ocr_workers=0, reader=mock.read) as pool:
        assert ask(pool, "leak").outcome == "ok"
        first = started_in(folder)
        assert ask(pool, "say x").outcome == "ok"
        assert all_gone(folder)
        assert ask(pool, "say x").outcome == "ok"
        assert started_in(folder)
        assert not (started_in(folder)) & first


def test_one_bad_document_among_many(folder: Path) -> None:
    with ReaderPool(workers=2, timeout_s=TIMEOUT_S, ocr_workers=0, reader=mock.read) as pool:
        orders = ["exit 1" if number % 7 == 3 else "hang" if number == 10 else f"say {number}" for number in range(20)]
        found = [future.result(60) for future in [pool.read(order.encode()) for order in orders]]
    for order, reading in zip(orders, found, strict=True):
        wanted = {"exit 1": "crashed", "hang": "timeout"}.get(order, "ok")
        assert (order, reading.outcome) == (order, wanted)
        assert wanted != "ok" or reading.detail == order.removeprefix("say ")


# --- The end ---------------------------------------------------------------------------------------------------------


def test_closing_ends_what_runs_and_drops_what_waits(folder: Path) -> None:
    pool = ReaderPool(workers=1, timeout_s=60, ocr_workers=0, reader=mock.read)
    waiting = [pool.read(b"hang") for _ in range(3)]
    while not started_in(folder):
        time.sleep(0.01)
    began = time.monotonic()
    pool.close()
    assert time.monotonic() - began < 5
    for future in waiting:
        with pytest.raises(CancelledError):
            future.result(1)
    with pytest.raises(CancelledError):
        pool.read(b"say x").result(1)
    pool.close()


def test_readers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """Also those that are busy: they do not look at the pipe."""
    script = (
        "import os, signal, time; from extract.readers.pool import ReaderPool; from tests.hostile import mock\n"
        "pool = ReaderPool(workers=1, ocr_workers=0, reader=mock.read); pool.isolation(); pool.read(b'spin')\n"
        f"time.sleep(0.3); print(os.listdir({str(tmp_path)!r}), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == -9
    assert "reader-" in done.stdout, "a reader had been started"
    assert all_gone(tmp_path)
    if in_force().processes_end:
        assert list(tmp_path.iterdir()) == []


def test_a_reader_that_cannot_start_blames_no_document(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(sys, "executable", sys.executable + "-missing")
    with ReaderPool(workers=1, reader=mock.read) as pool, pytest.raises(ReaderStartError):
        ask(pool, "say x")
    monkeypatch.undo()
    with ReaderPool(workers=1, reader=_unknown) as pool, pytest.raises(ReaderStartError):
        ask(pool, "say x")


def _unknown(data: bytes, hint: str) -> Reading:
    raise NotImplementedError


_unknown.__module__ = "tests.hostile.nowhere"


# --- Isolation -------------------------------------------------------------------------------------------------------

whole = pytest.mark.skipif(sys.platform != "linux" or bool(in_force().missing), reason="isolation is not whole here")


def test_the_isolation_is_told(pool: ReaderPool) -> None:
    assert pool.isolation() == in_force()
    assert "limits on memory" in str(in_force())


@whole
def test_no_connection_leaves_a_reader(pool: ReaderPool) -> None:
    hits: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)

        def accept() -> None:
            try:
                hits.append(server.accept())
            except TimeoutError:
                return

        thread = threading.Thread(target=accept)
        thread.start()
        reading = ask(pool, f"connect 127.0.0.1:{server.getsockname()[1]}")
        thread.join()
    assert (reading.outcome, hits) == ("crashed", [])
    assert "OSError" in reading.detail


@whole
def test_nothing_is_written_elsewhere(pool: ReaderPool, tmp_path: Path) -> None:
    """What it writes to the folder that all programs share goes with it; everything else is refused."""
    for path in (ROOT / "x", Path("/var/tmp/x"), Path.home() / "x"):
        assert ask(pool, f"touch {path}").detail.startswith("PermissionError")
        assert not path.exists()
    for path in (tmp_path / "x", Path("../../x")):
        ask(pool, f"touch {path}")
    assert not any((tmp_path / name).exists() for name in ("x", "readers/x"))


@needs_libreoffice
def test_the_real_converter_works_in_a_reader_and_ends_with_it(pool: ReaderPool, folder: Path) -> None:
    order = "convert " + rtf.word(make_report(2, "2021", "dense"), Random(2)).decode("ascii")
    with ReaderPool(workers=1, ocr_workers=0, reader=mock.read) as patient:
        reading = ask(patient, order)
        assert reading.outcome == "ok", reading.detail
        assert int(reading.detail.split()[0]) > 1000
    with ReaderPool(workers=1, timeout_s=1, ocr_workers=0, reader=mock.read) as hasty:
        assert ask(hasty, order).outcome == "timeout"
    assert all_gone(folder)


def test_each_document_has_a_folder_that_goes_with_it(pool: ReaderPool) -> None:
    first, second = (ask(pool, "own").detail.split() for _ in range(2))
    assert first[0] != second[0]
    assert first[1:] == ["0o700", first[0]]
    assert not Path(first[0]).exists()
    assert not Path(second[0]).exists()


def test_folders_of_readers_that_were_killed_are_removed(pool: ReaderPool, folder: Path) -> None:
    assert ask(pool, "own").outcome == "ok"
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o700]
    assert ask(pool, "hang").outcome == "timeout"
    assert list(folder.iterdir()) == []


def test_readers_see_nothing_of_our_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    monkeypatch.setenv("PYTHONPATH", "x")
    with ReaderPool(workers=1, ocr_workers=0, reader=mock.read) as pool:
        assert set(json.loads(ask(pool, "env").detail)) <= {"PATH", "HOME", "TMPDIR", "LANG", "LC_CTYPE"}


def test_isolation_is_said_in_words() -> None:
    whole = Isolation(network_off=True, processes_end=True, writes_confined=True)
    assert str(whole).startswith("no network; no process outlives it; writes only in its own folder; limits on memory")
    none = Isolation(missing="network not shut off: Operation not permitted")
    assert str(none) == "limits on memory, time and files (network not shut off: Operation not permitted)"


# --- The answer ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "checks"), [(Reading, _READING), (Section, _SECTION), (FormCell, _CELL), (Finding, _FINDING)]
)
def test_every_field_of_an_answer_is_checked(kind: type[Reading], checks: dict[str, object]) -> None:
    assert set(checks) == set(inspect.signature(kind).parameters)


def test_the_stated_limits_are_those_of_the_code() -> None:
    said = " ".join((ROOT / "docs/isolation.md").read_text(encoding="utf-8").split())
    for words in (
        f"{limits.WORKER_ADDRESS_SPACE_BYTES / 2**30:g} GiB of address space",
        f"{limits.WORKER_CPU_S} seconds of processor time and {limits.WORKER_TIMEOUT_S:g} of clock",
        f"files of {limits.WORKER_FILE_BYTES >> 20} MiB, {limits.WORKER_OPEN_FILES} open ones",
        f"at most {limits.MAX_READING_BYTES >> 20} MiB, parsed as JSON",
        f"replaced after {limits.WORKER_MAX_DOCUMENTS} documents",
        f"recognition gets {limits.OCR_ADDRESS_SPACE_BYTES >> 30} GiB and {limits.OCR_TIMEOUT_S:g} seconds",
        f"profile of its own, {libreoffice.TIMEOUT_S:g} seconds",
    ):
        assert words in said
