"""Readers let others go first, as processes and as sessions, and what they wait for that is not held against them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from extract.model import Reading
from extract.readers.frames import read_frame
from extract.readers.patience import MOST, Patience, inmost, queued_s
from extract.readers.pool import ReaderPool

GROUP = Path("/proc/self/autogroup")
SPIN = "while True: pass"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="readers are shut in on Linux only")


def told(_data: bytes, _hint: str) -> Reading:
    """Read nothing; tell the number and the priority of the process that was to read."""
    group = GROUP.read_text(encoding="ascii").split()[-1] if GROUP.exists() else ""
    return Reading("text/plain", "ok", detail=f"{Path('/proc/self').readlink()} {os.nice(0)} {group}")


def pool(niceness: int) -> ReaderPool:
    return ReaderPool(workers=1, ocr_workers=0, reader=told, niceness=niceness)


def found(readers: ReaderPool) -> list[int]:
    return [int(word) for word in readers.read(b"").result(60).detail.split()[1:]]


def expected(niceness: int) -> list[int]:
    process = max(niceness, os.nice(0))
    return [process, niceness] if GROUP.exists() else [process]


@pytest.mark.parametrize("niceness", [0, 10, 19])
def test_a_reader_stands_back_with_its_whole_session(niceness: int) -> None:
    with pool(niceness) as readers:
        assert found(readers) == expected(niceness)


@pytest.mark.skipif(not GROUP.exists(), reason="an ordinary user cannot bring a process forward again")
def test_readers_come_forward_when_nothing_else_is_waited_for() -> None:
    with pool(19) as readers:
        assert found(readers) == expected(19)
        readers.put_back(0)
        assert found(readers)[1] == 0


def test_the_reader_is_found_inside_the_processes_that_shut_it_in() -> None:
    with pool(0) as readers:
        reader = int(readers.read(b"").result(60).detail.split()[0])
        children = [path.read_text(encoding="ascii") for path in Path("/proc/self/task").glob("*/children")]
        assert reader in {inmost(int(child)) for child in " ".join(children).split()}


@contextmanager
def starved() -> Iterator[int]:
    """Give a process that is ready to work and hardly gets a processor: another has the same one, far before it."""
    one = {min(os.sched_getaffinity(0))}
    last = subprocess.Popen([sys.executable, "-c", f"import os; os.nice(19)\n{SPIN}"])
    first = subprocess.Popen([sys.executable, "-c", SPIN])
    try:
        for process in (first, last):
            os.sched_setaffinity(process.pid, one)
        time.sleep(0.3)
        yield last.pid
    finally:
        for process in (first, last):
            process.kill()
            process.wait()


@pytest.mark.skipif(queued_s(os.getpid()) == 0, reason="the kernel does not tell who waits for a processor")
def test_time_without_a_processor_is_not_counted_and_never_without_end() -> None:
    with starved() as process:
        long, short = Patience(1.0, process), Patience(0.02, process)
        time.sleep(1.2)
        assert long.left_s() > 0
        assert short.left_s() == 0, f"{MOST} times the time have passed"


def test_time_asleep_is_counted() -> None:
    with subprocess.Popen(["sleep", "5"]) as asleep:
        patience = Patience(0.2, asleep.pid)
        time.sleep(0.3)
        assert patience.left_s() == 0
        asleep.kill()


def test_an_answer_is_waited_for_no_longer_than_patience_lasts() -> None:
    ours, theirs = os.pipe()
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        read_frame(ours, 10, Patience(0.2))
    assert 0.2 <= time.monotonic() - begun < 2
    os.write(theirs, b"\0\0\0\1x")
    assert read_frame(ours, 10, Patience(0.2)) == b"x"
    os.close(ours)
    os.close(theirs)
