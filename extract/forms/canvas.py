"""A grid seen row by row: which cells cover a row, which of them hold values, where its label stands."""

from dataclasses import dataclass
from functools import cached_property

from extract.changes import is_change
from extract.forms.slots import Printed
from extract.model import Grid, GridCell
from extract.text import is_blank as is_empty
from extract.text import is_words

_HIGHEST = 200
"""Rows above a figure in which a header may stand: longer tables are none of the form, and take no longer to be refused."""


@dataclass(frozen=True)
class Canvas:
    """A grid with its positions worked out once."""

    grid: Grid

    @cached_property
    def positions(self) -> dict[tuple[int, int], GridCell]:
        """Every covered position and its cell."""
        return self.grid.positions()

    @cached_property
    def rows(self) -> tuple[tuple[GridCell, ...], ...]:
        """For each grid row the cells that cover it, left to right, each once."""
        covering: list[list[GridCell]] = [[] for _ in range(self.grid.rows)]
        for (row, _), cell in sorted(self.positions.items(), key=_place):
            if not covering[row] or covering[row][-1] is not cell:
                covering[row].append(cell)
        return tuple(map(tuple, covering))

    @cached_property
    def words(self) -> tuple[tuple[GridCell, ...], ...]:
        """For each grid row the cells that hold words."""
        return tuple(tuple(cell for cell in cells if is_text(cell)) for cells in self.rows)

    def above(self, row: int, column: int) -> list[GridCell]:
        """Return the cells above a position, nearest first, each once."""
        found: list[GridCell] = []
        for upper in range(row - 1, max(row - _HIGHEST, 0) - 1, -1):
            cell = self.positions.get((upper, column))
            if cell is not None and (not found or found[-1] is not cell):
                found.append(cell)
        return found


def _place(entry: tuple[tuple[int, int], GridCell]) -> tuple[int, int]:
    return entry[0]


def is_text(cell: GridCell) -> bool:
    """Say whether a cell holds words: not blank, not a number, not a mark, not a change told in a word (减3)."""
    return is_words(cell.text) and not is_change(cell.text)


def is_blank(cell: GridCell) -> bool:
    """Say whether nothing is printed in a cell."""
    return is_empty(cell.text)


def printed(cell: GridCell, unit: str = "") -> Printed:
    """Return a cell's text and place."""
    return Printed(cell.text, cell.at, unit)
