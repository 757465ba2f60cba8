"""The parent's side of one reader process: start it, ask it, end it with everything it started."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from time import monotonic, sleep

from extract.limits import MAX_FACT_CHARACTERS, MAX_READING_BYTES, WORKER_START_S
from extract.model import Outcome, Reading
from extract.readers.frames import FrameTooLongError, read_frame, write_frame
from extract.readers.isolation import Isolation, python_path, remove
from extract.readers.patience import Patience, inmost
from extract.readers.priority import put_back

_START = (
    "import json, sys; order = json.loads(sys.argv[1]); sys.path[:] = order['path']\n"
    "from extract.readers.worker import main; main(order)"
)
_LEAVE_S, _LOOK_S = 1.0, 0.002


@dataclass(frozen=True, slots=True)
class Budget:
    """What one reader process may use: seconds of clock (see `Patience`) and of processor a document, bytes, documents
    in its life; and how far it stands back for others once it is ready (``niceness``, 0 to 19)."""

    timeout_s: float
    cpu_s: int
    address_space_bytes: int
    max_documents: int
    niceness: int = 0


class ReaderStartError(Exception):
    """A reader process could not be started; no document is to blame."""


class ReaderFailedError(Exception):
    """A reader process ended, or said what it may not, over a document; ``outcome`` is the document's."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome: Outcome = outcome


class Child:
    """One reader process. It belongs to one thread at a time; ``end`` may come from any.

    Raises ``ReaderStartError`` where it cannot be started.
    """

    def __init__(self, budget: Budget, reader: Callable[[bytes, str], Reading]) -> None:
        self.documents = 0
        self._ending = Lock()
        self._budget = budget
        self._folder = Path(mkdtemp(prefix="reader-"))
        try:
            self._process = _start(self._order(reader), self._folder)
        except OSError as error:
            remove(self._folder)
            raise ReaderStartError(f"no reader process can be started: {error}") from error
        self.isolation = self._greeted()
        self._reader = inmost(self._process.pid)
        if budget.niceness:
            self.put_back(budget.niceness)

    @property
    def is_spent(self) -> bool:
        """Tell whether it has read as many documents as one process may."""
        return self.documents >= self._budget.max_documents

    def read(self, data: bytes, hint: str) -> bytes:
        """Have a document read; gives the answer as it came. Raises ``ReaderFailedError``."""
        self.documents += 1
        patience = Patience(self._budget.timeout_s, self._reader if self._budget.niceness else 0)
        try:
            write_frame(self._requests, hint.encode("utf-8", "replace")[:MAX_FACT_CHARACTERS], patience)
            write_frame(self._requests, data, patience)
            return read_frame(self._answers, MAX_READING_BYTES, patience)
        except TimeoutError as error:
            raise ReaderFailedError("timeout", f"not read within {self._budget.timeout_s:g} s") from error
        except FrameTooLongError as error:
            raise ReaderFailedError("crashed", f"no usable answer: {error}") from error
        except (EOFError, OSError) as error:
            raise self._death() from error

    def put_back(self, niceness: int) -> None:
        """Set how far the process stands back for others; one that has just ended is none."""
        put_back(self._process.pid, niceness)

    def end(self) -> None:
        """End the process with everything in its group and remove its folder; may be called twice.

        The group is killed while its first process, though dead, still holds its number: no other can have it.
        """
        with self._ending:
            if self._process.returncode is None:
                os.kill(self._process.pid, signal.SIGTERM)
                _await_end(self._process.pid)
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
                remove(self._folder)

    def close_pipes(self) -> None:
        """Give the pipes back, once no thread reads from them."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _order(self, reader: Callable[[bytes, str], Reading]) -> str:
        return json.dumps(
            {
                "path": python_path(),
                "folder": str(self._folder),
                "reader": f"{reader.__module__}:{reader.__qualname__}",
                "cpu_s": self._budget.cpu_s,
                "address_space_bytes": self._budget.address_space_bytes,
            }
        )

    def _greeted(self) -> Isolation:
        """Wait until the process has shut itself in and loaded its reader."""
        try:
            greeting = read_frame(self._answers, MAX_FACT_CHARACTERS, Patience(WORKER_START_S))
            return Isolation(**json.loads(greeting))
        except (EOFError, OSError, ValueError, TypeError) as error:
            self.end()
            self.close_pipes()
            raise ReaderStartError(f"a reader process did not start: {type(error).__name__}") from error

    def _death(self) -> ReaderFailedError:
        """Say how the process ended, as it or the process that waits for it states."""
        self.end()
        status = self._process.returncode
        number = -status if status < 0 else status - 128
        if number == signal.SIGXCPU:
            return ReaderFailedError("timeout", f"took more than {self._budget.cpu_s} s of processor time")
        if number in signal.valid_signals():
            return ReaderFailedError("crashed", f"the reader died of {signal.Signals(number).name}")
        return ReaderFailedError("crashed", f"the reader ended with status {status}")

    @property
    def _requests(self) -> int:
        assert self._process.stdin is not None
        return self._process.stdin.fileno()

    @property
    def _answers(self) -> int:
        assert self._process.stdout is not None
        return self._process.stdout.fileno()


def _await_end(pid: int) -> None:
    """Give a process a moment to end by itself, without taking note of it."""
    deadline = monotonic() + _LEAVE_S
    while monotonic() < deadline and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        sleep(_LOOK_S)


def _start(order: str, folder: Path) -> "subprocess.Popen[bytes]":
    """Start a reader in a session of its own, with nothing of our environment but where programs are."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
    }
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, order],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        os.set_blocking(pipe.fileno(), False)
    return process
