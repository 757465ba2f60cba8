"""Rows that add up in a table most of whose rows do not: their figures, too, may stand in another column.

Where the figures of a table stand one column beside their headers (a cell doubled or lost in every row), some rows add
up by accident: those in which one applicant alone has the whole total.
"""

from collections.abc import Iterator

from extract.checks import Check
from extract.judging import Figures
from extract.ledger import Entry, Sides
from extract.model import Finding
from extract.templates import Template

_MIN_FAILURES = 2
_DETAIL = "most rows of this table do not add up: these figures may be of other columns"


def judge(figures: Figures, template: Template) -> Iterator[Finding]:
    """Yield a finding for every row with figures that does not fail, where most rows with figures do."""
    unequal = [sides for _, sides in figures.sums(template) if sides is not None and sides[0] != sides[1]]
    if len(unequal) + len(figures.impossible(template)) < _MIN_FAILURES:
        return
    values = figures.values
    rows = [
        found
        for found in figures.sums(template)
        # Where agencies leave totals blank, no figure stands in another's place.
        if found[0].equation.along == "row" and None not in [values[cell] for cell in found[0].whole]
    ]
    impossible = _impossible(figures, template)
    for table in dict.fromkeys(entry.equation.table for entry, _ in rows):
        printed = [(entry, sides) for entry, sides in rows if entry.equation.table == table]
        yield from _beside_failures([row for row in printed if _has_figures(row[0], figures)], impossible)


def _beside_failures(rows: list[tuple[Entry, Sides | None]], impossible: set[tuple[str, str]]) -> Iterator[Finding]:
    kept = [entry for entry, sides in rows if not _fails(entry, sides, impossible)]
    if len(rows) - len(kept) < max(_MIN_FAILURES, len(kept) + 1):
        return
    for entry in kept:
        where = {"table": entry.equation.table, "row": entry.equation.place}
        yield Finding("shifted", "NOT_ASSESSABLE", where, detail=_DETAIL)


def _has_figures(entry: Entry, figures: Figures) -> bool:
    return any(map(figures.values.__getitem__, (*entry.parts, *entry.whole)))


def _impossible(figures: Figures, template: Template) -> set[tuple[str, str]]:
    """Return table and row of the sums with gaps that cannot hold."""
    equations = [equation for equation, _ in figures.impossible(template)]
    return {(equation.table, name) for equation in equations for part, name in equation.where if part == "row"}


def _fails(entry: Entry, sides: Sides | None, impossible: set[tuple[str, str]]) -> bool:
    if sides is None:
        return (entry.equation.table, entry.equation.place) in impossible
    return sides[0] != sides[1]


CHECK = Check("shifted", judge)
