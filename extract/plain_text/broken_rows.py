"""Rows of the disclosure table whose figures go on beyond the end of a line: no sum of the form proves whose they are.

A number broken at the end of a full line leaves two, which fill up a row with a blank (规章 26 1 / 2 for 26 and 12); a number
alone on a line below a label, where others have theirs beside them, may be that of a page.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.labels import vocabulary
from extract.plain_text.tables import Cell
from extract.text import CUT, parse_number

_FEWEST = 4
_MOST = 0.8


def with_broken_marked(rows: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
    """Return rows of words and figures, those figures of table 1 cut that may not be whole or of another row."""
    split = [_split(list(row)) for row in rows]
    printed = [(words[-1], values) for words, values in split if words and values]
    beside = sum(label[1] == values[0][1] for label, values in printed)
    is_usual = len(printed) >= _FEWEST and beside >= _MOST * len(printed)
    return [_marked(words, values, is_usual) for words, values in split]


def _split(row: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    first = next((place for place, (text, _) in enumerate(row) if parse_number(text).state != "unreadable"), len(row))
    return row[:first], row[first:]


def _marked(words: list[Cell], values: list[Cell], is_beside: bool) -> list[Cell]:
    if not words or not values or vocabulary().row(words[-1][0], ("disclosure",)) is None:
        return words + values
    lines = [line for _, line in (words[-1], *values)]
    is_wrapped = len(set(lines[1:])) > 1 and any(one == two for one, two in pairwise(lines))
    if is_wrapped or (is_beside and lines[0] != lines[1]):
        return words + [(text + CUT, line) for text, line in values]
    return words + values
