"""Words of a page that is a picture: pieces of text become characters, with the certainty of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from extract.ocr.engine import Engine
from extract.ocr.network import Sign
from extract.ocr.picture import PixelBox, Pixels, paper_of
from extract.ocr.pieces import Piece
from extract.pages.text import is_wide
from extract.pdf.ink import UNREADABLE

_LEAST_SCORE = 0.3
"""Misread labels are recognised by what they resemble."""

_NEAR, _LABEL, _FAR = (0.15, 0.0), (0.15, 0.35), (0.3, 0.2)
"""Paper added at the sides, and above and below, of a piece of text, in its heights: for the first reading, for that of a
label, for the second. Time goes with width for height. With much paper labels are read with fewer weak characters in
three quarters of the time; lines of text, whose type is larger, bear to be pressed together instead."""

_DISPUTED, _WEAK, _WEAK_IN_LINE = 0.75, 0.95, 0.75
"""Certainty of a character below which it says nothing of a name, and below which there is a second reading. Lines of
text and labels take longest."""

_OTHER, _SAME_PLACE = 0.5, 0.4
"""Certainty from which another character in the second reading contradicts the first one; how far from it, in heights."""

_PRESSED = 0.6
"""Share of its width that is left of a line of text: with half of it, three times as many are misread."""

_LINE, _FEW, _LARGER = 14.0, 3, 1.15
"""Heights from which a piece outside tables may be a line of text, how many tell the usual type, and what titles exceed."""

_FAINT_ROW = 0.15  # of the darkness of a line's darkest row
_PASSED_OVER = 1.6  # pitches of a line between two characters with another one between them
_DARKER, _LEAST_INK = 60, 0.08  # grey values by which ink is darker than paper; share of a character's square

_SQUARES, _NARROW = 4, 0.5  # Chinese characters that tell a type size, and the width of others in it

_FOLIO = re.compile(r"[-–—−－一]\d{1,3}[-–—−－一]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")

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
    lines = _lines_of_text(pieces, pixels)
    read = engine.read([_near(pixels, piece, number in lines) for number, piece in enumerate(pieces)])
    weak = [
        number
        for number, (piece, signs) in enumerate(zip(pieces, read, strict=True))
        if _least(signs) < (_WEAK if piece.cell is None and number not in lines else _WEAK_IN_LINE)
    ]
    again = engine.read([_strip(pixels, pieces[number].box, _FAR) for number in weak])
    second = dict(zip(weak, again, strict=True))
    found = [_printed(piece, read[number], second.get(number, ())) for number, piece in enumerate(pieces)]
    return [replace(one, signs=list(_with_missing(one, pixels))) if one.cell is None else one for one in found]


def _printed(piece: Piece, first: Sequence[Sign], second: Sequence[Sign]) -> Printed:
    """Return the better of two readings with the box it was read in."""
    is_better = _least(second) > _least(first)
    near = Printed(first, _widened(piece.box, _first_margin(piece)), _size(piece, first), piece.cell)
    far = replace(near, signs=second, box=_widened(piece.box, _FAR))
    return _certain(far, near) if is_better else _certain(near, far)


def _first_margin(piece: Piece) -> Margin:
    return _NEAR if piece.cell is None else _LABEL


def _certain(chosen: Printed, other: Printed) -> Printed:
    """Return a reading. Outside tables, a Chinese character that is weak in it and not certain in the other is unreadable,
    and so is one that is another in the other, if it is not much more certain.

    A label is known in spite of a misread character; the name of an agency would be that of another one.
    """
    is_free = chosen.cell is None
    return replace(
        chosen,
        signs=[
            replace(sign, text=UNREADABLE) if is_free and _is_disputed(sign, chosen, other) else sure(sign)
            for sign in chosen.signs
        ],
    )


def _is_disputed(sign: Sign, chosen: Printed, other: Printed) -> bool:
    if sign.score >= _WEAK or not _CHINESE.match(sign.text):
        return False
    if sign.score < _DISPUTED:
        return all(one.text != sign.text or one.score < _DISPUTED for one in other.signs)
    at, reach = _across(sign, chosen), _SAME_PLACE * (chosen.box[3] - chosen.box[1])
    beside = [one for one in other.signs if abs(_across(one, other) - at) <= reach and _CHINESE.match(one.text)]
    return bool(beside) and all(one.text != sign.text and one.score >= _OTHER for one in beside)


def _across(sign: Sign, printed: Printed) -> float:
    """Return how far from the left of a page the middle of a character is."""
    left, _, right, _ = printed.box
    return left + sign.place * (right - left)


def _with_missing(printed: Printed, pixels: Pixels) -> Iterator[Sign]:
    """Yield the signs of a line; where ink stands between two Chinese characters far from each other, one was passed over."""
    left, top, right, bottom = printed.box
    pairs = list(pairwise(printed.signs))
    pitch = float(np.median([_apart(pair) for pair in pairs if _are_chinese(pair)] or [1.0]))
    yield from printed.signs[:1]
    for pair in pairs:
        if _are_chinese(pair) and _apart(pair) > _PASSED_OVER * pitch:
            ends = (pair[0].place + pitch / 2, pair[1].place - pitch / 2)
            first, last = (round(left + end * (right - left)) for end in ends)
            if _is_printed(pixels[max(0, top) : bottom, max(0, first) : last]):
                yield Sign(UNREADABLE, 0.0, sum(ends) / 2)
        yield pair[1]


def _are_chinese(pair: tuple[Sign, Sign]) -> bool:
    return all(_CHINESE.match(sign.text) for sign in pair)


def _apart(pair: tuple[Sign, Sign]) -> float:
    return pair[1].place - pair[0].place


def _is_printed(piece: Pixels) -> bool:
    """Tell whether there is as much ink on a piece of paper as a character has."""
    if not piece.size:
        return False
    dark = piece < paper_of(piece) - _DARKER
    return float(dark.mean()) >= _LEAST_INK


def without_lone_figures(printed: Sequence[Printed]) -> list[Printed]:
    """Make figures outside tables unreadable that have something beside them: the rows of a table without ruling lines.

    Outside cells a figure may be passed over, and then the next one would stand in its column.
    """
    return [
        replace(one, signs=[Sign(UNREADABLE, 0.0, 0.5)]) if _is_figure(one) and _has_neighbour(one, printed) else one
        for one in printed
    ]


def _is_figure(printed: Printed) -> bool:
    text = _text(printed)
    return not _CHINESE.search(text) and any(map(str.isdigit, text))


def _text(printed: Printed) -> str:
    return "".join(sign.text for sign in printed.signs)


def _has_neighbour(printed: Printed, others: Sequence[Printed]) -> bool:
    beside = [other for other in others if other is not printed and _are_beside(printed.box, other.box)]
    return bool(beside) and not _is_folio([printed, *beside])


def _are_beside(box: PixelBox, other: PixelBox) -> bool:
    return min(box[3], other[3]) - max(box[1], other[1]) > (box[3] - box[1]) / 2


def _is_folio(line: Sequence[Printed]) -> bool:
    """Tell whether a line is the number of a page between two dashes, close together."""
    line = sorted(line, key=lambda one: one.box[0])
    far = max(right.box[0] - left.box[2] for left, right in pairwise(line))
    return (
        far <= line[0].box[3] - line[0].box[1]
        and _FOLIO.fullmatch("".join(map(_text, line)).replace(" ", "")) is not None
    )


def _lines_of_text(pieces: Sequence[Piece], pixels: Pixels) -> set[int]:
    """Return the numbers of long lines of the usual type, as against labels, titles, headings and signatures."""
    heights = {
        number: _height(pixels[piece.box[1] : piece.box[3], piece.box[0] : piece.box[2]])
        for number, piece in enumerate(pieces)
        if piece.cell is None and piece.box[2] - piece.box[0] > _LINE * (piece.box[3] - piece.box[1])
    }
    usual = float(np.median(list(heights.values()))) if len(heights) >= _FEW else 0.0
    return {number for number, height in heights.items() if height <= _LARGER * usual}


def _height(strip: Pixels) -> int:
    """Return in how many rows of a line characters stand; its box is coarse."""
    darkness = paper_of(strip) - strip.mean(axis=1)
    return int((darkness > _FAINT_ROW * darkness.max()).sum())


def _size(piece: Piece, signs: Sequence[Sign]) -> float:
    """Return the type size by the pitch of Chinese characters, which are square; boxes of text are coarse."""
    wide = sum(is_wide(sign.text) for sign in signs)
    if piece.cell is not None or wide < _SQUARES:
        return piece.size
    return (piece.box[2] - piece.box[0]) / (wide + _NARROW * (len(signs) - wide))


def _least(signs: Sequence[Sign]) -> float:
    """Return the certainty of the weakest character; most weak signs are commas and brackets, which say nothing."""
    said = [sign.score for sign in signs if sign.text.isalnum()]
    return min(said or [sign.score for sign in signs], default=0.0)


def sure(sign: Sign) -> Sign:
    """Return a sign, or ``UNREADABLE`` for one that resembles nothing."""
    return sign if sign.score >= _LEAST_SCORE else replace(sign, text=UNREADABLE)


def _strip(pixels: Pixels, box: PixelBox, margin: Margin) -> Pixels:
    """Cut a box out, with paper around it."""
    left, top, right, bottom = box
    strip = pixels[top:bottom, left:right]
    across, down = (int(share * (bottom - top)) for share in margin)
    paper = int(paper_of(strip))
    widened = cv2.copyMakeBorder(strip, down, down, across, across, cv2.BORDER_CONSTANT, value=(paper,))
    return np.asarray(widened, dtype=np.uint8)


def _near(pixels: Pixels, piece: Piece, is_line: bool) -> Pixels:
    """Cut a piece out for its first reading; lines of text are pressed together.

    What becomes weak is read again as it is. Titles and signatures, which name agencies, are not pressed.
    """
    strip = _strip(pixels, piece.box, _first_margin(piece))
    if not is_line:
        return strip
    height, width = strip.shape
    size = (round(_PRESSED * width), height)
    return np.asarray(cv2.resize(strip, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _widened(box: PixelBox, margin: Margin) -> PixelBox:
    across, down = (int(share * (box[3] - box[1])) for share in margin)
    return (box[0] - across, box[1] - down, box[2] + across, box[3] + down)
