"""Pictures of pages: grey pixels and their resolution, as PDFium draws them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.jpeg import check_pictures
from extract.pdf.pdfium.ink import opened

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
_PAGE_SHAPE = 1.5
"""Height over width from which a picture is taken for several pages below each other; A4 has 1.4."""

_NINE_OF_TEN = 0.9
_SAMPLE = 3  # of so many rows one is counted
_COLOUR, _DARK, _PAPER = 60, 100, 255
_HUE = 60  # grey values by which what has colour is darker than its black print


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as grey pixels, and how many of them make an inch; ``black`` has only its black print.

    Seals and pens are coloured: they hardly darken the brightest of red, green and blue. ``dots``, on white, were strewn
    over the page and painted over (``extract.ocr.strewn``).
    """

    pixels: Pixels
    black: Pixels
    dpi: float
    dots: Pixels | None = None

    def with_each(self, change: Callable[[Pixels], Pixels]) -> "Picture":
        """Return the page with all its pixels changed in one way."""
        dots = None if self.dots is None else change(self.dots)
        return Picture(change(self.pixels), change(self.black), self.dpi, dots)

    def turned(self, quarters: int) -> "Picture":
        """Return the page turned counter-clockwise by quarters of a circle."""
        return self.with_each(lambda one: np.ascontiguousarray(np.rot90(one, quarters)))


def coloured(picture: Picture) -> Pixels:
    """Return 1 where a page has colour, 0 elsewhere."""
    return np.asarray(cv2.subtract(picture.black, picture.pixels) > _HUE, dtype=np.uint8)


def percentile(pixels: Any, share: float, above: float = -1) -> float:
    """Return the grey value that ``share`` percent of the pixels above a limit do not exceed; 0 without such pixels.

    Every third row tells it: a page has millions of pixels, and this is asked some thirty times a page.
    """
    counts = cv2.calcHist([np.ascontiguousarray(pixels[::_SAMPLE])], [0], None, [256], [0, 256]).ravel()
    counts[: int(np.floor(above)) + 1] = 0
    sums = counts.astype(np.float64).cumsum()
    return float(np.searchsorted(sums, share / 100 * sums[-1])) if sums[-1] else 0.0


def paper_of(pixels: Pixels) -> float:
    """Return the grey value that nine of ten pixels do not exceed: most of any piece of a page is paper.

    The value of numpy's ``percentile``, which takes ten times as long for the few pixels of a figure.
    """
    values = np.sort(pixels, axis=None)
    at = _NINE_OF_TEN * (values.size - 1)
    before = int(at)
    low, high = float(values[before]), float(values[min(before + 1, values.size - 1)])
    share = at - before
    return low + (high - low) * share if share < 0.5 else high - (high - low) * (1 - share)


def of_pdf(data: bytes, numbers: Iterable[int]) -> Iterator[Picture]:
    """Draw pages of a PDF, numbered from 0, as they are asked for. Raises as ``extract.pdf.pdfium.ink.read_inks``."""
    with opened(data) as document:
        largest = max((document.get_page_size(number) for number in range(len(document))), key=_area)
        for number in numbers:
            with closing(document[number]) as page:
                check_pictures(page)
                picture = _drawn(page, largest)
            yield picture


def _drawn(page: Any, largest: Size) -> Picture:
    """Draw a page; one larger than any paper has a point for each of its picture's pixels."""
    size = page.get_size()
    inch = _POINTS_AN_INCH if max(largest) <= _LONGEST_PAPER_PT else an_inch(size, largest)
    scale = min(DPI / inch, _LONGEST_PX / max(size))
    with closing(page.render(scale=scale)) as bitmap:
        return Picture(*channels(np.array(bitmap.to_numpy(), dtype=np.uint8)[:, :, :3]), scale * inch)


def _area(size: Size) -> float:
    return size[0] * size[1]


def an_inch(size: Size, largest: Size) -> float:
    """Return how much of a picture's width makes an inch, if it is as wide as A4, or as high.

    A picture about as wide as the largest one beside it has its scale: it shows a piece of the same page.
    """
    is_piece = _ALIKE <= size[0] / largest[0] <= 1 / _ALIKE
    width, height = largest if is_piece else size
    short, long = _PAPER_IN
    return width / short if height > _PAGE_SHAPE * width else max(width, height) / long


def channels(colours: NDArray[np.uint8]) -> tuple[Pixels, Pixels]:
    """Return the grey values of blue, green and red pixels, and those of black print alone."""
    grey = np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    brightest, coloured = _brightest(colours)
    brightest[coloured] = _PAPER
    return grey, brightest


def is_coloured(colours: Any) -> Pixels:
    """Return 1 where pixels of blue, green and red have a colour, 0 where they are grey or nearly black."""
    return np.asarray(_brightest(colours)[1], dtype=np.uint8)


def _brightest(colours: Any) -> tuple[Pixels, NDArray[np.bool_]]:
    blue, green, red = cv2.split(colours)
    brightest = np.asarray(cv2.max(cv2.max(blue, green), red), dtype=np.uint8)
    darkest = cv2.min(cv2.min(blue, green), red)
    return brightest, (cv2.subtract(brightest, darkest) > _COLOUR) & (brightest > _DARK)
