"""Small writers of what the bombs are packed in: PDF objects, ZIP members, OLE2 sectors."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"", root: int = 1) -> bytes:
    """Write a PDF of numbered objects, the first of which is the catalog unless told."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out) + b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        trailer,
        start,
    )


def stream(data: bytes, filters: bytes = b"/FlateDecode", more: bytes = b"") -> bytes:
    return b"<< /Length %d /Filter [%s] %s >>\nstream\n" % (len(data), filters, more) + data + b"\nendstream"


def one_page(content: bytes, *, resources: bytes = b"", font: bytes = b"", box: bytes = b"0 0 595 842") -> list[bytes]:
    """Give the objects of a PDF with one page; ``content`` is its packed stream object."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s >> >>"
        % (box, resources),
        content,
        font or b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]


def drawn(content: bytes) -> bytes:
    return pdf(one_page(stream(zlib.compress(content, 9))))


def deflated(piece: bytes, times: int) -> bytes:
    """Compress a long repetition without ever holding it."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def repacked(package: bytes, **parts: bytes) -> bytes:
    """Replace parts of an office file; a part is named by the end of its name, without the extension."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        members = [(entry.filename, old.read(entry)) for entry in old.infolist()]
    stems = {name: name.rpartition("/")[2].partition(".")[0] for name, _ in members}
    assert set(parts) <= set(stems.values())
    return zipped(*((name, parts.get(stems[name], data)) for name, data in members))


def part(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


def many_entries(count: int) -> bytes:
    """Write a ZIP that lists an empty file many times, with the long end record that so many need."""
    local = b"PK\x03\x04" + struct.pack("<5H3I2H", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    entry = b"PK\x01\x02" + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    size, start = len(entry) * count, len(local)
    long_end = b"PK\x06\x06" + struct.pack("<Q2H2I4Q", 44, 45, 45, 0, 0, count, count, size, start)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, start + size, 1)
    end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return local + entry * count + long_end + locator + end


def overlapping(name: str, data: bytes, times: int) -> bytes:
    """Write a ZIP whose entries all name the same bytes."""
    archive = zipped((name, data))
    start = archive.index(b"PK\x01\x02")
    end = archive.rindex(b"PK\x05\x06")
    entry = archive[start:end]
    tail = struct.pack("<4H2IH", 0, 0, times, times, len(entry) * times, start, 0)
    return archive[:start] + entry * times + b"PK\x05\x06" + tail


def lying(name: str, data: bytes, stated: int) -> bytes:
    """Write a ZIP that states another size than its file has."""
    archive = bytearray(zipped((name, data)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = archive.index(mark) + offset
        archive[place : place + 4] = struct.pack("<I", stated)
    return bytes(archive)


def encrypted(archive: bytes) -> bytes:
    """Set the mark of encryption on every entry."""
    changed = bytearray(archive)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(mark, place + 4)
    return bytes(changed)


def chained_in_circles(container: bytes) -> Iterator[bytes]:
    """Yield an OLE2 file whose sectors follow themselves, each other in a circle, or all the first."""
    sector = 1 << struct.unpack_from("<H", container, 30)[0]
    table = (struct.unpack_from("<I", container, 76)[0] + 1) * sector
    count = sector // 4
    for entries in (range(count), [*range(1, count), 0], [0] * count):
        yield container[:table] + struct.pack(f"<{count}I", *entries) + container[table + sector :]
