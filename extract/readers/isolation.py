"""How a reader process shuts itself in before it sees a document, and what of that a machine allows.

Linux gives a process a network of its own with nothing in it, and a process space that ends with its first process
(namespaces, with or without being root), and takes away the right to write elsewhere (Landlock). Each that is refused
is left out and said: a container or another system may allow none. Limits on memory and time always hold.
"""

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from extract.readers.landlock import confine_writes
from extract.readers.mounts import SHARED, hide_shared_folder

_NEW_USER, _NEW_IPC, _NEW_NETWORK, _NEW_PROCESSES = 0x10000000, 0x08000000, 0x40000000, 0x20000000
_SPACES = (
    _NEW_NETWORK | _NEW_PROCESSES | _NEW_IPC,
    _NEW_USER | _NEW_NETWORK | _NEW_PROCESSES | _NEW_IPC,
    _NEW_NETWORK,
    _NEW_USER | _NEW_NETWORK,
)
"""Spaces asked for, best first; one of its own for users gives an ordinary user the right to the others."""

_SET_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES = 1, 38  # of prctl
_PROBE_S = 30.0
_PROBE = "import json, sys; sys.path[:] = json.loads(sys.argv[1])\nfrom extract.readers.isolation import tell; tell(sys.argv[2])"


@dataclass(frozen=True, slots=True)
class Isolation:
    """What a reader process cannot do: reach the network, leave processes behind, write outside its own folder.

    ``missing`` says why not all three hold, or is an empty string.
    """

    network_off: bool = False
    processes_end: bool = False
    writes_confined: bool = False
    missing: str = ""

    def __str__(self) -> str:
        held = (
            (self.network_off, "no network"),
            (self.processes_end, "no process outlives it"),
            (self.writes_confined, "writes only in its own folder"),
        )
        words = "; ".join([*(word for holds, word in held if holds), "limits on memory, time and files"])
        return f"{words} ({self.missing})" if self.missing else words


def isolate(folder: Path) -> Isolation:
    """Shut this process in, which must have one thread and may write only in ``folder`` from now on.

    Where it gets a process space of its own, only a new process in it returns from here: those before wait for its end
    and pass on its exit status.
    """
    missing: list[str] = []
    if sys.platform != "linux":
        return Isolation(missing=f"not known how on {sys.platform}")
    _control(_SET_NO_NEW_PRIVILEGES, 1)
    spaces = _separate(missing)
    if spaces & _NEW_PROCESSES:
        _go_inside(folder)
    _die_with_parent()
    confined = _confine(folder, missing)
    return Isolation(bool(spaces & _NEW_NETWORK), bool(spaces & _NEW_PROCESSES), confined, "; ".join(missing))


def _confine(folder: Path, missing: list[str]) -> bool:
    try:
        confine_writes(folder, SHARED, is_own=hide_shared_folder(folder))
    except OSError as error:
        missing.append(f"writes not confined: {error.strerror}")
        return False
    return True


def _separate(missing: list[str]) -> int:
    """Enter new spaces and return which; none of them is an answer too."""
    refusal = 0
    for spaces in _SPACES:
        number = _tried(spaces)
        if number == 0:
            _enter(spaces)
            if not spaces & _NEW_PROCESSES:
                missing.append(f"processes may outlive it: {os.strerror(refusal)}")
            return spaces
        refusal = refusal or number
    missing.append(f"network not shut off: {os.strerror(refusal)}")
    return 0


def _tried(spaces: int) -> int:
    """Let a child enter new spaces; give the number of its error, or 0: what half succeeds here cannot be undone."""
    child = os.fork()
    if child == 0:
        try:
            _enter(spaces)
        except OSError as error:
            os._exit(error.errno or 1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _enter(spaces: int) -> None:
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None, use_errno=True).unshare(ctypes.c_int(spaces)) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    if spaces & _NEW_USER:
        _keep_names(user, group)


def _keep_names(user: int, group: int) -> None:
    """Stay the same user inside a user space of our own; without this every file would seem to be another's."""
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path("/proc/self", name).write_text(text, encoding="ascii")


def _control(option: int, value: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _die_with_parent() -> None:
    _control(_SET_DEATH_SIGNAL, signal.SIGKILL)


def _go_inside(folder: Path) -> None:
    """Go on in the new process space, as its second process.

    The one outside cleans up, also when the pool was killed. The first one inside, with whose end the space ends, only
    waits: the kernel spares it the signals that a limit on time sends, so it must not be the reader.
    """
    for at_parents_end, left_behind in ((signal.SIGTERM, folder), (signal.SIGKILL, None)):
        _control(_SET_DEATH_SIGNAL, at_parents_end)
        child = os.fork()
        if child:
            _end_with(child, left_behind)


def _end_with(child: int, left_behind: Path | None) -> NoReturn:
    """Wait for a child, and on the way for orphans that were handed to us, and end with its exit status as shells do.

    SIGTERM ends the child; waiting for it leaves no dead process to be collected by others.
    """
    signal.signal(signal.SIGTERM, lambda *_: _kill(child))
    ended = 0
    while ended != child:
        ended, status = os.wait()
    if left_behind is not None:
        remove(left_behind)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


def _kill(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def remove(folder: Path) -> None:
    """Remove a reader's folder. What a hostile document has nested too deep to be removed stays."""
    with suppress(OSError, RecursionError):
        shutil.rmtree(folder)


def python_path() -> list[str]:
    """Return where this process finds its modules, for a child that is told nothing else."""
    return [str(Path(entry).resolve()) for entry in sys.path]


@cache
def in_force() -> Isolation:
    """Return the isolation that readers have on this machine, as a process finds it that shuts itself in."""
    try:
        with TemporaryDirectory(prefix="reader-") as folder:
            command = [sys.executable, "-I", "-c", _PROBE, json.dumps(python_path()), folder]
            answer = subprocess.run(command, capture_output=True, timeout=_PROBE_S, check=True, env={}, cwd=folder)
        return Isolation(**json.loads(answer.stdout))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        return Isolation(missing=f"not known: {type(error).__name__}")


def tell(folder: str) -> None:
    """Shut this process in and write to standard output what came of it."""
    os.write(sys.stdout.fileno(), json.dumps(asdict(isolate(Path(folder)))).encode())
