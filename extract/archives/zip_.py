"""ZIP archives, with the Chinese file names of Windows (GBK without a flag), through the standard library."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

from extract.archives import Archive, Member, bounded
from extract.errors import CorruptError, EncryptedError, TooBigError, UnsupportedError

_PIECE_BYTES = 1 << 20
_ENCRYPTED_FLAG = 0x1
_LOCAL_HEADER_BYTES = 30
_ENTRY_MARK = b"PK\x01\x02"
_MAX_ENTRIES = 20_000
"""Most entries a directory is parsed for, archives inside counted too: a million took ten seconds and 500 MB."""


def members(data: bytes) -> Iterator[Member]:
    """Yield the files of a ZIP. Raises ``EncryptedError``, ``CorruptError``, ``TooBigError``, ``UnsupportedError``."""
    try:
        archive = _open(data)
        files = [entry for entry in archive.infolist() if not entry.is_dir()]
        _refuse_overlaps(files)
        yield from bounded((entry.filename, _pieces(archive, entry)) for entry in files)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise CorruptError(f"a damaged ZIP: {error}") from error
    except NotImplementedError as error:
        raise UnsupportedError(f"a ZIP of a kind that is not read: {error}") from error


def _open(data: bytes) -> zipfile.ZipFile:
    if data.count(_ENTRY_MARK) > _MAX_ENTRIES:
        raise TooBigError(f"an archive of more than {_MAX_ENTRIES} entries")
    try:
        return zipfile.ZipFile(BytesIO(data), metadata_encoding="gbk")
    except UnicodeDecodeError:
        return zipfile.ZipFile(BytesIO(data))


def _refuse_overlaps(files: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share bytes (CVE-2024-0450): ten kilobytes could unpack to gigabytes."""
    ordered = sorted(files, key=lambda entry: entry.header_offset)
    for first, second in pairwise(ordered):
        if first.header_offset + _LOCAL_HEADER_BYTES + first.compress_size > second.header_offset:
            raise CorruptError("a ZIP whose entries overlap")


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise EncryptedError(f"a password is needed for {entry.filename!r}")
    with archive.open(entry) as file:
        while piece := file.read(_PIECE_BYTES):
            yield piece


ARCHIVE = Archive("zip", ("application/zip",), members)
