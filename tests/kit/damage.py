"""Damage done to a good file: cuts, flipped bits, bytes that never were one."""

from collections.abc import Callable, Iterator
from random import Random

from extract.errors import ExtractError
from extract.model import Document

Read = Callable[[bytes, str], Document]


def damaged(data: bytes, rng: Random, cuts: int = 20, flips: int = 50) -> Iterator[bytes]:
    """Yield a file cut short in many places, and with one to four bytes changed."""
    for number in range(cuts):
        yield data[: len(data) * number // cuts]
    for _ in range(flips):
        changed = bytearray(data)
        for _ in range(rng.randint(1, 4)):
            changed[rng.randrange(len(changed))] ^= rng.randint(1, 255)
        yield bytes(changed)


def read_or_refuse(read: Read, data: bytes) -> Document | None:
    """Read a file; anything but a document or one of our errors goes through."""
    try:
        document = read(data, "")
    except ExtractError:
        return None
    assert isinstance(document, Document)
    return document
