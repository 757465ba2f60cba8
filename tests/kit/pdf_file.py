"""A small PDF writer: pages of placed text and ruling lines, a Chinese font that is named and not embedded."""

import zlib
from dataclasses import dataclass, field
from typing import Literal

Rules = Literal["lines", "boxes", "fills", "rows", "dashes", "none"]
"""How a frame is drawn: four strokes, a stroked rectangle, four thin filled ones as word processors write, strokes above
and below only, a dashed rectangle, not at all."""

_THIN = 0.5


def text_width(text: str, size: float) -> float:
    """Return the width of a text in points: Chinese characters are square, all others half as wide."""
    return sum(size / 2 if ord(sign) < 0x7F else size for sign in text)


def wrap(text: str, size: float, limit: float) -> list[str]:
    """Break a text into lines no wider than ``limit`` points, inside numbers too when a number is wider."""
    lines, line = [], ""
    for sign in text:
        if line and text_width(line + sign, size) > limit:
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line]


@dataclass(slots=True)
class Canvas:
    """Pages under construction; the origin is the lower left corner and lengths are points."""

    width: float
    height: float
    rules: Rules
    pages: list[list[str]] = field(default_factory=lambda: [[]])

    def text(self, x: float, y: float, size: float, text: str) -> None:
        """Place a line of text with its base line at ``y``."""
        if text:
            code = text.encode("utf-16-be").hex().upper()
            self.pages[-1].append(f"BT /F1 {size:g} Tf {x:.2f} {y:.2f} Td <{code}> Tj ET")

    def centred(self, left: float, right: float, y: float, size: float, text: str) -> None:
        """Place a line of text in the middle between two edges."""
        self.text((left + right - text_width(text, size)) / 2, y, size, text)

    def frame(self, left: float, bottom: float, right: float, top: float) -> None:
        """Rule the four sides of a cell."""
        draw = self.pages[-1].append
        if self.rules == "none":
            return
        if self.rules == "boxes":
            draw(f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re S")
            return
        if self.rules == "dashes":
            draw(f"q {_THIN} w [2 2] 0 d {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re S Q")
            return
        for x0, y0, x1, y1 in (
            (left, bottom, right, bottom),
            (left, top, right, top),
            (left, bottom, left, top),
            (right, bottom, right, top),
        ):
            if self.rules == "rows" and x0 == x1:
                continue
            if self.rules in ("lines", "rows"):
                draw(f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")
            else:
                draw(f"{x0:.2f} {y0:.2f} {max(x1 - x0, _THIN):.2f} {max(y1 - y0, _THIN):.2f} re f")

    def to_bytes(self, *, compress: bool = True, moved: int = 0) -> bytes:
        """Write the file; the same pages always give the same bytes.

        ``moved``: the font's map to characters names others than are drawn, that many places further on.
        """
        mapped = f" /ToUnicode {5 + 2 * len(self.pages)} 0 R".encode() if moved else b""
        kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(len(self.pages)))
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode(),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
            + mapped
            + b" /DescendantFonts [4 0 R] >>",
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 95 500]"
            b" /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
            b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>",
        ]
        for index, page in enumerate(self.pages):
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {self.width:g} {self.height:g}]"
                f" /Resources << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * index} 0 R >>".encode()
            )
            objects.append(_stream(f"{_THIN} w\n{chr(10).join(page)}".encode(), compress))
        return _assembled([*objects, _stream(_map(moved), compress)] if moved else objects)


def _map(moved: int) -> bytes:
    rows = [
        f"<{high:02X}00> <{high:02X}FF> <{(high << 8) + moved & 0xFFFF:04X}>" for high in range(0x21, 0xD0)
    ]  # no range goes on in another row of 256 (ISO 32000-1, 9.10.3)
    ranges = [f"{len(part)} beginbfrange {' '.join(part)} endbfrange" for part in (rows[:90], rows[90:])]
    space = "1 begincodespacerange <0000> <FFFF> endcodespacerange"
    return f"/CIDInit /ProcSet findresource begin begincmap {space} {' '.join(ranges)} endcmap end".encode()


def _stream(data: bytes, compress: bool) -> bytes:
    packed = zlib.compress(data, 9) if compress else data
    coding = " /Filter /FlateDecode" if compress else ""
    return f"<< /Length {len(packed)}{coding} >>\nstream\n".encode() + packed + b"\nendstream"


def _assembled(objects: list[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start, size = len(out), len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return bytes(out) + f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
