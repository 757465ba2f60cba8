"""Rows of unaligned grids, and the ways in which their values can stand for the columns of the form.

How many values a row must have is known from its header; a row that prints another number of cells has several
possible arrangements, and the sums of the form choose (``extract.forms.settle``).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from extract.forms.canvas import is_blank, is_text
from extract.forms.slots import Arrangement, Printed, note
from extract.labels import key
from extract.model import Finding, Grid, GridCell
from extract.text import compact, parse_number

_MAX_SURPLUS = 2
_MIN_EVIDENCE = 2
_MOST_ALIKE = 0.6
_HEADER_ROWS = 4
_MANY = 6
"""Rows of one kind that show, all of them, how the kind stands."""


@dataclass(frozen=True)
class Line:
    """One row of an unaligned grid: the words in front, the values after the last word.

    ``complete`` says that no cell can be missing among the values: they begin right after the words. ``length`` counts
    all cells of the row.
    """

    index: int
    words: tuple[GridCell, ...]
    values: tuple[GridCell, ...]
    complete: bool
    length: int = 0

    @cached_property
    def text(self) -> str:
        """The words of the row glued together."""
        return "".join(compact(cell.text) for cell in self.words)

    def at(self) -> str:
        """Return the place of the row."""
        return (self.words or self.values)[0].at

    def raw(self) -> str:
        """Return the values as printed."""
        return " | ".join(cell.text for cell in self.values)

    @cached_property
    def filled(self) -> tuple[GridCell, ...]:
        """The values in which something is printed."""
        return tuple(cell for cell in self.values if not is_blank(cell))


def lines(grid: Grid) -> list[Line]:
    """Split every row of a grid into words and values."""
    rows: dict[int, list[GridCell]] = {}
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        rows.setdefault(cell.row, []).append(cell)
    return [_line(index, cells, grid.complete) for index, cells in rows.items()]


def _line(index: int, cells: list[GridCell], complete: bool) -> Line:
    last = max((place for place, cell in enumerate(cells) if is_text(cell)), default=-1)
    words = tuple(cell for cell in cells[: last + 1] if not is_blank(cell))
    return Line(index, words, tuple(cells[last + 1 :]), complete, len(cells))


def is_packed(above: list[Line], label: str) -> bool:
    """Say whether merged cells leave no blank before what follows them, but at the end of a row.

    ``above`` are the rows down to the first of the form. Their lengths do not differ, and that of the single legal persons
    begins with the first of them, a ``label`` in normal form.
    """
    header = above[-_HEADER_ROWS:]
    firsts = [line.words[0] for line in header if line.words]
    is_first = any(cell.column == 0 and key(cell.text) == label for cell in firsts)
    return is_first and len({line.length for line in header}) == 1


def offset_shown(rows: list[Line], wanted: int) -> int | None:
    """Return how many cells stand before the values, if all fully printed rows of a table agree on it.

    A flattened table may have lost or gained cells row by row; where full rows differ, a row with blanks proves
    nothing by its shape.
    """
    full = [line for line in rows if len(line.filled) == wanted]
    shapes = {(line.values.index(line.filled[0]), len(line.values)) for line in full}
    if len(full) < _MIN_EVIDENCE or len(shapes) != 1:
        return None
    first, length = shapes.pop()
    return first if all(len(line.values) == length for line in rows) else None


def offsets(rows: list[Line], wanted: int, packed: bool = False) -> dict[int, int | None]:
    """Return for each row (by its index) how many cells stand before its values; ``None`` where the table does not say.

    Where most rows have as many cells as each other, they may be the columns of a grid: merged labels leave blank cells
    before the values there, in some rows more than in others, and the values of whole rows end below each other.
    Elsewhere the values begin behind the words. ``packed``: the header shows so (``is_packed``).
    """
    shown = offset_shown(rows, wanted)
    if shown is not None:
        return {line.index: shown for line in rows}
    length, count = Counter(line.length for line in rows).most_common(1)[0]
    in_step = [line for line in rows if line.length == length] if count >= _MOST_ALIKE * len(rows) else []
    full = [line for line in in_step if len(line.filled) == wanted]
    behind = _agreed([line.values[-1].column - line.filled[-1].column for line in full])
    before = _agreed([line.filled[0].column - line.values[0].column for line in full])
    in_step = [] if packed and not full else in_step
    found = {line.index: _offset(line, wanted, before, behind) if line in in_step else _first(line) for line in rows}
    kinds = _kinds(rows)
    return {
        line.index: _offset_of_kind(line, kinds[_kind(line)], wanted) if (own := found[line.index]) is None else own
        for line in rows
    }


def _kind(line: Line) -> tuple[int, int]:
    """Return how many cells a row has, and how many of them stand behind its words."""
    return line.length, len(line.values)


def _kinds(rows: list[Line]) -> dict[tuple[int, int], list[Line]]:
    kinds: dict[tuple[int, int], list[Line]] = {}
    for line in rows:
        kinds.setdefault(_kind(line), []).append(line)
    return kinds


def _offset_of_kind(line: Line, alike: list[Line], wanted: int) -> int | None:
    """Return how many cells stand before the values in rows of one kind, where whole rows and all others agree on it.

    In a row that was packed to the left, or begins elsewhere than the others, a part stands in the place of the total.
    Where a row's own is blank, many others have to show that their kind has none of these.
    """
    printed = [row for row in alike if row.filled]
    first = min((row.values.index(row.filled[0]) for row in printed), default=0)
    last = max((row.values.index(row.filled[-1]) for row in printed), default=0)
    whole = sum(len(row.filled) == wanted for row in printed)
    if whole < _MIN_EVIDENCE or last - first != wanted - 1:
        return None
    totals = [row for row in printed if not is_blank(row.values[last])]
    fits = [_could_add_up(row.values[first:last], row.values[last]) for row in totals]
    if line in totals:
        return first if _could_add_up(line.values[first:last], line.values[last]) else None
    return first if len(fits) >= _MANY and all(fits) else None


def _could_add_up(parts: tuple[GridCell, ...], total: GridCell) -> bool:
    return sum(parse_number(cell.text).value or 0 for cell in parts) <= (parse_number(total.text).value or 0)


def _agreed(counts: list[int]) -> int | None:
    return counts[0] if len(counts) >= _MIN_EVIDENCE and len(set(counts)) == 1 else None


def _offset(line: Line, wanted: int, before: int | None, behind: int | None) -> int | None:
    if behind is not None and line.complete:
        return max(len(line.values) - wanted - behind, 0)
    return before if line.complete else None


def _first(line: Line) -> int | None:
    return 0 if line.complete else None


def offset_below(line: Line, header: Line | None, wanted: int) -> int | None:
    """Return how many cells stand before the values of a row below a header that ends with a word for each of them.

    Of rows with as many cells the value stands below its word; ``None`` where it does not show.
    """
    if header is None or not wanted or not line.complete or line.length != header.length:
        return _first(line)
    over = [cell.column for cell in header.words[-wanted:]]
    offset = over[0] - line.values[0].column
    is_below = over == list(range(over[0], over[0] + wanted)) and 0 <= offset <= len(line.values) - wanted
    return offset if is_below else None


def arrangements(
    line: Line, wanted: int, offset: int | None = None, units: tuple[str, ...] = (), length: int = 0
) -> tuple[Arrangement, ...]:
    """Return the ways in which the values of a row can stand for ``wanted`` columns; equal ones once.

    ``offset`` is the number of cells before the values where the table shows it (``offsets``); ``length`` the number of
    cells of the header, of which rows may have lost the last ones.
    """
    filled = line.filled
    if len(filled) == wanted:
        # A blank among them holds a place: then one of them is of another column.
        found = [filled] if is_unbroken(line) and not _has_debris(line) else []
    elif len(filled) > wanted:
        return tuple(_fewer(filled, wanted, units))
    else:
        # A cell with two numbers is two cells joined: nobody knows how many stand before the others.
        joined = any(parse_number(cell.text).candidates for cell in filled)
        windows = [] if joined else _windows(_with_lost(line, wanted, length), wanted)
        found = windows if offset is None else windows[offset : offset + 1]
    whole = (cells for cells in found if set(filled) <= set(cells))
    return tuple({tuple(cell.text for cell in cells): _printed(cells, units) for cells in whole}.values())


def lost_figures(line: Line, wanted: int) -> Arrangement:
    """Return the figures of a row in which no trace of its blank cells is left, none where it is not sure to be one."""
    is_short = not line.complete and 0 < len(line.filled) < wanted and line.values == line.filled
    read = [parse_number(cell.text).state in ("reported", "mark") for cell in line.filled]
    return _printed(line.filled, ()) if is_short and all(read) else ()


def _has_debris(line: Line) -> bool:
    """Say whether a sign that is no figure stands where cells may be lost: half of a label's bracket, in a blank's place."""
    return not line.complete and any(
        parse_number(cell.text).state == "unreadable" and not any(map(str.isdigit, cell.text)) for cell in line.filled
    )


def _with_lost(line: Line, wanted: int, length: int) -> tuple[GridCell, ...]:
    """Return the values of a row with the blank cells that may be lost at its end."""
    if line.complete or len(line.values) < wanted:
        return line.values
    return line.values + (line.values[-1]._replace(text=""),) * (length - line.length)


def is_unbroken(line: Line) -> bool:
    """Say whether no blank stands among the values of a row that has any."""
    start = line.values.index(line.filled[0])
    return line.values[start : start + len(line.filled)] == line.filled


def _windows(cells: tuple[GridCell, ...], wanted: int) -> list[tuple[GridCell, ...]]:
    return [cells[first : first + wanted] for first in range(len(cells) - wanted + 1)]


def _printed(cells: tuple[GridCell, ...], units: tuple[str, ...]) -> Arrangement:
    padded = units or ("",) * len(cells)
    return tuple(Printed(cell.text, cell.at, unit) for cell, unit in zip(cells, padded, strict=True))


def _fewer(cells: tuple[GridCell, ...], wanted: int, units: tuple[str, ...]) -> list[Arrangement]:
    """Return every way to leave ``wanted`` numbers: pieces of a broken number joined, or surplus cells left out."""
    if wanted < 1 or len(cells) - wanted > _MAX_SURPLUS or any(parse_number(c.text).state == "mark" for c in cells):
        return []  # a mark may be what stands for a column, and the surplus a number
    padded = units or ("",) * wanted
    found: dict[tuple[str, ...], Arrangement] = {}
    for option in (*_joins(cells, wanted), *_omissions(cells, wanted)):
        texts = tuple("".join(cell.text.strip() for cell in group) for group in option)
        if all(parse_number(text).state == "reported" for text in texts):
            raws = (" ".join(cell.text for cell in group) for group in option)
            printed = zip(texts, option, padded, raws, strict=True)
            found[texts] = tuple(Printed(text, group[0].at, unit, raw=raw) for text, group, unit, raw in printed)
    return list(found.values())


Groups = tuple[tuple[GridCell, ...], ...]


def _joins(cells: tuple[GridCell, ...], wanted: int) -> Iterator[Groups]:
    for cuts in combinations(range(1, len(cells)), wanted - 1):
        yield tuple(cells[start:stop] for start, stop in zip((0, *cuts), (*cuts, len(cells)), strict=True))


def _omissions(cells: tuple[GridCell, ...], wanted: int) -> Iterator[Groups]:
    for kept in combinations(cells, wanted):
        yield tuple((cell,) for cell in kept)


def surplus(rows: list[Line], wanted: int, table: str) -> list[Finding]:
    """Report rows that print more values than the form has columns (a cell doubled when the table was flattened)."""
    return [
        note(
            "surplus_value",
            f"{len(line.filled)} values for {wanted} columns: {line.raw()} at {line.at()}",
            table=table,
        )
        for line in rows
        if len(line.filled) > wanted
    ]
