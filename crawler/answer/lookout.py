"""Answers are looked at in processes of their own: parsing never holds up the reactor, and hostile markup hurts no one.

A looker (`crawler.answer.looker`) is replaced when it takes too long or dies; the answer it was given is then recorded as
one that could not be taken apart.

When answers come faster than they can be looked at, those that may lead on (lists) are looked at first: a host whose
list waits behind the reports of others is asked for nothing meanwhile. Lookers stand back for the reactor.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from crawler.answer.challenges import Verdict
from crawler.answer.looker import ANSWER, REQUEST, head_of, sight_of
from crawler.answer.sight import Asked, Sight

LOOK_TIMEOUT_S = 20.0
"""A page of 4 MB takes some seconds; what takes longer was made to."""

PIECE_BYTES = 256 * 1024
"""Bytes handed over at once: a scan of 60 MB in one piece holds up the reactor for a tenth of a second."""

_ROOT = str(Path(__file__).parents[2])
_ALLOCATION = {"MALLOC_TRIM_THRESHOLD_": str(64 * 1024 * 1024), "MALLOC_MMAP_THRESHOLD_": str(16 * 1024 * 1024)}
"""A looker keeps the memory of one page's tree for the next one's: to give it back each time costs a twentieth of its
time. Other C libraries than glibc take no notice."""

_FAILED = (ConnectionError, EOFError, ValueError, KeyError, TypeError)
_FIRST = "<!DOCTYPE html><title>政府信息公开年报</title><a href='/1.html'>2021年年报</a>".encode()
_FIRST_ASKED = Asked(200, "http://localhost/", "http://localhost/", {})
_BROKEN = Sight(Verdict("wrong_type", "markup that breaks the reader of pages"), "")
_ENDLESS = Sight(Verdict("wrong_type", "markup that takes too long to read"), "")


class Lookout:
    """Some lookers; each looks at one answer at a time."""

    def __init__(self, lookers: int, max_page_bytes: int, timeout_s: float = LOOK_TIMEOUT_S) -> None:
        self._max_page_bytes, self._timeout_s = max_page_bytes, timeout_s
        self._lookers = tuple(Looker() for _ in range(lookers))
        self._turns = Turns(self._lookers)

    async def open(self) -> None:
        """Start the lookers and have each look at a page, so that the first answers wait for nothing; raises ``OSError``."""
        await asyncio.gather(*(self._look(looker, _FIRST, _FIRST_ASKED) for looker in self._lookers))

    async def look(self, body: bytes, asked: Asked, can_wait: bool = False) -> Sight:
        """Give what an answer is; one that kills two lookers, or takes too long, is of a wrong type.

        ``can_wait``: nothing else is held up by this answer, so those that hold up something are looked at before it.
        """
        looker = await self._turns.take(can_wait)
        try:
            return await self._look(looker, body, asked) or await self._look(looker, body, asked) or _BROKEN
        except TimeoutError:
            await looker.end()
            return _ENDLESS
        finally:
            self._turns.give(looker)

    async def _look(self, looker: "Looker", body: bytes, asked: Asked) -> Sight | None:
        """Have one looker look once; give ``None`` when it died over it, or before."""
        try:
            async with asyncio.timeout(self._timeout_s):
                return await looker.look(body, asked, self._max_page_bytes)
        except _FAILED:
            await looker.end()
            return None

    async def close(self) -> None:
        """End the lookers."""
        for looker in self._lookers:
            await looker.end()


class Turns:
    """The lookers that are free, and who waits for one: first all who cannot wait, in the order in which they came."""

    def __init__(self, lookers: Iterable["Looker"]) -> None:
        self._free = deque(lookers)
        self._waiting: tuple[deque[asyncio.Future[Looker]], ...] = (deque(), deque())

    async def take(self, can_wait: bool) -> "Looker":
        """Wait for a looker; whoever takes one must give it back."""
        if self._free:
            return self._free.popleft()
        turn: asyncio.Future[Looker] = asyncio.get_running_loop().create_future()
        self._waiting[can_wait].append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give(turn.result())
            raise

    def give(self, looker: "Looker") -> None:
        """Hand a looker on to whoever is next."""
        for queue in self._waiting:
            while queue:
                turn = queue.popleft()
                if not turn.done():
                    turn.set_result(looker)
                    return
        self._free.append(looker)


class Looker:
    """One process that looks, started when there is something to look at."""

    def __init__(self) -> None:
        self._process: Process | None = None

    async def look(self, body: bytes, asked: Asked, max_page_bytes: int) -> Sight:
        """Have one answer looked at; raises ``OSError``, ``EOFError`` or ``ValueError`` where the process fails."""
        process = await self.start()
        assert process.stdin is not None
        assert process.stdout is not None
        head = head_of(asked, max_page_bytes)
        process.stdin.write(REQUEST.pack(len(head), len(body)) + head + body[:PIECE_BYTES])
        for begin in range(PIECE_BYTES, len(body), PIECE_BYTES):
            await process.stdin.drain()
            process.stdin.write(body[begin : begin + PIECE_BYTES])
        [size] = ANSWER.unpack(await process.stdout.readexactly(ANSWER.size))
        return sight_of(await process.stdout.readexactly(size))

    async def end(self) -> None:
        """End the process; the next look starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()

    async def start(self) -> Process:
        """Give the process, started if need be; raises ``OSError``."""
        if self._process is None:
            command = (sys.executable, "-c", "from crawler.answer.looker import main; main()")
            environment = {**_ALLOCATION, **os.environ}
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, cwd=_ROOT, env=environment
            )
        return self._process
