"""PDFium's functions with addresses as plain numbers: pypdfium2 makes a pointer object of each, which takes longer than most
of the functions do, and cannot be the key of a table."""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

import pypdfium2.raw as api

Address = int
"""Of an object of PDFium's."""

_KINDS: dict[str, Any] = {
    "address": ctypes.c_void_p,
    "place": ctypes.c_void_p,
    "number": ctypes.c_int,
    "size": ctypes.c_double,
}


def address(pointer: Any) -> Address:
    """Return what a pointer object of pypdfium2 points to."""
    found = ctypes.cast(pointer, ctypes.c_void_p).value
    assert found is not None
    return found


@cache
def function(name: str, takes: str = "address", gives: str = "number") -> Callable[..., Any]:
    """Return a function by its name and the kinds of its arguments and its result: an address, a number, a size
    in points, or a place to write to (``ctypes.byref``)."""
    prototype = ctypes.CFUNCTYPE(_KINDS[gives], *map(_KINDS.__getitem__, takes.split()))
    found: Callable[..., Any] = prototype(address(getattr(api, name)))
    return found
