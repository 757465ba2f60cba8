"""Characters of a page in reading order: lines of text, without layout guesses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

DESCENT = 0.12
"""Share of a character box that lies below its baseline; engines build the box that way for every font."""

_SAME_LINE = 0.35  # of the type size: lines of one paragraph are at least 1.0 apart
_SAME_GLYPH = 0.3  # of the width: bold type is sometimes faked by printing a character twice, slightly shifted
_NARROW_GAP = 0.3  # of the type size, between two Latin letters or digits
_MIXED_GAP = 1.0
_WIDE_GAP = 2.0


class Char(NamedTuple):
    """One printed character and its box in points, y growing downwards from the top of the visible page.

    The box runs from ``DESCENT`` of the type size below the baseline one type size upwards, whatever the font claims;
    its width is the advance width. (A named tuple: a document has thousands, and a dataclass takes twice as long.)
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """Characters on one baseline; ``size`` is the type size in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    chars: tuple[Char, ...]


def text_lines(chars: Iterable[Char]) -> list[TextLine]:
    """Group characters into lines by their baseline, from top to bottom; lines of white space alone are left out."""
    lines = []
    for group in _by_baseline(chars):
        printed = [char for char in _without_doubles(group) if not char.text.isspace()]
        if printed:
            lines.append(_line(_without_doubles(group), printed))
    return lines


def is_wide(text: str) -> bool:
    """Tell whether text is CJK: ideographs and full-width forms, which are set without spaces."""
    return text >= "\u2e80"


def _by_baseline(chars: Iterable[Char]) -> Iterable[list[Char]]:
    group: list[Char] = []
    last = 0.0
    for baseline, char in sorted((_baseline(char), char) for char in chars):
        if group and baseline - last > _SAME_LINE * min(char.bottom - char.top, group[-1].bottom - group[-1].top):
            yield group
            group = []
        group.append(char)
        last = baseline
    if group:
        yield group


def _baseline(char: Char) -> float:
    return char.bottom - DESCENT * (char.bottom - char.top)


def _without_doubles(group: Iterable[Char]) -> list[Char]:
    kept: list[Char] = []
    for char in sorted(group, key=lambda char: char.x0):
        if kept and char.text == kept[-1].text and char.x0 - kept[-1].x0 < _SAME_GLYPH * (char.x1 - char.x0):
            continue
        kept.append(char)
    return kept


def _line(chars: Sequence[Char], printed: Sequence[Char]) -> TextLine:
    return TextLine(
        text=_join(chars),
        x0=printed[0].x0,
        top=min(char.top for char in printed),
        x1=max(char.x1 for char in printed),
        bottom=max(char.bottom for char in printed),
        size=max(char.bottom - char.top for char in printed),
        chars=tuple(printed),
    )


def _join(chars: Sequence[Char]) -> str:
    pieces = [chars[0].text]
    for left, right in pairwise(chars):
        pieces.append(_between(left, right))
        pieces.append(right.text)
    return " ".join("".join(pieces).split())


def _between(left: Char, right: Char) -> str:
    gap = right.x0 - left.x1
    if gap > 0:
        wide = is_wide(left.text) + is_wide(right.text)
        return " " if gap > (_NARROW_GAP, _MIXED_GAP, _WIDE_GAP)[wide] * (right.bottom - right.top) else ""
    # Two different digits printed over each other are a correction nobody can read, not a number of two digits.
    overlaps = -gap > 0.5 * min(left.x1 - left.x0, right.x1 - right.x0)
    return "\ufffd" if overlaps and left.text.isdigit() and right.text.isdigit() else ""
