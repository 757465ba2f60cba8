"""Where the members of the form's sums stand among the cells of a reading.

That depends on which cells are printed, not on what they say: reports of one shape have one ledger.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Protocol

from extract.model import State
from extract.sums import Addend, Equation, equations
from extract.templates import Template

Sides = tuple[Addend, Addend]
_Picker = Callable[[Sequence[Addend | None]], Sequence[Addend]]
"""Picks values to be added up; whoever adds them asks first whether one is ``None``."""


class Placed(Protocol):
    """A cell of the form, read or still to be read; ``state`` is ``None`` where only its text will tell."""

    @property
    def table(self) -> str:
        """The table of the form."""

    @property
    def row(self) -> str:
        """The row of the form."""

    @property
    def item(self) -> str | None:
        """The agency's own item under the row, if it is one."""

    @property
    def column(self) -> str:
        """The column of the form."""

    @property
    def state(self) -> State | None:
        """What stands in the cell."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sum, and the numbers of the cells on each side; -1 for a cell that is not printed."""

    equation: Equation
    parts: tuple[int, ...]
    whole: tuple[int, ...]
    _left: _Picker = field(init=False, compare=False, repr=False)
    _right: _Picker = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_left", _picker(self.parts))
        object.__setattr__(self, "_right", _picker(self.whole))

    def sides(self, values: Sequence[Addend | None]) -> Sides | None:
        """Return what both sides add up to, given the value of each cell and ``None`` at the end; ``None`` where a member
        is not a certain number."""
        left, right = self._left(values), self._right(values)
        if None in left or None in right:
            return None
        return sum(left), sum(right)

    def members(self, values: Sequence[Addend | None]) -> tuple[Sequence[Addend | None], Sequence[Addend | None]]:
        """Return the values on each side."""
        return self._left(values), self._right(values)


def _picker(cells: tuple[int, ...]) -> _Picker:
    """Return what picks the values of some cells; picking one, ``itemgetter`` gives it alone, and a slice a list."""
    if len(cells) == 1:
        return itemgetter(slice(cells[0], cells[0] + 1 or None))
    return itemgetter(*cells) if cells else itemgetter(slice(0))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The sums of a form that have a printed row, and the printed rows of each table, the agency's own items left out."""

    template: Template
    rows: dict[str, frozenset[str]]
    entries: tuple[Entry, ...]


def ledger_of(cells: Iterable[Placed], template: Template) -> Ledger:
    """Return the ledger of a reading."""
    tables: dict[str, dict[tuple[str, str], int]] = {}
    for number, cell in enumerate(cells):
        if cell.item is None and cell.state != "absent":
            tables.setdefault(cell.table, {})[cell.row, cell.column] = number
    rows = {table: frozenset([row for row, _ in places]) for table, places in tables.items()}
    return Ledger(template, rows, tuple(_entries(template, tables, rows)))


def _entries(
    template: Template, tables: dict[str, dict[tuple[str, str], int]], rows: dict[str, frozenset[str]]
) -> Iterator[Entry]:
    for table in dict.fromkeys(known.table for known in template.sums):
        if table not in tables:
            continue
        places, printed = tables[table], rows[table]
        for equation in equations(template, table, printed):
            if equation.along != "row" or equation.place in printed:
                parts, whole = (tuple([places.get(m, -1) for m in side]) for side in (equation.parts, equation.whole))
                yield Entry(equation, parts, whole)
