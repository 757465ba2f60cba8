"""Rows of values under a header: from header positions to arrangements, with every printed value accounted for.

The header says which grid column is which column of the form. Portals print headers whose spans are wrong by one, so
a mapping counts only when it claims every printed value of every row; otherwise the rows that print exactly one value
a column say where the columns are. A row that neither explains is printed but unreadable.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.forms.canvas import is_blank, printed
from extract.forms.slots import Arrangement, Printed
from extract.model import GridCell


@dataclass(frozen=True, slots=True)
class ValueRow:
    """The cells right of a row's label."""

    cells: tuple[GridCell, ...]

    def edge(self) -> int:
        """Return the grid column at which the row ends."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    def filled(self) -> tuple[GridCell, ...]:
        """Return the cells in which something is printed."""
        return tuple(cell for cell in self.cells if not is_blank(cell))


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """For each column of the form, in printed order, the grid columns its header covers; ``units`` from the header."""

    names: tuple[str, ...]
    spans: tuple[frozenset[int], ...]
    units: tuple[str, ...]

    def arrangement(self, row: ValueRow) -> Arrangement | None:
        """Return the row's cells in column order, or ``None`` when the map does not fit the row."""
        picked = [self._pick(row, span) for span in self.spans]
        claimed = {cell for cells in picked for cell in cells}
        if any(not cells for cells in picked) or any(cell not in claimed for cell in row.filled()):
            return None
        return tuple(self._one(cells, unit, picked) for cells, unit in zip(picked, self.units, strict=True))

    @staticmethod
    def _pick(row: ValueRow, span: frozenset[int]) -> tuple[GridCell, ...]:
        return tuple(
            cell for cell in row.cells if span.intersection(range(cell.column, cell.column + cell.column_span))
        )

    @staticmethod
    def _one(cells: tuple[GridCell, ...], unit: str, picked: Sequence[tuple[GridCell, ...]]) -> Printed:
        filled = [cell for cell in cells if not is_blank(cell)] or [cells[0]]
        if len(filled) > 1:
            return Printed(" ".join(cell.text for cell in filled), filled[0].at, unit, certain=False)
        shared = sum(filled[0] in others for others in picked) > 1
        return Printed(filled[0].text, filled[0].at, unit, certain=not shared or is_blank(filled[0]))

    def from_values(self, rows: Sequence[ValueRow]) -> "ColumnMap | None":
        """Return the map that the fully printed rows agree on, with this map's names and order, or ``None``."""
        seen = {
            tuple(frozenset(range(cell.column, cell.column + cell.column_span)) for cell in row.filled())
            for row in rows
            if len(row.filled()) == len(self.names)
        }
        return ColumnMap(self.names, seen.pop(), self.units) if len(seen) == 1 else None


def common_edge(rows: Sequence[ValueRow]) -> int:
    """Return the grid column at which most rows end; a row that ends elsewhere has lost or gained a cell."""
    return Counter(row.edge() for row in rows).most_common(1)[0][0] if rows else 0


def best_map(header: ColumnMap, rows: Sequence[ValueRow]) -> ColumnMap:
    """Return the map that fits all regular rows: the header's, else the one the values show, else the header's."""
    edge = common_edge(rows)
    regular = [row for row in rows if row.edge() == edge]
    for candidate in (header, header.from_values(regular)):
        if candidate is not None and all(candidate.arrangement(row) is not None for row in regular):
            return candidate
    return header


def options(column_map: ColumnMap, row: ValueRow, edge: int) -> tuple[Arrangement, ...]:
    """Return the possible arrangements of one row, given where its neighbours end.

    A row the map does not fit, but which has exactly one cell (or prints one value) a column, is taken in order.
    """
    fitting = column_map.arrangement(row) if row.edge() == edge else None
    if fitting is not None and all(cell.certain for cell in fitting):
        return (fitting,)
    wanted = len(column_map.names)
    in_order = row.cells if len(row.cells) == wanted and row.edge() == edge else row.filled()
    if len(in_order) == wanted:
        return (tuple(printed(cell, unit) for cell, unit in zip(in_order, column_map.units, strict=True)),)
    return () if fitting is None else (fitting,)
