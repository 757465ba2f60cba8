"""PDF made to break readers: what unpacks to more, repeats without end, nests, or names what it should not."""

import hashlib
import zlib
from random import Random

from tests.hostile.containers import deflated, drawn, one_page, pdf, stream
from tests.kit import pdf as printed
from tests.kit.truth import make_report

REPORT = make_report(5, "2021", "dense")
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def nested_flate() -> bytes:
    """Two layers: 4 KB that become 256 MB of spaces."""
    once = deflated(b" " * (1 << 20), 256)
    return pdf(one_page(stream(zlib.compress(once, 9), b"/FlateDecode /FlateDecode")))


def characters(millions: float) -> bytes:
    line = b"(" + b"a" * 10_000 + b") Tj\n"
    return drawn(b"BT /F1 1 Tf 10 800 Td\n" + line * int(millions * 100) + b"ET")


def lines(count: int) -> bytes:
    rng = Random(1)
    return drawn(b"\n".join(b"%d %d m %d %d l S" % tuple(rng.sample(range(600), 4)) for _ in range(count)))


def grid_of_lines(count: int) -> bytes:
    """Rulings that cross each other everywhere: every crossing is the corner of a cell."""
    across = [b"0 %.2f m 595 %.2f l S" % (842 * n / count, 842 * n / count) for n in range(count)]
    down = [b"%.2f 0 m %.2f 842 l S" % (595 * n / count, 595 * n / count) for n in range(count)]
    return drawn(b"\n".join([*across, *down, b"BT /F1 9 Tf 100 100 Td (1) Tj ET"]))


def pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(4, count + 4))
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, stream(zlib.compress(b"")), *([page] * count)])


def page_circle() -> bytes:
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 /Parent 2 0 R >>"])


def page_tree(depth: int) -> bytes:
    levels = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 3) for number in range(depth)]
    page = b"<< /Type /Page /MediaBox [0 0 9 9] >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *levels, page])


def xref_circle() -> bytes:
    data = drawn(b"BT /F1 9 Tf 9 9 Td (x) Tj ET")
    start = data.rindex(b"xref\n0")
    return data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % start)


def object_circle() -> bytes:
    objects = one_page(b"4 0 R")
    return pdf(objects)


def length_circle() -> bytes:
    return pdf(one_page(b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"))


def nested_arrays(depth: int) -> bytes:
    return drawn(b"[" * depth + b"]" * depth + b" TJ")


def nested_dictionaries(depth: int) -> bytes:
    objects = one_page(stream(zlib.compress(b"BT ET")))
    return pdf([*objects, b"<< /A " * depth + b">>" * depth], trailer=b"/Info 6 0 R")


def huge_numbers() -> bytes:
    digits = b"9" * 100_000
    return drawn(b"BT /F1 %s Tf %s %s Td (x) Tj ET %s 0 m 0 %s l S" % ((digits,) * 5))


def operands(count: int) -> bytes:
    """Operands without an operator, all kept waiting."""
    return drawn(b"1 " * count)


def huge_picture() -> bytes:
    picture = stream(
        deflated(bytes(1 << 20), 60),
        more=b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    objects = one_page(stream(zlib.compress(b"q 595 0 0 842 0 0 cm /I Do Q")), resources=b"/XObject << /I 6 0 R >>")
    return pdf([*objects, picture])


def forms(depth: int, width: int) -> bytes:
    """Forms that each draw the next one many times."""
    objects = one_page(stream(zlib.compress(b"/X Do")), resources=b"/XObject << /X 6 0 R >>")
    for level in range(depth):
        more = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (level + 7)
        objects.append(stream(zlib.compress(b"/X Do " * width), more=more))
    objects.append(stream(zlib.compress(b"0 0 m 9 9 l S"), more=b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    return pdf(objects)


def object_stream(count: int) -> bytes:
    """An object stream that states far more objects than it has."""
    inner = stream(zlib.compress(b"7 0 " * 10), more=b"/Type /ObjStm /N %d /First 40" % count)
    return pdf([*one_page(stream(zlib.compress(b"BT ET"))), inner])


def xref_stream(size: int) -> bytes:
    """A cross-reference stream that states more entries than there is memory for."""
    objects = [*one_page(stream(zlib.compress(b"BT ET")))]
    data = pdf(objects)
    place = len(data)
    table = stream(
        zlib.compress(b"\0" * 100), more=b"/Type /XRef /Size %d /W [1 8 8] /Index [0 %d] /Root 1 0 R" % (size, size)
    )
    return data + b"9 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % place


def font_from(path: str) -> bytes:
    """A font whose character map is named by a path: older versions of pdfminer.six unpickled that file (CVE-2025-64512)."""
    name = "".join(f"#{byte:02x}" for byte in path.encode())
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /"
        + name.encode()
        + b" /DescendantFonts [<< /Type /Font"
        b" /Subtype /CIDFontType0 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering ("
        + path.encode()
        + b") /Supplement 0 >> >>] >>"
    )
    return pdf(one_page(stream(zlib.compress(b"BT /F1 9 Tf 9 9 Td <0041> Tj ET")), font=font))


def active(marker: str) -> bytes:
    """A good report that would also run scripts, launch programs, open remote files and carries files."""
    script = f"this.exportDataObject({{cName: '{marker}'}}); app.launchURL('file://{marker}')".encode()
    actions = (
        b"/OpenAction << /S /JavaScript /JS (%s) /Next << /S /Launch /F (/bin/sh) /Unix << /F (touch %s) >> >> >>"
        b" /AA << /WC << /S /GoToR /F (http://127.0.0.1:1/x.pdf) >> >>"
        b" /Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (../../a.exe) /EF << /F 6 0 R >> >>] >>"
        b" /JavaScript << /Names [(x) << /S /JavaScript /JS (%s) >>] >> >>"
    ) % (script, marker.encode(), script)
    return printed.render(REPORT).replace(b"<< /Type /Catalog", b"<< " + actions + b" /Type /Catalog", 1)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked(user: bytes, text: bytes = b"BT /F1 9 Tf 9 9 Td (x) Tj ET") -> bytes:
    """Encrypt one page with the standard handler of PDF 1.1 (RC4, 40 bits); the owner's password differs."""
    owner = _rc4(hashlib.md5((b"owner" + _PAD)[:32]).digest()[:5], (user + _PAD)[:32])
    identity, rights = bytes(16), b"\xfc\xff\xff\xff"
    key = hashlib.md5((user + _PAD)[:32] + owner + rights + identity).digest()[:5]
    own = hashlib.md5(key + (4).to_bytes(3, "little") + b"\0\0").digest()[:10]
    handler = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (
        owner.hex().encode(),
        _rc4(key, _PAD).hex().encode(),
    )
    objects = one_page(stream(_rc4(own, zlib.compress(text))))
    return pdf([*objects, handler], trailer=b"/Encrypt 6 0 R /ID [<%s> <%s>]" % ((identity.hex().encode(),) * 2))
