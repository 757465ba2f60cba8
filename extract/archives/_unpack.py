"""The optional unpackers behind the archive plug-ins; each says what to install when it is missing."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from extract.archives import Member, bounded
from extract.errors import CorruptError, EncryptedError, UnsupportedError

_HINT = "install libarchive (Debian: libarchive13) and the extra 'archives'"
_RAR_HINT = "install the program unar and the extra 'archives'"
_PIECE_BYTES = 1 << 20


def by_libarchive(data: bytes) -> Iterator[Member]:
    """Yield the files of an archive. Raises ``UnsupportedError`` without libarchive, else the errors of ``bounded``."""
    try:
        import libarchive
    except (ImportError, OSError, TypeError, AttributeError) as error:
        raise UnsupportedError(f"archives of this kind cannot be read here: {_HINT}") from error
    try:
        with libarchive.memory_reader(data, header_codec="gbk") as entries:
            yield from bounded((str(entry.pathname), entry.get_blocks()) for entry in entries if entry.isfile)
    except (libarchive.ArchiveError, UnicodeDecodeError) as error:
        # The library says where in memory it stood, too: that is another place each time.
        raise _reason(str(getattr(error, "msg", error))) from error


def _reason(message: str) -> EncryptedError | CorruptError:
    if "passphrase" in message.lower() or "encrypt" in message.lower():
        return EncryptedError(message)
    return CorruptError(f"a damaged archive: {message}")


def by_unar(data: bytes) -> Iterator[Member]:
    """Yield the files of a RAR through the program ``unar``. Raises ``UnsupportedError`` where it is missing."""
    try:
        import rarfile
    except ImportError as error:
        raise UnsupportedError(f"RAR cannot be read here: {_RAR_HINT}") from error
    if shutil.which("unar") is None:
        raise UnsupportedError(f"this RAR cannot be read here: {_RAR_HINT}")
    try:
        with rarfile.RarFile(BytesIO(data)) as archive:
            if archive.needs_password():
                raise EncryptedError("a password is needed for this RAR")
            files = [entry for entry in archive.infolist() if entry.is_file()]
            yield from bounded((str(entry.filename), _pieces(archive, entry)) for entry in files)
    except rarfile.Error as error:
        raise CorruptError(f"a damaged RAR: {error}") from error


def _pieces(archive: Any, entry: Any) -> Iterator[bytes]:
    with archive.open(entry) as file:
        while piece := file.read(_PIECE_BYTES):
            yield piece
