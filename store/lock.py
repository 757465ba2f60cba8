"""One night at a time: a lock on the data folder that dies with its process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import NightRunningError

LOCK_NAME = "night.lock"


@contextmanager
def night_lock(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for one writing process; raises ``NightRunningError`` with the pid of who has it.

    The file stays behind on purpose: removing it would let two processes lock two files of the same name.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / LOCK_NAME
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NightRunningError(path, _pid(path)) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _pid(path: Path) -> int:
    text = path.read_text(encoding="ascii", errors="replace").strip()
    return int(text) if text.isascii() and text.isdigit() else 0
