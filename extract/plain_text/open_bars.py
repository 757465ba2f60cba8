"""Tables in text with bars between cells and none at the end of a row, as html2text and the like print web pages.

Such a line ends with a bar only where its last cell is blank. With one more at the end of each they are rows of closed
cells, as other texts have them. Others (older versions of trafilatura) set a bar on either side of each cell.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from extract.headings import heading_number
from extract.plain_text.tables import Line
from extract.text import LOST

_RULE = re.compile(r"\s*-{3,}\s*")
_AROUND = re.compile(r"(?:\|[^|]+\|)+")
_FEWEST_ROWS = 3
_FEWEST_BARS = 2
_NEARLY_ALL = 0.9


def with_single_bars(lines: Sequence[Line]) -> list[Line]:
    """Return lines, those of tables with bars around each cell (|规章||3||0||15|) with one behind each.

    Where a cell goes on over lines without a bar, nobody knows what they end: such a text is left as it is.
    """
    around = [_AROUND.fullmatch(line.text.strip()) is not None for line in lines]
    doubled = sum("||" in line.text for line, is_around in zip(lines, around, strict=True) if is_around)
    if (
        doubled < _FEWEST_ROWS
        or sum(around) < sum(map(Line.holds_bar, lines))
        or any(map(_is_broken, lines, lines[1:]))
    ):
        return list(lines)
    return [_single(line) if one else line for line, one in zip(lines, around, strict=True)]


def _is_broken(line: Line, below: Line) -> bool:
    """Say whether a cell that is alone on its line goes on below."""
    alone = line.is_bar() and "||" not in line.text
    return alone and not below.is_blank() and not below.holds_bar() and heading_number(below.text) is None


def _single(line: Line) -> Line:
    return replace(line, text=line.text.strip().removeprefix("|").replace("||", " | "))


def with_closed_cells(lines: Sequence[Line], is_prose: Callable[[str], bool]) -> Iterator[Line]:
    """Yield lines, those of such tables with a bar behind their last cell; no row is a sentence or heading.

    Where each line is a row, tabs stand for the bars: a bar at its end is before a blank cell there, and closes none.
    """
    are_rows = _are_rows([line for line in lines if line.holds_bar() and not is_prose(line.text)])
    change = _with_tabs if are_rows else _closed
    for is_blank, group in groupby(lines, key=Line.is_blank):
        run = list(group)
        if is_blank or not (are_rows or _is_open(run)):
            yield from run
            continue
        for line in run:
            if not _RULE.fullmatch(line.text):
                yield line if is_prose(line.text) else change(line, line is lines[-1])


def _are_rows(held: Sequence[Line]) -> bool:
    """Say whether nearly all lines with bars are rows, with a bar between their cells: no cell goes on over lines.

    So scripts write a table that join the cells of its rows.
    """
    rows = [line for line in held if line.text.count("|") >= _FEWEST_BARS]
    is_open = len(rows) - sum(map(Line.is_bar, rows)) >= _FEWEST_ROWS
    return is_open and len(rows) >= _NEARLY_ALL * len(held)


def _with_tabs(line: Line, is_last: bool) -> Line:
    """Return a row with tabs between its cells; the last cell of a text may be lost where it seems blank."""
    lost = LOST if is_last and line.is_bar() else ""
    return replace(line, text="\t".join(cell.strip(" ") for cell in line.text.split("|")) + lost)


def _closed(line: Line, is_last: bool) -> Line:
    """Return a row with its last cell closed; that of the line which ends the text may be lost where it seems blank."""
    lost = f" {LOST}" if is_last and line.is_bar() else ""
    return replace(line, text=f"{line.text.rstrip()}{lost} |")


def _is_open(run: Sequence[Line]) -> bool:
    held = [line for line in run if line.holds_bar()]
    return len(held) >= _FEWEST_ROWS and sum(map(Line.is_bar, held)) * 2 < len(held)
