"""Rows of values under a header: from header positions to arrangements, with every printed value accounted for.

The header says which grid column is which column of the form. Portals print headers whose spans are wrong by one, so
a mapping counts only when it claims every printed value of every row; otherwise the rows that print exactly one value
a column say where the columns are. A row that neither explains is printed but unreadable.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from extract.forms.canvas import is_blank, is_text, printed
from extract.forms.slots import Arrangement, Printed
from extract.model import GridCell
from extract.text import parse_number

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class ValueRow:
    """The cells right of a row's label; ``label`` is that cell where there is one."""

    cells: tuple[GridCell, ...]
    label: GridCell | None = None

    @cached_property
    def edge(self) -> int:
        """The grid column at which the row ends."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    @cached_property
    def filled(self) -> tuple[GridCell, ...]:
        """The cells in which something is printed."""
        return tuple(cell for cell in self.cells if not is_blank(cell))

    def runs_out(self, edge: int) -> bool:
        """Say whether the row goes on behind an edge that a value reaches, but prints nothing there."""
        behind = [cell for cell in self.cells if cell.column >= edge]
        ends = any(cell.column + cell.column_span == edge for cell in self.filled)
        return bool(behind) and ends and all(map(is_blank, behind))

    @property
    def is_unbroken(self) -> bool:
        """Say whether no blank cell stands between the values."""
        places = [place for place, cell in enumerate(self.cells) if not is_blank(cell)]
        return not places or places[-1] - places[0] == len(places) - 1

    def over(self, columns: frozenset[int]) -> tuple[GridCell, ...]:
        """Return the cells that cover any of some grid columns, left to right."""
        if len(columns) == 1:
            [column] = columns
            return (self.cells[self._places[column]],) if column in self._places else ()
        places = {self._places[column] for column in columns if column in self._places}
        return tuple([self.cells[place] for place in sorted(places)])

    def under(self, spans: tuple[frozenset[int], ...]) -> "Picked":
        """Return the cells that stand under the headers of columns."""
        if spans not in self._picked:
            self._picked[spans] = _picked([self.over(columns) for columns in spans], self)
        return self._picked[spans]

    @cached_property
    def _picked(self) -> dict[tuple[frozenset[int], ...], "Picked"]:
        return {}

    @cached_property
    def _places(self) -> dict[int, int]:
        return {column: place for place, cell in enumerate(self.cells) for column in _columns(cell)}

    def owns(self, cell: GridCell) -> bool:
        """Say whether a value belongs to this row alone: one merged over several rows of the form is nobody's."""
        if self.label is None:
            return True
        return cell.row >= self.label.row and cell.row + cell.row_span <= self.label.row + self.label.row_span


class Picked(NamedTuple):
    """The cells of a row under each column. ``accounts``: every column has one, and every value a column; ``alone``: no
    cell stands under two columns; ``steady``: each column has one cell of the row's own to itself."""

    columns: list[tuple[GridCell, ...]]
    accounts: bool
    alone: bool
    steady: bool


def _picked(columns: list[tuple[GridCell, ...]], row: ValueRow) -> Picked:
    cells = [cell for picked in columns for cell in picked]
    claimed = {id(cell) for cell in cells}
    accounts = all(columns) and claimed.issuperset(map(id, row.filled))
    alone = len(claimed) == len(cells)
    is_single = accounts and alone and len(cells) == len(columns)
    return Picked(columns, accounts, alone, is_single and all(cell.row_span == 1 and row.owns(cell) for cell in cells))


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """For each column of the form, in printed order, the grid columns its header covers; ``units`` from the header.

    ``foreign`` are grid columns with a header of their own that is no column of the form (备注, 其中…), ``unnamed`` those
    whose header is blank. ``doubled`` are columns of the form that two header cells side by side name.
    """

    names: tuple[str, ...]
    spans: tuple[frozenset[int], ...]
    units: tuple[str, ...]
    foreign: frozenset[int] = frozenset()
    unnamed: frozenset[int] = frozenset()
    doubled: frozenset[str] = frozenset()

    def own_cells(self, row: ValueRow) -> ValueRow:
        """Return a row without the cells that stand wholly in foreign columns."""
        if not self.foreign:
            return row
        kept = tuple(cell for cell in row.cells if not self.foreign.issuperset(_columns(cell)))
        return ValueRow(kept, row.label)

    def arrangement(self, row: ValueRow) -> Arrangement | None:
        """Return the row's cells in column order, or ``None`` when the map does not fit the row."""
        picked = row.under(self.spans)
        if not picked.accounts:
            return None
        if picked.steady:
            return tuple([printed(cell, unit) for [cell], unit in zip(picked.columns, self.units, strict=True)])
        claims = Counter(id(cell) for cells in picked.columns for cell in cells)
        columns = zip(self.names, picked.columns, self.units, strict=True)
        return tuple(_one(row, cells, unit, claims, name in self.doubled) for name, cells, unit in columns)

    def fits(self, row: ValueRow) -> bool:
        """Say whether every column of the form has a cell in the row, and every printed value a column."""
        return row.under(self.spans).accounts

    def parts(self, row: ValueRow) -> bool:
        """Say whether the map fits a row and gives each printed value to one column, and each column one at most."""
        picked = row.under(self.spans)
        if picked.steady or not (picked.accounts and picked.alone):
            return picked.steady
        return all(len(cells) == 1 or sum(not is_blank(cell) for cell in cells) < 2 for cells in picked.columns)

    def is_steady(self, row: ValueRow) -> bool:
        """Say whether each column has one cell of the row's own to itself: blank or not, it stands for that column."""
        return row.under(self.spans).steady

    def in_order(self, order: tuple[str, ...], rows: Sequence[ValueRow]) -> "ColumnMap | None":
        """Return the map with the form's own column order, at the positions the fully printed rows agree on.

        For headers whose spans are wrong: they still say which columns there are, not where.
        """
        if set(self.names) != set(order):
            return None
        full = [row for row in rows if len(row.filled) == len(order)]
        seen = {tuple(frozenset(_columns(cell)) for cell in row.filled) for row in full}
        is_told = len(full) > 1 and len(order) > 1
        gaps = [row for row in full if self._leaves_blank(row)]
        if any(not (is_told and row.is_unbroken) for row in gaps):
            return None
        # A column whose header was left blank may be nobody's: then the blank cells are the form's own.
        if gaps and any(not self.unnamed.isdisjoint(span) for spans in seen for span in spans):
            return None
        units = dict(zip(self.names, self.units, strict=True))
        return ColumnMap(order, seen.pop(), tuple(units[name] for name in order)) if len(seen) == 1 else None

    def _leaves_blank(self, row: ValueRow) -> bool:
        """Say whether every column has a cell in a row, one of them blank: then what stands elsewhere may be a remark."""
        picked = [row.over(span) for span in self.spans]
        return all(picked) and any(all(map(is_blank, cells)) for cells in picked)


def _one(row: ValueRow, cells: tuple[GridCell, ...], unit: str, claims: Counter[int], is_doubled: bool) -> Printed:
    """Return what stands for one column; ``claims`` counts for how many columns each cell (its id) stands.

    Of two cells below two headers of one name, nobody knows which is the column's: a blank one may be.
    """
    filled = [cell for cell in cells if not is_blank(cell)] or [cells[0]] if len(cells) > 1 else cells
    if len(filled) > 1 or (is_doubled and len(cells) > 1):
        return Printed(" ".join(cell.text for cell in filled), filled[0].at, unit, certain=False)
    alone = claims[id(filled[0])] == 1 and row.owns(filled[0]) and (len(cells) == 1 or _adjoin(cells))
    return Printed(filled[0].text, filled[0].at, unit, certain=alone or is_blank(filled[0]))


def _adjoin(cells: Sequence[GridCell]) -> bool:
    """Say whether cells stand side by side: else two headers have one name, and the blank one of them may be its own."""
    columns = {column for cell in cells for column in _columns(cell)}
    return max(columns) - min(columns) < len(columns)


def named_twice(cells: Mapping[T, Iterable[GridCell]]) -> frozenset[T]:
    """Return the columns of the form that more than one header cell names, given the cells that name each."""
    return frozenset(name for name, found in cells.items() if len({cell.column for cell in found}) > 1)


def _columns(cell: GridCell) -> range:
    return range(cell.column, cell.column + cell.column_span)


def common_edge(rows: Sequence[ValueRow]) -> int:
    """Return the grid column at which most rows end; a row that ends elsewhere has lost or gained a cell."""
    edges = [row.edge for row in rows]
    if len(set(edges)) == 1:
        return edges[0]
    return Counter(edges).most_common(1)[0][0] if edges else 0


def best_map(header: ColumnMap, rows: Sequence[ValueRow], order: tuple[str, ...]) -> ColumnMap | None:
    """Return the map that fits all regular rows: the header's own, else the form's order where the values stand.

    ``None`` when the header names too few columns, or names and values cannot be brought together.
    """
    edge = common_edge(rows)
    regular = [row for row in rows if row.edge == edge]
    # Nobody rearranges the form: an order of its own is believed only of a header that every full row confirms.
    full = all(len(row.filled) == len(order) for row in regular)
    own = header if full or header.names == tuple(name for name in order if name in header.names) else None
    if own is not None and all(header.parts(row) for row in regular):
        return own
    candidates = [found for found in (own, header.in_order(order, regular)) if found is not None]
    # Two numbers under one header fit it, but a map that has a number for each of its columns fits better.
    for fits in (ColumnMap.parts, ColumnMap.fits):
        for candidate in candidates:
            if all(fits(candidate, row) for row in regular):
                return candidate
    return header if header.names == order else None


def is_steady(column_map: ColumnMap, header: ColumnMap, rows: Sequence[ValueRow]) -> bool:
    """Say whether ``best_map`` would choose the header, as it did, whichever cells of the rows were blank."""
    edge = common_edge(rows)
    return column_map is header and all(header.is_steady(row) for row in rows if row.edge == edge)


def options(column_map: ColumnMap, row: ValueRow, edge: int) -> tuple[Arrangement, ...]:
    """Return the possible arrangements of one row, given where its neighbours end.

    A row the map does not fit, but which has exactly one cell a column, is taken in order.
    """
    fitting = column_map.arrangement(row) if row.edge == edge else None
    if fitting is not None and all(cell.certain for cell in fitting):
        return (fitting,)
    if len(row.cells) == len(column_map.names) and all(row.owns(cell) for cell in row.cells):
        if any(_may_be_two(cell, column_map) for cell in row.cells):
            return ()
        return (tuple(printed(cell, unit) for cell, unit in zip(row.cells, column_map.units, strict=True)),)
    return () if fitting is None or _is_pushed(row, fitting) else (fitting,)


def _may_be_two(cell: GridCell, column_map: ColumnMap) -> bool:
    """Say whether a cell that is no number fills the columns of two headers: the line between two cells of a scan was lost.

    Then that there are as many cells as headers says nothing, for one of those was lost too.
    """
    filled = sum(span.issubset(_columns(cell)) for span in column_map.spans)
    return filled > 1 and parse_number(cell.text).state != "reported"


def _is_pushed(row: ValueRow, fitting: Arrangement) -> bool:
    """Say whether a header cell reaches down among the figures of a row: those beside it may stand under another's."""
    unsure = {value.at for value in fitting if not value.certain}
    index = max(cell.row for cell in row.cells)
    return any(cell.at in unsure and cell.row < index and is_text(cell) for cell in row.cells)
