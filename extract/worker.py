"""The child's side of the reader pool: limits on itself, then bytes in, one JSON reading out."""

import json
import resource
import signal

from extract.limits import MAX_READING_BYTES, WORKER_ADDRESS_SPACE_BYTES
from extract.model import Reading
from extract.reading import read
from extract.sniff import media_type
from extract.wire import to_json

_MAX_DETAIL_CHARACTERS = 500


def start(address_space_bytes: int = WORKER_ADDRESS_SPACE_BYTES) -> None:
    """Limit this process before it sees its first document.

    Memory is bounded by RLIMIT_AS, no core files are written, and Ctrl-C is left to the parent, which ends the
    worker in its own time.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (address_space_bytes, address_space_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_to_json(data: bytes, hint: str) -> str:
    """Read one document and return its reading as JSON. A failure of the reader itself becomes an outcome too."""
    try:
        text = _dump(read(data, hint))
    except MemoryError:
        return _dump(Reading(_media_type(data, hint), "memory", detail="the reader ran out of its memory limit"))
    except Exception as error:  # any fault of a parser is the outcome of its document
        detail = f"{type(error).__name__}: {error}"[:_MAX_DETAIL_CHARACTERS]
        return _dump(Reading(_media_type(data, hint), "crashed", detail=detail))
    if len(text) > MAX_READING_BYTES:
        return _dump(Reading(_media_type(data, hint), "too_big", detail=f"a reading of {len(text)} characters"))
    return text


def _dump(reading: Reading) -> str:
    return json.dumps(to_json(reading), ensure_ascii=False)


def _media_type(data: bytes, hint: str) -> str:
    return media_type(data[:4096], hint)
