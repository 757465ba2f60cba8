"""Prints as a scanner or a telephone sees them: drawn by PDFium, turned, blurred, speckled, packed as JPEG in a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

POINTS = 72

Page = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Wear:
    """What scanning does to a page: resolution, angle in degrees, blur in pixels, noise in grey values, JPEG quality."""

    dpi: int = 200
    slant: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    quality: int = 90
    paper: int = 255


CLEAN = Wear()
WORN = Wear(dpi=150, slant=0.8, blur=0.7, noise=12, quality=70, paper=235)
POOR = Wear(dpi=110, slant=-1.5, blur=1.0, noise=20, quality=50, paper=220)


def pages(printed: bytes, wear: Wear = CLEAN) -> list[Page]:
    """Return the grey pixels of each page of a PDF."""
    with pypdfium2.PdfDocument(printed) as document:
        drawn = [page.render(scale=wear.dpi / POINTS, grayscale=True).to_numpy().copy() for page in document]
    return [_worn(page.reshape(page.shape[:2]), wear, number) for number, page in enumerate(drawn)]


def _worn(page: Page, wear: Wear, seed: int) -> Page:
    height, width = page.shape
    worn = page.astype(np.float32) * wear.paper / 255
    if wear.slant:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), wear.slant, 1)
        worn = cv2.warpAffine(worn, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(wear.paper,))
    if wear.blur:
        worn = cv2.GaussianBlur(worn, (0, 0), wear.blur)
    if wear.noise:
        worn = worn + np.random.default_rng(seed).normal(0, wear.noise, worn.shape)
    return np.clip(worn, 0, 255).astype(np.uint8)


def encoded(page: Page, suffix: str = ".jpg", quality: int = 90) -> bytes:
    """Return a page as the bytes of a picture file."""
    return bytes(cv2.imencode(suffix, page, [cv2.IMWRITE_JPEG_QUALITY, quality] if suffix == ".jpg" else [])[1])


def scanned(printed: bytes, wear: Wear = CLEAN) -> bytes:
    """Return a PDF whose pages are pictures of a print."""
    return bound(pages(printed, wear), wear.dpi, wear.quality)


def bound(drawn: Sequence[Page], dpi: float = 200, quality: int = 90) -> bytes:
    """Bind pages to a PDF as JPEG pictures."""
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(drawn)))
    made = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(drawn)} >>".encode()]
    for number, page in enumerate(drawn):
        first, (height, width) = 3 + 3 * number, page.shape
        across, up = f"{width * POINTS / dpi:.2f}", f"{height * POINTS / dpi:.2f}"
        made.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {across} {up}] /Contents {first + 1} 0 R"
            f" /Resources << /XObject << /I {first + 2} 0 R >> >> >>".encode()
        )
        made.append(_stream(f"q {across} 0 0 {up} 0 0 cm /I Do Q".encode()))
        picture = f"/Type /XObject /Subtype /Image /Width {width} /Height {height}"
        coding = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
        made.append(_stream(encoded(page, quality=quality), f"{picture} {coding}"))
    return _assembled(made)


def _stream(data: bytes, extra: str = "") -> bytes:
    return f"<< {extra} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _assembled(objects: Sequence[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return bytes(out) + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
