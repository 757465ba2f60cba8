"""A page that is a picture becomes characters and ruling lines, like a page of any other engine."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from extract.ocr.engine import Engine, Sign
from extract.ocr.picture import Picture, PixelBox, Pixels
from extract.ocr.pieces import Piece, completed, find_pieces
from extract.ocr.rulings import ink_of, rulings, straightened
from extract.pages.lines import PageContent, Segment, find_tables
from extract.pages.text import Char, is_wide
from extract.pdf.ink import UNREADABLE, clean

_LEAST_SCORE = 0.3
_LEAST_SCORE_OF_FIGURES = 0.8
_FIGURE = re.compile(r"[\d,.，+-]*\d(?![.、．])|\W*$")
"""Beginning of what may be a figure, with its remark; 1. and 1、 number a label. Misread labels are recognised by what
they resemble, misread figures are not recognised at all."""

_CLOSE = 1.2  # type sizes between the middles of two characters with no space between them
_POINTS = 72
_STRIP_MARGIN = 0.15  # of a strip's height
_SPOT_IN = 0.1  # ink is thinner, paper is not
_SIMPLIFIED = str.maketrans("強處開內請數務報關總項費維糾", "强处开内请数务报关总项费维纠")
"""Traditional forms that the model now and then sees in words of the form, which is printed in simplified ones."""

_Read = dict[Piece, Sequence[Sign]]


def page_content(picture: Picture, engine: Engine) -> PageContent:
    """Recognise a page. What is printed in a cell and not recognised with certainty is ``UNREADABLE`` there."""
    straight = straightened(picture)
    texts = engine.find(straight.pixels)
    segments, covered = rulings(straight, texts)
    pixels = _without_lines(straight, covered)
    ink = ink_of(pixels, picture.dpi)
    cells = _cells(straight, segments)
    read = _read(find_pieces(texts, cells, ink, picture.dpi), engine, pixels)
    words = _words(read)
    doubtful = [cell for cell in range(len(cells)) if _FIGURE.match(words.get(cell, ""))]
    again = completed(list(read), doubtful, cells, ink, picture.dpi)
    read = {piece: signs for piece, signs in read.items() if piece.cell not in doubtful or piece in again}
    read |= _read([piece for piece in again if piece not in read], engine, pixels)
    chars = [char for line in _lines(read, set(doubtful)) for char in _chars(*line, picture.dpi)]
    height, width = pixels.shape
    return PageContent(width * _POINTS / picture.dpi, height * _POINTS / picture.dpi, chars, segments)


def _without_lines(picture: Picture, covered: Pixels) -> Pixels:
    """Paint ruling lines with the paper around them: beside a figure one reads as 1."""
    spot = int(_SPOT_IN * picture.dpi)
    paper = cv2.morphologyEx(picture.pixels, cv2.MORPH_CLOSE, np.ones((spot, spot), np.uint8))
    lines = cv2.dilate(covered, np.ones((5, 5), np.uint8))
    return np.asarray(np.where(lines > 0, paper, picture.pixels), dtype=np.uint8)


def _cells(picture: Picture, segments: Sequence[Segment]) -> list[PixelBox]:
    height, width = picture.pixels.shape
    scale = picture.dpi / _POINTS
    tables, _ = find_tables(PageContent(width / scale, height / scale, (), segments))
    return [
        (
            max(0, round(cell.box[0] * scale)),
            max(0, round(cell.box[1] * scale)),
            min(width, round(cell.box[2] * scale)),
            min(height, round(cell.box[3] * scale)),
        )
        for table in tables
        for cell in table.cells
    ]


def _read(pieces: Sequence[Piece], engine: Engine, pixels: Pixels) -> _Read:
    return dict(zip(pieces, engine.read([_strip(pixels, piece.box) for piece in pieces]), strict=True))


def _strip(pixels: Pixels, box: PixelBox) -> Pixels:
    left, top, right, bottom = box
    strip = pixels[top:bottom, left:right]
    margin, paper = _margin(box), int(np.percentile(strip, 90))
    widened = cv2.copyMakeBorder(strip, 0, 0, margin, margin, cv2.BORDER_CONSTANT, value=(paper,))
    return np.asarray(widened, dtype=np.uint8)


def _margin(box: PixelBox) -> int:
    return max(2, int(_STRIP_MARGIN * (box[3] - box[1])))


def _words(read: _Read) -> dict[int, str]:
    words: dict[int, str] = {}
    for piece, signs in read.items():
        if piece.cell is not None:
            words[piece.cell] = words.get(piece.cell, "") + "".join(sign.text for sign in signs)
    return words


def _lines(read: _Read, doubtful: Set[int]) -> Iterator[tuple[Piece, Sequence[Sign]]]:
    """Yield the pieces with their characters. In a cell that may hold a figure, what cannot be told is said."""
    for piece, signs in read.items():
        may_be_figure = piece.cell in doubtful
        least = _LEAST_SCORE_OF_FIGURES if may_be_figure else _LEAST_SCORE
        if signs and piece.clear:
            yield piece, [sign if sign.score >= least else replace(sign, text=UNREADABLE) for sign in signs]
        elif may_be_figure:
            yield piece, [Sign(UNREADABLE, 0.0, 0.5)]


def _chars(piece: Piece, signs: Sequence[Sign], dpi: float) -> Iterator[Char]:
    left, top, right, bottom = piece.box
    scale, margin = _POINTS / dpi, _margin(piece.box)
    size, middle = piece.size * scale, (top + bottom) / 2 * scale
    places = [(left - margin + sign.place * (right - left + 2 * margin)) * scale for sign in signs]
    for sign, (x0, x1) in zip(signs, _edges(signs, places, size), strict=True):
        yield Char(clean(sign.text.translate(_SIMPLIFIED)), x0, middle - size / 2, x1, middle + size / 2)


def _edges(signs: Sequence[Sign], places: Sequence[float], size: float) -> Iterator[tuple[float, float]]:
    """Yield the left and right edges of characters; those that stand close to each other touch."""
    halves = [size / 2 if is_wide(sign.text) else size / 4 for sign in signs]
    lefts = [place - half for place, half in zip(places, halves, strict=True)]
    rights = [place + half for place, half in zip(places, halves, strict=True)]
    for number, (place, following) in enumerate(pairwise(places)):
        if following - place < _CLOSE * size:
            rights[number] = lefts[number + 1] = (place + following) / 2
    return zip(lefts, rights, strict=True)
