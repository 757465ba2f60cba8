"""Tables printed without ruling lines: rows of numbers that stand below each other in columns.

Only what is certain becomes a grid: the 7 columns of the requests table, the 15 of the review table, and the short
rows below a header of the disclosure table. Which label belongs to a blank cell beside it cannot be seen without
lines, so these grids are not ``aligned``; everything else stays text.
"""

from collections.abc import Sequence
from itertools import pairwise

from extract.pages.unruled.applicants import names_applicants
from extract.pages.unruled.body import begins_row, body_of
from extract.pages.unruled.groups import DISCLOSURE_STARTS
from extract.pages.unruled.head import LABELLED, head
from extract.pages.unruled.requests import requests_table
from extract.pages.unruled.review import REVIEW_STARTS, review_table
from extract.pages.unruled.rows import Row, Span, Token, Unruled, inside, labels_of, parted_at, touched
from extract.pages.unruled.short import short_tables
from extract.plain_text.tables import is_table_start

_FEWEST_ROWS = {7: 3, 15: 1}
_FEWEST_UNDER_HEADER = 2  # where words stand over every column; the rest of the table is on the next page
_HIGHEST_HEADER = 15  # lines
_SAME_BLOCK = 1.2  # type sizes between lines of one label


def may_be_table(rows: Sequence[Row]) -> bool:
    """Tell whether any line has as many values as a row of the form, or begins a table of it."""
    return any(
        len(row.values) in _FEWEST_ROWS or row.line.text.startswith((*DISCLOSURE_STARTS, *REVIEW_STARTS))
        for row in rows
    ) or names_applicants(rows)


def find_unruled(rows: Sequence[Row], *, whole: bool) -> list[Unruled]:
    """Return the tables among some lines that are certain to be tables, from top to bottom.

    ``whole``: the lines are all that a section of the report prints, so what stands beside none of them is blank.
    """
    tables = (_requests(rows, whole), review_table(rows, whole=whole) or _figures(rows, 15))
    found = [table for table in tables if table is not None]
    taken = {id(line) for table in found for line in table.lines}
    found += short_tables([row for row in rows if id(row.line) not in taken], whole=whole)
    return sorted(found, key=lambda table: table.top)


def _requests(rows: Sequence[Row], whole: bool) -> Unruled | None:
    """Return the requests table as its words tell it, or as its rows of seven figures do where more is certain so."""
    told = requests_table(rows) if whole else None
    if told is not None and told.is_certain:
        return told
    found = [table for table in (told, _figures(rows, 7)) if table is not None]
    return max(found, key=lambda table: table.certain, default=None)


def _figures(rows: Sequence[Row], width: int) -> Unruled | None:
    """Return the table whose rows print ``width`` values, or ``None`` where anything about it is doubtful."""
    full = [place for place, row in enumerate(rows) if len(row.values) == width]
    if len(full) < min(_FEWEST_ROWS[width], _FEWEST_UNDER_HEADER):
        return None
    columns = _columns([rows[place] for place in full])
    if not all(_between(before, after) for before, after in pairwise(columns)):
        return None
    if width in LABELLED:
        rows = [parted_at(row, columns[0][0]) for row in rows]
    first, last = _body_of(rows, full, columns)
    body = rows[first : last + 1]
    if not all(_fits(row, columns) for row in body):
        return None
    if width in LABELLED and not any(labels_of(row, columns) for row in body):
        return None
    start = _header_start(rows, first, columns)
    header, above = head(rows[start:first], columns)
    if len(full) < _FEWEST_ROWS[width] and not (header and len(header[-1]) == width):
        return None
    made = tuple(body_of(body, above, columns))
    if not made:
        return None
    return Unruled((*header, *made), tuple(row.line for row in rows[start : last + 1]))


def _columns(rows: Sequence[Row]) -> list[Span]:
    tokens = zip(*(row.values for row in rows), strict=True)
    return [(min(token.x0 for token in column), max(token.x1 for token in column)) for column in tokens]


def _between(before: Span, after: Span) -> bool:
    return before[1] < after[0]


def _fits(row: Row, columns: Sequence[Span]) -> bool:
    """Tell whether words stand left of the columns, and all else, each by itself, touches one of them.

    Figures may be printed into each other, over the edge of their columns; words may not.
    """
    tokens = inside(row, columns)
    places = [touched(token, columns) for token in tokens]
    is_one = all(len(place) == 1 or (place and _is_figures(token)) for token, place in zip(tokens, places, strict=True))
    every = [column for place in places for column in place]
    return is_one and len(set(every)) == len(every)


def _is_figures(token: Token) -> bool:
    return all(char.isdecimal() or char in " .," for char in token.text)


def _body_of(rows: Sequence[Row], full: Sequence[int], columns: Sequence[Span]) -> tuple[int, int]:
    """Return where the body begins and ends: rows with blanks may stand before and behind the full ones."""
    first, last = full[0], full[-1]
    for place in range(first - 1, -1, -1):
        if not _fits(rows[place], columns):
            break
        first = place if begins_row(rows[place], columns) else first
    for place in range(last + 1, len(rows)):
        if not _fits(rows[place], columns):
            break
        last = place if begins_row(rows[place], columns) else last
    while first and _is_piece(rows[first - 1], columns) and _is_near(rows[first - 1], rows[first]):
        first -= 1
    while last + 1 < len(rows) and _is_piece(rows[last + 1], columns) and _is_near(rows[last], rows[last + 1]):
        last += 1
    return first, last


def _is_piece(row: Row, columns: Sequence[Span]) -> bool:
    """Tell whether a line may be the rest of broken figures: nothing but digits and marks in some of the columns."""
    found = inside(row, columns)
    pieces = (token.is_value or any(map(str.isdecimal, token.text)) for token in found)
    return 0 < len(found) < len(columns) and all(pieces)


def _header_start(rows: Sequence[Row], first: int, columns: Sequence[Span]) -> int:
    """Return where the header begins; without one, where the words of the first row begin."""
    for place in range(first - 1, max(-1, first - _HIGHEST_HEADER), -1):
        if is_table_start(rows[place].line.text.replace(" ", "")):
            while place and is_table_start(rows[place - 1].line.text.replace(" ", "")):
                place -= 1
            return place
    place = first
    while place and _is_label(rows[place - 1], columns) and _is_near(rows[place - 1], rows[place]):
        place -= 1
    return place


def _is_label(row: Row, columns: Sequence[Span]) -> bool:
    return not row.values and all(token.x1 <= columns[0][0] for token in row.words)


def _is_near(above: Row, below: Row) -> bool:
    return below.line.top - above.line.bottom < _SAME_BLOCK * below.line.size
