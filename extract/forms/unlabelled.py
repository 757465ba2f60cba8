"""Figures that stand in a table without any label: they may be of the row above, or of an empty one below.

A line that ends within a cell leaves the second half of a number on a row of its own (87 / 32), and two rows that were
joined leave the figure of one without its label. The figure of the other then looks whole.
"""

from collections.abc import Iterable, Iterator, Sequence

from extract.forms.canvas import Canvas, is_blank, is_text
from extract.forms.disclosure import INFORMATION, TABLE
from extract.forms.slots import FormRow, note
from extract.labels import key, vocabulary
from extract.model import Finding

_DETAIL = "figures without a label stand beside this row, and may be of it"


def beside_unlabelled(canvas: Canvas, left: Sequence[int], found: Iterable[FormRow]) -> Iterator[Finding]:
    """Yield a finding for each row of the form directly above figures without a label, or below them and empty.

    ``left`` are the grid rows in which no row of the form was ``found``.
    """
    bare = {row for row in left if _is_bare(canvas, row)}
    if not bare:
        return
    places = {cell.at: row for row, cells in enumerate(canvas.rows) for cell in cells if cell.row == row}
    doubted = {row - 1 for row in bare} | {row + 1 for row in bare if not _has_figures(canvas, row + 1)}
    for form_row in found:
        if places.get(form_row.at) in doubted - bare:
            yield note("unknown_label", f"{_DETAIL}: {form_row.at}", table=form_row.table, row=form_row.row)


def _is_bare(canvas: Canvas, row: int) -> bool:
    """Say whether a row prints figures and no words of its own, or none but those of a header."""
    own = (cell for cell in canvas.words[row] if cell.row == row)
    return _has_figures(canvas, row) and all(_heads_columns(cell.text) for cell in own)


def _heads_columns(text: str) -> bool:
    return key(text) in INFORMATION or vocabulary().column(text, TABLE) is not None


def _has_figures(canvas: Canvas, row: int) -> bool:
    cells = canvas.rows[row] if row < canvas.grid.rows else ()
    return any(cell.row == row and not is_text(cell) and not is_blank(cell) for cell in cells)
