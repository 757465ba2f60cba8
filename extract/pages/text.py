"""Characters of a page in reading order: lines of text, without layout guesses."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from extract.text import LOST

DESCENT = 0.12
"""Share of a character box that lies below its baseline; engines build the box that way for every font."""

_SAME_LINE = 0.35  # of the type size: lines of one paragraph are at least 1.0 apart
_SAME_LINES = 0.6  # of the first and the last character of a line: else lines of cells beside each other run together
_SAME_GLYPH = 0.3  # of the width: bold type is sometimes faked by printing a character twice, slightly shifted
_SMALLER = 0.8  # of the size of the digits beside it: figures of one number are of one size
_SHIFTED = 0.15  # of their size: figures of one number stand on one baseline
_OVER = 0.35  # of the width: digits set closer than fonts set them overlap by a fifth
_NARROW_GAP = 0.3  # of the type size, between two Latin letters or digits
_MIXED_GAP = 1.0
_WIDE_GAP = 2.0
_LEFT = itemgetter(1)


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
        single = _without_doubles(group)
        printed = [char for char in single if not char.text.isspace()]
        if printed:
            lines.append(_line(single if len(printed) == len(single) else _without_hanging(single), printed))
    return lines


def is_wide(text: str) -> bool:
    """Tell whether text is CJK: ideographs and full-width forms, which are set without spaces."""
    return text >= "\u2e80"


def _by_baseline(chars: Iterable[Char]) -> Iterable[list[Char]]:
    group: list[Char] = []
    first = last = height = 0.0
    # The box of a character ends DESCENT below its baseline.
    for baseline, char in sorted([(char[4] - DESCENT * (char[4] - char[2]), char) for char in chars]):
        own = char[4] - char[2]
        size = own if own < height else height
        if group and (baseline - last > _SAME_LINE * size or baseline - first > _SAME_LINES * size):
            yield group
            group = []
        if not group:
            first = baseline
        group.append(char)
        last, height = baseline, own
    if group:
        yield group


def _without_doubles(group: list[Char]) -> list[Char]:
    kept: list[Char] = []
    for char in sorted(group, key=_LEFT) if len(group) > 1 else group:
        if kept and char[0] == kept[-1][0] and char[1] - kept[-1][1] < _SAME_GLYPH * (char[3] - char[1]):
            continue
        kept.append(char)
    return kept


def _without_hanging(group: Sequence[Char]) -> list[Char]:
    """Leave out spaces with a glyph on them: white space at the end of a text that runs into the cell beside it."""
    kept: list[Char] = []
    furthest, following = float("-inf"), [*group[1:], None]
    for char, after in zip(group, following, strict=True):
        if not char.text.isspace():
            furthest = max(furthest, char.x1)
        elif (middle := (char.x0 + char.x1) / 2) < furthest or (after is not None and after.x0 < middle):
            continue
        kept.append(char)
    return kept


def _line(chars: Sequence[Char], printed: Sequence[Char]) -> TextLine:
    _, lefts, tops, rights, bottoms = zip(*printed, strict=True)
    sizes = [bottom - top for top, bottom in zip(tops, bottoms, strict=True)]
    size = max(sizes)
    is_even = min(sizes) >= _SMALLER * size and max(bottoms) - min(bottoms) <= _SHIFTED * size
    text = _join(chars if is_even else list(_with_notes_apart(chars)))
    return TextLine(text, lefts[0], min(tops), max(rights), max(bottoms), size, tuple(printed))


def _with_notes_apart(chars: Sequence[Char]) -> Iterator[Char]:
    """Yield characters, digits unreadable beside one smaller, raised or lowered: it is the mark of a note, or an index."""
    for before, char, after in zip([None, *chars[:-1]], chars, [*chars[1:], None], strict=True):
        yield char._replace(text=LOST) if _is_note(before, char) or _is_note(after, char) else char


def _is_note(beside: Char | None, char: Char) -> bool:
    if beside is None or not (beside.text.isdecimal() and char.text.isdecimal()):
        return False
    own, other = char.bottom - char.top, beside.bottom - beside.top
    is_other = own < _SMALLER * other or (own <= other and abs(char.bottom - beside.bottom) > _SHIFTED * other)
    return is_other and max(char.x0 - beside.x1, beside.x0 - char.x1) < _NARROW_GAP * other


def _join(chars: Sequence[Char]) -> str:
    pieces = [chars[0].text]
    for left, right in pairwise(chars):
        if not 0 <= right[1] - left[3] <= _NARROW_GAP * (right[4] - right[2]):
            pieces.append(_between(left, right))
        pieces.append(right[0])
    return " ".join("".join(pieces).split())


def _between(left: Char, right: Char) -> str:
    gap = right.x0 - left.x1
    if gap > 0:
        wide = is_wide(left.text) + is_wide(right.text)
        return " " if gap > (_NARROW_GAP, _MIXED_GAP, _WIDE_GAP)[wide] * (right.bottom - right.top) else ""
    # Two different digits printed over each other are a correction nobody can read, not a number of two digits.
    overlaps = -gap > _OVER * min(left.x1 - left.x0, right.x1 - right.x0)
    return LOST if overlaps and left.text.isdigit() and right.text.isdigit() else ""
