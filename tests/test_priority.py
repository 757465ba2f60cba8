"""Readers let others go first: as processes, and as the sessions among which Linux shares out processors."""

import os
import sys
from pathlib import Path

import pytest

from extract.model import Reading
from extract.readers.pool import ReaderPool

GROUP = Path("/proc/self/autogroup")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="readers are shut in on Linux only")


def told(_data: bytes, _hint: str) -> Reading:
    """Read nothing; tell the priority of the process that was to read."""
    group = GROUP.read_text(encoding="ascii").split()[-1] if GROUP.exists() else ""
    return Reading("text/plain", "ok", detail=f"{os.nice(0)} {group}")


def priorities(niceness: int) -> tuple[int, ...]:
    with ReaderPool(workers=1, ocr_workers=0, reader=told, niceness=niceness) as pool:
        return tuple(int(word) for word in pool.read(b"").result(60).detail.split())


@pytest.mark.parametrize("niceness", [0, 10, 19])
def test_a_reader_stands_back_with_its_whole_session(niceness: int) -> None:
    process = max(os.nice(0), niceness)
    assert priorities(niceness) == ((process, niceness) if GROUP.exists() else (process,))
