"""A grid seen row by row: which cells cover a row, which of them hold values, where its label stands."""

from dataclasses import dataclass
from functools import cached_property

from extract.forms.slots import Printed
from extract.model import Grid, GridCell
from extract.text import parse_number


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
        covering: list[dict[GridCell, None]] = [{} for _ in range(self.grid.rows)]
        for (row, _), cell in sorted(self.positions.items(), key=lambda entry: entry[0]):
            covering[row][cell] = None
        return tuple(tuple(cells) for cells in covering)

    def above(self, row: int, column: int) -> list[GridCell]:
        """Return the cells above a position, nearest first, each once."""
        cells = (self.positions.get((upper, column)) for upper in range(row - 1, -1, -1))
        return list(dict.fromkeys(cell for cell in cells if cell is not None))


def is_text(cell: GridCell) -> bool:
    """Say whether a cell holds words: not blank, not a number, not a mark."""
    return parse_number(cell.text).state == "unreadable" and any(map(str.isalpha, cell.text))


def is_blank(cell: GridCell) -> bool:
    """Say whether nothing is printed in a cell."""
    return parse_number(cell.text).state == "blank"


def printed(cell: GridCell, unit: str = "") -> Printed:
    """Return a cell's text and place."""
    return Printed(cell.text, cell.at, unit)
