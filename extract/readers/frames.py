"""Length-prefixed frames over a pipe: all that ever passes between the pool and a reader process.

Nothing is pickled, so bytes from a reader that a document has taken over are never more than bytes. Both ends use these
functions; only the pool's end has patience, on pipes that do not block.
"""

import os
import select
import struct
from math import ceil

from extract.readers.patience import Patience

_LENGTH = struct.Struct(">I")
_PIECE_BYTES = 1 << 16


class FrameTooLongError(ValueError):
    """The other end announces more than it may send; nothing of it was read."""


def write_frame(pipe: int, data: bytes, patience: Patience | None = None) -> None:
    """Write one frame; raises ``TimeoutError`` when patience has ended and ``BrokenPipeError`` when nobody reads."""
    for part in (_LENGTH.pack(len(data)), data):
        rest = memoryview(part)
        while rest:
            _wait(pipe, select.POLLOUT, patience)
            rest = rest[os.write(pipe, rest[:_PIECE_BYTES]) :]


def read_frame(pipe: int, limit: int, patience: Patience | None = None) -> bytes:
    """Read one frame.

    Raises ``TimeoutError`` when patience has ended, ``FrameTooLongError`` for more than ``limit`` bytes, and ``EOFError``
    when the other end is closed, also in the middle of a frame.
    """
    (length,) = _LENGTH.unpack(_read(pipe, _LENGTH.size, patience))
    if length > limit:
        raise FrameTooLongError(f"a frame of {length} bytes, more than {limit}")
    return _read(pipe, length, patience)


def _read(pipe: int, length: int, patience: Patience | None) -> bytes:
    found = bytearray()
    while len(found) < length:
        _wait(pipe, select.POLLIN, patience)
        piece = os.read(pipe, min(length - len(found), _PIECE_BYTES))
        if not piece:
            raise EOFError("the pipe was closed")
        found += piece
    return bytes(found)


def _wait(pipe: int, event: int, patience: Patience | None) -> None:
    """Wait until a pipe is ready; ``poll`` also takes the high descriptors of a process with many sockets."""
    if patience is None:
        return
    ready = select.poll()
    ready.register(pipe, event)
    while not ready.poll(ceil(1000 * (left_s := patience.left_s()))):
        if left_s <= 0:
            raise TimeoutError
