"""Prints as a scanner, a telephone or a fax machine sees them: drawn by PDFium, worn, packed as pictures in a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

POINTS = 72

Page = NDArray[np.uint8]
"""Rows of grey values, or of blue, green and red."""

_RED, _BLUE = (60, 50, 205), (150, 70, 40)
_APART = 0.05  # of a page: rows of one table are lower
_ROOM = 8
_FAX_LIMIT = 0.72  # of the paper's brightness: darker is black


@dataclass(frozen=True, slots=True)
class Wear:
    """What happens to a page between the printer and the reader.

    Resolution, angle in degrees, blur in pixels, noise in grey values, JPEG quality, brightness of the paper, strength
    of the ink (1 black, 0 invisible), specks of dirt a page, a red seal over its middle, pen strokes, black and white.
    """

    dpi: int = 200
    slant: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    quality: int = 90
    paper: int = 255
    ink: float = 1.0
    dirt: int = 0
    seal: bool = False
    strokes: int = 0
    bilevel: bool = False


CLEAN = Wear()
WORN = Wear(dpi=150, slant=0.8, blur=0.7, noise=12, quality=70, paper=235)
POOR = Wear(dpi=110, slant=-1.5, blur=1.0, noise=20, quality=50, paper=220)
FAINT = Wear(dpi=150, blur=0.7, noise=8, quality=40, paper=240, ink=0.3)
DIRTY = Wear(dpi=200, slant=-0.5, blur=0.5, noise=6, quality=70, paper=240, dirt=400)
SEALED = Wear(dpi=200, slant=0.3, noise=5, quality=75, paper=245, seal=True)
MARKED = Wear(dpi=200, slant=0.4, noise=5, quality=75, paper=245, strokes=12)
FAX = Wear(dpi=200, slant=1.5, blur=0.8, noise=25, paper=240, dirt=150, bilevel=True)
WEARS = {
    "clean": CLEAN,
    "worn": WORN,
    "poor": POOR,
    "faint": FAINT,
    "dirty": DIRTY,
    "sealed": SEALED,
    "marked": MARKED,
    "fax": FAX,
}


def pages(printed: bytes, wear: Wear = CLEAN) -> list[Page]:
    """Return the pixels of each page of a PDF, grey or, with a seal or pen strokes, coloured."""
    with pypdfium2.PdfDocument(printed) as document:
        drawn = [page.render(scale=wear.dpi / POINTS, grayscale=True).to_numpy().copy() for page in document]
    return [_worn(page.reshape(page.shape[:2]), wear, number) for number, page in enumerate(drawn)]


def first_table(page: Page) -> Page:
    """Return the first table of a clean grey page alone, with a little paper around: what a screenshot of it shows."""
    lines = cv2.morphologyEx(255 - page, cv2.MORPH_OPEN, np.ones((1, page.shape[1] // 2), np.uint8))
    rows = np.flatnonzero(lines.any(axis=1))
    columns = np.flatnonzero(lines.any(axis=0))
    gaps = np.flatnonzero(np.diff(rows) > page.shape[0] * _APART)
    last = rows[gaps[0]] if gaps.size else rows[-1]
    whole = page[max(0, rows[0] - _ROOM) : last + _ROOM, max(0, columns[0] - _ROOM) : columns[-1] + _ROOM]
    return np.ascontiguousarray(whole)


def _worn(page: Page, wear: Wear, seed: int) -> Page:
    rng, height, width = np.random.default_rng(seed), *page.shape
    _add_dirt(page, wear, rng)
    page = _written_on(page, wear, rng)
    worn = (255 - wear.ink * (255 - page.astype(np.float32))) * wear.paper / 255
    if wear.slant:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), wear.slant, 1)
        worn = cv2.warpAffine(worn, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(wear.paper,) * 3)
    if wear.blur:
        worn = cv2.GaussianBlur(worn, (0, 0), wear.blur)
    if wear.noise:
        worn = worn + rng.normal(0, wear.noise, worn.shape)
    if wear.bilevel:
        worn = np.where(worn > _FAX_LIMIT * wear.paper, 255, 0)
    return np.clip(worn, 0, 255).astype(np.uint8)


def _add_dirt(page: Page, wear: Wear, rng: np.random.Generator) -> None:
    """Scatter dots and short hairs of half a millimetre at most."""
    height, width = page.shape
    for _ in range(wear.dirt):
        x, y = int(rng.integers(width)), int(rng.integers(height))
        across, down = (int(size) for size in rng.integers(0, max(2, wear.dpi // 50), 2))
        cv2.ellipse(page, (x, y), (across, down), float(rng.uniform(0, 180)), 0, 360, int(rng.integers(0, 120)), -1)


def _written_on(page: Page, wear: Wear, rng: np.random.Generator) -> Page:
    """Stamp a seal on the middle of a page and draw pen strokes across it, in their colours."""
    if not (wear.seal or wear.strokes):
        return page
    height, width = page.shape
    over = np.full((height, width, 3), 255, np.uint8)
    if wear.seal:
        _stamp(over, (int(width * rng.uniform(0.4, 0.7)), int(height * rng.uniform(0.3, 0.7))), wear.dpi)
    for _ in range(wear.strokes):
        start = np.array([rng.integers(width), rng.integers(height)])
        steps = rng.normal(0, wear.dpi / 12, (8, 2)).cumsum(axis=0).cumsum(axis=0) / 2
        cv2.polylines(over, [(start + steps).astype(np.int32)], False, _BLUE, max(1, wear.dpi // 80), cv2.LINE_AA)
    return np.asarray(np.minimum(cv2.cvtColor(page, cv2.COLOR_GRAY2BGR), over), dtype=np.uint8)


def _stamp(over: Page, middle: tuple[int, int], dpi: int) -> None:
    """Draw a round seal of 42 millimetres with its star and a ring of strokes for its characters."""
    radius, thick = int(0.83 * dpi), max(2, dpi // 40)
    cv2.circle(over, middle, radius, _RED, thick, cv2.LINE_AA)
    points = [(0.3 * radius * (1 if k % 2 == 0 else 0.4), np.pi * (k / 5 - 0.5)) for k in range(10)]
    star = [(middle[0] + r * np.cos(a), middle[1] + r * np.sin(a)) for r, a in points]
    cv2.fillPoly(over, [np.array(star, dtype=np.int32)], _RED, cv2.LINE_AA)
    for angle in np.arange(-2.6, 2.7, 0.2):
        ends = [(middle[0] + r * radius * np.sin(angle), middle[1] - r * radius * np.cos(angle)) for r in (0.62, 0.85)]
        cv2.line(over, *(tuple(int(value) for value in end) for end in ends), _RED, thick, cv2.LINE_AA)


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
        first, (height, width) = 3 + 3 * number, page.shape[:2]
        across, up = f"{width * POINTS / dpi:.2f}", f"{height * POINTS / dpi:.2f}"
        made.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {across} {up}] /Contents {first + 1} 0 R"
            f" /Resources << /XObject << /I {first + 2} 0 R >> >> >>".encode()
        )
        made.append(_stream(f"q {across} 0 0 {up} 0 0 cm /I Do Q".encode()))
        picture = f"/Type /XObject /Subtype /Image /Width {width} /Height {height}"
        colours = "/DeviceGray" if page.ndim == 2 else "/DeviceRGB"
        coding = f"/ColorSpace {colours} /BitsPerComponent 8 /Filter /DCTDecode"
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
