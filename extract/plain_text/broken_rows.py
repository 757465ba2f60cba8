"""Rows of the disclosure table whose figures go on beyond the end of a line: no sum of the form proves whose they are.

A number broken at the end of a full line leaves two, which fill up a row with a blank (规章 26 1 / 2 for 26 and 12); a number
alone on a line below a label, where others have theirs beside them, may be that of a page.
"""

import unicodedata
from collections.abc import Iterable, Sequence, Set
from itertools import pairwise

from extract.labels import vocabulary
from extract.plain_text.tables import Cell, Line
from extract.text import CUT, parse_number

_FEWEST = 4
_MOST = 0.8
_SLACK = 2


def with_broken_marked(rows: Iterable[Sequence[Cell]], lines: Sequence[Line]) -> list[list[Cell]]:
    """Return rows of words and figures, those figures of table 1 cut that may not be whole or of another row."""
    full = _full(lines)
    split = [_split(list(row)) for row in rows]
    printed = [(words[-1], values) for words, values in split if words and values]
    beside = sum(label[1] == values[0][1] for label, values in printed)
    is_usual = len(printed) >= _FEWEST and beside >= _MOST * len(printed)
    return [_marked(words, values, is_usual, full) for words, values in split]


def _full(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that are as wide as any: they may have been broken within a number."""
    widths = {line.number: sum(map(_width, line.text.rstrip())) for line in lines}
    widest = max(widths.values(), default=0)
    return {number for number, width in widths.items() if width >= widest - _SLACK}


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _split(row: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    first = next((place for place, (text, _) in enumerate(row) if parse_number(text).state != "unreadable"), len(row))
    return row[:first], row[first:]


def _marked(words: list[Cell], values: list[Cell], is_beside: bool, full: Set[int]) -> list[Cell]:
    if not words or not values or vocabulary().row(words[-1][0], ("disclosure",)) is None:
        return words + values
    lines = [line for _, line in (words[-1], *values)]
    is_wrapped = any(one != two and one in full for one, two in pairwise(lines[1:]))
    if is_wrapped or (is_beside and lines[0] != lines[1]):
        return words + [(text + CUT, line) for text, line in values]
    return words + values
