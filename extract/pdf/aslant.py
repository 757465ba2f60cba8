"""Text at an angle: most of it is a watermark or a seal, but a figure in it may be one of the table below."""

import re
from collections.abc import Iterable, Iterator
from math import hypot

from extract.pages.lines import Box
from extract.pages.obscured import HIGHEST_PT
from extract.pages.text import Char

_FIGURE = re.compile(r"[-－−]?[\d,，\ufffd]{1,7}(?:[.．]\d{1,6})?")
"""A figure of the form; dates, telephone numbers and addresses of machines are set as watermarks."""

_NEXT = 1.5  # type sizes between the middles of two characters of one text
_SMALL = 2.0  # points from the middle of a digit, which stands in its cell wherever its corners are


def figures(chars: Iterable[Char]) -> Iterator[Box]:
    """Yield a small box in the middle of each digit of a slanted text that is nothing but one figure of ordinary size."""
    for text in _texts(char for char in chars if not char.text.isspace()):
        if _FIGURE.fullmatch("".join(char.text for char in text)):
            for char in text:
                x, y = _middle(char)
                yield (x - _SMALL, y - _SMALL, x + _SMALL, y + _SMALL)


def _texts(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """Yield the characters that follow each other closely; large ones are those of watermarks."""
    text: list[Char] = []
    for char in chars:
        if char.bottom - char.top > HIGHEST_PT:
            continue
        if text and not _follows(text[-1], char):
            yield text
            text = []
        text.append(char)
    if text:
        yield text


def _follows(before: Char, char: Char) -> bool:
    (x0, y0), (x1, y1) = _middle(before), _middle(char)
    return hypot(x1 - x0, y1 - y0) <= _NEXT * max(char.bottom - char.top, char.x1 - char.x0)


def _middle(char: Char) -> tuple[float, float]:
    return (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
