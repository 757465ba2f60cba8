"""Content-addressed files: every fetched document lies under its own SHA-256, ``ab/<64 hex>``."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from re import fullmatch
from typing import BinaryIO

from store.errors import ArchiveDamagedError, ArchiveMissingError, DiskFullError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Archive:
    """The kept documents of one data folder; nothing is ever changed or deleted in it."""

    root: Path

    def path(self, digest: str) -> Path:
        """Return where a document lies; raises ``ValueError`` for anything but 64 lower-case hex digits."""
        if not fullmatch(r"[0-9a-f]{64}", digest):
            raise ValueError(f"not a SHA-256: {digest!r}")
        return self.root / digest[:2] / digest

    def has(self, digest: str) -> bool:
        """Tell whether a document is there, without reading it."""
        return self.path(digest).is_file()

    def get(self, digest: str) -> bytes:
        """Return a document's bytes; raises ``ArchiveMissingError``, or ``ArchiveDamagedError`` for other bytes."""
        path = self.path(digest)
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise ArchiveMissingError(path) from error
        if sha256(data).hexdigest() != digest:
            raise ArchiveDamagedError(path)
        return data

    def put(self, data: bytes) -> str:
        """Keep bytes and return their SHA-256; on return they are on disk. A damaged copy is replaced.

        Raises ``DiskFullError``; then nothing is left behind. Many at a time cost less in `store.journal`.
        """
        digest = sha256(data).hexdigest()
        if not self.holds(digest, data):
            with room(self.path(digest)):
                self.place(digest, data, durable=True)
        return digest

    def holds(self, digest: str, data: bytes) -> bool:
        """Tell whether a document's bytes lie in their place, as they are."""
        try:
            return (self.root / digest[:2] / digest).read_bytes() == data
        except FileNotFoundError:
            return False

    def place(self, digest: str, data: bytes, durable: bool = False) -> None:
        """Put a document in its place, whole or not at all; if not ``durable``, a power cut may take it away again.

        Temporary files of the standard library cost more than the writing.
        """
        path = self.root / digest[:2] / digest
        part = path.with_name(f"{digest}.{os.urandom(6).hex()}.part")
        try:
            with _created(part) as file:
                file.write(data)
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        if durable:
            sync_folder(path.parent)

    def make_folders(self) -> None:
        """Make all folders that documents can lie in: one wait for the disk, and not one for each."""
        self.root.mkdir(parents=True, exist_ok=True)
        missing = {f"{number:02x}" for number in range(256)}.difference(path.name for path in self.root.iterdir())
        for name in sorted(missing):
            (self.root / name).mkdir()
        if missing:
            sync_folder(self.root)
            sync_folder(self.root.parent)

    def sweep(self) -> int:
        """Remove the temporary files of an interrupted run and return how many there were.

        Call it only while holding ``night_lock``: a ``.part`` file may belong to a running process.
        """
        stale = [*self.root.glob("??/*.part")]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)


def _created(part: Path) -> BinaryIO:
    """Create a file that only we can read, and its folder where that is not there yet."""
    try:
        return _opened(part)
    except FileNotFoundError:
        part.parent.mkdir(parents=True, exist_ok=True)
        sync_folder(part.parent.parent)
        return _opened(part)


def _opened(part: Path) -> BinaryIO:
    return os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to disk: without it a renamed file can vanish with the power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def room(path: Path) -> Iterator[None]:
    """Name what could not be written when the disk is full: raises ``DiskFullError``."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFullError(path) from error
        raise
