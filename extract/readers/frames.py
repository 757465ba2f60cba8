"""Length-prefixed frames over a pipe: all that ever passes between the pool and a reader process.

Nothing is pickled, so bytes from a reader that a document has taken over are never more than bytes. Both ends use these
functions; only the pool's end has deadlines, on pipes that do not block.
"""

import os
import select
import struct
from time import monotonic

_LENGTH = struct.Struct(">I")
_PIECE_BYTES = 1 << 16


class FrameTooLongError(ValueError):
    """The other end announces more than it may send; nothing of it was read."""


def write_frame(pipe: int, data: bytes, deadline: float | None = None) -> None:
    """Write one frame. ``deadline`` is an instant of the monotonic clock.

    Raises ``TimeoutError`` past it and ``BrokenPipeError`` when nobody reads.
    """
    for part in (_LENGTH.pack(len(data)), data):
        rest = memoryview(part)
        while rest:
            _wait(pipe, select.POLLOUT, deadline)
            rest = rest[os.write(pipe, rest[:_PIECE_BYTES]) :]


def read_frame(pipe: int, limit: int, deadline: float | None = None) -> bytes:
    """Read one frame.

    Raises ``TimeoutError`` past the deadline, ``FrameTooLongError`` for more than ``limit`` bytes, and ``EOFError``
    when the other end is closed, also in the middle of a frame.
    """
    (length,) = _LENGTH.unpack(_read(pipe, _LENGTH.size, deadline))
    if length > limit:
        raise FrameTooLongError(f"a frame of {length} bytes, more than {limit}")
    return _read(pipe, length, deadline)


def _read(pipe: int, length: int, deadline: float | None) -> bytes:
    found = bytearray()
    while len(found) < length:
        _wait(pipe, select.POLLIN, deadline)
        piece = os.read(pipe, min(length - len(found), _PIECE_BYTES))
        if not piece:
            raise EOFError("the pipe was closed")
        found += piece
    return bytes(found)


def _wait(pipe: int, event: int, deadline: float | None) -> None:
    """Wait until a pipe is ready; ``poll`` also takes the high descriptors of a process with many sockets."""
    if deadline is None:
        return
    left_ms = max(0, int(1000 * (deadline - monotonic())))
    ready = select.poll()
    ready.register(pipe, event)
    if not ready.poll(left_ms):
        raise TimeoutError
