"""One night at a time."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store.errors import NightRunningError
from store.lock import LOCK_NAME, night_lock

HOLD = """
import sys, time
from pathlib import Path
from store.lock import night_lock
with night_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_night_learns_who_runs_and_a_killed_one_frees_the_folder(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(NightRunningError, match=f"process {child.pid}") as refused, night_lock(tmp_path):
            pass
        assert refused.value.pid == child.pid
        child.send_signal(signal.SIGKILL)
        child.wait()
    with night_lock(tmp_path):
        assert (tmp_path / LOCK_NAME).read_text() == str(os.getpid())


def test_the_folder_is_made_and_the_lock_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        with night_lock(tmp_path / "data"):
            assert (tmp_path / "data" / LOCK_NAME).exists()
