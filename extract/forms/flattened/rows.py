"""Rows of unaligned grids, and the ways in which their values can stand for the columns of the form.

How many values a row must have is known from its header; a row that prints another number of cells has several
possible arrangements, and the sums of the form choose (``extract.forms.settle``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from extract.forms.canvas import is_blank, is_text
from extract.forms.slots import Arrangement, Printed, note
from extract.labels import RowLabel, Vocabulary, key, vocabulary
from extract.model import Finding, Grid, GridCell
from extract.text import compact, parse_number

_MAX_SURPLUS = 2
_POINTS = ".,，．"


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


def label_of(line: Line, words: Vocabulary, table: str) -> RowLabel | None:
    """Recognise a row by its last word, else by the end of all its words, else by resemblance."""
    if not line.words:
        return None
    last = line.words[-1].text
    return words.row(last, (table,)) or words.row_at_end(line.text, (table,)) or words.resembling(last, (table,))


def misprint(line: Line, label: RowLabel | None, table: str) -> tuple[Finding, ...]:
    """Report a label that only resembles the form's: other words may stand in it, or a figure that is part of the row.

    So does one in a cell with another before it: of two rows that were joined the figure may be of either, or of both (and
    a header joined to a row lost a cell); and one behind a figure, which may be the row's own.
    """
    if label is None or not (
        label.quality == "resembling" or _is_joined(line, label, table) or _is_behind_figure(line, label)
    ):
        return ()
    return (note("label", f"read “{line.text}” as “{label.label}”", table=table, row=label.row),)


def _is_joined(line: Line, label: RowLabel, table: str) -> bool:
    text, own = key(line.words[-1].text), key(label.label)
    before = text.removesuffix(own)
    known = vocabulary()
    return before != text and bool(known.row(before, (table,)) or known.column(before, table))


def _is_behind_figure(line: Line, label: RowLabel) -> bool:
    text = key(line.words[-1].text)
    before = text.removesuffix(key(label.label)) if label.quality == "suffix" else text
    return before != text and any(map(str.isdecimal, before))


def arrangements(
    line: Line, wanted: int, offset: int | None = None, units: tuple[str, ...] = (), length: int = 0
) -> tuple[Arrangement, ...]:
    """Return the ways in which the values of a row can stand for ``wanted`` columns; equal ones once.

    ``offset`` is the number of cells before the values where the table shows it (``extract.forms.flattened.offsets``); ``length`` the number of
    cells of the header, of which rows may have lost the last ones.
    """
    filled = line.filled
    if _has_cell_too_many(line, wanted, length):
        return ()
    if len(filled) == wanted:
        # A blank among them holds a place: then one of them is of another column.
        found = [filled] if is_unbroken(line) and not _has_debris(line) else []
    elif len(filled) > wanted:
        return tuple(_fewer(filled, wanted, units)) if is_unbroken(line) else ()
    else:
        # A cell with two numbers is two cells joined: nobody knows how many stand before the others.
        joined = any(parse_number(cell.text).candidates for cell in filled)
        windows = [] if joined else _windows(_with_lost(line, wanted, length), wanted)
        found = windows if offset is None else windows[offset : offset + 1]
    whole = (cells for cells in found if set(filled) <= set(cells))
    return tuple({tuple(cell.text for cell in cells): _printed(cells, units) for cells in whole}.values())


def without_surplus(line: Line, wanted: int) -> tuple[Arrangement, ...]:
    """Return every way to leave out the one or two blanks that a row has more than there are columns; equal ones once."""
    more = len(line.values) - wanted
    blanks = [place for place, cell in enumerate(line.values) if cell not in line.filled]
    if not 0 < more <= min(_MAX_SURPLUS, len(blanks)):
        return ()
    ways = [
        tuple(cell for place, cell in enumerate(line.values) if place not in left)
        for left in combinations(blanks, more)
    ]
    return tuple({tuple(cell.text for cell in cells): _printed(cells, ()) for cells in ways}.values())


def _has_cell_too_many(line: Line, wanted: int, length: int) -> bool:
    """Say whether a row with blanks has more cells than its header, beside the label: nobody knows which is too many."""
    most = max(length - 1, wanted)
    return bool(line.complete and length) and len(line.filled) < len(line.values) > most


def lost_figures(line: Line, wanted: int) -> Arrangement:
    """Return the figures of a row in which no trace of its blank cells is left, none where it is not sure to be one."""
    return figures_of(line, wanted) if line.values == line.filled else ()


def figures_of(line: Line, wanted: int) -> Arrangement:
    """Return the figures of a row that may have lost cells, none where a word or piece is among them."""
    is_short = not line.complete and 0 < len(line.filled) < wanted
    read = [parse_number(cell.text).state in ("reported", "mark") for cell in line.filled]
    return _printed(line.filled, ()) if is_short and all(read) else ()


def _has_debris(line: Line) -> bool:
    """Say whether something that is no figure stands where cells may be lost: half of a label's bracket, or of a cell that
    a line end broke (0. / 45), in a blank's place."""
    return not line.complete and any(
        parse_number(cell.text).state == "unreadable" and _is_piece(cell.text.strip()) for cell in line.filled
    )


def _is_piece(text: str) -> bool:
    return not any(map(str.isdigit, text)) or text[0] in _POINTS or text[-1] in _POINTS


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


def surplus(line: Line, row: str, wanted: int, table: str) -> tuple[Finding, ...]:
    """Report a row that prints more values than the form has columns (a cell doubled when the table was flattened)."""
    if len(line.filled) <= wanted:
        return ()
    detail = f"{len(line.filled)} values for {wanted} columns: {line.raw()} at {line.at()}"
    return (note("surplus_value", detail, table=table, row=row),)
