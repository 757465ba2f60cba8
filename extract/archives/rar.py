"""RAR archives: by libarchive, or by the program ``unar`` where libarchive gives up (3.6 reads no solid RAR 3)."""

from collections.abc import Iterator

from extract.archives import Archive, Member
from extract.archives._unpack import by_libarchive, by_unar
from extract.errors import CorruptError, UnsupportedError


def members(data: bytes) -> Iterator[Member]:
    """Yield the files of a RAR. Raises ``UnsupportedError`` with what to install when neither reader is there."""
    try:
        found = list(by_libarchive(data))
    except (CorruptError, UnsupportedError):
        found = list(by_unar(data))
    yield from found


ARCHIVE = Archive("rar", ("application/vnd.rar",), members)
