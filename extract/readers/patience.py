"""How long a reader process is waited for: clock time, without that in which others had the processors.

For a reader that stands back for others a second of work may take a minute on a busy machine. Linux counts how long
each process was ready and got no processor (``/proc/PID/schedstat``, its second number, in nanoseconds); no document is
to blame for that. For other readers, and where the kernel does not tell, the clock alone counts.
"""

from pathlib import Path
from time import monotonic

MOST = 10
"""Times the allowed seconds after which the end has come all the same: what a document has started may compete too."""


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
        allowed = self._seconds + queued_s(self._process) - self._before
        return max(0.0, min(allowed, MOST * self._seconds) - used)


def queued_s(process: int) -> float:
    """Give the seconds that the first thread of a process has waited for a processor; 0 where that is not told."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def inmost(process: int) -> int:
    """Give the process at the end of a chain of children: a reader waits inside the processes that shut it in."""
    try:
        while children := Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split():
            process = int(children[0])
    except OSError:
        return process
    return process
