"""The crawl's helpers at work: the thread that writes rows, and the processes that look at answers."""

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawler.answer.challenges import Verdict
from crawler.answer.looker import NICENESS
from crawler.answer.lookout import Lookout
from crawler.answer.sight import Asked, Sight, look
from crawler.run.writer import Writer
from tests.site import column
from tests.site.portals import reports

ROWS = reports("/r", "星桥市水务局", range(2020, 2024))[1]
LIST = column(*ROWS).encode()
ASKED = Asked(200, "http://www.xq99.gov.cn/nb/", "http://www.xq99.gov.cn/nb/", {"content-type": "text/html"})


@pytest.fixture
def written(tmp_path: Path) -> Iterator[tuple[Writer, list[str], Database]]:
    """A writer on a table of its own, with the statements that begin and end transactions."""
    said: list[str] = []

    def connect() -> Database:
        db = Database(tmp_path / "test.db")
        db.conn.isolation_level = None
        db.execute("CREATE TABLE t (n INTEGER)")
        db.conn.set_trace_callback(lambda text: said.append(text) if text.startswith(("BEGIN", "COMMIT")) else None)
        return db

    with ThreadPoolExecutor(1) as thread:
        db = thread.submit(connect).result()
        yield Writer(thread, db, lambda bodies: [str(len(body)) for body in bodies]), said, db
        thread.submit(db.close).result()


def insert(db: Database, number: int) -> int:
    db.execute("INSERT INTO t VALUES (?)", (number,))
    return number


def held(writer: Writer) -> threading.Event:
    """Keep the writer busy until the event is set."""
    release = threading.Event()
    writer.add(lambda: release.wait(10))
    return release


def content(writer: Writer, db: Database) -> list[int]:
    return writer.add(lambda: [n for [n] in db.execute("SELECT n FROM t ORDER BY n")]).result(10)


def test_jobs_that_wait_together_are_one_transaction(written: tuple[Writer, list[str], Database]) -> None:
    writer, said, db = written
    release = held(writer)
    answers = [writer.add(lambda n=n: insert(db, n)) for n in range(50)]
    release.set()
    assert [answer.result(10) for answer in answers] == list(range(50))
    assert said.count("COMMIT") <= 3
    assert content(writer, db) == list(range(50))


def test_a_mistake_fails_alone(written: tuple[Writer, list[str], Database]) -> None:
    writer, _, db = written

    def mistaken() -> int:
        insert(db, 99)
        raise ValueError("no such outcome")

    release = held(writer)
    before, wrong, after = writer.add(lambda: insert(db, 1)), writer.add(mistaken), writer.add(lambda: insert(db, 2))
    release.set()
    assert (before.result(10), after.result(10)) == (1, 2)
    with pytest.raises(ValueError, match="no such outcome"):
        wrong.result(10)
    assert content(writer, db) == [1, 2]


def test_a_failing_disk_fails_everything_from_then_on(written: tuple[Writer, list[str], Database]) -> None:
    writer, _, db = written

    def failing() -> None:
        insert(db, 99)
        raise OSError("the disk is gone")

    release = held(writer)
    answers: list[Future[Any]] = [writer.add(lambda: insert(db, 1)), writer.add(failing)]
    release.set()
    for answer in (*answers, writer.add(lambda: insert(db, 2))):
        with pytest.raises(OSError, match="the disk is gone"):
            answer.result(10)


def test_what_can_wait_waits_but_not_for_ever(written: tuple[Writer, list[str], Database]) -> None:
    writer = written[0]
    done: list[str] = []
    release = held(writer)
    reading = writer.add(lambda: done.append("reading"), later=True)
    others = [writer.add(lambda: done.append("fetch")) for _ in range(100)]
    release.set()
    for other in others:
        other.result(10)
    reading.result(10)
    assert "reading" not in done[:60]
    assert done.count("reading") == 1


def looked(*bodies: bytes, between: signal.Signals | None = None, timeout_s: float = 20) -> list[Sight]:
    async def run() -> list[Sight]:
        lookout = Lookout(1, 4_000_000, timeout_s)
        found = []
        try:
            for body in bodies:
                found.append(await lookout.look(body, ASKED))
                if between is not None and len(found) == 1:
                    os.kill(child(), between)
        finally:
            await lookout.close()
        return found

    return asyncio.run(run())


def children() -> list[int]:
    return [int(pid) for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()]


def child() -> int:
    return max(children())


def test_a_looker_sees_what_is_there() -> None:
    other = "<html><head><title>页面不存在</title></head><body>x</body></html>".encode()
    assert looked(LIST, other) == [look(LIST, ASKED, 4_000_000), look(other, ASKED, 4_000_000)]
    assert len(look(LIST, ASKED, 4_000_000).links) == len(ROWS)
    assert look(LIST, ASKED, 10).links == ()


def order_of(looks: list[tuple[str, bool]]) -> list[str]:
    """Let looks come while the one looker is busy; give the order in which they are done."""

    async def run() -> list[str]:
        lookout, done = Lookout(1, 4_000_000), []

        async def one(name: str, can_wait: bool) -> None:
            await lookout.look(LIST, ASKED, can_wait)
            done.append(name)

        try:
            await asyncio.gather(*(one(*each) for each in looks))
        finally:
            await lookout.close()
        return done

    return asyncio.run(run())


def test_lists_are_looked_at_before_reports() -> None:
    reports_first = [*((f"report {number}", True) for number in range(6)), ("list a", False), ("list b", False)]
    assert order_of(reports_first) == ["report 0", "list a", "list b", *(f"report {n}" for n in range(1, 6))]


def test_a_look_that_is_given_up_takes_no_looker_with_it() -> None:
    async def run() -> Sight:
        lookout = Lookout(1, 4_000_000)
        try:
            waiting = [asyncio.ensure_future(lookout.look(LIST, ASKED, can_wait)) for can_wait in (False, True, False)]
            await asyncio.sleep(0)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            return await asyncio.wait_for(lookout.look(LIST, ASKED), 10)
        finally:
            await lookout.close()

    assert asyncio.run(run()) == look(LIST, ASKED, 4_000_000)


def test_lookers_are_ready_before_they_are_needed_and_stand_back() -> None:
    async def run() -> list[int]:
        lookout = Lookout(2, 4_000_000)
        try:
            await lookout.open()
            return [os.getpriority(os.PRIO_PROCESS, pid) - os.nice(0) for pid in children()]
        finally:
            await lookout.close()

    assert asyncio.run(run()).count(NICENESS) == 2


def test_a_looker_that_was_killed_is_replaced() -> None:
    assert looked(LIST, LIST, between=signal.SIGKILL) == [look(LIST, ASKED, 4_000_000)] * 2


def test_a_looker_that_hangs_is_replaced_and_its_answer_recorded() -> None:
    found = looked(LIST, LIST, LIST, between=signal.SIGSTOP, timeout_s=3)
    assert found[1].verdict == Verdict("wrong_type", "markup that takes too long to read")
    assert found[0] == found[2]
