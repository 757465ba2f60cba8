"""The thread that writes to the store: jobs that wait together are one transaction, and bytes are kept before it.

One thread, not the reactor's own: a commit takes milliseconds, a locked database up to ten seconds, and every host
would wait for it. One thread, not several: SQLite has one writer. One transaction for all that waits, because a commit
costs the same for one row as for a hundred; a caller is answered only when its job is on disk.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Condition
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlite_utils import Database

from store.database import write
from store.errors import StoreError

T = TypeVar("T")

FATAL = (StoreError, sqlite3.Error, OSError)
"""What a failing store raises: nothing more can be kept."""

MAX_JOBS = 64
"""Jobs of one transaction: enough to share a commit, few enough that the first need not wait long for the last."""

REST = 9
"""While answers come in without a pause, a job that can wait (a reading) is followed by a rest of so many times as
long as it took: such jobs are the longest, and the reactor needs the interpreter they would hold."""

PAUSE_S = 0.05
"""Without any other job for so long there is a pause, and jobs that can wait are done one after another."""

GATHER_S = 0.03
"""While several jobs come at a time, the next ones are waited for so long: a commit is most of what a job costs, and the
next answers do not wait for it."""


Keep = Callable[[Sequence[bytes]], Sequence[str]]
"""Keeps documents and gives their SHA-256 in the same order (`store.journal.Journal.keep`)."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be done, with the SHA-256 of the bytes that are to be kept before it, if there are any."""

    run: Callable[[str], Any]
    later: bool = False
    body: bytes | None = None
    answer: "Future[Any]" = field(default_factory=Future)


class Writer:
    """Runs jobs on one database in a thread of its own, in the order in which they come."""

    def __init__(self, thread: ThreadPoolExecutor, db: Database, keep: Keep) -> None:
        self._thread, self._db, self._keep = thread, db, keep
        self._wake = Condition()
        self._now: deque[_Job] = deque()
        self._later: deque[_Job] = deque()
        self._busy = False
        self._last_now = self._rested_at = 0.0
        self._failure: Exception | None = None

    def add(self, job: Callable[[], T], later: bool = False) -> "Future[T]":
        """Have a job done; the answer comes when it is committed. ``later``: it can wait for those that cannot."""
        return self._added(_Job(lambda _: job(), later))

    def keep(self, body: bytes, job: Callable[[str], T]) -> "Future[T]":
        """Have bytes kept and a job done with their SHA-256; the answer comes when both are safe, the bytes first."""
        return self._added(_Job(job, body=body))

    def _added(self, job: _Job) -> "Future[Any]":
        with self._wake:
            (self._later if job.later else self._now).append(job)
            self._last_now = self._last_now if job.later else monotonic()
            idle, self._busy = not self._busy, True
            self._wake.notify()
        if idle:
            self._thread.submit(self._drain)
        return job.answer

    async def do(self, job: Callable[[], T], later: bool = False) -> T:
        """Have a job done and wait for it without holding up the reactor."""
        return await asyncio.wrap_future(self.add(job, later))

    def _drain(self) -> None:
        """Work through what waits, one transaction after another."""
        while jobs := self._take():
            begun = monotonic()
            self._together(jobs)
            if jobs[-1].later:
                self._rested_at = monotonic() + REST * (monotonic() - begun)
            if 1 < len(jobs) < MAX_JOBS:
                sleep(GATHER_S)

    def _take(self) -> list[_Job]:
        """Take the jobs of one transaction: all that cannot wait, then one that can; none once nothing is left."""
        with self._wake:
            while not self._now and self._later and (rest := self._rest_s()) > 0:
                self._wake.wait(rest)
            jobs = [self._now.popleft() for _ in range(min(MAX_JOBS, len(self._now)))]
            if self._later and self._rest_s() <= 0:
                jobs.append(self._later.popleft())
            self._busy = bool(jobs)
            return jobs

    def _rest_s(self) -> float:
        """Give the seconds until a job that can wait may be done: none in a pause, and none after a rest."""
        now = monotonic()
        return min(self._last_now + PAUSE_S, self._rested_at) - now

    def _together(self, jobs: list[_Job]) -> None:
        """Run jobs in one transaction; a mistake in one of them must not fail the others, a failing store fails all.

        It fails all later ones, too: a locked database is not waited for once a job.
        """
        try:
            if self._failure is not None:
                raise self._failure
            digests = iter(self._keep([job.body for job in jobs if job.body is not None]))
            with write(self._db):
                results = [job.run("" if job.body is None else next(digests)) for job in jobs]
        except FATAL as error:
            self._failure = error
            for job in jobs:
                job.answer.set_exception(error)
        except Exception as error:  # told to whoever asked for the job
            self._one_by_one(jobs, error)
        else:
            for job, result in zip(jobs, results, strict=True):
                job.answer.set_result(result)

    def _one_by_one(self, jobs: list[_Job], error: Exception) -> None:
        if len(jobs) == 1:
            jobs[0].answer.set_exception(error)
            return
        for job in jobs:
            self._together([job])
