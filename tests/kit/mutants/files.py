"""Changes of a file's bytes: cut short, flipped, and changed inside its packed parts, so that the text is another."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from random import Random

from tests.kit.mutants import Mutant


def cut(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(1, len(data))]


def lose_piece(data: bytes, rng: Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + _size(rng) :]


def double_piece(data: bytes, rng: Random) -> bytes:
    start = rng.randrange(len(data))
    stop = start + _size(rng)
    return data[:stop] + data[start:]


def _size(rng: Random) -> int:
    """Return the size of a piece: some rows, or a few signs."""
    return rng.randint(1, rng.choice((2000, 20)))


def flip(data: bytes, rng: Random) -> bytes:
    """Change one to four bytes, but no digit of ASCII, and none to a digit: that is another document."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at, new = rng.randrange(len(out)), rng.randrange(256)
        if not chr(out[at]).isdigit() and not chr(new).isdigit():
            out[at] = new
    return bytes(out)


ByteChange = Callable[[bytes, Random], bytes]
CHANGES: tuple[ByteChange, ...] = (cut, lose_piece, double_piece, flip)


def mutants(data: bytes, hint: str, count: int, seed: int = 0) -> Iterator[Mutant]:
    """Yield a file changed in its bytes, and in the bytes of its packed parts where it has any."""
    for number in range(count):
        rng = Random(f"{seed} {number}")
        change = CHANGES[number // 2 % len(CHANGES)]
        inside = packed(data) if number % 2 else None
        changed = inside(data, change, rng) if inside else change(data, rng)
        is_excused = change in _UNNOTICED or hint.endswith(".txt") or _STORES_NUMBERS in data
        excused = _NO_SUMS if is_excused else frozenset[str]()
        yield Mutant(f"{change.__name__}{' inside' if inside else ''} ({seed} {number})", changed, hint, excused)


# Digits and separators that are lost, or whole cells: where no sum speaks, the document says what is left.
_NO_SUMS = frozenset({"disclosure", "statistics"})
_UNNOTICED = (cut, lose_piece, double_piece)
_STORES_NUMBERS = "Workbook".encode("utf-16-le")
"""In an XLS: its numbers are binary, and one that a flipped byte changed is as good as another."""


Inside = Callable[[bytes, ByteChange, Random], bytes]


def packed(data: bytes) -> Inside | None:
    """Return how to change the inside of a file, or ``None`` when nothing in it is packed."""
    if data.startswith(b"PK"):
        return _in_zip
    return _in_pdf if data.startswith(b"%PDF") else None


def _in_zip(data: bytes, change: ByteChange, rng: Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as good, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        big = [name for name in good.namelist() if good.getinfo(name).file_size > 500]
        chosen = rng.choice(big)
        for name in good.namelist():
            content = good.read(name)
            made.writestr(name, change(content, rng) if name == chosen else content)
    return buffer.getvalue()


_STREAM = re.compile(rb"/Length (\d+)([^>]*)>>\s*stream\r?\n", re.DOTALL)


def _in_pdf(data: bytes, change: ByteChange, rng: Random) -> bytes:
    """Change an unpacked stream and pack it again; places of objects are put right in the table at the end."""
    found = [match for match in _STREAM.finditer(data) if _unpacked(data, match) is not None]
    if not found:
        return change(data, rng)
    match = rng.choice(found)
    content = _unpacked(data, match) or b""
    new = zlib.compress(change(content, rng), 9)
    head = b"/Length %d%b>>\nstream\n" % (len(new), match[2])
    end = match.end() + int(match[1])
    return placed_again(data[: match.start()] + head + new + data[end:])


def _unpacked(data: bytes, match: re.Match[bytes]) -> bytes | None:
    if b"FlateDecode" not in match[2] and b"FlateDecode" not in data[max(0, match.start() - 200) : match.start()]:
        return None
    try:
        content = zlib.decompress(data[match.end() : match.end() + int(match[1])])
    except zlib.error:
        return None
    return content if b" Tf" in content else None


def placed_again(data: bytes) -> bytes:
    """Write the table of a PDF's objects anew."""
    start = data.rfind(b"\nxref\n")
    if start < 0:
        return data
    body, tail = data[: start + 1], data[start + 1 :]
    size = max(int(number) for number in re.findall(rb"/Size (\d+)", tail))
    places = {int(found[1]): found.start(1) for found in re.finditer(rb"(?<![\d.])(\d+) 0 obj\b", body)}
    rows = b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    trailer = tail[tail.index(b"trailer") : tail.index(b"startxref")]
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + rows
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)
