"""Pictures of pages: grey pixels and their resolution, from PDF and from picture files."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence

from extract.damage import damage_is_corrupt
from extract.errors import TooBigError
from extract.limits import MAX_PICTURE_PIXELS
from extract.pdf.pdfium_ink import opened

Size = tuple[float, float]
"""Width and height, in pixels or in points."""

Pixels = NDArray[np.uint8]
"""Rows of grey values, 0 black to 255 white."""

PixelBox = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels; right and bottom are the first ones outside."""

DPI = 200
"""Resolution at which pages are recognised: type of 9 points is then 25 pixels high. More only takes longer."""

_POINTS_AN_INCH = 72
_LONGEST_PX = 3400  # A3
_LONGEST_PAPER_PT = 1300.0  # A3 has 1191
_ALIKE = 0.8
_PAPER_IN = (8.27, 11.69)  # A4; what picture files say of their resolution is mostly wrong
_GOOD_DPI = (150, 250)
_PAGE_SHAPE = 1.5
"""Height over width from which a picture is taken for several pages below each other; A4 has 1.4."""

_SAMPLE = 3  # of so many rows one is counted
_CUT_WINDOW = 0.2
_COLOUR, _DARK, _PAPER = 60, 100, 255
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as grey pixels, and how many of them make an inch; ``black`` has only its black print.

    Seals and pens are coloured: they hardly darken the brightest of red, green and blue.
    """

    pixels: Pixels
    black: Pixels
    dpi: float

    def turned(self, quarters: int) -> "Picture":
        """Return the page turned counter-clockwise by quarters of a circle."""
        pixels, black = (np.ascontiguousarray(np.rot90(one, quarters)) for one in (self.pixels, self.black))
        return Picture(pixels, black, self.dpi)


def percentile(pixels: Any, share: float, above: float = -1) -> float:
    """Return the grey value that ``share`` percent of the pixels above a limit do not exceed; 0 without such pixels.

    Every third row tells it: a page has millions of pixels, and this is asked some thirty times a page.
    """
    counts = cv2.calcHist([np.ascontiguousarray(pixels[::_SAMPLE])], [0], None, [256], [0, 256]).ravel()
    counts[: int(np.floor(above)) + 1] = 0
    sums = counts.astype(np.float64).cumsum()
    return float(np.searchsorted(sums, share / 100 * sums[-1])) if sums[-1] else 0.0


def of_pdf(data: bytes, numbers: Iterable[int]) -> Iterator[Picture]:
    """Draw pages of a PDF, numbered from 0, as they are asked for. Raises as ``extract.pdf.pdfium_ink.read_inks``."""
    with opened(data) as document:
        largest = max((document.get_page_size(number) for number in range(len(document))), key=_area)
        for number in numbers:
            with closing(document[number]) as page:
                picture = _drawn(page, largest)
            yield picture


def _drawn(page: Any, largest: Size) -> Picture:
    """Draw a page; one larger than any paper has a point for each of its picture's pixels."""
    size = page.get_size()
    an_inch = _POINTS_AN_INCH if max(largest) <= _LONGEST_PAPER_PT else _an_inch(size, largest)
    scale = min(DPI / an_inch, _LONGEST_PX / max(size))
    with closing(page.render(scale=scale)) as bitmap:
        return Picture(*_channels(np.array(bitmap.to_numpy(), dtype=np.uint8)[:, :, :3]), scale * an_inch)


def _area(size: Size) -> float:
    return size[0] * size[1]


def _an_inch(size: Size, largest: Size) -> float:
    """Return how much of a picture's width makes an inch, if it is as wide as A4, or as high.

    A picture about as wide as the largest one beside it has its scale: it shows a piece of the same page.
    """
    is_piece = _ALIKE <= size[0] / largest[0] <= 1 / _ALIKE
    width, height = largest if is_piece else size
    short, long = _PAPER_IN
    return width / short if height > _PAGE_SHAPE * width else max(width, height) / long


def _channels(colours: NDArray[np.uint8]) -> tuple[Pixels, Pixels]:
    """Return the grey values of blue, green and red pixels, and those of black print alone."""
    grey = np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    blue, green, red = cv2.split(colours)
    brightest = np.asarray(cv2.max(cv2.max(blue, green), red), dtype=np.uint8)
    darkest = cv2.min(cv2.min(blue, green), red)
    coloured = (cv2.subtract(brightest, darkest) > _COLOUR) & (brightest > _DARK)
    brightest[coloured] = _PAPER
    return grey, brightest


def size_of_file(data: bytes) -> Size:
    """Return width and height of a picture in pixels. Raises ``CorruptError`` for damage."""
    with _opened(data) as image:
        return image.size


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    with damage_is_corrupt("picture"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's warning of large pictures; our limit decides
        image = Image.open(BytesIO(data), formats=_FORMATS)
    with image:
        yield image


def of_file(data: bytes, largest: Size | None = None) -> Iterator[Picture]:
    """Unpack the pages of a picture file (TIFF may hold several); a very long one is cut into pages.

    ``largest`` is the size of the largest picture that shows the same report. Raises ``CorruptError`` for damage, ``TooBigError`` past ``MAX_PICTURE_PIXELS``.
    """
    with _opened(data) as image:
        for frame in ImageSequence.Iterator(image):
            if frame.width * frame.height > MAX_PICTURE_PIXELS:
                raise TooBigError(f"{frame.width} x {frame.height} pixels (MAX_PICTURE_PIXELS {MAX_PICTURE_PIXELS})")
            with damage_is_corrupt("picture"):
                colours = _on_paper(frame)
            yield from _pages(colours, largest or frame.size)
            if image.format != "TIFF":
                return


def _on_paper(frame: Image.Image) -> NDArray[np.uint8]:
    """Return blue, green and red values of an upright picture, white where it is transparent."""
    upright = ImageOps.exif_transpose(frame).convert("RGBA")
    paper = Image.new("RGBA", upright.size, "white")
    return np.array(Image.alpha_composite(paper, upright).convert("RGB"), dtype=np.uint8)[:, :, ::-1]


def _pages(colours: NDArray[np.uint8], largest: Size) -> Iterator[Picture]:
    height, width = colours.shape[:2]
    dpi = _an_inch((width, height), largest)
    if not _GOOD_DPI[0] <= dpi <= _GOOD_DPI[1]:
        size = (max(1, round(width * DPI / dpi)), max(1, round(height * DPI / dpi)))
        way = cv2.INTER_AREA if dpi > DPI else cv2.INTER_CUBIC
        colours, dpi = np.asarray(cv2.resize(colours, size, interpolation=way), dtype=np.uint8), DPI
    grey, black = _channels(np.ascontiguousarray(colours))
    for start, end in _cut(grey):
        yield Picture(grey[start:end], black[start:end], dpi)


def _cut(pixels: Pixels) -> Iterator[tuple[int, int]]:
    """Yield the first and the last row of a picture's pages, cut where least is printed."""
    height, width = pixels.shape
    page, reach = int(_PAGE_SHAPE * width) + 1, max(1, int(_CUT_WINDOW * width))
    start = 0
    while height - start > page:
        window = pixels[start + page - reach : start + page]
        end = start + page - reach + int(window.mean(axis=1).argmax()) + 1
        yield start, end
        start = end
    yield start, height
