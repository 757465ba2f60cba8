"""A looker: the process that takes answers apart. It knows nothing of the crawl, so that it starts in a tenth of a second.

On its standard input come frames of (length of the head, length of the body, head as JSON, body), on its standard output
go frames of (length, a sight as JSON).
"""

import json
import os
import resource
import signal
import struct
import sys
from typing import Any, BinaryIO

from crawler.answer.challenges import Verdict
from crawler.answer.sight import Asked, Sight, look
from crawler.items import Link

LOOKER_ADDRESS_SPACE_BYTES = 1024 * 1024 * 1024
"""A tree has some twenty times the bytes of its markup, and the largest page has 4 MB."""

NICENESS = 5
"""Where processors are few the reactor comes first, then the lookers, then the readers."""

REQUEST = struct.Struct(">II")
ANSWER = struct.Struct(">I")


def head_of(asked: Asked, max_page_bytes: int) -> bytes:
    """Write what a looker must know of an answer beside its body."""
    return _json([asked, max_page_bytes])


def sight_of(written: bytes) -> Sight:
    """Read what a looker has written; raises ``ValueError``, ``KeyError`` or ``TypeError`` for anything else."""
    row: dict[str, Any] = json.loads(written)
    verdict = Verdict(**row.pop("verdict"))
    links = tuple(_link(**link) for link in row.pop("links"))
    return Sight(verdict=verdict, links=links, shown=tuple(row.pop("shown")), **row)


def _link(form: list[list[str]], **fields: Any) -> Link:
    return Link(**fields, form=tuple((name, value) for name, value in form))


def _json(value: object) -> bytes:
    """Write records as JSON: by their slots, for ``asdict`` copies everything it meets."""
    return json.dumps(value, default=_slots).encode()


def _slots(record: Any) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}


def _looked(head: bytes, body: bytes) -> bytes:
    asked, max_page_bytes = json.loads(head)
    sight = _json(look(body, Asked(**asked), max_page_bytes))
    return ANSWER.pack(len(sight)) + sight


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while len(sizes := source.read(REQUEST.size)) == REQUEST.size:
        head, body = REQUEST.unpack(sizes)
        target.write(_looked(source.read(head), source.read(body)))
        target.flush()


def main() -> None:
    """Be a looker: limited in memory, behind the reactor, deaf to Ctrl-C, which the crawl handles."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (LOOKER_ADDRESS_SPACE_BYTES,) * 2)
    os.nice(NICENESS)
    serve(sys.stdin.buffer, sys.stdout.buffer)
