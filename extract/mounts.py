"""A temporary folder of its own for a process that has its own view of the mounted file systems (Linux).

LibreOffice makes a socket in ``/tmp`` and removes it, whatever ``TMPDIR`` says; a reader that may write only in its
own folder must find another ``/tmp`` there, which ends with it.
"""

import ctypes
import os
import sys
from pathlib import Path

SHARED = Path("/", "tmp")

_NO_SETUID, _NO_DEVICES, _BIND, _PRIVATE = 1 << 1, 1 << 2, 1 << 12, 1 << 14 | 1 << 18  # last: and all below (MS_REC)
_OPTIONS = b"size=16m,mode=0700"


def hide_shared_folder(folder: Path) -> bool:
    """Put an empty folder over ``/tmp`` for this process and its children, with ``folder`` still at its place.

    Returns ``False`` where the system refuses, and where programs or libraries this process needs lie in ``/tmp``.
    """
    if any(SHARED in Path(needed).parents for needed in _needed()):
        return False
    own = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        _mount("none", Path("/"), "", _PRIVATE)
        _mount("tmpfs", SHARED, "tmpfs", _NO_SETUID | _NO_DEVICES, _OPTIONS)
        if SHARED in folder.parents:
            folder.mkdir(parents=True, mode=0o700)
            _mount(f"/proc/self/fd/{own}", folder, "", _BIND)
        os.chdir(folder)
    except OSError:
        return False
    finally:
        os.close(own)
    return True


def _needed() -> list[str]:
    return [*sys.path, sys.prefix, sys.base_prefix, *os.environ.get("PATH", os.defpath).split(os.pathsep)]


def _mount(source: str, target: Path, kind: str, flags: int, options: bytes = b"") -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(source.encode(), os.fsencode(target), kind.encode(), ctypes.c_ulong(flags), options or None) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
