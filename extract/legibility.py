"""What is believed of a picture that is mostly not legible: the figures that the sums of the form prove.

On faint paper the two readings of a figure may agree on the same wrong digit, and a thin 0 may leave no ink at all. Where
many figures could not be read, the others are not worth more than what stands beside them. Nor is a fraction of a count.
"""

from collections.abc import Iterator
from dataclasses import replace

from extract.forms import FormReading
from extract.judging import Figures
from extract.labels import money_cells
from extract.model import Finding, FormCell
from extract.templates import Template

_ILLEGIBLE = 0.2
"""Share of the printed cells that were not read, beyond which the others are doubted: worn paper at 200 dpi has 0.01,
paper with dirt on it 0.19, faint print 0.5."""


def proven(form: FormReading) -> tuple[FormReading, tuple[Finding, ...]]:
    """Return the reading of a picture without the figures, blanks and marks that no sum proves, if much of it was not
    read, and what is to be said of that."""
    form = _with_whole_counts(form)
    printed = [cell for cell in form.cells if cell.at]  # those of rows that were not found stand nowhere
    unread = sum(cell.state == "unreadable" for cell in printed)
    if form.template is None or unread <= _ILLEGIBLE * len(printed):
        return form, ()
    detail = f"{unread} of {len(printed)} cells could not be read: of the others only those are taken that a sum proves"
    cells = tuple(_without_unproven(form.cells, form.template, form))
    return replace(form, cells=cells), (Finding("illegible", "NOT_ASSESSABLE", cause="reading", detail=detail),)


def _with_whole_counts(form: FormReading) -> FormReading:
    """Return the reading without fractions where things are counted: on a screen the comma of 8,955 looks like a point."""
    broken = [
        isinstance(cell.value, float) and (cell.table, cell.row, cell.column) not in money_cells()
        for cell in form.cells
    ]
    return replace(form, cells=tuple(map(_unread, form.cells, broken))) if any(broken) else form


def _unread(cell: FormCell, is_doubted: bool) -> FormCell:
    return cell._replace(state="unreadable", value=None) if is_doubted else cell


def _without_unproven(cells: tuple[FormCell, ...], template: Template, form: FormReading) -> Iterator[FormCell]:
    sums = Figures(cells, form.ledger).sums(template)
    held = {cell for entry, sides in sums if sides and sides[0] == sides[1] for cell in (*entry.parts, *entry.whole)}
    for number, cell in enumerate(cells):
        yield _unread(cell, number not in held and cell.state != "absent")
