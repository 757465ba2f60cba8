"""How a reader is made to let others go first: a night does not wait for it where processors are few."""

import os
from contextlib import suppress
from pathlib import Path
from time import sleep

_TRIES, _PAUSE_S = 20, 0.1
"""An ordinary user may change the priority of a session ten times a second, all sessions together."""


def put_back(leader: int, niceness: int) -> None:
    """Set how far the session that ``leader`` leads stands back for others; it may be brought forward again.

    Linux shares out processors among sessions first (``sched(7)``, the autogroup feature): there a process's own
    niceness counts only against the others of its session. In a control group, and on other systems, that niceness is
    what counts; an ordinary user can raise it only, and then against others of the same control group.
    """
    with suppress(ProcessLookupError, PermissionError):
        os.setpriority(os.PRIO_PGRP, leader, max(niceness, os.getpriority(os.PRIO_PROCESS, 0)))
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
