"""Entries of a statistics table of which only the order of the cells is known, and what the lines of its text say of them.

Most texts print each number behind its unit, on one line. In these a number that stands otherwise may be none of the
table's (the number of a page), and a unit with no number behind it has none. A number before other words on its line is a
sentence's (2018 年 全市共收到申请), whatever label stands above it.
"""

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import groupby, pairwise, zip_longest

from extract.forms.entries import Entry, unit_in, walk
from extract.forms.inner_counters import without_inner_counters
from extract.model import Grid, GridCell
from extract.text import parse_number

_OFTEN = 4  # one row in so many must print several numbers to make all of them doubtful
_FEWEST_COUNTED = 6
_FEWEST_HALVES = 3
_FEWEST_ALIKE = 10
_MOST_ALIKE = 0.9


def entries_in_lines(grid: Grid) -> list[Entry]:
    """Return the entries of a grid of which only the order of the cells is known, in the order in which it is to be read."""
    cells = sorted(grid.cells, key=lambda c: (c.row, c.column))
    rows = {index: list(row) for index, row in groupby(cells, key=lambda c: c.row)}
    walked = [list(walk(index, cells, aligned=False)) for index, cells in rows.items()]
    told = _numbered_twice(_parted_doubted(walked))
    printed = _without_counters(_told_apart(without_inner_counters(told)))
    halves = sum(len([entry for entry in line if entry.values]) > 1 for line in printed) >= _FEWEST_HALVES
    ordered = [(place if halves else 0, entry) for line in printed for place, entry in enumerate(line)]
    found = [entry for _, entry in sorted(ordered, key=lambda placed: (placed[0], placed[1].line))]
    numbers = [len(entry.filled()) for entry in found if entry.filled()]
    # Where many rows print several numbers, one that stands alone may be of any column.
    crowded = sum(count > 1 for count in numbers) * _OFTEN >= max(len(numbers), 1)
    last = frozenset(
        cell for cell, behind in pairwise([*cells, None]) if cell and not (behind and behind.at == cell.at)
    )
    return [replace(entry, several=True) for entry in found] if crowded else _in_one_manner(found, last)


def _parted_doubted(lines: list[list[Entry]]) -> list[list[Entry]]:
    """Doubt the blanks of rows whose unit, with the figure behind it, begins the next line: a cell too many parted them."""
    return [
        [*line[:-1], replace(line[-1], several=True)] if _is_parted(line, below) else line
        for line, below in zip(lines, [*lines[1:], []], strict=False)
    ]


def _is_parted(line: list[Entry], below: list[Entry]) -> bool:
    return bool(line and below) and not line[-1].filled() and unit_in(below[0].words[0].text) != ""


def _numbered_twice(lines: list[list[Entry]]) -> list[list[Entry]]:
    """Doubt the numbers behind which a unit alone has another one: a column stands between labels and units.

    Where many rows print two, one alone may be of that column.
    """
    order = [(index, place) for index, line in enumerate(lines) for place in range(len(line))]
    numbered = {(index, place) for index, place in order if lines[index][place].filled()}
    units = {(index, place) for index, place in numbered if _is_unit_with_number(lines[index][place])}
    doubled = {one for one, two in pairwise(order) if one in numbered and two in units}
    if doubled and len(doubled) * _OFTEN >= len(numbered - units):
        doubled = numbered
    return [
        [replace(entry, several=True) if (index, place) in doubled else entry for place, entry in enumerate(line)]
        for index, line in enumerate(lines)
    ]


def _is_unit_with_number(entry: Entry) -> bool:
    return len(entry.words) == 1 and unit_in(entry.words[0].text) != "" and bool(entry.filled())


def _told_apart(lines: list[list[Entry]]) -> list[list[Entry]]:
    """Note of each entry whether it goes on with a line of the text behind the number of the row before."""
    befores = [None, *(line[-1] if line else None for line in lines)]
    told = [
        [_behind(line[0], before), *line[1:]] if line and before is not None else line
        for before, line in zip(befores, lines, strict=False)
    ]
    return told if _numbers_rows(told) else [_without_halves(line) for line in told]


def _numbers_rows(lines: list[list[Entry]]) -> bool:
    """Say whether running numbers (01, 02) stand before the labels of many rows."""
    return sum(any(map(_is_rest, line)) for line in lines) * _OFTEN >= len(lines)


def _without_halves(line: list[Entry]) -> list[Entry]:
    """Doubt the numbers behind which digits stand that are none by themselves (4 06): they began on the line before."""
    return [
        replace(entry, several=True) if behind is not None and _is_rest(behind) else entry
        for entry, behind in zip_longest(line, line[1:])
    ]


def _is_rest(entry: Entry) -> bool:
    return entry.words[0].text.isdigit()


def _behind(entry: Entry, before: Entry) -> Entry:
    first = next((word for word in entry.words if not unit_in(word.text)), None)
    number = before.values[-1] if before.values else None
    is_same_line = first is not None and number is not None and first.at == number.at
    return replace(entry, after=number) if is_same_line else entry


def _without_counters(lines: list[list[Entry]]) -> list[list[Entry]]:
    """Drop the running numbers of the next rows (序号) that a flattened table shows behind the values of each row."""
    last = [entry.filled()[-1] for line in lines for entry in line[-1:] if entry.filled()]
    numbers = [parse_number(cell.text).value for cell in last]
    steps = [None if one is None or two is None else two - one for one, two in pairwise(numbers)]
    if len(numbers) < _FEWEST_COUNTED or set(steps[:-1]) != {1}:
        return lines
    # The last one may be the number of a row without a value, or that row's value.
    doubtful = last[-1] if steps[-1] == 1 else None
    return [[_uncounted(entry, set(last[:-1]), doubtful) for entry in line] for line in lines]


def _uncounted(entry: Entry, counters: set[GridCell], doubtful: GridCell | None) -> Entry:
    values = tuple(cell for cell in entry.values if cell not in counters)
    return replace(entry, values=values, several=doubtful in entry.values)


def _decided(entry: Entry) -> Entry:
    filled = entry.filled()
    if entry.several or len(filled) > 1:
        return replace(entry, several=True)
    return replace(entry, values=filled or entry.values[:1])


# --- The manner of most entries --------------------------------------------------------------------------------------


def _in_one_manner(printed: Sequence[Entry], last: Set[GridCell]) -> list[Entry]:
    """Doubt the numbers that stand otherwise than those of nearly all entries; see the blanks where all stand alike.

    ``last`` are the cells that end a line.
    """
    found = list(map(_decided, printed))
    numbered = [entry for entry in found if _number(entry) is not None]
    if len(numbered) < _FEWEST_ALIKE:
        return found
    behind = [entry for entry in numbered if _is_behind_unit(entry)]
    beside = [entry for entry in behind if _is_beside_unit(entry)]
    if len(behind) < _MOST_ALIKE * len(numbered):
        return found
    in_lines = len(beside) >= _MOST_ALIKE * len(behind)
    usual = beside if in_lines else behind
    blank = last if in_lines and not any(entry.several for entry in found) else frozenset[GridCell]()
    return [_as_usual(entry, usual, blank) for entry in found]


def _as_usual(entry: Entry, usual: Sequence[Entry], blank: Set[GridCell]) -> Entry:
    if _number(entry) is not None:
        return entry if entry in usual else replace(entry, several=True)
    if entry.unit_cell is not None and entry.unit_cell in blank and not entry.values:
        return replace(entry, values=(entry.unit_cell._replace(text=""),))
    return entry


def _number(entry: Entry) -> GridCell | None:
    """Return the cell of an entry in which something stands that is no mark."""
    return next((cell for cell in entry.filled() if parse_number(cell.text).state != "mark"), None)


def _is_behind_unit(entry: Entry) -> bool:
    """Say whether the unit stands before the number."""
    number = _number(entry)
    return bool(
        entry.unit_cell and number and (entry.unit_cell.row, entry.unit_cell.column) < (number.row, number.column)
    )


def _is_beside_unit(entry: Entry) -> bool:
    """Say whether unit and number stand on one line of the text."""
    number = _number(entry)
    return bool(entry.unit_cell and number and entry.unit_cell.at == number.at)
