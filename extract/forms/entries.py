"""Entries of the statistics table (label, unit, number) as they stand in a grid, before any label is understood.

Printed side by side, the halves of the table are read one after the other. Which cell is the number is said by the
header (统计数), else by the columns in which numbers stand; a row that prints more than that is left undecided.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.forms.beside import HEADERS
from extract.forms.canvas import Canvas, is_blank
from extract.forms.years import this_year
from extract.labels import Vocabulary, is_ordinal, key
from extract.model import Grid, GridCell
from extract.text import compact, parse_number

TABLE = "statistics"
_UNITS = frozenset(
    ("条", "件", "次", "篇", "个", "人", "人次", "份", "期", "场", "例", "起", "万元", "元", "千元", "亿元")
)
_UNIT = re.compile(r"(?P<bracket>\()?(?:单位:)?(?P<unit>\w+)(?(bracket)\))")
_INDEX_HEADERS = frozenset(("统计指标", "指标名称", "指标", "统计项目", "项目", "项目名称", "名称", "内容", "统计内容"))
_UNIT_HEADERS = frozenset(("单位", "计量单位", "统计单位"))
_HEADERS = _INDEX_HEADERS | _UNIT_HEADERS | HEADERS
_OFTEN = 4  # one row in so many must print a number in a column that is a column of the table
_FEWEST_COUNTED = 6
_FEWEST_HALVES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """What is printed for one indicator: the words, the unit, and the cells in which its number may stand.

    ``line`` is the grid row; ``leads`` says that nothing but its group stands before it in that row. ``aligned``
    words are whole cells, others may be pieces of labels. ``several``: more numbers are printed than the table has
    columns for. ``unit_cell`` holds the unit, and ``after`` is the number on whose line other words follow.
    """

    words: tuple[GridCell, ...]
    unit: str
    values: tuple[GridCell, ...]
    line: int
    leads: bool
    aligned: bool
    several: bool = False
    unit_cell: GridCell | None = None
    after: GridCell | None = None

    def filled(self) -> tuple[GridCell, ...]:
        """Return the cells in which something is printed."""
        return tuple(cell for cell in self.values if not is_blank(cell))

    def raw(self) -> str:
        """Return the values as printed."""
        return " | ".join(cell.text for cell in self.values)

    def at(self) -> str:
        """Return the place of the label, or of its first piece."""
        return self.words[-1 if self.aligned else 0].at


def is_header(text: str) -> bool:
    """Say whether a text is a column header of the table, other than 统计数."""
    return key(text) in _HEADERS


def unit_in(text: str) -> str:
    """Return the unit a cell consists of (件, （万元）), or an empty string."""
    found = _UNIT.fullmatch(compact(text))
    return found["unit"] if found and found["unit"] in _UNITS else ""


def walk(line: int, cells: Sequence[GridCell], aligned: bool) -> Iterator[Entry]:
    """Cut a row into entries: words, a unit, then cells of numbers; the next words begin another entry."""
    words: list[GridCell] = []
    values: list[GridCell] = []
    unit, leads = None, True
    for cell in cells:
        if _is_words(cell):
            if words and unit is None and unit_in(cell.text):
                unit = cell
                continue
            if unit or values:
                yield _entry(words, unit, values, line, leads, aligned)
                words, values, unit, leads = [], [], None, False
            words.append(cell)
        elif words:
            values.append(cell)
    if words:
        yield _entry(words, unit, values, line, leads, aligned)


def _entry(
    words: Sequence[GridCell], unit: GridCell | None, values: Sequence[GridCell], line: int, leads: bool, aligned: bool
) -> Entry:
    printed = "" if unit is None else unit_in(unit.text)
    return Entry(tuple(words), printed, tuple(values), line, leads, aligned, unit_cell=unit)


def _is_words(cell: GridCell) -> bool:
    if parse_number(cell.text).state != "unreadable":
        return False
    return is_ordinal(cell.text) or not any(map(str.isdigit, cell.text)) or any(map(str.isalpha, cell.text))


# --- Tables whose columns are known ----------------------------------------------------------------------------------


def entries_in_columns(grid: Grid, words: Vocabulary) -> list[Entry]:
    """Return the entries of a grid whose columns are the printed ones, in the order in which the table is to be read."""
    canvas = Canvas(grid)
    roles = next((found for rows in pairwise([*canvas.rows, ()]) if (found := _roles(*rows, words))), None)
    foreign = roles.foreign if roles else frozenset()
    printed = [
        entry
        for index, row in enumerate(canvas.rows)
        for entry in walk(index, [cell for cell in row if not foreign.issuperset(_columns(cell))], aligned=True)
    ]
    homes = _homes(printed, roles)
    short = _short_rows(canvas) if foreign else frozenset()
    placed = [(_home(entry, homes), entry) for entry in printed if _begins_here(entry)]
    ordered = sorted(placed, key=lambda found: (_first(found[0]), found[1].line))
    picked = [_picked(entry, home) for home, entry in ordered]
    # A column that no label has for its own is no half: without a header nobody knows which of two is 统计数.
    is_doubtful = roles is None and not {home for home, _ in placed}.issuperset(homes)
    return [
        replace(entry, several=entry.several or entry.line in short or (is_doubtful and bool(entry.filled())))
        for entry in picked
    ]


def _short_rows(canvas: Canvas) -> frozenset[int]:
    """Return the rows that end before the others: beside foreign columns (上年统计数, 备注), what stands there may be theirs."""
    edges = [max((cell.column + cell.column_span for cell in row), default=0) for row in canvas.rows]
    usual, _ = Counter(edges).most_common(1)[0] if edges else (0, 0)
    return frozenset(index for index, edge in enumerate(edges) if edge < usual)


def _begins_here(entry: Entry) -> bool:
    """Say whether anything of an entry begins in its row: cells of one height are seen again in each row they cover."""
    return any(cell.row == entry.line for cell in (entry.words[-1], *entry.values))


Columns = frozenset[int]


@dataclass(frozen=True, slots=True)
class _Roles:
    """What a header says of the grid columns: where 统计数 stands, and which columns are none of the form's."""

    values: tuple[Columns, ...]
    foreign: Columns


def _roles(row: Sequence[GridCell], below: Sequence[GridCell], words: Vocabulary) -> _Roles | None:
    """Return what a header says; its years may stand in the row below it, under 统计数."""
    known = [cell for cell in row if key(cell.text) in _INDEX_HEADERS | _UNIT_HEADERS]
    values = [cell for cell in row if words.column(cell.text, TABLE) is not None]
    values = this_year(below if values else row) or values
    if not values or not known:
        return None
    others = [cell for cell in row if cell not in values and cell not in known and not is_blank(cell)]
    foreign = frozenset(column for cell in others for column in _columns(cell))
    homes = tuple(frozenset(_columns(cell)) for cell in values)
    return _Roles(homes, foreign.difference(*homes))


def _columns(cell: GridCell) -> range:
    return range(cell.column, cell.column + cell.column_span)


def _first(columns: Columns) -> int:
    return min(columns, default=0)


def _homes(printed: list[Entry], roles: _Roles | None) -> tuple[Columns, ...]:
    """Return the grid columns of the numbers, one set for each half of the table."""
    filled = [cell for entry in printed for cell in entry.filled()]
    filled = [cell for cell in filled if parse_number(cell.text).state != "mark"] or filled
    seen = Counter(cell.column for cell in filled)
    often = [column for column, count in seen.items() if count * _OFTEN >= max(seen.values())]
    if roles and (roles.foreign or _any_inside(filled, roles.values) or not _is_one(often)):
        return roles.values
    return tuple(frozenset((column,)) for column in sorted(often))


def _is_one(columns: list[int]) -> bool:
    return len(columns) == 1


def _any_inside(cells: Iterable[GridCell], columns: tuple[Columns, ...]) -> bool:
    return any(not home.isdisjoint(_columns(cell)) for cell in cells for home in columns)


def _home(entry: Entry, homes: tuple[Columns, ...]) -> Columns:
    """Return the first column of numbers behind the label."""
    label = entry.words[-1]
    behind = (home for home in sorted(homes, key=min) if max(home) >= label.column + label.column_span)
    return next(behind, frozenset())


def _picked(entry: Entry, home: Columns) -> Entry:
    """Keep the cells of the column of numbers; a number printed elsewhere, or anything right of a number, leaves the
    entry undecided: a cell too many pushed what was there aside."""
    mine = tuple(cell for cell in entry.values if not home.isdisjoint(_columns(cell)))
    filled = [cell for cell in entry.filled() if cell in mine]
    elsewhere = [cell for cell in entry.filled() if cell not in mine and parse_number(cell.text).state != "mark"]
    if elsewhere or len(filled) > 1 or _is_pushed(entry, filled):
        return replace(entry, several=True)
    return replace(entry, values=tuple(filled) or mine[:1])


def _is_pushed(entry: Entry, filled: Sequence[GridCell]) -> bool:
    is_number = any(parse_number(cell.text).state != "mark" for cell in filled)
    return is_number and any(cell.column > filled[-1].column for cell in entry.filled())
