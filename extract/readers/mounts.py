"""A temporary folder of its own for a process, in a view of the mounted file systems that is its own (Linux).

LibreOffice makes a socket in ``/tmp`` and removes it, whatever ``TMPDIR`` says; a reader that may write only in its
own folder must find another ``/tmp`` there, which ends with it.
"""

import ctypes
import os
import sys
from pathlib import Path

SHARED = Path("/", "tmp")

_NEW_MOUNTS = 0x00020000
_NO_SETUID, _NO_DEVICES, _BIND, _PRIVATE = 1 << 1, 1 << 2, 1 << 12, 1 << 14 | 1 << 18  # last: and all below (MS_REC)
_DETACH = 2
_OPTIONS = b"size=16m,mode=0700"


def hide_shared_folder(folder: Path) -> bool:
    """Put an empty folder over ``/tmp`` for this process and its children, with ``folder`` still at its place.

    Returns ``False`` where the system refuses, and where programs or libraries this process needs lie in ``/tmp``.
    """
    if any(SHARED in Path(needed).parents for needed in _needed()):
        return False
    try:
        _check(_libc().unshare(_NEW_MOUNTS))
        _mount("none", Path("/"), "", _PRIVATE)
        _cover(folder)
        os.chdir(folder)
    except OSError:
        return False
    return True


def _cover(folder: Path) -> None:
    """Put an empty file system over the shared folder; what is to stay in sight is bound from where it was."""
    own = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        _mount("tmpfs", SHARED, "tmpfs", _NO_SETUID | _NO_DEVICES, _OPTIONS)
        if SHARED in folder.parents:
            folder.mkdir(parents=True, mode=0o700)
            _mount(f"/proc/self/fd/{own}", folder, "", _BIND)
    except OSError:
        _libc().umount2(os.fsencode(SHARED), _DETACH)
        raise
    finally:
        os.close(own)


def _needed() -> list[str]:
    return [*sys.path, sys.prefix, sys.base_prefix, *os.environ.get("PATH", os.defpath).split(os.pathsep)]


def _mount(source: str, target: Path, kind: str, flags: int, options: bytes = b"") -> None:
    place = os.fsencode(target)
    _check(_libc().mount(source.encode(), place, kind.encode(), ctypes.c_ulong(flags), options or None))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _check(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
