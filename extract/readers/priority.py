"""How a reader is made to let others go first: a night does not wait for it where processors are few."""

import os
from contextlib import suppress
from pathlib import Path
from time import sleep

_TRIES, _PAUSE_S = 20, 0.1
"""An ordinary user may change the priority of a session ten times a second, all sessions together."""


def put_back(leader: int, niceness: int) -> None:
    """Lower the priority of a session that ``leader`` leads, with every process in its first group.

    Linux shares out processors among sessions first (``sched(7)``, the autogroup feature): there a process's own
    niceness counts only against the others of its session. Where it does not, the niceness of the processes counts.
    """
    with suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PGRP, leader, max(niceness, os.getpriority(os.PRIO_PGRP, leader)))
    _put_session_back(Path(f"/proc/{leader}/autogroup"), niceness)


def _put_session_back(session: Path, niceness: int) -> None:
    for _ in range(_TRIES):
        try:
            session.write_text(str(niceness), encoding="ascii")
        except BlockingIOError:
            sleep(_PAUSE_S)
        except OSError:
            return
        else:
            return
