"""One reading from the readings of an archive's members: the report among them, or why there is none."""

from dataclasses import replace

from extract.model import FormCell, Reading

REPORTS = ("ok", "partial")
"""Outcomes of members that are reports, or parts of one."""

_MAX_NAMES = 10


def from_members(media_type: str, members: list[tuple[str, Reading]]) -> Reading:
    """Return the reading of an archive.

    The same report twice (a PDF beside its DOC) is one; a member with the tables wins over one with the narrative.
    Different reports in one archive cannot be one document's reading: that is ``unsupported``, by name.
    """
    reports = [(name, reading) for name, reading in members if reading.outcome in REPORTS]
    if not reports:
        return _none(media_type, members)
    best_name, best = max(reports, key=lambda entry: _weight(entry[1]))
    others = [(name, reading) for name, reading in reports if reading is not best]
    strangers = [name for name, reading in others if not _same(best, reading)]
    if strangers:
        names = ", ".join([best_name, *strangers][:_MAX_NAMES])
        return Reading(
            media_type, "unsupported", detail=f"{1 + len(strangers)} different reports in one archive: {names}"
        )
    cells = tuple(cell._replace(at=f"{best_name}: {cell.at}") if cell.at else cell for cell in best.cells)
    return replace(best, media_type=media_type, cells=cells)


def _weight(reading: Reading) -> tuple[int, int, bool]:
    return sum(cell.state == "reported" for cell in reading.cells), len(reading.sections), reading.outcome == "ok"


def _same(best: Reading, other: Reading) -> bool:
    """Say whether another member can be the same report: no fact contradicts, and what it prints of the form, is equal."""
    facts = ((best.agency, other.agency), (best.year, other.year))
    if any(first is not None and second is not None and first != second for first, second in facts):
        return False
    return _figures(other) <= _figures(best)


def _figures(reading: Reading) -> set[tuple[object, ...]]:
    return {_figure(cell) for cell in reading.cells if cell.state != "absent"}


def _figure(cell: FormCell) -> tuple[object, ...]:
    return cell.table, cell.row, cell.item, cell.column, cell.state, cell.value


def _none(media_type: str, members: list[tuple[str, Reading]]) -> Reading:
    """Return why an archive holds no report: the first member that could not be read, else ``not_a_report``."""
    for name, reading in members:
        if reading.outcome != "not_a_report":
            return Reading(media_type, reading.outcome, detail=f"{name}: {reading.detail}")
    return Reading(media_type, "not_a_report", detail="" if members else "an empty archive")
