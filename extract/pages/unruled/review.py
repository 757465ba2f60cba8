"""The review table without ruling lines: its fifteen header words say where the columns are, and the form what they say."""

from collections.abc import Sequence
from dataclasses import replace

from extract.labels import vocabulary
from extract.pages.text import Char
from extract.pages.unruled.gutters import parted_by_gutters
from extract.pages.unruled.rows import Row, Span, Token, Unruled, touched
from extract.plain_text.tables import is_table_start

_BODIES = ("行政复议", "未经复议直接起诉", "复议后起诉")
_GROUPS = ("未经复议直接起诉", "复议后起诉", "行政复议", "行政诉讼")
REVIEW_STARTS = ("行政复议", "行政 复议")
"""How the first line of the table begins."""

_OUTCOMES = 5
_COLUMNS = _OUTCOMES * len(_BODIES)
_FEWEST_VALUES = 8  # of the fifteen: fewer may be anything
_HIGHEST_HEADER = 15  # lines
_ANCHORS = (0.0, 0.5, 1.0)
_STEP_OFF = 0.25  # of the distance of two columns


def review_table(rows: Sequence[Row], *, whole: bool) -> Unruled | None:
    """Return the review table, or ``None`` where its header cannot be taken apart or a value has no certain column.

    ``whole``: the lines are all that the section prints; where they end with the header its cells are blank.
    """
    start = next((place for place, row in enumerate(rows) if _begins(row)), None)
    if start is None:
        return None
    found = next((place for place in range(start + 1, len(rows)) if not _is_of_header(rows[place])), len(rows))
    if found - start > _HIGHEST_HEADER or any(row.values for row in rows[start:found]):
        return None
    header = _header(rows[start:found])
    if not header:
        return None
    values = _values(rows[found:], header) if whole or rows[found:] else ()
    if not values:
        return None
    bodies = [Token("", word.x0, word.top, word.x1, word.bottom) for word in header]
    for place, name in zip(range(0, _COLUMNS, _OUTCOMES), _BODIES, strict=True):
        bodies[place] = replace(bodies[place], text=name)
    lines = tuple(row.line for row in rows[start : found + 1])
    return Unruled((tuple(bodies), header, values), lines, aligned=True)


def _values(rows: Sequence[Row], header: Sequence[Token]) -> tuple[Token, ...]:
    """Return what stands in each column, nothing where that cannot be told; below a header that ends its section all are
    blank."""
    if not rows:
        return tuple(Token("", word.x0, word.bottom, word.x1, word.bottom) for word in header)
    if rows[0].words or (len(rows) > 1 and _is_piece(rows[1], rows[0])):
        return ()
    return _placed(rows[0], header)


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
    return next((found for found in parted_by_gutters(lines, size, (_COLUMNS,)) if _is_of_form(found)), ())


def _without_groups(chars: Sequence[Char]) -> list[Char]:
    """Return the characters of a line that are not of a word over several columns."""
    text, kept = "".join(char.text[:1] for char in chars), list(chars)
    for group in _GROUPS:
        while (place := text.find(group)) >= 0:
            text = text[:place] + text[place + len(group) :]
            del kept[place : place + len(group)]
    return kept


def _is_of_form(columns: Sequence[Token]) -> bool:
    words = vocabulary()
    names = [words.column(part.text, "review") for part in columns]
    return None not in names and len(set(names)) == _OUTCOMES and names == names[:_OUTCOMES] * len(_BODIES)


def _placed(row: Row, header: Sequence[Token]) -> tuple[Token, ...]:
    """Return a value or an empty cell for each column; nothing where it is not certain whose value each is.

    Fifteen values are those of the fifteen columns. With fewer, each stands below one header word, or all stand as far
    from theirs as the first value from the first word, and the last one below the last.
    """
    columns = [(part.x0, part.x1) for part in header]
    if len(row.values) == len(columns):
        return row.values
    below = [touched(value, columns) for value in row.values]
    if all(len(places) == 1 for places in below):
        found = {tuple(places[0] for places in below)}
    else:
        found = {places for at in _ANCHORS if (places := _in_step(row.values, columns, at))}
    if len(found) != 1 or len(set(places := found.pop())) != len(row.values):
        return ()
    by_column = dict(zip(places, row.values, strict=True))
    empty = (Token("", left, row.line.top, right, row.line.bottom) for left, right in columns)
    return tuple(by_column.get(place, blank) for place, blank in enumerate(empty))


def _in_step(values: Sequence[Token], columns: Sequence[Span], at: float) -> tuple[int, ...]:
    """Return the columns of the values if they are as far from their words as the first from the first; else nothing.

    ``at`` is the point of a box that is compared, from 0 (left) to 1 (right). The last value must be of the last
    column: all might stand one column further else.
    """
    words = [left + at * (right - left) for left, right in columns]
    figures = [value.x0 + at * (value.x1 - value.x0) for value in values]
    away = figures[0] - words[0]
    nearest = [min(range(len(words)), key=lambda place: abs(words[place] + away - x)) for x in figures]
    pitch = (words[-1] - words[0]) / (len(words) - 1)
    in_step = all(abs(words[place] + away - x) < _STEP_OFF * pitch for place, x in zip(nearest, figures, strict=True))
    return tuple(nearest) if in_step and nearest[-1] == len(columns) - 1 else ()
