"""The requests table without ruling lines, told by its words: its columns by the header, its rows by their labels.

So a row that prints nothing is a row too, and a column in which no row prints anything is there. Cells of such a table
stand in their columns; where one cannot be told, its row's figures are doubtful.
"""

from collections.abc import Mapping, Sequence, Set

from extract.labels import vocabulary
from extract.pages.paragraphs import ORDINAL
from extract.pages.unruled.applicants import applicants, names_applicants
from extract.pages.unruled.below import Columns, columns_of_values
from extract.pages.unruled.groups import pieces_of_groups
from extract.pages.unruled.labels import REQUESTS, Labelled, rows_of_labels
from extract.pages.unruled.rows import Row, Token, Unruled, touched
from extract.pages.unruled.told import body_below, cells_of, ends_label, lines_of
from extract.sums import OTHER_SUB_ROWS
from extract.templates._shared import APPLICANTS

_FEWEST_ROWS = 3
_HIGHEST_HEADER = 15  # lines
_TOTAL = (len(APPLICANTS) - 1,)


def requests_table(rows: Sequence[Row]) -> Unruled | None:
    """Return the table, or ``None`` where its header or its rows cannot be told."""
    if not names_applicants(rows):
        return None
    for first, row in enumerate(rows):
        if row.words and ORDINAL.match(row.words[0].text) and (found := _header(rows, first)):
            start, header = found
            return _table(rows, start, first, header)
    return None


def _header(rows: Sequence[Row], first: int) -> tuple[int, tuple[Token, ...]] | None:
    """Return where the header above the first row begins, and its words over the columns."""
    highest = max(0, first - _HIGHEST_HEADER)
    if not names_applicants(rows[highest:first]):
        return None
    for start in range(first - 1, highest - 1, -1):
        if rows[start].values:
            return None
        if found := applicants(rows[start:first]):
            while start and names_applicants(rows[start - 1 : start]):
                start -= 1
            return start, found
    return None


def _table(rows: Sequence[Row], start: int, first: int, header: Sequence[Token]) -> Unruled | None:
    body = body_below(rows[first:], header, REQUESTS)
    columns = columns_of_values(body, header)
    again = any(row.values and ends_label([row], REQUESTS) for row in rows[first + len(body) :])
    if (
        again
        or columns is None
        or not _is_one_sheet(body, columns, header[-1], {row.page for row in rows[start:first]})
    ):
        return None
    found = _rows(body, columns)
    if sum(row.known for row in found) < _FEWEST_ROWS:
        return None
    made = [cells for row in found if (cells := cells_of(row, header))]
    last = first + found[-1].lines[-1].place
    over = (Token("", 0.0, header[0].top, header[0].x0, header[0].bottom), *header)
    return Unruled((over, *made), tuple(row.line for row in rows[start : last + 1]), aligned=True)


def _is_one_sheet(body: Sequence[Row], columns: Mapping[Token, Columns], total: Token, pages: Set[int]) -> bool:
    """Tell whether the figures on other pages than the header's stand below it: some of them just below its last word.

    Pages may be moved against each other. Moved by a column, totals would stand elsewhere.
    """
    own = [
        (total.x0, total.x1),
        *((part.x0, part.x1) for row in body if row.page in pages for part in row.values if columns[part] == _TOTAL),
    ]
    others = {row.page for row in body if row.values} - pages
    return all(
        any(columns[part] == _TOTAL and touched(part, own) for row in body if row.page == page for part in row.values)
        for page in others
    )


def _rows(body: Sequence[Row], columns: Mapping[Token, Columns]) -> list[Labelled]:
    """Return the rows of the body; （六）其他处理 heads rows where any of these is printed."""
    found: list[Labelled] = []
    for other_is_row in (False, True):
        lines = list(lines_of(body, columns, pieces_of_groups(body, other_is_row=other_is_row)))
        found = rows_of_labels(lines, REQUESTS)
        if any(_names(row) in OTHER_SUB_ROWS for row in found):
            break
    return found


def _names(row: Labelled) -> str:
    named = vocabulary().row(row.label.text, (REQUESTS,)) if row.label else None
    return named.row if named else ""
