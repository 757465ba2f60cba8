"""Lines that are one row of the requests table without ruling lines, whatever labels stand beside them.

Figures broken over lines make one row of several lines where they are whole together and add up, and where not all of
the lines add up by themselves, as rows with blank cells would.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.pages.paragraphs import ORDINAL
from extract.pages.unruled.groups import heads_rows
from extract.pages.unruled.pieces import Cells, adds_up, cells_in, contradicts_itself, whole, widest
from extract.pages.unruled.rows import Row, Span

_MOST_LINES = 5  # with value; figures of one, two and three lines in the middle of their cells have so many


def in_bands(rows: Sequence[Row], columns: Sequence[Span]) -> list[Row]:
    """Return the lines of a table's body, those that are certainly one row as one."""
    cells = [cells_in(row, columns) for row in rows]
    widths = widest(cells, len(columns))
    printed = [place for place, line in enumerate(cells) if line != {}]
    found = [
        range(places[0], places[-1] + 1)
        for places in _runs_of(printed)
        if _is_row([cells[place] for place in places], widths)
    ]
    certain = [
        band
        for band in found
        if not any(other is not band and set(other) & set(band) for other in found)
        and _ordinals([rows[place] for place in band], columns) <= 1
    ]
    return list(_joined(rows, certain, columns, widths))


def _runs_of(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(len(places)):
        for end in range(first + 2, min(first + _MOST_LINES, len(places)) + 1):
            yield places[first:end]


def _is_row(lines: Sequence[Cells | None], widths: Sequence[float]) -> bool:
    band = whole(lines, widths)
    if band is None or not adds_up(band, len(widths)):
        return False
    return any(contradicts_itself(line, len(widths)) for line in lines if line is not None)


def _ordinals(rows: Sequence[Row], columns: Sequence[Span]) -> int:
    """Return how many rows of the form begin beside some lines."""
    labels = [token for row in rows for token in row.tokens if token.x1 <= columns[0][0]]
    return sum(bool(ORDINAL.match(label.text)) and not heads_rows(label.text) for label in labels)


def _joined(
    rows: Sequence[Row], bands: Sequence[range], columns: Sequence[Span], widths: Sequence[float]
) -> Iterator[Row]:
    starts = {band[0]: band for band in bands}
    inside = {place for band in bands for place in band}
    for place, row in enumerate(rows):
        if place in starts:
            yield _as_one([rows[part] for part in starts[place]], columns, widths)
        elif place not in inside:
            yield row


def _as_one(rows: Sequence[Row], columns: Sequence[Span], widths: Sequence[float]) -> Row:
    cells = whole([found for row in rows if (found := cells_in(row, columns))], widths) or {}
    labels = tuple(token for row in rows for token in row.tokens if token.x1 <= columns[0][0])
    middle = rows[len(rows) // 2].line
    line = replace(middle, top=min(row.line.top for row in rows), bottom=max(row.line.bottom for row in rows))
    return Row(line, labels, tuple(cells[column] for column in sorted(cells)))
