"""How a page that is not legible was laid: on its side, on its head or upright, by a sample of its lines.

Recognising the whole page four times to see which way it reads best took four times as long, most of all for pages that
cannot be read in any way.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from extract.ocr.engine import Engine
from extract.ocr.network import Sign
from extract.ocr.picture import Picture, PixelBox, Pixels

_SAMPLE = 8
_LINE = 2.0
"""Length over thickness from which the box around a text tells which way its line runs."""


def quarters_to_upright(picture: Picture, engine: Engine) -> int:
    """Return by how many quarters of a circle, counter-clockwise, a page has to be turned; 0 where no text says so."""
    across, down = _lines(engine.find(picture.pixels, picture.dpi))
    is_turned = _total(down) > _total(across)
    sample = [_cut(picture.pixels, box) for box in sorted(down if is_turned else across, key=_length)[-_SAMPLE:]]
    return max((1, 3) if is_turned else (0, 2), key=lambda quarters: _legibility(sample, quarters, engine))


def may_be_on_side(texts: Sequence[PixelBox], cells: Sequence[PixelBox]) -> bool:
    """Tell whether most text outside tables runs up or down, or most cells are higher than wide.

    Much of a page that is on its side looks like characters.
    """
    across, down = _lines(texts)
    high = sum(bottom - top > right - left for left, top, right, bottom in cells)
    return _total(down) > _total(across) or 2 * high > len(cells)


def is_in_single_signs(cells: Iterable[Sequence[Sign]]) -> bool:
    """Tell whether most cells with a word hold one character: lines of prose on their side look like columns of a table."""
    words = [signs for signs in cells if any(sign.text.isalpha() for sign in signs)]
    return 2 * sum(len(word) == 1 for word in words) > len(words)


def _lines(texts: Sequence[PixelBox]) -> tuple[list[PixelBox], list[PixelBox]]:
    """Return the boxes of lines that run across a page, and of those that run up or down."""
    lines = [box for box in texts if _length(box) >= _LINE * _thickness(box)]
    down = [box for box in lines if box[3] - box[1] > box[2] - box[0]]
    return [box for box in lines if box not in down], down


def _total(lines: Sequence[PixelBox]) -> int:
    return sum(map(_length, lines))


def _length(box: PixelBox) -> int:
    return max(box[2] - box[0], box[3] - box[1])


def _thickness(box: PixelBox) -> int:
    return min(box[2] - box[0], box[3] - box[1])


def _cut(pixels: Pixels, box: PixelBox) -> Pixels:
    return pixels[box[1] : box[3], box[0] : box[2]]


def _legibility(sample: Sequence[Pixels], quarters: int, engine: Engine) -> float:
    """Return the sum of the certainties with which lines are read when they are turned."""
    read = engine.read([np.ascontiguousarray(np.rot90(strip, quarters)) for strip in sample])
    return sum(sign.score for signs in read for sign in signs)
