"""What the rows of a table are, found once for all tables that print the same words in the same places.

A table is read with symbols in place of its figures (``extract.forms.symbols``). Cells of rows that are read alike
whichever of them are blank (``FormRow.is_steady``) are free: what was found holds whether they print a figure or not, so
long as each run of values between words still prints one, or still prints none. That tells which rows print anything,
and in what order the second reading finds words and values: it is made of nothing else.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache

from extract.changes import is_change
from extract.forms import requests
from extract.forms.aligned import ColumnMap
from extract.forms.engine import scan_table
from extract.forms.second import flat
from extract.forms.shape import Shape
from extract.forms.slots import FormRow, Printed
from extract.forms.symbols import CELLS, UNTOLD, cell_at, looks_symbolic, place_of, symbol_of
from extract.labels import vocabulary
from extract.model import Finding
from extract.text import is_blank, is_words

_KEPT = 256
_READINGS = 32
"""Of one shape: rows printed without any figure change the order of what is printed."""


@dataclass(frozen=True, slots=True, eq=False)
class TableReading:
    """The rows of a table, and what was noticed; ``again`` are those of the second reading.

    ``cells`` are the numbers of its cells, ``texts`` what was read in them (symbols, also in those that are ``free``), and
    ``runs`` the numbers of the runs of values that they belong to, -1 for words.

    It holds for a table in which, of the cells that are not ``free``, just the ``blanks`` are blank, and of its runs of
    values just those that are ``empty``. ``column_map`` is what the next table may go on with. ``whole`` is the reading with
    no cell blank that its rows are taken from, where they are the same whichever are.
    """

    cells: range
    texts: tuple[str, ...]
    runs: tuple[int, ...]
    rows: tuple[FormRow, ...]
    again: tuple[FormRow, ...]
    findings: tuple[Finding, ...]
    column_map: ColumnMap | None
    free: frozenset[int]
    blanks: frozenset[int]
    empty: frozenset[int]
    whole: "TableReading | None" = None

    def holds(self, blanks: frozenset[int], empty: frozenset[int]) -> bool:
        """Say whether it is the reading of a table with these cells blank and these runs empty."""
        return empty == self.empty and blanks - self.free == self.blanks

    def gaps(self, blanks: Sequence[int]) -> list[int]:
        """Return the run of values of each free cell that is blank."""
        return [self.runs[cell] for cell in blanks if cell in self.free]


@dataclass(frozen=True, slots=True, eq=False)
class KnownTable:
    """A table of which everything is known but its figures.

    ``first`` is the number of its first cell, ``runs`` are as in ``TableReading``, and ``sizes`` the numbers of their cells.
    ``is_plain``: blank cells are those without any sign, and no others, which would be left in the order of what is printed.
    ``may_go_on``: what is found in it may depend on the columns of the table ``before``; else these hold for the next one too.
    """

    shape: Shape
    first: int
    before: ColumnMap | None
    runs: tuple[int, ...]
    sizes: dict[int, int]
    is_plain: bool
    may_go_on: bool
    _readings: deque[TableReading] = field(default_factory=lambda: deque(maxlen=_READINGS))
    _whole: list[TableReading] = field(default_factory=list)

    def reading(self, blanks: Sequence[int]) -> TableReading:
        """Return the reading of a table with these cells blank."""
        found = frozenset(blanks)
        empty = self.empty(blanks)
        for known in self._readings:
            if known.holds(found, empty):
                return known
        self._readings.appendleft(self._read(found, empty))
        return self._readings[0]

    def empty(self, blanks: Sequence[int]) -> frozenset[int]:
        """Return the runs of values in which nothing is printed, given the blank cells."""
        counts = Counter([self.runs[cell] for cell in blanks])
        return frozenset([run for run, count in counts.items() if count == self.sizes[run]])

    def _read(self, blanks: frozenset[int], empty: frozenset[int]) -> TableReading:
        found = self._scanned_whole(blanks) or self._scanned(blanks)
        gaps = frozenset([cell for cell in blanks if cell not in found.free or self.runs[cell] in empty])
        order = flat(self.shape.with_texts(self._printed(gaps), map(place_of, found.cells)))
        again = scan_table(order, None)[0].rows if order else ()
        return replace(found, again=again, empty=empty)

    def _scanned_whole(self, blanks: frozenset[int]) -> TableReading | None:
        """Return what stands in a table as if no cell were blank, where each is read alike whether it is or not.

        Elsewhere, which rows print anything tells a scanner of what stands among them.
        """
        if not self._whole:
            self._whole.append(self._scanned(frozenset()))
        [whole] = self._whole
        if whole.findings or not all(row.is_steady for row in whole.rows) or len(whole.free) < len(self._figures()):
            return None
        ats = frozenset(map(place_of, blanks))
        return replace(whole, rows=tuple([_untold(row, ats) for row in whole.rows]), whole=whole)

    def _figures(self) -> list[int]:
        """Return the cells that print a figure or nothing."""
        return [cell for cell, text in enumerate(self.shape.texts) if text is None]

    def _scanned(self, blanks: frozenset[int]) -> TableReading:
        cells = range(self.first, self.first + len(self.shape.texts))
        ats = list(map(place_of, cells))
        printed = list(self._printed(blanks))
        scan, column_map = scan_table(self.shape.with_texts(printed, ats), self.before)
        free = frozenset(self._free(scan.rows)) if self.is_plain else frozenset[int]()
        texts = tuple(self._printed(blanks - free) if blanks & free else printed)
        told = {ats[cell]: texts[cell] for cell in blanks & free}
        rows = tuple(_filled(row, told) if told and row.is_steady and not row.is_full else row for row in scan.rows)
        none = frozenset[int]()
        return TableReading(cells, texts, self.runs, rows, (), scan.findings, column_map, free, blanks - free, none)

    def _printed(self, blanks: frozenset[int]) -> Iterator[str]:
        """Yield the texts of the cells, symbols for figures."""
        for cell, text in enumerate(self.shape.texts):
            if text is None:
                yield "" if cell in blanks else symbol_of(self.first + cell)
            else:
                yield text

    def _free(self, rows: Sequence[FormRow]) -> Iterator[int]:
        for row in rows:
            if row.is_steady:
                cells = [cell_at(value.at) - self.first for value in row.options[0]]
                yield from (cell for cell in cells if self.shape.texts[cell] is None)


def _filled(row: FormRow, told: dict[str, str]) -> FormRow:
    """Return a steady row with a symbol in its blank cells too; what else stands in the row is then not told."""
    [option] = row.options
    return replace(row, options=(tuple(_value(value, told) for value in option),), raw=UNTOLD, is_full=True)


def _untold(row: FormRow, blanks: Set[str]) -> FormRow:
    """Return a row; what is printed in it as a whole is not told where any of its cells is blank."""
    [option] = row.options
    return row if blanks.isdisjoint(value.at for value in option) else replace(row, raw=UNTOLD)


def _value(value: Printed, told: dict[str, str]) -> Printed:
    text = told.get(value.at)
    return value if text is None else Printed(text, value.at, value.unit, value.certain, value.raw)


@lru_cache(maxsize=_KEPT)
def known_table(shape: Shape, number: int, before: ColumnMap | None) -> KnownTable | None:
    """Return what is known of a table, the ``number``th of its document, that may go on with the columns of the one
    ``before``; ``None`` where a printed text looks like a symbol."""
    if any(text is not None and looks_symbolic(text) for text in shape.texts):
        return None
    first = number * CELLS
    runs = tuple([-1 if begun is None else first + begun for begun in _runs(shape)])
    is_plain = not any(text is not None and is_blank(text) for text in shape.texts)
    may_go_on = shape.aligned and requests.may_have_rows(filter(None, shape.texts), vocabulary())
    return KnownTable(shape, first, before, runs, dict(Counter(runs)), is_plain, may_go_on)


def _runs(shape: Shape) -> list[int | None]:
    """Return for each cell the first of the cells without words that follow each other around it, in reading order."""
    runs: list[int | None] = [None] * len(shape.texts)
    if not shape.texts:
        return runs
    rows, columns, *_ = shape.places
    begun: int | None = None
    for cell in sorted(range(len(runs)), key=lambda cell: (rows[cell], columns[cell])):
        text = shape.texts[cell]
        if text is not None and is_words(text) and not is_change(text):
            begun = None
        else:
            begun = cell if begun is None else begun
            runs[cell] = begun
    return runs
