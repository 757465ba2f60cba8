"""The child's side of the reader pool: shut in and limited, then bytes in, one JSON reading out, until the pipe ends."""

import json
import os
import resource
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from extract.limits import (
    MAX_DOCUMENT_BYTES,
    MAX_FACT_CHARACTERS,
    MAX_READING_BYTES,
    WORKER_FILE_BYTES,
    WORKER_OPEN_FILES,
)
from extract.model import Reading
from extract.readers.frames import read_frame, write_frame
from extract.readers.isolation import isolate
from extract.sniff import media_type
from extract.wire import to_json

Reader = Callable[[bytes, str], Reading]

_MAX_DETAIL_CHARACTERS = 500


def main(order: dict[str, Any]) -> None:
    """Serve the pool that started this process: the order says with which reader, where and within what limits."""
    requests, answers = _private_pipes()
    folder = Path(order["folder"])
    isolation = isolate(folder)
    _limit(order["address_space_bytes"])
    read = _reader(order["reader"])
    write_frame(answers, json.dumps(asdict(isolation)).encode())
    with suppress(EOFError, BrokenPipeError):  # the pool has gone, and with it the work
        while True:
            hint = read_frame(requests, MAX_FACT_CHARACTERS).decode("utf-8", "replace")
            data = read_frame(requests, MAX_DOCUMENT_BYTES)
            _allow_seconds(order["cpu_s"])
            write_frame(answers, _read_in(folder, read, data, hint))


def _private_pipes() -> tuple[int, int]:
    """Move the two pipes to the pool out of the reach of anything that prints, and of programs that are started."""
    pipes = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for place in (0, 1, 2):
        os.dup2(nothing, place)
    os.close(nothing)
    return pipes


def _limit(address_space_bytes: int) -> None:
    """Bound this process and its children. Ctrl-C is left to the parent, which ends the worker in its own time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for kind, most in (
        (resource.RLIMIT_AS, address_space_bytes),
        (resource.RLIMIT_FSIZE, WORKER_FILE_BYTES),
        (resource.RLIMIT_NOFILE, WORKER_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, ceiling = resource.getrlimit(kind)
        allowed = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(kind, (allowed, allowed))


def _allow_seconds(seconds: int) -> None:
    """Bound processor time from now on: the limit counts from the beginning of the process, so it moves along."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, ceiling = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used) + 1 + seconds
    resource.setrlimit(
        resource.RLIMIT_CPU, (wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling), ceiling)
    )


def _reader(name: str) -> Reader:
    module, _, function = name.partition(":")
    found: Reader = getattr(import_module(module), function)
    return found


def _read_in(folder: Path, read: Reader, data: bytes, hint: str) -> bytes:
    """Read one document with a folder of its own, which goes with it."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="document-", ignore_cleanup_errors=True) as own:
        tempfile.tempdir = own
        os.chdir(own)
        try:
            return answer(read, data, hint)
        finally:
            tempfile.tempdir = None
            os.chdir(folder)


def answer(read: Reader, data: bytes, hint: str) -> bytes:
    """Read one document and return its reading as JSON. A failure of the reader itself becomes an outcome too."""
    try:
        text = _dump(read(data, hint))
    except MemoryError:
        return _dump(Reading(_media_type(data, hint), "memory", detail="the reader ran out of its memory limit"))
    except Exception as error:  # any fault of a parser is the outcome of its document
        return _dump(Reading(_media_type(data, hint), "crashed", detail=_short(error)))
    if len(text) > MAX_READING_BYTES:
        return _dump(Reading(_media_type(data, hint), "too_big", detail=f"a reading of {len(text)} bytes"))
    return text


def _dump(reading: Reading) -> bytes:
    return json.dumps(to_json(reading), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_MAX_DETAIL_CHARACTERS]


def _media_type(data: bytes, hint: str) -> str:
    return media_type(data[:4096], hint)
