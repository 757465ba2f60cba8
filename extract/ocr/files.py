"""Pictures of pages from picture files: scanners, fax machines and telephones write them in many ways."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, ImageSequence

from extract.damage import damage_is_corrupt
from extract.errors import TooBigError
from extract.limits import MAX_PICTURE_PIXELS
from extract.ocr.fringes import without_fringes
from extract.ocr.jpeg import check_jpeg
from extract.ocr.picture import DPI, Picture, Pixels, Size, an_inch, channels

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_JPEG = ("JPEG", "MPO")
_GOOD_DPI = (150, 250)
_PAGE_SHAPE = 1.5
"""Height over width from which a picture is taken for several pages below each other; A4 has 1.4."""

_CUT_WINDOW = 0.2
_DEEP = ("I;16", "I;16B", "I;16L", "I", "F")
"""Pillow's names of grey values of more than 8 bits."""

_OBLONG = (1.5, 2.5)
"""How many times more pixels an inch a fax has across than down: 204 and 98 or, fine, 196."""

_LARGE_IN, _NEARLY = (11.69, 16.54), 0.02  # A3


def size_of_file(data: bytes) -> Size:
    """Return width and height of a picture in pixels. Raises ``CorruptError`` for damage."""
    with _opened(data) as image:
        return image.size


def of_file(data: bytes, largest: Size | None = None) -> Iterator[Picture]:
    """Unpack the pages of a picture file (TIFF may hold several); a very long one is cut into pages.

    ``largest`` is the size of the largest picture that shows the same report. Raises ``CorruptError`` for damage,
    ``TooBigError`` past ``MAX_PICTURE_PIXELS``.
    """
    with _opened(data) as image:
        for frame in ImageSequence.Iterator(image):
            if frame.width * frame.height > MAX_PICTURE_PIXELS:
                raise TooBigError(f"{frame.width} x {frame.height} pixels (MAX_PICTURE_PIXELS {MAX_PICTURE_PIXELS})")
            if image.format in _JPEG:
                check_jpeg(data)
            with damage_is_corrupt("picture"):
                colours, dpi = _scaled(frame, largest)
            yield from _pages(colours, dpi)
            if image.format != "TIFF":
                return


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    with damage_is_corrupt("picture"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's warning of large pictures; our limit decides
        image = Image.open(BytesIO(data), formats=_FORMATS)
    with image:
        yield image


def _scaled(frame: Image.Image, largest: Size | None) -> tuple[NDArray[np.uint8], float]:
    """Return blue, green and red values of an upright picture on white paper, and how many of them make an inch.

    A finer picture than is recognised is made smaller before it gets colours: those of a page of 600 dots an inch take
    100 MiB, with transparency and paper four times as much.
    """
    stated = _stated(frame)
    upright = _upright(_square(_of_bytes(frame), stated))
    dpi = stated[0] if _is_large_paper(frame.size, stated) else an_inch(upright.size, largest or upright.size)
    times = max(1, int(dpi / DPI))
    colours = without_fringes(_on_paper(upright.reduce(times) if times > 1 else upright))
    dpi *= colours.shape[1] / upright.width
    if _GOOD_DPI[0] <= dpi <= _GOOD_DPI[1]:
        return colours, dpi
    size = (max(1, round(colours.shape[1] * DPI / dpi)), max(1, round(colours.shape[0] * DPI / dpi)))
    way = cv2.INTER_AREA if dpi > DPI else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(colours, size, interpolation=way), dtype=np.uint8), DPI


def _of_bytes(frame: Image.Image) -> Image.Image:
    """Return a picture with a byte for each value: Pillow would make white of all but the darkest of 16 bits.

    The brightest is paper: scanners that see 12 bits write them into 16.
    """
    if frame.mode not in _DEEP:
        return frame.convert("L") if frame.mode == "1" else frame
    deep = np.asarray(frame, dtype=np.float32)
    grey = Image.fromarray((deep * (255 / max(float(deep.max()), 1e-6))).clip(0, 255).astype(np.uint8))
    grey.info = frame.info
    return grey


def _stated(frame: Image.Image) -> Size:
    """Return the pixels an inch across and down that a file states; 0 where it states none."""
    match frame.info.get("dpi"):
        case (across, down):
            return float(across), float(down)
        case _:
            return 0.0, 0.0


def _is_large_paper(size: Size, stated: Size) -> bool:
    """Tell whether a picture has the size of A3 by what it states: else all are taken for A4."""
    if not all(stated):
        return False
    sides = sorted((size[0] / stated[0], size[1] / stated[1]))
    return all(abs(side - paper) <= _NEARLY * paper for side, paper in zip(sides, _LARGE_IN, strict=True))


def _square(image: Image.Image, stated: Size) -> Image.Image:
    """Return a fax with pixels as high as wide."""
    if not all(stated) or not _OBLONG[0] <= stated[0] / stated[1] <= _OBLONG[1]:
        return image
    height = round(image.height * stated[0] / stated[1])
    return image.resize((image.width, height), Image.Resampling.BICUBIC)


def _upright(image: Image.Image) -> Image.Image:
    # Pillow copies what stands upright already, and large pictures are kept once only.
    is_turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
    return ImageOps.exif_transpose(image) if is_turned else image


def _on_paper(image: Image.Image) -> NDArray[np.uint8]:
    """Return blue, green and red values, white where a picture is transparent."""
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return np.asarray(cv2.cvtColor(np.asarray(image.convert("RGB")), cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _pages(colours: NDArray[np.uint8], dpi: float) -> Iterator[Picture]:
    grey, black = channels(colours)
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
