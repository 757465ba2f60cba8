"""Two pages beside each other on one sheet: what stands beside a table would not be looked at, lines run over both.

A sheet that is wider than high is parted where paper runs from its head to its foot in the middle, if both halves have
lines as wide as a page's. A table that is as wide as the sheet, or figures in columns, have none of that.
"""

from collections.abc import Iterable, Iterator

import cv2
import numpy as np

from extract.ocr.picture import Picture, Pixels
from extract.ocr.rulings import ink_of

_WIDE = 1.2  # times its height
_DPI = 50  # enough to tell paper from lines of print
_GUTTER = 0.03  # of a sheet's width: paper between two pages, around its middle
_SPECKS = 0.003  # of a sheet's height
_JOINED_IN = 0.17  # of paper between two characters of a line
_LINE, _LINES = 0.55, 10
"""Share of a page's width that a line of text or of a table takes, and how many rows of pixels there are of such."""


def pages_of(pictures: Iterable[Picture]) -> Iterator[list[Picture]]:
    """Yield the pages of each picture. Behind a sheet of two, one with the same gutter has two, however little is on them."""
    are_two = False
    for picture in pictures:
        middle = _middle(picture, are_two)
        are_two = are_two or middle is not None
        yield [picture] if middle is None else [_cut(picture, 0, middle), _cut(picture, middle, None)]


def _cut(picture: Picture, start: int, end: int | None) -> Picture:
    return picture.with_each(lambda one: np.ascontiguousarray(one[:, start:end]))


def _middle(picture: Picture, are_two: bool) -> int | None:
    """Return the column of pixels between two pages, ``None`` where a sheet has one."""
    height, width = picture.pixels.shape
    if width < _WIDE * height:
        return None
    scale = min(1.0, _DPI / picture.dpi)
    small = cv2.resize(picture.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = ink_of(np.asarray(small, dtype=np.uint8), scale * picture.dpi)
    halves = np.array_split(ink, 2, axis=1)
    return width // 2 if _has_gutter(ink) and (are_two or all(map(_is_page, halves))) else None


def _has_gutter(ink: Pixels) -> bool:
    """Tell whether paper parts a sheet from head to foot in its middle."""
    height, width = ink.shape
    start, end = (round(width / 2 * (1 + side * _GUTTER)) for side in (-1, 1))
    return bool(np.count_nonzero(ink[:, start:end], axis=0).max() <= _SPECKS * height)


def _is_page(ink: Pixels) -> bool:
    """Tell whether some rows of a half are lines of text or of tables as wide as a page's."""
    lines = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, round(_JOINED_IN * _DPI)), np.uint8))
    return int((np.count_nonzero(lines, axis=1) > _LINE * ink.shape[1]).sum()) >= _LINES
