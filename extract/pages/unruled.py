"""Tables printed without ruling lines: rows of numbers that stand below each other in columns.

Only what is certain becomes a grid: the 7 columns of the requests table, the 15 of the review table, and the short
rows below a header of the disclosure table. Which label belongs to a blank cell beside it cannot be seen without
lines, so these grids are not ``aligned``; everything else stays text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.changes import is_change
from extract.model import Grid, GridCell
from extract.pages.paragraphs import ORDINAL, joined
from extract.pages.text import Char, TextLine, text_lines
from extract.text import parse_number
from extract.text_tables import is_table_start

_CELL_GAP = 0.8  # type sizes of white space between two cells of a row
_FEWEST_ROWS = {7: 3, 15: 1}
_FEWEST_UNDER_HEADER = 2  # where words stand over every column; the rest of the table is on the next page
_HIGHEST_HEADER = 15  # lines
_GROUPS = frozenset(("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "申请人情况", "法人或其他组织"))
_DISCLOSURE_STARTS = ("第二十条第", "信息内容")
_MOST_SHORT = 3  # values in a row of the disclosure table
_SAME_BLOCK = 1.2  # type sizes between lines of one label
_WIDEST_WORDS = 0.6  # of the text width: longer lines are prose


@dataclass(frozen=True, slots=True)
class _Token:
    """What stands between two gaps of a line."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_value(self) -> bool:
        return parse_number(self.text).state in ("reported", "mark") or is_change(self.text)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as words, and the values behind the last word."""

    line: TextLine
    words: tuple[_Token, ...]
    values: tuple[_Token, ...]


@dataclass(frozen=True, slots=True)
class Unruled:
    """A table without lines: its rows as (text, box) and the lines it is made of."""

    rows: tuple[tuple[_Token, ...], ...]
    lines: tuple[TextLine, ...]

    @property
    def top(self) -> float:
        """Upper edge in points."""
        return self.lines[0].top

    def grid(self, page: int, number: int) -> Grid:
        """Return the table as a grid of which the order of cells can be believed."""
        cells = tuple(
            GridCell(row, column, token.text, _at(token, page, number, row, column))
            for row, tokens in enumerate(self.rows)
            for column, token in enumerate(tokens)
        )
        columns = max(len(tokens) for tokens in self.rows)
        return Grid(len(self.rows), columns, cells, f"page {page} table {number}", aligned=False)


def _at(token: _Token, page: int, number: int, row: int, column: int) -> str:
    box = ",".join(str(round(edge)) for edge in (token.x0, token.top, token.x1, token.bottom))
    return f"page {page} table {number} row {row + 1} cell {column + 1} [{box}]"


def find_unruled(lines: Sequence[TextLine]) -> list[Unruled]:
    """Return the tables among the lines of a page that are certain to be tables, from top to bottom."""
    rows = [_row(line) for line in lines]
    found = [table for width in _FEWEST_ROWS if (table := _figures(rows, width)) is not None]
    taken = {id(line) for table in found for line in table.lines}
    found += _short_tables([row for row in rows if id(row.line) not in taken])
    return sorted(found, key=lambda table: table.top)


def _row(line: TextLine) -> _Row:
    tokens = list(_tokens(line))
    words = len(tokens)
    while words and tokens[words - 1].is_value:
        words -= 1
    return _Row(line, tuple(tokens[:words]), tuple(tokens[words:]))


def _tokens(line: TextLine) -> Iterator[_Token]:
    chunk: list[Char] = []
    for char in line.chars:
        if chunk and char.x0 - chunk[-1].x1 > _CELL_GAP * line.size:
            yield _token(chunk)
            chunk = []
        chunk.append(char)
    yield _token(chunk)


def _token(chars: Sequence[Char]) -> _Token:
    line = text_lines(chars)[0]
    return _Token(line.text, line.x0, line.top, line.x1, line.bottom)


def _figures(rows: Sequence[_Row], width: int) -> Unruled | None:
    """Return the table whose rows print ``width`` values, or ``None`` where anything about it is doubtful."""
    full = [place for place, row in enumerate(rows) if len(row.values) == width]
    if len(full) < min(_FEWEST_ROWS[width], _FEWEST_UNDER_HEADER):
        return None
    columns = _columns([rows[place] for place in full])
    first, last = full[0], full[-1]
    body = rows[first : last + 1]
    if not all(_between(before, after) for before, after in pairwise(columns)):
        return None
    if not all(_fits(row, columns) for row in body):
        return None
    start = _header_start(rows, first, columns)
    head, above = _head(rows[start:first], columns)
    if len(full) < _FEWEST_ROWS[width] and not (head and len(head[-1]) == width):
        return None
    made = [*head, *_body(body, above, columns)]
    return Unruled(tuple(made), tuple(row.line for row in rows[start : last + 1]))


_Span = tuple[float, float]


def _columns(rows: Sequence[_Row]) -> list[_Span]:
    tokens = zip(*(row.values for row in rows), strict=True)
    return [(min(token.x0 for token in column), max(token.x1 for token in column)) for column in tokens]


def _between(before: _Span, after: _Span) -> bool:
    return before[1] < after[0]


def _fits(row: _Row, columns: Sequence[_Span]) -> bool:
    """Tell whether words stand left of the columns and each value touches exactly one column."""
    if any(token.x1 > columns[0][0] for token in row.words):
        return False
    places = [_touched(token, columns) for token in row.values]
    return all(len(place) == 1 for place in places) and len({place[0] for place in places}) == len(places)


def _touched(token: _Token, columns: Sequence[_Span]) -> list[int]:
    return [number for number, (left, right) in enumerate(columns) if token.x0 <= right and token.x1 >= left]


def _header_start(rows: Sequence[_Row], first: int, columns: Sequence[_Span]) -> int:
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


def _is_label(row: _Row, columns: Sequence[_Span]) -> bool:
    return not row.values and all(token.x1 <= columns[0][0] for token in row.words)


def _is_near(above: _Row, below: _Row) -> bool:
    return below.line.top - above.line.bottom < _SAME_BLOCK * below.line.size


def _head(rows: Sequence[_Row], columns: Sequence[_Span]) -> tuple[list[tuple[_Token, ...]], list[_Token]]:
    """Return the header's rows, words stacked over a column glued, and the words that begin the first row's label."""
    tokens = [token for row in rows for token in (*row.words, *row.values)]
    left = [token for token in tokens if token.x1 <= columns[0][0] - (columns[0][1] - columns[0][0])]
    begins = next((place for place, token in enumerate(left) if ORDINAL.match(token.text)), len(left))
    stacks: dict[int, list[_Token]] = {}
    wide: list[_Token] = []
    for token in tokens:
        if token not in left:
            over = _over(token, columns)
            if over is None:
                wide.append(token)
            else:
                stacks.setdefault(over, []).append(token)
    narrow = tuple(_glued(stacks[column]) for column in sorted(stacks))
    return [part for part in (tuple(left[:begins]), tuple(wide), narrow) if part], left[begins:]


def _over(token: _Token, columns: Sequence[_Span]) -> int | None:
    """Return the column a header word stands over, or ``None`` if it spans several.

    The centre of 行政复议 is over one column, but it heads five.
    """
    if token.text.replace(" ", "") in _GROUPS:
        return None
    centres = [(left + right) / 2 for left, right in columns]
    covered = [number for number, centre in enumerate(centres) if token.x0 <= centre <= token.x1]
    return covered[0] if len(covered) == 1 else None


def _glued(tokens: Sequence[_Token]) -> _Token:
    ordered = sorted(tokens, key=lambda token: token.top)
    text = ordered[0].text
    for token in ordered[1:]:
        text = joined(text, token.text)
    x0, x1 = min(token.x0 for token in tokens), max(token.x1 for token in tokens)
    return _Token(text, x0, ordered[0].top, x1, ordered[-1].bottom)


def _body(rows: Sequence[_Row], above: Sequence[_Token], columns: Sequence[_Span]) -> Iterator[tuple[_Token, ...]]:
    """Yield the rows with values: words that stand on lines of their own go to the row they belong to."""
    printed = [row for row in rows if row.values]
    words = [list(row.words) for row in printed]
    words[0] = [*above, *words[0]]
    passed = 0
    for row in rows:
        if row.values:
            passed += 1
            continue
        for token in row.words:
            words[_owner(token, printed, passed)].append(token)
    for row, labels in zip(printed, words, strict=True):
        yield (*_labels(labels), *_values(row, columns))


def _owner(token: _Token, printed: Sequence[_Row], passed: int) -> int:
    """Return the row, above or below, whose label a word on a line of its own belongs to."""
    above, below = printed[passed - 1], printed[passed]
    if ORDINAL.match(token.text):
        return passed
    if any(ORDINAL.match(word.text) for word in below.words if word.x0 <= token.x1 and word.x1 >= token.x0):
        return passed - 1
    return passed if below.line.top - token.top < token.top - above.line.top else passed - 1


def _labels(tokens: Sequence[_Token]) -> list[_Token]:
    """Glue what stands below each other; words beside each other (a group and its row) stay apart."""
    stacks: list[list[_Token]] = []
    for token in sorted(tokens, key=lambda token: token.x0):
        if stacks and token.x0 <= max(other.x1 for other in stacks[-1]):
            stacks[-1].append(token)
        else:
            stacks.append([token])
    return [_glued(stack) for stack in stacks]


def _values(row: _Row, columns: Sequence[_Span]) -> Iterator[_Token]:
    by_column = {_touched(token, columns)[0]: token for token in row.values}
    for number, (left, right) in enumerate(columns):
        yield by_column.get(number) or _Token("", left, row.line.top, right, row.line.bottom)


def _short_tables(rows: Sequence[_Row]) -> Iterator[Unruled]:
    """Yield runs of lines, from a header of the disclosure table on, that print values behind words."""
    width = max((row.line.x1 for row in rows), default=0.0) - min((row.line.x0 for row in rows), default=0.0)
    run: list[_Row] = []
    for row in rows:
        short = len(row.words) + len(row.values) > 1 or row.line.x1 - row.line.x0 < _WIDEST_WORDS * width
        if run and short and not _is_heading(row):
            run.append(row)
            continue
        yield from _short_table(run)
        run = [row] if short and row.line.text.startswith(_DISCLOSURE_STARTS) else []
    yield from _short_table(run)


def _is_heading(row: _Row) -> bool:
    return not row.values and len(row.words) == 1 and ORDINAL.match(row.line.text) is not None


def _short_table(run: Iterable[_Row]) -> Iterator[Unruled]:
    rows = list(run)
    while rows and not rows[-1].values:
        rows.pop()
    if any(row.words and row.values for row in rows) and all(len(row.values) <= _MOST_SHORT for row in rows):
        yield Unruled(tuple((*row.words, *row.values) for row in rows), tuple(row.line for row in rows))
