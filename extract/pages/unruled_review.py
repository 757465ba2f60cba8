"""The review table without ruling lines: its fifteen header words say where the columns are, and the form what they say."""

from collections.abc import Sequence
from itertools import pairwise

from extract.labels import vocabulary
from extract.pages.text import Char
from extract.pages.unruled_rows import Row, Span, Token, Unruled, glued, token, touched
from extract.text_tables import is_table_start

_BODIES = ("行政复议", "未经复议直接起诉", "复议后起诉")
_GROUPS = ("未经复议直接起诉", "复议后起诉", "行政复议", "行政诉讼")
REVIEW_STARTS = ("行政复议", "行政 复议")
"""How the first line of the table begins."""

_OUTCOMES = 5
_COLUMNS = _OUTCOMES * len(_BODIES)
_FEWEST_VALUES = 8  # of the fifteen: fewer may be anything
_HIGHEST_HEADER = 15  # lines
_GUTTERS = (0.1, 0.2, 0.35, 0.6)
"""Type sizes of white space between two columns, over the whole height of the header."""


def review_table(rows: Sequence[Row]) -> Unruled | None:
    """Return the review table, or ``None`` where its header cannot be taken apart or a value has no certain column."""
    start = next((place for place, row in enumerate(rows) if _begins(row)), None)
    if start is None:
        return None
    found = next((place for place in range(start + 1, len(rows)) if not _is_of_header(rows[place])), len(rows))
    if found == len(rows) or found - start > _HIGHEST_HEADER or rows[found].words:
        return None
    header = _header(rows[start:found])
    values = _placed(rows[found], [(part.x0, part.x1) for part in header]) if header else ()
    if not values or (found + 1 < len(rows) and _is_piece(rows[found + 1], rows[found])):
        return None
    bodies = tuple(Token(name, header[0].x0, header[0].top, header[-1].x1, header[0].top) for name in _BODIES)
    return Unruled((bodies, header, values), tuple(row.line for row in rows[start : found + 1]))


def _begins(row: Row) -> bool:
    text = row.line.text.replace(" ", "")
    return text.startswith(_BODIES[0]) and is_table_start(text)


def _is_of_header(row: Row) -> bool:
    return len(row.values) < _FEWEST_VALUES and not any(map(str.isdecimal, row.line.text))


def _is_piece(row: Row, above: Row) -> bool:
    """Tell whether a line close below the figures may be the rest of a broken one."""
    return any(map(str.isdecimal, row.line.text)) and row.line.top - above.line.bottom < row.line.size and not row.words


def _header(rows: Sequence[Row]) -> tuple[Token, ...]:
    """Return the header word of each column, or nothing where the words are not those of the form in its order."""
    lines = [_without_groups(row.line.chars) for row in rows]
    size = max(row.line.size for row in rows)
    for gutter in _GUTTERS:
        columns = _columns(lines, gutter * size)
        if len(columns) == _COLUMNS and _is_of_form(columns):
            return columns
    return ()


def _without_groups(chars: Sequence[Char]) -> list[Char]:
    """Return the characters of a line that are not of a word over several columns."""
    text, kept = "".join(char.text[:1] for char in chars), list(chars)
    for group in _GROUPS:
        while (place := text.find(group)) >= 0:
            text = text[:place] + text[place + len(group) :]
            del kept[place : place + len(group)]
    return kept


def _columns(lines: Sequence[Sequence[Char]], gutter: float) -> tuple[Token, ...]:
    """Return what stands between the gutters that run down all the lines."""
    ordered = sorted((char for line in lines for char in line), key=lambda char: char.x0)
    starts: list[float] = []
    end = float("-inf")
    for char in ordered:
        if char.x0 > end + gutter:
            starts.append(char.x0)
        end = max(end, char.x1)
    spans = pairwise((*starts, float("inf")))
    return tuple(_stacked(lines, left, right) for left, right in spans)


def _stacked(lines: Sequence[Sequence[Char]], left: float, right: float) -> Token:
    pieces = [[char for char in line if left <= char.x0 < right] for line in lines]
    return glued(token(piece) for piece in pieces if piece)


def _is_of_form(columns: Sequence[Token]) -> bool:
    words = vocabulary()
    names = [words.column(part.text, "review") for part in columns]
    return None not in names and len(set(names)) == _OUTCOMES and names == names[:_OUTCOMES] * len(_BODIES)


def _placed(row: Row, columns: Sequence[Span]) -> tuple[Token, ...]:
    """Return a value or an empty cell for each column; nothing where a value stands below no header word, or below two.

    Fifteen values are those of the fifteen columns. With fewer, only what a value stands below says whose it is.
    """
    if len(row.values) == len(columns):
        return row.values
    below = [touched(value, columns) for value in row.values]
    if any(len(places) != 1 for places in below) or len({places[0] for places in below}) != len(below):
        return ()
    by_column = {places[0]: value for places, value in zip(below, row.values, strict=True)}
    empty = (Token("", left, row.line.top, right, row.line.bottom) for left, right in columns)
    return tuple(by_column.get(place, blank) for place, blank in enumerate(empty))
