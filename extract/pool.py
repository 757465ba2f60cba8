"""The parent's side of the reader pool: long-lived worker processes with limits on time and memory.

A worker that hangs is killed and replaced, one that dies is replaced, and each is recycled after a number of
documents; only the guilty document gets the outcome ``timeout``, ``memory`` or ``crashed``. The pool is pebble's
(a hung or dead worker breaks the standard library's executor with all its waiting documents).

Documents whose pages are pictures are read a second time by workers of their own: recognition takes seconds a page and
more memory than any other reader may have.
"""

import json
import multiprocessing
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from functools import partial
from threading import Lock
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from extract.limits import (
    MAX_DOCUMENT_BYTES,
    OCR_ADDRESS_SPACE_BYTES,
    OCR_TIMEOUT_S,
    WORKER_ADDRESS_SPACE_BYTES,
    WORKER_MAX_DOCUMENTS,
    WORKER_TIMEOUT_S,
)
from extract.model import Reading
from extract.ocr import recognition
from extract.sniff import media_type
from extract.wire import from_json
from extract.worker import read_to_json, start

_PRELOADED = ["extract.worker"]


class ReaderPool:
    """Worker processes that read documents. Use as a context manager, or call ``close``."""

    def __init__(
        self,
        workers: int = 2,
        timeout_s: float = WORKER_TIMEOUT_S,
        max_documents: int = WORKER_MAX_DOCUMENTS,
        address_space_bytes: int = WORKER_ADDRESS_SPACE_BYTES,
        ocr_workers: int = 1,
    ) -> None:
        self._timeout_s = timeout_s
        self._pool = _processes(workers, max_documents, address_space_bytes)
        self._ocr_workers = ocr_workers if recognition.is_installed() else 0
        self._ocr_pool: ProcessPool | None = None
        self._ocr_start = Lock()
        self._closed = False

    def read(self, data: bytes, hint: str = "") -> "Future[Reading]":
        """Queue one document. The future gives a reading and never an exception for what the document holds."""
        answer: Future[Reading] = Future()
        if len(data) > MAX_DOCUMENT_BYTES:
            detail = f"{len(data)} bytes, more than {MAX_DOCUMENT_BYTES}"
            answer.set_result(Reading(media_type(data[:4096], hint), "too_big", detail=detail))
            return answer
        task = self._pool.schedule(read_to_json, args=(data, hint), timeout=self._timeout_s)
        task.add_done_callback(partial(self._finish, answer, data, hint))
        return answer

    def _finish(self, answer: "Future[Reading]", data: bytes, hint: str, task: "Future[str]") -> None:
        reading = _reading(task, data[:4096], hint, self._timeout_s)
        recognisers = self._recognisers() if recognition.would_help(reading) else None
        if recognisers is None:
            answer.set_result(reading)
            return
        again = recognisers.schedule(read_to_json, args=(data, hint), timeout=OCR_TIMEOUT_S)
        again.add_done_callback(partial(_finish_recognised, answer, data[:4096], hint, reading))

    def _recognisers(self) -> ProcessPool | None:
        """Return the pool with room for recognition, started when the first document needs it; ``None`` without one."""
        with self._ocr_start:
            if self._closed or not self._ocr_workers:
                return None
            if self._ocr_pool is None:
                self._ocr_pool = _processes(self._ocr_workers, WORKER_MAX_DOCUMENTS, OCR_ADDRESS_SPACE_BYTES)
            return self._ocr_pool

    def close(self) -> None:
        """Stop the workers; documents still waiting are dropped (they stay due)."""
        with self._ocr_start:
            self._closed = True
        for pool in (self._pool, self._ocr_pool):
            if pool is not None:
                pool.stop()
                pool.join()

    def __enter__(self) -> "ReaderPool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


def _processes(workers: int, max_documents: int, address_space_bytes: int) -> ProcessPool:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return ProcessPool(
        max_workers=workers,
        max_tasks=max_documents,
        initializer=start,
        initargs=(address_space_bytes,),
        context=context,
    )


def _finish_recognised(answer: "Future[Reading]", head: bytes, hint: str, first: Reading, task: "Future[str]") -> None:
    """Answer with the recognised document; what had text keeps its first reading where recognition fails."""
    reading = _reading(task, head, hint, OCR_TIMEOUT_S)
    failed = reading.outcome in ("timeout", "memory", "crashed", "needs_ocr")
    answer.set_result(first if failed and first.outcome != "needs_ocr" else reading)


def _reading(task: "Future[str]", head: bytes, hint: str, timeout_s: float) -> Reading:
    try:
        return from_json(json.loads(task.result()))
    except FutureTimeoutError:
        return Reading(media_type(head, hint), "timeout", detail=f"not read within {timeout_s:g} s")
    except ProcessExpired as error:
        return Reading(media_type(head, hint), "crashed", detail=f"the reader died with status {error.exitcode}")
    except (MemoryError, ValueError, KeyError, TypeError) as error:
        return Reading(media_type(head, hint), "crashed", detail=f"no usable answer: {type(error).__name__}")
