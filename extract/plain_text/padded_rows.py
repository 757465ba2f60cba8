"""Rows of cells between bars that were filled up at their end, a bar for each column that a row has no cell for.

Programs that take the text of a web page write tables so (trafilatura: ``行政许可 | 0 | ||``). They leave blank cells out,
some of them or all; a bar at the end of a row then stands for a merged cell, or for a blank one anywhere in the row. So
it is no cell: a row with figures has as many as are printed before it, and is whole or not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.plain_text.tables import Line, is_value

_PADDING = re.compile(r"(?:(?<=\|\s)|\A\s*+)\|{2,}\s*\Z")
_GLUED_INSIDE = re.compile(r"\|\|\s*[^\s|]")


def is_padded(lines: Sequence[Line]) -> bool:
    """Say whether the rows of a text are filled up: bars stand together at the end of rows, and nowhere else.

    Where bars stand before the first words of a row, too, they hold the places of merged cells, and of blank ones.
    """
    held = [line.text for line in lines if line.holds_bar()]
    if not any(map(_PADDING.search, held)) or any(map(_GLUED_INSIDE.search, held)):
        return False
    bars = [line.text.strip() if _is_bars(line) else "" for line in lines if not line.is_blank()]
    return not any(len(above) > 1 and below for above, below in pairwise(bars))


def without_padding(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a table without what its rows with figures are filled up with.

    A row may stand on one line, or each of its cells on a line of its own, and what fills it up on the last; where a bar
    stands alone above each row, it is on the line of the last cell.
    """
    printed = [line for line in lines if not line.is_blank()]
    is_opened = _is_bars(printed[0])
    for place, line in enumerate(printed):
        if not _is_bars(line):
            yield _unpadded(line) if line.is_bar() and any(map(is_value, _cells(line))) else line
        elif is_opened or not _fills_up(printed, place):
            yield line


def _is_bars(line: Line) -> bool:
    return not line.text.strip(" \t|")


def _unpadded(line: Line) -> Line:
    printed = line.text.rstrip().rstrip("|").rstrip()
    return replace(line, text=printed if printed.endswith("|") else f"{printed} |")


def _fills_up(lines: Sequence[Line], place: int) -> bool:
    """Say whether a line of nothing but bars ends a row that prints figures; behind a cell without a bar it closes that."""
    below = next(iter(_cells(lines[place + 1])), "") if place + 1 < len(lines) else "words"
    begun = next((at for at in range(place - 1, -1, -1) if _cells(lines[at])), None)
    if begun is None or not below or is_value(below) or not is_value(_cells(lines[begun])[-1]):
        return False
    return lines[begun].is_bar() or begun < place - 1


def _cells(line: Line) -> list[str]:
    return [text for cell in line.text.split("|") if (text := cell.strip())]
