"""The reader pool: long-lived processes that are shut in and limited, each asked by one thread of ours.

A reader that hangs is killed with all it started and replaced, one that dies is replaced, and each is recycled after a
number of documents; only the guilty document gets the outcome ``timeout``, ``memory`` or ``crashed``. A document over
which a used reader failed is tried once more in a fresh one, so that what an earlier document left cannot blame it.

Documents whose pages are pictures are read a second time by processes of their own: recognition takes seconds a page
and more memory than any other reader may have.
"""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Lock
from types import TracebackType

from extract.limits import (
    MAX_DOCUMENT_BYTES,
    OCR_ADDRESS_SPACE_BYTES,
    OCR_CPU_S,
    OCR_TIMEOUT_S,
    WORKER_ADDRESS_SPACE_BYTES,
    WORKER_CPU_S,
    WORKER_MAX_DOCUMENTS,
    WORKER_TIMEOUT_S,
)
from extract.model import Reading
from extract.ocr import recognition
from extract.readers.child import Budget, Child, ReaderFailedError
from extract.readers.isolation import Isolation
from extract.reading import read as read_document
from extract.sniff import media_type
from extract.wire import WireError, parse

Reader = Callable[[bytes, str], Reading]

_OCR_BUDGET = Budget(OCR_TIMEOUT_S, OCR_CPU_S, OCR_ADDRESS_SPACE_BYTES, WORKER_MAX_DOCUMENTS)


class ReaderPool:
    """Processes that read documents. Use as a context manager, or call ``close``.

    ``reader`` is a function at the top of a module; the processes import it by name.
    """

    def __init__(
        self,
        workers: int = 2,
        timeout_s: float = WORKER_TIMEOUT_S,
        max_documents: int = WORKER_MAX_DOCUMENTS,
        address_space_bytes: int = WORKER_ADDRESS_SPACE_BYTES,
        ocr_workers: int = 1,
        cpu_s: int = WORKER_CPU_S,
        reader: Reader = read_document,
        niceness: int = 0,
    ) -> None:
        self._crew = _Crew(workers, Budget(timeout_s, cpu_s, address_space_bytes, max_documents, niceness), reader)
        recognises = ocr_workers and recognition.is_installed()
        self._recognisers = _Crew(ocr_workers, replace(_OCR_BUDGET, niceness=niceness), reader) if recognises else None

    def read(self, data: bytes, hint: str = "") -> "Future[Reading]":
        """Queue one document. The future gives a reading, and never an exception for what the document holds.

        It raises ``ReaderStartError`` where no process can be started, and ``CancelledError`` once the pool is closed.
        """
        answer: Future[Reading] = Future()
        answer.set_running_or_notify_cancel()
        if len(data) > MAX_DOCUMENT_BYTES:
            detail = f"{len(data)} bytes, more than {MAX_DOCUMENT_BYTES}"
            answer.set_result(Reading(media_type(data[:4096], hint), "too_big", detail=detail))
            return answer
        task = self._crew.read(data, hint)
        task.add_done_callback(partial(self._finish, answer, data, hint))
        return answer

    def put_back(self, niceness: int) -> None:
        """Set how far all processes stand back for others from now on, also those that are reading."""
        for crew in (self._crew, self._recognisers):
            if crew is not None:
                crew.put_back(niceness)

    def isolation(self) -> Isolation:
        """Tell how the processes are shut in, by what the first one says; starts it if need be."""
        return self._crew.isolation()

    def _finish(self, answer: "Future[Reading]", data: bytes, hint: str, task: "Future[Reading]") -> None:
        first = _settle(answer, task)
        if first is None:
            return
        if self._recognisers is None or not recognition.would_help(first):
            answer.set_result(first)
            return
        again = self._recognisers.read(data, hint)
        again.add_done_callback(partial(_finish_recognised, answer, first))

    def close(self) -> None:
        """End the processes. Documents still waiting are dropped: their futures raise ``CancelledError``."""
        self._crew.close()
        if self._recognisers is not None:
            self._recognisers.close()

    def __enter__(self) -> "ReaderPool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


class _Crew:
    """Processes with one budget, started as they are needed, and as many threads that wait for their answers."""

    def __init__(self, workers: int, budget: Budget, reader: Reader) -> None:
        self._budget = budget
        self._reader = reader
        self._threads = ThreadPoolExecutor(workers, "reader")
        self._lock = Lock()
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._is_closed = False

    def read(self, data: bytes, hint: str) -> "Future[Reading]":
        try:
            return self._threads.submit(self._read, data, hint)
        except RuntimeError:  # closed in the meantime
            refused: Future[Reading] = Future()
            refused.set_exception(CancelledError())
            return refused

    def put_back(self, niceness: int) -> None:
        self._budget = replace(self._budget, niceness=niceness)
        with self._lock:
            for child in self._all:
                child.put_back(niceness)

    def isolation(self) -> Isolation:
        return self._threads.submit(self._first).result()

    def _first(self) -> Isolation:
        child = self._take()
        self._give_back(child)
        return child.isolation

    def _read(self, data: bytes, hint: str) -> Reading:
        child = self._take()
        is_used = child.documents > 0
        reading = self._ask(child, data, hint)
        if is_used and reading.outcome in ("memory", "crashed"):
            reading = self._ask(self._start(), data, hint)
        return reading

    def _ask(self, child: Child, data: bytes, hint: str) -> Reading:
        """Have one process read, and keep it unless it failed or has read enough."""
        try:
            reading = parse(child.read(data, hint))
        except ReaderFailedError as error:
            reading = Reading(media_type(data[:4096], hint), error.outcome, detail=str(error))
        except WireError as error:
            reading = Reading(media_type(data[:4096], hint), "crashed", detail=f"no usable answer: {error}")
        if child.is_spent or reading.outcome in ("timeout", "memory", "crashed"):
            self._end(child)
        else:
            self._give_back(child)
        if self._is_closed:
            raise CancelledError  # the process was ended under the document, which stays due
        return reading

    def _take(self) -> Child:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._start()

    def _start(self) -> Child:
        if self._is_closed:
            raise CancelledError
        child = Child(self._budget, self._reader)
        with self._lock:
            self._all.add(child)
        if self._is_closed:
            self._end(child)
            raise CancelledError
        return child

    def _give_back(self, child: Child) -> None:
        with self._lock:
            self._idle.append(child)

    def _end(self, child: Child) -> None:
        with self._lock:
            self._all.discard(child)
        child.end()
        child.close_pipes()

    def close(self) -> None:
        """End every process, also one that a thread is just asking or starting."""
        self._is_closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            running = tuple(self._all)
        for child in running:
            child.end()
        self._threads.shutdown()
        for child in tuple(self._all):
            self._end(child)


def _settle(answer: "Future[Reading]", task: "Future[Reading]") -> Reading | None:
    """Return what a task found; pass on what kept it from finding anything."""
    if task.cancelled():
        answer.set_exception(CancelledError())
        return None
    error = task.exception()
    if error is not None:
        answer.set_exception(error)
        return None
    return task.result()


def _finish_recognised(answer: "Future[Reading]", first: Reading, task: "Future[Reading]") -> None:
    """Answer with the recognised document; what had text keeps its first reading where recognition fails."""
    reading = _settle(answer, task)
    if reading is not None:
        failed = reading.outcome in ("timeout", "memory", "crashed", "needs_ocr")
        answer.set_result(first if failed and first.outcome != "needs_ocr" else reading)
