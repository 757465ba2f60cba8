"""What a reading is worth against the truth: cells that are right, that are flagged, and that are wrong in silence."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from extract.labels import sum_rules
from extract.model import Finding, FormCell, Reading
from tests.kit.truth import TruthCell

CLAIMS = ("reported", "blank", "mark")
"""States that say what is printed; the others say that nobody knows, or that nothing is there."""


@dataclass(slots=True)
class Grades:
    """Counts of cells, and the pairs (truth, read) of those that are wrong without a word."""

    right: int = 0
    flagged: int = 0
    silent: list[tuple[TruthCell, FormCell]] = field(default_factory=list)

    def __add__(self, other: "Grades") -> "Grades":
        return Grades(self.right + other.right, self.flagged + other.flagged, self.silent + other.silent)

    def total(self) -> int:
        """Return the number of cells of the truth."""
        return self.right + self.flagged + len(self.silent)


def grade(reading: Reading, cells: Iterable[TruthCell]) -> Grades:
    """Compare a reading with the truth, cell by cell.

    Right: state and value are the truth's. Flagged: the cell is ``unreadable`` or ``absent``, or a finding speaks of
    its row or column. Silent: anything else, a blank or a mark that is none among it.
    """
    found = {(cell.table, cell.row, cell.item, cell.column): cell for cell in reading.cells}
    grades = Grades()
    for truth in cells:
        cell = found.get((truth["table"], truth["row"], truth["item"], truth["column"]))
        read = ("absent", None) if cell is None else (cell.state, cell.value)
        if read == (truth["state"], truth["value"]):
            grades.right += 1
        elif cell is None or cell.state not in CLAIMS or is_doubted(cell, reading.findings):
            grades.flagged += 1
        else:
            grades.silent.append((truth, cell))
    return grades


def is_doubted(cell: FormCell, findings: Iterable[Finding]) -> bool:
    """Say whether a finding speaks of a cell.

    A sum that fails speaks of every member. One that cannot be judged says nothing of its other members, so it does
    not count; a remark about the reading counts for the row it names.
    """
    return any(_speaks_of(finding, cell) for finding in findings)


def _speaks_of(finding: Finding, cell: FormCell) -> bool:
    where = finding.where
    if where.get("table") != cell.table or not ({"row", "column"} & where.keys() or finding.rule == "torn"):
        return False
    if where.get("row", cell.row) != cell.row or where.get("column", cell.column) != cell.column:
        return False
    return finding.verdict == "FAIL" or (finding.verdict != "PASS" and finding.rule not in sum_rules())
