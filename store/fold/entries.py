"""What the fold folds: one document's reading with what is known beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from extract.model import RECOGNISED, Finding, FormCell, Reading


@dataclass(frozen=True, slots=True)
class Entry:
    """One document's reading, as the fold sees it. ``corrected``: its link or title says 更正 or the like."""

    sha256: str
    reading: Reading
    url: str = ""
    listed_on: str = ""
    corrected: bool = False
    notes: tuple[Finding, ...] = ()

    @property
    def published(self) -> str:
        """The date printed in the document, else the one beside its link, else an empty string."""
        return self.reading.published or self.listed_on

    @property
    def is_recognised(self) -> bool:
        """Whether it was read from pictures, where a character may be taken for another."""
        return any(finding.rule == RECOGNISED for finding in self.reading.findings)


def of_table(entry: Entry, table: str) -> list[FormCell]:
    """Return an entry's cells of one table, in the form's order."""
    return [cell for cell in entry.reading.cells if cell.table == table]


def about(entry: Entry, table: str) -> Iterator[Finding]:
    """Yield an entry's findings about one table."""
    return (finding for finding in entry.reading.findings if finding.where.get("table") == table)
