"""Archives: files that hold files, one kind each, found by walking this folder.

An archive file defines ``ARCHIVE = Archive(name, media_types, members)``. ``members`` yields what is inside within the
limits of ``extract.limits``; nothing is ever written under a member's own name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extract.errors import TooBigError
from extract.limits import MAX_ARCHIVE_MEMBERS, MAX_UNPACKED_BYTES

_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive. The name is a hint and a label, never a path."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Archive:
    """A kind of archive: its name, its media types, and the function that yields its files."""

    name: str
    media_types: tuple[str, ...]
    members: Callable[[bytes], Iterator[Member]]


def bounded(members: Iterator[tuple[str, Iterator[bytes]]]) -> Iterator[Member]:
    """Yield members from (name, pieces), counting files and bytes as they come. Raises ``TooBigError``.

    Sizes stated in the archive are not believed: a lying one is caught by the bytes.
    """
    total = 0
    for number, (name, pieces) in enumerate(members, 1):
        if number > MAX_ARCHIVE_MEMBERS:
            raise TooBigError(f"an archive of more than {MAX_ARCHIVE_MEMBERS} files")
        data = bytearray()
        for piece in pieces:
            data += piece
            if total + len(data) > MAX_UNPACKED_BYTES:
                raise TooBigError(f"an archive that unpacks to more than {MAX_UNPACKED_BYTES} bytes")
        total += len(data)
        if not any(junk in name for junk in _JUNK):
            yield Member(_label(name), bytes(data))


def _label(name: str) -> str:
    return "".join(character for character in name if character.isprintable())[-120:]
