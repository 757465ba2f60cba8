"""The parent's side of the reader pool: long-lived worker processes with limits on time and memory.

A worker that hangs is killed and replaced, one that dies is replaced, and each is recycled after a number of
documents; only the guilty document gets the outcome ``timeout``, ``memory`` or ``crashed``. The pool is pebble's
(a hung or dead worker breaks the standard library's executor with all its waiting documents).
"""

import json
import multiprocessing
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from functools import partial
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from extract.limits import (
    MAX_DOCUMENT_BYTES,
    WORKER_ADDRESS_SPACE_BYTES,
    WORKER_MAX_DOCUMENTS,
    WORKER_TIMEOUT_S,
)
from extract.model import Reading
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
    ) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        self._timeout_s = timeout_s
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=max_documents,
            initializer=start,
            initargs=(address_space_bytes,),
            context=context,
        )

    def read(self, data: bytes, hint: str = "") -> "Future[Reading]":
        """Queue one document. The future gives a reading and never an exception for what the document holds."""
        answer: Future[Reading] = Future()
        if len(data) > MAX_DOCUMENT_BYTES:
            detail = f"{len(data)} bytes, more than {MAX_DOCUMENT_BYTES}"
            answer.set_result(Reading(media_type(data[:4096], hint), "too_big", detail=detail))
            return answer
        task = self._pool.schedule(read_to_json, args=(data, hint), timeout=self._timeout_s)
        task.add_done_callback(partial(self._finish, answer, data[:4096], hint))
        return answer

    def _finish(self, answer: "Future[Reading]", head: bytes, hint: str, task: "Future[str]") -> None:
        try:
            reading = from_json(json.loads(task.result()))
        except FutureTimeoutError:
            reading = Reading(media_type(head, hint), "timeout", detail=f"not read within {self._timeout_s:g} s")
        except ProcessExpired as error:
            reading = Reading(media_type(head, hint), "crashed", detail=f"the reader died with status {error.exitcode}")
        except (MemoryError, ValueError, KeyError, TypeError) as error:
            reading = Reading(media_type(head, hint), "crashed", detail=f"no usable answer: {type(error).__name__}")
        answer.set_result(reading)

    def close(self) -> None:
        """Stop the workers; documents still waiting are dropped (they stay due)."""
        self._pool.stop()
        self._pool.join()

    def __enter__(self) -> "ReaderPool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()
