"""Rows of cells between bars that were filled up at their end, a bar for each column that a row has no cell for.

Programs that take the text of a web page write tables so (trafilatura: ``行政许可 | 0 | ||``). They leave blank cells out,
some of them or all; a bar at the end of a row then stands for a merged cell, or for a blank one anywhere in the row. So
it is no cell: a row with figures has as many as are printed before it, and is whole or not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.plain_text.tables import Line, is_value
from extract.text import LOST

_PADDING = re.compile(r"(?:(?<=\|\s)|\A\s*+)\|{2,}\s*\Z")
_GLUED_INSIDE = re.compile(r"\|\|\s*[^\s|]")
_FEWEST_BARS = 3
"""Of a row on one line: around a label, and behind a figure."""

_LEAST_FILLING = 2  # bars on a line: one alone may close a cell
_NEARLY_ALL = 0.8
_FEW_OPENED = 0.1


def is_padded(lines: Sequence[Line]) -> bool:
    """Say whether the rows of a text are filled up: bars stand together at the end of rows, and nowhere else.

    Where bars stand before the first words of a row, too, they hold the places of merged cells, and of blank ones.
    """
    held = [line.text for line in lines if line.holds_bar()]
    ends = sum(_PADDING.search(text) is not None for text in held)
    inside = sum(_GLUED_INSIDE.search(text) is not None for text in held)
    return ends > 2 * inside and not _opens_rows([line for line in lines if not line.is_blank()])


def without_padding(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a table without what its rows with figures are filled up with.

    A row may stand on one line, or each of its cells, or each bar, on a line of its own; where a bar stands alone above each
    row, what fills it up is on the line of its last cell. A row on one line that has another number of bars than all
    others lost or gained a cell: nothing in it can be read. A label alone lost its figure where fewer bars follow it.
    """
    printed = list(_without_lost([line for line in lines if not line.is_blank()]))
    is_opened = printed[0].text.strip() == "|"
    strange = _strange_rows(printed, len(printed) - (_PADDING.search(printed[-1].text) is None))
    place = 0
    while place < len(printed):
        line, place = printed[place], place + 1
        stop = (
            place if is_opened else next((at for at in range(place, len(printed)) if _cells(printed[at])), len(printed))
        )
        if place - 1 in strange:
            yield _spoiled(line)
        elif _ends_row(line, printed[stop : stop + 1] if not is_opened else ()):
            yield _closed(line, printed[place:stop])
            place = stop
        else:
            yield line


def _without_lost(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, below each label without a figure that has too few bars before the next row something unreadable."""
    rows = list(_rows_to_filling(lines))
    counts = Counter(bars for first, end, bars in rows if end - first > 1)
    common = max(counts, key=lambda bars: counts[bars], default=0)
    lost = {end for first, end, bars in rows if end - first == 1 and bars < common} if common else set()
    for place, line in enumerate(lines):
        if place in lost:
            yield replace(line, text=f"{LOST} |")
        yield line


def _rows_to_filling(lines: Sequence[Line]) -> Iterator[tuple[int, int, int]]:
    """Yield where each row that has its cells on lines of their own begins, where what fills it up stands, and its bars."""
    for end, line in enumerate(lines):
        if not _is_bars(line) or len(line.text.strip()) < _LEAST_FILLING:
            continue
        first = end - 1
        while first > 0 and is_value(lines[first].text.strip("| ")) and lines[first].text.count("|") == 1:
            first -= 1
        if first >= 0 and _is_label(lines[first]):
            yield first, end, sum(held.text.count("|") for held in lines[first : end + 1])


def _is_label(line: Line) -> bool:
    return line.text.count("|") == 1 and len(_cells(line)) == 1 and not is_value(_cells(line)[0])


def _ends_row(line: Line, below: Sequence[Line]) -> bool:
    """Say whether the last cell of a line is a figure, and what stands below its bars is none of its row."""
    cells = _cells(line)
    return bool(cells) and is_value(cells[-1]) and not (below and is_value(_cells(below[0])[0]))


def _closed(line: Line, bars: Sequence[Line]) -> Line:
    """Return a line without the last of the bars behind it: the first closes its cell, others close blank ones."""
    printed = line.text.rstrip("| \t")
    found = " ".join([line.text[len(printed) :], *(below.text for below in bars)]).split()
    if not found:
        return line
    return replace(line, text=printed + " |" * (1 + sum(map(len, found[1:-1]))))


def _opens_rows(lines: Sequence[Line]) -> bool:
    """Say whether bars stand alone behind those that end rows, at more than the few rows whose first line is lost."""
    ends = [
        _is_bars(below)
        for above, line, below in zip(lines, lines[1:], lines[2:], strict=False)
        if _is_bars(line) and len(line.text.strip()) > 1 and above.is_bar()
    ]
    return sum(ends) > _FEW_OPENED * len(ends)


def with_strange_spoiled(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a table that is not filled up: nothing can be read in the one row that lost or gained a cell where
    nearly all have as many as each other."""
    printed = [line for line in lines if not line.is_blank()]
    strange = _strange_rows(printed, len(printed), _NEARLY_ALL)
    yield from (_spoiled(line) if place in strange else line for place, line in enumerate(printed))


def _strange_rows(lines: Sequence[Line], stop: int, fewest: float = 0.5) -> set[int]:
    """Return the rows before ``stop`` that are alone with their number of bars, where most have another: the last of a table
    may not be filled up."""
    counts = [line.text.count("|") for line in lines]
    (common, number), *_ = Counter(counts).most_common(1)
    if common < _FEWEST_BARS or number < fewest * len(lines):
        return set()
    alone = {count for count, times in Counter(counts).items() if times == 1}
    return {place for place, count in enumerate(counts[:stop]) if count in alone}


def _spoiled(line: Line) -> Line:
    """Return a row without a figure that can be read, a blank one neither; headers are left as they are, and words without
    a bar (三、本年度办理结果, where the bar behind them opens the next line)."""
    if not line.holds_bar():
        return replace(line, text=f"{line.text.rstrip()}{LOST}") if is_value(line.text) else line
    first, *cells, last = line.text.split("|")
    if len(_cells(line)) > 1 and not any(map(is_value, _cells(line))):
        return line
    return replace(line, text="|".join([first, *(f"{cell.rstrip()}{LOST}" for cell in cells), last]))


def _is_bars(line: Line) -> bool:
    return not line.text.strip(" \t|")


def _cells(line: Line) -> list[str]:
    return [text for cell in line.text.split("|") if (text := cell.strip())]
