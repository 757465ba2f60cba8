"""How a page that is not legible was laid: on its side, on its head or upright, by a sample of its lines.

Recognising the whole page four times to see which way it reads best took four times as long, most of all for pages that
cannot be read in any way.
"""

from collections.abc import Sequence

import numpy as np

from extract.ocr.engine import Engine
from extract.ocr.picture import Picture, PixelBox, Pixels

_SAMPLE = 8
_LINE = 2.0
"""Length over thickness from which the box around a text tells which way its line runs."""


def quarters_to_upright(picture: Picture, engine: Engine) -> int:
    """Return by how many quarters of a circle, counter-clockwise, a page has to be turned; 0 where no text says so."""
    lines = [box for box in engine.find(picture.pixels, picture.dpi) if _length(box) >= _LINE * _thickness(box)]
    down = [box for box in lines if box[3] - box[1] > box[2] - box[0]]
    is_on_side = sum(map(_length, down)) * 2 > sum(map(_length, lines))
    along = down if is_on_side else [box for box in lines if box not in down]
    sample = [_cut(picture.pixels, box) for box in sorted(along, key=_length)[-_SAMPLE:]]
    return max((1, 3) if is_on_side else (0, 2), key=lambda quarters: _legibility(sample, quarters, engine))


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
