"""Words of a page that is a picture: pieces of text become characters, with the certainty of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.ocr.engine import Engine, Sign
from extract.ocr.picture import PixelBox, Pixels
from extract.ocr.pieces import Piece
from extract.pages.text import is_wide
from extract.pdf.ink import UNREADABLE

_LEAST_SCORE = 0.3
"""Misread labels are recognised by what they resemble."""

_NEAR, _FAR = (0.15, 0.0), (0.3, 0.2)
"""Paper added at the sides, and above and below, of a piece of text, in its heights: for the first and second reading."""

_DISPUTED, _WEAK, _WEAK_IN_LINE = 0.6, 0.85, 0.75
"""Certainty of a character below which two readings have to agree, and below which there is a second one. Lines of text
take longest, and their weak characters are mostly commas."""

_LONG, _PRESSED = 6.0, 0.75  # heights from which a label is pressed, and the share of its width that is left
_LINE, _LARGER = 14.0, 1.1
"""Heights from which a piece outside tables may be a line of text, and what titles exceed of the usual height of these."""

_SQUARES, _NARROW = 4, 0.5  # Chinese characters that tell a type size, and the width of others in it

Margin = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Printed:
    """Characters as read, the box over whose width they stand, their type size in pixels, the cell they stand in."""

    signs: Sequence[Sign]
    box: PixelBox
    size: float
    cell: int | None


def read_words(pieces: Sequence[Piece], engine: Engine, pixels: Pixels) -> list[Printed]:
    """Read pieces of text; those with a weak character twice. A character that resembles nothing is ``UNREADABLE``."""
    lines = _lines_of_text(pieces)
    read = engine.read([_near(pixels, piece, number in lines) for number, piece in enumerate(pieces)])
    weak = [
        number for number, signs in enumerate(read) if _least(signs) < (_WEAK_IN_LINE if number in lines else _WEAK)
    ]
    again = engine.read([_strip(pixels, pieces[number].box, _FAR) for number in weak])
    readings = {number: (read[number], second) for number, second in zip(weak, again, strict=True)}
    better = {number for number, (first, second) in readings.items() if _least(second) > _least(first)}
    return [
        Printed(
            _certain(readings[number], number in better) if number in readings else [sure(sign) for sign in signs],
            _widened(piece.box, _FAR if number in better else _NEAR),
            _size(piece, signs),
            piece.cell,
        )
        for number, (piece, signs) in enumerate(zip(pieces, read, strict=True))
    ]


def _certain(readings: tuple[Sequence[Sign], Sequence[Sign]], second: bool) -> list[Sign]:
    """Return one of two readings. A weak Chinese character that the other has not is ``UNREADABLE``.

    A label is known in spite of it; in the name of an agency another character would be another agency.
    """
    chosen, other = readings if not second else reversed(readings)
    seen = {sign.text for sign in other}
    return [
        replace(sign, text=UNREADABLE)
        if sign.score < _DISPUTED and is_wide(sign.text) and sign.text not in seen
        else sure(sign)
        for sign in chosen
    ]


def _lines_of_text(pieces: Sequence[Piece]) -> set[int]:
    """Return the numbers of long lines of the usual type, as against labels, titles, headings and signatures."""
    long = [
        number for number, piece in enumerate(pieces) if piece.cell is None and _width(piece) > _LINE * _height(piece)
    ]
    usual = float(np.median([_height(pieces[number]) for number in long])) if long else 0.0
    return {number for number in long if _height(pieces[number]) <= _LARGER * usual}


def _width(piece: Piece) -> int:
    return piece.box[2] - piece.box[0]


def _height(piece: Piece) -> int:
    return piece.box[3] - piece.box[1]


def _size(piece: Piece, signs: Sequence[Sign]) -> float:
    """Return the type size by the pitch of Chinese characters, which are square; boxes of text are coarse."""
    wide = sum(is_wide(sign.text) for sign in signs)
    if piece.cell is not None or wide < _SQUARES:
        return piece.size
    return _width(piece) / (wide + _NARROW * (len(signs) - wide))


def _least(signs: Sequence[Sign]) -> float:
    return min((sign.score for sign in signs), default=0.0)


def sure(sign: Sign) -> Sign:
    """Return a sign, or ``UNREADABLE`` for one that resembles nothing."""
    return sign if sign.score >= _LEAST_SCORE else replace(sign, text=UNREADABLE)


def _strip(pixels: Pixels, box: PixelBox, margin: Margin) -> Pixels:
    """Cut a box out, with paper around it."""
    left, top, right, bottom = box
    strip = pixels[top:bottom, left:right]
    across, down = (int(share * (bottom - top)) for share in margin)
    paper = int(np.percentile(strip, 90))
    widened = cv2.copyMakeBorder(strip, down, down, across, across, cv2.BORDER_CONSTANT, value=(paper,))
    return np.asarray(widened, dtype=np.uint8)


def _near(pixels: Pixels, piece: Piece, is_line: bool) -> Pixels:
    """Cut a piece out for its first reading; long labels and lines of text are pressed together: time goes with width.

    Labels are known by what they resemble, and what becomes weak is read again as it is. Titles and signatures, which
    name agencies, are not pressed.
    """
    strip = _strip(pixels, piece.box, _NEAR)
    height, width = strip.shape
    if not is_line and (piece.cell is None or width <= _LONG * height):
        return strip
    size = (round(_PRESSED * width), height)
    return np.asarray(cv2.resize(strip, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _widened(box: PixelBox, margin: Margin) -> PixelBox:
    across, down = (int(share * (box[3] - box[1])) for share in margin)
    return (box[0] - across, box[1] - down, box[2] + across, box[3] + down)
