"""Rows and cells of RTF tables: text goes to the cell that is open, rows take their edges from the row definition."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.errors import CorruptError, TooBigError
from extract.limits import MAX_GRID_CELLS
from extract.office.table import COLUMN_WIDTH, OfficeTable, Part, TableCell
from extract.office.unseen import is_figure
from extract.office.word.floats import Reach
from extract.rtf.shapes import Shape, seen_below
from extract.text import LOST

MAX_NESTING = 20
"""Deepest table in a table that is read; pages of content systems nest three."""


MAX_ROW_CELLS = 256
"""Most cells of a row; Word allows 63, the form has 15."""


@dataclass(frozen=True, slots=True)
class CellDefinition:
    """A cell's right edge in twips, whether it goes on the cell to the left or the cell above, and the number of the
    colour behind it."""

    right: int
    goes_on_left: bool = False
    goes_on_above: bool = False
    ground: int = 0


@dataclass(frozen=True, slots=True)
class RowDefinition:
    """A row as ``\\trowd … \\cellx`` states it; ``pending`` collects what the next ``\\cellx`` closes.

    ``is_low``: it leaves no room for a figure.
    """

    left: int = 0
    is_low: bool = False
    cells: tuple[CellDefinition, ...] = ()
    pending: CellDefinition = field(default_factory=lambda: CellDefinition(0))

    def ending(self, right: int) -> "RowDefinition":
        """Return the definition with one more cell. Raises ``CorruptError`` for one that ends left of where it begins."""
        if len(self.cells) == MAX_ROW_CELLS:
            raise TooBigError(f"more than MAX_ROW_CELLS = {MAX_ROW_CELLS} cells in a row")
        if self.cells and right < self.cells[-1].right:
            raise CorruptError(f"a cell ends at {right}, left of the one before it at {self.cells[-1].right}")
        return replace(self, cells=(*self.cells, replace(self.pending, right=right)), pending=CellDefinition(0))


@dataclass(slots=True)
class _OpenTable:
    rows: list[tuple[TableCell, ...]] = field(default_factory=list)
    cells: list[tuple[Part, ...]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    is_torn: bool = False


@dataclass(slots=True)
class Story:
    """The text of a file with its tables. Level 0 is outside tables, 1 in a table, 2 in a table in its cell.

    ``shape`` is the one that began last.
    """

    parts: list[Part] = field(default_factory=list)
    shape: Shape = field(default_factory=lambda: Shape(0, 0))
    _open: list[_OpenTable] = field(default_factory=list)
    _outside: list[tuple[int, Shape]] = field(default_factory=list)
    _cells: int = 0

    def end_line(self, level: int, text: str) -> None:
        """Add a line; one outside the table while a row is unfinished belongs to the row."""
        unfinished = bool(self._open) and bool(self._open[0].cells or self._open[0].parts)
        self._target(max(level, 1) if unfinished else level).append(text)

    def begin_shape(self, level: int) -> None:
        """Begin a shape; one that is anchored in a cell may cover figures."""
        self.shape = Shape(0, 0)
        if not level:
            self._outside.append((len(self.parts) + bool(self._open), self.shape))
        else:
            self._target(level)
            table = self._open[-1]
            self.shape = Shape(len(table.rows), len(table.cells))
            table.shapes.append(self.shape)

    def end_cell(self, level: int, text: str) -> None:
        """End a cell with its last line."""
        self._target(level).append(text)
        table = self._open[-1]
        table.cells.append(tuple(table.parts))
        table.parts.clear()
        self._cells += 1
        if self._cells > MAX_GRID_CELLS:
            raise TooBigError(f"more than MAX_GRID_CELLS = {MAX_GRID_CELLS} table cells")

    def end_row(self, level: int, definition: RowDefinition) -> None:
        """End a row; its cells get their edges."""
        self._target(level)
        table = self._open[-1]
        if table.cells:
            table.rows.append(_row(table.cells, definition))
            table.is_torn |= 0 < len(definition.cells) < len(table.cells)
        table.cells.clear()

    def ground(self, definition: RowDefinition) -> int:
        """Return the number of the colour behind the cell that is open, if the row was defined before it."""
        place = len(self._open[-1].cells) if self._open else 0
        return definition.cells[place].ground if place < len(definition.cells) else 0

    def floating(self) -> list[tuple[int, Reach]]:
        """Return what shapes cover that are anchored outside the tables, each with the number of its line among the parts."""
        found = ((number, shape.outside()) for number, shape in self._outside)
        return [(number, reach) for number, reach in found if reach is not None]

    def end(self) -> list[Part]:
        """Return everything, tables closed."""
        self._target(0)
        return self.parts

    def _target(self, level: int) -> list[Part]:
        """Open or close tables up to a level and return the list that takes its lines."""
        if level > MAX_NESTING:
            raise TooBigError(f"tables nested more than MAX_NESTING = {MAX_NESTING} deep")
        while len(self._open) > level:
            self._close()
        while len(self._open) < level:
            self._open.append(_OpenTable())
        return self._open[-1].parts if self._open else self.parts

    def _close(self) -> None:
        table = self._open.pop()
        if table.cells:  # a row that never ended: its cells are shown, side by side
            table.rows.append(_row(table.cells, RowDefinition()))
        outside = self._open[-1].parts if self._open else self.parts
        rows = map(_in_doubt, table.rows) if table.is_torn else table.rows
        outside.extend([OfficeTable(tuple(seen_below(table.shapes, list(rows)))), *table.parts])


def _in_doubt(row: Sequence[TableCell]) -> tuple[TableCell, ...]:
    """Mark the figures of a row as torn: a row of the table has more cells than edges, and nobody knows which is lost."""
    return tuple([cell._replace(parts=tuple(map(_torn, cell.parts))) for cell in row])


def _torn(part: Part) -> Part:
    return part + LOST if isinstance(part, str) and is_figure(part) else part


def _row(cells: Sequence[tuple[Part, ...]], definition: RowDefinition) -> tuple[TableCell, ...]:
    """Give cells their edges; more cells than edges follow each other in columns of a default width."""
    row: list[TableCell] = []
    left = definition.left
    for place, parts in enumerate(cells):
        defined = definition.cells[place : place + 1]
        right = max(defined[0].right, left) if defined else left + COLUMN_WIDTH
        cell = TableCell(left, right, parts, bool(defined) and defined[0].goes_on_above)
        if defined and defined[0].goes_on_left and row and not cell.text:
            row[-1] = row[-1]._replace(right=right)
        else:
            row.append(cell)
        left = right
    return tuple(row)
