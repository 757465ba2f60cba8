"""gzip, bzip2 and xz: one file compressed by itself, or a tar of several."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, cast

from extract.archives import Archive, Member, bounded
from extract.archives._unpack import by_libarchive
from extract.errors import CorruptError

_OPENERS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))
_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError)
_PIECE_BYTES = 1 << 20
_TAR_HEAD_BYTES = 262
_TAR_MARK = b"ustar"


def members(data: bytes) -> Iterator[Member]:
    """Yield the one file inside, or those of a tar. What is inside is never opened as libarchive would: a DOCX that was
    compressed once more is a DOCX, not the files of its ZIP."""
    with _opened(data) as file:
        head = _piece(file, _TAR_HEAD_BYTES)
    if head.endswith(_TAR_MARK):
        yield from by_libarchive(data)
    else:
        yield from bounded(iter([("compressed file", _pieces(data))]))


def _opened(data: bytes) -> IO[bytes]:
    opener = next(opener for mark, opener in _OPENERS if data.startswith(mark))
    return cast("IO[bytes]", opener(BytesIO(data)))


def _pieces(data: bytes) -> Iterator[bytes]:
    with _opened(data) as file:
        while piece := _piece(file, _PIECE_BYTES):
            yield piece


def _piece(file: IO[bytes], size: int) -> bytes:
    try:
        return file.read(size)
    except _DAMAGE as error:
        raise CorruptError(f"a damaged compressed file: {error}") from error


ARCHIVE = Archive("compressed", ("application/gzip", "application/x-bzip2", "application/x-xz"), members)
