"""Answers are looked at in processes of their own: parsing never holds up the reactor, and hostile markup hurts no one.

A looker runs `main` of this module: on its standard input frames of (length of the head, length of the body,
head as JSON, body), on its standard output frames of (length, a sight as JSON). It is replaced when it takes too long
or dies; the answer it was given is then recorded as one that could not be taken apart.

When answers come faster than they can be looked at, those that may lead on (lists) are looked at first: a host whose
list waits behind the reports of others is asked for nothing meanwhile. Lookers stand back for the reactor.
"""

import asyncio
import json
import os
import resource
import signal
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from crawler.answer.challenges import Verdict
from crawler.answer.sight import Asked, Sight, look
from crawler.items import Link

LOOK_TIMEOUT_S = 20.0
"""A page of 4 MB takes some seconds; what takes longer was made to."""

LOOKER_ADDRESS_SPACE_BYTES = 1024 * 1024 * 1024
"""A tree has some twenty times the bytes of its markup, and the largest page has 4 MB."""

NICENESS = 5
"""Where processors are few the reactor comes first, then the lookers, then the readers."""

PIECE_BYTES = 256 * 1024
"""Bytes handed over at once: a scan of 60 MB in one piece holds up the reactor for a tenth of a second."""

_REQUEST = struct.Struct(">II")
_ANSWER = struct.Struct(">I")
_ROOT = str(Path(__file__).parents[2])
_FAILED = (ConnectionError, EOFError, ValueError, KeyError, TypeError)
_BROKEN = Sight(Verdict("wrong_type", "markup that breaks the reader of pages"), "")
_ENDLESS = Sight(Verdict("wrong_type", "markup that takes too long to read"), "")


class Lookout:
    """Some lookers; each looks at one answer at a time."""

    def __init__(self, lookers: int, max_page_bytes: int, timeout_s: float = LOOK_TIMEOUT_S) -> None:
        self._max_page_bytes, self._timeout_s = max_page_bytes, timeout_s
        self._lookers = tuple(Looker() for _ in range(lookers))
        self._turns = Turns(self._lookers)

    async def open(self) -> None:
        """Start the lookers, so that the first answers need not wait for it; raises ``OSError``."""
        await asyncio.gather(*(looker.start() for looker in self._lookers))

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
        head = json.dumps([asdict(asked), max_page_bytes]).encode()
        process.stdin.write(_REQUEST.pack(len(head), len(body)) + head + body[:PIECE_BYTES])
        for begin in range(PIECE_BYTES, len(body), PIECE_BYTES):
            await process.stdin.drain()
            process.stdin.write(body[begin : begin + PIECE_BYTES])
        [size] = _ANSWER.unpack(await process.stdout.readexactly(_ANSWER.size))
        return _sight(json.loads(await process.stdout.readexactly(size)))

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
            command = (sys.executable, "-c", "from crawler.answer.lookout import main; main()")
            self._process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, cwd=_ROOT)
        return self._process


def _sight(row: dict[str, Any]) -> Sight:
    verdict = Verdict(**row.pop("verdict"))
    links = tuple(_link(**link) for link in row.pop("links"))
    return Sight(verdict=verdict, links=links, shown=tuple(row.pop("shown")), **row)


def _link(form: list[list[str]], **fields: Any) -> Link:
    return Link(**fields, form=tuple((name, value) for name, value in form))


def _looked(frame: bytes, body: bytes) -> bytes:
    asked, max_page_bytes = json.loads(frame)
    sight = json.dumps(asdict(look(body, Asked(**asked), max_page_bytes))).encode()
    return _ANSWER.pack(len(sight)) + sight


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while len(sizes := source.read(_REQUEST.size)) == _REQUEST.size:
        head, body = _REQUEST.unpack(sizes)
        target.write(_looked(source.read(head), source.read(body)))
        target.flush()


def main() -> None:
    """Be a looker: limited in memory, behind the reactor, deaf to Ctrl-C, which the crawl handles."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (LOOKER_ADDRESS_SPACE_BYTES,) * 2)
    os.nice(NICENESS)
    serve(sys.stdin.buffer, sys.stdout.buffer)
