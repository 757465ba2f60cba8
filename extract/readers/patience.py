"""How long a reader process is waited for: clock time, without that in which others had the processors.

For a reader that stands back for others a second of work may take a minute on a busy machine; no document is to blame
for that. Linux counts how long a process was ready and got no processor (``/proc/PID/schedstat``, its second number, in
nanoseconds), but only once it gets one; so a process that is ready when its time is over (``R`` in ``/proc/PID/stat``)
is given some more. One that computes without end has its limit of processor time, one that sleeps has none of this. For
other readers, and where the kernel does not tell, the clock alone counts.
"""

from pathlib import Path
from time import monotonic

MOST = 10
"""Times the allowed seconds after which the end has come all the same: what a document has started may compete too."""

_MORE = 0.1
"""Part of the allowed seconds that a process gets at a time that is ready and waits."""


class Patience:
    """The seconds allowed for one answer, from now on; with a ``process``, without those it waits for a processor."""

    def __init__(self, seconds: float, process: int = 0) -> None:
        self._seconds, self._process = seconds, process
        self._begun, self._before = monotonic(), queued_s(process)

    def left_s(self) -> float:
        """Give the seconds that are left as far as can be told now, 0 when the time is over."""
        used = monotonic() - self._begun
        if used < self._seconds:
            return self._seconds - used
        if used >= MOST * self._seconds:
            return 0.0
        counted = used - (queued_s(self._process) - self._before)
        return max(self._seconds - counted, _MORE * self._seconds if _is_ready(self._process) else 0.0)


def queued_s(process: int) -> float:
    """Give the seconds that the first thread of a process has waited for a processor; 0 where that is not told."""
    try:
        return int(_told(process, "schedstat").split()[1]) / 1e9
    except (ValueError, IndexError):
        return 0.0


def _is_ready(process: int) -> bool:
    return _told(process, "stat").rpartition(")")[2].split()[:1] == ["R"]


def _told(process: int, name: str) -> str:
    try:
        return Path(f"/proc/{process}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def inmost(process: int) -> int:
    """Give the process at the end of a chain of children: a reader waits inside the processes that shut it in."""
    while children := _told(process, f"task/{process}/children").split():
        process = int(children[0])
    return process
