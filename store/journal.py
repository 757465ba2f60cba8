"""The archive's journal: documents that come together wait for the disk together.

Forcing each file to disk costs two waits for the disk, and more processor time than all else that is done to keep a
page. So the bytes of several documents are appended to one file, which is forced to disk once; then they are written to
their places, which the system brings to disk in its own time. Once these files are forced there, some thousands after
one another in threads of their own, the journal is deleted.

A run that ended before, killed or with the power, leaves its journals behind: the next one writes again what is
missing or cut short in the archive. A journal is a sequence of records: SHA-256, a space, the number of bytes, a line
feed, the bytes. What was being appended when the power went is no whole record; no row of the database mentions it.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from store.archive import Archive, room, sync_folder
from store.errors import ArchiveUnsettledError

TURN_BYTES = 64 * 1024 * 1024
"""Bytes of a journal after which the next one begins: what may lie twice on the disk, and be read after a power cut."""

SETTLERS = 8
"""Threads that force files to disk; a file system that is asked for several at once writes its own journal once."""

_NAME = "journal-{:06d}"
_HEAD = re.compile(rb"([0-9a-f]{64}) (\d{1,12})\n")
_LONGEST_HEAD = 64 + 1 + 12 + 1


class Journal:
    """Keeps documents many at a time, to be had from `open_journal`; for one thread, the one that writes rows."""

    def __init__(self, archive: Archive, turn_bytes: int = TURN_BYTES) -> None:
        self._archive, self._turn_bytes = archive, turn_bytes
        self._threads = ThreadPoolExecutor(SETTLERS, "settler")
        self._settling: list[Future[None]] = []
        self._digests: list[str] = []
        self._number = self._size = 0
        self._file: int | None = None

    def keep(self, bodies: Sequence[bytes]) -> list[str]:
        """Keep documents and give their SHA-256 in their order; on return no power cut can take them away.

        Raises ``DiskFullError`` or ``OSError``; then nothing is left behind in the journal.
        """
        digests = [sha256(body).hexdigest() for body in bodies]
        new = {
            digest: body for digest, body in zip(digests, bodies, strict=True) if not self._archive.holds(digest, body)
        }
        if new:
            with room(self._archive.root):
                self._append(new)
                for digest, body in new.items():
                    self._archive.place(digest, body)
                    # One by one: what lies there when the disk is full is not written again once there is room.
                    self._digests.append(digest)
            if self._size >= self._turn_bytes:
                self._turn()
        return digests

    def recover(self) -> int:
        """Write what stands in the journals of earlier runs to the archive again where it is not there, and force all
        of it to disk; give the number of documents that were missing or damaged."""
        written = 0
        for path in sorted(self._archive.root.glob("journal-*")):
            self._number = int(path.name.partition("-")[2])
            with room(path):
                written += sum(self._recovered(digest, body) for digest, body in _read(path))
            self._settle(path)
        self._finish()
        return written

    def _recovered(self, digest: str, body: bytes) -> bool:
        self._digests.append(digest)
        lost = not self._archive.holds(digest, body)
        if lost:
            self._archive.place(digest, body)
        return lost

    def close(self) -> None:
        """Force all that was kept to disk and delete the journals; raises ``ArchiveUnsettledError``."""
        try:
            self._turn()
            self._finish()
        finally:
            self._threads.shutdown()

    @property
    def _path(self) -> Path:
        return self._archive.root / _NAME.format(self._number)

    def _append(self, documents: Mapping[str, bytes]) -> None:
        """Append to the journal, or begin one, and wait for the disk; what cannot be appended whole is taken off."""
        file = self._begin() if self._file is None else self._file
        try:
            size = self._size + sum(_write(file, record) for record in _records(documents))
            os.fsync(file)
        except OSError:
            with suppress(OSError):
                os.ftruncate(file, self._size)
            raise
        self._size = size

    def _begin(self) -> int:
        self._number += 1
        self._size = 0
        self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        sync_folder(self._archive.root)
        return self._file

    def _turn(self) -> None:
        """Let the present journal be; the next documents begin another."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
            self._settle(self._path)

    def _settle(self, path: Path) -> None:
        """Have the documents of a journal forced to disk, and then the journal deleted."""
        folders: defaultdict[str, list[str]] = defaultdict(list)
        for digest in dict.fromkeys(self._digests):
            folders[digest[:2]].append(digest)
        self._digests.clear()
        synced = [self._threads.submit(_sync, self._archive.root / name, those) for name, those in folders.items()]
        self._settling.append(self._threads.submit(_drop, path, synced))

    def _finish(self) -> None:
        """Wait until all journals are settled."""
        try:
            for settling in self._settling:
                settling.result()
        except OSError as error:
            raise ArchiveUnsettledError(self._archive.root, str(error)) from error


@contextmanager
def open_journal(archive: Archive) -> Iterator[Journal]:
    """Have documents kept many at a time; while holding ``night_lock``. Raises ``ArchiveUnsettledError``.

    First what a power cut took from earlier runs is written again.
    """
    archive.make_folders()
    journal = Journal(archive)
    try:
        journal.recover()
        yield journal
    finally:
        journal.close()


def _records(documents: Mapping[str, bytes]) -> Iterator[bytes]:
    for digest, body in documents.items():
        yield f"{digest} {len(body)}\n".encode("ascii")
        yield body


def _read(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the whole records of a journal, up to the first that is none; one whose bytes have changed is left out."""
    with path.open("rb") as file:
        while head := _HEAD.fullmatch(file.readline(_LONGEST_HEAD)):
            digest, body = head[1].decode("ascii"), file.read(int(head[2]))
            if sha256(body).hexdigest() == digest:
                yield digest, body


def _write(descriptor: int, data: bytes) -> int:
    """Write all of the data and give its length."""
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
    return len(data)


def _sync(folder: Path, names: Iterable[str]) -> None:
    """Force files of a folder to disk, and that they lie there."""
    for name in names:
        descriptor = os.open(folder / name, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    sync_folder(folder)


def _drop(path: Path, synced: Iterable["Future[None]"]) -> None:
    """Delete a journal once all of its documents are on disk."""
    for folder in synced:
        folder.result()
    path.unlink()
