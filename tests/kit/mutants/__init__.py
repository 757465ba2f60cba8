"""Good documents spoiled in one place, and what may then be read: the same, a flag, or nothing; never another number."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from extract.model import FormCell, Reading
from tests.kit.grades import is_doubted
from tests.kit.truth import TruthCell


@dataclass(frozen=True, slots=True)
class Mutant:
    """A spoiled document. ``excused`` names tables in which the change makes another true document: no sum, no
    header and no order can tell a digit that was changed in the disclosure table. ``agency`` and ``year`` are those of
    the good document, where it states them in more than one place."""

    change: str
    data: bytes
    hint: str = ""
    excused: frozenset[str] = frozenset()
    agency: str | None = None
    year: int | None = None


def misnamed_in_silence(reading: Reading, mutant: Mutant) -> list[str]:
    """Return agency and year of a reading where they are not the good document's and no finding doubts them."""
    doubted = {finding.rule for finding in reading.findings if finding.verdict != "PASS"}
    facts = (("agency", reading.agency, mutant.agency), ("year", reading.year, mutant.year))
    return [
        f"{rule} {read}"
        for rule, read, good in facts
        if None not in (read, good) and read != good and rule not in doubted
    ]


def changed_in_silence(reading: Reading, cells: Iterable[TruthCell], excused: Collection[str] = ()) -> list[FormCell]:
    """Return the cells that claim a number the good document does not have, with no finding that speaks of them.

    A cell that lost its number says so by its state. One whose number is another table's, another row's or another
    column's is the fault that nobody forgives.
    """
    wanted = list(cells)
    good = {(cell["table"], cell["row"], cell["item"], cell["column"]): cell["value"] for cell in wanted}
    items = {(cell["table"], cell["row"], cell["column"], cell["value"]) for cell in wanted if cell["item"]}
    return [
        cell
        for cell in reading.cells
        if cell.state == "reported"
        and cell.table not in excused
        and good.get((cell.table, cell.row, cell.item, cell.column)) != cell.value
        # An agency's own item is called as it is printed: another name, with a number of the item, is no other number.
        and not (cell.item and (cell.table, cell.row, cell.column, cell.value) in items)
        and not is_doubted(cell, reading.findings)
    ]
