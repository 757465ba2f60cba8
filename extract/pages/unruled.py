"""Tables printed without ruling lines: rows of numbers that stand below each other in columns.

Only what is certain becomes a grid: the 7 columns of the requests table, the 15 of the review table, and the short
rows below a header of the disclosure table. Which label belongs to a blank cell beside it cannot be seen without
lines, so these grids are not ``aligned``; everything else stays text.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from extract.pages.paragraphs import ORDINAL
from extract.pages.unruled_groups import DISCLOSURE_STARTS
from extract.pages.unruled_head import LABELLED, head
from extract.pages.unruled_review import REVIEW_STARTS, review_table
from extract.pages.unruled_rows import Row, Span, Token, Unruled, glued, parted_at, touched
from extract.pages.unruled_short import short_tables
from extract.text import LOST
from extract.text_tables import is_table_start

_FEWEST_ROWS = {7: 3, 15: 1}
_FEWEST_UNDER_HEADER = 2  # where words stand over every column; the rest of the table is on the next page
_HIGHEST_HEADER = 15  # lines
_ORDINALS = (re.compile(r"[（(][一二三四五六七八九十][）)]"), re.compile(r"(?<!\d)\d[.．、](?!\d)"))
_SAME_CELL = 1.35  # type sizes from line to line in one cell
_SAME_BLOCK = 1.2  # type sizes between lines of one label


def may_be_table(rows: Sequence[Row]) -> bool:
    """Tell whether any line has as many values as a row of the form, or begins a table of it."""
    return any(
        len(row.values) in _FEWEST_ROWS or row.line.text.startswith((*DISCLOSURE_STARTS, *REVIEW_STARTS))
        for row in rows
    )


def find_unruled(rows: Sequence[Row]) -> list[Unruled]:
    """Return the tables among some lines that are certain to be tables, from top to bottom."""
    tables = (_figures(rows, 7), review_table(rows) or _figures(rows, 15))
    found = [table for table in tables if table is not None]
    taken = {id(line) for table in found for line in table.lines}
    found += short_tables([row for row in rows if id(row.line) not in taken])
    return sorted(found, key=lambda table: table.top)


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
    if width in LABELLED and not any(_labels_of(row, columns) for row in body):
        return None
    start = _header_start(rows, first, columns)
    header, above = head(rows[start:first], columns)
    if len(full) < _FEWEST_ROWS[width] and not (header and len(header[-1]) == width):
        return None
    made = [*header, *_body(body, above, columns)]
    return Unruled(tuple(made), tuple(row.line for row in rows[start : last + 1]))


def _columns(rows: Sequence[Row]) -> list[Span]:
    tokens = zip(*(row.values for row in rows), strict=True)
    return [(min(token.x0 for token in column), max(token.x1 for token in column)) for column in tokens]


def _between(before: Span, after: Span) -> bool:
    return before[1] < after[0]


def _fits(row: Row, columns: Sequence[Span]) -> bool:
    """Tell whether words stand left of the columns, and all else, each by itself, touches one of them.

    Figures may be printed into each other, over the edge of their columns; words may not.
    """
    tokens = _inside(row, columns)
    places = [touched(token, columns) for token in tokens]
    is_one = all(len(place) == 1 or (place and _is_figures(token)) for token, place in zip(tokens, places, strict=True))
    every = [column for place in places for column in place]
    return is_one and len(set(every)) == len(every)


def _is_figures(token: Token) -> bool:
    return all(char.isdecimal() or char in " .," for char in token.text)


def _inside(row: Row, columns: Sequence[Span]) -> list[Token]:
    return [token for token in row.tokens if token.x1 > columns[0][0]]


def _labels_of(row: Row, columns: Sequence[Span]) -> list[Token]:
    return [token for token in row.tokens if token.x1 <= columns[0][0]]


def _begins_row(row: Row, columns: Sequence[Span]) -> bool:
    """Tell whether a line has values behind words that are numbered as a row of the form is."""
    return bool(row.values) and any(ORDINAL.match(token.text) for token in _labels_of(row, columns))


def _body_of(rows: Sequence[Row], full: Sequence[int], columns: Sequence[Span]) -> tuple[int, int]:
    """Return where the body begins and ends: rows with blanks may stand before and behind the full ones."""
    first, last = full[0], full[-1]
    for place in range(first - 1, -1, -1):
        if not _fits(rows[place], columns):
            break
        first = place if _begins_row(rows[place], columns) else first
    for place in range(last + 1, len(rows)):
        if not _fits(rows[place], columns):
            break
        last = place if _begins_row(rows[place], columns) else last
    while first and _is_piece(rows[first - 1], columns) and _is_near(rows[first - 1], rows[first]):
        first -= 1
    while last + 1 < len(rows) and _is_piece(rows[last + 1], columns) and _is_near(rows[last], rows[last + 1]):
        last += 1
    return first, last


def _is_piece(row: Row, columns: Sequence[Span]) -> bool:
    """Tell whether a line may be the rest of broken figures: nothing but digits in some of the columns."""
    inside = _inside(row, columns)
    return 0 < len(inside) < len(columns) and all(any(map(str.isdecimal, token.text)) for token in inside)


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


def _body(rows: Sequence[Row], above: Sequence[Token], columns: Sequence[Span]) -> Iterator[tuple[Token, ...]]:
    """Yield the rows with values: words that stand on lines of their own go to the row they belong to."""
    lines = [row for row in rows if _inside(row, columns)]
    printed = [line for line in lines if not _is_broken_off(line, lines, columns)]
    words = [_labels_of(row, columns) for row in printed]
    words[0] = [*above, *words[0]]
    for row, passed in _between_rows(rows, printed):
        for token in _labels_of(row, columns):
            words[_owner(token, printed, passed)].append(token)
    doubts = _doubts(rows, printed, words, columns)
    for row, labels, doubtful in zip(printed, words, doubts, strict=True):
        yield (*_labels(labels), *_values(row, columns, doubtful))


def _between_rows(rows: Sequence[Row], printed: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    """Yield the lines that are no rows, each with the number of rows before it."""
    passed = 0
    for row in rows:
        if row in printed:
            passed += 1
        else:
            yield row, passed


def _doubts(
    rows: Sequence[Row], printed: Sequence[Row], words: Sequence[Sequence[Token]], columns: Sequence[Span]
) -> list[set[int]]:
    """Return the columns of each row in which a piece of a broken cell may be missing.

    Nobody knows whether a piece is of the row above or of that below. A row with few cells and no label is one too.
    """
    doubts: list[set[int]] = [set() for _ in printed]
    for row, passed in _between_rows(rows, printed):
        for near in doubts[max(passed - 1, 0) : passed + 1]:
            near.update(_columns_in(row, columns))
    for number, (row, labels) in enumerate(zip(printed, words, strict=True)):
        if _has_two_labels(labels):
            doubts[number].update(range(len(columns)))  # two labels and one line of figures: nobody knows whose
        if not labels and len(_inside(row, columns)) < len(columns):
            for near in doubts[max(number - 1, 0) : number + 2]:
                near.update(_columns_in(row, columns))
    return doubts


def _has_two_labels(tokens: Sequence[Token]) -> bool:
    """Tell whether words that stand below each other begin two rows, or two groups, of the form."""
    texts = ["".join(token.text for token in stack) for stack in _stacks(tokens)]
    return any(len(ordinals.findall(text)) > 1 for text in texts for ordinals in _ORDINALS)


def _columns_in(row: Row, columns: Sequence[Span]) -> set[int]:
    return {column for token in _inside(row, columns) for column in touched(token, columns)}


def _is_broken_off(line: Row, lines: Sequence[Row], columns: Sequence[Span]) -> bool:
    """Tell whether a line stands as close to another one as the lines of one cell do, or has few cells and no number of a
    row of the form."""
    count = len(_inside(line, columns))
    if count == len(columns) or _begins_row(line, columns):
        return False
    close = any(0 < abs(other.line.bottom - line.line.bottom) < _SAME_CELL * line.line.size for other in lines)
    return close or count <= len(columns) / 2


def _owner(token: Token, printed: Sequence[Row], passed: int) -> int:
    """Return the row, above or below, whose label a word on a line of its own belongs to."""
    if passed in (0, len(printed)):
        return min(passed, len(printed) - 1)
    above, below = printed[passed - 1], printed[passed]
    if ORDINAL.match(token.text):
        return passed
    if any(ORDINAL.match(word.text) for word in below.words if word.x0 <= token.x1 and word.x1 >= token.x0):
        return passed - 1
    return passed if below.line.top - token.top < token.top - above.line.top else passed - 1


def _labels(tokens: Sequence[Token]) -> list[Token]:
    """Glue what stands below each other; words beside each other (a group and its row) stay apart."""
    return [glued(stack) for stack in _stacks(tokens)]


def _stacks(tokens: Sequence[Token]) -> list[list[Token]]:
    stacks: list[list[Token]] = []
    for token in sorted(tokens, key=lambda token: token.x0):
        if stacks and token.x0 <= max(other.x1 for other in stacks[-1]):
            stacks[-1].append(token)
        else:
            stacks.append([token])
    return stacks


def _values(row: Row, columns: Sequence[Span], doubtful: Set[int]) -> Iterator[Token]:
    by_column = {place: token for token in _inside(row, columns) for place in touched(token, columns)}
    lost = {place for token in by_column.values() for place in _of_many(token, columns)} | doubtful
    for number, (left, right) in enumerate(columns):
        found = by_column.get(number) or Token("", left, row.line.top, right, row.line.bottom)
        yield replace(found, text=f"{found.text}{LOST}") if number in lost else found


def _of_many(token: Token, columns: Sequence[Span]) -> list[int]:
    """Return the columns of figures that are printed into each other."""
    places = touched(token, columns)
    return places if len(places) > 1 else []
