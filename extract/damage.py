"""What a parser raises on broken bytes becomes one of our outcomes."""

from collections.abc import Iterator
from contextlib import contextmanager

from extract.errors import CorruptError, ExtractError

_MAX_MESSAGE_CHARACTERS = 300


@contextmanager
def damage_is_corrupt(what: str) -> Iterator[None]:
    """Turn any failure inside into ``CorruptError``; our own errors and ``MemoryError`` pass.

    For libraries that meet broken structures with whatever Python raises.
    """
    try:
        yield
    except (ExtractError, MemoryError):
        raise
    except Exception as error:
        raise CorruptError(f"{what}: {type(error).__name__}: {error}"[:_MAX_MESSAGE_CHARACTERS]) from error
