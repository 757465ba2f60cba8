"""Landlock: a Linux process gives up, for itself and all its children, the right to write outside one folder.

Needs Linux 5.13 with Landlock switched on (https://docs.kernel.org/userspace-api/landlock.html) and no privileges.
Reading and running programs stay allowed: the reader's own libraries are all over the system.
"""

import ctypes
import os
import struct
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
_VERSION_FLAG = 1
_BENEATH_PATH = 1

_WRITE_FILE = 1 << 1
_REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))
_REMOVE_FILE, _MAKE_SOCKET = 1 << 5, 1 << 9
_REFER = 1 << 13
_TRUNCATE = 1 << 14
_SINCE = ((2, _REFER), (3, _TRUNCATE))
"""Version of the interface from which on a right can be taken away."""


def confine_writes(folder: Path, shared: Path, *, is_own: bool) -> None:
    """Allow this process to write only below ``folder`` (and to ``/dev/null``). Raises ``OSError`` where impossible.

    In ``shared`` it may do the same where that is this process's own; else no more than make sockets and remove files:
    LibreOffice does not start without. Needs ``PR_SET_NO_NEW_PRIVS`` set before, or administrator's rights.
    """
    version = _call(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    rights = _WRITE_FILE | _REMOVE_AND_MAKE | sum(right for first, right in _SINCE if version >= first)
    handled = struct.pack("=Q", rights)
    rules = _call(_CREATE_RULESET, handled, len(handled), 0)
    try:
        _allow(rules, folder, rights)
        _allow(rules, Path(os.devnull), rights & (_WRITE_FILE | _TRUNCATE))
        _allow(rules, shared, rights if is_own else _MAKE_SOCKET | _REMOVE_FILE)
        _call(_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, rights: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        _call(_ADD_RULE, rules, _BENEATH_PATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)


def _call(number: int, *arguments: int | bytes | None) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    widened = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    result = libc.syscall(ctypes.c_long(number), *widened)
    if result < 0:
        raise OSError(ctypes.get_errno(), f"landlock: {os.strerror(ctypes.get_errno())}")
    return int(result)
