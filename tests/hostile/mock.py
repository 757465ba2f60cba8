"""A reader that does what its document says: it stands in for a parser that a document has broken or taken over.

The pool takes the reading function as an argument; nothing of this is known to the project itself.
"""

import ctypes
import json
import os
import signal
import socket
import stat
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from extract.model import Reading, Section
from extract.office import libreoffice

_BYTES = 1 << 30


def hang(_: str) -> str:
    while True:
        time.sleep(1)


def spin(_: str) -> str:
    while True:
        pass


def leave(status: str) -> str:
    os._exit(int(status))


def fail(message: str) -> str:
    raise RuntimeError(message)


def segv(_: str) -> str:
    ctypes.string_at(0)
    return ""


def alloc(size_gib: str) -> str:
    return str(len(bytearray(int(size_gib) * _BYTES)))


def flood(_: str) -> str:
    """Print a gigabyte where a careless library prints."""
    for _ in range(1024):
        os.write(1, bytes(1 << 20))
    return ""


def answers(number: int) -> int:
    """Find the pipe to the pool, as one would who has taken the process over: the second pipe that is open."""
    pipes = [descriptor for descriptor in range(3, 30) if is_pipe(descriptor)]
    return pipes[number]


def is_pipe(descriptor: int) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    except OSError:
        return False


def forge(text: str) -> str:
    """Answer in the pool's own frames, with anything."""
    os.write(answers(1), len(text).to_bytes(4, "big") + text.encode())
    time.sleep(30)
    return ""


def boast(_: str) -> str:
    """Announce a frame of four gigabytes."""
    os.write(answers(1), b"\xff" * 4)
    time.sleep(30)
    return ""


def stop_half_way(_: str) -> str:
    """Send half an answer, then nothing."""
    os.write(answers(1), (1000).to_bytes(4, "big") + b"{")
    time.sleep(30)
    return ""


def fork(_: str) -> str:
    """Leave a child in the group, and one that has gone into a session of its own."""
    for is_escaping in (False, True):
        if os.fork() == 0:
            if is_escaping:
                os.setsid()
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(60)
            os._exit(0)
    return "forked"


def fork_and_hang(_: str) -> str:
    return hang(fork(""))


def touch(path: str) -> str:
    Path(path).write_text("x", encoding="utf-8")
    return "written"


def own_file(_: str) -> str:
    own = Path(tempfile.gettempdir(), "mine")
    own.write_text("x", encoding="utf-8")
    Path("here").write_text("x", encoding="utf-8")
    return f"{own.parent} {oct(own.parent.stat().st_mode & 0o777)} {Path.cwd()}"


def fill(size_mib: str) -> str:
    with Path("big").open("wb") as file:
        for _ in range(int(size_mib)):
            file.write(bytes(1 << 20))
    return "filled"


def connect(address: str) -> str:
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port)), timeout=2):
        return "connected"


def environment(_: str) -> str:
    return json.dumps(dict(os.environ))


def open_files(count: str) -> str:
    kept = [os.open(os.devnull, os.O_RDONLY) for _ in range(int(count))]
    return str(len(kept))


def convert(rtf: str) -> str:
    """Have the real converter read a file, as the reader of DOC does."""
    converted, isolation = libreoffice.to_docx(rtf.encode(), ".rtf")
    return f"{len(converted)} {isolation}"


def leak(_: str) -> str:
    """Hurt every document that this process reads from now on."""
    _leaks.append("leaked")
    return str(os.getpid())


def suffer(_: str) -> str:
    if _leaks:
        raise MemoryError
    return "well"


_leaks: list[str] = []

ACTIONS: dict[str, Callable[[str], str]] = {
    "hang": hang,
    "spin": spin,
    "exit": leave,
    "fail": fail,
    "segv": segv,
    "alloc": alloc,
    "print": flood,
    "forge": forge,
    "boast": boast,
    "half": stop_half_way,
    "fork": fork,
    "fork-hang": fork_and_hang,
    "touch": touch,
    "own": own_file,
    "fill": fill,
    "connect": connect,
    "env": environment,
    "open": open_files,
    "convert": convert,
    "leak": leak,
    "suffer": suffer,
    "pid": lambda _: str(os.getpid()),
    "say": lambda text: text,
    "long": lambda size: "x" * int(size),
}


def read(data: bytes, hint: str) -> Reading:
    """Do what the document says and tell what came of it in ``detail``."""
    word, _, argument = data.decode().partition(" ")
    said = ACTIONS[word](argument)
    return Reading("application/x-mock", "ok", sections=(Section(1, hint, ""),), detail=said)
