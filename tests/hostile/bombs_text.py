"""Web pages, RTF, web archives, plain text, pictures and OLE2 files made to break readers."""

import base64
import struct
import zlib
from pathlib import Path
from random import Random

from tests.hostile.containers import chained_in_circles
from tests.kit import xlsx
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

REPORT = make_report(5, "2021", "dense")
HTML = STYLES["clean"](REPORT, Random(1))
DOC = (Path(__file__).parent.parent / "documents/doc/report.doc").read_bytes()
XLS = xlsx.xls(REPORT, Random(1))


def inside(bomb: str) -> bytes:
    """Put markup before the first table of a good report."""
    page = HTML.decode()
    head, mark, rest = page.partition("<table")
    assert mark
    return (head + bomb + mark + rest).encode()


def spans() -> bytes:
    cell = '<td colspan="65534" rowspan="65534">1</td>'
    return f"<table>{f'<tr>{cell * 5}</tr>' * 20}</table>".encode()


def long_lines(piece: str, size: int) -> bytes:
    """A text of one line that repeats a piece, under a report's title."""
    return (f"{REPORT.title}\n" + piece * (size // len(piece))).encode()


def deep_groups(depth: int) -> bytes:
    return b"{\\rtf1\\ansi " + b"{" * depth + b"x" + b"}" * depth + b"}"


def binary_rtf() -> bytes:
    return (
        b"{\\rtf1\\ansi "
        + b"\\bin2147483647 x" * 1000
        + b"\\trowd\\cellx2147483647\\intbl 1\\cell\\row" * 20_000
        + b"}"
    )


def nested_message(depth: int) -> bytes:
    """A web archive in a web archive in a web archive."""
    parts = ["MIME-Version: 1.0\n"]
    parts += [f'Content-Type: multipart/related; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)]
    return ("".join(parts) + "Content-Type: text/html\n\n<p>x</p>\n").encode()


def many_parts(count: int) -> bytes:
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
    return head + b"--b\nContent-Type: image/png\n\nx\n" * count + b"--b\nContent-Type: text/html\n\n<p>x</p>\n--b--\n"


def packed_message(size_mib: int) -> bytes:
    body = base64.b64encode(b"<p>" + b" " * (size_mib << 20))
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
    return head + b"--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + body + b"\n--b--\n"


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG whose header states a size; what it holds may be less."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def tiff_circle() -> bytes:
    """A TIFF whose only directory names itself as the next one."""
    tags = (
        (256, 3, 1, 8),
        (257, 3, 1, 8),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 200),
        (279, 4, 1, 64),
    )
    directory = (
        struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags) + struct.pack("<I", 8)
    )
    return b"II*\0" + struct.pack("<I", 8) + directory.ljust(192, b"\0") + bytes(64)


def ole_circles() -> dict[str, bytes]:
    named = {}
    for name, container in (("doc", DOC), ("xls", XLS)):
        for number, changed in enumerate(chained_in_circles(container)):
            named[f"{name}-circle-{number}.{name}"] = changed
    return named
